"""Dates: day and month with or without a year, figures, weeks of a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from onrecord.read.quantities.number_words import ORDINALS
from onrecord.read.times import calendar
from onrecord.read.times.amounts import cardinal, full_year
from onrecord.read.times.meaning import MEANINGS, Meaning, means, moved, on_calendar, on_day, unit_of
from onrecord.read.times.place import ABOUT, Place
from onrecord.read.times.tense import STOPS
from onrecord.read.words import word_list


def day_number(p: Place, n: int = 0) -> int:
    """Return the number of the day, or the ordinal, that the words give; 0 without any."""
    for name in ("D", "DO", "o31", "d31", "O", "d12"):
        words = p.caught(name, n)
        if words:
            return day_figure(words)
    return 0


def day_figure(words: Sequence[str]) -> int:
    """Return the number that figures, number words or an ordinal say."""
    figures = re.match(r"\d+", words[0])
    return int(figures[0]) if figures else cardinal(words) or 0


@means("date")
def _date(p: Place) -> Meaning | None:
    month, day = p.month(), day_number(p)
    if month is None or not 1 <= day <= 31:
        return None
    year = p.year()
    if year is None and (p.after() in word_list("counted_things") or (p.after()[:1] in "%" and p.after())):
        return None
    weekday = p.weekday() if p.has("W") else None
    mod = ABOUT if p.all()[0] in ("around", "about", "circa") else p.mod
    return on_date(p, year, month, day, weekday, mod)


def on_date(p: Place, year: int | None, month: int, day: int, weekday: int | None, mod: str | None) -> Meaning:
    """Return the meaning of a day and month, with its year or with the one that they most likely lie in."""
    today = p.anchor.today
    if year is None:
        year = year_of_range(p, month)
    if year is None and today is not None:
        year = _year_of(p, today, month, day, weekday)
    value = f"{f'{year:04}' if year is not None else 'XXXX'}-{month:02}-{day:02}"
    return on_calendar(value, "day", mod)


RANGE = frozenset(["to", "-", "–", "—", "~", "through", "till", "until", "and"])
_INSIDE_A_DATE = frozenset([",", ".", "of", "in", "the", "/", "-"])


def year_of_range(p: Place, month: int) -> int | None:
    """Return the year that the other end of a range has: "from January to April 2015", "Nov. 18-Dec. 19, 2015"."""
    if p.after() not in RANGE or (p.after() == "and" and p.before() != "between"):
        return None
    other = None
    for n in range(1, 8):
        word = p.after(n)
        if word.isdecimal() and len(word) == 4:
            return int(word) - (other is not None and other < month)
        named = p.look("month", [word])
        other = int(named) if named else other if other or not word.isdecimal() else int(word)
        if not named and word not in _INSIDE_A_DATE and not word[:1].isdecimal() and word not in ORDINALS:
            return None
    return None


def _year_of(p: Place, today: date, month: int, day: int, weekday: int | None) -> int:
    """Return the year in which a day and month lie: that in which the weekday fits, else the year that the text
    just spoke of, else the nearest on the side that the verb points to.
    """
    near = [d for y in (today.year - 1, today.year, today.year + 1) if (d := calendar.day_in_month(y, month, day))]
    if not near:
        return today.year
    if weekday is not None and not {"this", "next"} & set(p.all()):
        near = [d for d in near if d.isoweekday() == weekday] or near
    return min(near, key=lambda d: distance(d, today, p.future())).year


NEAR = 60
"""Days within which a day and month without a year is the nearest one, whatever the verb; set on TempEval-3."""


def distance(day: date, today: date, future: bool | None) -> float:
    """Return how unlikely a day is to be meant: how far it is, and whether the verb points to its side."""
    days = (day - today).days
    if future is None:
        return abs(days) if abs(days) <= NEAR or days < 0 else days * 1.5
    wrong = (days > 0) != future and days != 0
    return abs(days) + (200 if wrong and abs(days) > 7 else 20 if wrong else 0)


@means("date_ahead")
def _date_ahead(p: Place) -> Meaning | None:
    found, today = MEANINGS["date"](p), p.anchor.today
    day = calendar.first_day(found.value) if found else None
    if day and today and day <= today and p.year() is None:
        return on_day(moved(day, 1, "year"))
    return found


@means("iso")
def _iso(p: Place) -> Meaning | None:
    word = p.caught("iso")[0]
    found = re.fullmatch(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})", word)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    if month > 12 >= day:
        month, day = day, month
    return on_calendar(f"{year:04}-{month:02}-{day:02}", "day") if 1 <= month <= 12 and 1 <= day <= 31 else None


@means("slashes")
def _slashes(p: Place) -> Meaning | None:
    """American order, unless the second figure is no day."""
    figures = [w for w in p.all() if w[0].isdecimal()]
    if figures == ["9", "11"]:
        return on_calendar("2001-09-11", "day")  # the one day that is called by its figures
    if not all(w.isdecimal() for w in figures):
        return None
    if len(figures) == 3 and len(figures[0]) == 4:
        figures = [*figures[1:], figures[0]]
    month, day = int(figures[0]), int(figures[1])
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = full_year(figures[2]) if len(figures) == 3 and len(figures[2]) in (2, 4) else None
    return on_date(p, year, month, day, p.weekday() if p.has("W") else None, None)


@means("slashes_alone")
def _slashes_alone(p: Place) -> Meaning | None:
    """Figures without a word that shows them to be a day: where they open a sentence; and the day that is called so."""
    if p.all() == ["9", "/", "11"]:
        return MEANINGS["slashes"](p)
    opens = p.match.start == 0 or p.before() in STOPS
    return MEANINGS["slashes"](p) if opens and p.after() in (",", "-", "–", ":", "") else None


@means("year_month")
def _year_month(p: Place) -> Meaning | None:
    """By name: "2015-12"; but "2011-12" is a season."""
    year, month = (int(w) for w in (p.all()[0], p.all()[-1]))
    if len(p.all()[-1]) != 2 or not 1 <= month <= 12 or month == (year + 1) % 100:
        return None
    return on_calendar(f"{year:04}-{month:02}", "month")


@means("year_month_day")
def _year_month_day(p: Place) -> Meaning | None:
    year, month, day = (int(w) for w in p.all())
    return on_calendar(f"{year:04}-{month:02}-{day:02}", "day")


@means("days_of_month")
def _days_of_month(p: Place) -> Meaning | None:
    """By name: "Nov. 19-20"; over the end of the month where the second day is lower: "April 27 to the third"."""
    month = p.month()
    spans = sorted({span for name in ("D", "DO", "o31", "d31") for span in p.match.parts.get(name, ())})
    days = [day_figure(p.words.lower[slice(*span)]) for span in spans]
    if month is None or len(days) < 2 or not all(1 <= d <= 31 for d in days):
        return None
    if p.all()[0] not in ("from", "between") and "and" in p.all():
        return None
    first = on_date(p, p.year(), month, days[0], None, None)
    year = int(first.value[:4]) if first.days else None
    last_year, last_month = calendar.add_months(year or 1, month, int(days[-1] < days[0]))
    last = f"{last_year:04}-{last_month:02}-{days[-1]:02}" if year else f"XXXX-{last_month:02}-{days[-1]:02}"
    if year is not None and calendar.interval(last) is None:
        return None  # no calendar has the 31st of September
    return Meaning("DATE", f"{first.value}/{last}", None, (first.days[0], last) if first.days else None, "day")


@means("week_of")
def _week_of(p: Place) -> Meaning | None:
    found = (MEANINGS["date"] if p.has("DATE") else MEANINGS["number_of_month"])(p)
    day = calendar.first_day(found.value) if found else None
    if day is None:
        return None
    unit = "weekend" if "weekend" in p.all() else "week"
    return unit_of(p, day, unit)
