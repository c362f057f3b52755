"""Expressions that stand beside each other and are one: a day and its clock time, a weekday and its week, a day so long
after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from onrecord.read.times import calendar
from onrecord.read.times.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Item:
    """An expression that means something, from ``start`` to ``end``, by a rule of that meaning."""

    start: int
    end: int
    meaning: Meaning
    rule: str = ""

    @property
    def counted(self) -> bool:
        """Whether the expression was counted in numbers: "two weeks from now"."""
        return self.rule == "ago"


_BETWEEN = re.compile(r"\s*(?:,\s*)?(?:\(\s*)?(?:on\s+|at\s+|around\s+|about\s+|the\s+|in\s+the\s+|of\s+)*\Z")
_GAP = 14
"""Characters between a day and its clock time."""


def joined(text: str, items: Iterator[Item]) -> Iterator[Item]:
    """Put a day and the clock time or part of day beside it together."""
    held: Item | None = None
    for item in items:
        if held is not None:
            between = text[held.end : item.start][: _GAP + 1]
            beside = _BETWEEN.match(between)
            both = _both(held, item) or _in_its_week(held, item) if beside else _counted_from(held, item, between)
            if both:
                held = both
                continue
            yield held
        held = item
    if held is not None:
        yield held


_FROM = re.compile(r"\s+(before|after|from)\s+(?:the\s+)?\Z")
_COUNTED = re.compile(r"P(\d+)([DWMY])\Z")
_LETTERS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def _counted_from(a: Item, b: Item, between: str) -> Item | None:
    """Return the day that lies some time before or after another: "two days after March 6"."""
    way, length = _FROM.fullmatch(between), _COUNTED.match(a.meaning.value)
    day = calendar.first_day(b.meaning.value) if b.meaning.unit == "day" and b.meaning.type == "DATE" else None
    if not (way and length and day) or a.meaning.type != "DURATION" or a.meaning.days:
        return None
    try:
        found = calendar.shift(day, int(length[1]) * (-1 if way[1] == "before" else 1), _LETTERS[length[2]])
    except (ValueError, OverflowError):
        return None
    days = (found.isoformat(), found.isoformat())
    return Item(a.start, b.end, Meaning("DATE", days[0], a.meaning.mod, days, "day"))


def _in_its_week(a: Item, b: Item) -> Item | None:
    """Return the day that a weekday is in the week beside it: "Monday two weeks ago"."""
    day, week = (a, b) if b.meaning.unit == "week" else (b, a)
    if week.meaning.unit != "week" or day.rule not in ("weekday", "weekday_by") or not week.meaning.days:
        return None
    monday, known = calendar.first_day(week.meaning.value), calendar.first_day(day.meaning.value)
    if monday is None or known is None or (b is week and not b.counted):
        return None
    found = (monday + timedelta(known.isoweekday() - 1)).isoformat()
    return Item(a.start, b.end, Meaning("DATE", found, None, (found, found), "day"))


def _both(a: Item, b: Item) -> Item | None:
    """Return a day with the clock time or part of day beside it."""
    day, clock = (a, b) if b.meaning.unit in ("clock", "part") else (b, a)
    if clock.meaning.unit not in ("clock", "part") or day.meaning.unit != "day":
        return None
    if "T" in day.meaning.value or "/" in day.meaning.value:
        return None
    meaning = at_clock(day.meaning.value, clock.meaning)
    return Item(a.start, b.end, replace(meaning, unit="day", mod=clock.meaning.mod or day.meaning.mod))


def at_clock(day: str, clock: Meaning) -> Meaning:
    """Return a clock time or part of day on a day, given as an ISO date."""
    value = f"{day}T{clock.value.split('T', 1)[1]}"
    if calendar.interval(day) is None:  # nobody knows which day, or no calendar has it
        return replace(clock, value=value, days=None)
    zoned = value + (clock.days[0] or "" if clock.days else "")
    return replace(clock, value=value, days=(zoned, zoned) if ":" in value else (day, day))
