"""Days, numbers and addresses as they are written."""

from __future__ import annotations

import re
from datetime import date

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


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNKNOWN = re.compile(r"XXXX(?:-(\d\d)(?:-(\d\d))?|-WXX-([1-7]))(?:T.*)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-([QH])(\d)", re.ASCII)


def _other(value: str) -> str | None:
    """Return a day without its year, a week, a quarter, a decade for reading: "6 Mar", "week of 24 Feb 2025"."""
    if match := _UNKNOWN.fullmatch(value):
        month, day_of_month, weekday = match.groups()
        if weekday:
            return _WEEKDAYS[int(weekday) - 1]
        return " ".join([*([str(int(day_of_month))] if day_of_month else []), _MONTHS[int(month) - 1]])
    if match := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return f"{'weekend' if match[3] else 'week'} of {day(monday.isoformat())}"
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{_SEASONS[match[2]]} {match[1]}"
    if match := _QUARTER.fullmatch(value):
        return f"{_ORDER[int(match[3])]} {'quarter' if match[2] == 'Q' else 'half'} of {match[1]}"
    return f"{value[:3]}0s" if re.fullmatch(r"\d{3}X", value) else None


_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_ORDER = {1: "first", 2: "second", 3: "third", 4: "fourth"}


def when(value: str, first: str | None, last: str | None) -> str | None:
    """Return a TIMEX3 value for reading, else the interval ``first`` to ``last`` that it means; ``None`` without
    either.
    """
    told = day(value) or _other(value)
    if told is None and first:
        told = " – ".join(dict.fromkeys(day(d) or d for d in (first, last) if d))
    return told


def count(n: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 report", "2 reports"."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def web_address(url: str | None) -> str | None:
    """Return ``url`` where it is a plain http or https address, else ``None``: nothing else is ever made a link."""
    return url if url and re.fullmatch(r"https?://[^\s\x00-\x20\"<>\\^`{|}]+", url, re.IGNORECASE) else None
