from __future__ import annotations

from random import Random

import pytest

from onrecord.errors import InputError
from onrecord.evaluate import expected_calibration_error, linked_by_confidence, score_attribution

from .perturb import ROLES, load_rows, load_scorer, run_scorer, spoil_attributions, write_rows

TEXT = "Ann said it rains . Bob denied that ."
#       0   4    9  12    18 20 24 31    36
ANN = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 17]]}  # "it rains": two tokens
BOB = {"source": [[20, 23]], "cue": [[24, 30]], "content": [[31, 35]]}
GOLD = {"a": {"text": TEXT, "attributions": [ANN, BOB]}}


def statements(*attributions: dict) -> dict:
    return {"a": {"statements": list(attributions)}}


def test_attribution_perfect_prediction_is_100():
    score = score_attribution(GOLD, statements(BOB, ANN)).to_dict()
    full = {"precision": 100.0, "recall": 100.0, "f1": 100.0}
    roles = dict.fromkeys(ROLES, full)
    assert score == {"articles": 1, "exact": roles, "overlap": roles, "linked": full}


def test_attribution_partial_prediction_has_the_figures_worked_out_by_hand():
    # Of Ann's content one token of two is found, her source is missed; Bob is missed altogether.
    found = {"source": None, "cue": {"start": 4, "end": 8}, "content": [{"start": 9, "end": 11}]}
    score = score_attribution(GOLD, statements(found))
    assert score.exact.source.to_dict() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert score.exact.cue.to_dict() == {"precision": 100.0, "recall": 50.0, "f1": 66.7}
    assert score.exact.content.f1 == 0.0  # the run's end differs
    assert score.overlap.content.to_dict() == {"precision": 100.0, "recall": 33.3, "f1": 50.0}  # 1 of 3 tokens
    assert score.linked.f1 == 0.0  # gold has a source where the prediction has none: share 0


def test_attribution_links_at_half_of_the_tokens():
    found = {**ANN, "content": [[9, 11]]}  # one token of two: exactly half
    linked = score_attribution(GOLD, statements(found)).linked
    assert (linked.precision, linked.recall, linked.f1) == (100.0, 50.0, 66.7)


def test_attribution_neighbouring_spans_of_two_statements_stay_two_runs():
    text = "one two three four"
    two = [{"content": [[0, 7]]}, {"content": [[8, 18]]}]
    gold = {"a": {"text": text, "attributions": [{"source": [], "cue": [], **one} for one in two]}}
    assert score_attribution(gold, statements(*two)).exact.content.f1 == 100.0
    assert score_attribution(gold, statements({"content": [[0, 18]]})).exact.content.f1 == 0.0
    assert score_attribution(gold, statements({"content": [[0, 18]]})).overlap.content.f1 == 100.0


def test_attribution_article_without_prediction_counts_as_missed():
    assert score_attribution(GOLD, {}).linked.to_dict() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


@pytest.mark.parametrize("span", [[30, 99], [-1, 3], [5, 5], [8, 4]])
def test_attribution_refuses_spans_outside_the_text(span):
    with pytest.raises(InputError, match=r"predicted article a: span .* lies outside the text"):
        score_attribution(GOLD, statements({"cue": [span]}))


def test_attribution_names_what_a_form_lacks():
    with pytest.raises(InputError, match=r"gold article a: .*text"):
        score_attribution({"a": {"attributions": []}}, {})
    with pytest.raises(InputError, match=r"predicted article a: .*statements"):
        score_attribution(GOLD, {"a": {}})


def test_attribution_agrees_with_the_reference_on_spoiled_gold(shared, tmp_path):
    random, path = Random(1), shared / "data/attribution/polnear_dev.jsonl.gz"
    gold = {row["id"]: row for row in load_rows(path)}
    predicted = {
        key: {"id": key, "statements": spoil_attributions(row["attributions"], len(row["text"]), random)}
        for key, row in gold.items()
        if random.random() < 0.95
    }
    score = score_attribution(gold, predicted)
    assert score.to_dict() == run_scorer(
        shared, "attribution", path, write_rows(tmp_path / "p.jsonl", predicted.values())
    )
    assert 50 < score.linked.f1 < 95  # the comparison is of figures that could differ


@pytest.mark.parametrize("part", ["dev", "train"])
def test_attribution_agrees_with_the_reference_on_other_annotators(shared, tmp_path, part):
    gold = [r for r in load_rows(shared / f"data/attribution/polnear_{part}.jsonl.gz") if r["other_annotators"]]
    if not gold:
        pytest.skip("nobody else annotated this part")
    predicted = [{"id": r["id"], "statements": r["other_annotators"][0]["attributions"]} for r in gold]
    files = write_rows(tmp_path / "g.jsonl", gold), write_rows(tmp_path / "p.jsonl", predicted)
    score = score_attribution({r["id"]: r for r in gold}, {r["id"]: r for r in predicted})
    assert score.to_dict() == run_scorer(shared, "attribution", *files)


def test_attribution_agrees_with_the_reference_where_matches_tie(shared):
    reference, random = load_scorer(shared, "attribution"), Random(3)
    text = "a b c d e, f"

    def span() -> list[int]:
        start = random.randrange(0, 8, 2)
        return [start, min(len(text), start + random.choice([3, 5, 7]))]

    def attribution() -> dict:  # over so few tokens many pairs share equally much, and which goes first decides
        return {"source": [], "cue": [[0, 1]] * (random.random() < 0.3), "content": [span()]}

    for _ in range(1000):
        gold = {"x": {"text": text, "attributions": [attribution() for _ in range(random.randint(1, 5))]}}
        found = {"x": {"statements": [attribution() for _ in range(random.randint(1, 5))]}}
        assert score_attribution(gold, found).to_dict() == reference.score(gold, found)


def test_calibration_is_the_mean_distance_of_confidence_from_being_right() -> None:
    judged = [(0.95, True), (0.95, True), (0.15, False), (0.15, True)]
    assert expected_calibration_error(judged) == pytest.approx(100 * (2 * 0.05 + 2 * 0.35) / 4)
    assert expected_calibration_error([(1.0, True), (0.0, False)]) == 0
    assert expected_calibration_error([]) == 0


def test_linked_by_confidence_tells_which_statements_count() -> None:
    text = "Lind said it was late. Horn said nothing of it."
    right = {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 21]]}
    wrong = {"source": [[23, 27]], "cue": [[28, 32]], "content": [[33, 40]]}
    gold = {"a": {"text": text, "attributions": [right]}}
    found = {"a": {"statements": [{**wrong, "confidence": 0.4}, {**right, "confidence": 0.9}, {"source": [[0, 4]]}]}}
    assert linked_by_confidence(gold, found) == [(0.4, False), (0.9, True)]
