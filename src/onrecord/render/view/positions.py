"""Who stands where on what: a matrix of actors and issues, sticking points, conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import NamedCondition, Position, StickingPoint, Story
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView, Passage, Passages, cut, verbatim
from onrecord.render.view.speakers import Speakers, SpeakerView
from onrecord.render.view.utterances import Told, Utterances, UtteranceView
from onrecord.render.view.wording import when


@dataclass(frozen=True, slots=True)
class PositionView:
    """Where an actor stands on an issue: the statements that show it, the plainest first, one for each utterance.

    ``when`` is given where the actor has stood elsewhere on another day.
    """

    record: Position
    speaker: SpeakerView
    issue: str
    told: tuple[Told, ...]
    condition: Passage | None
    when: str | None
    anchor: str

    @property
    def utterances(self) -> tuple[UtteranceView, ...]:
        """The utterances it rests on, as numbered."""
        return tuple(sorted((t.utterance for t in self.told), key=lambda u: u.number))


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue with the positions on it."""

    name: str
    positions: tuple[PositionView, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An actor with its positions on each issue, in the order of the issues."""

    speaker: SpeakerView
    cells: tuple[tuple[PositionView, ...], ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition with who names it, and the utterances that tell it."""

    record: NamedCondition
    speaker: SpeakerView
    words: Passage
    utterances: tuple[UtteranceView, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """An actor on one side of a sticking point, with the position that puts it there, where the story has one."""

    speaker: SpeakerView
    position: PositionView | None


@dataclass(frozen=True, slots=True)
class StickingPointView:
    """An issue with who is for and against it, the surest first, who names conditions, and the conditions."""

    name: str
    for_: tuple[Stand, ...]
    against: tuple[Stand, ...]
    conditional: tuple[Stand, ...]
    conditions: tuple[ConditionView, ...]


class Positions:
    """The issues of a story that somebody has a position on, in its order; the matrix, whoever stands on most issues
    first; the conditions and the sticking points.
    """

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
        self._anchors = anchors
        self._names = self._issue_names(story)
        held: dict[str, list[PositionView]] = defaultdict(list)
        for p in story.positions:
            held[p.issue].append(self._position(p, story.positions))
        self.issues = tuple(IssueView(self._names[i.id], tuple(held[i.id])) for i in story.issues if i.id in held)
        self.matrix = tuple(_matrix(self.issues))
        self.conditions = tuple(self._condition(c) for c in story.conditions)
        self.sticking_points = tuple(self._sticking_point(p, held[p.issue]) for p in story.sticking_points)

    def _issue_names(self, story: Story) -> dict[str, str]:
        names = {}
        for issue in story.issues:
            first = cut(issue.mentions[0], self._articles) if issue.mentions else None
            names[issue.id] = verbatim(issue.name, self._articles.values()) or first or issue.name
        return names

    def _position(self, p: Position, among: Iterable[Position]) -> PositionView:
        told = self._utterances.told(p.statements)
        elsewhere = p.from_ and any(_moved(p, other) for other in among)
        return PositionView(
            record=p,
            speaker=self._speakers.of(p.actor),
            issue=self._names[p.issue],
            told=tuple(sorted(told, key=lambda t: t.line.statement.id != p.strongest)),
            condition=self._passages.at(p.condition) if p.condition else None,
            when=when(p.from_, p.from_, p.to) if elsewhere and p.from_ else None,
            anchor=self._anchors.make(f"{p.actor}-on-{p.issue}"),
        )

    def _condition(self, c: NamedCondition) -> ConditionView:
        told = self._utterances.telling([c.statement])
        return ConditionView(c, self._speakers.of(c.actor), self._passages.at(c.span), told)

    def _sticking_point(self, p: StickingPoint, held: Sequence[PositionView]) -> StickingPointView:
        def stands(actors: Iterable[str], stance: str) -> tuple[Stand, ...]:
            by_actor = {v.record.actor: v for v in reversed(held) if v.record.stance == stance}
            return tuple(Stand(self._speakers.of(a), by_actor.get(a)) for a in actors)

        return StickingPointView(
            self._names[p.issue],
            stands(p.for_, "for"),
            stands(p.against, "against"),
            stands(p.conditional, "conditional"),
            tuple(self.conditions[i] for i in p.conditions),
        )


def _matrix(issues: Sequence[IssueView]) -> Iterator[MatrixRow]:
    of: dict[str, list[PositionView]] = defaultdict(list)
    for issue in issues:
        for p in issue.positions:
            of[p.record.actor].append(p)
    # The sort is stable: of those on as many issues, whoever stands on an earlier one comes first.
    for own in sorted(of.values(), key=lambda held: -len({p.record.issue for p in held})):
        actor = own[0].record.actor
        cells = tuple(tuple(p for p in issue.positions if p.record.actor == actor) for issue in issues)
        yield MatrixRow(own[0].speaker, cells)


def _moved(p: Position, other: Position) -> bool:
    """Tell whether two positions are of one actor on one issue, by own words or not, on days of their own."""
    one = (p.actor, p.issue, p.second_hand) == (other.actor, other.issue, other.second_hand)
    return one and p.stance != other.stance and (p.from_, p.to) != (other.from_, other.to)
