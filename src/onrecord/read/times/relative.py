"""What counts from now, by "this", "last" and "next": "this week", "the following year", "the second week of May"."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.read.times import calendar
from onrecord.read.times.dates import day_number
from onrecord.read.times.durations import is_year_ago, running
from onrecord.read.times.meaning import Meaning, means, moved, on_calendar, on_day, start_of, unit_of
from onrecord.read.times.months import year_by_way
from onrecord.read.times.place import Place


def last_unit(p: Place) -> str:
    """Return the last unit of time among the words."""
    for word in reversed(p.all()):
        found = p.look("unit", [word])
        if found:
            return found
    return "day"


@means("unit_by")
def _unit_by(p: Place) -> Meaning | None:
    unit = last_unit(p)
    n = int(p.look("way", p.all()) or 0)
    return unit_of(p, moved(start_of(p.anchor.today, unit), n, unit), unit, p.mod)


@means("this_or_next")
def _this_or_next(p: Place) -> Meaning:
    """By name: "this week or the next"."""
    today, unit = p.anchor.today, next(u for w in p.all() if (u := p.look("unit", [w])))
    first, last = (unit_of(p, moved(start_of(today, unit), n, unit), unit) for n in (0, 1))
    if not first.days or not last.days:
        return first
    return Meaning("DATE", f"{first.value}/{last.value}", None, (first.days[0], last.days[1]), unit)


@means("unit_beside")
def _unit_beside(p: Place) -> Meaning | None:
    """By name: "The next day", "the following week": beside the day that the text named last."""
    unit = last_unit(p)
    back = {"previous", "preceding", "prior"} & set(p.all())
    return unit_of(p, moved(start_of(p.anchor.day(), unit), -1 if back else 1, unit), unit, p.mod)


@means("unit_past")
def _unit_past(p: Place) -> Meaning | None:
    unit = last_unit(p)
    today = p.anchor.today
    if unit == "year":
        return unit_of(p, moved(today, -1, "year"), "year", p.mod)
    return running(p, 1, unit, -1)


@means("unit_same")
def _unit_same(p: Place) -> Meaning | None:
    unit = last_unit(p)
    day = p.anchor.named_day()
    if p.anchor.named and calendar.FINENESS[p.anchor.named.unit or "day"] > calendar.FINENESS[unit]:
        day = None
    if p.after() in ("that", "who", "which", "s") and unit != "day":
        return None
    return unit_of(p, day, unit, p.mod)


@means("unit_after_next")
def _unit_after_next(p: Place) -> Meaning:
    unit = last_unit(p)
    return unit_of(p, moved(start_of(p.anchor.today, unit), 2, unit), unit)


@means("unit_before_last")
def _unit_before_last(p: Place) -> Meaning:
    unit = last_unit(p)
    return unit_of(p, moved(start_of(p.anchor.today, unit), -2, unit), unit)


@means("the_unit")
def _the_unit(p: Place) -> Meaning | None:
    unit = last_unit(p)
    if unit == "weekend":
        return unit_of(p, _weekend(p), unit, p.mod)
    if p.after() in ("ended", "ending", "to") and p.mod is None:
        return Meaning("DURATION", calendar.duration(1, unit))  # "the year ended June 30"
    if is_year_ago(p) or (p.after() in ("of", "that", "when", "in") and p.mod is None):
        return None
    return unit_of(p, p.anchor.today, unit, p.mod)


def _weekend(p: Place) -> date | None:
    today = p.anchor.today
    if today is None:
        return None
    return today - timedelta(7) if p.future() is False and today.isoweekday() < 6 else today


@means("unit_after")
def _unit_after(p: Place) -> Meaning | None:
    return unit_of(p, moved(p.anchor.day(), 1, "day"), "day") if not p.after()[:1].isalpha() else None


@means("day_before")
def _day_before(p: Place) -> Meaning | None:
    """By name: "the day before", of the day that the text named last; not "the day before the vote"."""
    if p.after()[:1].isalpha() and p.after() not in ("that", "and", "but", "in", "on", "at", "by", "with", "as"):
        return None
    return unit_of(p, moved(p.anchor.named_day(), -1, "day"), "day") if p.anchor.named_day() else None


@means("nth_in")
def _nth_in(p: Place) -> Meaning | None:
    """The second week of 2021, the last week of December, the third month of the year."""
    unit = next((u for w in p.all() if (u := p.look("unit", [w]))), "week")
    number = -1 if "last" in p.all()[:2] else day_number(p)
    month, today = p.month(), p.anchor.today
    year = p.year()
    if year is None and today:
        base = today
        n = int(p.look("way", p.all()[3:]) or 0)
        if "month" in p.all()[3:]:
            base = moved(start_of(today, "month"), n, "month") or today
            month, year = base.month, base.year
        else:
            year = today.year + (n if month is None else 0)
    if year is None or not number:
        return None
    return _nth(p, unit, number, year, month)


def _nth(p: Place, unit: str, number: int, year: int, month: int | None) -> Meaning | None:
    if unit == "month":
        return on_calendar(f"{year:04}-{number if number > 0 else 12:02}", "month")
    first = date(year, month or 1, 1)
    last = calendar.last_of_month(year, month or 12)
    if unit == "day":
        return on_day(last if number < 0 else first + timedelta(number - 1))
    if month is None:
        # ISO: the week that holds the 4th of January is the first, that of the 28th of December the last.
        weeks = date(year, 12, 28).isocalendar().week
        return on_calendar(f"{year:04}-W{weeks if number < 0 else number:02}", "week")
    start = first if first.isoweekday() <= 4 else first + timedelta(7)
    day = last if number < 0 else start + timedelta(7 * (number - 1))
    return unit_of(p, day, unit)


@means("week_number")
def _week_number(p: Place) -> Meaning | None:
    figures = p.caught("figures")
    year = p.year() or (year_by_way(p) if p.has("YR") else None)
    year = year or (p.anchor.today.year if p.anchor.today else None)
    if not figures or not figures[0].isdecimal() or not 1 <= int(figures[0]) <= 53:
        return None
    return on_calendar(f"{f'{year:04}' if year else 'XXXX'}-W{int(figures[0]):02}", "week")
