"""Whose text an article says it is: the agency or outlet of its dateline or byline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.read.authority import Authority, normal
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Article, Credit, Span

_DATELINE = re.compile(r"[^\n(]{0,60}\((?P<name>[^\W\d_][^()\n]{1,40})\)\s*(?:--?|—|–)")
_BETWEEN = re.compile(r"\s*(?:,|;|/|\||\band\b|\bwith\b|\bvia\b|\bfor\b|\bby\b|\bfrom\b)\s*", re.IGNORECASE)


def credits_of(article: Article, segments: Segments, authority: Authority) -> tuple[Credit, ...]:
    """Return the agencies and outlets that dateline and byline credit with the article's text, its own outlet not."""
    own = normal(article.outlet or "")
    found = dict.fromkeys([*_dateline(article, segments), *_byline(article)])
    return tuple(c for c in found if normal(c.name) != own and is_outlet(c.name, authority))


def is_outlet(name: str, authority: Authority) -> bool:
    """Tell whether a name is that of an agency or, by its last word, of an outlet."""
    entry = authority.named(name)
    words = normal(name).split()
    return (entry is not None and entry.agency) or (bool(words) and words[-1] in word_list("outlets"))


def _dateline(article: Article, segments: Segments) -> Iterator[Credit]:
    for paragraph in segments.paragraphs[:1]:
        if match := _DATELINE.match(article.text, paragraph.start, paragraph.end):
            yield Credit(match["name"].strip(), "dateline", Span(*match.span("name")))


def _byline(article: Article) -> Iterator[Credit]:
    for part in _BETWEEN.split(article.byline or ""):
        if part.strip():
            yield Credit(part.strip(), "byline", None)
