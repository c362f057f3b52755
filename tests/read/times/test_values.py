"""Times and their values: a reader who loses one of these reads a wrong date, or a date that no text gave."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.times import find, resolve
from onrecord.records import TimeExpression

WEDNESDAY = date(2031, 5, 14)


def times(text: str, published: date | None = WEDNESDAY) -> list[TimeExpression]:
    return resolve(find(text), published)


def only(text: str, published: date | None = WEDNESDAY) -> TimeExpression:
    found = times(text, published)
    assert len(found) == 1, [(text[t.start : t.end], t.value) for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The council met on Monday.", "Monday", "2031-05-12"),
        ("The council met on Wednesday.", "Wednesday", "2031-05-14"),
        ("The council will meet on Monday.", "Monday", "2031-05-19"),
        ("Orr promised on Monday that it would rain.", "Monday", "2031-05-12"),
        ("Her party won on Tuesday.", "Tuesday", "2031-05-13"),
        ("Her party won’t vote on Tuesday.", "Tuesday", "2031-05-20"),
        ("On Tuesday, they didn't want to talk.", "Tuesday", "2031-05-13"),
        ("The hearing will proceed on Tuesday.", "Tuesday", "2031-05-20"),
        ("He will go, since the party threw him out on Tuesday.", "Tuesday", "2031-05-13"),
        ("She flew home last Friday.", "last Friday", "2031-05-09"),
        ("She flies home next Friday.", "next Friday", "2031-05-23"),
        ("They spoke the day before yesterday.", "the day before yesterday", "2031-05-12"),
        ("Talks resume tomorrow.", "tomorrow", "2031-05-15"),
        ("It fell last week.", "last week", "2031-W19"),
        ("Votes are due this month.", "this month", "2031-05"),
        ("It began earlier this month.", "earlier this month", "2031-05"),
        ("He left last year.", "last year", "2030"),
        ("The bridge opened on March 6.", "March 6", "2031-03-06"),
        ("The bridge will open on June 6.", "June 6", "2031-06-06"),
        ("The bridge opened on 6 March 2019.", "6 March 2019", "2019-03-06"),
        ("It opened on Tuesday, May 6, 2031.", "Tuesday, May 6, 2031", "2031-05-06"),
        ("He was born on Jan. 8, 1990.", "Jan. 8, 1990", "1990-01-08"),
        ("The law of 2031-05-02 stands.", "2031-05-02", "2031-05-02"),
        ("It has snowed since 2014.", "2014", "2014"),
        ("The flood came in December.", "December", "2030-12"),
        ("The flood came in December 2019.", "December 2019", "2019-12"),
        ("It was quiet in the late 1990s.", "the late 1990s", "199X"),
        ("A plan of the 19th century.", "the 19th century", "18XX"),
        ("Sales rose in the third quarter of 2030.", "the third quarter of 2030", "2030-Q3"),
        ("It opens next summer.", "next summer", "2031-SU"),
        ("They wed two years ago.", "two years ago", "2029"),
        ("They met three days ago.", "three days ago", "2031-05-11"),
        ("They met a fortnight ago.", "a fortnight ago", "2031-W18"),
        ("The talks lasted three days.", "three days", "P3D"),
        ("It took nearly two hours.", "nearly two hours", "PT2H"),
        ("It took two and a half years.", "two and a half years", "P2Y6M"),
        ("They argued for weeks.", "weeks", "PXW"),
        ("They meet every Monday.", "every Monday", "XXXX-WXX-1"),
        ("The paper appears daily.", "daily", "P1D"),
        ("They met on Monday evening.", "Monday evening", "2031-05-12TEV"),
        ("They met at 9:30 a.m. on Monday.", "9:30 a.m. on Monday", "2031-05-12T09:30"),
        ("They met on Christmas Day 2030.", "Christmas Day 2030", "2030-12-25"),
        ("They met on Easter Sunday 2030.", "Easter Sunday 2030", "2030-04-21"),
        ("They met on Thanksgiving 2030.", "Thanksgiving 2030", "2030-11-28"),
        ("It is quiet now.", "now", "PRESENT_REF"),
        ("Today Orr spoke.", "Today", "2031-05-14"),
        ("It changed on 9/11 for good.", "9/11", "2001-09-11"),
        ("It has rained recently.", "recently", "PAST_REF"),
        ("It will rain soon.", "soon", "FUTURE_REF"),
    ],
)
def test_value_of_an_expression(text: str, words: str, value: str) -> None:
    found = only(text)
    assert (text[found.start : found.end], found.value) == (words, value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell last week.", "2031-05-05", "2031-05-11"),
        ("He comes this week or the next.", "2031-05-12", "2031-05-25"),
        ("It fell last month.", "2031-04-01", "2031-04-30"),
        ("It began earlier this month.", "2031-05-01", "2031-05-13"),
        ("It ends later this month.", "2031-05-14", "2031-05-31"),
        ("It opened in mid-November 2030.", "2030-11-10", "2030-11-20"),
        ("It opened in late 2030.", "2030-09-01", "2030-12-31"),
        ("It was quiet in the early 1990s.", "1990-01-01", "1993-12-31"),
        ("It rained over the past three days.", "2031-05-11", "2031-05-13"),
        ("They meet in the next four business days.", "2031-05-15", "2031-05-20"),
        ("Sales rose in the first quarter of 2030.", "2030-01-01", "2030-03-31"),
        ("It lasted from December 27th to the third.", "2030-12-27", "2031-01-03"),
        ("They meet on June 19-20.", "2031-06-19", "2031-06-20"),
        ("They met at 5 p.m. EST Monday.", "2031-05-12T17:00-05:00", "2031-05-12T17:00-05:00"),
    ],
)
def test_interval_of_an_expression(text: str, first: str, last: str) -> None:
    found = only(text)
    assert (found.from_, found.to) == (first, last)


def test_a_clock_time_of_an_unknown_day_has_no_days_though_its_zone_is_known() -> None:
    found = only("They met at 5 p.m. GMT.", None)
    assert (found.value, found.from_, found.to) == ("XXXX-XX-XXT17:00", None, None)


@pytest.mark.parametrize(
    ("published", "value"),
    [(date(2031, 1, 15), "2029-WI"), (date(2031, 3, 15), "2030-WI"), (date(2031, 12, 15), "2030-WI")],
)
def test_last_winter_is_the_last_that_has_ended(published: date, value: str) -> None:
    assert only("The roof fell in last winter.", published).value == value


@pytest.mark.parametrize(
    "text",
    [
        "99999999999999999999999 weeks ago",
        "a fortnight every fortnight",
        "x² and 5² days ago",
        "0 days ago",
        "the last 0 days",
    ],
)
def test_odd_figures_are_no_error(text: str) -> None:
    assert all(t.value for t in times(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The council met on Monday.", "XXXX-WXX-1"),
        ("The bridge opened on March 6.", "XXXX-03-06"),
        ("It fell last week.", "XXXX-WXX"),
        ("It fell last month.", "XXXX-XX"),
        ("He left last year.", "XXXX"),
        ("Talks resume tomorrow.", "XXXX-XX-XX"),
        ("They met three days ago.", "XXXX-XX-XX"),
        ("The flood came in December.", "XXXX-12"),
        ("They met on Christmas Day.", "XXXX-12-25"),
    ],
)
def test_without_a_day_of_publication_nothing_is_guessed(text: str, value: str) -> None:
    found = only(text, None)
    assert (found.value, found.from_, found.to) == (value, None, None)


def test_days_of_the_narration_hold_without_a_day_of_publication() -> None:
    found = times("The wall fell on Jan. 8, 2019. Two days later it rained. That day the school shut.", None)
    assert [t.value for t in found] == ["2019-01-08", "2019-01-10", "2019-01-10"]


def test_days_count_from_the_day_that_the_text_named_last() -> None:
    found = times("They met on March 6, 2030. The next day they parted. A week later they wrote.")
    assert [t.value for t in found] == ["2030-03-06", "2030-03-07", "2030-W11"]


def test_a_day_counted_from_another() -> None:
    assert only("They met two days before March 6, 2030.").value == "2030-03-04"


def test_a_year_earlier_is_a_quarter_where_figures_of_a_quarter_are_told() -> None:
    text = "Profit for the first quarter of 2031 rose to 5 million from 4 million a year earlier."
    assert [t.value for t in times(text)] == ["2031-Q1", "2030-Q1"]


@pytest.mark.parametrize(
    "text",
    [
        "You may march if you must.",
        "He sat down, and the sun shone.",
        "Orr read The Sun and met Jan Lind.",
        "A 44-year-old protester, aged 44, was there.",
        "They flew in an F-16 and a Boeing 737 to Gate 12.",
        "It cost $1990 and 2000 people paid.",
        "The score was 24-7, the vote 50/50.",
        "Three-quarters of its food is shipped.",
        "Call 555-2014.",
        "Orr read USA Today, the Daily News and Larry King Now.",
        "At the end of the day, Easter Island is far.",
        "See Article 5 and Room 1914A.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == [], [text[t.start : t.end] for t in times(text)]


def test_a_sentence_that_holds_a_day_no_calendar_has_keeps_its_value_and_gets_no_interval() -> None:
    found = only("It was due on February 30, 2031.")
    assert (found.value, found.from_) == ("2031-02-30", None)


WORDS = [
    "Monday",
    "last",
    "next",
    "this",
    "week",
    "two",
    "years",
    "ago",
    "2014",
    "March",
    "6",
    "the",
    "of",
    "and",
    "in",
    "since",
    "-",
    ",",
    ".",
    "first",
    "quarter",
    "May",
    "31",
    "1990s",
    "'80s",
    "a",
    "morning",
    "9",
    "a.m.",
    "every",
    "hundred",
    "½",
    "century",
    "30",
    "Feb.",
    "2031",
    "day",
    "after",
    "before",
    "now",
    "11",
    "/",
    "half",
    "2031-02-30",
    "9:30",
    "GMT",
    "noon",
    "²",
    "0",
    "couple",
    "of",
    "Easter",
    "weekend",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from([None, WEDNESDAY, date(1, 1, 1), date(9999, 12, 31)])
)
def test_any_words_give_ordered_spans_of_the_text(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    found = times(text, published)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all((t.from_ or "") <= (t.to or "9999-99") for t in found)
    assert all(date.fromisoformat(day[:10]) for t in found for day in (t.from_, t.to) if day)


@pytest.mark.parametrize(
    "unit", ["1 1 1 1 ", "two hundred and ", "the first ", "Monday Monday, ", "the the the ", "2014-2015-", "'80s "]
)
def test_time_on_hostile_text_is_linear(unit: str) -> None:
    import time

    def spent(n: int) -> float:
        text = unit * (n // len(unit))
        began = time.perf_counter()
        times(text)
        return time.perf_counter() - began

    spent(5_000)
    short, long = max(spent(20_000), 0.005), spent(160_000)
    assert long < 8 * short * 4, (short, long)
