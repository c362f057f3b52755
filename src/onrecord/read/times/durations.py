"""Durations: "two weeks", "the past three months", "for years"."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord.read.times import calendar
from onrecord.read.times.amounts import amount
from onrecord.read.times.meaning import CLOCK_UNITS, Meaning, days_between, means, moved, start_of, unit_of
from onrecord.read.times.place import Place


@means("duration")
def _duration(p: Place) -> Meaning | None:
    unit, n = p.unit(), p.number()
    words = p.all()
    if unit is None or is_year_ago(p) or _lasts(p):
        return None
    if "fortnight" in words or "fortnights" in words:
        n, unit = (2 * n if n else 2), "week"
    if p.number_words() == [] and ("all" in words or "another" in words or "half" in words or words[0] == "a"):
        n = 0.5 if "half" in words else 1
    if len(words) == 1 or _second_is_ordinal(p, unit) or (p.words.capital[p.match.end - 1] and words[0][0].isdecimal()):
        return None  # "60 Minutes"
    if words == ["one", "day"] and p.before() not in OF_TIME:
        return None
    if unit == "quarter" and (p.after() == "of" or p.number_words() == ["a"] or "-" in words):
        return None  # "three-quarters of its food"
    if p.number_words() == ["a"] and unit == "year" and p.before()[-1:].isdecimal():
        return Meaning("SET", "P1Y")
    return Meaning("DURATION", length(p, n, unit), p.mod)


def is_year_ago(p: Place) -> bool:
    """Tell whether "a year" is the beginning of "a year-earlier loss"."""
    return p.after() == "-" and p.after(1) in ("ago", "earlier")


def _second_is_ordinal(p: Place, unit: str) -> bool:
    return unit == "second" and "second" in p.all() and p.number_words() in (["a"], ["an"])


def length(p: Place, n: float | None, unit: str) -> str:
    """Return the value of a duration, with halves and second parts turned into the next smaller unit."""
    smaller = {"year": ("month", 12), "hour": ("minute", 60)}
    value = calendar.duration(n, unit)
    if n is not None and n != int(n) and unit in smaller and n > 0:
        low, count = smaller[unit]
        whole, rest = int(n), round((n - int(n)) * count, 2)
        if rest == int(rest):
            value = calendar.duration(whole, unit) if whole else "PT" if unit == "hour" else "P"
            value += f"{rest:g}{calendar.UNITS[low][0]}"
    more = p.match.parts.get("DUR", ())
    if len(more) > 1:
        second = p.unit(1)
        if second and second != unit:
            tail = calendar.duration(p.number(1), second)[1:]
            value += tail.lstrip("T") if unit in CLOCK_UNITS else tail
    return value


@means("duration_half")
def _duration_half(p: Place) -> Meaning | None:
    unit = next((u for w in p.all() if (u := p.look("unit", [w]))), "hour")
    whole = amount(p.caught("NW")) if p.has("NW") else 1
    return Meaning("DURATION", length(p, (whole or 1) + 0.5, unit), p.mod)


@means("duration_range")
def _duration_range(p: Place) -> Meaning | None:
    unit, low = p.unit(), p.number()
    return Meaning("DURATION", calendar.duration(low, unit), "EQUAL_OR_MORE") if unit else None


@means("duration_vague")
def _duration_vague(p: Place) -> Meaning | None:
    unit = p.unit()
    return Meaning("DURATION", calendar.duration(None, unit)) if unit and p.unit(1) != unit else None


OF_TIME = frozenset(["for", "in", "over", "after", "within", "took", "takes", "take", "spent", "last", "of", "during"])


@means("duration_bare")
def _duration_bare(p: Place) -> Meaning | None:
    """By name: "For years", "in weeks": units without a number, where a preposition or a hyphen shows a duration."""
    words = p.all()
    unit = p.look("unit", words)
    if unit is None or unit in ("second", "night"):
        return None
    before = p.before(2) if p.before() == "the" else p.before()
    if len(words) == 1 and before not in OF_TIME:
        return None
    if unit in ("second", "minute") and len(words) == 1 and p.before() not in ("for", "within", "in"):
        return None
    return Meaning("DURATION", calendar.duration(None, unit))


@means("duration_while")
def _duration_while(p: Place) -> Meaning:
    return Meaning("DURATION", "PXX")


def _lasts(p: Place) -> bool:
    """Tell whether "last" is the verb: "it should last two hours"."""
    return p.all()[0] == "last" and p.before() in ("will", "to", "not", "t", "would", "could", "can", "may", "should")


@means("span")
def _span(p: Place) -> Meaning | None:
    """By name: "The past two weeks", "the next 14 days": a duration that ends or begins today."""
    words = p.all()
    if _lasts(p):
        return None
    way = int(p.value("last", "way") or p.value("next", "way") or (1 if "next" in words else -1))
    unit = p.unit() or (p.look("unit", words))
    n = p.number()
    if n is None and "couple" in words:
        n = 2
    return running(p, n, unit or "day", way)


def running(p: Place, n: float | None, unit: str, way: int) -> Meaning:
    """Return a duration that ends or begins today: "the past ``n`` units"."""
    today = p.anchor.today
    if today and n and unit in ("quarter", "decade", "century") and n == int(n):
        return Meaning("DURATION", length(p, n, unit), p.mod, _whole_units(today, int(n), unit, way))
    if n is not None and n < 1:
        return Meaning("DURATION", length(p, n, unit), p.mod)
    other = moved(today, way * n, unit) if n is not None and today and unit not in CLOCK_UNITS else None
    for extra in range(len(p.match.parts.get("DUR", ()))):
        other = moved(other, way * (p.number(extra + 1) or 0), p.unit(extra + 1) or "day")
    if other and n and {"business", "working", "trading"} & set(p.all()):
        other = _business_days(today, int(n), way) if today else None
    days = None
    if today and unit in CLOCK_UNITS:
        days = None
    elif today and way < 0:
        days = days_between(other, today - timedelta(1)) if other else (None, today.isoformat())
    elif today:
        tomorrow = today + timedelta(1)
        days = days_between(tomorrow, other) if other else (tomorrow.isoformat(), None)
    return Meaning("DURATION", length(p, n, unit), p.mod, days)


def _whole_units(today: date, n: int, unit: str, way: int) -> tuple[str | None, str | None] | None:
    """Return the first and last day of the ``n`` whole quarters or decades before or after this one."""
    near, far = (moved(start_of(today, unit), way * k, unit) for k in (1, n))
    if near is None or far is None:
        return None
    ends = [calendar.interval(calendar.holding(day, unit)) for day in sorted((near, far))]
    return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None


def _business_days(today: date, n: int, way: int) -> date:
    """Return the ``n``-th day from Monday to Friday after or before today."""
    day = today
    while n:
        day += timedelta(way)
        n -= day.isoweekday() <= 5
    return day


@means("rest")
def _rest(p: Place) -> Meaning | None:
    unit, today = p.unit(), p.anchor.today
    if unit is None or unit in CLOCK_UNITS:
        return None
    held = unit_of(p, today, unit)
    days = (today.isoformat(), held.days[1]) if today and held.days else None
    return Meaning("DATE", held.value, "END", days, unit)
