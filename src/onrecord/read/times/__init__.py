"""Time expressions of a text: found by the grammar of ``words/times.txt``, resolved in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from onrecord.read.times import (  # noqa: F401 - each enters the meanings of its part of the table
    calendar,
    clock,
    counted,
    dates,
    durations,
    holidays,
    months,
    named_days,
    quarters,
    recurring,
    relative,
)
from onrecord.read.times.grammar import Grammar, Match, Words
from onrecord.read.times.joining import Item, at_clock, joined
from onrecord.read.times.meaning import MEANINGS, Anchor, Meaning
from onrecord.read.times.place import Place
from onrecord.records import Span, TimeExpression


@cache
def _grammar() -> Grammar:
    folder = files("onrecord.read.words")
    return Grammar(
        folder.joinpath("time_words.txt").read_text("utf-8"), folder.joinpath("times.txt").read_text("utf-8")
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text speaks of time, before anything is resolved."""

    text: str
    words: Words
    matches: tuple[tuple[Match, ...], ...]


FIRST_YEAR, LAST_YEAR = 1000, 9000
"""The years of publication from which days are counted."""
_REPORTED = frozenset(["quarter", "quarter_code"])
"""Meanings that name the quarter which a report of figures is about."""


def find(text: str) -> Found:
    """Find where a text speaks of time."""
    grammar = _grammar()
    words = grammar.words(text)
    return Found(text, words, tuple(grammar.matches(words)))


def resolve(found: Found, published: date | None, spoken: Sequence[tuple[Span, date]] = ()) -> list[TimeExpression]:
    """Return the expressions with their values, counted from the day of publication; within the spans of ``spoken``
    from the day of speaking.

    Without a day of publication whatever counts from it keeps an ``X`` and has no interval. Nor does a day count from
    which the calendar of :mod:`datetime` cannot be counted on: one before 1000 or after 9000.
    """
    published = published if published and FIRST_YEAR <= published.year <= LAST_YEAR else None
    items = list(joined(found.text, _resolved(found, published, spoken)))
    return [_record(i) for i in items if i.meaning.unit != "part"]


def _record(item: Item) -> TimeExpression:
    m = item.meaning
    # Of a clock time without a day only the zone may be known, which is no day.
    first, last = m.days if m.days and not m.value.startswith("XXXX") else (None, None)
    return TimeExpression(item.start, item.end, m.type, m.value, m.mod, first, last)


def _resolved(found: Found, published: date | None, spoken: Sequence[tuple[Span, date]]) -> Iterator[Item]:
    anchor, inside = Anchor(published), 0
    words, free = found.words, 0
    for fitting in found.matches:
        if fitting[0].start < free:
            continue
        at = words.starts[fitting[0].start]
        while inside < len(spoken) and spoken[inside][0].end <= at:
            inside += 1
        quoted = inside < len(spoken) and spoken[inside][0].start <= at
        anchor.today = spoken[inside][1] if quoted else published
        match, meaning = _meaning(found, fitting, anchor)
        free = match.end if match else free
        if match is None or meaning is None:
            continue
        start, end = words.starts[match.start], words.ends[match.end - 1]
        if meaning.type in ("DATE", "TIME") and meaning.days and meaning.unit and None not in meaning.days:
            anchor.named = meaning
        ended = meaning.days[1] if meaning.days else None
        if match.rule.meaning in _REPORTED and published and ended and ended < published.isoformat():
            anchor.quarter = max(anchor.quarter or "", meaning.value)
        if meaning.unit == "clock" and (day := anchor.named) and re.match(r"\d{4}-\d\d-\d\d", day.value):
            meaning = at_clock(day.value[:10], meaning)
        yield Item(start, end, meaning, match.rule.meaning)


def _meaning(found: Found, fitting: Sequence[Match], anchor: Anchor) -> tuple[Match | None, Meaning | None]:
    """Return the first of the rules that fit which means something there, and what."""
    for match in fitting:
        place = Place(found.text, found.words, match, _grammar(), anchor)
        meaning = MEANINGS[match.rule.meaning](place, *match.rule.arguments)
        if match.rule.meaning == "none" or meaning is not None:
            return match, meaning
    return None, None
