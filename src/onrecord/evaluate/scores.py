"""What the measures share: precision, recall and F1, the counts they are made of, and matching one to one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Set
from typing import Any, TypeVar

import msgspec

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)


class Line(msgspec.Struct, frozen=True):
    """A line of a printed table; what a measure does not have is ``None``.

    ``share`` is a single percentage, ``n`` the number of gold things that the figures are about.
    """

    name: str
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    share: float | None = None
    n: int | None = None


class Score(msgspec.Struct, frozen=True):
    """Base of what the measures return."""

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain values, ready for JSON."""
        return dict(msgspec.to_builtins(self))

    def caption(self) -> str:
        """Return what was compared, as "84 articles"."""
        raise NotImplementedError

    def lines(self) -> list[Line]:
        """Return the figures as the lines of a table."""
        raise NotImplementedError


class PRF(Score, frozen=True, omit_defaults=True):
    """Precision, recall and F1 in percent, rounded to a tenth; ``n``, where given, counts the gold."""

    precision: float
    recall: float
    f1: float
    n: int | None = None

    def line(self, name: str) -> Line:
        """Return the figures as a line of a table."""
        return Line(name, self.precision, self.recall, self.f1, n=self.n)


class Counts(msgspec.Struct, frozen=True):
    """What was found and is right (``tp``), found and is not (``fp``), and was missed (``fn``)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    def prf(self, *, counted: bool = False) -> PRF:
        """Return precision, recall and F1 of the pooled counts, with the number of gold things where ``counted``."""
        precision = 100 * self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        recall = 100 * self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        n = self.tp + self.fn if counted else None
        return PRF(round(precision, 1), round(recall, 1), harmonic_mean(precision, recall), n)


def compare(gold: Set[Any], predicted: Set[Any]) -> Counts:
    """Count what two sets share and what each has alone."""
    return Counts(len(gold & predicted), len(predicted - gold), len(gold - predicted))


def harmonic_mean(precision: float, recall: float) -> float:
    """Return F1, rounded to a tenth; 0 where both are 0."""
    return round(2 * precision * recall / (precision + recall), 1) if precision + recall else 0.0


def percent(part: float, whole: float) -> float:
    """Return ``part`` of ``whole`` in percent, rounded to a tenth; 0 where there is nothing to share."""
    return round(100 * part / whole, 1) if whole else 0.0


def best_first(candidates: Iterable[tuple[float, Left, Right]]) -> list[tuple[float, Left, Right]]:
    """Match left and right one to one, greedily: the highest value first.

    Of equal values the greater left goes first, then the greater right; figures depend on this order, so it is part of
    the measures' definition. Returns the matches in the order in which they were made.
    """
    matches: list[tuple[float, Left, Right]] = []
    lefts: set[Left] = set()
    rights: set[Right] = set()
    for value, left, right in sorted(candidates, reverse=True):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            matches.append((value, left, right))
    return matches
