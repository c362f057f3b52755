"""Now, named days and weekdays: "today", "last night", "next Monday", "the 18th"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.read.times import calendar
from onrecord.read.times.dates import day_number
from onrecord.read.times.meaning import Meaning, days_between, means, on_day
from onrecord.read.times.place import Place


@means("now")
def _now(p: Place, value: str) -> Meaning | None:
    if p.follows_a_name():
        return None  # "Larry King Now"
    return Meaning("DATE", value, days=days_between(p.anchor.today, p.anchor.today) if value == "PRESENT_REF" else None)


@means("current")
def _current(p: Place) -> Meaning | None:
    return None if p.after() in ("account", "affairs", "events", "and") else Meaning("DATE", "PRESENT_REF")


@means("soon")
def _soon(p: Place) -> Meaning | None:
    return None if p.after() in ("as", "after", "before", "thereafter", "became") else Meaning("DATE", "FUTURE_REF")


@means("none")
def _none(p: Place) -> None:
    return None


@means("vague_ahead")
def _vague_ahead(p: Place) -> Meaning:
    unit = p.unit() or "day"
    today = p.anchor.today
    return Meaning("DURATION", calendar.duration(None, unit), days=(today.isoformat(), None) if today else None)


@means("day")
def _day(p: Place, n: str) -> Meaning | None:
    if p.follows_a_name():
        return None  # "USA Today"
    day = p.anchor.today
    return on_day(day + timedelta(int(n)) if day else None, p.mod)


@means("part_of")
def _part_of(p: Place, n: str, part: str = "") -> Meaning:
    day = p.anchor.today
    named = part or p.value("part") or ""
    day = day + timedelta(int(n)) if day else None
    return on_part(day, named, p.mod)


def on_part(day: date | None, part: str, mod: str | None = None) -> Meaning:
    """Return the meaning of a part of a day."""
    value = day.isoformat() if day else calendar.unknown("day")
    days = (day.isoformat(), day.isoformat()) if day else None
    return Meaning("TIME", f"{value}T{part}", mod, days, "day")


NAMED = {"today": 0, "tomorrow": 1, "yesterday": -1}


@means("part_of_day")
def _part_of_day(p: Place) -> Meaning:
    n = next(NAMED[w] for w in p.all() if w in NAMED)
    day = p.anchor.today
    return on_part(day + timedelta(n) if day else None, p.value("part") or "", p.mod)


@means("next_part")
def _next_part(p: Place) -> Meaning:
    n = int(p.value("last", "way") or p.value("next", "way") or 0)
    day = p.anchor.named_day()
    return on_part(day + timedelta(n) if day else None, p.value("part") or "", p.mod)


@means("part")
def _part(p: Place) -> Meaning | None:
    return Meaning("TIME", f"XXXX-XX-XXT{p.value('part')}", unit="part")


# weekdays


def weekday_near(p: Place, weekday: int) -> date | None:
    """Return the weekday nearest to today: the last one, or the next one where the verb points ahead."""
    today = p.anchor.today
    if today is None:
        return None
    if p.future():
        return today + timedelta((weekday - today.isoweekday()) % 7)
    return today - timedelta((today.isoweekday() - weekday) % 7)


def on_weekday(day: date | None, weekday: int, mod: str | None = None) -> Meaning:
    """Return the meaning of a day found by its weekday; of the weekday alone where no day was found."""
    if day is None:
        return Meaning("DATE", f"XXXX-WXX-{weekday}", mod, unit="day")
    return on_day(day, mod)


@means("weekday")
def _weekday(p: Place) -> Meaning | None:
    weekday = p.weekday()
    return None if weekday is None else on_weekday(weekday_near(p, weekday), weekday, p.mod)


@means("weekday_by")
def _weekday_by(p: Place) -> Meaning | None:
    """Last, past, previous, next, coming, following, this."""
    weekday, today, words = p.weekday() or 1, p.anchor.today, p.all()
    named = p.anchor.named_day()
    if {"previous", "preceding", "prior"} & set(words):
        day = (
            weekday_before(named, weekday)
            if named and "the" in words
            else today and weekday_in_week(today, -1, weekday)
        )
    elif "following" in words:
        day = weekday_after(named, weekday) if named else today and weekday_in_week(today, 1, weekday)
    elif {"coming", "upcoming"} & set(words):
        day = today and weekday_after(today, weekday)
    elif "next" in words:
        day = today and weekday_in_week(today, 1, weekday)
    elif {"last", "past"} & set(words):
        day = today and weekday_before(today, weekday)
    elif {"that", "same"} & set(words):
        day = named if named and named.isoweekday() == weekday else None
    else:
        day = today and weekday_in_week(today, 0, weekday)
    return on_weekday(day, weekday, p.mod)


def weekday_before(day: date, weekday: int) -> date:
    """Return the last such weekday before a day."""
    return day - timedelta((day.isoweekday() - weekday - 1) % 7 + 1)


def weekday_after(day: date, weekday: int) -> date:
    """Return the first such weekday after a day."""
    return day + timedelta((weekday - day.isoweekday() - 1) % 7 + 1)


def weekday_in_week(day: date, n: int, weekday: int) -> date:
    """Return the weekday of the week ``n`` weeks from that of a day."""
    return day + timedelta(7 * n + weekday - day.isoweekday())


@means("weekday_after")
def _weekday_after(p: Place, n: str) -> Meaning | None:
    weekday, today = p.weekday() or 1, p.anchor.today
    return on_weekday(weekday_after(today, weekday) + timedelta(7 * int(n)) if today else None, weekday)


@means("day_beside")
def _day_beside(p: Place) -> Meaning | None:
    weekday = p.weekday() or 1
    by_name = p.has("last") or p.has("next")
    way = int(p.value("last", "way") or p.value("next", "way") or 0)
    today = p.anchor.today
    if by_name and today:
        day: date | None = weekday_before(today, weekday) if way < 0 else weekday_in_week(today, 1, weekday)
    else:
        day = weekday_near(p, weekday)
    step = -1 if "before" in p.all() else 1
    return on_day(day + timedelta(step) if day else None)


@means("weekday_in_week")
def _weekday_in_week(p: Place) -> Meaning | None:
    weekday = p.weekday() or 1
    way = p.value("last", "way") or p.value("next", "way") or p.value("this", "way")
    that = "that" in p.all() or "following" in p.all() or "previous" in p.all()
    day = p.anchor.day() if that else p.anchor.today
    return on_weekday(weekday_in_week(day, int(way or 0), weekday) if day else None, weekday, p.mod)


@means("weekday_number")
def _weekday_number(p: Place) -> Meaning | None:
    """The nearest month in which the weekday has that number."""
    weekday, number, today = p.weekday() or 1, day_number(p), p.anchor.today
    if today is None:
        return Meaning("DATE", f"XXXX-XX-{number:02}", unit="day")
    near = [
        day
        for n in range(-12, 13)
        if (day := calendar.day_in_month(*calendar.add_months(today.year, today.month, n), number))
        and day.isoweekday() == weekday
    ]
    future = p.future()
    if p.has("d31") and (p.after()[:1].isalnum() or p.after() in ("-", "/", "–")):
        return None
    near = [d for d in near if future is None or (d >= today) == future or d == today] or near
    return on_day(min(near, key=lambda d: abs((d - today).days))) if near else None


@means("number_of_month")
def _number_of_month(p: Place) -> Meaning | None:
    """By name: "The 18th": of the month that the text speaks of, else of this one or the one beside it."""
    if p.after()[:1].isalpha() and p.after() not in _AFTER_A_DAY:
        return None
    number, today = day_number(p), p.anchor.today
    named = p.anchor.named
    if named and re.match(r"\d{4}-\d\d\b", named.value):
        day = calendar.day_in_month(int(named.value[:4]), int(named.value[5:7]), number)
        return on_day(day) if day else None
    if today is None:
        return Meaning("DATE", f"XXXX-XX-{number:02}", unit="day")
    near = [
        d
        for n in (-1, 0, 1)
        if (d := calendar.day_in_month(*calendar.add_months(today.year, today.month, n), number)) is not None
    ]
    if p.future() is not None:
        near = [d for d in near if (d >= today) == p.future() or d == today] or near
    return on_day(min(near, key=lambda d: abs((d - today).days))) if near else None


_AFTER_A_DAY = frozenset(
    [
        "and",
        "or",
        "to",
        "until",
        "till",
        "through",
        "at",
        "in",
        "by",
        "for",
        "from",
        "with",
        "as",
        "when",
        "but",
        "he",
        "she",
        "they",
        "we",
        "i",
        "it",
        "that",
        "which",
        "the",
        "a",
        "of",
    ]
)
