"""Quotations that several reports print in the same words: who speaks them there is one person, whatever the names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.records import Reading

Piece = tuple[str, str, int]
"""A piece of a statement's content: the ids of article and statement, and the piece's number."""

SHARED_WORDS = 5
"""Words in a row that two quotations share when they are the same words: four are met by chance ("we are going to")."""

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def shared_quotations(readings: Sequence[Reading]) -> list[list[Piece]]:
    """Return groups of pieces of content, of more than one article each, that quote the same :data:`SHARED_WORDS` words
    in a row, or the same three or four words and nothing else.
    """
    runs: dict[tuple[str, ...], dict[Piece, None]] = defaultdict(dict)
    short: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for reading in readings:
        for statement in reading.statements:
            if statement.kind == "indirect" or statement.act != "speech":
                continue
            for k, span in enumerate(statement.content):
                words = _WORD.findall(reading.text, span.start, span.end)
                folded = [w.casefold().replace("’", "'") for w in words]
                for i in range(len(folded) - SHARED_WORDS + 1):
                    runs[tuple(folded[i : i + SHARED_WORDS])][reading.id, statement.id, k] = None
                if 3 <= len(folded) < SHARED_WORDS and statement.kind == "direct":
                    short[tuple(folded)].append((reading.id, statement.id, k))
    groups = {tuple(sorted(group)) for group in [*map(list, runs.values()), *short.values()] if _of_several(group)}
    return [list(group) for group in sorted(groups)]


def _of_several(pieces: Iterable[Piece]) -> bool:
    return len({article for article, _, _ in pieces}) > 1
