"""Times against the specifications of Microsoft's Recognizers-Text (MIT licence): dates, periods and durations.

A case is a text, the day it is read on, and the expressions in it. It is right when exactly these are found, each with
its span and its days or its length. Where the text leaves two readings open ("Friday": the last or the next) they list
both, and either is right. The two forms differ where neither is wrong, and that much is allowed for:

- *Heads of spans.* An article or a preposition before the expression belongs to it or not: "the weekend", "in May".
- *Ends.* Theirs is the day after the last one, ours the last one: May ends on 1 June there, on 31 May here. A range
  ends there where its last part begins ("from 2014 to 2018" on 1 January 2018), here with the last day of that part. So
  does what today bounds there: the "year to date" ends as today begins, the "rest of the week" as Sunday does.
- *Counted weeks, months and years.* "Two weeks ago" is a day there and the week that holds it here.
- *After.* Theirs begins with the day that is named, ours may begin with the one that follows it.
- *Open ends.* "More than two weeks from now" has no last day there; here it is a day with the modifier MORE_THAN. "To
  date" is PRESENT_REF in both, with days of its own in each.
- *Durations* compare in seconds and may differ by 1 %: there are months of 30 and of 31 days.
- *Left unresolved there.* Fiscal and school years and bare seasons ("FY2018", "summer") have no days there. Ours may,
  when the year or the season is the same. A day that is on no calendar ("30 February") has no days in either.

Words that soften a length ("more than two hours") are part of the span, and their effect is not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from onrecord.evaluate.forms import code_points
from onrecord.read.times import find, resolve
from onrecord.read.times.calendar import day_of, first_day, holding
from onrecord.read.times.periods import periods
from onrecord.records import Period, TimeExpression

MODEL = "DateTimeModel"
KINDS = frozenset(["date", "daterange", "duration"])
"""What is scored: cases that hold these alone. Clock times, sets and time zones are further kinds of the model."""


def is_scored(row: Mapping[str, Any]) -> bool:
    """Tell whether a case expects something, and nothing but dates, periods and durations."""
    expected = _kinds(row)
    return row["spec"] == MODEL and bool(expected) and expected <= KINDS


def other_kinds(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many cases are not scored, by the kinds that keep them out, the most frequent first.

    "none" are those in which nothing is to be found; a case with two such kinds has both for a name: "set+time".
    """
    left = (row for row in rows if row["spec"] == MODEL and not is_scored(row))
    counts = Counter("+".join(sorted(_kinds(row) - KINDS)) or "none" for row in left)
    return dict(sorted(counts.items(), key=lambda count: (-count[1], count[0])))


def _kinds(row: Mapping[str, Any]) -> set[str]:
    return {_kind(result) for result in row["Results"]}


def _kind(result: Mapping[str, Any]) -> str:
    """Return the kind of an expected expression; the specifications spell the field in two ways."""
    return str(result.get("TypeName") or result.get("Typename") or "").rpartition(".")[2]


def is_right(row: Mapping[str, Any]) -> bool:
    """Tell whether a case's expressions are found, each as expected and no other."""
    today = day_of(row.get("Context", {}).get("ReferenceDateTime"))
    text, expected, found = row["Input"], row["Results"], _found(row["Input"], today)
    return len(expected) == len(found) and all(
        _without_head(text, code_points(text, result["Start"]), code_points(text, result["End"] + 1))
        == _without_head(text, ours.start, ours.end)
        and any(_agree(_kind(result), value, ours) for value in (result.get("Resolution") or {}).get("values") or ())
        for result, ours in zip(expected, found, strict=True)
    )


_HEAD = re.compile(r"(?:the|in|on|from|for|over)\s+", re.IGNORECASE)


