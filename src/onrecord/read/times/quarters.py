"""Seasons, quarters and halves of a year."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.read.times import calendar
from onrecord.read.times.dates import day_number
from onrecord.read.times.meaning import MEANINGS, Meaning, means, moved, on_calendar, unit_of
from onrecord.read.times.months import year_by_way
from onrecord.read.times.place import Place


@means("season")
def _season(p: Place) -> Meaning | None:
    season, today, words = p.look("season", p.all()), p.anchor.today, p.all()
    if season is None:
        return None
    year = p.year() or (year_by_way(p) if p.has("YR") else None)
    if year is None and today:
        month = calendar.SEASONS[season]
        starts = [date(today.year + n, month, 1) for n in (-2, -1, 0, 1)]
        gone = [d for d in starts if moved(d, 3, "month") <= today]  # type: ignore[operator]
        if {"last", "previous"} & set(words):
            year = gone[-1].year
        elif {"next", "coming", "following"} & set(words):
            year = next(d for d in starts if d > today).year
        elif "past" in words:
            year = max(d for d in starts if d <= today).year
        else:
            near = [d for d in starts if d <= today or p.future() is not False or "this" in words]
            year = min(near, key=lambda d: abs((d + timedelta(45) - today).days)).year
    return on_calendar(f"{f'{year:04}' if year is not None else 'XXXX'}-{season}", "season", p.mod)


@means("season_alone")
def _season_alone(p: Place) -> Meaning | None:
    """A season without anything around it, where no name follows: "Winter Olympics"."""
    capital = p.words.capital
    named = capital[p.match.start] and p.match.end < len(capital) and capital[p.match.end]
    return None if named or p.after() == "-" or p.before() == "-" else MEANINGS["season"](p)


@means("quarter")
def _quarter(p: Place) -> Meaning | None:
    number = day_number(p)
    if not 1 <= number <= 4:
        return None
    year = p.year()
    today = p.anchor.today
    if year is None and today:
        words = p.all()
        if p.has("YR"):
            year = year_by_way(p)
        elif {"next", "last", "this"} & set(words):
            year = today.year + int(p.look("way", words) or 0)
        else:
            start = date(today.year, 3 * number - 2, 1)
            year = today.year - (start > today and p.future() is not True and (start - today).days > 45)
    value = f"{f'{year:04}' if year is not None else 'XXXX'}-Q{number}"
    return on_calendar(value, "quarter", p.mod)


@means("quarter_code")
def _quarter_code(p: Place) -> Meaning | None:
    code = next(w for w in p.all() if w[0] in "qh" and w[1:].isdecimal())
    return on_calendar(f"{p.year():04}-{code.upper()}", "quarter")


@means("the_quarter")
def _the_quarter(p: Place, n: str) -> Meaning | None:
    """The quarter that the text is about: the one it named last, else the last one that had ended."""
    today, named = p.anchor.today, p.anchor.quarter
    if p.after() == "-" and p.all()[-1] == "quarter":
        return None  # "its quarter-century low"
    if p.has("O"):
        number: int | None = day_number(p)
        year = today.year if today else None
    elif "current" in p.all() and today:
        year, number = today.year, (today.month + 2) // 3
    elif named:
        year, number = (int(named[:4]) if named[0].isdecimal() else None), int(named[-1])
    elif today:
        year, month = calendar.add_months(today.year, today.month, -3)
        number = (month + 2) // 3
    else:
        return Meaning("DATE", calendar.unknown("quarter"), unit="quarter")
    if p.year():
        year = p.year()
    elif year is not None:
        year += int(n)
    return on_calendar(f"{f'{year:04}' if year is not None else 'XXXX'}-Q{number}", "quarter")


@means("year_before")
def _year_before(p: Place) -> Meaning:
    """By name: "A year earlier" counts from the quarter that the text is about, where it is about one."""
    if p.anchor.quarter and p.anchor.quarter[0].isdecimal():
        return on_calendar(f"{int(p.anchor.quarter[:4]) - 1:04}{p.anchor.quarter[4:]}", "quarter")
    base = p.anchor.today if "ago" in p.all() else p.anchor.day()
    return unit_of(p, moved(base, -1, "year"), "year")


@means("half")
def _half(p: Place) -> Meaning | None:
    words = p.all()
    second = {"second", "last", "latter"} & set(words)
    if p.has("plural") or p.has("decades"):
        return MEANINGS["decade"](p)
    today = p.anchor.today
    year = p.year() or (year_by_way(p) if p.has("YR") else None)
    if year is None and not p.has("YR"):
        if "year" not in words and (p.after() == "of" or p.after()[:1] == "-"):
            return None
        year = today.year if today else None
    half = 2 if second and "first" not in words else 1
    return on_calendar(f"{f'{year:04}' if year is not None else 'XXXX'}-H{half}", "half")
