"""The form of told words: how far they are quoted, which quotations are partial, which lists they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.read.segments import Segments
from onrecord.records import Kind, Span

WORD = re.compile(r"\w+(?:[-’'.]\w+)*\.?")
SAID_OUTRIGHT = 4
"""Words within quotation marks from which on a belief or wish counts as said: fewer may be a scare quote."""
_BETWEEN = re.compile(r";\s+(?:and\s+|or\s+)?|\s\(?(?:[1-9]|[a-h]|i{1,3}|iv|v)\)\s+|\n\s*[•*–—-]\s+")
_AGAIN = re.compile(r"(?:[,;]\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?P<opener>that|to)\s")
_ITEM_WORDS = 2


def kind_of(text: str, segments: Segments, content: Iterable[Span]) -> Kind:
    """Return direct where every letter of the content is in quotation marks, indirect where none is, else mixed."""
    inside = outside = 0
    for span in content:
        for i in range(span.start, span.end):
            if text[i].isalnum():
                if segments.quoted[i]:
                    inside += 1
                else:
                    outside += 1
    if inside and not outside:
        return "direct"
    return "mixed" if inside else "indirect"


def partial_quotes(text: str, segments: Segments, content: Iterable[Span]) -> tuple[Span, ...]:
    """Return the quotations of a few words that stand within a content: marks around a word or two of the speaker's."""
    return tuple(
        p
        for s in content
        for p in segments.quoted_over(s)
        if p in s
        and text[p.start] not in " \n"
        and not text[p.start].isalnum()
        and len(WORD.findall(text, p.start, p.end)) < SAID_OUTRIGHT
    )


def items(text: str, segments: Segments, content: Iterable[Span]) -> tuple[Span, ...]:
    """Return the members of a list that a content is, or nothing where it is none.

    A list is told by semicolons, by figures or letters in brackets, by bullets, or by "that" or "to" said again.
    """
    found = [item for span in content for item in _items(text, segments, span)]
    return tuple(found) if len(found) > 1 else ()


def _items(text: str, segments: Segments, span: Span) -> list[Span]:
    between = [
        m.span()
        for m in _BETWEEN.finditer(text, span.start, span.end)
        if m[0][0] != ";" or not segments.quoted[m.start()]
    ]
    if not between:
        opener = text[span.start : span.end].split(maxsplit=1)[0].lower()
        again = _AGAIN.finditer(text, span.start, span.end)
        between = [
            (m.start(), m.start("opener"))
            for m in again
            if m["opener"].lower() == opener and not segments.quoted[m.start()]
        ]
    if not between:
        return []
    bounds = [span.start, *(x for gap in between for x in gap), span.end]
    parts = [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
    cut = [stripped(text, part, " \t\r\n,;:•*-—–") for part in parts]
    return [p for p in cut if p is not None and len(WORD.findall(text, p.start, p.end)) >= _ITEM_WORDS]


def quoted_words(text: str, segments: Segments, content: Iterable[Span]) -> int:
    """Return how many words of a content stand in quotation marks."""
    return sum(
        len(WORD.findall(text, max(p.start, s.start), min(p.end, s.end)))
        for s in content
        for p in segments.quoted_over(s)
    )


def stripped(text: str, span: Span, characters: str) -> Span | None:
    """Return a span without the characters named at its ends, quotation marks excepted; ``None`` if nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in characters and text[start] not in '“"':
        start += 1
    while end > start and text[end - 1] in characters and text[end - 1] not in '”"':
        end -= 1
    return Span(start, end) if start < end else None
