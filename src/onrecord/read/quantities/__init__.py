"""Quantities in English news text: how many, how much, which share, which rank, how old, who won by how much.

A number of :mod:`~onrecord.read.quantities.numbers` becomes a quantity with the unit beside it, the range it is part
of, the word that softens it and the words for what is counted. Nothing is parsed: what is counted is found by form,
from the number up to the plural noun, or to the word at which no noun can go on. Numbers that count nothing are left
out: parts of names and codes ("Boeing 737", "Article 5"), years, dates, stretches of time, "one" as a pronoun.

Decisions that a reader of the figures should know:

- "$" alone is the dollar of the United States, "cents" are its hundredths, "tons" are short ones, "pounds" weigh unless
  there are millions of them. Bare francs, pesos, dinars and kroner keep their name: the country is not told.
- Vague amounts ("dozens", "tens of thousands", "several hundred") are worth one of what there are several of, with the
  modifier "multiples": a lower bound.
- A share is of kind ``percent`` however it is written: "two thirds of the seats" and "67 percent of the seats" compare.
- Where a scale closes a range it holds for both ends: "5 to 10 million".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from onrecord.read.quantities.ages import age, age_beside, decades_of_life, told_age
from onrecord.read.quantities.amounts import Amount, amount_of, made
from onrecord.read.quantities.counted import counted, measured, phrase, shared
from onrecord.read.quantities.modifiers import AFTER, softened
from onrecord.read.quantities.not_counted import in_a_row, is_name_in_words, is_named, is_time, named_before
from onrecord.read.quantities.numbers import fold, scan
from onrecord.read.quantities.ranges import joined, linked
from onrecord.read.quantities.ranks import number_sign, place
from onrecord.records import Quantity, Span


def quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """Return the quantities of a text in order, none within ``taken``, the spans of its time expressions."""
    low = fold(text)
    amounts = joined(low, _amounts(text, low, taken))
    return [q for a in amounts if (q := _quantity(text, low, a)) is not None]


def _amounts(text: str, low: str, taken: Sequence[Span]) -> list[Amount]:
    """Give each number its unit; pass over those in time expressions, and figures with other letters on them.

    What is linked to a number of time is one too: "September 16-19", "two to three years".
    """
    spans = sorted(taken)
    k = passed = timed = 0
    found: list[Amount] = []
    for n in scan(text, low):
        while k < len(spans) and spans[k].end <= n.start:
            k += 1
        if in_a_row(low, n):
            continue
        in_time = k < len(spans) and spans[k].start < n.end
        told = None if in_time else told_age(low, n, passed)
        if in_time or (told is None and is_time(text, low, n)):
            timed = n.end
            if found and found[-1].unit is None and linked(low, found[-1].end, n.start):
                found.pop()
            continue
        amount = (told or amount_of(text, low, n, passed)) if n.start >= passed else None
        if amount is None or (amount.unit is None and timed and linked(low, timed, n.start)):
            continue
        if amount.unit is None:
            amount = age_beside(text, low, amount, passed) or amount
        elif told and found and found[-1].unit is None and linked(low, found[-1].end, told.start):
            found[-1] = msgspec.structs.replace(found[-1], unit=told.unit)  # "16- and 17-year-olds"
        passed = amount.end
        found.append(amount)
    decades = [a for a in decades_of_life(low) if not _overlaps(spans, a)]
    return sorted([*found, *decades], key=lambda a: a.start) if decades else found


def _overlaps(spans: Sequence[Span], a: Amount) -> bool:
    """Tell whether an amount shares a character with one of the spans, which are in order and apart."""
    before = bisect_left(spans, Span(a.end, a.end)) - 1
    return before >= 0 and spans[before].end > a.start


def _quantity(text: str, low: str, a: Amount) -> Quantity | None:
    """Return what an amount tells, by its form and unit; ``None`` where it counts nothing."""
    if a.form == "ordinal":
        return place(text, low, a)
    if a.score:
        return made(a, "score", None, None)
    if a.unit is None and (rank := number_sign(low, a)) is not None:
        return msgspec.structs.replace(made(a, "rank", counted(text, low, a.end, many=False), None), start=rank)
    if a.unit is not None:
        if a.unit.kind == "age":
            return age(text, low, a)
        if a.words and text[a.stop + 1 : a.stop + 2].isupper() and is_name_in_words(text, a, None):
            return None  # "Three Mile Island"
        modifier, end = softened(low, a)
        return msgspec.structs.replace(made(a, a.unit.kind, measured(text, low, a, end), modifier), end=a.end)
    return _count(text, low, a)


_DETERMINED = re.compile(
    r"(?<!\w)(?:the|these|those|his|her|its|their|our|my|your|other|first|last|next|top|all|any|both"
    r"|which|same|past|remaining"
    r"|final|only|about to|number|won) \Z"
)
_DESCRIBING = re.compile(r"(?<!\w)an? \Z")
_NOT_COUNTED = re.compile(
    r"-(?:way|fold|star|time|handed|faced|edged|sided|pronged|something|on|to|and|in|for|up|off|out|party"
    r"|tier|dimensional|size|ply"
    r"|level|run|thirds?|term|timer|liner|stop|person-|ring|bedroom-|half|bit|minus|nothing|odd|of)(?!\w)"
)
_HYPHENATED = re.compile(r"-([A-Za-z][a-z]+)(?![\w’'])")


def _count(text: str, low: str, a: Amount) -> Quantity | None:
    """Return a number without a unit as a count, a share or a bare number; ``None`` where it counts nothing."""
    share = a.form == "ratio" or (a.form == "fraction" and 0 < a.value < 1)
    if low.startswith("-", a.end) and not AFTER.match(low, a.end):
        return None if share or a.to is not None else _hyphenated(text, low, a)
    modifier, end = softened(low, a)
    if share:
        return made(a, "percent", shared(text, low, a, end), modifier)
    of = counted(text, low, end, many=a.to is not None or a.value != 1)
    if of is None and a.form == "cardinal" and _DESCRIBING.search(low, max(0, a.start - 3), a.start):
        of = phrase(text, low, end, many=False)  # "a 40 point drop"
    if is_named(text, low, a, of):
        return None
    if of is not None:
        return made(a, "count", of, modifier)
    if a.words and (a.value in (0, 1) or _DETERMINED.search(low, max(0, a.start - 12), a.start)):
        return None
    return made(a, "number", None, modifier)


def _hyphenated(text: str, low: str, a: Amount) -> Quantity | None:
    """Return the count in "a 12-member panel"; fixed words ("four-star", "one-sided") count nothing."""
    word = _HYPHENATED.match(text, a.end)
    if word is None or a.value < 2 or word[1][0].isupper() or _NOT_COUNTED.match(low, a.end) or named_before(text, a):
        return None
    modifier, _ = softened(low, a)
    if word[1] == "strong":  # "a 1,200-strong force"
        return made(a, "count", phrase(text, low, word.end(), many=False), modifier)
    return made(a, "count", Span(word.start(1), word.end(1)), modifier)
