"""Periods: whoever loses one takes the end of a range for a day of its own."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.read.times import find, resolve
from onrecord.read.times.periods import periods

PUBLISHED = date(2031, 5, 14)


@pytest.mark.parametrize(
    ("text", "words", "relation", "first", "last"),
    [
        ("It rained from 2014 to 2018.", "from 2014 to 2018", "range", "2014-01-01", "2018-12-31"),
        ("It rained between May and July 2030.", "between May and July 2030", "range", "2030-05-01", "2030-07-31"),
        ("The 2010-2012 drought.", "2010-2012", "range", "2010-01-01", "2012-12-31"),
        ("Snow lay from November to March.", "from November to March", "range", "2030-11-01", "2031-03-31"),
        ("It has rained since March 6.", "since March 6", "since", "2031-03-06", None),
        ("It rained after 2016.", "after 2016", "after", "2017-01-01", None),
        ("It must end before March 6, 2032.", "before March 6, 2032", "before", None, "2032-03-05"),
        ("It must end before the end of 2032.", "before the end of 2032", "before", None, "2032-12-31"),
        ("They have until Friday.", "until Friday", "until", None, "2031-05-16"),
        ("It must be done by June 1, 2031.", "by June 1, 2031", "by", None, "2031-06-01"),
        ("A visit starting May 19, 2031.", "starting May 19, 2031", "since", "2031-05-19", None),
        (
            "A truce of three days starting May 19, 2031.",
            "three days starting May 19, 2031",
            "range",
            "2031-05-19",
            "2031-05-21",
        ),
        (
            "Sales in the first nine months of 2030 fell.",
            "the first nine months of 2030",
            "range",
            "2030-01-01",
            "2030-09-30",
        ),
        ("Plans for 2032 and beyond.", "2032 and beyond", "since", "2032-01-01", None),
    ],
)
def test_period(text: str, words: str, relation: str, first: str | None, last: str | None) -> None:
    found = periods(text, resolve(find(text), PUBLISHED))
    (period,) = found
    assert (text[period.start : period.end], period.relation) == (words, relation)
    assert (period.from_, period.to) == (first, last)


def test_days_without_a_relation_are_no_period() -> None:
    text = "They met on Monday. On Friday they parted."
    assert periods(text, resolve(find(text), PUBLISHED)) == []


def test_a_period_without_a_day_of_publication_has_no_days() -> None:
    text = "It has rained since March 6."
    (period,) = periods(text, resolve(find(text), None))
    assert (period.relation, period.from_, period.to) == ("since", None, None)
