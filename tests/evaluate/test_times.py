from __future__ import annotations

from random import Random

import pytest

from onrecord.errors import InputError
from onrecord.evaluate import score_times

from .perturb import load_rows, load_scorer, run_scorer, spoil_times, write_rows

GOLD = {
    "a": {
        "text": "on Monday morning and in May",
        "timexes": [
            {"start": 3, "end": 17, "type": "TIME", "value": "2024-05-06TMO"},
            {"start": 25, "end": 28, "type": "DATE", "value": "2024-05"},
        ],
    }
}


def times(*found: tuple[int, int, str]) -> dict:
    return {"a": {"times": [{"start": start, "end": end, "value": value} for start, end, value in found]}}


def test_times_perfect_prediction_is_100():
    score = score_times(GOLD, times((25, 28, "2024-05"), (3, 17, "2024-05-06TMO")))
    assert score.to_dict() == {"gold": 2, "predicted": 2, "relaxed_f1": 100.0, "strict_f1": 100.0, "value_f1": 100.0}


def test_times_partial_prediction_has_the_figures_worked_out_by_hand():
    # "Monday" overlaps but does not agree; "morning" is left over; May agrees with another value.
    # relaxed 2 * 2 / (2 + 3) = 80; strict, May only: 2 * 1 / 5 = 40; value: none
    score = score_times(GOLD, times((3, 9, "2024-05-06"), (10, 17, "TMO"), (25, 28, "2023-05")))
    assert (score.relaxed_f1, score.strict_f1, score.value_f1) == (80.0, 40.0, 0.0)


def test_times_take_the_expression_that_shares_most():
    # "morning" (7 characters) wins over "Monday" (6), and its value is right
    assert score_times(GOLD, times((3, 9, "x"), (10, 17, "2024-05-06TMO"))).value_f1 == 50.0


def test_times_refuse_spans_outside_the_text():
    with pytest.raises(InputError, match="predicted article a: span 25-29 lies outside the text"):
        score_times(GOLD, times((25, 29, "2024-05")))


@pytest.mark.parametrize("seed", [1, 2])
def test_times_agree_with_the_reference_on_spoiled_gold(shared, tmp_path, seed):
    random, path = Random(seed), shared / "data/time/tempeval3_tbaq.jsonl.gz"
    gold = {row["id"]: row for row in load_rows(path)}
    found = {
        key: {"id": key, "times": spoil_times(row["timexes"], len(row["text"]), random)}
        for key, row in gold.items()
        if random.random() < 0.95
    }
    score = score_times(gold, found)
    assert score.to_dict() == run_scorer(shared, "times", path, write_rows(tmp_path / "p.jsonl", found.values()))
    assert 40 < score.strict_f1 < score.value_f1 < score.relaxed_f1 < 95


def test_times_agree_with_the_reference_where_expressions_overlap(shared):
    reference, random = load_scorer(shared, "times"), Random(5)

    def expressions(count: int) -> list[dict]:
        starts = [random.randint(0, 20) for _ in range(count)]
        return [{"start": s, "end": s + random.randint(1, 6), "value": random.choice("xyz")} for s in starts]

    for _ in range(500):
        gold, found = {"a": {"timexes": expressions(6)}}, {"a": {"times": expressions(random.randrange(9))}}
        assert score_times(gold, found).to_dict() == reference.score(gold, found)
