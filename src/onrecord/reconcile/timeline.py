"""The timeline of a story: what was said on which day, and what the reports tell in their own words to have happened.

Passages of different reports are one event where they give the same days and share names and words for what was done,
or are the same words; nothing else joins them, and two passages of one report never are one event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.read.words import word_list
from onrecord.reconcile.wording import words_of
from onrecord.records import ArticleSpan, Passage, Reading, Span, StoryStatement, TimelineEntry, Utterance, make_id

UNDATED = "XXXX-XX-XX"
"""The value of an entry whose day no report gives."""
SHARED = 4
"""Names and words that two passages of one day share when they tell of one event, at least one of each. Chosen on the
example story and the annotated stories that rules are tuned on: with three, two acts of one person on one day are one.
"""
SHARED_LONG = 6
"""The same where the passages give no day but a month or a year, in which more happens."""
REPRINTED = 5
"""Words of a passage that, standing in another report in the same order and with the same days, make the two one event:
agency copy tells it. Shorter ones ("on Monday night") may be anybody's.
"""
TRIED = 12
"""Events of a day with which a passage is compared: it bounds the time on a thousand reports of one day."""
LEAST_LETTERS = 4
"""Letters of a word that says what was done; shorter ones are mostly of no meaning of their own."""
STEM = 5
"""Letters by which words are compared: "imposed", "imposing"."""


def timeline(
    readings: Sequence[Reading],
    story_wide: Mapping[tuple[str, str], str],
    statements: Sequence[StoryStatement],
    utterances: Sequence[Utterance],
) -> tuple[TimelineEntry, ...]:
    """Return the entries in the order of their days; those without a day at the end, in the order of publication.

    ``story_wide`` gives the story-wide actor of an article's actor, by the ids of both.
    """
    ordered = sorted(readings, key=lambda r: (r.published or "", r.sha256, r.id))
    order = {r.id: i for i, r in enumerate(ordered)}
    published = {r.id: (r.published or "")[:10] for r in readings}
    told = {s.id: s for s in statements}
    starts = {s.id: min(span.start for span in (s.cue, s.source, *s.content) if span) for s in statements}
    spots = {s.id: (order[s.article], starts[s.id]) for s in statements}
    entries = [*_said(told, spots, utterances, published), *_events(ordered, story_wide, published)]

    def place(e: TimelineEntry) -> tuple[int, int]:
        return min([*(spots[i] for i in e.statements), *((order[p.article], p.start) for p in e.passages)])

    return tuple(sorted(entries, key=lambda e: (e.from_ is None, e.from_ or "", e.to or "", e.kind, *place(e), e.id)))


def _said(
    told: Mapping[str, StoryStatement],
    spots: Mapping[str, tuple[int, int]],
    utterances: Sequence[Utterance],
    published: Mapping[str, str],
) -> Iterator[TimelineEntry]:
    """Return one entry for an utterance, or one for each day that its reports give."""
    for u in utterances:
        days: dict[tuple[str, str | None, str | None], list[StoryStatement]] = defaultdict(list)
        undated = []
        for s in (told[i] for i in sorted(u.statements, key=lambda i: (spots[i], i))):
            if s.said_on is None or s.said_on.by == "report":
                undated.append(s)
            else:
                days[s.said_on.value, s.said_on.from_, s.said_on.to].append(s)
        if len(days) == 1:
            next(iter(days.values())).extend(undated)  # one act of saying: its day holds for every report of it
        elif undated:
            days[UNDATED, None, None] = undated
        for (value, first, last), group in days.items():
            ahead = all(published[s.article] and (first or "") > published[s.article] for s in group)
            ids = tuple(sorted((s.id for s in group), key=lambda i: (spots[i], i)))
            yield TimelineEntry(make_id("t", u.id, value), value, first, last, "statement", ids, (), bool(ahead))


@dataclass(eq=False)
class _Event:
    """An event: the passages that tell of it, and what the first of them names and says."""

    passages: list[tuple[Reading, Passage]]
    names: frozenset[str]
    words: frozenset[str]
    articles: set[str]

    def is_told_by(self, names: frozenset[str], words: frozenset[str]) -> bool:
        """Tell whether another passage of the same days, with these names and words, tells of it."""
        both_names, both = self.names & names, (self.names | self.words) & (names | words)
        first = self.passages[0][1]
        least = SHARED if (first.from_ or "")[:10] == (first.to or "")[:10] else SHARED_LONG
        return bool(both_names) and len(both) >= max(least, len(both_names) + 1)


def _events(
    readings: Sequence[Reading], story_wide: Mapping[tuple[str, str], str], published: Mapping[str, str]
) -> Iterator[TimelineEntry]:
    """Return one entry for an event, with every passage that tells of it."""
    events: list[_Event] = []
    by_name: dict[tuple[str | None, str | None, str | tuple[str, ...]], list[_Event]] = defaultdict(list)
    for reading in readings:
        for passage in reading.passages:
            names, words = _names_and_words(reading, passage, story_wide)
            keys = [(passage.from_, passage.to, name) for name in sorted(names)]
            text = tuple(word.folded for word in words_of(reading.text, (Span(passage.start, passage.end),)))
            same = (passage.from_, passage.to, text)
            event = next((e for e in by_name[same] if reading.id not in e.articles), None)
            if event is None:
                near = islice((e for key in keys for e in by_name[key] if reading.id not in e.articles), TRIED)
                event = next((e for e in near if e.is_told_by(names, words)), None)
            if event is None:
                event = _Event([], names, words, set())
                events.append(event)
                for key in keys:
                    by_name[key].append(event)
            if len(text) >= REPRINTED and event not in by_name[same]:
                by_name[same].append(event)
            event.passages.append((reading, passage))
            event.articles.add(reading.id)
    for event in events:
        first = event.passages[0][1]
        spans = tuple(ArticleSpan(r.id, p.start, p.end) for r, p in event.passages)
        ahead = all(published[s.article] and (first.from_ or "") > published[s.article] for s in spans)
        identity = make_id("t", first.value, *((r.sha256, p.start, p.end) for r, p in event.passages))
        yield TimelineEntry(identity, first.value, first.from_, first.to, "event", (), spans, bool(ahead))


def _names_and_words(
    reading: Reading, passage: Passage, story_wide: Mapping[tuple[str, str], str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return whom and what a passage names, and the stems of its other words; times and common words left out."""
    names = {story_wide[reading.id, a] for a in passage.actors if (reading.id, a) in story_wide}
    words: set[str] = set()
    for word in words_of(reading.text, (Span(passage.start, passage.end),)):
        short = len(word.folded) < LEAST_LETTERS or not word.folded.isalpha()
        if short or word.folded in word_list("common"):
            continue
        named = reading.text[word.span.start].isupper() and word.span.start > passage.start
        (names if named else words).add(word.folded[:STEM])
    return frozenset(names), frozenset(words)
