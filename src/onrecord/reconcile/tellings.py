"""Statements made ready to be compared: their words, how telling each word is, the meaning of their sentences."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.read.segments import Segments
from onrecord.reconcile.wording import Word, words_of
from onrecord.reconcile.words import word_set
from onrecord.records import Reading, Span, StoryStatement

QUOTED = 4
"""Quoted words from which on a statement counts as quoting: fewer may be a title, or marks of distance."""
LEAD = 3
"""Paragraphs of a lead."""
LEADING = 400
"""Characters before a statement within which a report leads to it."""
ROW = 3
"""Words in a row that two statements have before they count as shared in rows."""


@dataclass(eq=False)
class Telling:
    """A statement with what it is compared by.

    ``span`` reaches over its content, cue and source, ``core`` over content and cue, and ``sentence`` is where the
    sentence that it begins in begins; ``lead`` are the report's own words that lead to it from the last statement of
    somebody else, ``cue_words`` those of its cue; ``inner`` are the statements told within it, ``nested`` says whether
    it is told within one. ``place`` is how far into its article it begins, 0 to 1; ``rank`` its number among the
    article's statements; ``vectors`` the unit vectors of its sentences, (sentences, width), ``lengths`` their
    characters; ``weights`` says how telling each of its content words is in this story, by its base.
    """

    statement: StoryStatement
    text: str
    words: Sequence[Word]
    cue: str
    span: Span
    core: Span
    lead: Sequence[Word]
    cue_words: Sequence[Word]
    inner: Set[str]
    nested: bool
    sentence: int
    place: float
    rank: int
    leads: bool
    vectors: NDArray[np.float32]
    lengths: NDArray[np.float32]
    weights: dict[str, float] = field(default_factory=dict)

    @cached_property
    def bases(self) -> list[str]:
        """The bases of all words, in order."""
        return [w.base for w in self.words]

    @cached_property
    def all_bases(self) -> frozenset[str]:
        """The bases of all words."""
        return frozenset(self.bases)

    @cached_property
    def quoted(self) -> list[str]:
        """The bases of the quoted words, in order."""
        return [w.base for w in self.words if w.quoted]

    @property
    def wholly_quoted(self) -> bool:
        """Whether every word is quoted."""
        return len(self.quoted) == len(self.words)

    @cached_property
    def _rows(self) -> list[tuple[str, ...]]:
        return _in_rows(self.bases)

    @cached_property
    def _quoted_rows(self) -> list[tuple[str, ...]]:
        return self._rows if self.wholly_quoted else _in_rows(self.quoted)

    def worded_as(self, other: Telling) -> tuple[float, float]:
        """Return the share of the words of either that stand in rows of :data:`ROW` or more that the other has too."""
        return _shares(self._rows, len(self.bases), other._rows, len(other.bases))

    def quoted_as(self, other: Telling) -> tuple[float, float]:
        """Return the same of quoted words alone."""
        return _shares(self._quoted_rows, len(self.quoted), other._quoted_rows, len(other.quoted))

    @cached_property
    def content(self) -> frozenset[str]:
        """The bases of the words that carry content."""
        common = word_set("function_words")
        return frozenset(w.base for w in self.words if w.folded not in common)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The words in figures."""
        return frozenset(w.spelled for w in self.words if w.folded[0].isdigit())

    @cached_property
    def meaning(self) -> NDArray[np.float32]:
        """The unit vector of the whole, (width,): the mean of its sentences' by their lengths."""
        mean: NDArray[np.float32] = (self.vectors * self.lengths[:, None]).sum(0)
        return mean / np.float32(np.linalg.norm(mean) or 1)

    @cached_property
    def weight(self) -> float:
        """How telling its content words are together."""
        return sum(self.weights.values())

    @property
    def has_meaning(self) -> bool:
        """Whether it has vectors to be compared by."""
        return bool(self.vectors.any())

    @property
    def quotes(self) -> bool:
        """Whether it quotes more than a few words."""
        return len(self.quoted) >= QUOTED


