"""Days, numbers and addresses as they are written."""

from __future__ import annotations

import re

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


def day(value: str) -> str | None:
    """Return a year, month, day or moment of ISO 8601 for reading, "10 Mar 2019"; ``None`` for anything else."""
    match = _DAY.fullmatch(value)
    if match is None:
        return None
    year, month, day_of_month, clock, zone = match.groups()
    if month is not None and not 1 <= int(month) <= 12:
        return None
    parts = [str(int(day_of_month))] if day_of_month else []
    parts += [_MONTHS[int(month) - 1]] if month else []
    text = " ".join([*parts, year])
    if clock:
        text += f", {clock}" + {None: "", "Z": " UTC"}.get(zone, f" {zone}")
    return text


def when(value: str, first: str | None, last: str | None) -> str | None:
    """Return a TIMEX3 value for reading, else the interval ``first`` to ``last`` that it means; ``None`` without
    either.
    """
    told = day(value)
    if told is None and first:
        told = " – ".join(dict.fromkeys(day(d) or d for d in (first, last) if d))
    return told


def count(n: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 report", "2 reports"."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def web_address(url: str | None) -> str | None:
    """Return ``url`` where it is a plain http or https address, else ``None``: nothing else is ever made a link."""
    return url if url and re.fullmatch(r"https?://[^\s\x00-\x20\"<>\\^`{|}]+", url, re.IGNORECASE) else None
