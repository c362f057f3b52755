"""Independent origins: how many outlets have an utterance of themselves, and which have it from another.

Two articles are one origin for an utterance where both credit the same agency or outlet, where one credits the other's
outlet, or where the narration around the words is the same: stretches of :data:`SHINGLE` words of which at least
:data:`NARRATED` stand outside quotation marks (Broder 1997; that two outlets quote alike makes no copy).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.read.authority import Authority, normal, shipped
from onrecord.read.credits import is_outlet
from onrecord.read.segments import Segments
from onrecord.reconcile.sets import DisjointSets
from onrecord.records import ArticleSpan, Origin, Reading, Span, StoryActor, StoryStatement

SHINGLE = 12
NARRATED = 6
_TERMS = "anonymity"
"""Every newsroom writes "on condition of anonymity because they were not authorized to": that makes no copy."""
_WORD = re.compile(r"\w+")
_OUTLETS = ("organisation", "unknown")
_By = Literal["own", "credited", "dateline", "byline"]
_STRONGEST: tuple[_By, ...] = ("credited", "dateline", "byline")


@dataclass(frozen=True)
class _Credit:
    """The outlet that a telling comes from, by its own article: the name, what tells it and where."""

    outlet: str | None
    by: _By
    spans: tuple[ArticleSpan, ...] = ()


class Origins:
    """Tells the origins of any utterance of a story."""

    def __init__(
        self, readings: Sequence[Reading], statements: Iterable[StoryStatement], actors: Iterable[StoryActor]
    ) -> None:
        self._readings = {r.id: r for r in readings}
        self._statements = {s.id: s for s in statements}
        self._authority = shipped()
        self._outlets = _outlet_mentions(actors, self._authority)
        self._lines = {r.id: _Lines(r.text) for r in readings}
        self._order = {r.id: i for i, r in enumerate(sorted(readings, key=lambda r: (r.sha256, r.id)))}

    def of(self, ids: Iterable[str]) -> tuple[Origin, ...]:
        """Return the origins of the utterance that these statements tell, those of most articles first."""
        tellings: dict[str, list[StoryStatement]] = defaultdict(list)
        for key in ids:
            tellings[self._statements[key].article].append(self._statements[key])
        articles = sorted(tellings, key=self._order.__getitem__)
        credited = {a: self._credit(tellings[a]) for a in articles}
        joined = DisjointSets(articles)
        for one, other in self._one_outlet(articles, credited):
            joined.join(one, other)
        copied: set[str] = set()
        for one, other in self._copies(articles, tellings):
            copied |= {one, other}
            joined.join(one, other)
        found = [self._origin(group, credited, copied) for group in joined.groups()]
        return tuple(sorted(found, key=lambda o: (-len(o.articles), [self._order[a] for a in o.articles])))

    def _credit(self, told: Sequence[StoryStatement]) -> _Credit:
        """Return where an article has its telling from: another outlet, if all its statements say so."""
        reading = self._readings[told[0].article]
        own = normal(reading.outlet or "")
        found = [self._credited(s, own) for s in told]
        credited = [each for each in found if each is not None]
        if len(credited) == len(found):
            return _Credit(credited[0][0], "credited", tuple(span for _, span in credited))
        for credit in reading.credits:
            where = (ArticleSpan(reading.id, credit.span.start, credit.span.end),) if credit.span else ()
            return _Credit(credit.name, credit.by, where)
        return _Credit(reading.outlet, "own")

    def _credited(self, s: StoryStatement, own: str) -> tuple[str, ArticleSpan] | None:
        """Return the other outlet to which, or by which, something was told, with the words that say so."""
        outer = self._statements.get(s.parent) if s.parent else None
        reported_by = outer.source if outer is not None and outer.source_kind == "outlet" else None
        for place in (s.addressee, s.occasion, reported_by):
            for span, name in self._named(s.article, place) if place is not None else ():
                if not _one_name(normal(name), own):
                    return name, ArticleSpan(s.article, span.start, span.end)
        return None

    def _named(self, article: str, place: Span) -> list[tuple[Span, str]]:
        """Return the outlets that a stretch of an article names: those that are actors, else it is one itself."""
        found = [each for each in self._outlets.get(article, ()) if each[0].overlaps(place)]
        name = re.sub(r"\Athe\s+", "", place.of(self._readings[article].text), flags=re.IGNORECASE)
        return found or ([(place, name)] if name[:1].isupper() and is_outlet(name, self._authority) else [])

    def _one_outlet(self, articles: Sequence[str], credited: Mapping[str, _Credit]) -> Iterator[tuple[str, str]]:
        """Yield pairs of articles that have an utterance from one outlet, or one from the other."""
        by_last: dict[str, dict[str, str]] = defaultdict(dict)
        for article in articles:
            name = normal(credited[article].outlet or "")
            if name:
                names = by_last[name.split()[-1]]  # names of one outlet end alike
                known = name if name in names else next((k for k in names if _one_name(name, k)), None)
                if known is not None:
                    yield names[known], article
                names.setdefault(name, article)

    def _copies(
        self, articles: Sequence[str], tellings: Mapping[str, Sequence[StoryStatement]]
    ) -> Iterator[tuple[str, str]]:
        """Yield pairs of articles that have narration around the words in common."""
        first: dict[tuple[str, ...], str] = {}
        for article in articles:
            for shingle in dict.fromkeys(k for s in tellings[article] for k in self._lines[article].around(s)):
                if first.setdefault(shingle, article) != article:
                    yield first[shingle], article

    def _origin(self, group: list[str], credited: Mapping[str, _Credit], copied: set[str]) -> Origin:
        articles = tuple(sorted(group, key=self._order.__getitem__))
        spans = tuple(span for a in articles for span in credited[a].spans)
        for by in _STRONGEST:
            for article in articles:
                if credited[article].by == by:
                    return Origin(articles, credited[article].outlet, by, spans)
        if len(articles) > 1 and copied & set(articles):
            return Origin(articles, None, "reprint")
        return Origin(articles, credited[articles[0]].outlet, "own")


class _Lines:
    """The lines of a text, with the shingles of narration in each."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._shingles: dict[tuple[int, int], tuple[tuple[str, ...], ...]] = {}
        self._segments = Segments(text)

    def around(self, s: StoryStatement) -> Iterator[tuple[str, ...]]:
        """Yield the shingles of the paragraphs that a statement stands in."""
        spans = [span for span in (s.source, s.cue, *s.content) if span is not None]
        if not spans:
            return
        first = self._segments.paragraph_at(min(span.start for span in spans))
        last = self._segments.paragraph_at(max(span.end for span in spans) - 1)
        for i in range(first, last + 1):
            yield from self._of(self._segments.paragraphs[i])

    def _of(self, paragraph: Span) -> tuple[tuple[str, ...], ...]:
        key = (paragraph.start, paragraph.end)
        if key not in self._shingles:
            found = list(_WORD.finditer(self._text, paragraph.start, paragraph.end))
            quoted = [self._segments.quoted[m.start()] for m in found]
            self._shingles[key] = tuple(_narrated([m.group().casefold() for m in found], quoted))
        return self._shingles[key]


