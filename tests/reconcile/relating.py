"""Small stories for what relates utterances, and a network of pairs that says what it is told to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from onrecord.read.segments import Segments
from onrecord.reconcile.issues import Phrase, Topic
from onrecord.reconcile.pairs import CONFLICTS, STANCES, Chances, Passage
from onrecord.reconcile.tellings import tellings
from onrecord.reconcile.units import Unit, units
from onrecord.reconcile.usage import use_of
from onrecord.reconcile.utterances import utterances
from onrecord.records import (
    ArticleSpan,
    MadeBy,
    Reading,
    Span,
    StoryActor,
    StoryStatement,
    Utterance,
    text_hash,
)


class Saying:
    """A statement to be: who, the cue, the words; ``lead`` stands before the speaker, ``end`` behind the words: with
    another than a full stop, the next statement goes on in the same sentence.
    """

    def __init__(
        self, key: str, speaker: str, cue: str, words: str, lead: str = "", end: str = ".", **fields: object
    ) -> None:
        self.key, self.speaker, self.cue, self.words, self.fields = key, speaker, cue, words, fields
        self.lead, self.end = lead, end


def report(
    key: str, *said: Saying, published: str | None = None, narration: str = ""
) -> tuple[Reading, list[StoryStatement]]:
    """Make a report of sayings, each a sentence "Speaker cue words."."""
    text, statements = narration, []
    for s in said:
        text += "\n" if text and text.endswith((".", narration or ".")) else ""
        start = len(text) + len(s.lead)
        text += f"{s.lead}{s.speaker} {s.cue} {s.words}{s.end}"
        cue = start + len(s.speaker) + 1
        content = cue + len(s.cue) + 1
        fields = {"act": "speech", "kind": "indirect", "stance": "asserts", "anonymous": False, **s.fields}
        statements.append(
            StoryStatement(
                id=s.key,
                article=key,
                speaker=s.speaker,
                source=Span(start, start + len(s.speaker)),
                cue=Span(cue, cue + len(s.cue)),
                content=(Span(content, content + len(s.words)),),
                **fields,
            )
        )
    made = Reading("onrecord/1", MadeBy("0", "w"), key, text_hash(text), text, published=published, statements=())
    return made, statements


class Told:
    """A story of reports with its units."""

    def __init__(
        self, *reports: tuple[Reading, list[StoryStatement]], actors: Sequence[StoryActor] | None = None
    ) -> None:
        self.readings = [r for r, _ in reports]
        self.statements = [s for _, told in reports for s in told]
        named = dict.fromkeys(s.speaker for s in self.statements if s.speaker)
        self.actors = list(actors) if actors is not None else [self._actor(n) for n in named]
        self.segments = {r.id: Segments(r.text) for r in self.readings}
        found = tellings(self.readings, self.statements)
        self.said: tuple[Utterance, ...] = utterances(self.readings, self.statements, self.actors, found=found)
        self.units: list[Unit] = units(self.said, self.actors, found, self.segments)

    def _actor(self, name: str) -> StoryActor:
        return StoryActor(id=name, name=name, kind="person", mentions=tuple(self.places(name)))

    def places(self, words: str) -> list[ArticleSpan]:
        """Return where the reports have these words."""
        found = []
        for r in self.readings:
            at = r.text.find(words)
            while at >= 0:
                found.append(ArticleSpan(r.id, at, at + len(words)))
                at = r.text.find(words, at + 1)
        return found

    def topic(self, words: str, chance: float = 0.5) -> Topic:
        """Return a phrase as a topic, with the statements that have it."""
        phrase = Phrase(tuple(words.split()))
        phrase.forms[words] = 1
        phrase.places = self.places(words)
        texts = {r.id: r.text for r in self.readings}
        phrase.uses = [use_of(texts[p.article], p.start, p.end) for p in phrase.places]
        for s in self.statements:
            text = next(r.text for r in self.readings if r.id == s.article)
            if any(words in c.of(text) for c in s.content):
                phrase.statements[s.id] = None
        return Topic([phrase], chance)

    def words(self, span: ArticleSpan | None) -> str | None:
        """Return the words of a span."""
        return next(r.text[span.start : span.end] for r in self.readings if r.id == span.article) if span else None


def one_report(*told: tuple[str, str]) -> Told:
    """Return the story of one report, "a", of what each speaker "said", as statements "a1", "a2" and so on."""
    return Told(report("a", *(Saying(f"a{n}", who, "said", words) for n, (who, words) in enumerate(told, start=1))))


def alike(told: Told, *groups: set[str]) -> Told:
    """Give the statements of each group one meaning, unlike that of the other groups."""
    for t in (t for u in told.units for t in u.tellings):
        of = [t.statement.id in group for group in groups]
        t.vectors, t.lengths = np.array([of], np.float32), np.ones(1, np.float32)
        t.__dict__.pop("meaning", None)  # where it was asked for already
    return told


class Oracle:
    """Networks of pairs that answer by rule: ``stance`` takes both texts and returns a label, ``passage`` takes a
    passage; ``asked`` are the stances that they were asked for.
    """

    def __init__(
        self,
        stance: Callable[[str, str], str] = lambda a, b: "none",
        passage: Callable[[Passage], str] = lambda p: "none",
    ) -> None:
        self.stance, self.passage = stance, passage
        self.asked: list[tuple[str, str]] = []
        self.sure = 0.98

    def passages(self, asked: Sequence[Passage]) -> Chances:
        return np.array([_sure(CONFLICTS, self.passage(p)) for p in asked]).reshape(len(asked), 3)

    def stances(self, asked: Sequence[tuple[str, str]]) -> Chances:
        self.asked += asked
        return np.array([_sure(STANCES, self.stance(a, b), self.sure) for a, b in asked]).reshape(len(asked), 4)


def _sure(labels: Sequence[str], right: str, sure: float = 0.98) -> list[float]:
    return [sure if label == right else (1 - sure) / (len(labels) - 1) for label in labels]
