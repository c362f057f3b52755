"""Ages: "a 44-year-old protester", "aged 44", "at the age of 12", "60 years old", "in his 50s", "Mia Orr, 44, said".

An age is told by words on the number or before it. Figures between commas are one only after a full name, a name with a
title, or a noun for a person: "In Tarn, 34, or half, stayed" tells no age. A decade of life runs from its first year to
its last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from onrecord.read.quantities.amounts import Amount, made
from onrecord.read.quantities.counted import FUNCTION_WORDS, counted, phrase
from onrecord.read.quantities.modifiers import softened
from onrecord.read.quantities.number_forms import GAP, Number, figures_follow, trie
from onrecord.read.quantities.number_words import CARDINALS
from onrecord.read.quantities.units import Unit
from onrecord.read.words import word_list
from onrecord.records import Quantity, Span

YEARS = Unit("year", "age", "year", 1, 0)
_UNITS = {
    "year": YEARS,
    "yr": YEARS,
    "month": Unit("month", "age", "year", 1 / 12, 0),
    "week": Unit("week", "age", "year", 7 / 365.25, 0),
    "day": Unit("day", "age", "year", 1 / 365.25, 0),
}
OLDEST = 120
"""Years from which on a number beside a person is taken for no age."""

_JOINT = rf"(?:{GAP}|[^\S\r\n]?-)"
_UNIT = re.compile(
    rf"{_JOINT}(?:(?P<unit>year|yr|month|week|day)s?(?!\w)(?P<old>(?:(?:{GAP}|-)olds?|{GAP}of{GAP}age)(?!\w))?"
    r"|(?P<short>y/?o)(?!\w))"
)
_OLDER = re.compile(rf"{GAP}(?:and|or){GAP}(?:older|younger)(?!\w)")
_IN_A_LIST = rf"(?: (?:\d{{1,3}}|{trie(CARDINALS)})(?:,|,? (?:and|or)| to)){{0,3}}"
_AGED = re.compile(
    r"(?<!\w)(?:aged|ages?:?)(?P<of> of)?"
    rf"(?P<more>(?: (?:between|from|about|around|under|over|up to|at least))?{_IN_A_LIST}) \Z"
)
_BEFORE = re.compile(
    r"(?<!\w)(?:people|person|children|adults|those|voters|women|men|anyone|everyone|kids|americans|workers|girls|boys"
    r"|students|teens|someone) (?:under|over|above|below|up to) \Z"
    r"|(?<!\w)(?:who(?: i|['’])s|who was|turn(?:ed|s|ing)|(?:older|younger) than) \Z"
)
_GOES_ON = re.compile(r"[-–](?!\d)|[%°:/]|[.,]\d")
_ASIDE = re.compile(r",(?! (?:or|of (?:them|whom|which|the))(?!\w))|[;)]|\.(?:\s|\Z)| [―—–-]{1,2} |\Z")
_NAME = re.compile(
    r"(?<![\w.’'-])(?:(?:[A-Z][\w.’'-]*|de|del|la|von|van|der|den|bin|al|el|da|dos|di|du|le) ){0,4}"
    r"[A-Z][\w.’'-]*(?:, [JS]r\.)?\Z"
)
_WORD_BEFORE = re.compile(r"(?<![\w’'-])([A-Za-z][\w.’'-]*) \Z")
_NOUN = re.compile(r"(?<![\w’'-])([a-z][\w-]*)\Z")
_PLACES = frozenset(["in", "at", "near", "outside", "inside", "on", "around"])
"""Words after which a name is one of a place or an occasion."""
_NO_PERSONS = word_list("organisations") | word_list("not_persons")
_PERSONS = word_list("offices") | word_list("persons")
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70}
_DECADES |= {"eighties": 80, "nineties": 90}
_STAGE = rf"(?:(?:early|mid|middle|late)(?:{GAP}|-)(?:to(?:{GAP}|-)(?:mid|late)(?:{GAP}|-))?)?"
_DECADE = rf"(?:[1-9]0['’]?s|{trie(_DECADES)})(?!\w)"
_IN_A_DECADE = re.compile(
    rf"in{GAP}(?:his|her|their|my|your|our){GAP}{_STAGE}({_DECADE})(?:(?:{GAP}(?:and|or|to){GAP}|-){_STAGE}({_DECADE}))?"
)


def told_age(low: str, n: Number, passed: int) -> Amount | None:
    """Return a number as the age that the words on it tell: "44[-year-old]", "[aged] six [months]".

    Words before ``passed`` belong to the number before.
    """
    if n.form in ("ordinal", "ratio", "multiple") or n.value <= 0 or figures_follow(low, n.end):
        return None
    unit = _UNIT.match(low, n.end)
    if unit is None:
        return None
    if unit["old"] or unit["short"]:
        return _age(n.start, unit.end(), n, _UNITS[unit["unit"] or "year"])
    aged = _AGED.search(low, max(passed, n.start - 45), n.start)
    return _age(n.start if aged["more"] else aged.start(), unit.end(), n, _UNITS[unit["unit"]]) if aged else None


def _age(start: int, end: int, n: Number, unit: Unit) -> Amount:
    return Amount(start, end, n.start, n.end, float(n.value), n.form, 1, n.words, unit, unit.symbol)


def age_beside(text: str, low: str, a: Amount, passed: int) -> Amount | None:
    """Return an amount as the age that the words beside it tell: "aged 44", "65 and older", "Mia Orr, 44,"."""
    if a.form != "cardinal" or a.scale != 1 or not 0 < a.value < OLDEST:
        return None
    told = msgspec.structs.replace(a, unit=YEARS, name=YEARS.symbol)
    if low.startswith(("and", "or"), a.end + 1) and _OLDER.match(low, a.end):
        return told
    mark = low[max(0, a.start - 2) : a.start]
    if len(mark) < 2 or mark[1] != " " or _GOES_ON.match(low, a.end):
        return None
    if mark[0] == ",":
        if _ASIDE.match(text, a.end) and _is_person(text, max(passed, a.start - 62), a.start - 2):
            return told
    elif not mark[0].isalpha() and mark[0] != ":":
        return None
    if aged := _AGED.search(low, max(passed, a.start - 45), a.start):
        if aged["of"] and counted(text, low, a.end, many=True):  # "the age of 12 channels"
            return None
        return told if aged["more"] else msgspec.structs.replace(told, start=aged.start())
    if _BEFORE.search(low, max(passed, a.start - 30), a.start) and not counted(text, low, a.end, many=True):
        return told
    return None


def _is_person(text: str, start: int, end: int) -> bool:
    """Tell whether what ends at ``end`` is a full name, a name with a title, or a noun for a person."""
    if noun := _NOUN.search(text, start, end):
        return noun[1].rpartition("-")[2] in _PERSONS
    name = _NAME.search(text, start, end)
    if name is None:
        return False
    words = name[0].split()
    before = _WORD_BEFORE.search(text, max(0, name.start() - 20), name.start())
    lead = before[1].lower() if before else ""
    while words and words[0].lower() in FUNCTION_WORDS:
        lead = words.pop(0).lower()
    if lead in _PLACES or not words or words[-1].lower() in _NO_PERSONS:
        return False
    return len(words) > 1 or lead.rstrip(".") in _PERSONS


def decades_of_life(low: str) -> Iterator[Amount]:
    """Return the decades of life of a folded text: the "50s" of "in his late 50s"."""
    for match in _IN_A_DECADE.finditer(low):
        start, end = match.start(1), match.end()
        first, last = (_DECADES.get(decade) or int(decade[:2]) for decade in (match[1], match[2] or match[1]))
        if first <= last and not low[match.start() - 1 : match.start()].isalnum():
            yield Amount(start, end, start, end, first, "cardinal", 1, False, YEARS, YEARS.symbol, last + 9)


def age(text: str, low: str, a: Amount) -> Quantity:
    """Return the record of an age, with the noun that it describes: "a 44-year-old [protester]"."""
    of = _described(text, low, a.end) if low.endswith(("old", "yo", "y/o"), a.stop, a.end) else None
    led = a.start - 4 if a.start < a.at and low.endswith("the ", 0, a.start) else a.start
    described = low.endswith((" a ", " an "), 0, a.start)
    modifier = None if described else softened(low, msgspec.structs.replace(a, start=led))[0]
    return made(a, "age", of, modifier)


def _described(text: str, low: str, end: int) -> Span | None:
    """Return the noun phrase after an age, without a verb behind a person: "her 14-year-old [son] attends"."""
    of = phrase(text, low, end, many=False)
    if of is None:
        return None
    rest, _, last = low[of.start : of.end].rpartition(" ")
    verb = last.endswith("s") and rest.rpartition(" ")[2] in _PERSONS
    return Span(of.start, of.start + len(rest)) if verb else of
