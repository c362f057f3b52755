"""When each statement of an article was made, as far as the text tells, and what tells it.

- ``clause``: a time in the cue's own sentence that stands with the cue;
- ``occasion``: the day of the occasion on which the words were said, where the text dates it elsewhere: another
  statement of the same speaker beside it, the speaker's day in this article, the tweet or testimony that another
  sentence dates, the day on which the lead puts those whom it names;
- ``report``: nothing in the text; all that is known is that the report came after. Such a statement has an end and no
  beginning.

What somebody "has often said" has no day, and gets none from others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

from msgspec.structs import replace

from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Actor, Quantity, SaidOn, Span, Statement, TimeExpression

REACH = 220
"""Characters between a cue and the time that stands with it."""
NOUN_REACH = 12
"""The same where the cue is a noun: "Monday's claim that …"; what else the sentence dates is another's act."""
BEHIND = 40
"""Characters between told words and a time behind them that still is the cue's: "called it “a farce” on Tuesday"."""
OPENING = 25
"""Characters from the start of a sentence within which a time stands at its head."""
RECENT = timedelta(8)
"""How long before publication a day still is the day of the news, not of its background."""
LEAD = 3
"""Sentences of a lead."""
_NOT_THEN = re.compile(
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
_STANDING = re.compile(
    r"\b(?:has|have|had|’ve|'ve|often|repeatedly|previously|earlier|always|never|long|once|routinely|regularly|frequently"
    r"|consistently|usually)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|plans?|planned|intends?|expected|scheduled|set|due|prepar\w+|going|to)\b", re.IGNORECASE
)
_NAMED = re.compile(r"[“\"‘'](?:[A-Z][\w.’'-]*\s+|the\s+|of\s+|with\s+|on\s+){0,5}\Z")
"""A name in quotation marks up to a day in it: "on “Fox News Sunday”"."""


def dated(
    text: str,
    segments: Segments,
    statements: Iterable[Statement],
    cast: Sequence[Actor],
    times: Sequence[TimeExpression],
    published: date | None,
) -> list[Statement]:
    """Return statements with when each was made, in their order."""
    told = list(statements)
    days = _Days(text, segments, told, cast, times, published)
    return [replace(s, said_on=days.of(s)) for s in told]


def spoken(statements: Iterable[Statement]) -> list[tuple[Span, date]]:
    """Return the quotations whose day of speaking is known, in order, none within another."""
    found = []
    for s in statements:
        day = s.said_on.from_ if s.said_on and s.said_on.from_ == s.said_on.to else None
        if day and s.kind == "direct" and s.parent is None:
            found += [(span, date.fromisoformat(day[:10])) for span in s.content]
    out: list[tuple[Span, date]] = []
    for span, day_of in sorted(found, key=lambda each: each[0]):
        if not out or out[-1][0].end <= span.start:
            out.append((span, day_of))
    return out


def within(statement: Statement, found: Sequence[TimeExpression] | Sequence[Quantity]) -> tuple[int, ...]:
    """Return the indices of the times or quantities, in order of their starts, that stand in a statement's content."""
    starts = [each.start for each in found]
    out: list[int] = []
    for span in statement.content:
        low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
        out += [i for i in range(low, high) if found[i].end <= span.end]
    return tuple(out)


class _Days:
    """The days of one article's statements."""

    def __init__(
        self,
        text: str,
        segments: Segments,
        statements: Sequence[Statement],
        cast: Sequence[Actor],
        times: Sequence[TimeExpression],
        published: date | None,
    ) -> None:
        self._text, self._segments, self._published = text, segments, published
        self._times = [t for t in times if t.type in ("DATE", "TIME") and not t.value.endswith("_REF")]
        self._starts = [t.start for t in self._times]
        self._told = sorted(span for s in statements for span in s.content)
        self._told_starts = [span.start for span in self._told]
        self._by_id = {s.id: s for s in statements}
        self._children: dict[str, list[Statement]] = defaultdict(list)
        for s in statements:
            if s.parent:
                self._children[s.parent].append(s)
        self._own = {s.id: self._of_clause(s) for s in statements}
        self._sequence = sorted((s for s in statements if s.parent is None), key=_place)
        self._at = {s.id: i for i, s in enumerate(self._sequence)}
        mentions = ((m, a) for a in cast for m in a.mentions if text[m.end : m.end + 2] not in _POSSESSIVE)
        self._subjects = sorted(mentions, key=lambda each: (each[0], each[1].id))
        self._main = self._main_days(cast)
        self._lead = self._lead_days()
        self._occasions = self._occasion_days(cast)
        self._document = self._document_day()
        last = {a.id: a.name.split()[-1].lower() for a in cast}
        self._outlets = {a for a, word in last.items() if word in word_list("outlets")}

    def of(self, s: Statement) -> SaidOn | None:
        """Return when a statement was made."""
        found = self._own[s.id]
        standing = self._standing(s) or s.act != "speech" or bool(s.hedges)
        if found is None and not standing:
            found = self._of_programme(s) or self._of_sentence(s) or self._of_occasion(s) or self._beside(s)
            if found is None and s.speaker and s.parent is None:
                found = self._main.get(s.speaker) or self._lead.get(s.speaker)
            if found is None and self._is_the_document(s) and self._outlets.isdisjoint([s.speaker]):
                found = self._document
        if found is None and self._published is not None:
            day = self._published.isoformat()
            return SaidOn("PAST_REF" if standing else day, None, day, "report")
        return found

    # -- the statement's own sentence -------------------------------------------------------------------------------

    def _of_clause(self, s: Statement) -> SaidOn | None:
        if s.cue is None:
            return None
        sentence = self._sentence(s.cue)
        low = bisect_left(self._starts, max(sentence.start, s.cue.start - 2 * REACH))
        high = bisect_left(self._starts, min(sentence.end, s.cue.end + 2 * REACH))
        reach = NOUN_REACH if self._is_noun(s) else REACH
        near = [(far, t) for t in self._times[low:high] if (far := self._apart(s, t, sentence)) <= reach]
        if not near:
            return None
        time = min(near, key=lambda each: each[0])[1]
        return _said(time, "occasion" if s.occasion and _span(time).overlaps(s.occasion) else "clause")

    def _apart(self, s: Statement, t: TimeExpression, sentence: Span) -> int:
        """Return how far a time is from the cue; more than :data:`REACH` where it does not stand with it."""
        assert s.cue is not None
        never = REACH + 1
        span = _span(t)
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
        span, before = _span(t), self._text[max(0, t.start - 24) : t.start]
        if self._segments.quoted[t.start] and not (
            (s.occasion and span.overlaps(s.occasion)) or _NAMED.search(self._text[max(0, t.start - 40) : t.start])
        ):
            return False
        if s.source is not None and span in s.source and _CLAUSE.search(self._text, s.source.start, t.start):
            return False  # "Orr, who lost in 2016, said"
        parent = self._by_id.get(s.parent or "")
        in_which = s.cue is not None and _IN_WHICH.search(self._text, t.end, max(t.end, s.cue.start))
        if parent is None and not in_which and self._is_told(span, s.cue):
            return False
        if len(t.value) == 4 and not _YEAR_IN.search(before):
            return False
        if self._text[t.end : t.end + 2] in _POSSESSIVE:
            return False
        if s.source is not None and span in s.source and not self._dates_source(s.source, t, before):
            return False
        if _NOT_THEN.search(before) and not _MADE.search(before):
            return False
        return self._is_past(t) or self._is_ahead(s)

    def _dates_source(self, source: Span, t: TimeExpression, before: str) -> bool:
        """Tell whether a time within a source dates it: "a note dated 3 May", "a Monday statement"; not "the minutes of
        a call on Monday".
        """
        rest = self._text[t.end : source.end].strip()
        return _MADE.search(before) is not None or rest[:1].isalpha()

    def _is_told(self, span: Span, cue: Span | None = None) -> bool:
        """Tell whether a span is in told words; not in those that tell of the cue's own saying too."""
        i = bisect_left(self._told_starts, span.start + 1)
        near = self._told[max(0, i - 8) : i]
        return any(span in told and (cue is None or cue not in told) for told in near)

    def _is_past(self, t: TimeExpression) -> bool:
        return self._published is None or (t.from_ or "") <= self._published.isoformat()

    def _is_ahead(self, s: Statement) -> bool:
        """Tell whether the cue speaks of a saying to come."""
        return s.cue is not None and _AHEAD.search(self._text[max(0, s.cue.start - 30) : s.cue.end]) is not None

    # -- elsewhere --------------------------------------------------------------------------------------------------

    def _of_sentence(self, s: Statement) -> SaidOn | None:
        """Return the day of another statement of the same speaker in the same sentence."""
        if s.cue is None or s.speaker is None or s.parent is not None:
            return None
        sentence, at = self._sentence(s.cue), self._at[s.id]
        for i in (*range(at - 1, max(-1, at - 4), -1), *range(at + 1, min(len(self._sequence), at + 4))):
            other = self._sequence[i]
            if other.speaker == s.speaker and other.cue and other.cue in sentence and (own := self._own[other.id]):
                return replace(own, by="occasion")
        return None

    def _of_occasion(self, s: Statement) -> SaidOn | None:
        """Return the day of the tweet, the testimony, the news conference that the words come from."""
        parts = [part.of(self._text) for part in (s.occasion, s.source, s.cue) if part]
        words = " ".join(parts).lower()
        found = (day for (noun, actor), day in self._occasions.items() if actor == s.speaker and noun in words)
        return next(found, None)

    def _of_programme(self, s: Statement) -> SaidOn | None:
        """Return the day of the programme that the cue's sentence names: "on “Meet the Press”" is the last Sunday."""
        if s.cue is None or self._published is None:
            return None
        sentence = self._sentence(s.cue)
        found = _programmes().search(
            self._text.lower() if len(self._text.lower()) == len(self._text) else self._text,
            sentence.start,
            min(sentence.end, s.cue.end + REACH),
        )
        if found is None or any(found.start() in range(c.start, c.end) for c in s.content):
            return None
        weekday = _weekday_of(found[0])
        day = (self._published - timedelta((self._published.isoweekday() - weekday) % 7)).isoformat()
        return SaidOn(day, day, day, "occasion", Span(*found.span()))

    def _document_day(self) -> SaidOn | None:
        """Return the day of the document that the lead tells of, on which what "the document says" was said."""
        first = [s for s in self._sequence[:LEAD] if s.source_kind in ("document", "named") and self._own[s.id]]
        news = [own for s in first if (own := self._own[s.id]) and self._is_news(own)]
        return replace(news[0], by="occasion") if news else None

    def _is_the_document(self, s: Statement) -> bool:
        """Tell whether the source is a document that the text has spoken of before: "the note", "its statement"."""
        if s.source is None or s.source_kind != "document":
            return False
        words = s.source.of(self._text).split()
        return words[0].lower() in _DEFINITE and words[-1].islower() and words[-1] not in _LASTING

    def _beside(self, s: Statement) -> SaidOn | None:
        """Return the day of the same speaker's statement just before, in this paragraph or the one before."""
        if s.parent is not None or s.speaker is None or not self._at[s.id]:
            return None
        before = self._sequence[self._at[s.id] - 1]
        own = self._own[before.id]
        if before.speaker != s.speaker or own is None or (self._is_news(own) and self._standing(before)):
            return None
        apart = self._segments.paragraph_at(_place(s)[0]) - self._segments.paragraph_at(_place(before)[0])
        goes_on = s.source is not None and s.source.of(self._text).lower() in word_list("pronouns")
        main = self._main.get(s.speaker)
        is_main = main is not None and (main.from_ or "")[:10] == (own.from_ or "")[:10]
        return replace(own, by="occasion") if apart <= 1 and (is_main or goes_on) else None

    def _standing(self, s: Statement) -> bool:
        """Tell whether a saying has no one day: "has often said", "his threat"."""
        if s.cue is None or s.occasion is not None:
            return False
        if self._is_noun(s):
            return True
        cue = s.cue.of(self._text)
        sentence = self._sentence(s.cue)
        source = s.source.end if s.source and sentence.start <= s.source.end <= s.cue.start else s.cue.start
        start = sentence.start if cue.endswith("ing") else source
        return _STANDING.search(self._text, start, s.cue.end) is not None

    def _is_noun(self, s: Statement) -> bool:
        """Tell whether a cue is a noun: "an assertion by", "his threat"."""
        words = s.cue.of(self._text).lower().split() if s.cue else []
        if len(words) > 1 and words[-1] in word_list("prepositions"):
            words.pop()
        return bool(words) and words[0] not in ("in", "according") and words[-1] in word_list("speech_nouns")

    def _is_news(self, said: SaidOn) -> bool:
        """Tell whether a saying belongs to the news of the day."""
        if said.from_ is None or said.from_[:10] != (said.to or "")[:10]:
            return False
        return self._published is None or self._is_recent(said.from_)

    def _is_recent(self, day: str) -> bool:
        assert self._published is not None
        return self._published - RECENT <= date.fromisoformat(day[:10]) <= self._published

    def _main_days(self, cast: Sequence[Actor]) -> dict[str, SaidOn]:
        """Return the last day on which each speaker speaks in this article, of those just before publication: their
        own, else one that a sentence about them gives, else that of the body for which they speak.
        """
        days: dict[str, list[SaidOn]] = defaultdict(list)
        for s in self._sequence:
            own = self._own[s.id]
            if own and s.speaker and self._is_news(own):
                days[s.speaker].append(own)
        narrated = self._narrated_days()
        for actor in narrated.keys() - days.keys():
            days[actor] = narrated[actor]
        bodies = {a.id for a in cast if a.kind in ("organisation", "government", "document")}
        for a in cast:
            for other in (link.actor for link in a.speaks_for):
                for one, two in ((a.id, other), (other, a.id)):
                    if one in bodies and two in bodies and one not in days and two in days:
                        days[one] = days[two]
        latest = {speaker: max(said, key=lambda d: d.from_ or "") for speaker, said in days.items()}
        return {speaker: replace(said, by="occasion") for speaker, said in latest.items()}

    def _narrated_days(self) -> dict[str, list[SaidOn]]:
        """Return the days of the news on which sentences that begin with somebody put them."""
        openers = [(m.start, a.id) for m, a in self._subjects if not self._is_told(m)]
        starts = [start for start, _ in openers]
        said = {own.span for own in self._own.values() if own}
        out: dict[str, list[SaidOn]] = defaultdict(list)
        for t in self._times:
            if self._published is None or not self._is_day_of_news(t) or self._is_told(_span(t)) or _span(t) in said:
                continue
            sentence = self._sentence(_span(t))
            i = bisect_left(starts, sentence.start)
            if i < len(openers) and openers[i][0] <= min(sentence.start + OPENING, t.start):
                out[openers[i][1]].append(_said(t, "occasion"))
        return out

    def _lead_days(self) -> dict[str, SaidOn]:
        """Return the day that the lead gives to whom it speaks of: the one whose mention opens the sentence with the
        day or, where that one has no name yet, the one who opens the next.
        """
        lead = self._segments.sentences[:LEAD]
        if not lead or self._published is None:
            return {}
        found = [t for t in self._times if t.start < lead[-1].end and self._is_day_of_news(t)]
        if not found or len({(t.from_ or "")[:10] for t in found}) > 1:
            return {}
        at = next(i for i, sentence in enumerate(lead) if found[0].start < sentence.end)
        for sentence in lead[at : at + 2]:
            opens = next((a for m, a in self._subjects if m in sentence and m.start < sentence.start + 80), None)
            if opens is None:
                break
            if opens.kind != "unnamed":
                return {opens.id: _said(found[0], "occasion")}
        return {}

    def _is_day_of_news(self, t: TimeExpression) -> bool:
        before = self._text[max(0, t.start - 24) : t.start]
        if t.from_ is None or t.from_[:10] != (t.to or "")[:10] or not self._is_recent(t.from_):
            return False
        return not self._segments.quoted[t.start] and not _NOT_THEN.search(before)

    def _occasion_days(self, cast: Sequence[Actor]) -> dict[tuple[str, str], SaidOn]:
        """Return the days of occasions that a sentence dates, by noun and by whom the sentence mentions: "Orr's Tuesday
        morning tweet", "Orr testified on Tuesday".
        """
        out: dict[tuple[str, str], SaidOn] = {}
        for t in self._times:
            if self._published is None or not self._is_day_of_news(t):
                continue
            sentence = self._sentence(_span(t))
            near = Span(max(sentence.start, t.start - 40), min(sentence.end, t.end + 25)).of(self._text).lower()
            nouns = [noun for stem, noun in _OCCASIONS if re.search(rf"\b{stem}", near)]
            if nouns:
                actors = [a.id for a in cast if any(m in sentence for m in a.mentions)]
                out.update({(noun, a): _said(t, "occasion") for noun in nouns for a in actors if (noun, a) not in out})
        return out

    def _sentence(self, span: Span) -> Span:
        return self._segments.sentences[self._segments.sentence_at(span.start)]


_OCCASIONS = (
    ("tweet", "tweet"),
    ("testif", "testimony"),
    ("testimony", "testimony"),
    ("news conference", "news conference"),
    ("press conference", "press conference"),
    ("briefing", "briefing"),
    ("interview", "interview"),
    ("speech", "speech"),
    ("rally", "rally"),
    ("statement", "statement"),
    ("hearing", "hearing"),
)
"""Words that name an occasion beside a day, and the noun that statements from it carry."""


@cache
def _programmes() -> re.Pattern[str]:
    names = sorted((line.split("=")[0] for line in word_list("programmes")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def _weekday_of(programme: str) -> int:
    return next(int(line.split("=")[1]) for line in word_list("programmes") if line.split("=")[0] == programme)


_LASTING = frozenset(
    ["constitution", "law", "laws", "act", "amendment", "treaty", "charter", "code", "bible", "scripture"]
)
"""Documents that are older than any news of them."""
_POSSESSIVE = frozenset(["'s", "’s", "s'", "s’"])
_DEFINITE = frozenset(["the", "this", "that", "its", "his", "her", "their", "it"])


def _span(t: TimeExpression) -> Span:
    return Span(t.start, t.end)


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(span in other for other in others)


def _said(t: TimeExpression, by: Literal["clause", "occasion"]) -> SaidOn:
    return SaidOn(t.value, t.from_, t.to, by, _span(t))


def _place(s: Statement) -> tuple[int, int]:
    starts = [span.start for span in (s.source, s.cue, *s.content) if span is not None]
    return (min(starts), s.cue.start if s.cue else 0) if starts else (0, 0)
