"""How likely two statements tell one act of saying: a logistic regression over what they share.

The features are of words (shared, in a row, within quotation marks), of meaning (the vectors of their sentences), of
who is credited and when, of where they stand, and of rivals: whether something else in the other report fits better.
The coefficients are learned from stories annotated for this project (``training/sameness.py``) and ship with the
weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.errors import WeightsError
from onrecord.reconcile.tellings import Telling
from onrecord.reconcile.wording import base
from onrecord.records import StoryActor, StoryStatement

Relation = Literal["same", "speaks_for", "unknown", "other"]
Pair = tuple[str, str]

RUN = 12
"""Words in a row beyond which a longer run says no more."""
VERBATIM = 6
"""Quoted words in a row that are one saying's, whoever it is credited to, where they are all that one of both
quotes."""
FAR = 0.3
"""Closeness under which two statements are not compared further: of 40 annotated stories' pairs two thirds lie under
it, and none that is one saying."""
RIVALS = 4

FEATURES = (
    "words shared, of the shorter",
    "words shared, of both",
    "words in a row",
    "words in rows, of the shorter",
    "words in rows, of the longer",
    "quoted words in a row",
    "quoted words in rows, least",
    "quoted words in rows, most",
    "meaning, whole",
    "meaning, best sentences",
    "meaning, sentences of the shorter",
    "both quote",
    "both quote, other words",
    "neither quotes",
    "one quotes",
    "length, shorter by longer",
    "length of the shorter, logarithm",
    "speakers: the same",
    "speakers: one for the other",
    "speakers: one not known",
    "statements of the speaker, logarithm",
    "rivals, together",
    "rivals, most",
    "lead over rivals",
    "same day",
    "other day",
    "apart in place",
    "both in the lead",
    "one article",
    "one article, neighbours",
    "same cue",
    "attitudes",
    "one within another",
    "one denies",
    "numbers shared",
    "numbers, none shared",
)


class Scorer(msgspec.Struct, frozen=True):
    """``same.json``: a weight for each of the features, an offset, and the chance from which two groups are one.

    ``join`` is the mean chance over the pairs of two groups at which they become one; ``splice`` the mean chance of a
    statement with a group's members at which it belongs to that group too.
    """

    weights: dict[str, float]
    offset: float
    join: float
    splice: float

    def chances(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chance of each of N pairs, from (N, features)."""
        weights = np.array([self.weights[name] for name in FEATURES])
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(features @ weights + self.offset, -30, 30)))
        return chances


@cache
def shipped() -> Scorer:
    """Return the scorer that ships with the package."""
    try:
        content = files("onrecord.models").joinpath("same.json").read_bytes()
        return msgspec.json.decode(content, type=Scorer)
    except (OSError, msgspec.DecodeError) as error:
        raise WeightsError(f"same.json: cannot be used ({error}); install the package again") from error


class Speakers:
    """Who may be one with whom, or speak for whom. Somebody who is only described ("the senator") may be anybody."""

    def __init__(self, actors: Iterable[StoryActor]) -> None:
        self._near: dict[str, set[str]] = defaultdict(set)
        self._unnamed: set[str] = set()
        for actor in actors:
            described = actor.kind in ("person", "unknown") and actor.name[:1].islower()
            if actor.kind == "unnamed" or described:
                self._unnamed.add(actor.id)
            for other in (*(link.actor for link in actor.speaks_for), *actor.members):
                self._near[actor.id].add(other)
        self._spoken_for = {key: set(others) for key, others in self._near.items()}
        for key, others in self._spoken_for.items():
            for other in others:
                self._near[other].add(key)

    def relation(self, a: Telling, b: Telling) -> Relation:
        """Return what the speakers of two statements are to each other."""
        one, other = a.statement.speaker, b.statement.speaker
        if one is None or other is None:
            return "unknown"
        if one == other:
            return "same"
        if other in self._near.get(one, ()):
            return "speaks_for"
        if self._spoken_for.get(one, set()) & self._spoken_for.get(other, set()):
            return "speaks_for"
        if one in self._unnamed or other in self._unnamed:
            return "unknown"
        return "other"


def chances(found: Mapping[str, Telling], pairs: Sequence[tuple[Pair, Relation]], scorer: Scorer) -> dict[Pair, float]:
    """Return the chance of each pair to be one saying; none for what is :data:`FAR` apart."""
    near, rows = features(found, pairs)
    told = zip((pair for pair, _ in near), scorer.chances(rows).tolist(), strict=True)
    return {**dict.fromkeys((pair for pair, _ in pairs), 0.0), **dict(told)}


