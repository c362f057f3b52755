from __future__ import annotations

from random import Random

import pytest

from onrecord.errors import InputError
from onrecord.evaluate import score_grouping

from .perturb import load_rows, run_scorer, spoil_stories, write_rows

GOLD = [
    {"story": "s1", "articles": [{"id": "a"}, {"id": "b"}, {"id": "c"}]},
    {"story": "s2", "articles": [{"id": "d"}]},
]


def test_grouping_perfect_prediction_is_100():
    score = score_grouping(GOLD, [{"id": 1, "articles": ["a", "c", "b"]}, {"id": 2, "articles": ["d"]}])
    figures = {"precision": 100.0, "recall": 100.0, "f1": 100.0, "exact": 100.0}
    assert score.to_dict() == {"articles": 4, "stories": 2, **figures}


def test_grouping_of_all_in_one_story_loses_precision_only():
    # a, b, c: 3/4 each, d: 1/4, mean 10/16; F1 = 2 * 0.625 / 1.625 = 0.769
    score = score_grouping(GOLD, [{"id": "all", "articles": ["a", "b", "c", "d"]}])
    assert (score.precision, score.recall, score.f1, score.exact) == (62.5, 100.0, 76.9, 0.0)


def test_grouping_article_in_no_story_stands_alone():
    # a and b together, c left out: recall (2/3 + 2/3 + 1/3 + 1) / 4 = 2/3; d, left out too, is a story found whole
    score = score_grouping(GOLD, [{"id": "x", "articles": ["a", "b", "unknown"]}])
    assert (score.precision, score.recall, score.f1, score.exact) == (100.0, 66.7, 80.0, 50.0)


def test_grouping_refuses_gold_without_articles():
    with pytest.raises(InputError, match="hold no article"):
        score_grouping([], [])


@pytest.mark.parametrize("seed", [1, 2])
def test_grouping_agrees_with_the_reference_on_the_stream(shared, tmp_path, seed):
    path = shared / "data/stories/stream_dev_gold.jsonl.gz"
    gold = load_rows(path)
    stories = spoil_stories(gold, Random(seed))
    score = score_grouping(gold, stories)
    assert score.to_dict() == run_scorer(shared, "grouping", path, write_rows(tmp_path / "s.jsonl", stories))
    assert 20 < score.exact < 95
