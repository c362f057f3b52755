"""One person under two names splits the record; two persons under one falsify it."""

from __future__ import annotations

import pytest

from onrecord.reconcile import reconcile, strangers
from onrecord.records import Actor, MadeBy, Reading, Span, Statement, text_hash

WORDS = "“We are weeks away from a signature,”"


def reading(key: str, name: str, kind: str = "person", words: str = WORDS) -> Reading:
    text = f"{words} {name} said."
    span, content = Span(len(words) + 1, len(words) + 1 + len(name)), Span(0, len(words))
    statement = Statement(
        id=f"s-{key}",
        act="speech",
        kind="direct",
        stance="asserts",
        anonymous=kind == "unnamed",
        source=span,
        cue=None,
        content=(content,),
        speaker=f"a-{key}",
    )
    actor = Actor(f"a-{key}", name, kind, mentions=(span,))
    return Reading("onrecord/1", MadeBy("0", "w"), key, text_hash(text), text, statements=(statement,), actors=(actor,))


def speakers(*readings: Reading) -> int:
    return len({s.speaker for s in reconcile(readings).stories[0].statements})


@pytest.mark.parametrize(
    ("a", "b", "kind", "number"),
    [
        ("Anna Lind", "Anna Lind", "person", 1),
        ("Anna Lind", "Lind", "person", 1),
        ("Anna B. Lind", "Anna Lind", "person", 1),
        ("Anna Lind Jr.", "Anna Lind", "person", 1),
        ("A. Lind", "B. Lind", "person", 2),
        ("the Orangery", "The Orangery", "organisation", 1),
        ("Anna Lind", "Paul Orr", "person", 2),
        ("an official", "an official", "unnamed", 2),
    ],
)
def test_actors_are_one_where_their_names_make_it_certain(a, b, kind, number):
    assert speakers(reading("a", a, kind, "“No.”"), reading("b", b, kind, "“Yes.”")) == number


def test_actors_of_two_spellings_are_one_where_the_same_words_are_theirs():
    assert speakers(reading("a", "Rustam Chalik"), reading("b", "Roustam Tchalik")) == 1
    assert speakers(reading("a", "Rustam Chalik", words="“No.”"), reading("b", "Roustam Tchalik")) == 2


def test_actors_of_other_names_stay_two_though_the_same_words_are_theirs():
    assert speakers(reading("a", "Rustam Chalik"), reading("b", "Anna Lind")) == 2


def test_actors_tell_a_report_that_names_nobody_else_does():
    readings = [reading("a", "Anna Lind"), reading("b", "Anna Lind"), reading("c", "Paul Orr")]
    assert [r.id for r in strangers(readings)] == ["c"]
