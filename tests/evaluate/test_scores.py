from __future__ import annotations

from onrecord.evaluate.scores import Counts, best_first


def test_scores_counts_pool_before_they_become_percentages():
    pooled = Counts(1, 0, 1) + Counts(0, 1, 0)
    assert pooled.prf(counted=True).to_dict() == {"precision": 50.0, "recall": 50.0, "f1": 50.0, "n": 2}
    assert Counts().prf().to_dict() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_scores_best_first_gives_ties_to_the_greater_left_then_the_greater_right():
    candidates = [(0.9, 1, 1), (0.9, 2, 1), (0.9, 2, 2), (1.0, 0, 3)]
    assert best_first(candidates) == [(1.0, 0, 3), (0.9, 2, 2), (0.9, 1, 1)]
