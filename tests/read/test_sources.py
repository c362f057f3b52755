"""A source taken apart wrongly credits the wrong words to the wrong kind of source."""

from __future__ import annotations

import pytest

from onrecord.read.sources import anonymity, source_phrase
from onrecord.records import Span


@pytest.mark.parametrize(
    ("source", "core", "head", "form"),
    [
        ("A spokesman for the Orangery, its official seat,", "A spokesman", "spokesman", "unnamed"),
        ("two of the four people briefed on the memo", "the four people", "people", "unnamed"),
        ("One of the two", "the two", "people", "unnamed"),
        ("an advance copy of his opening statement", "his opening statement", "statement", "document"),
        ("A four-page draft memorandum seen by Reuters", "A four-page draft memorandum seen", "memorandum", "document"),
        ("multiple Defense Department and military officials", None, "officials", "unnamed"),
        ("the Lower Ilmara Growers’ Union", None, "union", "body"),
        ("The government’s allies", None, "allies", "group"),
        ("the French president", None, "president", "office"),
        ("Democrats and the White House", "Democrats", "democrats", "group"),
    ],
)
def test_sources_are_known_by_their_head(source, core, head, form):
    found = source_phrase(source, Span(0, len(source)))
    assert (found.core.of(source), found.head, found.form) == (core or source, head, form)


@pytest.mark.parametrize(
    ("source", "surface"),
    [
        ("A senior official, who", "A senior official"),
        ("a summary reviewed by", "a summary"),
        ("The administration’s", "The administration"),
        ("“two people”", "two people"),
    ],
)
def test_sources_are_shown_without_what_hangs_from_them(source, surface):
    assert source_phrase(source, Span(0, len(source))).surface == surface


def test_sources_without_a_word_are_none():
    assert source_phrase("“—”", Span(0, 3)) is None


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (
            "Two people, who spoke on condition of anonymity to discuss the talks, said no.",
            "who spoke on condition of anonymity to discuss the talks",
        ),
        ("Two people said no.", None),
        ("An aide, not authorized to speak publicly, said no.", "not authorized to speak publicly"),
        (
            "An aide asked not to be named because the talks are secret.",
            "asked not to be named because the talks are secret",
        ),
    ],
)
def test_sources_say_why_they_are_not_named(sentence, reason):
    found = anonymity(sentence, Span(0, len(sentence)), Span(0, 5))
    assert (found.text if found else None) == reason
