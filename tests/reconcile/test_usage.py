"""What stands around a phrase tells whether sides are taken on it, or whether it only tells where, when or what."""

from __future__ import annotations

import pytest

from onrecord.reconcile.usage import Use, ended_from, owns, use_of


def use(text: str, phrase: str) -> Use:
    start = text.index(phrase)
    return use_of(text, start, start + len(phrase))


@pytest.mark.parametrize(
    "text",
    [
        "The town rejected the proposed night boat.",
        "Their opposition to the night boat is old.",
        "She voted for a night boat.",
        "He urges a night boat.",
    ],
)
def test_usage_knows_words_by_which_sides_are_taken(text):
    assert use(text, "night boat").sided


@pytest.mark.parametrize("text", ["We saw the night boat.", "They rejected it. The night boat sailed."])
def test_usage_knows_of_no_side_in_another_sentence_or_in_seeing(text):
    assert not use(text, "night boat").sided


def test_usage_tells_where_when_and_within_what():
    assert use("They met in the harbour.", "harbour").placed
    assert use("They met after the strike.", "strike").timed
    assert use("They will pay as part of any deal.", "deal").placed
    assert use("They want no monitors as part of any agreement to end the war.", "end the war").placed
    assert not use("They want a deal.", "deal").placed


def test_usage_knows_what_only_describes_something_else():
    assert use("Holm called the plan a circus.", "plan").describes is False
    assert use("It is a circus.", "circus").describes
    assert use("Inspections would be “a circus on our quay”.", "circus").describes
    assert not use("They want a circus.", "circus").describes


def test_usage_finds_the_words_that_end_an_ill():
    text = "Their efforts to bring an end to this cruel war failed."
    begin = ended_from(text, text.index("cruel war"))
    assert begin is not None
    assert text[begin:].startswith("end to this cruel war")
    assert ended_from("The war goes on.", 4) is None
    assert use("They hope to end the war.", "end the war").sided


def test_usage_tells_owners_from_those_who_take_a_side():
    text = "the ministry's budget and the union’s opposition and the mayor of Holm and the crown's proposed cuts"
    assert owns(text, text.index("'s proposed"))
    assert owns(text, text.index("'s budget"))
    assert owns(text, text.index(" budget"))
    assert not owns(text, text.index("’s opposition"))
    assert not owns(text, text.index(" of Holm"))
