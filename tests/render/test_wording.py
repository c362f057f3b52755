"""Days as they are written: whoever loses one reads "2031-W20" or "XXXX-WXX-1" on a page."""

from __future__ import annotations

import pytest

from onrecord.records import TimelineEntry
from onrecord.render.view.timeline import _when
from onrecord.render.view.wording import when


@pytest.mark.parametrize(
    ("value", "first", "last", "told"),
    [
        ("2031-05-12", "2031-05-12", "2031-05-12", "12 May 2031"),
        ("2031-05-12T09:30", "2031-05-12T09:30", "2031-05-12T09:30", "12 May 2031, 09:30"),
        ("2031-05-12TMO", "2031-05-12", "2031-05-12", "12 May 2031"),
        ("2031-05", "2031-05-01", "2031-05-31", "May 2031"),
        ("2031-W20", "2031-05-12", "2031-05-18", "week of 12 May 2031"),
        ("2031-W20-WE", "2031-05-17", "2031-05-18", "weekend of 17 May 2031"),
        ("2031-Q2", "2031-04-01", "2031-06-30", "second quarter of 2031"),
        ("2031-WI", "2031-12-01", "2032-02-29", "winter 2031"),
        ("199X", "1990-01-01", "1999-12-31", "1990s"),
        ("19XX", "1900-01-01", "1999-12-31", "1 Jan 1900 – 31 Dec 1999"),
        ("XXXX-WXX-1", None, None, "Monday"),
        ("XXXX-03-06", None, None, "6 Mar"),
        ("XXXX-12", None, None, "Dec"),
        ("XXXX-XX-XX", None, None, None),
    ],
)
def test_when(value: str, first: str | None, last: str | None, told: str | None) -> None:
    assert when(value, first, last) == told


def test_what_goes_on_is_told_since() -> None:
    assert _when(TimelineEntry("t-1", "2014", "2014-01-01", None, "event")) == "since 2014"
    assert _when(TimelineEntry("t-1", "2014", "2014-01-01", "2014-12-31", "event")) == "2014"
