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

from onrecord.read.clause_times import NOT_THEN, OPENING, POSSESSIVE, REACH, ClauseTimes, is_noun, span_of
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Actor, Quantity, SaidOn, Span, Statement, TimeExpression

RECENT = timedelta(8)
"""How long before publication a day still is the day of the news, not of its background."""
LEAD = 3
"""Sentences of a lead."""
_STANDING = re.compile(
    r"\b(?:has|have|had|’ve|'ve|often|repeatedly|previously|earlier|always|never|long|once|routinely|regularly|frequently"
    r"|consistently|usually)\b",
    re.IGNORECASE,
)


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
        self._clauses = ClauseTimes(text, segments, statements, self._times, published)
        self._own = {s.id: self._clauses.of(s) for s in statements}
        self._sequence = sorted((s for s in statements if s.parent is None), key=_place)
        self._at = {s.id: i for i, s in enumerate(self._sequence)}
        mentions = ((m, a) for a in cast for m in a.mentions if text[m.end : m.end + 2] not in POSSESSIVE)
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
        found = _programmes().search(self._text, sentence.start, min(sentence.end, s.cue.end + REACH))
        if found is None or any(found.start() in range(c.start, c.end) for c in s.content):
            return None
        weekday = _weekday_of(found[0].lower())
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
        if is_noun(self._text, s):
            return True
        cue = s.cue.of(self._text)
        sentence = self._sentence(s.cue)
        source = s.source.end if s.source and sentence.start <= s.source.end <= s.cue.start else s.cue.start
        start = sentence.start if cue.endswith("ing") else source
        return _STANDING.search(self._text, start, s.cue.end) is not None

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
        openers = [(m.start, a.id) for m, a in self._subjects if not self._clauses.is_told(m)]
        starts = [start for start, _ in openers]
        said = {own.span for own in self._own.values() if own}
        out: dict[str, list[SaidOn]] = defaultdict(list)
        for t in self._times:
            if (
                self._published is None
                or not self._is_day_of_news(t)
                or self._clauses.is_told(span_of(t))
                or span_of(t) in said
            ):
                continue
            sentence = self._sentence(span_of(t))
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
        return not self._segments.quoted[t.start] and not NOT_THEN.search(before)

    def _occasion_days(self, cast: Sequence[Actor]) -> dict[tuple[str, str], SaidOn]:
        """Return the days of occasions that a sentence dates, by noun and by whom the sentence mentions: "Orr's Tuesday
        morning tweet", "Orr testified on Tuesday".
        """
        mentions = sorted((m.start, a.id) for a in cast for m in a.mentions)
        starts = [start for start, _ in mentions]
        out: dict[tuple[str, str], SaidOn] = {}
        for t in self._times:
            if self._published is None or not self._is_day_of_news(t):
                continue
            sentence = self._sentence(span_of(t))
            near = Span(max(sentence.start, t.start - 40), min(sentence.end, t.end + 25)).of(self._text).lower()
            nouns = [noun for stem, noun in _OCCASIONS if re.search(rf"\b{stem}", near)]
            if nouns:
                low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
                actors = dict.fromkeys(actor for _, actor in mentions[low:high])
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
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


def _weekday_of(programme: str) -> int:
    return next(int(line.split("=")[1]) for line in word_list("programmes") if line.split("=")[0] == programme)


_LASTING = frozenset(
    ["constitution", "law", "laws", "act", "amendment", "treaty", "charter", "code", "bible", "scripture"]
)
"""Documents that are older than any news of them."""
_DEFINITE = frozenset(["the", "this", "that", "its", "his", "her", "their", "it"])


def _said(t: TimeExpression, by: Literal["clause", "occasion"]) -> SaidOn:
    return SaidOn(t.value, t.from_, t.to, by, span_of(t))


def _place(s: Statement) -> tuple[int, int]:
    starts = [span.start for span in (s.source, s.cue, *s.content) if span is not None]
    return (min(starts), s.cue.start if s.cue else 0) if starts else (0, 0)
