"""Interviews and transcripts: "NAME: text"."""

from __future__ import annotations

import pytest

from onrecord.read.segments import Segments
from onrecord.read.turns import turns

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
