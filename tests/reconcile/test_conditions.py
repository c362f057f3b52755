"""What somebody makes a condition of is found in the report's words, and nothing else is."""

from __future__ import annotations

import pytest

from onrecord.read.segments import Segments
from onrecord.reconcile.conditions import conditions_of
from tests.reconcile.relating import Saying, report


def named(cue: str, words: str, **fields: object) -> list[str]:
    reading, (statement,) = report("a", Saying("s", "Ada", cue, words, **fields))
    return [c.span.of(reading.text) for c in conditions_of(statement, Segments(reading.text), reading.text)]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("monitors could come only if the court case ended", "only if the court case ended"),
        ("she would not sign without guarantees from the union", "without guarantees from the union"),
        ("the board will not meet until the chair resigns", "until the chair resigns"),
        ("the gates stay shut unless the town pays its share", "unless the town pays its share"),
        ("if the union agrees, the company will sign", "if the union agrees"),
        (
            "the key condition for talks was the withdrawal of the fleet",
            "condition for talks was the withdrawal of the fleet",
        ),
        ("they are ready to sign, provided that the town pays", "provided that the town pays"),
    ],
)
def test_conditions_are_the_words_of_the_report(words, condition):
    assert named("said", words) == [condition]


@pytest.mark.parametrize(
    "words",
    [
        "nobody knew if the boat had left",
        "the boat left without lights",
        "she waited until noon",
        "if it rains, the game is off",
    ],
)
def test_conditions_leave_other_clauses_alone(words):
    assert named("said", words) == []


def test_conditions_take_what_is_demanded_whole():
    assert named("insisted on", "full control over the port") == ["full control over the port"]
    assert named("insisted", "the port was safe") == []


def test_conditions_that_somebody_holds_to_begin_with_who_does():
    words = "the leader remains committed to limiting the fleet"
    assert named("said", words) == [words]


def test_conditions_of_a_refusal_to_comment_are_none():
    assert named("said", "she would not sign without guarantees", stance="no_comment") == []
