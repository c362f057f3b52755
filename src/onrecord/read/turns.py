"""Turns of talk: "NAME: text", as interviews and transcripts print them, and "Name: text" as headlines do."""

from __future__ import annotations

import re

from onrecord.read.attributions import Attribution
from onrecord.read.segments import Segments
from onrecord.records import Span

_TURN = re.compile(
    r"[\"“]?(?P<name>[A-Z][A-Z.’'-]+(?:[ ,]+[A-Z][A-Z.’'-]*){0,5}|(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+)\s?:\s+"
    r"(?=[“\"‘\w(])"
)
_NOBODY = frozenset(
    {"READ MORE", "UPDATE", "CORRECTION", "NOTE", "EDITOR’S NOTE", "EDITOR'S NOTE", "RELATED", "WATCH", "ANALYSIS"}
)
TURNS = 3
"""Turns that make a text a transcript: one "Name: text" may be a caption or a list."""
SURE = 0.9


def turns(text: str, segments: Segments) -> list[Attribution]:
    """Return the turns of an interview or a transcript, one statement a turn, until the next turn begins.

    A text has turns where at least :data:`TURNS` paragraphs begin with a name and a colon and some name comes twice.
    """
    found: list[tuple[Span, Span]] = []
    names: list[str] = []
    for paragraph in segments.paragraphs:
        match = _TURN.match(text, paragraph.start, paragraph.end)
        if match and match["name"].upper() not in _NOBODY:
            names.append(match["name"])
            found.append((Span(*match.span("name")), Span(match.end(), paragraph.end)))
    if len(found) < TURNS or len(set(names)) == len(names):
        return []
    return [Attribution(name, None, (words,), SURE, turn=True) for name, words in found if words.start < words.end]
