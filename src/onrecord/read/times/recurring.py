"""What repeats: "daily", "every Monday", "a year"."""

from __future__ import annotations

from onrecord.read.quantities.number_words import CARDINALS
from onrecord.read.times import calendar
from onrecord.read.times.durations import is_year_ago
from onrecord.read.times.meaning import Meaning, means
from onrecord.read.times.place import Place


@means("set_adverb")
def _set_adverb(p: Place) -> Meaning | None:
    if p.is_part_of_a_name():
        return None  # "the Daily News"
    if p.after() in ("news", "mail", "telegraph", "times", "beast", "mirror", "express", "standard", "kos", "wire"):
        return None
    return Meaning("SET", p.value("adverb") or "P1D")


@means("set_unit")
def _set_unit(p: Place) -> Meaning | None:
    unit = p.unit() or p.look("unit", p.all())
    n = p.number()
    every = 2 if "other" in p.all() or "second" in p.all()[:-1] else n if n else 1
    return Meaning("SET", calendar.duration(every, unit)) if unit else None


@means("set_name")
def _set_name(p: Place) -> Meaning | None:
    for kin, form in (("month", "XXXX-{:0>2}"), ("season", "XXXX-{}"), ("weekday", "XXXX-WXX-{}")):
        if found := p.look(kin, p.all()[-1:]):
            return Meaning("SET", form.format(found))
    return None


@means("set_part")
def _set_part(p: Place) -> Meaning:
    return Meaning("SET", f"XXXX-XX-XXT{p.value('part')}")


@means("set_weekdays")
def _set_weekdays(p: Place) -> Meaning | None:
    weekday = p.look("weekday", p.all())
    part = p.value("parts")
    return Meaning("SET", f"XXXX-WXX-{weekday}{f'T{part}' if part else ''}")


@means("per")
def _per(p: Place) -> Meaning | None:
    unit = p.unit()
    if unit in (None, "second", "night", "quarter") or is_year_ago(p):
        return None
    words = p.all()
    first = words[0]
    if first == "per" or len(words) > 2 or p.before() in ("once", "twice", "times") or _counts(p):
        return Meaning("SET", calendar.duration(1, unit or "day"))
    if p.after() in ("ago", "earlier", "later", "before", "after"):
        return None
    if unit in ("day", "hour", "minute") and p.before() not in ("for", "in", "after", "within", "about", "nearly"):
        return None
    return Meaning("DURATION", calendar.duration(1, unit or "day"))


def _counts(p: Place) -> bool:
    """Tell whether what stands before "a year" is what there is of it: "$5,000 a year", "three meetings a week"."""
    for n in (1, 2, 3):
        word = p.before(n)
        if word in ("%", "percent", "cents", "million", "billion", "$", "times"):
            return True
        if word[:1].isdecimal() or word in CARDINALS:
            return n == 1 or p.before(1).endswith("s")
    return False
