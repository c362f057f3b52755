"""Which time stands with a statement's own cue: "Orr said on Monday", "according to a note dated 3 May"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import SaidOn, Span, Statement, TimeExpression

REACH = 220
"""Characters between a cue and the time that stands with it."""
NOUN_REACH = 12
"""The same where the cue is a noun: "Monday's claim that …"; what else the sentence dates is another's act."""
BEHIND = 40
"""Characters between told words and a time behind them that still is the cue's: "called it “a farce” on Tuesday"."""
OPENING = 25
"""Characters from the start of a sentence within which a time stands at its head."""
NOT_THEN = re.compile(
    r"(?:\b(?:since|until|till|by|from|before|for|through|between|to|of|than|and|or|’s|'s|ahead\s+of|prior\s+to|starting"
    r"|beginning|scheduled|expected|due|set|held|dated|obtained|reviewed|seen|effective)\s+(?:the\s+|a\s+|next\s+)?|[-–/$]\s?)\Z",
    re.IGNORECASE,
)
"""Words before a time that make it no time of saying: "since Monday", "for Thursday"."""
_MADE = re.compile(r"\b(?:dated|released|issued|published|posted|sent|filed|signed)\s+(?:on\s+)?\Z", re.IGNORECASE)
"""Words between a document and the day on which it was made."""
_YEAR_IN = re.compile(r"\b(?:in|during|back\s+in|early\s+in|late\s+in)\s+(?:the\s+)?\Z", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:who|whom|which|whose|that|when|where|while|because|since|until|if|as|though|although|but)\b|[;:—–(]"
)
"""What opens another clause."""
_OF_THAT_TIME = re.compile(r"\A,?\s+when\b|\b(?:in|at|during|on)\s+which\b")
"""What opens a clause of the same time: "on Tuesday, when Orr denied it"."""
_IN_WHICH = re.compile(r"\b(?:in|at|during|on)\s+which\b")
_AHEAD = re.compile(
    r"\b(?:will|would|plans?|planned|intends?|expected|scheduled|set|due|prepar\w+|going|to)\b", re.IGNORECASE
)
_NAMED = re.compile(r"[“\"‘'](?:[A-Z][\w.’'-]*\s+|the\s+|of\s+|with\s+|on\s+){0,5}\Z")
"""A name in quotation marks up to a day in it: "on “Fox News Sunday”"."""
POSSESSIVE = frozenset(["'s", "’s", "s'", "s’"])
"""What stands behind somebody or a day to which something belongs."""


