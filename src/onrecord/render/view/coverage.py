"""What each report has of a story, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.records import Coverage
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.lines import Line
from onrecord.render.view.speakers import Speakers
from onrecord.render.view.utterances import Utterances, UtteranceView

Mark = Literal["fullest", "told", "changed", "reading"]

# Every kind of source that the records know, in the order in which a bar shows them.
KINDS = ("named", "collective", "document", "outlet", "unnamed", "unknown")


@dataclass(frozen=True, slots=True)
class Telling:
    """How one report tells an utterance: its line there, the weightiest of several, and how that is marked."""

    article: ArticleView
    line: Line
    mark: Mark


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What one report has; ``words`` counts words by speaker's name, ``kinds`` by what they rest on, ``total`` all."""

    record: Coverage
    article: ArticleView
    has: tuple[UtteranceView, ...]
    lacks: tuple[UtteranceView, ...]
    alone: tuple[UtteranceView, ...]
    leads_with: UtteranceView | None
    words: dict[str, int]
    kinds: tuple[tuple[str, int], ...]
    total: int


def coverage(
    record: Coverage, articles: Mapping[str, ArticleView], utterances: Utterances, speakers: Speakers
) -> CoverageView:
    """Return one report's coverage; who has most words comes first."""
    words: Counter[str] = Counter()
    for actor, n in record.words_by_actor.items():
        words[speakers.name(actor)] += n
    return CoverageView(
        record=record,
        article=articles[record.article],
        has=utterances.of_ids(record.utterances),
        lacks=utterances.of_ids(record.lacks),
        alone=utterances.of_ids(record.alone),
        leads_with=utterances.by_id.get(record.leads_with) if record.leads_with else None,
        words=dict(_most_first(words)),
        kinds=tuple((kind, n) for kind in _kinds(record) if (n := record.words_by_source_kind.get(kind, 0))),
        total=words.total() + record.own_words,
    )


def tellings(u: UtteranceView) -> dict[int, Telling]:
    """Return how each report that tells an utterance does, by the report's index."""
    found = {}
    for line in reversed(u.weightiest_first):
        mark: Mark = "told"
        if line.hedged:
            mark = "reading"
        elif line.fullest:
            mark = "fullest"
        elif line.warning:
            mark = "changed"
        found[line.article.index] = Telling(line.article, line, mark)
    return found


def _kinds(record: Coverage) -> list[str]:
    return [*KINDS, *sorted(set(record.words_by_source_kind) - set(KINDS))]


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
