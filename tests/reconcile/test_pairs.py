"""The network of pairs says the same of a pair whatever is read beside it, and knows the plainest cases."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.errors import WeightsError
from onrecord.read.weights import Weights
from onrecord.reconcile.pairs import INFERENCES, STANCES, PairNetwork, on_issue, shipped

PAIRS = [
    ("Ada Holm said: the town was warned in March", "Bo Lind denied: that the town was warned"),
    ("x", ""),
    ("Ada Holm said: I support the night boat", on_issue("Ada Holm", "night boat")),
    ("word " * 400, "“🛳️” " * 300),
]


def test_pairs_are_judged_alike_alone_and_in_company():
    together = shipped().judge(PAIRS * 2)
    for i, pair in enumerate(PAIRS):
        alone = PairNetwork(Weights(threads=1)).judge([pair])
        for head in ("inference", "conflict", "stance"):
            assert np.array_equal(getattr(alone, head)[0], getattr(together, head)[i])
            assert np.array_equal(getattr(together, head)[i], getattr(together, head)[i + len(PAIRS)])


def test_pairs_of_none_are_judged_as_none():
    judged = shipped().judge([])
    assert (judged.inference.shape, judged.conflict.shape, judged.stance.shape) == ((0, 3), (0, 3), (0, 4))


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("Ada Holm said: “I strongly support the night boat and will vote for it,”", "for"),
        ("Ada Holm rejected: the night boat as a reckless waste of money", "against"),
        ("Ada Holm said: the meeting begins at nine", "none"),
    ],
)
def test_pairs_tell_plain_stances(words, stance):
    (row,) = shipped().judge([(words, on_issue("Ada Holm", "night boat"))]).stance
    assert STANCES[int(row.argmax())] == stance


def test_pairs_tell_a_plain_contradiction():
    (row,) = shipped().judge([("The mayor has resigned.", "The mayor has not resigned.")]).inference
    assert INFERENCES[int(row.argmax())] == "contradiction"


def test_pairs_refuse_a_network_whose_words_lie_in_another_file(weights_copy):
    with (weights_copy / "meaning.onnx").open("ab") as f:
        f.write(b"\0")
    with pytest.raises(WeightsError, match="install the package again"):
        PairNetwork(Weights(weights_copy))
