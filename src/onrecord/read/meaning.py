"""What a statement's sentences mean, as vectors: reports of one saying are near each other, whatever their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.read.encoder import MeaningNetwork
from onrecord.read.segments import Segments
from onrecord.records import Meaning, Span, Statement

SHORTEST = 4
"""Characters of a sentence that has a meaning of its own."""


def meanings(
    text: str, segments: Segments, statements: Iterable[Statement], network: MeaningNetwork
) -> tuple[Meaning, ...]:
    """Return the vectors and noun phrases of the statements' sentences, statement by statement, in order of the text.

    A sentence of which only a part is content counts with that part. A cue stands before the words that it tells
    ("rejected: …"): what somebody did with the words belongs to what was said.
    """
    parts = [(s, part) for s in statements for part in sentences(segments, s.content)]
    found = network.meanings([_told(text, s, part) for s, part in parts])
    return tuple(
        Meaning(s.id, part.start, part.end, vector, tuple(_placed(phrases, s, part)))
        for (s, part), (vector, phrases) in zip(parts, found, strict=True)
    )


def sentences(segments: Segments, content: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences that pieces of content are made of, cut to the content."""
    for piece in content:
        here = slice(segments.sentence_at(piece.start), segments.sentence_at(piece.end - 1) + 1)
        found = [Span(max(piece.start, s.start), min(piece.end, s.end)) for s in segments.sentences[here]]
        yield from [s for s in found if s.end - s.start >= SHORTEST] or [piece]


def _told(text: str, s: Statement, part: Span) -> str:
    return f"{s.cue.of(text)}: {part.of(text)}" if s.cue else part.of(text)


def _placed(phrases: Iterable[Span], s: Statement, part: Span) -> Iterator[Span]:
    """Yield where phrases of a sentence stand in the article; those of the cue before it are left out."""
    before = s.cue.end - s.cue.start + 2 if s.cue else 0
    for p in phrases:
        if p.start >= before:
            yield Span(part.start + p.start - before, part.start + p.end - before)
