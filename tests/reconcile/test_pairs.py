"""The networks of pairs say the same of a pair whatever is read beside it, and know the plainest cases."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.errors import WeightsError
from onrecord.read.weights import WORDS, Weights
from onrecord.reconcile.pairs import (
    CONFLICTS,
    INFERENCES,
    LONGEST_BETWEEN,
    LONGEST_STATEMENT,
    PASSAGES_BASE,
    STANCES,
    PairNetwork,
    Passage,
    in_passage,
    in_pieces,
    on_issue,
    shipped,
)
from onrecord.records import Span

PAIRS = [
    ("Ada Holm said: the town was warned in March", "Bo Lind denied: that the town was warned"),
    ("x", ""),
    ("Ada Holm said: I support the night boat", on_issue("Ada Holm", "night boat")),
    ("word " * 400, "“🛳️” " * 300),
]


@pytest.mark.parametrize(
    "read",
    [
        lambda n, p: n.inferences(p),
        lambda n, p: n.passages([Passage(a, b, a) for a, b in p]),
        lambda n, p: n.stances(p),
    ],
    ids=["inferences", "passages", "stances"],
)
def test_pairs_are_judged_alike_alone_and_in_company(read):
    together = read(shipped(), PAIRS * 2)
    for i, pair in enumerate(PAIRS):
        alone = read(PairNetwork(Weights(threads=1)), [pair])
        assert np.array_equal(alone[0], together[i])
        assert np.array_equal(together[i], together[i + len(PAIRS)])


def test_pairs_of_none_are_judged_as_none():
    net = shipped()
    assert [found.shape for found in (net.inferences([]), net.passages([]), net.stances([]))] == [
        (0, 3),
        (0, 3),
        (0, 4),
    ]


def test_pairs_of_a_passage_are_both_statements_and_what_stands_between():
    text = "At noon Ada Holm said the dam held. But when asked, Bo Lind denied it all. It rained."
    first = Span(text.index("said"), text.index(". But"))
    second = Span(text.index("denied"), text.index(". It"))
    found = in_passage(text, (first, second), ("Ada Holm", None))
    assert found == ("Ada Holm: said the dam held", ". But when asked, Bo Lind ", "denied it all")


def test_pairs_of_a_passage_have_nothing_between_where_one_is_told_within_the_other():
    text = "Ada Holm disputed that Bo Lind saw the dam break."
    cores = Span(text.index("disputed"), len(text) - 1), Span(text.index("saw"), len(text) - 1)
    assert in_passage(text, cores, (None, None)) == (cores[0].of(text), "", "saw the dam break")


def test_pairs_of_a_long_passage_are_read_from_either_end():
    tokenizer = Weights().tokenizer
    long = "alpha " + "beta " * 400 + "omega"
    (alpha,), (omega,) = (tokenizer.encode(w, add_special_tokens=False).ids for w in ("alpha", "omega"))
    first, rest = in_pieces(Passage(long, long, long), tokenizer)
    assert (len(first), len(rest)) == (LONGEST_STATEMENT, LONGEST_BETWEEN + 1 + LONGEST_STATEMENT)
    assert (first[0], first[-1], rest[0], rest[-1]) == (alpha, omega, alpha, omega)


@pytest.mark.parametrize(
    ("between", "second", "disputed"),
    [
        (". But Bo Lind, the minister, ", "Bo Lind: denied that the town had been warned", True),
        (". Meanwhile the harbour master, Cy Vale, ", "Cy Vale: said the boats would leave at nine", False),
    ],
)
def test_pairs_tell_a_plain_dispute_in_its_passage(between, second, disputed):
    first = "Ada Holm: claimed the town had been warned of the flood"
    (chances,) = shipped().passages([Passage(first, between, second)])
    assert (chances[CONFLICTS.index("conflict")] > 0.5) == disputed


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
    (row,) = shipped().inferences([("The mayor has resigned.", "The mayor has not resigned.")])
    assert INFERENCES[int(row.argmax())] == "contradiction"


@pytest.mark.parametrize("name", [WORDS, PASSAGES_BASE])
def test_pairs_refuse_a_network_whose_weights_lie_in_another_file(weights_copy, name):
    with (weights_copy / name).open("ab") as f:
        f.write(b"\0")
    with pytest.raises(WeightsError, match="install the package again"):
        PairNetwork(Weights(weights_copy))
