"""What is told within what is told."""

from __future__ import annotations

import pytest

from onrecord.read.attributions import Attribution
from onrecord.read.inner import nouns_of_saying
from onrecord.read.segments import Segments
from onrecord.records import Span


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lind repeated her threat to close the dam, and left.", ("her", "threat", "to close the dam")),
        ("It met Tarn’s demand that the sluice be opened.", ("Tarn’s", "demand", "that the sluice be opened")),
        (
            "The vote follows Republican complaints about the closed hearings.",
            ("Republican", "complaints", "about the closed hearings"),
        ),
        ("It followed claims by Ada Lind that the dam leaked.", ("Ada Lind", "claims", "that the dam leaked")),
        ("He said: “I do not share his angry claim that we lied.”", ("his", "claim", "that we lied")),
    ],
)
def test_a_noun_of_saying_with_its_possessor_tells_a_statement(text, told):
    (found,) = nouns_of_saying(text, Segments(text), [])
    assert (found.source.of(text), found.cue.of(text), found.content[0].of(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "The threat to close the dam stood.",
        "Her threat was heard.",
        "Her threat to leave.",
        "Its call to arms was old.",
    ],
)
def test_a_noun_without_possessor_or_words_tells_none(text):
    assert nouns_of_saying(text, Segments(text), []) == []


def test_a_noun_that_the_network_holds_as_cue_or_source_is_not_told_twice():
    text = "Lind repeated her threat to close the dam."
    cue = Span(text.index("threat"), text.index("threat") + 6)
    held = Attribution(None, cue, (Span(text.index("to close"), len(text) - 1),), 0.9)
    assert nouns_of_saying(text, Segments(text), [held]) == []


def test_a_verb_of_saying_within_told_words_is_a_statement_within_a_statement(reader, make_article):
    text = (
        "Minister Ada Lind said on Monday that Piet Horn had told the council that the sluice would stay closed.\n\n"
        "“Nobody asked us,” Lind said."
    )
    told = reader.read(make_article(text)).statements
    inner = next(s for s in told if s.cue and s.cue.of(text) == "told")
    assert inner.source.of(text) == "Piet Horn"
    assert [c.of(text) for c in inner.content] == ["that the sluice would stay closed"]
    outer = next(s for s in told if s.id == inner.parent)
    assert outer.cue.of(text).startswith("said")
    assert inner.content[0] in outer.content[0]


def test_sayings_within_one_another_without_end_are_told_up_to_a_number(reader, make_article):
    # Each reaches to the end of the content: without a bound, time and output grow with the square of the text.
    text = "The minister said that it was late. He " + "said that he said " * 500 + "no."
    assert len(reader.read(make_article(text)).statements) < 20
