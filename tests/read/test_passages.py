"""Dated passages: whoever loses one does not see that something happened, or sees a saying told as a fact."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.read.passages import passages
from onrecord.read.segments import Segments
from onrecord.read.times import find, resolve
from onrecord.read.times.periods import periods
from onrecord.records import Actor, SaidOn, Span, Statement

PUBLISHED = date(2031, 5, 14)


def found(text: str, *statements: Statement, cast: tuple[Actor, ...] = ()) -> list[str]:
    times = resolve(find(text), PUBLISHED)
    told = passages(text, Segments(text), statements, cast, times, periods(text, times))
    return [text[p.start : p.end] for p in told]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council shut the bridge on Monday.", ["The council shut the bridge on Monday."]),
        ("It was built in 1950 and has stood since.", ["It was built in 1950 and has stood since."]),
        ("The 2020 budget was small and the council poor.", []),
        ("The bridge is old now, and recently it shook.", []),
        ("It took three weeks to mend the old bridge.", []),
        ("It shut Monday.", []),
    ],
)
def test_passage(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_told_words_and_the_day_of_saying_are_no_passage() -> None:
    text = "The bridge fell on Monday, Orr said on Tuesday. The council meets there on Friday at noon."
    day = text.index("Tuesday")
    s = Statement(
        "s-1", "speech", "indirect", "asserts", False, Span(27, 30), Span(31, 35), (Span(0, 25),),
        said_on=SaidOn("2031-05-13", "2031-05-13", "2031-05-13", "clause", Span(day, day + 7)),
    )  # fmt: skip
    assert found(text, s) == ["The council meets there on Friday at noon."]


def test_a_passage_has_its_actors_and_the_days_of_its_period() -> None:
    text = "Orr has led the council since March 6, 2030."
    times = resolve(find(text), PUBLISHED)
    cast = (Actor("a-1", "Orr", "person", mentions=(Span(0, 3),)), Actor("a-2", "Lind", "person"))
    (passage,) = passages(text, Segments(text), (), cast, times, periods(text, times))
    assert (passage.actors, passage.from_, passage.to) == (("a-1",), "2030-03-06", None)
