"""Holidays and other days with a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.read.times import calendar
from onrecord.read.times.dates import distance
from onrecord.read.times.meaning import Meaning, means, on_day, unit_of
from onrecord.read.times.place import Place


@means("holiday")
def _holiday(p: Place, *rule: str) -> Meaning | None:
    if len(p.all()) == 1 and p.is_part_of_a_name():
        return None  # "Easter Island"
    year = p.year()
    today = p.anchor.today
    if year is None and today is None:
        return Meaning("DATE", f"XXXX-{rule[0]}" if "-" in rule[0] else calendar.unknown("day"), unit="day")
    if year is None:
        assert today is not None
        near = [_day_of_holiday(today.year + n, rule) for n in (-1, 0, 1)]
        return on_day(min(near, key=lambda d: distance(d, today, p.future())))
    return on_day(_day_of_holiday(year, rule))


def _day_of_holiday(year: int, rule: Sequence[str]) -> date:
    if rule[0] == "easter":
        return calendar.easter(year) + timedelta(int(rule[1]) if len(rule) > 1 else 0)
    if rule[0] == "election":
        return calendar.nth_weekday(year, 11, 1, 1) + timedelta(1)
    if "-" in rule[0]:
        month, day = rule[0].split("-")
        return date(year, int(month), int(day))
    month_of, weekday, n = int(rule[0]), int(rule[1]), int(rule[2])
    return calendar.nth_weekday(year, month_of, weekday, n) + timedelta(int(rule[3]) if len(rule) > 3 else 0)


_HOLIDAYS = {
    "christmas": ("12-25",),
    "thanksgiving": ("11", "4", "4"),
    "easter": ("easter", "0"),
    "halloween": ("10-31",),
    "labor": ("9", "1", "1"),
    "memorial": ("5", "1", "-1"),
    "new": ("01-01",),
}


@means("holiday_by")
def _holiday_by(p: Place) -> Meaning | None:
    rule = next(_HOLIDAYS[w] for w in p.all() if w in _HOLIDAYS)
    today = p.anchor.today
    if today is None:
        return Meaning("DATE", calendar.unknown("day"), unit="day")
    days = [_day_of_holiday(today.year + n, rule) for n in (-2, -1, 0, 1, 2)]
    if "last" in p.all():
        return on_day(max(d for d in days if d < today))
    return on_day(min(d for d in days if d > today))


@means("holiday_week")
def _holiday_week(p: Place, *rule: str) -> Meaning | None:
    found = _holiday(p, *rule)
    day = calendar.first_day(found.value) if found else None
    return unit_of(p, day, "week")


@means("holiday_weekend")
def _holiday_weekend(p: Place) -> Meaning | None:
    rule = next(_HOLIDAYS[w] for w in p.all() if w in _HOLIDAYS)
    found = _holiday(p, *rule)
    day = calendar.first_day(found.value) if found else None
    if day is None:
        return None
    monday = day.isoweekday() == 1
    held = unit_of(p, day - timedelta(1) if monday else day, "weekend")
    return replace(held, days=(held.days[0], day.isoformat())) if monday and held.days else held
