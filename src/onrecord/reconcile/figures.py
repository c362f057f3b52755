"""Different figures for one thing: two reports, or two speakers, that count, measure or date the same differently.

What is counted must be the same by its head word and unit, and the words around must tell of one thing; what differs by
less than rounding does not differ. A later report with a higher count of one that can only grow is an update.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.read.segments import Segments
from onrecord.reconcile.wording import base, words_of
from onrecord.reconcile.words import word_set
from onrecord.records import ArticleSpan, Quantity, Reading, Span, StoryStatement

COMPARED = frozenset({"count", "money", "percent", "measure"})
SHARED = 0.3
"""How much of the words around two figures must be shared, by how telling they are, for the figures to be of one thing.
Chosen on the example story and the stories annotated for training."""
LEAST_SHARED = 2
"""Telling words that two such figures share at least."""
REACH = 10
"""Words on either side of a figure that tell what it is a figure of."""
ROUNDING = {"about": 0.1, "nearly": 0.12}
"""Share of a value within which a rounded figure may lie; a figure without such a word is exact to its last digit."""
NEAREST = 12
"""Figures of one unit and head word with which each is compared: it bounds the time on a thousand reports."""


@dataclass(frozen=True)
class Figure:
    """A quantity where it stands: the statement that tells it, if one does, and its sentence."""

    article: str
    published: str
    quantity: Quantity
    statement: str | None
    sentence: Span
    words: frozenset[str]
    head: str
    of: str | None

    @property
    def place(self) -> ArticleSpan:
        """The figure's own words, with what is counted where that stands right behind."""
        of, q = self.quantity.of, self.quantity
        end = of.end if of is not None and of.start >= q.end and of.start - q.end <= 1 else q.end
        return ArticleSpan(self.article, q.start, end)


@dataclass(frozen=True)
class Differing:
    """Two figures for one thing; ``update`` where the later report's may have replaced the earlier's."""

    a: Figure
    b: Figure
    shared: float
    update: bool
    about: str | None


def differing_figures(
    readings: Sequence[Reading], told: Sequence[StoryStatement], segments: Mapping[str, Segments]
) -> list[Differing]:
    """Return the pairs of figures for one thing that differ, the likeliest first; never two of one sentence."""
    figures = [f for r in readings for f in _figures(r, told, segments[r.id])]
    weights = _weights(readings, segments)
    given: dict[str, list[Figure]] = defaultdict(list)
    for f in figures:
        given[f.article].append(f)
    found = []
    for group in _comparable(figures):
        for i, a in enumerate(group):
            near = sorted(group[i + 1 :], key=lambda b: (-_share(a, b, weights), b.article, b.quantity.start))
            for b in near[:NEAREST]:
                shared = _share(a, b, weights)
                if shared >= SHARED and _of_two(a, b) and apart(a.quantity, b.quantity) and not _both(a, b, given):
                    found.append(Differing(a, b, shared, _update(a, b), a.of))
    return sorted(found, key=lambda d: (-d.shared, d.a.article, d.a.quantity.start, d.b.article, d.b.quantity.start))


def _of_two(a: Figure, b: Figure) -> bool:
    """Tell whether two figures are told by two: in two articles, or by two statements of one."""
    return a.article != b.article or (a.statement != b.statement and a.sentence != b.sentence)


def _both(a: Figure, b: Figure, given: Mapping[str, Sequence[Figure]]) -> bool:
    """Tell whether an article gives the figures of both: then they are figures of two things."""
    if a.article == b.article:
        return False
    return any(_equal(a, f) for f in given[b.article]) or any(_equal(b, f) for f in given[a.article])


def _equal(a: Figure, b: Figure) -> bool:
    return a.quantity.kind == b.quantity.kind and not apart(a.quantity, b.quantity) and a.head == b.head


