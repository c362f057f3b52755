"""What a text mentions: the words that head a mention, its bounds and kind, and how likely two mentions mean the same.

From the network's vectors: each word has a query and a key, and their product says how likely the one means what the
other means (word-level coreference, Dobrovolskii 2021).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from math import log2
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.read.encoder import Scores
from onrecord.read.segments import Segments
from onrecord.read.weights import Manifest
from onrecord.records import Span

MentionKind = Literal["person", "people", "body", "place", "other"]

LONGEST = 60
"""Words that a mention may run to either side of its head."""
BACK = 250
"""Mentions back in which an antecedent is looked for: bounds the work in long texts."""


class Mention(msgspec.Struct, frozen=True):
    """A span that refers to somebody or something; ``head`` is its head word, ``piece`` the first piece of that."""

    span: Span
    head: Span
    kind: MentionKind
    piece: int


class Links:
    """How likely two words of a text mean the same, by the network."""

    def __init__(self, scores: Scores, manifest: Manifest) -> None:
        self.tokens = scores.tokens
        b, r = manifest.bound, manifest.refer
        self._bounds = scores.vectors[:, : 4 * b].reshape(len(self.tokens), 4, b)
        self._query = scores.vectors[:, 4 * b : 4 * b + r] * r**-0.5
        self._key = scores.vectors[:, 4 * b + r : 4 * b + 2 * r]
        self._new = scores.vectors[:, -1]
        self._distance = np.array(manifest.distance, np.float32)
        self._kinds = scores.mentions
        self._ends: list[int] = scores.tokens.end.tolist()
        self._manifest = manifest

    @cached_property
    def _words(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.tokens.first)

    def piece_of(self, offset: int) -> int:
        """Return the first piece of the word that an offset is in."""
        at = min(bisect_right(self._ends, offset), len(self.tokens) - 1)
        while at > 0 and not self.tokens.first[at]:
            at -= 1
        return at

    def score(self, later: Span, earlier: Span) -> float:
        """Return how much more likely the last words of two spans mean the same than that the later one is new."""
        i, j = self.piece_of(later.end - 1), self.piece_of(earlier.end - 1)
        bucket = min(int(log2(max(i - j, 1)) * 2), len(self._distance) - 1)
        return float(self._query[i] @ self._key[j] + self._distance[bucket] - self._new[i])

    def _pairs(self, later: NDArray[np.intp], earlier: NDArray[np.intp]) -> NDArray[np.float32]:
        steps = np.maximum(later[:, None] - earlier[None, :], 1)
        bucket = np.minimum((np.log2(steps) * 2).astype(np.int64), len(self._distance) - 1)
        out: NDArray[np.float32] = self._query[later] @ self._key[earlier].T + self._distance[bucket]
        return out

    def mentions(self, segments: Segments) -> list[Mention]:
        """Return the mentions of the text in the order of their heads."""
        words = self._words
        kinds = self._kinds[words].argmax(-1)
        ends = np.append(words[1:], len(self.tokens)) - 1
        sentence = np.searchsorted([s.start for s in segments.sentences], self.tokens.start[words], side="right")
        out = []
        for w in np.flatnonzero(kinds):
            near = slice(max(0, int(w) - LONGEST), int(w) + LONGEST + 1)
            same = np.flatnonzero(sentence[near] == sentence[w]) + near.start
            before, after = same[same <= w], same[same >= w]
            vectors = self._bounds[words[w]]
            first = before[(self._bounds[words[before], 2] @ vectors[0]).argmax()]
            last = after[(self._bounds[words[after], 3] @ vectors[1]).argmax()]
            out.append(
                Mention(
                    Span(int(self.tokens.start[words[first]]), int(self.tokens.end[ends[last]])),
                    Span(int(self.tokens.start[words[w]]), int(self.tokens.end[ends[w]])),
                    self._manifest.mentions[kinds[w]],
                    int(words[w]),
                )
            )
        return out

    def antecedents(self, found: list[Mention]) -> Iterator[tuple[Mention, NDArray[np.float32], list[Mention]]]:
        """Yield each mention with the earlier mentions that it may mean, and by how much each is likelier than that it
        is new.
        """
        pieces = np.array([m.piece for m in found], np.intp)
        for i, mention in enumerate(found):
            low = max(0, i - BACK)
            scores = self._pairs(pieces[i : i + 1], pieces[low:i])[0] - self._new[pieces[i]]
            yield mention, scores, found[low:i]
