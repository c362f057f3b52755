"""News pairs of one claim stay together, and a label that debunking words give away can be left out."""

from __future__ import annotations

from onrecord.evaluate.inference import debunks, held_out, score_inference


def test_inference_pairs_of_one_group_are_all_kept_or_none():
    groups = [{"set": "emergent", "group": f"claim {i}"} for i in range(200)]
    kept = [g for g in groups if held_out(g)]
    assert 20 < len(kept) < 60
    assert all(held_out(dict(g)) for g in kept)
    assert not any(held_out({**g, "set": "mnli"}) for g in groups)


def test_inference_debunking_words_are_known():
    assert debunks({"a": "No, the mayor did not resign", "b": "the mayor resigned"})
    assert debunks({"a": "The mayor resigned", "b": "it is a hoax"})
    assert not debunks({"a": "There was no boat", "b": "falsetto singers met"})


def test_inference_scores_count_labels_and_contradictions():
    gold = ["contradiction", "contradiction", "neutral", "entailment"]
    score = score_inference(gold, ["contradiction", "neutral", "contradiction", "entailment"])
    assert (score.n, score.accuracy, score.contradiction) == (4, 50.0, 50.0)
