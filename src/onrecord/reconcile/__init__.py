"""Readings of one story -> Dossier: who is who across the reports, what they tell of the same, and what each lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import asdict, replace

from onrecord.errors import InputError
from onrecord.reconcile.actors import story_actors
from onrecord.reconcile.coverage import coverage
from onrecord.reconcile.days import with_days
from onrecord.reconcile.primary import primary_sources
from onrecord.reconcile.quotations import shared_quotations
from onrecord.reconcile.relations import relations
from onrecord.reconcile.tellings import tellings
from onrecord.reconcile.timeline import timeline
from onrecord.reconcile.utterances import utterances
from onrecord.records import (
    SCHEMA,
    Article,
    Dossier,
    MadeBy,
    Reading,
    Story,
    StoryActor,
    StoryArticle,
    StoryStatement,
    make_id,
)

__all__ = ["reconcile", "strangers", "who_said_what"]


def reconcile(
    readings: Sequence[Reading],
    primary: Sequence[tuple[Article, str | None]] = (),
    on_error: Callable[[InputError], None] | None = None,
) -> Dossier:
    """Return the dossier of readings that report one event, in the order of publication, those without a date last: the
    order in which they come does not matter to a byte.

    ``primary`` are sources against which quotations are checked, each with the name of who speaks in it, where the
    source itself does not say; one of nobody whom the reports quote is an :class:`~onrecord.errors.InputError`, handed
    to ``on_error`` where there is one. Raises ``ValueError`` without readings, or where two of them have one id.
    """
    if not readings:
        raise ValueError("no readings")
    if len({r.id for r in readings}) != len(readings):
        raise ValueError("two readings have one id")
    readings = sorted(readings, key=lambda r: (r.published is None, r.published or "", r.outlet or "", r.id))
    actors, story_wide, told = who_said_what(readings)
    found = tellings(readings, told)
    said = utterances(readings, told, actors, found=found)
    told = with_days(told, said, readings)
    related = relations(readings, told, said, actors, found)
    story = Story(
        id=make_id("story", *sorted(r.sha256 for r in readings)),
        articles=tuple(_article(r, story_wide) for r in readings),
        actors=actors,
        statements=told,
        utterances=said,
        conflicts=related.conflicts,
        issues=related.issues,
        positions=related.positions,
        sticking_points=related.sticking_points,
        conditions=related.conditions,
        timeline=timeline(readings, story_wide, told, said),
        coverage=coverage(readings, told, said),
        primary=tuple(primary_sources(primary, readings, told, actors, on_error)),
    )
    made = readings[0].made_by
    return Dossier(SCHEMA, MadeBy(made.version, made.weights), (story,))


def who_said_what(
    readings: Sequence[Reading],
) -> tuple[tuple[StoryActor, ...], dict[tuple[str, str], str], tuple[StoryStatement, ...]]:
    """Return the actors across readings, the story-wide id of each by article and own id, and the statements with
    story-wide speakers.
    """
    actors, story_wide = story_actors(readings, shared_quotations(readings))
    told = tuple(
        StoryStatement(
            **{**asdict(s), "article": r.id, "speaker": story_wide.get((r.id, s.speaker)) if s.speaker else None}
        )
        for r in readings
        for s in r.statements
    )
    return actors, story_wide, told


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
        credits=r.credits,
        title_statements=tuple(
            replace(s, speaker=story_wide.get((r.id, s.speaker)) if s.speaker else None) for s in r.title_statements
        ),
        notes=r.notes,
    )
