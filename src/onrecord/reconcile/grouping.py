"""Groups of statements from the chances of their pairs: average linkage, with statements that belong to two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

_Sum = tuple[float, int]
"""Chances between two groups: their sum, and of how many pairs."""


def grouped(
    keys: Sequence[str], chances: Mapping[tuple[str, str], float], join: float, splice: float
) -> list[list[str]]:
    """Return groups of keys, each in the order of ``keys``: every key is in one at least, no group within another.

    Two groups become one while the mean chance of their pairs is at least ``join``, the likeliest first (average
    linkage, Sokal and Michener 1958); of a large story not every pair has a chance, and those that have one stand for
    the others. Then a key joins, besides its own group, those with whose members its mean chance is at least
    ``splice``: it splices what they tell apart.
    """
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for (a, b), chance in chances.items():
        table[a][b] = table[b][a] = chance
    groups = _agglomerated(keys, table, join)
    place = {key: i for i, key in enumerate(keys)}
    wider = [[*group, *_spliced(group, table, splice)] for group in groups]
    sets = sorted({frozenset(group) for group in wider}, key=lambda g: (-len(g), sorted(place[k] for k in g)))
    kept: list[frozenset[str]] = []
    within: dict[str, list[frozenset[str]]] = defaultdict(list)
    for group in sets:
        if not any(group <= other for other in within[next(iter(group))]):
            kept.append(group)
            for key in group:
                within[key].append(group)
    return sorted((sorted(g, key=place.__getitem__) for g in kept), key=lambda g: [place[k] for k in g])


def _agglomerated(keys: Iterable[str], table: Mapping[str, Mapping[str, float]], join: float) -> list[list[str]]:
    """Join groups while any two are near enough; sums of chances between groups are kept up, not made anew."""
    members = {i: [key] for i, key in enumerate(keys)}
    number = {key: i for i, (key,) in members.items()}
    sums: dict[int, dict[int, _Sum]] = {i: {} for i in members}
    for key, chances in table.items():
        sums[number[key]] = {number[other]: (chance, 1) for other, chance in chances.items()}
    queue = [(-chance, i, j) for i, row in sums.items() for j, (chance, _) in row.items() if i < j and chance >= join]
    heapify(queue)
    following = len(members)
    while queue:
        _, i, j = heappop(queue)
        if i not in members or j not in members:
            continue
        k, following = following, following + 1
        members[k] = members.pop(i) + members.pop(j)
        sums[k] = _together(sums, i, j)
        for other, (total, pairs) in sums[k].items():
            sums[other].pop(i, None)
            sums[other].pop(j, None)
            sums[other][k] = (total, pairs)
            if total >= join * pairs:
                heappush(queue, (-total / pairs, other, k))
    return list(members.values())


def _together(sums: dict[int, dict[int, _Sum]], i: int, j: int) -> dict[int, _Sum]:
    """Take two groups' sums with the others out of the table and return those of both together."""
    row = sums.pop(i)
    for other, (total, pairs) in sums.pop(j).items():
        before = row.get(other, (0.0, 0))
        row[other] = (before[0] + total, before[1] + pairs)
    return {other: both for other, both in row.items() if other not in (i, j)}


def _spliced(group: Sequence[str], table: Mapping[str, Mapping[str, float]], splice: float) -> list[str]:
    """Return the keys outside a group that belong to it too."""
    found: dict[str, list[float]] = defaultdict(list)
    for key in group:
        for other, chance in table.get(key, {}).items():
            found[other].append(chance)
    return sorted(k for k, row in found.items() if k not in group and sum(row) >= splice * len(row))
