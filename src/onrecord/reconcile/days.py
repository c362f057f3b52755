"""Days of saying that one report gives and another leaves out.

Two reports of one utterance tell of one day. And where every report that dates somebody's words of these days gives the
same day, the other words of theirs in reports of that week are taken to be of that day too. ``by`` is ``story`` then.
Words that have no one day ("has often said") stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from onrecord.read.times.calendar import day_of
from onrecord.records import Reading, SaidOn, StoryStatement, Utterance

MOST = 0.8
"""The share of somebody's dated words that must be of one day before other words are taken to be of that day."""
WEEK = timedelta(8)
"""How long after a day a report still tells of it as news."""


def with_days(
    statements: Sequence[StoryStatement], utterances: Sequence[Utterance], readings: Sequence[Reading]
) -> tuple[StoryStatement, ...]:
    """Return the statements, in their order, with the days that other reports give."""
    published = {r.id: day_of(r.published) for r in readings}
    told = {s.id: s for s in statements}
    found: dict[str, SaidOn] = {}
    for u in utterances:
        _share([told[i] for i in u.statements], found)
    speakers: dict[str, list[StoryStatement]] = defaultdict(list)
    for s in statements:
        if s.speaker and s.parent is None:
            speakers[s.speaker].append(s)
    for told_by in speakers.values():
        days = Counter(_first(s) for s in told_by if _is_news(s, published))
        day, n = max(days.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        if n and n >= MOST * days.total():
            news = [s for s in told_by if _first(s) == day]
            _share([*news, *(s for s in told_by if not _first(s) and _reports_on(published[s.article], day))], found)
    return tuple(replace(s, said_on=found[s.id]) if s.id in found else s for s in statements)


def _share(statements: Sequence[StoryStatement], found: dict[str, SaidOn]) -> None:
    """Note the one day that statements of one occasion give for those of them that give none."""
    days = {_first(s): s.said_on for s in statements if _first(s) and s.said_on and s.said_on.by != "report"}
    if len(days) != 1:
        return
    said = next(iter(days.values()))
    for s in statements:
        undated = s.said_on is not None and s.said_on.by == "report" and not s.said_on.value.endswith("_REF")
        if undated and said is not None:
            found[s.id] = replace(said, by="story", span=None)


def _is_news(s: StoryStatement, published: Mapping[str, date | None]) -> bool:
    """Tell whether a statement's own day is one of the week before its report."""
    said = s.said_on
    if said is None or said.by == "report" or said.from_ is None or said.from_[:10] != (said.to or "")[:10]:
        return False
    return _reports_on(published[s.article], _first(s))


def _reports_on(published: date | None, day: str) -> bool:
    return published is not None and published - WEEK <= date.fromisoformat(day) <= published


def _first(s: StoryStatement) -> str:
    return ((s.said_on.from_ if s.said_on else None) or "")[:10]
