"""The measure of times: what differs in form only is right, what differs in meaning is wrong."""

from __future__ import annotations

import pytest

from onrecord.evaluate.recognizers import DATES, score_recognizers
from onrecord.evaluate.recognizers_dates import is_right, other_kinds

TODAY = "2018-05-29"
"""A Tuesday."""


def case(text, *results, n=1):
    rows = []
    for kind, words, *values in results:
        start = len(text[: text.index(words)].encode("utf-16-le")) // 2
        resolution = {"values": list(values)}
        typed = {"TypeName": f"datetimeV2.{kind}", "Resolution": resolution}
        rows.append({"Text": words.lower(), "Start": start, "End": start + len(words) - 1, **typed})
    context = {"ReferenceDateTime": f"{TODAY}T00:00:00"}
    return {"spec": "DateTimeModel", "n": n, "Input": text, "Context": context, "Results": rows}


def day(words, *days, timex=""):
    return ("date", words, *({"timex": timex or d, "value": d} for d in days))


def stretch(words, start=None, end=None, *, timex="", mod=None):
    ends = {"start": start, "end": end, "Mod": mod}
    return ("daterange", words, {"timex": timex, **{name: value for name, value in ends.items() if value}})


def length(words, seconds):
    return ("duration", words, {"timex": "", "value": str(seconds)})


def unresolved(kind, words, timex):
    return (kind, words, {"timex": timex, "value": "not resolved"})


CASES = {
    "exactly its expressions, with their days": [
        (case("They met on 5 May 2018.", day("5 May 2018", "2018-05-05")), True),
        (case("They met on 5 May 2018.", day("5 May 2018", "2018-05-06")), False),
        (case("They met on 5 May 2018.", day("5 May", "2018-05-05")), False),
        (case("They met on 5 May 2018, then on 7 May 2018.", day("5 May 2018", "2018-05-05")), False),
        (case("🚤 They met on 5 May 2018.", day("5 May 2018", "2018-05-05")), True),
    ],
    "either of two readings": [
        (case("They met on Friday.", day("Friday", "2018-05-25", "2018-06-01")), True),
        (case("They met on Friday.", day("Friday", "2018-05-18", "2018-06-08")), False),
    ],
    "heads of spans": [
        (case("They met in May 2017.", stretch("in May 2017", "2017-05-01", "2017-06-01")), True),
        (case("They rested at the end of May 2017.", stretch("of May 2017", "2017-05-16", "2017-06-01")), False),
    ],
    "ends: the day after the last": [
        (case("They met in May 2017.", stretch("May 2017", "2017-05-01", "2017-06-01")), True),
        (case("They met in May 2017.", stretch("May 2017", "2017-05-01", "2017-06-02")), False),
        (case("They met in May 2017.", stretch("May 2017", "2017-05-01", "2017-05-31")), False),
    ],
    "ends: where the last part of a range begins": [
        (case("It ran from 2014 to 2018.", stretch("from 2014 to 2018", "2014-01-01", "2018-01-01")), True),
        (case("It ran from 2014 to 2018.", stretch("from 2014 to 2018", "2014-01-01", "2017-01-01")), False),
        (
            case("It ran from 5 May 2018 to 9 May 2018.",
                 stretch("from 5 May 2018 to 9 May 2018", "2018-05-05", "2018-05-09")),
            True,
        ),
        (
            case("It ran from 5 May 2018 to 9 May 2018.",
                 stretch("from 5 May 2018 to 9 May 2018", "2018-05-05", "2018-05-08")),
            False,
        ),
    ],
    "ends: what today bounds": [
        (case("Sales rose, year to date.", stretch("year to date", "2018-01-01", TODAY)), True),
        (case("Sales rose, year to date.", stretch("year to date", "2018-01-01", "2018-05-28")), False),
    ],
    "counted weeks, months and years": [
        (case("They met two weeks ago.", day("two weeks ago", "2018-05-15")), True),
        (case("They met two weeks ago.", day("two weeks ago", "2018-05-22")), False),
        (case("They met in May 2017.", day("May 2017", "2017-05-15")), False),
    ],
    "after a day": [
        (case("It opens after 9 June 2018.", stretch("after 9 June 2018", "2018-06-09", mod="after")), True),
        (case("It opens after 9 June 2018.", stretch("after 9 June 2018", "2018-06-10", mod="after")), True),
        (case("It opens after 9 June 2018.", stretch("after 9 June 2018", "2018-06-08", mod="after")), False),
        (case("It runs since 9 May 2018.", stretch("since 9 May 2018", "2018-05-08", mod="since")), False),
    ],
    "open ends": [
        (case("It closed before 9 May 2018.", stretch("before 9 May 2018", None, "2018-05-09", mod="before")), True),
        (case("It closed before 9 May 2018.", stretch("before 9 May 2018", "2018-01-01", "2018-05-09")), False),
        (case("It ran from 2014 to 2018.", stretch("from 2014 to 2018", "2014-01-01")), False),
        (
            case("It is more than 2 weeks after today.",
                 stretch("more than 2 weeks after today", "2018-06-12", mod="after")),
            True,
        ),
        (case("It is 2 weeks after today.", stretch("2 weeks after today", "2018-06-12", mod="after")), False),
        (case("Nobody came to date.", stretch("to date", None, TODAY, timex="PRESENT_REF")), True),
        (case("Nobody came today.", stretch("today", None, TODAY, timex="PRESENT_REF")), False),
    ],
    "durations": [
        (case("It lasted three hours.", length("three hours", 10800)), True),
        (case("It lasted three hours.", length("three hours", 10900)), True),
        (case("It lasted three hours.", length("three hours", 11000)), False),
        (case("It lasted two weekends.", length("two weekends", 4 * 86400)), True),
        (case("It lasted several weeks.", length("several weeks", 3 * 604800)), False),
        (case("It comes every week.", length("every week", 604800)), False),
    ],
    "left unresolved there": [
        (case("It fell in fiscal year 2008.", unresolved("daterange", "fiscal year 2008", "FY2008")), True),
        (case("It fell in fiscal year 2008.", unresolved("daterange", "fiscal year 2008", "FY2009")), False),
        (case("It was a long winter.", unresolved("daterange", "winter", "WI")), True),
        (case("It was a long winter.", unresolved("daterange", "winter", "SU")), False),
        (case("They met on 30 February 2018.", unresolved("date", "30 February 2018", "2018-02-30")), True),
        (case("They met on 20 February 2018.", unresolved("date", "20 February 2018", "2018-02-30")), False),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "right"),
    [pytest.param(*each, id=f"{name}, {at}") for name, rows in CASES.items() for at, each in enumerate(rows)],
)
def test_a_case_is_right_when_what_it_means_is_found(row, right):
    assert is_right(row) is right


