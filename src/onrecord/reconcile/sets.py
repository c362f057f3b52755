"""Disjoint sets, joined two at a time (Galler and Fischer 1964)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class DisjointSets(Generic[T]):
    """Elements, each in a set of its own until two sets are joined."""

    def __init__(self, elements: Iterable[T]) -> None:
        self._above: dict[T, T] = {e: e for e in elements}

    def find(self, element: T) -> T:
        """Return the element that stands for the whole set."""
        top = element
        while self._above[top] != top:
            top = self._above[top]
        while self._above[element] != top:
            self._above[element], element = top, self._above[element]
        return top

    def join(self, a: T, b: T) -> None:
        """Make the sets of the two elements one."""
        self._above[self.find(b)] = self.find(a)

    def groups(self) -> list[list[T]]:
        """Return the sets, in the order of their first elements."""
        out: dict[T, list[T]] = {}
        for element in self._above:
            out.setdefault(self.find(element), []).append(element)
        return list(out.values())
