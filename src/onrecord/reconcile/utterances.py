"""Utterances: one act of saying, however many reports tell it, and how the wording of each differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.reconcile.candidates import candidates
from onrecord.reconcile.differences import Wording, differences
from onrecord.reconcile.grouping import grouped
from onrecord.reconcile.origins import Origins
from onrecord.reconcile.sameness import VERBATIM, Pair, Scorer, Speakers, chances, longest, shipped
from onrecord.reconcile.tellings import Telling, tellings
from onrecord.records import Reading, StoryActor, StoryStatement, Utterance, Variant, make_id

WHOLLY = 0.85
"""The share of one quotation that must be the other's for the same words to be one saying, whoever is credited."""
MOSTLY = 0.6
"""The same where there is nothing but the words to tell by: in languages that are not read."""
APART = -10.0
"""What stands for the chance of two quotations that one article tells apart: no company makes them one."""
IDENTICAL = 4
"""Words from which on two statements of one speaker in the very same words are one, without more ado."""


def utterances(
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    actors: Sequence[StoryActor],
    scorer: Scorer | None = None,
    found: Mapping[str, Telling] | None = None,
) -> tuple[Utterance, ...]:
    """Return the utterances in the order in which their first statements stand.

    A statement that splices two sayings which another article tells apart stands in two utterances. ``scorer`` is the
    shipped one if none is given; ``found`` are the story's tellings, where they are made already.
    """
    found = tellings(readings, told) if found is None else found
    place = {s.id: i for i, s in enumerate(told)}
    groups = same(found, Speakers(actors), scorer or shipped())
    groups += [[s.id] for s in told if s.id not in found]
    ordered = sorted((sorted(group, key=place.__getitem__) for group in groups), key=lambda g: [place[k] for k in g])
    by_id = {s.id: s for s in told}
    origins = Origins(readings, told, actors)
    homes: dict[str, list[list[str]]] = defaultdict(list)
    for group in ordered:
        for key in group:
            homes[key].append(group)
    return tuple(_utterance([by_id[key] for key in group], found, origins, homes) for group in ordered)


def same(found: Mapping[str, Telling], speakers: Speakers, scorer: Scorer) -> list[list[str]]:
    """Return the ids of statements that tell one act of saying, group by group."""
    copies = _copies(found)
    pairs = candidates({key: found[key] for key in copies}, speakers)
    compared = [(pair, relation) for pair, relation in pairs if relation != "other"]
    told = chances(found, compared, scorer)
    for pair, _ in pairs:
        told[pair] = APART if _told_apart(found, pair) else max(told.get(pair, 0.0), _verbatim(found, pair))
    groups = grouped(sorted(copies), told, scorer.join, scorer.splice)
    return [[copy for key in group for copy in copies[key]] for group in groups]


def _copies(found: Mapping[str, Telling]) -> dict[str, list[str]]:
    """Return statements of one speaker in the very same words under the first of them, by id."""
    wordings: dict[object, list[str]] = defaultdict(list)
    for key in sorted(found):
        t = found[key]
        known = t.statement.speaker is not None and len(t.words) >= IDENTICAL
        own = (t.statement.speaker, t.statement.stance, tuple(w.folded for w in t.words)) if known else key
        wordings[own].append(key)
    return {keys[0]: keys for keys in wordings.values()}


def _told_apart(found: Mapping[str, Telling], pair: Pair) -> bool:
    """Tell whether one article quotes two different things: what another splices stays two sayings."""
    a, b = (found[key] for key in pair)
    both = a.statement.article == b.statement.article and a.statement.kind == b.statement.kind == "direct"
    return both and max(a.quoted_as(b)) == 0


def _verbatim(found: Mapping[str, Telling], pair: Pair) -> float:
    """Return the chance that two statements of different articles are one saying by their quoted words alone."""
    a, b = (found[key] for key in pair)
    short = min(len(a.quoted), len(b.quoted)) < VERBATIM
    if short or a.statement.article == b.statement.article or longest(a.quoted, b.quoted) < VERBATIM:
        return 0.0
    return 1.0 if max(a.quoted_as(b)) >= (WHOLLY if a.has_meaning and b.has_meaning else MOSTLY) else 0.0


def _utterance(
    statements: Sequence[StoryStatement],
    found: Mapping[str, Telling],
    origins: Origins,
    homes: Mapping[str, Sequence[Sequence[str]]],
) -> Utterance:
    """Return the utterance that these statements tell; ``homes`` are the groups that each statement is in."""
    wordings = {s.id: Wording(s, found[s.id].text, found[s.id].words) for s in statements if s.id in found}
    fullest = max(statements, key=lambda s: _fullness(s, wordings))
    beside: dict[str, list[Telling]] = defaultdict(list)
    for key in dict.fromkeys(k for group in homes[fullest.id] for k in group if k in found):
        beside[found[key].statement.article].append(found[key])
    known = [s.speaker for s in statements if s.speaker]
    origin = origins.of(s.id for s in statements)
    return Utterance(
        id=make_id("u", *sorted(s.id for s in statements)),
        speaker=max(sorted(set(known)), key=known.count) if known else None,
        statements=tuple(s.id for s in statements),
        fullest=fullest.id,
        variants=tuple(
            _variant(wordings[s.id], wordings[fullest.id], beside[s.article]) for s in statements if s is not fullest
        ),
        origins=len(origin),
        origin=origin,
        unnamed=all(s.anonymous or s.source_kind == "unnamed" for s in statements),
    )


def _variant(own: Wording, fullest: Wording, beside: Sequence[Telling]) -> Variant:
    """Return how a wording differs; what its article tells of the fullest in statements beside it is not left out."""
    s = own.statement
    others = [Wording(t.statement, t.text, t.words) for t in beside if t.statement.id != s.id]
    return Variant(s.id, differences(own, fullest, others))


def _fullness(s: StoryStatement, wordings: Mapping[str, Wording]) -> tuple[int, int, str]:
    """Return what the fullest wording has most of: quoted words, then words."""
    wording = wordings.get(s.id)
    return (wording.said, len(wording.words), s.id) if wording else (0, 0, s.id)
