from __future__ import annotations

from random import Random

import pytest

from onrecord.errors import InputError
from onrecord.evaluate import score_items

from .perturb import ROLES, load_rows, load_scorer, run_scorer, spoil_attributions, write_rows

# "Ann said it rains ." as one sentence of article a, "Bob left ." as another
ITEMS = [
    {
        "id": "a",
        "offsets": [[0, 3], [4, 8], [9, 11], [12, 17], [18, 19]],
        "labels": ["B-source", "B-cue", "B-content", "I-content", "O"],
    },
    {"id": "a", "offsets": [[20, 23], [24, 28], [29, 30]], "labels": ["O", "O", "O"]},
]
RIGHT = {"source": {"start": 0, "end": 3}, "cue": {"start": 4, "end": 8}, "content": [{"start": 9, "end": 17}]}
FULL = {"precision": 100.0, "recall": 100.0, "f1": 100.0}


def predicted(*statements: dict) -> dict:
    return {"a": {"statements": list(statements)}}


def test_items_perfect_prediction_is_100():
    assert score_items(ITEMS, predicted(RIGHT)).to_dict() == {"items": 2, **dict.fromkeys(ROLES, FULL)}


def test_items_span_over_a_sentence_end_is_cut_in_two():
    # The content runs on into the second sentence: right in the first, one run too many in the second.
    found = {**RIGHT, "content": [{"start": 9, "end": 17}, {"start": 20, "end": 28}]}
    assert score_items(ITEMS, predicted(found)).content.to_dict() == {"precision": 50.0, "recall": 100.0, "f1": 66.7}


def test_items_token_of_two_roles_counts_as_cue_then_source_then_content():
    score = score_items(ITEMS, predicted({**RIGHT, "content": [{"start": 0, "end": 17}]}))
    assert score.to_dict() == {"items": 2, **dict.fromkeys(ROLES, FULL)}


def test_items_contents_of_two_statements_stay_two_runs():
    two = [{"content": [[9, 11]]}, {"content": [[12, 17]]}]
    assert score_items(ITEMS, predicted(*two)).content.to_dict() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_items_refuses_labels_that_do_not_pair_with_tokens():
    with pytest.raises(InputError, match="gold item 2: needs one label"):
        score_items([ITEMS[0], {**ITEMS[1], "labels": ["O"]}], {})


@pytest.mark.parametrize("seed", [1, 2])
def test_items_agree_with_the_reference_on_spoiled_gold(shared, tmp_path, seed):
    random, path = Random(seed), shared / "data/attribution/cofenet_items_dev.jsonl.gz"
    found = {
        row["id"]: {"id": row["id"], "statements": spoil_attributions(row["attributions"], len(row["text"]), random)}
        for row in load_rows(shared / "data/attribution/polnear_dev.jsonl.gz")
    }
    score = score_items(load_rows(path), found)
    assert score.to_dict() == run_scorer(
        shared, "attribution_items", path, write_rows(tmp_path / "p.jsonl", found.values())
    )
    assert 30 < score.content.f1 < 95


def test_items_agree_with_the_reference_on_odd_labels_and_overlaps(shared):
    reference, random = load_scorer(shared, "attribution_items"), Random(4)
    labels = ["O", *(f"{tag}-{role}" for tag in "BI" for role in ROLES)]
    for _ in range(500):
        offsets = [[3 * i + 10, 3 * i + 10 + random.choice([2, 3])] for i in range(random.randint(1, 9))]
        items = [{"id": "a", "offsets": offsets, "labels": random.choices(labels, k=len(offsets))}]
        spans = [[a, a + random.randint(1, 9)] for a in (random.randint(0, 40) for _ in range(12))]
        statements = [{role: random.choices(spans, k=random.randrange(3)) for role in ROLES} for _ in range(3)]
        found = predicted(*statements)
        assert score_items(items, found).to_dict() == reference.score(items, found)
