"""A text as the network takes it: word pieces with their features, and the windows they are read in.

Training goes through this module too, so a text looks the same there as here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.read.segments import Segments

CORE = 214
"""Word pieces of a window whose labels count, at most.

Measured on PolNeAR's development part: linked F1 67.2 with 168, 67.0 with 196, 67.1 with 214, at 3,800, 4,100 and 4,500
words a second.
"""
CONTEXT = 20
"""Word pieces on either side that are only there to be looked at."""
WINDOW = CORE + 2 * CONTEXT
"""254: with the two special pieces the 256 that the encoder was made for."""

SHAPES = 6
"""Letter case of the word a piece belongs to: lower, Capitalised, UPPER, miXed, figures, anything else."""


@dataclass(frozen=True)
class Tokens:
    """A text in word pieces. All arrays have one entry a piece.

    ``start`` and ``end`` are code points of the text; ``first`` marks the first piece of each word; ``shape`` is the
    word's letter case, which the uncased vocabulary loses; ``quoted`` is 1 within a quotation; ``opens`` is 1 for the
    first piece of a sentence.
    """

    ids: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.bool_]
    shape: NDArray[np.int64]
    quoted: NDArray[np.int64]
    opens: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """Pieces ``start`` to ``end`` are read together; labels are kept for ``core_start`` to ``core_end``."""

    start: int
    end: int
    core_start: int
    core_end: int


def shape_of(word: str) -> int:
    """Return the letter case of a word as one of :data:`SHAPES` classes."""
    if word.islower():
        return 0
    if word.isupper():
        return 1 if len(word) == 1 else 2
    if word[:1].isupper() and word[1:].islower():
        return 1
    if word.isalpha():
        return 3
    return 4 if any(c.isdigit() for c in word) else 5


def tokenise(tokenizer: Tokenizer, text: str, segments: Segments) -> Tokens:
    """Cut a text into word pieces with their features."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    n = len(encoding.ids)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(n, 2)
    words = np.array(encoding.word_ids, dtype=np.int64).reshape(n)
    first = np.ones(n, dtype=np.bool_)
    first[1:] = words[1:] != words[:-1]
    heads = np.flatnonzero(first)
    tails = np.append(heads, n)[1:] - 1
    bounds = zip(offsets[heads, 0].tolist(), offsets[tails, 1].tolist(), strict=True)
    shapes = np.array([shape_of(text[s:e]) for s, e in bounds], dtype=np.int64)
    opens = np.zeros(n, dtype=np.int64)
    at = np.searchsorted(offsets[:, 0], [s.start for s in segments.sentences])
    opens[at[at < n]] = 1
    return Tokens(
        ids=np.array(encoding.ids, dtype=np.int64),
        start=offsets[:, 0],
        end=offsets[:, 1],
        first=first,
        shape=shapes[np.cumsum(first) - 1],
        quoted=np.frombuffer(bytes(segments.quoted), dtype=np.uint8)[offsets[:, 0]].astype(np.int64),
        opens=opens,
    )


def windows(
    tokens: Tokens, segments: Segments, core: int = CORE, context: int = CONTEXT, first_core: int | None = None
) -> list[Window]:
    """Cut the pieces into windows whose cores follow one another without gap.

    A core ends with a paragraph where one ends in its second half, else with a sentence, else anywhere between words.
    ``first_core`` bounds the first core alone: training varies it so that no two epochs cut alike.
    """
    n = len(tokens)
    paragraph_starts = np.searchsorted(tokens.start, [p.start for p in segments.paragraphs])
    sentence_starts = np.flatnonzero(tokens.opens)
    word_starts = np.flatnonzero(tokens.first)
    out: list[Window] = []
    at = 0
    limit = first_core or core
    while at < n:
        end = n if n - at <= limit else _cut(at, limit, paragraph_starts, sentence_starts, word_starts)
        out.append(Window(max(0, at - context), min(n, end + context), at, end))
        at, limit = end, core
    return out


def _cut(at: int, limit: int, *levels: NDArray[np.int64]) -> int:
    for starts in levels:
        i = int(np.searchsorted(starts, at + limit, side="right")) - 1
        if i >= 0 and starts[i] > at + limit // 2:
            return int(starts[i])
    return at + limit