class ClauseTimes:
    """The times of one article that stand with the cues of its statements."""

    def __init__(
        self,
        text: str,
        segments: Segments,
        statements: Sequence[Statement],
        times: Sequence[TimeExpression],
        published: date | None,
    ) -> None:
        self._text, self._segments, self._published = text, segments, published
        self._times = times
        self._starts = [t.start for t in times]
        self._told = sorted(span for s in statements for span in s.content)
        self._told_starts = [span.start for span in self._told]
        self._by_id = {s.id: s for s in statements}
        self._children: dict[str, list[Statement]] = defaultdict(list)
        for s in statements:
            if s.parent:
                self._children[s.parent].append(s)

    def of(self, s: Statement) -> SaidOn | None:
        """Return when a statement was made, as the time beside its cue tells."""
        if s.cue is None:
            return None
        sentence = self._segments.sentences[self._segments.sentence_at(s.cue.start)]
        low = bisect_left(self._starts, max(sentence.start, s.cue.start - 2 * REACH))
        high = bisect_left(self._starts, min(sentence.end, s.cue.end + 2 * REACH))
        reach = NOUN_REACH if is_noun(self._text, s) else REACH
        near = [(far, t) for t in self._times[low:high] if (far := self._apart(s, t, sentence)) <= reach]
        if not near:
            return None
        time = min(near, key=lambda each: each[0])[1]
        by_occasion = s.occasion is not None and span_of(time).overlaps(s.occasion)
        return SaidOn(time.value, time.from_, time.to, "occasion" if by_occasion else "clause", span_of(time))

    def _apart(self, s: Statement, t: TimeExpression, sentence: Span) -> int:
        """Return how far a time is from the cue; more than :data:`REACH` where it does not stand with it."""
        assert s.cue is not None
        never = REACH + 1
        span = span_of(t)
        if not self._can_be(s, t) or any(span.overlaps(c) for c in s.content):
            return never
        if t.end <= s.cue.start:
            between = self._text[t.end : s.cue.start]
            if s.source and s.source.end <= t.start and _CLAUSE.search(self._text, s.source.end, t.start):
                return never  # "Orr, who lost in 2016, said"
            if t.start - sentence.start <= OPENING:
                # "At a July 10 meeting, Lind said, Orr told them …": the day is that of Orr's telling.
                other = any(c.cue and c.act == "speech" and c.cue in sentence for c in self._children[s.id])
                return never if other else len(between)
            return len(between) if not _CLAUSE.search(_OF_THAT_TIME.sub("", between)) else never
        between = self._text[s.cue.end : t.start]
        for c in s.content:
            if s.cue.end <= c.start and c.end <= t.start:
                gap = self._text[c.end : t.start]
                return len(gap) if len(gap) <= BEHIND and not _CLAUSE.search(gap) else never
        return len(between) if not _CLAUSE.search(between) else never

    def _can_be(self, s: Statement, t: TimeExpression) -> bool:
        """Tell whether a time may be one of saying at all."""
        span, before = span_of(t), self._text[max(0, t.start - 24) : t.start]
        if self._segments.quoted[t.start] and not (
            (s.occasion and span.overlaps(s.occasion)) or _NAMED.search(self._text[max(0, t.start - 40) : t.start])
        ):
            return False
        if s.source is not None and span in s.source and _CLAUSE.search(self._text, s.source.start, t.start):
            return False  # "Orr, who lost in 2016, said"
        parent = self._by_id.get(s.parent or "")
        in_which = s.cue is not None and _IN_WHICH.search(self._text, t.end, max(t.end, s.cue.start))
        if parent is None and not in_which and self.is_told(span, s.cue):
            return False
        if len(t.value) == 4 and not _YEAR_IN.search(before):
            return False
        if self._text[t.end : t.end + 2] in POSSESSIVE:
            return False
        if s.source is not None and span in s.source and not self._dates_source(s.source, t, before):
            return False
        if NOT_THEN.search(before) and not _MADE.search(before):
            return False
        return self._is_past(t) or self._is_ahead(s)

    def _dates_source(self, source: Span, t: TimeExpression, before: str) -> bool:
        """Tell whether a time within a source dates it: "a note dated 3 May", "a Monday statement"; not "the minutes of
        a call on Monday".
        """
        rest = self._text[t.end : source.end].strip()
        return _MADE.search(before) is not None or rest[:1].isalpha()

    def is_told(self, span: Span, cue: Span | None = None) -> bool:
        """Tell whether a span is in told words; not in those that tell of the cue's own saying too."""
        i = bisect_left(self._told_starts, span.start + 1)
        near = self._told[max(0, i - 8) : i]
        return any(span in told and (cue is None or cue not in told) for told in near)

    def _is_past(self, t: TimeExpression) -> bool:
        return self._published is None or (t.from_ or "") <= self._published.isoformat()

    def _is_ahead(self, s: Statement) -> bool:
        """Tell whether the cue speaks of a saying to come."""
        return s.cue is not None and _AHEAD.search(self._text[max(0, s.cue.start - 30) : s.cue.end]) is not None


def is_noun(text: str, s: Statement) -> bool:
    """Tell whether a statement's cue is a noun: "an assertion by", "his threat"."""
    words = s.cue.of(text).lower().split() if s.cue else []
    if len(words) > 1 and words[-1] in word_list("prepositions"):
        words.pop()
    return bool(words) and words[0] not in ("in", "according") and words[-1] in word_list("speech_nouns")


def span_of(t: TimeExpression) -> Span:
    """Return the span of a time."""
    return Span(t.start, t.end)
