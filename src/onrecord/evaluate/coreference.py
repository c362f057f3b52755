"""Measures of coreference: MUC, B³ and CEAF over entities and their mean, as at CoNLL 2012; and GAP's score.

MUC: Vilain et al. 1995; B³: Bagga and Baldwin 1998; CEAF-e: Luo 2005; the mean of their F1: Pradhan et al. 2012.
Mentions agree where their spans are the same; chains of a single mention count on neither side. GAP: Webster et al.
2018.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.evaluate.scores import percent

M = TypeVar("M", bound=Hashable)


class Sums(msgspec.Struct):
    """Numerators and denominators of one measure's recall and precision, added up over documents."""

    right_recall: float = 0.0
    recall: float = 0.0
    right_precision: float = 0.0
    precision: float = 0.0

    def f1(self) -> float:
        """Return F1 in percent."""
        r = self.right_recall / self.recall if self.recall else 0.0
        p = self.right_precision / self.precision if self.precision else 0.0
        return 200 * p * r / (p + r) if p + r else 0.0


class Conll(msgspec.Struct):
    """The three measures over documents added so far."""

    muc: Sums = msgspec.field(default_factory=Sums)
    b_cubed: Sums = msgspec.field(default_factory=Sums)
    ceaf: Sums = msgspec.field(default_factory=Sums)

    def add(self, gold: Iterable[Iterable[M]], predicted: Iterable[Iterable[M]]) -> None:
        """Count one document's chains."""
        key = [set(c) for c in gold if len(set(c)) > 1]
        response = [set(c) for c in predicted if len(set(c)) > 1]
        self.muc.right_recall += _linked(key, response)
        self.muc.recall += sum(len(c) - 1 for c in key)
        self.muc.right_precision += _linked(response, key)
        self.muc.precision += sum(len(c) - 1 for c in response)
        self.b_cubed.right_recall += _overlap(key, response)
        self.b_cubed.recall += sum(map(len, key))
        self.b_cubed.right_precision += _overlap(response, key)
        self.b_cubed.precision += sum(map(len, response))
        alike = _aligned(key, response)
        self.ceaf.right_recall += alike
        self.ceaf.recall += len(key)
        self.ceaf.right_precision += alike
        self.ceaf.precision += len(response)

    def mean(self) -> float:
        """Return the mean of the three F1, in percent."""
        return (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3


def _linked(chains: Sequence[set[M]], others: Sequence[set[M]]) -> int:
    """Count the links of chains that the others keep: a chain's mentions less the parts that the others cut it in."""
    home = {m: i for i, c in enumerate(others) for m in c}
    return sum(len(c) - len({home.get(m, ("alone", m)) for m in c}) for c in chains)


def _overlap(chains: Sequence[set[M]], others: Sequence[set[M]]) -> float:
    home = {m: i for i, c in enumerate(others) for m in c}
    total = 0.0
    for chain in chains:
        shared: dict[int, int] = defaultdict(int)
        for m in chain:
            if m in home:
                shared[home[m]] += 1
        total += sum(n * n for n in shared.values()) / len(chain)
    return total


def _aligned(key: Sequence[set[M]], response: Sequence[set[M]]) -> float:
    """Return the likeness (φ4) of the best one-to-one alignment of the chains."""
    if not key or not response:
        return 0.0
    home = {m: i for i, c in enumerate(response) for m in c}
    alike = np.zeros((len(key), len(response)))
    for i, chain in enumerate(key):
        for m in chain:
            if m in home:
                alike[i, home[m]] += 1
    sizes = np.array([[len(c)] for c in key]) + np.array([len(c) for c in response])
    return best_assignment(2 * alike / sizes)


def best_assignment(gain: NDArray[np.float64]) -> float:
    """Return the greatest sum of one entry a row and column (Kuhn 1955, by shortest augmenting paths)."""
    if gain.shape[0] > gain.shape[1]:
        gain = gain.T
    rows, columns = gain.shape
    cost = gain.max() - gain
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    taken = np.zeros(columns + 1, np.int64)
    for row in range(1, rows + 1):
        taken[0], here = row, 0
        least = np.full(columns + 1, np.inf)
        way = np.zeros(columns + 1, np.int64)
        done = np.zeros(columns + 1, np.bool_)
        while taken[here]:
            done[here] = True
            i = taken[here]
            reduced = cost[i - 1] - u[i] - v[1:]
            better = ~done[1:] & (reduced < least[1:])
            least[1:][better], way[1:][better] = reduced[better], here
            open_ = np.where(done[1:], np.inf, least[1:])
            following = int(open_.argmin()) + 1
            step = open_[following - 1]
            u[taken[done]] += step
            v[done] -= step
            least[1:][~done[1:]] -= step
            here = following
        while here:
            taken[here], here = taken[way[here]], int(way[here])
    return float(sum(gain[taken[j] - 1, j - 1] for j in range(1, columns + 1) if taken[j]))


class Gap(msgspec.Struct):
    """GAP's counts: of two names beside a pronoun, each is meant or not."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, gold: Sequence[bool], predicted: Sequence[bool]) -> None:
        """Count one snippet's two names."""
        for g, p in zip(gold, predicted, strict=True):
            self.right += g and p
            self.spurious += p and not g
            self.missed += g and not p

    def f1(self) -> float:
        """Return F1 in percent."""
        return percent(2 * self.right, 2 * self.right + self.spurious + self.missed)
