"""The grouping of articles into stories, against gold stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.evaluate.forms import Id, as_form
from onrecord.evaluate.scores import Line, Score

_Key = Id | tuple[str, Id]


class GroupingScore(Score, frozen=True):
    """B-cubed precision, recall and F1 in percent over ``articles`` articles (Bagga and Baldwin 1998).

    For each article, precision is the share of its predicted story that belongs to its gold story, recall the share
    of its gold story that is in its predicted one; both are means over articles. ``exact`` is the share of gold
    stories that were recovered whole and alone.
    """

    articles: int
    stories: int
    precision: float
    recall: float
    f1: float
    exact: float

    def caption(self) -> str:
        return f"{self.articles} articles in {self.stories} stories"

    def lines(self) -> list[Line]:
        return [
            Line("B-cubed", self.precision, self.recall, self.f1, n=self.articles),
            Line("exact stories", share=self.exact, n=self.stories),
        ]


class _GoldArticle(msgspec.Struct, frozen=True):
    id: Id


class _GoldStory(msgspec.Struct, frozen=True):
    story: Id
    articles: list[_GoldArticle]


class _Story(msgspec.Struct, frozen=True):
    id: Id
    articles: list[Id]


def score_grouping(gold: Iterable[Mapping[str, Any]], stories: Iterable[Mapping[str, Any]]) -> GroupingScore:
    """Score predicted stories ``{"id", "articles": [id, ...]}`` against gold ``{"story", "articles": [{"id"}, ...]}``.

    Articles that the gold does not hold are left out; one of the gold that is in no predicted story counts as a story
    of its own. Where one side gives an article twice its last story counts (``onrecord evaluate`` refuses such files).
    Raises :class:`~onrecord.errors.InputError` where a field is missing or the gold holds no article.
    """
    ours = {
        article.id: story.story
        for number, row in enumerate(gold, 1)
        for story in [as_form(row, _GoldStory, f"gold story {number}")]
        for article in story.articles
    }
    if not ours:
        raise InputError("gold stories", "hold no article")
    theirs: dict[Id, _Key] = {article: ("alone", article) for article in ours}
    for number, row in enumerate(stories, 1):
        story = as_form(row, _Story, f"predicted story {number}")
        theirs.update((article, story.id) for article in story.articles if article in ours)
    gold_sets, found_sets = _members(ours), _members(theirs)
    shared = {article: len(gold_sets[ours[article]] & found_sets[theirs[article]]) for article in ours}
    precision = sum(shared[article] / len(found_sets[theirs[article]]) for article in ours) / len(ours)
    recall = sum(shared[article] / len(gold_sets[ours[article]]) for article in ours) / len(ours)
    found = {frozenset(members) for members in found_sets.values()}
    whole = sum(frozenset(members) in found for members in gold_sets.values()) / len(gold_sets)
    return GroupingScore(
        articles=len(ours),
        stories=len(gold_sets),
        precision=round(100 * precision, 1),
        recall=round(100 * recall, 1),
        f1=round(200 * precision * recall / (precision + recall), 1),
        exact=round(100 * whole, 1),
    )


def _members(story_of: Mapping[Id, _Key]) -> dict[_Key, set[Id]]:
    """Return the articles of each story."""
    members: dict[_Key, set[Id]] = {}
    for article, story in story_of.items():
        members.setdefault(story, set()).add(article)
    return members
