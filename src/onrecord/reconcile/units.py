"""Utterances made ready to be related: the words to go by, who speaks and for whom, whom the words mention."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.read.segments import Segments
from onrecord.reconcile.conditions import Condition, conditions_of
from onrecord.reconcile.pairs import as_told
from onrecord.reconcile.parties import parties
from onrecord.reconcile.sets import DisjointSets
from onrecord.reconcile.tellings import Telling
from onrecord.reconcile.usage import owns
from onrecord.reconcile.wording import words_of
from onrecord.records import Span, StoryActor, StoryStatement, Utterance

SAME_CONDITION = 0.6
"""Share of the shorter condition's words that two tellings of one condition have in common."""


@dataclass(frozen=True)
class Mentioned:
    """Where an article mentions an actor."""

    start: int
    end: int
    actor: str


@dataclass(eq=False)
class Unit:
    """An utterance with the telling that has its fullest words, as the network of pairs reads it.

    ``name`` is the speaker's; ``principals`` are the speaker and whom the speaker speaks for; ``camp`` stands for all
    who speak for each other with the speaker; ``party`` is the speaker's, where a report tells; ``inner_speakers``
    speak in statements told within it; ``mentioned`` are those whom the words of any telling mention, in the order in
    which the fullest does.
    """

    utterance: Utterance
    telling: Telling
    tellings: list[Telling]
    as_told: str
    name: str | None
    principals: frozenset[str]
    camp: str | None
    party: str | None
    inner_speakers: frozenset[str]
    mentioned: dict[str, None]
    segments: Mapping[str, Segments]
    places: Mapping[str, Sequence[Mentioned]]

    @property
    def id(self) -> str:
        """The utterance's id."""
        return self.utterance.id

    @property
    def speaker(self) -> str | None:
        """Who speaks."""
        return self.utterance.speaker

    @property
    def statement(self) -> StoryStatement:
        """The statement of the fullest words."""
        return self.telling.statement

    @cached_property
    def denies(self) -> bool:
        """Whether any telling calls it a denial."""
        return any(t.statement.stance == "denies" for t in self.tellings)

    @cached_property
    def conditions(self) -> list[Condition]:
        """The conditions that the fullest words name."""
        return conditions_of(self.statement, self.segments[self.statement.article], self.telling.text)

    @cached_property
    def all_conditions(self) -> list[tuple[StoryStatement, Condition]]:
        """The conditions that any telling names, in other words than one before, with the statement that does."""
        out: list[tuple[StoryStatement, Condition]] = []
        known: list[frozenset[str]] = []
        for t in self.tellings:
            for c in conditions_of(t.statement, self.segments[t.statement.article], t.text):
                words = frozenset(w.base for w in words_of(t.text, [c.span]))
                if not any(len(words & other) >= SAME_CONDITION * min(len(words), len(other)) for other in known):
                    known.append(words)
                    out.append((t.statement, c))
        return out

    def opens_with(self, s: StoryStatement, place: Span) -> str | None:
        """Return the actor whom a sentence of one of its statements mentions first, if before a place in it."""
        sentence = self.sentence(s.article, place)
        places = self.places[s.article]
        for m in places[bisect_left(places, sentence.start, key=lambda m: m.start) :]:
            if m.start >= place.start:
                break
            if any(c.start <= m.start and m.end <= c.end for c in s.content):
                return m.actor
        return None

    def only_owns(self, actor: str) -> bool:
        """Tell whether the fullest words name an actor only as the owner of something ("the ministry's plan"), a side
        that it takes left out ("the ministry's refusal").
        """
        text = self.segments[self.statement.article].text
        ends = [m.end for m in self.mentions(actor)]
        return bool(ends) and all(owns(text, end) for end in ends)

    def has(self, start: int, end: int) -> bool:
        """Tell whether a place of their article is in the fullest words."""
        return any(c.start <= start and end <= c.end for c in self.statement.content)

    def mentions(self, actor: str) -> list[Mentioned]:
        """Return where the fullest words mention an actor."""
        return [m for m in self.places[self.statement.article] if m.actor == actor and self.has(m.start, m.end)]

    def sentence(self, article: str, place: Span) -> Span:
        """Return the sentence of an article that a place stands in."""
        segments = self.segments[article]
        return segments.sentences[segments.sentence_at(place.start)]


def units(
    said: Sequence[Utterance],
    actors: Sequence[StoryActor],
    found: Mapping[str, Telling],
    segments: Mapping[str, Segments],
) -> list[Unit]:
    """Return the utterances that have words, in their order; ``found`` are the story's tellings, ``segments`` the
    sentences of each article.
    """
    by_id = {a.id: a for a in actors}
    camps = camps_of(actors)
    party = parties(actors, {article: s.text for article, s in segments.items()})
    places = _places(actors)
    inner: dict[str, set[str]] = defaultdict(set)
    for t in found.values():
        if t.statement.parent and t.statement.speaker:
            inner[t.statement.parent].add(t.statement.speaker)
    out = []
    for u in said:
        if u.fullest not in found:
            continue
        telling = found[u.fullest]
        told = [telling, *(found[k] for k in u.statements if k in found and k != u.fullest)]
        speaker = by_id.get(u.speaker or "")
        name = speaker.name if speaker else None
        principals = {speaker.id, *(link.actor for link in speaker.speaks_for)} if speaker else set()
        out.append(
            Unit(
                utterance=u,
                telling=telling,
                tellings=told,
                as_told=as_told(telling.statement, telling.text, name),
                name=name,
                principals=frozenset(principals),
                camp=camps.get(u.speaker or ""),
                party=party.get(u.speaker or ""),
                inner_speakers=frozenset(a for t in told for a in inner[t.statement.id]),
                mentioned=dict.fromkeys(a for t in told for a in _within(t.statement, places[t.statement.article])),
                segments=segments,
                places=places,
            )
        )
    return out


def by_article(told: Sequence[Unit]) -> Iterator[list[tuple[Telling, int]]]:
    """Yield the tellings of each article, with the numbers of their utterances, by where their content begins."""
    found: dict[str, list[tuple[Telling, int]]] = defaultdict(list)
    for n, u in enumerate(told):
        for t in u.tellings:
            found[t.statement.article].append((t, n))
    for tellings in found.values():
        yield sorted(tellings, key=lambda each: (each[0].statement.content[0].start, each[1]))


def camps_of(actors: Sequence[StoryActor]) -> dict[str, str]:
    """Return, for each actor, the one that stands for all who speak for each other with it."""
    sets = DisjointSets([a.id for a in actors])
    known = {a.id for a in actors}
    for a in actors:
        for link in a.speaks_for:
            if link.actor in known:
                sets.join(a.id, link.actor)
    return {a.id: sets.find(a.id) for a in actors}


def _places(actors: Iterable[StoryActor]) -> dict[str, list[Mentioned]]:
    """Return where each article mentions actors, in order."""
    out: dict[str, list[Mentioned]] = defaultdict(list)
    for a in actors:
        for m in a.mentions:
            out[m.article].append(Mentioned(m.start, m.end, a.id))
    for found in out.values():
        found.sort(key=lambda m: (m.start, -m.end, m.actor))
    return out


def _within(s: StoryStatement, places: Sequence[Mentioned]) -> Iterable[str]:
    """Yield the actors whom the content of a statement mentions."""
    for c in s.content:
        for m in places[bisect_left(places, c.start, key=lambda m: m.start) :]:
            if m.start >= c.end:
                break
            if m.end <= c.end:
                yield m.actor
