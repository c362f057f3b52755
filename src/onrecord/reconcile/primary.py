"""A primary source (a transcript, a post, an official text) against which its speaker's quotations are checked.

Each quoted stretch of a statement is looked for in what the speaker says there: at the place with the longest run of
its words, where the words are then aligned. That a stretch is not found says nothing but that: it may be from
elsewhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.read.segments import Segments
from onrecord.read.turns import turns
from onrecord.reconcile.differences import Alignment, Wording, differences
from onrecord.reconcile.naming import parts
from onrecord.reconcile.wording import Word, quoted_characters, words_of
from onrecord.records import (
    Article,
    ArticleSpan,
    Difference,
    PrimaryCheck,
    PrimarySource,
    PrimaryVerdict,
    Reading,
    Span,
    StoryActor,
    StoryStatement,
    make_id,
)

ANCHOR = 3
"""Words in a row that a stretch has with the source where it is looked at closer; all of a shorter stretch."""
FOUND = 0.5
"""The share of a stretch's words that the place must have for the stretch to come from there."""
SHORTEST = 2
"""Words of a stretch that can be looked for: one word is found anywhere."""
SLACK = 4
"""Words around the place that are looked at too."""
_DOTS = re.compile(r"…|\.\s?\.\s?\.")
_ALTERING = frozenset(["changed", "added", "shift", "order"])


def primary_sources(
    sources: Iterable[tuple[Article, str | None]],
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    actors: Sequence[StoryActor],
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[PrimarySource]:
    """Yield primary sources with their checks; see :func:`primary_source`. With ``on_error`` a source that is of no use
    is handed to it, and the others go on.
    """
    for article, speaker in sources:
        try:
            yield primary_source(article, speaker, readings, told, actors)
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)


def primary_source(
    article: Article,
    speaker: str | None,
    readings: Sequence[Reading],
    told: Iterable[StoryStatement],
    actors: Sequence[StoryActor],
) -> PrimarySource:
    """Return a primary source with a check of every quotation of those who speak in it.

    Who speaks is told by the turns of a transcript ("MS. LEE: …"); else it is ``speaker``, or whom the byline names.
    Raises :class:`~onrecord.errors.InputError` where that is nobody, or nobody whom the reports quote.
    """
    spoken = _spoken(article, speaker, actors)
    texts = {r.id: r for r in readings}
    checks = []
    for actor, spans in spoken.items():
        source = _Source(article, spans)
        own = [s for s in told if s.speaker == actor and s.act == "speech" and s.kind != "indirect"]
        checked = (source.check(s, texts[s.article].text) for s in own)
        checks += [check for check in checked if check is not None]
    return PrimarySource(
        id=make_id("primary", article.sha256),
        name=article.id,
        sha256=article.sha256,
        text=article.text,
        title=article.title,
        url=article.url,
        published=article.published,
        speakers=tuple(spoken),
        checks=tuple(checks),
    )


def _spoken(article: Article, speaker: str | None, actors: Sequence[StoryActor]) -> dict[str, list[Span]]:
    """Return what each actor of the story says in a source, by the actor's id."""
    segments = Segments(article.text)
    told: dict[str, list[Span]] = defaultdict(list)
    if speaker is None:
        found = turns(article.text, segments)
        opens = [turn.source.start for turn in found if turn.source] + [len(article.text)]
        for turn, end in zip(found, opens[1:], strict=True):
            named = _actor(turn.source.of(article.text), actors) if turn.source else None
            if named is not None:
                told[named].append(Span(turn.content[0].start, end))
        if found and not told:
            raise InputError(article.id, "is a transcript of people whom the reports do not quote")
    if not told:
        name = speaker or article.byline
        if name is None:
            raise InputError(article.id, "does not say who speaks in it; name the speaker with --primary-speaker")
        named = _actor(name, actors)
        if named is None:
            raise InputError(article.id, f"the reports quote nobody called {name}")
        told[named] = list(segments.paragraphs)
    return dict(told)


def _actor(name: str, actors: Sequence[StoryActor]) -> str | None:
    """Return the actor whom a name means: every word of the one name is in the other, titles and initials aside."""
    own = {w.casefold() for w in parts(name)}
    best: tuple[int, int, str] | None = None
    for actor in actors:
        for alias in (actor.name, *actor.aliases):
            theirs = {w.casefold() for w in parts(alias)}
            if own and theirs and (own <= theirs or theirs <= own):
                rank = (len(own & theirs), len(actor.mentions), actor.id)
                best = max(best or rank, rank)
    return best[2] if best else None


@dataclass(frozen=True)
class _Place:
    """Where a stretch was found: the words of the source, by number, and how the wording differs there."""

    words: range
    differences: tuple[Difference, ...]


