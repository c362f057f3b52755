"""Losing a quotation's edge puts words into a mouth, or takes them out of it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read.segments import Segments


def quotations(text: str) -> list[list[str]]:
    return [[p.of(text) for p in q.pieces] for q in Segments(text).quotations]


def outer(text: str) -> list[str]:
    return [p.of(text) for q in Segments(text).quotations if not q.inner for p in q.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will wait,” she said.", ["“We will wait,”"]),
        ('"We will wait," she said.', ['"We will wait,"']),
        ("‘We will wait,’ she said.", ["‘We will wait,’"]),
        ("'We will wait,' she said.", ["'We will wait,'"]),
        ("«We will wait», she said.", ["«We will wait»"]),
        ("« We will wait », she said.", ["« We will wait »"]),
        ("„We will wait“, she said.", ["„We will wait“"]),
        ("»We will wait«, she said.", ["»We will wait«"]),
        ("``We will wait,'' she said.", ["``We will wait,''"]),
        ("(“We will wait”)", ["“We will wait”"]),
        ("the plan—“a gamble”—failed", ["“a gamble”"]),
    ],
)
def test_segments_know_every_kind_of_quotation_mark(text, expected):
    assert outer(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the ’90s, and the officials’ plan isn’t theirs.",
        "It's the '90s, and the officials' plan isn't theirs.",
        "Rock 'n' roll, 'tis the season.",
        "The 6' 2\" guard ran 5' more.",
    ],
)
def test_segments_take_no_apostrophe_for_a_quotation_mark(text):
    assert outer(text) == []


def test_segments_close_a_single_quotation_after_a_plural_possessive():
    assert outer("‘The officials’ plan failed,’ he said.") == ["‘The officials’ plan failed,’"]


def test_segments_follow_mistyped_marks_by_their_place():
    assert outer('"We will wait,” she said. “Then we go," he said.') == ['"We will wait,”', '“Then we go,"']


def test_segments_join_a_quotation_opened_at_each_paragraph():
    text = "“First part.\n\n“Second part.\n\n“Third part,” she said."
    assert quotations(text) == [["“First part.", "“Second part.", "“Third part,”"]]


def test_segments_join_a_quotation_broken_by_a_line_end():
    text = "“This is a lynching.\nBut we will win!” he wrote."
    assert quotations(text) == [["“This is a lynching.", "But we will win!”"]]


def test_segments_lose_only_a_paragraph_to_a_missing_closing_mark():
    text = "He said “it is over and left.\n\nThe talks went on.\n\n“It is not over,” she said."
    assert outer(text) == ["“it is over and left.", "“It is not over,”"]
    assert not Segments(text).quotations[0].closed


def test_segments_tell_a_quotation_within_a_quotation():
    text = "“He told me ‘never again’ twice,” she said."
    found = Segments(text).quotations
    assert [(q.inner, q.pieces[0].of(text)) for q in found] == [
        (False, "“He told me ‘never again’ twice,”"),
        (True, "‘never again’"),
    ]


def test_segments_british_quotation_holds_a_double_one():
    text = "‘He told me “never again” twice,’ she said."
    assert [q.inner for q in Segments(text).quotations] == [False, True]


def test_segments_count_characters_beyond_the_bmp_as_one():
    text = "😀🇫🇷 “We will wait,” she said."
    assert outer(text) == ["“We will wait,”"]


def test_segments_paragraphs_survive_carriage_returns_and_hard_wraps():
    text = "One line.\r\n\r\nA line that is\r\nwrapped here.\r\n  Third.  "
    assert [p.of(text) for p in Segments(text).paragraphs] == ["One line.", "A line that is\r\nwrapped here.", "Third."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Lind met Gen. Orr. They spoke.", ["Mr. Lind met Gen. Orr.", "They spoke."]),
        ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
        ("“Stop!” he cried. She left.", ["“Stop!” he cried.", "She left."]),
        ("J. K. Dahl said no. A. Berg agreed.", ["J. K. Dahl said no.", "A. Berg agreed."]),
        ("“We wait.” The minister left.", ["“We wait.”", "The minister left."]),
        ("“Will it hold?” asked Lind.", ["“Will it hold?” asked Lind."]),
        ("The U.S. President left the U.S. He flew home.", ["The U.S. President left the U.S.", "He flew home."]),
    ],
)
def test_segments_cut_sentences_where_a_reader_would(text, expected):
    assert [s.of(text) for s in Segments(text).sentences] == expected


MARKS = st.text(alphabet=st.sampled_from(list("ab.’‘“”\"'«»„ \n,A😀\r-—!?(")), max_size=80)


@given(MARKS)
def test_segments_hold_for_any_text(text):
    segments = Segments(text)
    paragraphs = segments.paragraphs
    assert all(0 <= p.start < p.end <= len(text) and p.of(text) == p.of(text).strip() for p in paragraphs)
    assert all(a.end <= b.start for a, b in itertools.pairwise(paragraphs))
    assert "".join("".join(p.of(text).split()) for p in paragraphs) == "".join(text.split())
    assert "".join("".join(s.of(text).split()) for s in segments.sentences) == "".join(text.split())
    for quotation in segments.quotations:
        assert all(0 <= p.start < p.end <= len(text) for p in quotation.pieces)
        assert all(a.end <= b.start for a, b in zip(quotation.pieces, quotation.pieces[1:], strict=False))
    outer_pieces = sorted(p for q in segments.quotations if not q.inner for p in q.pieces)
    assert all(a.end <= b.start for a, b in itertools.pairwise(outer_pieces))
    assert len(segments.quoted) == len(text)