def _narrated(words: Sequence[str], quoted: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield the shingles of which enough is narration; a shorter paragraph is one shingle."""
    terms = [i for i, word in enumerate(words) if word == _TERMS]
    for i in range(max(1, len(words) - SHINGLE + 1)):
        own = len(words[i : i + SHINGLE]) - sum(quoted[i : i + SHINGLE])
        if own >= NARRATED and not any(at - SHINGLE < i < at + SHINGLE for at in terms):
            yield tuple(words[i : i + SHINGLE])


def _outlet_mentions(actors: Iterable[StoryActor], authority: Authority) -> dict[str, list[tuple[Span, str]]]:
    """Return where each article mentions an agency or an outlet, with its name."""
    out: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for actor in actors:
        if actor.agency or (actor.kind in _OUTLETS and is_outlet(actor.name, authority)):
            for m in actor.mentions:
                out[m.article].append((Span(m.start, m.end), actor.name))
    return {article: sorted(found, key=lambda each: (each[0], each[1])) for article, found in out.items()}


def _one_name(a: str, b: str) -> bool:
    """Tell whether two normal names are one outlet's: the same, or the one the end of the other ("the Courier")."""
    if not a or not b:
        return False
    one, other = a.split(), b.split()
    short, long = sorted((one, other), key=len)
    return long[-len(short) :] == short
