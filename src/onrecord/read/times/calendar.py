"""TIMEX3 values and the days they mean: the calendar, without any text.

A value is what TIMEX3 calls one (ISO 8601 with additions; Pustejovsky et al. 2003): ``2025-02-24``, ``2025-02``,
``2025``, ``2025-W09``, ``2025-W09-WE``, ``2025-Q1``, ``2025-H1``, ``2025-SU``, ``202X`` for a decade, ``20XX`` for a
century, with ``T09:00`` or ``TMO`` behind a day, and ``X`` for every figure that nobody gave. Seasons are those of
the northern hemisphere's months; a winter has the year it begins in.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

UNITS = {
    "second": ("S", True),
    "minute": ("M", True),
    "hour": ("H", True),
    "day": ("D", False),
    "weekend": ("WE", False),
    "week": ("W", False),
    "month": ("M", False),
    "quarter": ("Q", False),
    "year": ("Y", False),
    "decade": ("E", False),
    "century": ("C", False),
    "millennium": ("L", False),
}
"""The letter of each unit in a duration, and whether it stands behind the ``T`` of clock units."""

FINENESS = {
    name: at
    for at, name in enumerate(
        [
            "clock",
            "second",
            "minute",
            "hour",
            "day",
            "weekend",
            "week",
            "month",
            "season",
            "quarter",
            "half",
            "year",
            "decade",
            "century",
            "millennium",
        ]
    )
}
"""The units from the finest to the coarsest."""

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The first month of each season."""

_YEARS = {"decade": 10, "century": 100, "millennium": 1000}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7, "weekend": 7}
_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])"
    r"|(?P<season>SP|SU|FA|WI)|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>.+))?)?))?\Z"
)
_CLOCK = re.compile(r"\d\d(?::\d\d)?(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?\Z")


def day_of(published: str | None) -> date | None:
    """Return the day of an ISO date or date-time; ``None`` where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def interval(value: str) -> tuple[str, str] | None:
    """Return the first and the last day of a value as ISO dates; a clock time is both its ends, to the minute.

    ``None`` for what lies on no calendar: a value with an ``X`` in its year or at its end, a duration, a reference to
    the past or the future.
    """
    if re.fullmatch(r"\d{3}X", value):
        return f"{max(int(value[:3]) * 10, 1):04}-01-01", f"{value[:3]}9-12-31"
    if re.fullmatch(r"\d\dXX", value):
        return f"{max(int(value[:2]) * 100, 1):04}-01-01", f"{value[:2]}99-12-31"
    form = _FORM.match(value)
    if form is None:
        return None
    if form["time"] and _CLOCK.match(form["time"]):
        return value, value
    days = _days(form)
    return (days[0].isoformat(), days[1].isoformat()) if days else None


def first_day(value: str) -> date | None:
    """Return the first day of a value."""
    found = interval(value)
    return date.fromisoformat(found[0][:10]) if found else None


def _days(form: re.Match[str]) -> tuple[date, date] | None:
    year = int(form["year"])
    if not 1 <= year <= 9998:
        return None
    try:
        if form["week"]:
            monday = date.fromisocalendar(year, int(form["week"]), 1)
            return monday + timedelta(5 if form["weekend"] else 0), monday + timedelta(6)
        if form["day"]:
            day = date(year, int(form["month"]), int(form["day"]))
            return day, day
        first, months = _months(form)
        return date(year, first, 1), last_of_month(*add_months(year, first, months - 1))
    except ValueError:
        return None


def _months(form: re.Match[str]) -> tuple[int, int]:
    """Return the first month of a value, and how many months it has."""
    if form["quarter"]:
        return 3 * int(form["quarter"]) - 2, 3
    if form["half"]:
        return 6 * int(form["half"]) - 5, 6
    if form["season"]:
        return SEASONS[form["season"]], 3
    return (int(form["month"]), 1) if form["month"] else (1, 12)


def third(value: str, mod: str) -> tuple[str, str] | None:
    """Return the days of the START, MID or END of a value, which no text draws sharply: thirds of a year, a season, a
    decade; of a month the first half, the 10th to the 20th, the second half; of a week Monday to Wednesday, Wednesday
    to Friday, Thursday to Sunday; of the 1990s the years to 1993, to 1996, to 1999.
    """
    found = interval(value)
    if found is None or len(found[0]) > 10:
        return found
    start, end = (date.fromisoformat(day) for day in found)
    days = (end - start).days + 1
    if days == 1:
        return found
    if days in (365, 366):
        first = {"START": 1, "MID": 5, "END": 9}[mod]
        return date(start.year, first, 1).isoformat(), last_of_month(start.year, first + 3).isoformat()
    if days > 366:
        years = end.year - start.year + 1
        cut = {"START": (0, 0.4), "MID": (0.4, 0.7), "END": (0.7, 1)}[mod]
        first, last = (start.year + round(part * years) for part in cut)
        return date(first, 1, 1).isoformat(), date(last - 1, 12, 31).isoformat()
    if days == 7:
        low, high = {"START": (0, 2), "MID": (2, 4), "END": (3, 6)}[mod]
    elif days < 32:
        low, high = {"START": (0, 14), "MID": (9, 19), "END": (15, days - 1)}[mod]
    else:
        part = days // 3
        low, high = {"START": (0, part - 1), "MID": (part, days - part - 1), "END": (days - part, days - 1)}[mod]
    return (start + timedelta(low)).isoformat(), (start + timedelta(high)).isoformat()


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    """Return the year and month that lie ``n`` months on."""
    count = year * 12 + month - 1 + n
    return count // 12, count % 12 + 1


def shift(day: date, n: int, unit: str) -> date:
    """Return the day ``n`` units on; the last of the month where the month has no such day.

    Raises :class:`ValueError` or :class:`OverflowError` where the calendar ends before.
    """
    if unit in _DAYS:
        return day + timedelta(n * _DAYS[unit])
    year, month = add_months(day.year, day.month, n * (_MONTHS.get(unit) or 12 * _YEARS[unit]))
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def holding(day: date, unit: str) -> str:
    """Return the value of the unit that holds a day: its week, its month, its decade."""
    year, week, _ = day.isocalendar()
    return {
        "day": day.isoformat(),
        "week": f"{year:04}-W{week:02}",
        "fortnight": f"{year:04}-W{week:02}",
        "weekend": f"{year:04}-W{week:02}-WE",
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}X",
        "century": f"{day.year // 100:02}XX",
        "millennium": f"{day.year // 1000}XXX",
    }[unit]


def unknown(unit: str) -> str:
    """Return the value of a unit of which nobody said which one it is."""
    return {
        "day": "XXXX-XX-XX",
        "week": "XXXX-WXX",
        "weekend": "XXXX-WXX-WE",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
    }.get(unit, "XXXX")


def duration(n: float | None, unit: str) -> str:
    """Return the value of a duration; ``n`` is ``None`` where nobody counted."""
    if n is not None and unit in _YEARS:
        n, unit = n * _YEARS[unit], "year"
    if unit == "fortnight":
        n, unit = 2 * n if n else None, "week"
    letter, clock = UNITS[unit]
    count = "X" if n is None else f"{n:g}" if n < 1e6 else str(int(n))
    return f"P{'T' if clock else ''}{count}{letter}"


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the Gregorian computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """Return the ``n``-th given weekday (1 is Monday) of a month; the last one for ``n`` of -1."""
    if n < 0:
        last = last_of_month(year, month)
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def day_in_month(year: int, month: int, day: int) -> date | None:
    """Return a day of a month; ``None`` where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