def _in_rows(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the rows of :data:`ROW` words, one after another."""
    return [tuple(words[i : i + ROW]) for i in range(len(words) - ROW + 1)]


def _shares(a: Sequence[tuple[str, ...]], n: int, b: Sequence[tuple[str, ...]], m: int) -> tuple[float, float]:
    common = set(a) & set(b)
    if not common:
        return 0.0, 0.0
    return _share(a, n, common), _share(b, m, common)


def _share(rows: Sequence[tuple[str, ...]], n: int, common: Set[tuple[str, ...]]) -> float:
    """Return the share of ``n`` words that stand in a common row."""
    found, upto = 0, 0
    for i, row in enumerate(rows):
        if row in common:
            found += i + ROW - max(i, upto)
            upto = i + ROW
    return found / max(n, 1)


def tellings(readings: Sequence[Reading], told: Sequence[StoryStatement]) -> dict[str, Telling]:
    """Return the statements that have content, by id, in their order."""
    by_article: dict[str, list[StoryStatement]] = {r.id: [] for r in readings}
    for s in told:
        if s.content:
            by_article[s.article].append(s)
    width = next((len(m.vector) for r in readings for m in r.meanings or ()), 1)
    found: dict[str, Telling] = {}
    for reading in readings:
        found.update(_of_one(reading, by_article[reading.id], width))
    _weigh(found.values())
    return {s.id: found[s.id] for s in told if s.content}


def _of_one(reading: Reading, statements: Iterable[StoryStatement], width: int) -> dict[str, Telling]:
    """Return the tellings of one article; what has no vector, for want of English, has one of noughts."""
    nothing = np.zeros((1, width), np.float32), np.ones(1, np.float32)
    text = reading.text
    segments = Segments(text)
    quoted = segments.quoted
    vectors = _vectors(reading)
    out: dict[str, Telling] = {}
    ordered = sorted(statements, key=lambda s: (s.content[0].start, s.id))
    spans = [_reach(s, s.source) for s in ordered]
    leads = _leads(text, ordered, spans)
    inner = _told_within(ordered)
    nested = set().union(*inner.values())
    for rank, (s, span, lead) in enumerate(zip(ordered, spans, leads, strict=True)):
        start = s.content[0].start
        whole = bytes([1]) * len(text) if s.kind == "direct" else quoted
        sentences, lengths = vectors.get(s.id, nothing)
        out[s.id] = Telling(
            statement=s,
            text=text,
            words=words_of(text, s.content, whole),
            cue=s.cue.of(text).casefold() if s.cue else "",
            span=span,
            core=_reach(s),
            lead=lead,
            cue_words=words_of(text, [s.cue]) if s.cue else [],
            inner=inner[s.id],
            nested=s.id in nested,
            sentence=segments.sentences[segments.sentence_at(span.start)].start,
            place=start / max(1, len(text)),
            rank=rank,
            leads=len([line for line in text[:start].split("\n")[:-1] if line.strip()]) < LEAD,
            vectors=sentences,
            lengths=lengths,
        )
    return out


def _leads(text: str, ordered: Sequence[StoryStatement], spans: Sequence[Span]) -> Iterator[list[Word]]:
    """Yield, for each statement of one article, the report's own words that lead to its content, at most from
    :data:`LEADING` characters before, from the end of the last statement that has another speaker, or none.
    """
    told = sorted((c for s in ordered for c in s.content), key=lambda c: (c.start, c.end))
    longest = max((c.end - c.start for c in told), default=0)
    ended: list[tuple[int, str | None]] = []
    for s, span in zip(ordered, spans, strict=True):
        start = s.content[0].start
        others = (e for e, who in reversed(ended) if e <= span.start and (who is None or who != s.speaker))
        at = max(next(others, 0), start - LEADING)
        own = []
        for c in told[bisect_left(told, at - longest, key=lambda c: c.start) :]:
            if c.start >= start:
                break
            if c.start > at:
                own.append(Span(at, c.start))
            at = max(at, c.end)
        if at < start:
            own.append(Span(at, start))
        yield words_of(text, own)
        insort(ended, (span.end, s.speaker), key=lambda each: each[0])


def _told_within(ordered: Sequence[StoryStatement]) -> dict[str, set[str]]:
    """Return which statements of one article, in the order of their content, are told within each: those that name it
    as their parent, and those whose content is part of a longer one's.
    """
    found: dict[str, set[str]] = {s.id: set() for s in ordered}
    for i, s in enumerate(ordered):
        if s.parent in found:
            found[s.parent].add(s.id)
        start, end = s.content[0].start, s.content[-1].end
        first = bisect_left(ordered, start, hi=i, key=lambda o: o.content[0].start)
        for other in ordered[first:]:
            if other.content[0].start >= end:
                break
            if other.content[-1].end <= end and other.content[-1].end - other.content[0].start < end - start:
                found[s.id].add(other.id)
    return found


def _reach(s: StoryStatement, *more: Span | None) -> Span:
    """Return the stretch of the article from the first to the last of a statement's content, cue and what is given."""
    return Span.around([*s.content, *(part for part in (s.cue, *more) if part is not None)])


def _vectors(reading: Reading) -> Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Return the unit vectors of each statement's sentences, (sentences, width), and their lengths in characters."""
    found: dict[str, list[tuple[bytes, int]]] = {}
    for m in reading.meanings or ():
        found.setdefault(m.statement, []).append((m.vector, m.end - m.start))
    out = {}
    for key, sentences in found.items():
        rows = np.stack([np.frombuffer(v, np.int8) for v, _ in sentences]).astype(np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32)
        out[key] = (rows / np.maximum(norms, 1), np.array([n for _, n in sentences], np.float32))
    return out


def _weigh(found: Iterable[Telling]) -> None:
    """Give each content word its weight: rarer in the story is more telling (inverse document frequency, statements as
    documents), so that what the story is about joins no two sayings.
    """
    told = list(found)
    n = len(told)
    frequency = Counter(word for t in told for word in t.content)
    for t in told:
        t.weights = {w: math.log((n + 1) / (frequency[w] + 0.5)) / math.log(n + 2) for w in sorted(t.content)}
