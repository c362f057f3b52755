"""How likely two utterances conflict, by what the reader knows and by the network that reads passages.

The reader knows denials, negations, opposite words, whom a claim is about and what these say themselves, and stances on
one issue. How much each counts is a logistic regression learned from the stories annotated for training.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations, product

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.errors import WeightsError
from onrecord.reconcile.contrast import all_set_against, contrast, denied_beside, passages
from onrecord.reconcile.pairs import CONFLICTS, PairNetwork
from onrecord.reconcile.positions import Evidence
from onrecord.reconcile.reasons import Opposed, about_the_other, negators, opposite_words
from onrecord.reconcile.sameness import closeness
from onrecord.reconcile.units import Unit

FEATURES = (
    "denies",
    "about_the_other",
    "one_subject",
    "unknown_speaker",
    "meaning",
    "nearest_sentences",
    "shared_words",
    "negated_once",
    "opposites",
    "told_within",
    "one_article",
    "quotes",
    "attitudes",
    "length",
    "opposed",
    "opposed_second_hand",
    "answers",
    "claims",
    "repeats",
    "same_party",
    "other_party",
    "beside",
    "conflict_beside",
)
ASKED = 700
"""Pairs that are weighed, those first that have most in common: it bounds the time."""
ALL = 300
"""Utterances up to which every pair is looked at; of more, the :data:`FIRST` nearest in meaning."""
FIRST = 20_000
BLOCK = 512
SAME = 0.7
"""Nearness in meaning (cosine) from which on an utterance that nobody denies rather repeats the other."""
WISHES = 0.45
"""Chance from which on the network may take a pair for opposing wishes."""
LIKE_DENIED = 0.5
"""Nearness in meaning (cosine) to what a denial tells and denies from which on it answers another utterance, too; and
to what is told in a denial alone, from which on that is held against another. In the annotated stories that rules are
tuned on and the labelled ones kept apart, three of the 227 pairs of the first kind below it conflict, and none of 45 of
the second, however near; and none of 60 below it, of those kept apart, where a denial is set against something in its
sentence."""
LIKE = 0.5
"""What a sign of conflict adds to how much two utterances have in common, when pairs are chosen."""
Pair = tuple[int, int]
"""Two units by their numbers, the lower first."""


class Weigher(msgspec.Struct, frozen=True, kw_only=True):
    """``conflicts.json``: the regression, from which chance on a pair is a conflict (``sure``), and how likely on
    average an utterance must conflict with one side to stand on the other (``join``).
    """

    weights: dict[str, float]
    offset: float
    sure: float
    join: float

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chance of each row of features, (pairs, features), to be of a conflict."""
        weights = np.array([self.weights[name] for name in FEATURES])
        out: NDArray[np.float64] = 1 / (1 + np.exp(-(rows @ weights + self.offset)))
        return out


@cache
def shipped() -> Weigher:
    """Return the weigher that ships with the package."""
    try:
        content = files("onrecord.models").joinpath("conflicts.json").read_bytes()
        return msgspec.json.decode(content, type=Weigher)
    except (OSError, msgspec.DecodeError) as error:
        raise WeightsError(f"conflicts.json: cannot be used ({error}); install the package again") from error


@dataclass(frozen=True)
class Weighed:
    """Pairs of units with their features, (pairs, features); ``wishes`` are those that the network rather takes for
    opposing wishes than for what cannot both be true.
    """

    pairs: list[Pair]
    rows: NDArray[np.float64]
    wishes: set[Pair]


def weighed(told: Sequence[Unit], evidence: Iterable[Evidence], network: PairNetwork) -> Weighed:
    """Return the pairs that may conflict, with what speaks for it."""
    opposed = Opposed(evidence)
    pairs = _candidates(told, opposed)
    beside = _in_passages(told, pairs, network)
    rows = [
        [*_row(told[i], told[j], opposed), bool(there), max((conflict for conflict, _ in there), default=0.0)]
        for (i, j), there in zip(pairs, beside, strict=True)
    ]
    wishes = {
        pair
        for pair, there in zip(pairs, beside, strict=True)
        if any(position > max(conflict, WISHES) for conflict, position in there)
    }
    return Weighed(pairs, np.array(rows, np.float64).reshape(len(pairs), len(FEATURES)), wishes)


def _in_passages(told: Sequence[Unit], pairs: Sequence[Pair], network: PairNetwork) -> list[list[tuple[float, float]]]:
    """Return for each pair the chances of conflict and of opposing wishes in the passages where reports have both near
    each other.
    """
    found = [list(passages(told[i], told[j])) for i, j in pairs]
    asked = list(dict.fromkeys(p for of_pair in found for p in of_pair))
    conflict, position = CONFLICTS.index("conflict"), CONFLICTS.index("position")
    chances = {
        p: (row[conflict], row[position]) for p, row in zip(asked, network.passages(asked).tolist(), strict=True)
    }
    return [[chances[p] for p in of_pair] for of_pair in found]


