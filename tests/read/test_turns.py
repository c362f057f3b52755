"""Interviews and transcripts: "NAME: text"."""

from __future__ import annotations

import pytest

from onrecord.read.segments import Segments
from onrecord.read.turns import signed, turns

INTERVIEW = """The minister spoke to the Post on Monday.

POST: Will the dam be closed this year?

LIND: It will not. We have said so all along.

POST: And the year after that?

LIND: Ask me again next year.
"""


def test_each_turn_of_an_interview_is_a_statement_of_its_speaker():
    found = turns(INTERVIEW, Segments(INTERVIEW))
    assert [a.source.of(INTERVIEW) for a in found] == ["POST", "LIND", "POST", "LIND"]
    assert found[1].content[0].of(INTERVIEW) == "It will not. We have said so all along."


def test_turns_are_read_as_direct_words_with_their_speaker(reader, make_article):
    reading = reader.read(make_article(INTERVIEW))
    told = [s for s in reading.statements if s.cue is None]
    assert len(told) == 4
    assert {s.kind for s in told} == {"direct"}


@pytest.mark.parametrize(
    "text",
    [
        "Tarn: the dam was closed.\n\nHorn was silent.\n\nLind left.",
        "Where: Tarn.\n\nWhen: Monday.\n\nWho: Lind.",
        "UPDATE: The dam is closed.\n\nUPDATE: It is open again.\n\nUPDATE: It is closed.",
    ],
)
def test_captions_and_lists_are_no_interview(text):
    assert turns(text, Segments(text)) == []


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (
            "The minister answered.\n\nWe never said so! It is made up. — Ada Lind (@lind) May 3, 2031\n\nShe left.",
            "Ada Lind",
            "We never said so! It is made up.",
        ),
        (
            "It rained.\n\n“We never said so.”\n\n— Ada Lind, minister of waters\n\nShe left.",
            "Ada Lind",
            "“We never said so.”",
        ),
        ("It rained.\n\n“We never said so.” – Ada Lind\n\nShe left.", "Ada Lind", "“We never said so.”"),
    ],
)
def test_words_signed_below_are_the_signer_s(text, name, words):
    (found,) = signed(text, Segments(text))
    assert (found.source.of(text), found.content[0].of(text)) == (name, words)


@pytest.mark.parametrize(
    "text",
    [
        "TARN — Ada Lind left.",
        "The council — Ada Lind said so — met.",
        "It rained.\n\n— Ada Lind\n\nShe left.",
        "It was “late” — Ada Lind",
    ],
)
def test_dashes_are_no_signature_of_what_is_not_quoted(text):
    assert signed(text, Segments(text)) == []