def _without_head(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the articles and prepositions at its head."""
    while head := _HEAD.match(text, start, end):
        start = head.end()
    return start, end


class _Ours(msgspec.Struct, frozen=True):
    """An expression or a period as the reader has it; ``last`` is the day on which its last part begins."""

    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None
    from_: str | None
    to: str | None
    last: str | None


def _found(text: str, today: date | None) -> list[_Ours]:
    """Return the periods of a text and the expressions outside them, in its order."""
    times = resolve(find(text), today)
    bounded = periods(text, times)
    inside = {at for period in bounded for at in period.times}
    ours = [_of_period(text, period, times[period.times[-1]]) for period in bounded]
    ours += [_of_time(text, time, today) for at, time in enumerate(times) if at not in inside]
    return sorted(ours, key=lambda one: one.start)


def _of_period(text: str, period: Period, last: TimeExpression) -> _Ours:
    ends_with_a_day = period.relation == "range" and last.from_ == last.to
    begins = period.to if ends_with_a_day else last.from_
    words = text[period.start : period.end]
    return _Ours(period.start, period.end, words, "PERIOD", "", None, period.from_, period.to, begins)


def _of_time(text: str, time: TimeExpression, today: date | None) -> _Ours:
    last = first_day(time.value.partition("/")[2])
    begins = last.isoformat() if last else None
    if today and time.from_ != time.to and today.isoformat() in (time.from_, time.to):
        begins = time.to
    words = text[time.start : time.end]
    return _Ours(time.start, time.end, words, time.type, time.value, time.mod, time.from_, time.to, begins)


def _agree(kind: str, theirs: Mapping[str, str], ours: _Ours) -> bool:
    """Tell whether an expression of ours means what one of the expected values says."""
    if kind == "duration":
        length = _seconds(ours.value) if ours.type == "DURATION" else None
        return length is not None and abs(length - float(theirs["value"])) <= 0.01 * float(theirs["value"])
    if theirs.get("value") == "not resolved":
        return ours.from_ is None or _same_name(theirs["timex"], ours.value)
    if kind == "date":
        day = theirs["value"]
        return ours.from_ == ours.to == day or _holds(ours, date.fromisoformat(day))
    if theirs["timex"] == "PRESENT_REF":
        return ours.value == "PRESENT_REF"
    return _begins(theirs, ours) and _ends(theirs, ours)


def _begins(theirs: Mapping[str, str], ours: _Ours) -> bool:
    start = theirs.get("start")
    if start is None or ours.from_ is None:
        return start == ours.from_
    return ours.from_ == start or (theirs.get("Mod") == "after" and ours.from_ == _next(start))


def _ends(theirs: Mapping[str, str], ours: _Ours) -> bool:
    end = theirs.get("end")
    if end is None:
        return ours.to is None or (theirs.get("Mod") == "after" and ours.mod == "MORE_THAN")
    return ours.to is not None and end in (_next(ours.to), ours.last)


def _next(day: str) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(1)).isoformat()


_COUNTED = re.compile(r"\b(week|fortnight|month|year)s?\b", re.IGNORECASE)


def _holds(ours: _Ours, day: date) -> bool:
    """Tell whether ours is the week, the month or the year that holds a day, and counted in such."""
    counted = {unit.lower() for unit in _COUNTED.findall(ours.text)}
    units = {"week" if unit == "fortnight" else unit for unit in counted}
    return ours.value in {holding(day, unit) for unit in units}


_NAMED = re.compile(r"(?:FY|SY)(\d{4})\Z|(SP|SU|FA|WI)\Z")


def _same_name(timex: str, value: str) -> bool:
    """Tell whether a value is the fiscal or school year, or a year's season, that they name and leave unresolved."""
    named = _NAMED.match(timex)
    return named is not None and (value == named[1] or value.endswith(f"-{named[2]}"))


_LENGTH = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)WE)?(?:([\d.]+)D)?"
    r"(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?\Z"
)
_DAY = 24 * 3600
_SECONDS = (365 * _DAY, 30 * _DAY, 7 * _DAY, 2 * _DAY, _DAY, 3600, 60, 1)


def _seconds(value: str) -> float | None:
    """Return the length of a TIMEX3 duration; ``None`` where nobody counted."""
    length = _LENGTH.match(value)
    if length is None:
        return None
    return sum(float(count or 0) * unit for count, unit in zip(length.groups(), _SECONDS, strict=True))
