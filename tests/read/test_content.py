"""Partial quotations and lists within told words."""

from __future__ import annotations

import pytest

from onrecord.read.content import items, partial_quotes
from onrecord.read.segments import Segments
from onrecord.records import Span


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("the dam was “a wreck” and had to go", ["“a wreck”"]),
        ("the dam was “a wreck that nobody would want to save”", []),
        ("the dam was ‘old’ and ‘tired’", ["‘old’", "‘tired’"]),
        ("the dam was old", []),
    ],
)
def test_quotations_of_a_few_words_are_partial(text, partial):
    assert [s.of(text) for s in partial_quotes(text, Segments(text), [Span(0, len(text))])] == partial


@pytest.mark.parametrize(
    ("text", "told_apart"),
    [
        (
            "that troops withdraw, that prisoners go home and that talks begin",
            ["that troops withdraw", "that prisoners go home", "that talks begin"],
        ),
        ("to free prisoners, to withdraw and to talk", ["to free prisoners", "to withdraw", "to talk"]),
        (
            "a truce now; the return of prisoners; talks in May",
            ["a truce now", "the return of prisoners", "talks in May"],
        ),
        (
            "a truce now, (2) the return of prisoners, (3) talks in May",
            ["a truce now", "the return of prisoners", "talks in May"],
        ),
        ("to meet its allies to discuss going to war", []),
        ("that the dam was old", []),
        ("“It was late; nobody had come”", []),
    ],
)
def test_the_items_of_a_list_are_told_apart(text, told_apart):
    assert [s.of(text) for s in items(text, Segments(text), [Span(0, len(text))])] == told_apart
