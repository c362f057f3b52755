"""What cannot both be true, side by side, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import ArticleSpan, Conflict, Reason, Story
from onrecord.render import interface
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView, Passage, Passages, verbatim
from onrecord.render.view.utterances import Told, Utterances


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

    @property
    def told(self) -> tuple[Told, ...]:
        """What is told on either side."""
        return self.sides[0].told + self.sides[1].told

    @property
    def articles(self) -> tuple[ArticleView, ...]:
        """The reports that tell either side."""
        among = [a for t in self.told for a in t.articles] + [p.article for s in self.sides for p in s.passages]
        return tuple(dict.fromkeys(among))


def conflicts(
    story: Story,
    articles: Mapping[str, ArticleView],
    utterances: Utterances,
    passages: Passages,
    anchors: Anchors,
) -> Iterator[ConflictView]:
    """Yield the conflicts of a story, in its order."""
    reasons = interface.texts("conflicts.reasons")

    def side(ids: Sequence[str], spans: Sequence[ArticleSpan]) -> Side:
        return Side(utterances.told(ids), tuple(passages.at(p) for p in spans))

    def reason(r: Reason) -> ReasonView:
        return ReasonView(reasons[r.kind], tuple(passages.at(span) for span in (r.a, r.b) if span))

    for c in story.conflicts:
        sides = (side(c.a, c.a_passages), side(c.b, c.b_passages))
        about = verbatim(c.about, articles.values())
        yield ConflictView(c, about, sides, tuple(reason(r) for r in c.why), anchors.make(c.id))