class _Source:
    """What somebody says in a source, word by word."""

    def __init__(self, article: Article, spans: Sequence[Span]) -> None:
        self._id = make_id("primary", article.sha256)
        self._text = article.text
        self._words = words_of(article.text, spans, bytes([1]) * len(article.text))
        self._places: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self._words):
            self._places[word.base].append(i)

    def check(self, s: StoryStatement, text: str) -> PrimaryCheck | None:
        """Return what the source says of a statement's quoted words; ``None`` where too few are quoted."""
        found = [self._find(s, text, stretch) for stretch in _stretches(s, text)]
        if not found:
            return None
        places = [p for p in found if p is not None]
        told = tuple(d for p in places for d in p.differences)
        spans = tuple(self._span(p.words) for p in places)
        return PrimaryCheck(s.id, _verdict(found, places, told), spans, told)

    def _find(self, s: StoryStatement, text: str, stretch: Sequence[Word]) -> _Place | None:
        bases = [w.base for w in stretch]
        length, own_end, end = self._anchor(bases)
        if length < min(ANCHOR, len(bases)):
            return None
        start = end - own_end
        low, high = max(0, start - SLACK), min(len(self._words), start + len(bases) + SLACK)
        own = _wording(s, text, stretch)
        window = self._trimmed(own, range(low, high))
        full = self._wording(window)
        shared = sum(w.base in {x.base for x in full.words} for w in stretch)
        if shared < FOUND * len(stretch):
            return None
        told = tuple(d for d in differences(own, full) if d.kind not in ("speaker", "date"))
        return _Place(window, told)

    def _anchor(self, bases: Sequence[str]) -> tuple[int, int, int]:
        """Return the length of the longest run shared with the source, and where it ends in the stretch and there."""
        best = (0, 0, 0)
        row: dict[int, int] = {}
        for i, word in enumerate(bases):
            row = {j: row.get(j - 1, 0) + 1 for j in self._places.get(word, ())}
            for j, n in row.items():
                best = max(best, (n, i + 1, j + 1), key=lambda run: (run[0], -run[2]))
        return best

    def _trimmed(self, own: Wording, window: range) -> range:
        """Return the part of a window that the stretch covers, with a word for each of its own at the edges."""
        pairs = Alignment(own, self._wording(window)).pairs
        if not pairs:
            return window
        first, last = min(pairs), max(pairs)
        before = min(first, pairs[first])
        after = min(len(own.words) - 1 - last, len(window) - 1 - pairs[last])
        return range(window.start + pairs[first] - before, window.start + pairs[last] + after + 1)

    def _wording(self, words: range) -> Wording:
        chosen = self._words[words.start : words.stop]
        span = Span(chosen[0].span.start, chosen[-1].span.end)
        statement = StoryStatement(
            id=self._id,
            act="speech",
            kind="direct",
            stance="asserts",
            anonymous=False,
            source=None,
            cue=None,
            content=(span,),
            article=self._id,
        )
        return Wording(statement, self._text, chosen)

    def _span(self, words: range) -> ArticleSpan:
        return ArticleSpan(self._id, self._words[words.start].span.start, self._words[words.stop - 1].span.end)


def _wording(s: StoryStatement, text: str, stretch: Sequence[Word]) -> Wording:
    span = Span(stretch[0].span.start, stretch[-1].span.end)
    return Wording(replace(s, content=(span,), said_on=None), text, stretch)


def _stretches(s: StoryStatement, text: str) -> Iterator[list[Word]]:
    """Yield the quoted words of a statement, cut where the quotation stops or dots leave something out."""
    quoted = quoted_characters(s.kind, text)
    for piece in s.content:
        stretch: list[Word] = []
        for word in words_of(text, (piece,), quoted):
            dots = stretch and _DOTS.search(text, stretch[-1].span.end, word.span.start)
            if (not word.quoted or dots) and len(stretch) >= SHORTEST:
                yield stretch
            if not word.quoted or dots:
                stretch = []
            if word.quoted:
                stretch.append(word)
        if len(stretch) >= SHORTEST:
            yield stretch


def _verdict(found: Sequence[_Place | None], places: Sequence[_Place], told: Sequence[Difference]) -> PrimaryVerdict:
    if len(places) < len(found):
        return "not_found"
    kinds = {d.kind for d in told}
    if kinds & _ALTERING:
        return "altered"
    starts = [p.words.start for p in places]
    if starts != sorted(starts):
        return "out_of_order"
    apart = any(b.words.start > a.words.stop for a, b in pairwise(places))
    return "cut" if apart or kinds & {"cut", "ellipsis"} else "verbatim"
