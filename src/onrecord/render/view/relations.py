"""What relates statements and passages: conflicts, positions, sticking points, the timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.records import ArticleSpan, Conflict, NamedCondition, Position, Reason, Story, TimelineEntry
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView, Passage, Passages, cut
from onrecord.render.view.lines import Line
from onrecord.render.view.speakers import Speakers
from onrecord.render.view.utterances import Told, Utterances, UtteranceView
from onrecord.render.view.wording import when

REASONS = {
    "denial": "denied",
    "told": "the claim, told within its denial",
    "negation": "negated on one side",
    "opposites": "words that exclude each other",
    "figures": "different figures",
    "on_behalf": "one side speaks about the other",
    "stances": "opposite stances on one issue",
}
"""What kinds of reasons are called."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    told: tuple[Told, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why a conflict is one: what kind of reason, and the words of either side that make it one."""

    kind: str
    words: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A conflict; ``about`` only where it is a report's own words."""

    record: Conflict
    about: str | None
    sides: tuple[Side, Side]
    why: tuple[ReasonView, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """Where an actor stands on an issue; ``when`` is given where the actor has stood elsewhere on another day."""

    record: Position
    name: str
    utterances: tuple[UtteranceView, ...]
    condition: Passage | None
    when: str | None


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue with the positions on it."""

    name: str
    positions: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition with the name of who names it, and the utterances that tell it."""

    record: NamedCondition
    name: str
    words: Passage
    utterances: tuple[UtteranceView, ...]


@dataclass(frozen=True, slots=True)
class StickingPointView:
    """An issue with the names of those for and against it and of those who name conditions, and the conditions."""

    name: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    conditional: tuple[str, ...]
    conditions: tuple[ConditionView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A day, with the utterances said on it and the events of it, each event with every passage that tells it.

    ``when`` is ``None`` for what no report dates; ``future`` marks what lay ahead of the reports.
    """

    when: str | None
    future: bool
    told: tuple[Told, ...]
    events: tuple[tuple[Passage, ...], ...]


class Relations:
    """The relations of a story, in its order."""

    def __init__(
        self,
        story: Story,
        articles: Mapping[str, ArticleView],
        utterances: Utterances,
        speakers: Speakers,
        passages: Passages,
        anchors: Anchors,
    ) -> None:
        self._articles = articles
        self._utterances = utterances
        self._speakers = speakers
        self._passages = passages
        names = self._issue_names(story)
        self.issues = tuple(self._issues(story, names))
        self.conditions = tuple(self._condition(c) for c in story.conditions)
        self.sticking_points = tuple(
            StickingPointView(
                names[p.issue],
                self._names(p.for_),
                self._names(p.against),
                self._names(p.conditional),
                tuple(self.conditions[i] for i in p.conditions),
            )
            for p in story.sticking_points
        )
        self.conflicts = tuple(self._conflict(c, anchors.make(c.id)) for c in story.conflicts)
        self.timeline = tuple(self._days(story.timeline))

    def _conflict(self, c: Conflict, anchor: str) -> ConflictView:
        sides = (self._side(c.a, c.a_passages), self._side(c.b, c.b_passages))
        return ConflictView(c, self._verbatim(c.about), sides, tuple(self._reason(r) for r in c.why), anchor)

    def _reason(self, r: Reason) -> ReasonView:
        return ReasonView(REASONS[r.kind], tuple(self._passages.at(span) for span in (r.a, r.b) if span))

    def _condition(self, c: NamedCondition) -> ConditionView:
        told = self._utterances.telling([c.statement])
        return ConditionView(c, self._speakers.name(c.actor), self._passages.at(c.span), told)

    def _side(self, ids: Sequence[str], passages: Iterable[ArticleSpan]) -> Side:
        return Side(self._told(ids), tuple(self._passages.at(p) for p in passages))

    def _told(self, ids: Sequence[str]) -> tuple[Told, ...]:
        """Return the utterances that these statements tell, each in the fullest words of these statements alone.

        Two tellings of one utterance may be the sides of a conflict or lie on two days. Where one statement tells two
        utterances, its words are shown once if another statement of its kind can stand for the second.
        """
        among, shown, told = set(ids), set[str](), []
        for u in self._utterances.telling(ids):
            lines = [line for line in u.lines if line.statement.id in among]
            fullest = max(lines, key=_fullness)
            alike = [line for line in lines if line.statement.kind == fullest.statement.kind]
            fresh = max((line for line in alike if line.statement.id not in shown), key=_fullness, default=fullest)
            shown.add(fresh.statement.id)
            told.append(Told(u, fresh, tuple(dict.fromkeys(line.article for line in lines))))
        return tuple(told)

    def _verbatim(self, words: str | None) -> str | None:
        """Return ``words`` where a report of the story has them, character by character; else ``None``."""
        return words if words and any(words in a.record.text for a in self._articles.values()) else None

    def _issue_names(self, story: Story) -> dict[str, str]:
        names = {}
        for issue in story.issues:
            first = cut(issue.mentions[0], self._articles) if issue.mentions else None
            names[issue.id] = self._verbatim(issue.name) or first or issue.name
        return names

    def _issues(self, story: Story, names: Mapping[str, str]) -> Iterable[IssueView]:
        held: dict[str, list[PositionView]] = defaultdict(list)
        for p in story.positions:
            condition = self._passages.at(p.condition) if p.condition else None
            told = self._utterances.telling(p.statements)
            elsewhere = p.from_ and any(_moved(p, other) for other in story.positions)
            day = when(p.from_, p.from_, p.to) if elsewhere and p.from_ else None
            held[p.issue].append(PositionView(p, self._speakers.name(p.actor), told, condition, day))
        return (IssueView(names[i.id], tuple(held[i.id])) for i in story.issues if i.id in held)

    def _names(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._speakers.name(a) for a in actors)

    def _days(self, timeline: Iterable[TimelineEntry]) -> Iterable[TimelineView]:
        """Put entries of one day together, in their order; what is not dated comes last and together."""
        for (told_when, future), group in groupby(timeline, key=lambda e: (_when(e), e.future)):
            entries = list(group)
            told = self._told([i for e in entries for i in e.statements])
            events = [tuple(self._passages.at(p) for p in e.passages) for e in entries if e.passages]
            yield TimelineView(told_when, future, told, tuple(events))


def _moved(p: Position, other: Position) -> bool:
    """Tell whether two positions are of one actor on one issue, by own words or not, on days of their own."""
    one = (p.actor, p.issue, p.second_hand) == (other.actor, other.issue, other.second_hand)
    return one and p.stance != other.stance and (p.from_, p.to) != (other.from_, other.to)


def _fullness(line: Line) -> tuple[bool, int]:
    return line.fullest, sum(len(run.text) for run in line.words)


def _when(entry: TimelineEntry) -> str | None:
    told = when(entry.value, entry.from_, entry.to)
    return f"since {told}" if told and entry.from_ and entry.to is None else told
