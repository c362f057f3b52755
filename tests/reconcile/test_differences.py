"""What another report did to a quotation is told by its kind: a cut is no changed word, and a changed word no cut."""

from __future__ import annotations

from collections import Counter

import pytest
from alterations import EXPECTED, altered

from onrecord.read.segments import Segments
from onrecord.reconcile.differences import Wording, differences
from onrecord.reconcile.wording import words_of
from onrecord.records import SaidOn, Span, StoryStatement


def wording(text: str, key: str, kind: str = "direct", **more: object) -> Wording:
    span = Span(0, len(text))
    statement = StoryStatement(
        id=key,
        act="speech",
        kind=kind,
        stance="asserts",
        anonymous=False,
        source=None,
        cue=None,
        content=(span,),
        article=key,
        **more,
    )
    quoted = bytes([1]) * len(text) if kind == "direct" else Segments(text).quoted
    return Wording(statement, text, words_of(text, (span,), quoted))


def told(own: str, full: str, own_kind: str = "direct", full_kind: str = "direct") -> list[tuple[str, str, str]]:
    """Return kind, own words and the fullest's of each difference; "" where a side has none."""
    return [
        (
            d.kind,
            own[d.own.start : d.own.end] if d.own else "",
            full[d.fullest.start : d.fullest.end] if d.fullest else "",
        )
        for d in differences(wording(own, "a", own_kind), wording(full, "b", full_kind))
    ]


def test_differences_name_what_was_done_to_two_hundred_quotations():
    right, seen = Counter(), Counter()
    for kind, (own, full, own_kind) in altered(200):
        kinds = [d[0] for d in told(own, full, own_kind)]
        seen[kind] += 1
        right[kind] += EXPECTED[kind] in kinds
        if kind == "changed":
            assert "cut" not in kinds, (own, full)
    assert all(right[kind] >= 0.95 * n for kind, n in seen.items()), {k: (right[k], n) for k, n in seen.items()}


def test_differences_of_the_same_words_are_none():
    for _, (own, full, _kind) in altered(40, seed=2):
        assert told(own, own) == told(full, full) == []


@pytest.mark.parametrize(
    ("own", "full", "expected"),
    [
        ("reject his visit", "reject his message", [("changed", "visit", "message")]),
        ("It is acceptable to us", "It is not acceptable to us", [("changed", "", "not")]),
        ("acceptable to us all", "That is not acceptable to us all", [("changed", "", "That is not")]),
        ("We will sign", "We will only sign if they leave", [("changed", "", "only"), ("cut", "", "if they leave")]),
        ("There will be a deal", "There is a deal", [("changed", "will be", "is")]),
        (
            "We don’t accept the centre",
            "We do not accept the center",
            [("spelling", "n’t", "not"), ("spelling", "centre", "center")],
        ),
        ("Mr. Zelensky agreed", "Mr. Zelenskyy agreed", [("spelling", "Zelensky", "Zelenskyy")]),
        (
            "a health care plan of three",
            "a healthcare plan of 3",
            [("spelling", "health care", "healthcare"), ("spelling", "three", "3")],
        ),
        ("There will never be an end", "There is no end", [("changed", "will never be an", "is no")]),
        ("He [Orbekov] accepts", "He accepts", [("insertion", "Orbekov", "")]),
        ("We accept … monitors", "We accept many foreign monitors", [("ellipsis", "…", "many foreign")]),
        ("The U.S. is with us", "The US is with us", []),
    ],
)
def test_differences_in_quotations(own, full, expected):
    assert told(own, full) == expected


def test_differences_far_apart_are_not_made_one():
    full = "We will never sign this. The gates are ours and the water is ours."
    own = "We will sign this. The gates are ours and the water is not ours."
    assert told(own, full) == [("changed", "", "never"), ("changed", "not", "")]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("that she had put the question to him", [("shift", "she", "I"), ("shift", "had", "")]),
        ("that nobody else was in the picture", [("paraphrase", "that nobody else was in the picture", "")]),
    ],
)
def test_differences_of_indirect_speech(own, expected):
    assert told(own, "I put the question to him", "indirect") == expected


def test_differences_of_who_is_credited_and_when():
    here = SaidOn("2025-10-13", "2025-10-13", "2025-10-13", "clause", Span(0, 2))
    there = SaidOn("2025-10-14", "2025-10-14", "2025-10-14", "clause", Span(0, 2))
    a = wording("We sign.", "a", speaker="x", said_on=here)
    b = wording("We sign.", "b", speaker="y", said_on=there)
    assert sorted(d.kind for d in differences(a, b)) == ["date", "speaker"]
    assert differences(a, wording("We sign.", "b", speaker="x", said_on=here)) == ()


def test_differences_leave_out_nothing_that_the_report_tells_beside():
    full = wording("He will accept that. He has no problem with it.", "b")
    first, second = wording("He will accept that.", "a"), wording("He has no problem with it.", "a2")
    assert [d.kind for d in differences(first, full)] == ["cut"]
    assert differences(first, full, [second]) == ()
