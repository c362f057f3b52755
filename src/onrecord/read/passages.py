"""Dated passages: what a report tells in its own words to have happened, or to be going to happen, and when."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Actor, Passage, Period, Span, Statement, TimeExpression

LEAST_WORDS = 5
"""Words that a passage has at least: fewer tell nothing that happened."""
_IN_A_YEAR = re.compile(
    r"\b(?:in|since|during|until|by|from|between|to|through)\s+(?:the\s+|early\s+|late\s+)?\Z", re.IGNORECASE
)
_CLAUSE = re.compile(r"\s+(?:when|while|after|before|as|since|where|who|which|because|although|though)\s")
_MARKS = ',;:.—–-“”"’)('
_EDGES = " \t\n,;:—–-"


def passages(
    text: str,
    segments: Segments,
    statements: Sequence[Statement],
    cast: Sequence[Actor],
    times: Sequence[TimeExpression],
    periods: Sequence[Period],
) -> list[Passage]:
    """Return the stretches of narration that a time dates, in order, each with its first time.

    A stretch is what is left of a sentence without told words, their cues and their sources. A time that dates a saying
    dates nothing else.
    """
    told = _Told(text, statements)
    mentions = sorted((m, a.id) for a in cast for m in a.mentions)
    starts = [m.start for m, _ in mentions]
    out: list[Passage] = []
    end = 0
    for i, time in enumerate(times):
        if time.start < end or Span(time.start, time.end) in told.days or not _dates(text, time):
            continue
        sentence = segments.sentences[segments.sentence_at(time.start)]
        span = _trimmed(text, told.free(sentence, time))
        if span is None or segments.quoted[time.start] or not _tells(text, span, sentence):
            continue
        end = span.end
        within = mentions[bisect_left(starts, span.start) : bisect_right(starts, span.end)]
        actors = dict.fromkeys(actor for mention, actor in within if mention.end <= span.end)
        first, last = _bounds(time, i, periods)
        out.append(Passage(span.start, span.end, i, time.value, first, last, tuple(actors)))
    return out


def _tells(text: str, span: Span, sentence: Span) -> bool:
    """Tell whether a stretch tells something: it is long enough, and no more than a noun with what belongs to it."""
    words = span.of(text).split()
    dateline = _DATELINE.match(text, sentence.start, sentence.end)
    first = dateline.end() if dateline else sentence.start
    apposition = span.start > first + 2 and words[:1] and words[0].lower() in word_list("determiners")
    return len(words) >= LEAST_WORDS and not apposition


def _dates(text: str, time: TimeExpression) -> bool:
    """Tell whether a time may date what its sentence tells: "in 2014", not "the 2020 budget"; nothing without a day."""
    if time.type not in ("DATE", "TIME") or time.value.endswith("_REF") or time.from_ is None:
        return False
    bare_year = len(time.value) == 4 and text[time.start : time.end].isdecimal()
    return not bare_year or _IN_A_YEAR.search(text, max(0, time.start - 20), time.start) is not None


def _bounds(time: TimeExpression, i: int, periods: Sequence[Period]) -> tuple[str | None, str | None]:
    """Return the days of the period that a time bounds, else its own."""
    period = next((p for p in periods if i in p.times and p.relation in ("range", "since")), None)
    return (period.from_, period.to) if period else (time.from_, time.to)


class _Told:
    """What is told words or tells of a saying."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        self._text = text
        spans = {span for s in statements for span in (*s.content, s.cue, s.source) if span is not None}
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self.days = {s.said_on.span for s in statements if s.said_on and s.said_on.span and _beside_cue(s)}

    def free(self, sentence: Span, time: TimeExpression) -> Span | None:
        """Return the stretch of a sentence around a time that nothing told touches; ``None`` where the time is told."""
        start, end = sentence.start, sentence.end
        low = bisect_left(self._starts, sentence.start)
        for span in (
            *self._spans[max(0, low - 20) : low],
            *self._spans[low : bisect_right(self._starts, sentence.end)],
        ):
            if span.start < time.end and time.start < span.end:
                return None
            if span.end <= time.start:
                start = max(start, span.end)
            else:
                end = min(end, span.start)
        whole = self._edge(start, sentence.start) and self._edge(end, sentence.end)
        return Span(start, end) if whole else None

    def _edge(self, at: int, of_sentence: int) -> bool:
        """Tell whether a stretch may begin or end at an offset: with its sentence, beside a mark, with a clause."""
        around = self._text[max(0, at - 2) : at + 2]
        return at == of_sentence or any(m in around for m in _MARKS) or _CLAUSE.match(self._text, at) is not None


def _beside_cue(s: Statement) -> bool:
    """Tell whether a statement's day stands with its own cue, not with somebody's doing elsewhere in the text."""
    said = s.said_on
    if said is None or said.span is None:
        return False
    return said.by == "clause" or (s.occasion is not None and said.span.overlaps(s.occasion))


_DATELINE = re.compile(
    r"[A-Z][A-Z .,/’'-]{2,40}(?:\([\w /.-]{2,30}\)\s*)?[—–-]+\s+|\([A-Z][\w /.-]{1,30}\)\s*[—–-]+\s+"
)
"""A place in capitals and a dash, before the first words of a report."""


def _trimmed(text: str, span: Span | None) -> Span | None:
    """Return a stretch without the marks at its edges and without a dateline."""
    if span is None:
        return None
    dateline = _DATELINE.match(text, span.start, span.end)
    start, end = dateline.end() if dateline else span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)
