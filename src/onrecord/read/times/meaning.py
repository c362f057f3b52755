"""What an expression means, and what meanings are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.read.times import calendar

if TYPE_CHECKING:
    from onrecord.read.times.place import Place

CLOCK_UNITS = ("hour", "minute", "second")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means: type and value of TIMEX3, a modifier, and the days from first to last.

    ``day`` is what expressions after it count from; ``unit`` how fine it is; ``dated`` false for what only repeats or
    lasts.
    """

    type: str
    value: str
    mod: str | None = None
    days: tuple[str | None, str | None] | None = None
    unit: str | None = None


@dataclass
class Anchor:
    """The days that words count from: that of publication (or of speaking), and the last one that the text named."""

    today: date | None = None
    named: Meaning | None = None
    quarter: str | None = None

    def day(self) -> date | None:
        """Return the day that "later" and "that day" count from."""
        named = self.named_day()
        return named or self.today

    def named_day(self) -> date | None:
        """Return the first day of what the text named last."""
        return calendar.first_day(self.named.value) if self.named else None


Function = Callable[..., Meaning | None]
MEANINGS: dict[str, Function] = {}


def means(name: str) -> Callable[[Function], Function]:
    """Enter a function under the name by which the table calls it."""

    def enter(function: Function) -> Function:
        MEANINGS[name] = function
        return function

    return enter


def on_calendar(
    value: str, unit: str, mod: str | None = None, anchor: Anchor | None = None, earlier: bool = False
) -> Meaning:
    """Return the meaning of a value on the calendar, its days narrowed by the modifier."""
    days = calendar.interval(value)
    if days and mod in ("START", "MID", "END"):
        today = anchor.today if anchor else None
        if earlier and today and days[0] <= today.isoformat() <= days[1]:
            day = today.isoformat()
            before = max(days[0], (today - timedelta(1)).isoformat())
            days = (days[0], before) if mod == "START" else (day, days[1])
        else:
            days = calendar.third(value, mod) or days
    return Meaning("TIME" if "T" in value else "DATE", value, mod, days, unit)


def on_day(day: date | None, mod: str | None = None) -> Meaning:
    """Return the meaning of a day; of one that nobody knows where there is none."""
    return on_calendar(day.isoformat() if day else calendar.unknown("day"), "day", mod)


def unit_of(p: Place, day: date | None, unit: str, mod: str | None = None) -> Meaning:
    """Return the meaning of the week, month, year … that holds a day."""
    value = calendar.holding(day, unit) if day else calendar.unknown(unit)
    return on_calendar(value, unit, mod, p.anchor, p.earlier)


def moved(day: date | None, n: float, unit: str) -> date | None:
    """Return the day ``n`` units on; ``None`` where there is none."""
    if day is None:
        return None
    try:
        return calendar.shift(day, int(n), unit)
    except (ValueError, OverflowError, KeyError):
        return None


def days_between(first: date | None, last: date | None) -> tuple[str | None, str | None] | None:
    """Return first and last day as ISO dates, ``None`` for one that is not known; ``None`` without either."""
    return (first.isoformat() if first else None, last.isoformat() if last else None) if first or last else None


def start_of(day: date | None, unit: str) -> date | None:
    """Return a day from which months and years can be counted without running over the end of a month."""
    return day.replace(day=1) if day and unit in ("month", "quarter") else day