def test_each_convention_has_a_case_that_is_right_and_one_that_is_wrong():
    assert [name for name, rows in CASES.items() if {right for _, right in rows} != {True, False}] == []


def test_an_expected_expression_without_a_value_cannot_be_met():
    row = case("They met on 5 May 2018.", day("5 May 2018"))
    assert not is_right(row)
    del row["Results"][0]["Resolution"]
    assert not is_right(row)


def test_cases_of_dates_alone_are_scored_and_the_others_counted():
    rows = [
        case("They met on 5 May 2018.", day("5 May 2018", "2018-05-05"), n=3),
        case("They met on 5 May 2018.", day("5 May 2018", "2018-05-06"), n=4),
        case("They met.", n=5),
        case("They meet every day.", ("set", "every day"), n=6),
        case("They meet every day in May.", ("set", "every day"), stretch("in May"), n=7),
        case("They meet every day at noon.", ("set", "every day"), ("time", "noon"), n=8),
        {"spec": "AgeModel", "n": 9},
    ]
    share = score_recognizers(rows)[DATES]
    assert (share.percent, share.total, share.failing) == (50.0, 2, (4,))
    assert other_kinds(rows) == {"set": 2, "none": 1, "set+time": 1}


def test_both_spellings_of_the_kind_are_known():
    row = case("They met on 5 May 2018.", day("5 May 2018", "2018-05-05"))
    row["Results"][0]["Typename"] = row["Results"][0].pop("TypeName")
    assert score_recognizers([row])[DATES].right == 1