def _candidates(told: Sequence[Unit], opposed: Opposed) -> list[Pair]:
    """Return the pairs of units that have most in common, or a sign of conflict, in order."""
    scored = []
    against = all_set_against(told)
    denied = _denied_within(told)
    pairs = combinations(range(len(told)), 2) if len(told) <= ALL else sorted({*_nearest(told), *against})
    for i, j in pairs:
        a, b = told[i], told[j]
        if a.camp is not None and a.camp == b.camp:
            continue
        if _passes_by(denied.get(a.id), b) or _passes_by(denied.get(b.id), a):
            continue
        signs = (a.denies or b.denies, about_the_other(a, b) > 0, any(opposed.of(a, b)), (i, j) in against)
        scored.append((-closeness(a.telling, b.telling) - LIKE * sum(signs), i, j))
    return sorted((i, j) for _, i, j in sorted(scored)[:ASKED])


def _denied_within(told: Sequence[Unit]) -> dict[str, list[Unit]]:
    """Return for each denial that tells what it denies ("dismissed the argument of Republicans that the vote was late")
    the utterances of that, by its id, and for each that its sentence sets against something, that; and for each
    utterance that is told in denials alone, itself and these.
    """
    by: dict[str, list[Unit]] = defaultdict(list)
    for u in told:
        for k in sorted({k for t in u.tellings if t.statement.stance == "denies" for k in t.inner}):
            by[k].append(u)
    out: dict[str, list[Unit]] = defaultdict(list)
    for u in told:
        for denial in (d for t in u.tellings for d in by[t.statement.id] if d is not u):
            out[denial.id].append(u)
        if all(by[t.statement.id] for t in u.tellings):
            out[u.id] += [u, *(d for t in u.tellings for d in by[t.statement.id])]
    for n, denied in denied_beside(told).items():
        out[told[n].id] += [told[m] for m in denied if told[m].camp is None or told[m].camp != told[n].camp]
    return out


def _passes_by(denied: Sequence[Unit] | None, other: Unit) -> bool:
    """Tell whether an utterance says nothing of another for what it denies, or for what denies it."""
    return denied is not None and all(
        d is not other and float(d.telling.meaning @ other.telling.meaning) < LIKE_DENIED for d in denied
    )


def _nearest(told: Sequence[Unit]) -> list[Pair]:
    """Return the pairs of a large story that are nearest in meaning, those with a denial before others as near."""
    meanings = np.stack([u.telling.meaning for u in told])
    denies = np.array([u.denies for u in told], np.float32) * LIKE
    best: list[tuple[float, int, int]] = []
    for start in range(0, len(told), BLOCK):
        near = meanings[start : start + BLOCK] @ meanings.T
        near += np.maximum(denies[start : start + BLOCK, None], denies[None, :])
        rows, columns = np.nonzero(np.arange(len(told))[None, :] > np.arange(start, start + len(near))[:, None])
        values = near[rows, columns]
        kept = np.argsort(-values, kind="stable")[:FIRST]
        best += [(-float(values[k]), start + int(rows[k]), int(columns[k])) for k in kept]
    return [(i, j) for _, i, j in sorted(best)[:FIRST]]


def _row(a: Unit, b: Unit, opposed: Opposed) -> list[float]:
    t, v = a.telling, b.telling
    shared = sum(t.weights[w] for w in t.content & v.content)
    denies = a.denies != b.denies
    first, second = opposed.of(a, b)
    meaning = float(t.meaning @ v.meaning)
    told = a.party is not None and b.party is not None
    return [
        denies,
        about_the_other(a, b),
        any(m in b.mentioned for m in a.mentioned),
        a.speaker is None or b.speaker is None,
        meaning,
        float((t.vectors @ v.vectors.T).max()),
        shared / max(min(t.weight, v.weight), 1e-6),
        bool(negators(a)) != bool(negators(b)),
        len(list(opposite_words(a, b))),
        not denies and (_within(a, b) or _within(b, a)),
        any(x.statement.article == y.statement.article for x, y in product(a.tellings, b.tellings)),
        t.quotes + v.quotes,
        (a.statement.act == "attitude") + (b.statement.act == "attitude"),
        math.log(1 + min(len(t.words), len(v.words))),
        first,
        second,
        *contrast(a, b),
        0.0 if denies else max(0.0, meaning - SAME),
        told and a.party == b.party,
        told and a.party != b.party,
    ]


def _within(a: Unit, b: Unit) -> bool:
    """Tell whether a statement of the second is told within one of the first."""
    told = {t.statement.id for t in b.tellings}
    return any(not told.isdisjoint(t.inner) for t in a.tellings)
