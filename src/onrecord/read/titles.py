"""The statements of a title: a text of its own, whose claims are kept apart from those of the report under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.read.attributions import Attribution
from onrecord.read.content import kind_of
from onrecord.read.people import folded
from onrecord.read.segments import Segments
from onrecord.records import Actor, Article, Span, Statement, TitleSpan, TitleStatement, make_id, span_key

_BEFORE = re.compile(r"(?P<name>[^:“”\"‘’]{2,60}?)\s?:\s+(?P<words>\S.*)")
_AFTER = re.compile(r"(?P<words>.*\S)\s?[:|–—-]\s+(?P<name>(?:[A-Z][\w.’'-]+\s?){1,4})")
SURE = 0.8
"""Confidence of "Name: words"."""


def colon_claims(title: str, cast: Sequence[Actor]) -> list[Attribution]:
    """Return the claim of a title like "Name: words" or "Words: Name", where the report knows the name."""
    for form in (_BEFORE, _AFTER):
        match = form.fullmatch(title.strip())
        if match and actor_named(match["name"], cast):
            shift = len(title) - len(title.lstrip())
            name, words = (Span(match.start(g) + shift, match.end(g) + shift) for g in ("name", "words"))
            return [Attribution(name, None, (words,), SURE, turn=True)]
    return []


def actor_named(source: str, cast: Iterable[Actor]) -> Actor | None:
    """Return the one actor of a report whom a title's source names, by a name or by the last word of a person's."""
    wanted = folded(source)
    found = [a for a in cast if wanted in {folded(n) for n in (a.name, *a.aliases)}]
    if not found:
        last = wanted.split()[-1:]
        found = [a for a in cast if a.kind == "person" and folded(a.name).split()[-1:] == last]
    return found[0] if len(found) == 1 else None


def in_title(
    article: Article, segments: Segments, found: Sequence[Statement], cast: Sequence[Actor]
) -> tuple[TitleStatement, ...]:
    """Return statements read in a title as such, with speakers from the report's cast."""
    title = article.title or ""
    out = []
    for s in found:
        spans = [x for x in (s.source, s.cue, *s.content) if x is not None]
        speaker = actor_named(s.source.of(title), cast) if s.source else None
        out.append(
            TitleStatement(
                id=make_id("s", article.id, article.sha256, "title", span_key(spans)),
                act=s.act,
                kind=kind_of(title, segments, s.content),  # a title's colon promises no verbatim words
                stance=s.stance,
                source=_placed(s.source),
                cue=_placed(s.cue),
                content=tuple(TitleSpan(x.start, x.end) for x in s.content),
                speaker=speaker.id if speaker else None,
                hedges=tuple(TitleSpan(x.start, x.end) for x in s.hedges),
                confidence=s.confidence,
            )
        )
    return tuple(out)


def _placed(span: Span | None) -> TitleSpan | None:
    return TitleSpan(span.start, span.end) if span else None
