"""Words whose speaker typography names: the turns of an interview, posts shown whole, quotations signed below."""

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


# -- signed below ----------------------------------------------------------------------------------------------------

_POST = re.compile(r"\s*[—–-]{1,2}\s?(?P<name>[^\n()@—–]{2,60}?)\s\(@\w{1,15}\)")
_SIGNED = re.compile(r"\s*[—–]\s?(?P<name>[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){1,4})(?:,[^\n]{2,80})?\s*\Z")


def signed(text: str, segments: Segments) -> list[Attribution]:
    """Return posts shown whole ("… — Ada Lind (@lind)") and quotations with their speaker's name below or behind.

    A signature that stands alone in its paragraph signs the one before.
    """
    out: list[Attribution] = []
    before: Span | None = None
    for paragraph in segments.paragraphs:
        post = _POST.search(text, paragraph.start, paragraph.end)
        match = post or _signature(text, segments, paragraph)
        if match:
            words = Span(paragraph.start, match.start()) if match.start() > paragraph.start else before
            if words is not None and (post or segments.quoted[words.end - 1]):
                out.append(Attribution(Span(*match.span("name")), None, (words,), SURE, turn=True))
        before = None if match else paragraph
    return out


def _signature(text: str, segments: Segments, paragraph: Span) -> re.Match[str] | None:
    """Return the signature of a paragraph that is one, or that is a quotation and one."""
    alone = _SIGNED.match(text, paragraph.start, paragraph.end)
    if alone:
        return alone
    opening = next((q for q in segments.quoted_over(paragraph) if q.start == paragraph.start), None)
    return _SIGNED.match(text, opening.end, paragraph.end) if opening else None
