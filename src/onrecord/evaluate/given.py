"""Dossiers of annotated stories from the statements and speakers that people found: what is lost after reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.evaluate.story_forms import GoldStatement, GoldStory, gold_story
from onrecord.read import Reader
from onrecord.read.authority import normal
from onrecord.reconcile import who_said_what
from onrecord.reconcile.relations import relations
from onrecord.reconcile.tellings import tellings
from onrecord.reconcile.utterances import utterances
from onrecord.records import (
    SCHEMA,
    Article,
    Dossier,
    Kind,
    Reading,
    Span,
    Stance,
    Statement,
    Story,
    StoryActor,
    StoryLink,
    StoryStatement,
    make_id,
    text_hash,
)

REACH = 200
"""Characters around the words in which the cue that people wrote down is looked for."""


def given_dossier(gold: Mapping[str, Any], reader: Reader) -> Any:
    """Return the dossier, as decoded JSON, of an annotated story with its own statements and speakers."""
    ours = gold_story(gold, "gold story")
    readings = [_given(reader.read(article), ours, reader) for article in story_articles(gold)]
    speaker = {s.id: make_id("given", s.speaker) for s in ours.statements}
    told = [
        StoryStatement(**{**msgspec.structs.asdict(s), "article": r.id, "speaker": speaker[s.id]})
        for r in readings
        for s in r.statements
    ]
    actors = _actors(ours, who_said_what(readings)[0])
    found = tellings(readings, told)
    said = utterances(readings, told, actors, found=found)
    related = relations(readings, told, said, actors, found)
    story = Story("given", (), actors, tuple(told), said, related.conflicts, related.issues, related.positions)
    return msgspec.to_builtins(Dossier(SCHEMA, reader.made_by, (story,)))


def story_articles(gold: Mapping[str, Any]) -> list[Article]:
    """Return the articles of an annotated story that holds their texts."""
    return [
        Article(
            id=a["id"],
            text=a["text"],
            sha256=text_hash(a["text"]),
            outlet=a.get("outlet"),
            published=a.get("published"),
            title=a.get("title"),
        )
        for a in gold["articles"]
    ]


def _actors(gold: GoldStory, found: Iterable[StoryActor]) -> tuple[StoryActor, ...]:
    """Return the speakers of an annotated story, with whom they speak for, and the mentions and the kind of the actors
    found who have one of their names.
    """
    known = {normal(name): a for a in found for name in (*a.aliases, a.name)}
    unnamed = {s.speaker for s in gold.statements if s.speaker_kind == "unnamed"}
    links = gold.speaks_for or []
    names = dict.fromkeys([s.speaker for s in gold.statements] + [name for link in links for name in link])
    called = {n: [known[normal(x)] for x in (n, *gold.speakers.get(n, ())) if normal(x) in known] for n in names}
    return tuple(
        StoryActor(
            id=make_id("given", name),
            name=name,
            kind="unnamed" if name in unnamed else next((a.kind for a in called[name]), "unknown"),
            aliases=tuple(gold.speakers.get(name, ())),
            mentions=tuple(dict.fromkeys(m for a in called[name] for m in a.mentions)),
            speaks_for=tuple(StoryLink(make_id("given", other)) for one, other in links if one == name),
        )
        for name in names
    )


def _given(reading: Reading, gold: GoldStory, reader: Reader) -> Reading:
    """Return a reading whose statements are those that people found in the article."""
    theirs = [s for s in gold.statements if s.article == reading.id]
    return reader.telling(reading, [_statement(s, reading) for s in theirs])


def _statement(gold: GoldStatement, reading: Reading) -> Statement:
    """Return an annotated statement; what the annotation does not say is that of the statement found in its place."""
    content = tuple(Span(start, end) for start, end in gold.spans)
    place = max(reading.statements, key=lambda s: _together(content, s.content), default=None)
    found = place if place is not None and _together(content, place.content) else None
    own = Statement(
        id=gold.id,
        act="speech",
        kind=msgspec.convert(gold.kind, Kind),
        stance=msgspec.convert(gold.stance or "asserts", Stance),
        anonymous=bool(gold.anonymous),
        source=None,
        cue=_cue(gold, content, reading.text),
        content=content,
    )
    if found is None:
        return own
    stance = own.stance if gold.stance else found.stance
    return replace(
        own,
        stance=stance,
        source=found.source,
        hedges=found.hedges,
        said_on=found.said_on,
        times=found.times,
        quantities=found.quantities,
    )


def _together(a: Iterable[Span], b: Sequence[Span]) -> int:
    """Return how many characters two contents have in common."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def _cue(gold: GoldStatement, content: Sequence[Span], text: str) -> Span | None:
    """Return where the cue that people wrote down stands: the place nearest to the words."""
    if not gold.cue or not content:
        return None
    start, end = max(0, content[0].start - REACH), content[-1].end + REACH
    found = [Span(m.start(), m.end()) for m in re.finditer(re.escape(gold.cue), text[:end]) if m.start() >= start]
    return min(found, key=lambda s: min(abs(s.end - c.start) + abs(s.start - c.end) for c in content), default=None)
