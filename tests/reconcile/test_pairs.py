"""The networks of pairs say the same of a pair whatever is read beside it, and know the plainest cases."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.errors import WeightsError
from onrecord.read.weights import WORDS, Weights
from onrecord.reconcile.pairs import INFERENCES, STANCES, PairNetwork, on_issue, shipped

PAIRS = [
    ("Ada Holm said: the town was warned in March", "Bo Lind denied: that the town was warned"),
    ("x", ""),
    ("Ada Holm said: I support the night boat", on_issue("Ada Holm", "night boat")),
    ("word " * 400, "“🛳️” " * 300),
]


@pytest.mark.parametrize(
    "read",
    [lambda n, p: n.judge(p).inference, lambda n, p: n.judge(p).conflict, lambda n, p: n.stances(p)],
    ids=["inference", "conflict", "stances"],
)
def test_pairs_are_judged_alike_alone_and_in_company(read):
    together = read(shipped(), PAIRS * 2)
    for i, pair in enumerate(PAIRS):
        alone = read(PairNetwork(Weights(threads=1)), [pair])
        assert np.array_equal(alone[0], together[i])
        assert np.array_equal(together[i], together[i + len(PAIRS)])


def test_pairs_of_none_are_judged_as_none():
    judged = shipped().judge([])
    assert (judged.inference.shape, judged.conflict.shape, shipped().stances([]).shape) == ((0, 3), (0, 3), (0, 4))


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("Ada Holm said: “I strongly support the night boat and will vote for it,”", "for"),
        ("Ada Holm rejected: the night boat as a reckless waste of money", "against"),
        ("Ada Holm said: the meeting begins at nine", "none"),
    ],
)
def test_pairs_tell_plain_stances(words, stance):
    (row,) = shipped().stances([(words, on_issue("Ada Holm", "night boat"))])
    assert STANCES[int(row.argmax())] == stance


def test_pairs_tell_a_plain_contradiction():
    (row,) = shipped().judge([("The mayor has resigned.", "The mayor has not resigned.")]).inference
    assert INFERENCES[int(row.argmax())] == "contradiction"


def test_pairs_refuse_a_network_whose_words_lie_in_another_file(weights_copy):
    with (weights_copy / WORDS).open("ab") as f:
        f.write(b"\0")
    with pytest.raises(WeightsError, match="install the package again"):
        PairNetwork(Weights(weights_copy))
