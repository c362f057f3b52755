"""Periods that a text bounds by times: "from 2014 to 2018", "since August", "before March 6"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.read.times.calendar import shift
from onrecord.records import Period, TimeExpression

_ONE = re.compile(
    r"(?:\b(since|starting(?:\s+(?:on|from))?|beginning(?:\s+(?:on|in|from))?|effective)"
    r"|\b(after)|\b(before|prior\s+to|ahead\s+of)|\b(until|till|up\s+to|no\s+later\s+than|not\s+later\s+than|as\s+late\s+as)"
    r"|\b(by)|\b(from)|\b(through)|\b(between))\s+(?:(?:about|around|at|in|the)\s+)?\Z",
    re.IGNORECASE,
)
_RELATIONS = ("since", "after", "before", "until", "by", "from", "through", "between")
_TO = re.compile(r"\s*(?:-|–|—|~|\bto\b|\btill\b|\buntil\b|\bthrough\b|\bthru\b)\s*(?:the\s+)?\Z", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,?\s+and\s+(?:the\s+)?|[-–—]\s*)\Z", re.IGNORECASE)
_BEFORE = 24
"""Characters in which the word stands that a period begins with."""
_POINTS = frozenset(["DATE", "TIME"])


def periods(text: str, times: Sequence[TimeExpression]) -> list[Period]:
    """Return the periods that the times of a text bound, in its order, none overlapping another."""
    out: list[Period] = []
    at = 0
    while at < len(times):
        found = None
        for reading in (_two, _lasting, _part, _one, _onwards):
            found = found or reading(text, times, at)
        if found:
            out.append(found)
        at += len(found.times) if found else 1
    return out


def _two(text: str, times: Sequence[TimeExpression], at: int) -> Period | None:
    """Return the period from one time to the next: "from May to July", "between 2010 and 2012", "2014-2018"."""
    if at + 1 >= len(times):
        return None
    first, last = times[at], times[at + 1]
    if not {first.type, last.type} <= _POINTS or last.start - first.end > _BEFORE:
        return None
    between = text[first.end : last.start]
    opening = _opening(text, first.start)
    begun = opening[0] in ("from", "between", "since") if opening else False
    to, linked = _TO.fullmatch(between), _AND.fullmatch(between)
    plain = to and (_alike(first, last) or between in ("-", "–") or "through" in between)
    if not ((to and begun) or plain or (linked and opening and opening[0] == "between")):
        return None
    start = opening[1] if opening and begun else first.start
    low, high = (first.from_, last.to)
    if low and high and low > high:
        if int(low[:4]) - int(high[:4]) > 1 or text[last.start : last.end].find(high[:4]) >= 0:
            return None
        high = shift(date.fromisoformat(high[:10]), 1, "year").isoformat()  # "from November to March"
        if low > high:
            return None
    return Period(start, last.end, "range", low, high, (at, at + 1))


_STARTING = re.compile(r"\s*,?\s*(?:starting|beginning|commencing|from)(?:\s+(?:on|from))?\s+\Z", re.IGNORECASE)
_LENGTH = re.compile(r"P(\d+)([DWMY])\Z")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def _lasting(text: str, times: Sequence[TimeExpression], at: int) -> Period | None:
    """Return the period that a length and its first day make: "a three-day visit starting Monday"."""
    if at + 1 >= len(times):
        return None
    length, first = times[at], times[at + 1]
    count = _LENGTH.match(length.value)
    if length.type != "DURATION" or length.from_ or count is None or first.type != "DATE" or not first.from_:
        return None
    if len(first.value) != 10 or not _STARTING.fullmatch(text[length.end : first.start]):
        return None
    last = shift(date.fromisoformat(first.from_), int(count[1]), _UNITS[count[2]]) - timedelta(1)
    return Period(length.start, first.end, "range", first.from_, last.isoformat(), (at, at + 1))


_PART = re.compile(r"(?:the\s+)?(first|opening|last|final|closing)\s", re.IGNORECASE)


def _part(text: str, times: Sequence[TimeExpression], at: int) -> Period | None:
    """Return the period that is the first or last part of another: "the first nine months of 1990"."""
    if at + 1 >= len(times):
        return None
    length, whole = times[at], times[at + 1]
    count, named = _LENGTH.match(length.value), _PART.match(text, length.start, length.end)
    if not (count and named and whole.from_ and whole.to) or text[length.end : whole.start].split() != ["of"]:
        return None
    n, unit = int(count[1]), _UNITS[count[2]]
    if named[1].lower() in ("first", "opening"):
        low, high = whole.from_, (shift(date.fromisoformat(whole.from_), n, unit) - timedelta(1)).isoformat()
    else:
        after = date.fromisoformat(whole.to) + timedelta(1)
        low, high = shift(after, -n, unit).isoformat(), whole.to
    return Period(length.start, whole.end, "range", low, high, (at, at + 1))


_ONWARDS = re.compile(
    r"\s+(?:(?:and|or)\s+(?:later|after|beyond|onwards?|greater)|onwards?)\b(?!\s+[a-z])", re.IGNORECASE
)


def _onwards(text: str, times: Sequence[TimeExpression], at: int) -> Period | None:
    """Return the period that goes on from a time: "1990 and beyond", "from May onwards"."""
    time = times[at]
    found = _ONWARDS.match(text, time.end) if time.type == "DATE" and time.from_ else None
    return Period(time.start, found.end(), "since", time.from_, None, (at,)) if found else None


def _alike(a: TimeExpression, b: TimeExpression) -> bool:
    """Tell whether two times are of one kind, as the ends of a range without "from" are."""
    return len(a.value) == len(b.value) and "REF" not in a.value


def _one(text: str, times: Sequence[TimeExpression], at: int) -> Period | None:
    time = times[at]
    if time.mod == "ON_OR_AFTER":
        return Period(time.start, time.end, "since", time.from_, None, (at,))
    opening = _opening(text, time.start)
    if opening is None or time.type not in _POINTS or time.value.endswith("_REF"):
        return None
    relation, start = opening
    low, high = time.from_, time.to
    # What begins before the end of March need not begin before the second half of March.
    if relation == "before" and time.mod == "END":
        return Period(start, time.end, "before", None, high, (at,))
    if relation == "after" and time.mod == "START":
        return Period(start, time.end, "after", low, None, (at,))
    match relation:
        case "since":
            return Period(start, time.end, "since", low, None, (at,))
        case "after":
            return Period(start, time.end, "after", _beside(high, 1), None, (at,))
        case "before":
            return Period(start, time.end, "before", None, _beside(low, -1), (at,))
        case "until" | "by":
            return Period(start, time.end, "by" if relation == "by" else "until", None, high, (at,))
        case _:
            return None


def _beside(day: str | None, n: int) -> str | None:
    if day is None:
        return None
    if len(day) > 10:
        return day
    return (date.fromisoformat(day) + timedelta(n)).isoformat()


def _opening(text: str, start: int) -> tuple[str, int] | None:
    """Return the word that a period begins with before an offset, as one of :data:`_RELATIONS`, and where it stands."""
    window = max(0, start - _BEFORE)
    found = _ONE.search(text, window, start)
    if found is None:
        return None
    kind = next(name for name, group in zip(_RELATIONS, found.groups(), strict=True) if group)
    return kind, found.start()
