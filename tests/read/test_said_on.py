"""When something was said: whoever loses one of these sorts a statement to a wrong day, or takes a guess for a fact."""

from __future__ import annotations

import re
from datetime import date

import pytest

from onrecord.read.said_on import dated, spoken
from onrecord.read.segments import Segments
from onrecord.read.times import find, resolve
from onrecord.records import Actor, SaidOn, Span, Statement

PUBLISHED = date(2031, 5, 14)  # a Wednesday


def statement(
    text: str, n: int, source: str, cue: str, content: str, speaker: str = "a-orr", **more: object
) -> Statement:
    at = text.index(content)
    kind = "direct" if content[0] in "“‘" else "indirect"

    def span(words: str) -> Span:
        starts = [m.start() for m in re.finditer(re.escape(words), text)]
        start = min(starts, key=lambda start: min(abs(start + len(words) - at), abs(start - at - len(content))))
        return Span(start, start + len(words))

    fields = {"act": "speech", "stance": "asserts", "anonymous": False, "source_kind": "named", **more}
    return Statement(
        id=f"s-{n}",
        kind=kind,
        source=span(source),
        cue=span(cue),
        content=(Span(at, at + len(content)),),
        speaker=speaker,
        **fields,
    )  # type: ignore[arg-type]


def days(
    text: str, *statements: Statement, actors: tuple[Actor, ...] = (), published: date | None = PUBLISHED
) -> list[SaidOn | None]:
    times = resolve(find(text), published)
    return [s.said_on for s in dated(text, Segments(text), statements, actors, times, published)]


def test_a_day_beside_the_cue() -> None:
    text = "The bridge is safe, Orr said on Monday."
    (said,) = days(text, statement(text, 1, "Orr", "said", "The bridge is safe"))
    assert said is not None
    assert (said.from_, said.to, said.by) == ("2031-05-12", "2031-05-12", "clause")
    assert said.span is not None
    assert said.span.of(text) == "Monday"


@pytest.mark.parametrize(
    "text",
    [
        "Orr, who lost in 2016, said the bridge is safe.",
        "Orr said before Monday’s vote that the bridge is safe.",
        "Orr said the bridge is safe since Monday.",
        "Orr said the bridge is safe until Friday.",
    ],
)
def test_a_day_of_something_else_dates_nothing(text: str) -> None:
    content = text[text.index("th", text.index("said")) : -1]
    (said,) = days(text, statement(text, 1, "Orr", "said", content))
    assert said is not None
    assert (said.from_, said.to, said.by) == (None, "2031-05-14", "report")


def test_a_document_is_of_the_day_that_its_words_give_and_not_of_a_call_that_it_tells_of() -> None:
    text = "A note by the council dated May 5 says the bridge is old. The minutes of a call on Monday say it holds."
    first = statement(text, 1, "A note by the council dated May 5", "says", "the bridge is old", source_kind="document")
    second = statement(text, 2, "The minutes of a call on Monday", "say", "it holds", "a-b", source_kind="document")
    one, two = days(text, first, second)
    assert one is not None
    assert (one.from_, one.by) == ("2031-05-05", "clause")
    assert two is not None
    assert two.by != "clause"


def test_a_clause_that_begins_with_when_is_of_the_day_before_it() -> None:
    text = "The deal came apart on Tuesday, when Orr denied that it was signed."
    (said,) = days(text, statement(text, 1, "Orr", "denied", "that it was signed"))
    assert said is not None
    assert (said.from_, said.by) == ("2031-05-13", "clause")


def test_what_somebody_has_often_said_has_no_day() -> None:
    text = "“It holds,” Orr said on Monday. Orr has often said that the bridge is safe."
    first = statement(text, 1, "Orr", "said", "“It holds,”")
    second = statement(text, 2, "Orr", "has often said", "that the bridge is safe")
    said = days(text, first, second)[1]
    assert said is not None
    assert (said.value, said.from_, said.by) == ("PAST_REF", None, "report")


def test_the_same_speaker_goes_on_on_the_same_day() -> None:
    text = "“It holds,” Orr said on Monday. The river rose. The bridge is old, Orr said."
    first = statement(text, 1, "Orr", "said", "“It holds,”")
    second = statement(text, 2, "Orr", "said", "The bridge is old")
    said = days(text, first, second)[1]
    assert said is not None
    assert (said.from_, said.by) == ("2031-05-12", "occasion")


def test_another_speaker_does_not() -> None:
    text = "“It holds,” Orr said on Monday. The bridge is old, Lind said."
    first = statement(text, 1, "Orr", "said", "“It holds,”")
    second = statement(text, 2, "Lind", "said", "The bridge is old", "a-lind")
    said = days(text, first, second)[1]
    assert said is not None
    assert said.from_ is None


def test_the_lead_dates_what_its_subject_says() -> None:
    text = "Orr spoke to the council on Tuesday about the bridge. It was a long day. “It holds,” Orr said."
    cast = (Actor("a-orr", "Orr", "person", mentions=(Span(0, 3),)),)
    (said,) = days(text, statement(text, 1, "Orr", "said", "“It holds,”"), actors=cast)
    assert said is not None
    assert (said.from_, said.by) == ("2031-05-13", "occasion")


def test_a_programme_dates_what_is_said_on_it() -> None:
    text = "“It holds,” Orr said on “Meet the Press.”"
    (said,) = days(text, statement(text, 1, "Orr", "said", "“It holds,”"))
    assert said is not None
    assert (said.from_, said.by) == ("2031-05-11", "occasion")


def test_without_a_day_of_publication_the_weekday_is_kept_and_none_is_made_up() -> None:
    text = "The bridge is safe, Orr said on Monday. “It holds,” Orr said."
    first = statement(text, 1, "Orr", "said", "The bridge is safe")
    second = statement(text, 2, "Orr", "said", "“It holds,”")
    one, two = days(text, first, second, published=None)
    assert one is not None
    assert (one.value, one.from_, one.by) == ("XXXX-WXX-1", None, "clause")
    assert two is None


def test_no_cue_and_no_day_is_no_error() -> None:
    text = "Orr said on Monday that it holds. The bridge, Orr: old."
    first = statement(text, 1, "Orr", "said", "that it holds")
    second = Statement("s-2", "speech", "indirect", "asserts", False, None, None, (Span(46, 49),), "a-orr")
    assert len(days(text, first, second)) == 2


def test_today_within_a_quotation_is_the_day_of_speaking() -> None:
    text = "“It holds today,” Orr said on Monday. It rained today."
    s = statement(text, 1, "Orr", "said", "“It holds today,”")
    told = dated(text, Segments(text), [s], (), resolve(find(text), PUBLISHED), PUBLISHED)
    found = resolve(find(text), PUBLISHED, spoken(told))
    assert [t.value for t in found] == ["2031-05-12", "2031-05-12", "2031-05-14"]
