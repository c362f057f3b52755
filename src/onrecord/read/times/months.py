"""Months, years, decades and centuries."""

from __future__ import annotations

import re
from datetime import date

from onrecord.read.times import calendar
from onrecord.read.times.dates import RANGE, day_number, year_of_range
from onrecord.read.times.meaning import MEANINGS, Meaning, means, on_calendar, unit_of
from onrecord.read.times.place import ABOUT, Place
from onrecord.read.words import word_list


@means("month")
def _month(p: Place) -> Meaning | None:
    month = p.month()
    if month is None or (p.has("mon") and p.text[p.words.starts[p.match.end] if p.after() else -1].isupper()):
        return None  # "Jan Kavan"
    year = p.year()
    if p.has("YR") and year is None:
        year = year_by_way(p)
    today = p.anchor.today
    if year is None:
        year = year_of_range(p, month)
    if year is None and today and not p.has("YR"):
        middle = [date(today.year + n, month, 15) for n in (-1, 0, 1)]
        if month == today.month:
            year = today.year
        else:
            year = min(middle, key=lambda d: _month_distance(d, today, p.future())).year
    return on_calendar(f"{f'{year:04}' if year is not None else 'XXXX'}-{month:02}", "month", p.mod)


@means("month_beside")
def _month_beside(p: Place) -> Meaning | None:
    """By name: "May" and "March" where another month stands beside them."""
    beside = p.after() in RANGE and p.look("month", [p.after(1)]) is not None
    return MEANINGS["month"](p) if beside else None


def _month_distance(day: date, today: date, future: bool | None) -> float:
    days = (day - today).days
    if future is None:
        return -days if days <= 0 else days * 2.5
    return abs(days) + (200 if (days > 0) != future else 0)


def year_by_way(p: Place, name: str = "YR") -> int | None:
    """Return the year of "last year", "that year", "of the following year"."""
    words = p.caught(name)
    way = p.look("way", words)
    relative = {"that", "same", "following", "previous", "preceding"} & set(words)
    base = p.anchor.day() if relative else p.anchor.today
    return base.year + int(way or 0) if base else None


@means("month_by")
def _month_by(p: Place) -> Meaning | None:
    month, today, words = p.month(), p.anchor.today, p.all()
    if month is None:
        return None
    if today is None:
        return on_calendar(f"XXXX-{month:02}", "month", p.mod)
    if {"last", "past"} & set(words):
        year = today.year - (month >= today.month)
    elif {"next", "coming"} & set(words):
        year = today.year + (month <= today.month)
    else:
        year = today.year
    return on_calendar(f"{year:04}-{month:02}", "month", p.mod)


@means("months_of_year")
def _months_of_year(p: Place) -> Meaning | None:
    first, last, year = p.month(0), p.month(1), p.year()
    if first is None or last is None or year is None:
        return None
    start = f"{year - (first > last):04}-{first:02}"
    end = f"{year:04}-{last:02}"
    days = (f"{start}-01", calendar.last_of_month(year, last).isoformat())
    return Meaning("DATE", f"{start}/{end}", None, days, "month")


@means("year")
def _year(p: Place) -> Meaning | None:
    year = p.year()
    if year is None:
        return None
    words = p.all()
    end = p.words.ends[p.match.end - 1]
    if len(words) == 1 and (
        p.text[end : end + 1].isalpha()
        or p.after() in word_list("counted_things")
        or p.before() in ("$", "£", "€", "¥", "#", "no", "c$", "a$", "/")
        or p.after() in ("%", "/")
        or (p.before() == "-" and p.before(2)[-1:].isdecimal() and len(p.before(2)) != 4)
    ):
        return None
    mod = ABOUT if words[0] in ("around", "about", "circa") else p.mod
    return on_calendar(f"{year:04}", "year", mod)


@means("year_on")
def _year_on(p: Place) -> Meaning | None:
    value = f"{p.year():04}"
    return Meaning("DATE", value, "ON_OR_AFTER", (f"{value}-01-01", None), "year")


@means("decade")
def _decade(p: Place) -> Meaning | None:
    words = p.all()
    named = p.value("decades")
    if p.has("year"):
        start = p.year() or 0
        if start % 10:
            return None
    elif named:
        start = 1900 + 10 * int(named)
    else:
        figures = re.match(r"\d+", p.caught("plural")[0])
        if figures is None or figures[0][-1] != "0":
            return None
        number = int(figures[0])
        if len(figures[0]) == 2:
            if not {"'", "’", "the"} & set(words):
                return None
            start = number + (1900 if number >= 30 else 2000)
        elif len(figures[0]) == 4 and 1000 <= number <= 2190:
            start = number
        else:
            return None
    mod = p.mod or p.look("early", words)
    return on_calendar(f"{start // 10:03}X", "decade", mod)


@means("century")
def _century(p: Place) -> Meaning | None:
    number = day_number(p) or int(re.match(r"\d+", (p.caught("ordinals") or ["0"])[0])[0])  # type: ignore[index]
    return on_calendar(f"{number - 1:02}XX", "century", p.mod) if 1 <= number <= 22 else None


@means("year_end")
def _year_end(p: Place) -> Meaning:
    return unit_of(p, p.anchor.today, "year", "END")


@means("end_of")
def _end_of(p: Place, unit: str) -> Meaning:
    return unit_of(p, p.anchor.today, unit, "END")
