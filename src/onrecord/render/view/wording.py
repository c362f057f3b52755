"""Days and addresses as they are written."""

from __future__ import annotations

import re
from datetime import date

from onrecord.render import interface

_DAY = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_UNKNOWN = re.compile(r"XXXX(?:-(\d\d)(?:-(\d\d))?|-WXX-([1-7]))(?:T.*)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-([QH])(\d)", re.ASCII)


def day(value: str) -> str | None:
    """Return a year, month, day or moment of ISO 8601 for reading, "10 Mar 2019"; ``None`` for anything else."""
    match = _DAY.fullmatch(value)
    if match is None:
        return None
    year, month, day_of_month, clock, zone = match.groups()
    if month is not None and not 1 <= int(month) <= 12:
        return None
    told = _date(year, month, day_of_month)
    if clock:
        clock += {None: "", "Z": f" {interface.text('dates.utc')}"}.get(zone, f" {zone}")
        told = interface.text("dates.clock", day=told, clock=clock)
    return told


def days(first: str, last: str) -> str:
    """Return the days from ``first`` to ``last``, both of the form 2019-03-10, for reading: "10–12 Mar 2019"."""
    if first == last:
        return day(first) or first
    if first[:7] == last[:7]:
        numbers = interface.text("dates.days_of_one_month", first=int(first[8:10]), last=int(last[8:10]))
        return interface.text("dates.day", day=numbers, month=_month(first[5:7]), year=first[:4])
    return interface.text("dates.range", first=day(first) or first, last=day(last) or last)


def _date(year: str, month: str | None, day_of_month: str | None) -> str:
    if month is None:
        return year
    if day_of_month is None:
        return interface.text("dates.month", month=_month(month), year=year)
    return interface.text("dates.day", day=int(day_of_month), month=_month(month), year=year)


def _month(number: str) -> str:
    return interface.text("dates.months").split()[int(number) - 1]


def _other(value: str) -> str | None:
    """Return a day without its year, a week, a quarter, a decade for reading: "6 Mar", "week of 24 Feb 2025"."""
    if match := _UNKNOWN.fullmatch(value):
        month, day_of_month, weekday = match.groups()
        if weekday:
            return interface.text("dates.weekdays").split()[int(weekday) - 1]
        if day_of_month:
            return interface.text("dates.day_without_year", day=int(day_of_month), month=_month(month))
        return _month(month)
    if match := _WEEK.fullmatch(value):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return interface.text("dates.weekend" if match[3] else "dates.week", day=day(first.isoformat()))
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return interface.text("dates.season", season=interface.texts("dates.seasons")[match[2]], year=match[1])
    if match := _QUARTER.fullmatch(value):
        ordinal = interface.text("dates.ordinals").split()[int(match[3]) - 1]
        return interface.text("dates.quarter" if match[2] == "Q" else "dates.half", ordinal=ordinal, year=match[1])
    return interface.text("dates.decade", decade=f"{value[:3]}0") if re.fullmatch(r"\d{3}X", value) else None


def when(value: str, first: str | None, last: str | None) -> str | None:
    """Return a TIMEX3 value for reading, else the interval ``first`` to ``last`` that it means; ``None`` without
    either.
    """
    told = day(value) or _other(value)
    if told is None and first:
        told, end = day(first) or first, (day(last) or last) if last else None
        if end and end != told:
            told = interface.text("dates.range", first=told, last=end)
    return told


def web_address(url: str | None) -> str | None:
    """Return ``url`` where it is a plain http or https address, else ``None``: nothing else is ever made a link."""
    return url if url and re.fullmatch(r"https?://[^\s\x00-\x20\"<>\\^`{|}]+", url, re.IGNORECASE) else None
