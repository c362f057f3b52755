"""What each report has of a story, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.records import Coverage
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.speakers import Speakers
from onrecord.render.view.utterances import Utterances, UtteranceView


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What one report has; ``words`` counts words by speaker's name, ``total`` all of them."""

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
        kinds=tuple(_most_first(record.words_by_source_kind)),
        total=words.total() + record.own_words,
    )


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
