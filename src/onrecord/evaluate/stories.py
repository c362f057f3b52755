"""Dossiers against stories annotated by hand: statements, speakers, same utterances, conflicts, days, positions.

A predicted statement answers a gold one of the same article when their contents share at least half of the characters
that they cover together; one to one, best first. Everything else is measured over the statements so matched.
Predicted statements whose act is ``attitude`` are left out, and on both sides statements without content. The measures
of utterances and conflicts are our own: groups may share statements, so those made for partitions do not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from onrecord.evaluate.scores import PRF, Counts, Line, Score, best_first, percent
from onrecord.evaluate.story_forms import DossierForm, GoldStatement, GoldStory, dossier_form, gold_story, normalise
from onrecord.evaluate.story_relations import (
    Matched,
    Means,
    count_conflicts,
    count_people,
    count_positions,
    count_same,
    count_speaks_for,
)

PRONOUNS = frozenset(["he", "she", "they", "it", "who"])
"""Sources that only point at somebody."""


class Right(msgspec.Struct, frozen=True):
    """How many of ``n`` are right."""

    right: int = 0
    n: int = 0

    def __add__(self, other: Right) -> Right:
        return Right(self.right + other.right, self.n + other.n)


class Share(msgspec.Struct, frozen=True):
    """The percentage of ``n`` that is right."""

    percent: float
    n: int


class StoryCounts(msgspec.Struct, frozen=True):
    """What the figures of :class:`StoriesScore` are made of; counts of several stories can be added."""

    statements: Counts = Counts()
    kind: Right = Right()
    speaker: Right = Right()
    people: Counts = Counts()
    same: Means = Means()
    conflicts: Means = Means()
    anonymous: Counts = Counts()
    denies: Counts = Counts()
    said_on: Right = Right()
    speaks_for: Counts = Counts()
    positions: Counts = Counts()

    def __add__(self, other: StoryCounts) -> StoryCounts:
        return StoryCounts(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


class StoriesScore(Score, frozen=True):
    """How well dossiers agree with the gold, pooled over ``stories`` stories.

    ``statements``: matched by content. Of the matched, ``kind``: the same kind; ``speaker``, where the gold speaker
    has a name: the actor's own name (not an alias) is one of the gold speaker's names; ``people``: pairs of
    statements, same gold speaker against same actor; ``anonymous`` and ``denies``: marked so; ``said_on``, where the
    texts give the day (month, year): ``from`` begins with it. ``same``, ``conflicts``, ``speaks_for`` and
    ``positions`` are defined in :mod:`onrecord.evaluate.story_relations`.
    """

    stories: int
    statements: PRF
    kind: Share
    speaker: Share
    people: PRF
    same: PRF
    conflicts: PRF
    anonymous: PRF
    denies: PRF
    said_on: Share
    speaks_for: PRF
    positions: PRF

    def to_dict(self) -> dict[str, Any]:
        figures = {name: getattr(self, name) for name in StoryCounts.__struct_fields__}
        return {name: f.percent if isinstance(f, Share) else f.to_dict() for name, f in figures.items()}

    def caption(self) -> str:
        return f"{self.stories} {'story' if self.stories == 1 else 'stories'}"

    def lines(self) -> list[Line]:
        figures = {name: getattr(self, name) for name in StoryCounts.__struct_fields__}
        return [
            Line(name, share=f.percent, n=f.n) if isinstance(f, Share) else f.line(name) for name, f in figures.items()
        ]


def score_stories(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> StoriesScore:
    """Score pairs of an annotated story and the dossier of its articles, pooled.

    The gold is ``{"articles", "statements", "same", "conflicts", "speakers"}``, with ``said_on``, ``speaks_for`` and
    ``positions`` where annotated; the dossier is what ``onrecord report --format json`` writes. Raises
    :class:`~onrecord.errors.InputError` where a field is missing, an id of a statement or actor occurs twice, or a
    predicted span lies outside its text.
    """
    return pool_stories(count_story(gold, dossier) for gold, dossier in pairs)


def pool_stories(counts: Iterable[StoryCounts]) -> StoriesScore:
    """Return the figures of several stories together, from the counts of each."""
    stories, total = 0, StoryCounts()
    for story in counts:
        stories += 1
        total += story
    return StoriesScore(
        stories=stories,
        statements=total.statements.prf(counted=True),
        kind=_share(total.kind),
        speaker=_share(total.speaker),
        people=total.people.prf(counted=True),
        same=total.same.prf(),
        conflicts=total.conflicts.prf(),
        anonymous=total.anonymous.prf(counted=True),
        denies=total.denies.prf(counted=True),
        said_on=_share(total.said_on),
        speaks_for=total.speaks_for.prf(counted=True),
        positions=total.positions.prf(counted=True),
    )


def count_story(
    gold: Mapping[str, Any], dossier: Mapping[str, Any], where: tuple[str, str] = ("gold story", "dossier")
) -> StoryCounts:
    """Return the counts for one annotated story and the dossier of its articles.

    Errors are those of :func:`score_stories`; ``where`` says what they call the two.
    """
    ours = gold_story(gold, where[0])
    theirs = dossier_form(dossier, ours, where[1])
    matched, statements = _match_statements(ours, theirs)
    return StoryCounts(
        statements=statements,
        kind=_count_kind(ours, theirs, matched),
        speaker=_count_speakers(ours, theirs, matched),
        people=count_people(ours, theirs, matched),
        same=count_same(ours, theirs, matched),
        conflicts=count_conflicts(ours, theirs, matched),
        anonymous=_count_marked(
            {s.id for s in ours.statements if s.anonymous},
            {s.id for s in theirs.statements.values() if s.anonymous},
            matched,
        ),
        denies=_count_marked(
            {s.id for s in ours.statements if s.stance == "denies"},
            {s.id for s in theirs.statements.values() if s.stance == "denies"},
            matched,
        ),
        said_on=_count_days(ours, theirs, matched),
        speaks_for=count_speaks_for(ours, theirs),
        positions=count_positions(ours, theirs, matched),
    )


def _share(right: Right) -> Share:
    return Share(percent(right.right, right.n), right.n)


def _match_statements(gold: GoldStory, dossier: DossierForm) -> tuple[Matched, Counts]:
    """Match statements of the same article by the characters of their contents."""
    ours = {s.id: (s.article, _characters(s.spans)) for s in gold.statements if s.spans}
    theirs = {
        s.id: (s.article, _characters((c.start, c.end) for c in s.content))
        for s in dossier.statements.values()
        if s.content and s.act == "speech"
    }
    candidates = []
    for g, (g_article, a) in ours.items():
        for d, (d_article, b) in theirs.items():
            if g_article == d_article and a & b and (share := len(a & b) / len(a | b)) >= 0.5:
                candidates.append((share, g, d))
    to_predicted = {g: d for _, g, d in best_first(candidates)}
    to_gold = {d: g for g, d in to_predicted.items()}
    counts = Counts(len(to_gold), len(theirs) - len(to_gold), len(ours) - len(to_gold))
    return Matched(to_predicted, to_gold, {g: article for g, (article, _) in ours.items()}), counts


def _characters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _count_kind(gold: GoldStory, dossier: DossierForm, matched: Matched) -> Right:
    pairs = [(s, matched.to_predicted[s.id]) for s in gold.statements if s.id in matched.to_predicted]
    return Right(sum(s.kind == dossier.statements[d].kind for s, d in pairs), len(pairs))


def pronoun_sources(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Share:
    """Return the share of matched statements whose speaker is right, of those with a pronoun for a source and a speaker
    who has a name. Takes what :func:`score_stories` takes.
    """
    total = Right()
    for gold, dossier in pairs:
        ours = gold_story(gold, "gold story")
        theirs = dossier_form(dossier, ours, "dossier")
        matched, _ = _match_statements(ours, theirs)
        pronouns = [s for s in ours.statements if (s.source or "").casefold() in PRONOUNS]
        total += _count_speakers(ours, theirs, matched, pronouns)
    return _share(total)


def _count_speakers(
    gold: GoldStory, dossier: DossierForm, matched: Matched, among: Iterable[GoldStatement] | None = None
) -> Right:
    """Count the matched statements, all or those ``among`` some, whose speaker is one of the gold speaker's names."""
    right = n = 0
    for statement in gold.statements if among is None else among:
        if statement.id in matched.to_predicted and statement.speaker_kind != "unnamed":
            n += 1
            speaker = dossier.statements[matched.to_predicted[statement.id]].speaker
            actor = None if speaker is None else dossier.actors.get(speaker)
            right += actor is not None and normalise(actor.name or "") in gold.names(statement.speaker)
    return Right(right, n)


def _count_marked(gold: set[str], predicted: set[str], matched: Matched) -> Counts:
    """Count matched statements that are marked in the gold, in the dossier, or both."""
    ours = {g for g in matched.to_predicted if g in gold}
    theirs = {g for g, d in matched.to_predicted.items() if d in predicted}
    return Counts(len(ours & theirs), len(theirs - ours), len(ours - theirs))


def _count_days(gold: GoldStory, dossier: DossierForm, matched: Matched) -> Right:
    right = n = 0
    for statement, day in gold.said_on.items():
        if statement in matched.to_predicted:
            n += 1
            told = dossier.statements[matched.to_predicted[statement]].said_on
            right += ((told.from_ if told else None) or "").startswith(day)
    return Right(right, n)
