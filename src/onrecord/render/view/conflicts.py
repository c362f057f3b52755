"""What cannot both be true, side by side, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import ArticleSpan, Conflict, Reason, Span, Story
from onrecord.render import interface
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView, Passage, Passages, verbatim
from onrecord.render.view.utterances import Told, Utterances


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict; what denies, or has words that make it one, comes first."""

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

    def side(ids: Sequence[str], spans: Sequence[ArticleSpan], why: Sequence[Reason]) -> Side:
        told = sorted(utterances.told(ids), key=lambda t: not _plain(t, ids, why))
        return Side(tuple(told), tuple(passages.at(p) for p in spans))

    def reason(r: Reason) -> ReasonView:
        return ReasonView(reasons[r.kind], tuple(passages.at(span) for span in (r.a, r.b) if span))

    for c in story.conflicts:
        sides = (side(c.a, c.a_passages, c.why), side(c.b, c.b_passages, c.why))
        about = verbatim(c.about, articles.values())
        yield ConflictView(c, about, sides, tuple(reason(r) for r in c.why), anchors.make(c.id))


def _plain(told: Told, ids: Sequence[str], why: Sequence[Reason]) -> bool:
    """Tell whether an utterance, as a side tells it, denies or has words that make the conflict one."""
    said = [line.statement for line in told.utterance.lines if line.statement.id in ids]
    words = [(r.article, Span(r.start, r.end)) for each in why for r in (each.a, each.b) if r]
    return any(
        s.stance == "denies"
        or any(s.article == article and span in part for part in s.content for article, span in words)
        for s in said
    )
