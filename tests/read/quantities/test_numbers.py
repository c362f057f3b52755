"""Numbers: what a reader of figures takes as one, and what only looks like one."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.quantities.numbers import cardinal, fold, numbers, ordinal, scan


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and five", 205),
        ("twenty five", 25),
        ("a hundred", 100),
        ("two hundred and two thousand", 202_000),
        ("two thousand and two hundred", 2_200),
        ("three million two hundred thousand and six", 3_200_006),
        ("twenty five hundred", 2_500),
        ("nought", 0),
        ("nineteen eighty six", None),
        ("one hundred and one hundred", None),
        ("two million million", None),
        ("hundred", None),
        ("twenty zero", None),
        ("", None),
    ],
)
def test_words_make_one_cardinal_or_none(words, value):
    assert cardinal(words.split()) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty third", 23),
        ("first", 1),
        ("two hundredth", 200),
        ("one hundred and first", 101),
        ("two thirds", None),
        ("one third", None),
        ("twenty twentieth", None),
        ("three", None),
    ],
)
def test_words_make_one_ordinal_or_none(words, value):
    assert ordinal(words.split()) == value


def read(text):
    return [(text[n.start : n.end], n.value) for n in numbers(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost 1,234,567 in all.", [("1,234,567", 1_234_567)]),
        ("It cost 12,34,567 in all.", [("12,34,567", 1_234_567)]),
        ("It cost 1.234.567,89 in all.", [("1.234.567,89", 1_234_567.89)]),
        ("It cost 1\u202f234 in all.", [("1\u202f234", 1_234)]),
        ("Growth was .5 or 0.75.", [(".5", 0.5), ("0.75", 0.75)]),
        ("There were 1.3 million or 10k.", [("1.3 million", 1_300_000), ("10k", 10_000)]),
        ("It raised $1.8M and £5m.", [("1.8M", 1_800_000), ("5m", 5_000_000)]),
        ("It weighs 2 1/2, or 5½, or ¾.", [("2 1/2", 2.5), ("5½", 5.5), ("¾", 0.75)]),
        ("They need 3/4.", [("3/4", 0.75)]),
        ("It fell to -5 or minus six.", [("-5", -5), ("minus six", -6)]),
        ("A line — 5 of them — and a list:\n- 5 apples", [("5", 5), ("5", 5)]),
        ("Three hundred  and\nthirty-one came.", [("Three hundred  and\nthirty-one", 331)]),
        ("It is two point zero five.", [("two point zero five", 2.05)]),
        (
            "One and a half million, or 3 million and a half.",
            [("One and a half million", 1.5e6), ("3 million and a half", 3.5e6)],
        ),
        ("He took two-thirds and a quarter of it.", [("two-thirds", 2 / 3), ("a quarter", 0.25)]),
        ("Half a million and half a dozen.", [("Half a million", 500_000), ("half a dozen", 6)]),
        ("three dozen eggs, a dozen more", [("three dozen", 36), ("a dozen", 12)]),
        ("two out of five, 1 in 10, nine of ten", [("two out of five", 0.4), ("1 in 10", 0.1), ("nine of ten", 0.9)]),
        ("They lost 5 in 10 days.", [("5", 5), ("10", 10)]),
        ("He won 1 in 2012.", [("1", 1), ("2012", 2012)]),
        ("the twenty-third and the 4th", [("twenty-third", 23), ("4th", 4)]),
        ("a third of the votes, a third candidate", [("a third", 1 / 3), ("third", 3)]),
        ("the second half and the other half", [("second", 2)]),
        ("12 lakh, 3 crore", [("12 lakh", 1_200_000), ("3 crore", 30_000_000)]),
        ("It has 1.3e6 or 6.2x10^-4.", [("1.3e6", 1_300_000), ("6.2x10^-4", 0.00062)]),
    ],
)
def test_numbers_have_their_words_and_their_value(text, found):
    assert [words for words, _ in read(text)] == [words for words, _ in found]
    assert [value for _, value in read(text)] == pytest.approx([value for _, value in found])


@pytest.mark.parametrize(
    "text",
    [
        "at 9:30, 9.30pm or 6 a.m.",
        "on 5/17/2018 or 2018-05-17",
        "on 9/11, around 24/7",
        "call (555) 555-0134 or 1-555-555-0134",
        "see https://example.org/a/34/55 or www.example.org/34",
        "at 192.168.0.1",
        "the F-16, Covid-19, G7, MK12-173",
        "the one who left, no one, this one, one of them, the only one",
        "a high-five",
        "the 29km road, a 16th",
    ],
)
def test_what_only_looks_like_a_number_is_none(text):
    assert [n for n in numbers(text) if n.form != "ordinal"] == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("dozens of them", "dozens", 12),
        ("tens of thousands fled", "tens of thousands", 10_000),
        ("hundreds of millions", "hundreds of millions", 10**8),
        ("a few hundred people", "a few hundred", 100),
        ("several thousand people", "several thousand", 1000),
    ],
)
def test_vague_amounts_are_multiples(text, words, value):
    (number,) = numbers(text)
    assert (text[number.start : number.end], number.value, number.form) == (words, value, "multiple")


PIECES = (
    "1 2,345 .5 1/2 ½ one two hundred thousand million and a half third thirds quarter dozen of in out point "
    "minus - – $ % 9:30 http://a.b/1 İ 𝟙 ٣ \n first twenty -third dozens tens several to from between US$ km m "
    "feet 5ft no. #"
)
NUMBERY = st.lists(st.sampled_from(PIECES.split(" ")), max_size=30).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(NUMBERY, NUMBERY.map(lambda t: t.replace(" ", "")), st.text(max_size=80)))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    found = scan(text, fold(text))
    assert len(fold(text)) == len(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(abs(n.value) < float("inf") for n in found)


HOSTILE = [
    "1 1 1 1 ",
    "one hundred and one hundred and ",
    "$$$$",
    "1,1,1,1,",
    "11,11,",
    "1",
    "one-",
    "hundreds of thousands of ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_faster(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        begun = time.process_time()
        numbers(text)
        return time.process_time() - begun

    assert min(seconds(200_000), seconds(200_000)) < 30 * max(seconds(25_000), 0.01)