def features(
    found: Mapping[str, Telling], pairs: Sequence[tuple[Pair, Relation]]
) -> tuple[list[tuple[Pair, Relation]], NDArray[np.float64]]:
    """Return the pairs that are not far apart, and what speaks for and against each, (pairs, features)."""
    close = {pair: closeness(found[pair[0]], found[pair[1]]) for pair, _ in pairs}
    rivals = _Rivals(found, close)
    many = Counter((t.statement.article, t.statement.speaker) for t in found.values())
    near = [(pair, relation) for pair, relation in pairs if close[pair] >= FAR]
    rows = [_row(found[a], found[b], relation, rivals.of(a, b), many) for (a, b), relation in near]
    return near, np.array(rows, np.float64).reshape(len(near), len(FEATURES))


def closeness(a: Telling, b: Telling) -> float:
    """Return a quick measure of how near two statements are: of meaning and of words, 0 to 2."""
    return float(a.meaning @ b.meaning) + _shared(a, b) / max(min(a.weight, b.weight), 1e-6)


def _shared(a: Telling, b: Telling) -> float:
    return sum(a.weights[w] for w in a.content & b.content)


class _Rivals:
    """How a pair stands among those that either of its statements makes with the other's article."""

    def __init__(self, found: Mapping[str, Telling], close: Mapping[Pair, float]) -> None:
        self._article = {key: t.statement.article for key, t in found.items()}
        self._close = close
        rows: dict[tuple[str, str], list[float]] = defaultdict(list)
        for (a, b), value in close.items():
            rows[a, self._article[b]].append(value)
            rows[b, self._article[a]].append(value)
        self._rows = {key: sorted(row, reverse=True) for key, row in rows.items()}

    def of(self, a: str, b: str) -> tuple[int, int, float]:
        """Return how many fit better from either side, and the pair's lead over the next best (negative behind)."""
        value = self._close[a, b]
        sides = [self._rows[a, self._article[b]], self._rows[b, self._article[a]]]
        ranks = [row.index(value) for row in sides]
        leads = [
            value - (row[1] if rank == 0 and len(row) > 1 else 0.0 if rank == 0 else row[0])
            for row, rank in zip(sides, ranks, strict=True)
        ]
        return min(ranks[0], RIVALS), min(ranks[1], RIVALS), min(*leads, 1.0)


def _row(
    a: Telling, b: Telling, relation: Relation, rivals: tuple[int, int, float], many: Counter[tuple[str, str | None]]
) -> list[float]:
    if (len(a.words), a.statement.id) > (len(b.words), b.statement.id):
        a, b = b, a  # the shorter first: the order in which they come says nothing
    s, t = a.statement, b.statement
    quoting = a.quotes + b.quotes
    shared = _shared(a, b)
    cosines = a.vectors @ b.vectors.T
    quoted = sorted(a.quoted_as(b))
    rows = a.worded_as(b)
    run = longest(a.bases, b.bases)
    quoted_run = run if a.wholly_quoted and b.wholly_quoted else longest(a.quoted, b.quoted) if quoting == 2 else 0
    nearest = cosines.max(1).tolist()
    days = _day(s), _day(t)
    one_article = s.article == t.article
    return [
        shared / max(min(a.weight, b.weight), 1e-6),
        shared / max(a.weight + b.weight - shared, 1e-6),
        min(run, RUN) / RUN,
        rows[0],
        rows[1],
        min(quoted_run, RUN) / RUN,
        quoted[0],
        quoted[1],
        float(a.meaning @ b.meaning),
        max(nearest),
        sum(nearest) / len(nearest),
        quoting == 2,
        quoting == 2 and quoted[1] < 0.3,
        not a.quoted and not b.quoted,
        quoting == 1,
        len(a.words) / max(len(b.words), 1),
        math.log(1 + len(a.words)),
        relation == "same",
        relation == "speaks_for",
        relation == "unknown",
        math.log(many[s.article, s.speaker] * many[t.article, t.speaker]),
        rivals[0] + rivals[1],
        max(rivals[0], rivals[1]),
        rivals[2],
        bool(days[0] and days[0] == days[1]),
        bool(days[0] and days[1] and days[0] != days[1]),
        abs(a.place - b.place),
        a.leads and b.leads,
        one_article,
        one_article and abs(a.rank - b.rank) == 1,
        bool(a.cue and _cue(a.cue) == _cue(b.cue)),
        (s.act == "attitude") + (t.act == "attitude"),
        (s.parent is None) != (t.parent is None),
        (s.stance == "denies") != (t.stance == "denies"),
        len(a.numbers & b.numbers),
        bool(a.numbers and b.numbers and not a.numbers & b.numbers),
    ]


def _day(s: StoryStatement) -> str:
    """Return the day on which the report itself says that something was said, as far as it does."""
    return (s.said_on.from_ or "")[:10] if s.said_on and s.said_on.by != "report" else ""


@cache
def _cue(cue: str) -> str:
    return " ".join(base(word) for word in cue.split())


def longest(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many words in a row, at most, both have."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(b):
        places[word].append(j)
    best, row = 0, dict[int, int]()
    for word in a:
        row = {j: row.get(j - 1, 0) + 1 for j in places.get(word, ())}
        best = max(best, max(row.values(), default=0))
    return best
