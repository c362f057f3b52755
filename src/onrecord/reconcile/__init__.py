"""Readings of one story -> Dossier: who is who across the reports, and what they say again.

A first version: identical names and verbatim quotations are joined, the reports are laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import asdict, replace

from onrecord.reconcile.actors import story_actors
from onrecord.reconcile.coverage import coverage
from onrecord.reconcile.days import with_days
from onrecord.reconcile.timeline import timeline
from onrecord.reconcile.utterances import shared_quotations, utterances
from onrecord.records import (
    SCHEMA,
    Dossier,
    MadeBy,
    Reading,
    Story,
    StoryArticle,
    StoryStatement,
    make_id,
)

__all__ = ["reconcile", "strangers"]


def reconcile(readings: Sequence[Reading]) -> Dossier:
    """Return the dossier of readings that report one event. The order of the readings does not matter to any id.

    Raises ``ValueError`` without readings, or where two of them have one id.
    """
    if not readings:
        raise ValueError("no readings")
    if len({r.id for r in readings}) != len(readings):
        raise ValueError("two readings have one id")
    quoted = shared_quotations(readings)
    actors, story_wide = story_actors(readings, quoted)
    told = tuple(
        StoryStatement(
            **{**asdict(s), "article": r.id, "speaker": story_wide.get((r.id, s.speaker)) if s.speaker else None}
        )
        for r in readings
        for s in r.statements
    )
    said = utterances(readings, told, quoted)
    told = with_days(told, said, readings)
    story = Story(
        id=make_id("story", *sorted(r.sha256 for r in readings)),
        articles=tuple(_article(r, story_wide) for r in readings),
        actors=actors,
        statements=told,
        utterances=said,
        timeline=timeline(readings, story_wide, told, said),
        coverage=coverage(readings, told, said),
    )
    made = readings[0].made_by
    return Dossier(SCHEMA, MadeBy(made.version, made.weights), (story,))


def strangers(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings that share no name of an actor with any other: they hardly report the same event."""
    words = [
        {
            w.lower()
            for a in r.actors
            if a.kind not in ("unnamed", "group", "unknown")
            for w in a.name.split()
            if len(w) > 2 and w[0].isupper()
        }
        for r in readings
    ]
    out = []
    for i, own in enumerate(words):
        others = set().union(*(w for k, w in enumerate(words) if k != i))
        if own and others and not own & others:
            out.append(readings[i])
    return out


def _article(r: Reading, story_wide: Mapping[tuple[str, str], str]) -> StoryArticle:
    return StoryArticle(
        id=r.id,
        sha256=r.sha256,
        text=r.text,
        outlet=r.outlet,
        published=r.published,
        title=r.title,
        byline=r.byline,
        url=r.url,
        language=r.language,
        times=r.times,
        periods=r.periods,
        quantities=r.quantities,
        title_statements=tuple(
            replace(s, speaker=story_wide.get((r.id, s.speaker)) if s.speaker else None) for s in r.title_statements
        ),
        notes=r.notes,
    )
