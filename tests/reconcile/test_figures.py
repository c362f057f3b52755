"""Two reports that count one thing differently are shown; what is only rounded, or another thing, is not."""

from __future__ import annotations

import pytest

from onrecord.read.segments import Segments
from onrecord.reconcile import who_said_what
from onrecord.reconcile.figures import differing_figures


@pytest.fixture
def differing(reader, make_article):
    def find(*texts: str, published: tuple[str, ...] = ()):
        articles = [
            make_article(t, f"r{i}", **({"published": published[i]} if published else {})) for i, t in enumerate(texts)
        ]
        readings = [reader.read(a) for a in articles]
        _, _, told = who_said_what(readings)
        text = {r.id: r.text for r in readings}
        found = differing_figures(readings, told, {r.id: Segments(r.text) for r in readings})
        return [(*(text[f.article][f.place.start : f.place.end] for f in (d.a, d.b)), d.update) for d in found]

    return find


SIX = "The flood left six houses in the lower valley without a roof on Friday. The mill burned later."
NINE = "Nobody was hurt. The flood left nine houses in the lower valley without a roof, neighbours said."


def test_figures_for_one_thing_in_two_reports_differ(differing):
    assert differing(SIX, NINE) == [("six houses", "nine houses", False)]


def test_figures_that_grow_from_day_to_day_are_an_update(differing):
    assert differing(SIX, NINE, published=("2031-05-01", "2031-05-02")) == [("six houses", "nine houses", True)]


def test_figures_are_not_held_against_what_both_reports_give(differing):
    both = "The flood left nine houses in the lower valley without a roof and six houses in the upper without a roof."
    assert differing(SIX, both) == []


def test_figures_that_are_rounded_do_not_differ(differing):
    exact = "The flood left 597 houses in the lower valley without a roof."
    assert differing(exact, "The flood left about 600 houses in the lower valley without a roof.") == []


def test_figures_of_other_things_do_not_differ(differing):
    assert differing(SIX, "The council bought nine houses in the old town for its teachers last year.") == []


def test_figures_that_begin_within_a_word_differ_as_others_do(differing):
    poll = "The town poll on the new harbour wall has a sampling error of plus-or-minus {} percent."
    assert differing(poll.format("3.6"), poll.format("4.9")) == [("minus 3.6 percent", "minus 4.9 percent", False)]
