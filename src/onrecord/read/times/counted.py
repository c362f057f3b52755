"""Days counted from another: "two weeks ago", "a year earlier"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.read.times import calendar
from onrecord.read.times.meaning import CLOCK_UNITS, MEANINGS, Meaning, days_between, means, moved, start_of, unit_of
from onrecord.read.times.place import Place


def counted_from(p: Place, base: date | None, way: int) -> Meaning | None:
    """Return the day, week, month or year that lies so many units of the place before or after a day."""
    n, unit = p.number(), p.unit()
    if unit is None:
        return None
    if n is None:
        return vague(p, unit, way)
    if unit in ("hour", "minute", "second"):
        day = base if base and n * {"hour": 1, "minute": 1 / 60, "second": 1 / 3600}[unit] < 6 else None
        return Meaning("TIME", calendar.duration(n, unit), p.mod, days_between(day, day), None)
    if unit == "fortnight":
        n, unit = 2 * n, "week"
    if n != int(n):
        n, unit = (n * 12, "month") if unit == "year" else (n * 7, "day") if unit == "week" else (n, unit)
    day = moved(start_of(base, unit), way * n, unit)
    for extra in range(1, len(p.match.parts.get("DUR", ()))):
        more, its_unit = p.number(extra), p.unit(extra)
        day, unit = moved(day, way * (more or 0), its_unit or "day"), its_unit or unit
    fine = {"decade": "year", "century": "year", "millennium": "year"}.get(unit, unit)
    return unit_of(p, day, fine, p.mod)


def vague(p: Place, unit: str, way: int) -> Meaning:
    """Return what "years ago" means: all that is known is the side on which it lies."""
    today = p.anchor.today
    days = ((None, today.isoformat()) if way < 0 else (today.isoformat(), None)) if today else None
    return Meaning("DATE", "PAST_REF" if way < 0 else "FUTURE_REF", p.mod, days)


@means("ago")
def _ago(p: Place, way: str) -> Meaning | None:
    number = p.number_words()
    if int(way) < 0 and number == ["a"] and p.unit() == "year" and p.anchor.quarter and "ago" in p.all():
        return MEANINGS["year_before"](p)
    return counted_from(p, p.anchor.today, int(way))


@means("beside")
def _beside(p: Place, way: str) -> Meaning | None:
    words = p.all()
    if words[-1] in ("before", "after") and (p.after()[:1].isalnum() or p.after() in ("$", "“", "’", '"')):
        return None
    if words[-1] == "on" and p.unit() not in ("year", "decade"):
        return None
    if p.number_words() in (["a"], ["one"]) and p.unit() == "year" and p.anchor.quarter and words[-1] == "earlier":
        return MEANINGS["year_before"](p)
    if p.number() is None:  # "a few weeks later" than something that the text tells
        return Meaning("DATE", "PAST_REF" if int(way) < 0 else "FUTURE_REF", p.mod)
    return counted_from(p, p.anchor.day(), int(way))


@means("in_future")
def _in_future(p: Place) -> Meaning | None:
    times_time = p.after() in ("'", "’") and "time" in (p.after(1), p.after(2))  # "in a week's time"
    return counted_from(p, p.anchor.today, 1) if times_time or p.future() else None


@means("from_today")
def _from_today(p: Place) -> Meaning | None:
    return None if p.unit() in CLOCK_UNITS else counted_from(p, p.anchor.today, 1)


@means("work_week")
def _work_week(p: Place) -> Meaning:
    held = unit_of(p, moved(p.anchor.today, int(p.look("way", p.all()) or 0), "week"), "week")
    friday = date.fromisoformat(held.days[0]) + timedelta(4) if held.days and held.days[0] else None
    return replace(held, days=(held.days[0], friday.isoformat())) if friday and held.days else held


@means("until_now")
def _until_now(p: Place) -> Meaning | None:
    """By name: "To date", unless a period opened before: "from March to date"."""
    open_ = {"from", "between", "since"} & {p.before(n) for n in range(1, 8)} or p.after() == "from"
    return None if open_ else MEANINGS["now"](p, "PRESENT_REF")


@means("date_now")
def _date_now(p: Place) -> Meaning | None:
    return (
        None
        if p.after() == "from" or not {"from", "between", "since"} & {p.before(n) for n in range(2, 9)}
        else (MEANINGS["now"](p, "PRESENT_REF"))
    )


@means("to_date")
def _to_date(p: Place) -> Meaning:
    today = p.anchor.today
    days = (f"{today.year:04}-01-01", today.isoformat()) if today else None
    return Meaning("DATE", f"{today.year:04}" if today else "XXXX", None, days, "year")


@means("vague_ago")
def _vague_ago(p: Place) -> Meaning | None:
    return vague(p, p.unit() or "day", -1)


@means("vague_beside")
def _vague_beside(p: Place) -> Meaning | None:
    return Meaning("DURATION", calendar.duration(None, p.unit() or "day"))
