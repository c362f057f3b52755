"""Pairs of statements that may tell one act of saying: all of them in a small story, the nearest in a large one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from onrecord.reconcile.sameness import Pair, Relation, Speakers
from onrecord.reconcile.tellings import Telling

ALL = 400
"""Statements up to which every pair is looked at."""
NEAREST = 8
"""In a larger story, how many of the nearest by meaning each sentence is held against; and how many statements may
share a run of quoted words for it to bring them together."""
BLOCK = 512


def candidates(found: Mapping[str, Telling], speakers: Speakers) -> list[tuple[Pair, Relation]]:
    """Return pairs of statements, with what their speakers are to each other, in order."""
    keys = sorted(found)
    pairs = combinations(keys, 2) if len(keys) <= ALL else _near(keys, found)
    return [((a, b), speakers.relation(found[a], found[b])) for a, b in pairs]


def _near(keys: Sequence[str], found: Mapping[str, Telling]) -> Iterator[Pair]:
    """Yield the pairs whose sentences are nearest in meaning, and those that share rare runs of quoted words."""
    pairs: set[Pair] = set()
    rows = np.concatenate([found[k].vectors for k in keys])
    owner = np.repeat(np.arange(len(keys)), [len(found[k].vectors) for k in keys])
    for start in range(0, len(rows), BLOCK):
        near = rows[start : start + BLOCK] @ rows.T
        best = np.argpartition(-near, NEAREST, axis=1)[:, : NEAREST + 1]
        for i, row in enumerate(best):
            a = int(owner[start + i])
            pairs.update(_pair(keys, a, int(owner[j])) for j in row if owner[j] != a)
    runs: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, key in enumerate(keys):
        quoted = found[key].quoted
        for j in range(len(quoted) - 4):
            runs[tuple(quoted[j : j + 5])].add(i)
    for sharing in runs.values():
        if 1 < len(sharing) <= NEAREST:
            pairs.update(_pair(keys, a, b) for a, b in combinations(sorted(sharing), 2))
    yield from sorted(pairs)


def _pair(keys: Sequence[str], a: int, b: int) -> Pair:
    return (keys[a], keys[b]) if a < b else (keys[b], keys[a])