def apart(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities of one unit cannot be the same, rounding and modifiers considered."""
    low, high = _bounds(a)
    other_low, other_high = _bounds(b)
    return high < other_low or other_high < low


def _bounds(q: Quantity) -> tuple[float, float]:
    low = q.base_value if q.base_value is not None else q.value
    high = (q.base_to if q.base_to is not None else q.to) if q.to is not None else low
    high = low if high is None else high
    low, high = min(low, high), max(low, high)
    if q.modifier in ("more than", "at least"):
        return low, math.inf
    if q.modifier in ("less than", "at most"):
        return -math.inf, high
    if q.modifier == "multiples":
        return 2 * low, 10 * high
    share = ROUNDING.get(q.modifier or "", 0.02)
    if q.modifier == "nearly":
        return low * (1 - share), high
    return low * (1 - share), high * (1 + share)


def _figures(reading: Reading, told: Iterable[StoryStatement], segments: Segments) -> Iterator[Figure]:
    own = [s for s in told if s.article == reading.id and s.content]
    dated = [Span(t.start, t.end) for t in reading.times]
    for q in reading.quantities:
        here = Span(q.start, q.end)
        if q.kind in COMPARED and not any(here.overlaps(t) for t in dated):
            sentence = segments.sentences[segments.sentence_at(q.start)]
            holders = [s for s in own if any(c.start <= q.start and q.end <= c.end for c in s.content)]
            innermost = min(holders, key=lambda s: (sum(c.end - c.start for c in s.content), s.id), default=None)
            place = _clause(innermost, sentence, q) if innermost else sentence
            words = words_of(reading.text, [sentence])
            before = [w for w in words if place.start <= w.span.start and w.span.end <= q.start]
            behind = [w for w in words if q.end <= w.span.start and w.span.end <= place.end]
            yield Figure(
                article=reading.id,
                published=(reading.published or "")[:10],
                quantity=q,
                statement=innermost.id if innermost else None,
                sentence=sentence,
                words=frozenset(
                    w.base
                    for w in (*before[-REACH:], *behind[:REACH])
                    if w.folded not in word_set("function_words") and not w.folded[0].isdigit()
                ),
                head=base(q.of.of(reading.text).split()[-1].casefold()) if q.of else "",
                of=q.of.of(reading.text) if q.of else None,
            )


def _clause(s: StoryStatement, sentence: Span, q: Quantity) -> Span:
    """Return the part of a sentence that a statement holds around a figure."""
    piece = next(c for c in s.content if c.start <= q.start and q.end <= c.end)
    return Span(max(piece.start, sentence.start), min(piece.end, sentence.end))


def _comparable(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Return figures in groups of one kind and unit, and of one counted thing where they are counts."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        unit = f.head if f.quantity.kind == "count" else f.quantity.base_unit or f.quantity.unit or ""
        groups[f.quantity.kind, unit].append(f)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def _weights(readings: Iterable[Reading], segments: Mapping[str, Segments]) -> dict[str, float]:
    """Return how telling each word is: rarer among the story's sentences is more telling."""
    frequency: Counter[str] = Counter()
    n = 0
    for r in readings:
        for sentence in segments[r.id].sentences:
            frequency.update({w.base for w in words_of(r.text, [sentence])})
            n += 1
    return {w: math.log((n + 1) / (count + 0.5)) for w, count in frequency.items()}


def _share(a: Figure, b: Figure, weights: Mapping[str, float]) -> float:
    """Return how much of the words around two figures both have; nought where too few are shared."""
    shared = a.words & b.words
    if len(shared) < LEAST_SHARED:
        return 0.0
    return sum(weights[w] for w in shared) / max(sum(weights[w] for w in a.words | b.words), 1e-6)


def _update(a: Figure, b: Figure) -> bool:
    """Tell whether the later of two reports counts more of what its day may have added to."""
    if not a.published or not b.published or a.published == b.published or a.quantity.kind != "count":
        return False
    earlier, later = sorted((a, b), key=lambda f: f.published)
    return _bounds(later.quantity)[0] > _bounds(earlier.quantity)[1]
