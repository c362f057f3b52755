"""A measure that is wrong tunes a system to be wrong: the worked examples of the papers, and what must hold of all."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from onrecord.evaluate.conllu import read_conllu
from onrecord.evaluate.coreference import Conll, Gap, best_assignment

KEY = [[1, 2, 3, 4, 5], [6, 7], [8, 9, 10, 11, 12]]


def score(gold, predicted):
    conll = Conll()
    conll.add(gold, predicted)
    return conll


def test_coreference_agrees_with_bagga_and_baldwin():
    # "Algorithms for scoring coreference chains" (1998): one wrong link joins two large chains, or a large and a small
    small = score(KEY, [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11, 12]])
    large = score(KEY, [[1, 2, 3, 4, 5, 8, 9, 10, 11, 12], [6, 7]])
    for told, b_cubed in ((small, 76.2), (large, 58.3)):
        assert 100 * told.muc.right_precision / told.muc.precision == pytest.approx(90.0, abs=0.05)
        assert 100 * told.b_cubed.right_precision / told.b_cubed.precision == pytest.approx(b_cubed, abs=0.05)
        assert told.b_cubed.right_recall == told.b_cubed.recall == 12


def test_coreference_is_whole_for_the_same_chains_and_nought_for_none():
    assert score(KEY, reversed(KEY)).mean() == pytest.approx(100)
    assert score(KEY, []).mean() == 0
    assert score([], []).mean() == 0


def test_coreference_leaves_chains_of_one_mention_out():
    assert score([*KEY, [13]], [*KEY, [14], [15]]).mean() == pytest.approx(100)


def test_coreference_aligns_chains_at_their_best():
    rng = np.random.default_rng(0)
    for _ in range(30):
        gain = rng.random((rng.integers(1, 6), rng.integers(1, 6)))
        wide = gain if gain.shape[0] <= gain.shape[1] else gain.T
        n, m = wide.shape
        best = max(sum(wide[i, p[i]] for i in range(n)) for p in permutations(range(m), n))
        assert best_assignment(gain) == pytest.approx(best)


def test_coreference_counts_gaps_names():
    gap = Gap()
    gap.add([True, False], [True, False])
    gap.add([False, True], [True, False])
    gap.add([False, False], [False, False])
    assert (gap.right, gap.spurious, gap.missed) == (1, 1, 1)
    assert gap.f1() == 50.0


CONLLU = """# newpar
1\tAnna\tAnna\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tEntity=(1-person-new-cf1
2\tLind\tLind\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tEntity=1)
3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
1\tHer\tshe\tPRON\tPRP$\tNumber=Sing\t2\tnmod\t_\tEntity=(2-person-new-cf2(1-person-giv-cf1)
2\tfriends\tfriend\tNOUN\tNNS\tNumber=Plur\t3\tnsubj\t_\tEntity=2)
3\tstayed\tstay\tVERB\tVBD\t_\t0\troot\t_\t_
"""


def test_conllu_gives_text_and_mentions():
    document = read_conllu(CONLLU)
    assert document.text == "Anna Lind left.\n\nHer friends stayed "
    told = {
        (document.text[m.start : m.end], document.text[m.head :].split()[0], m.chain, m.plural)
        for m in document.mentions
    }
    assert told == {
        ("Anna Lind", "Lind", 1, False),
        ("Her", "Her", 1, False),
        ("Her friends", "friends", 2, True),
    }
