"""Numbers in English text, in figures and in words: an own grammar, linear in the length of the text."""

from __future__ import annotations

import re

from onrecord.read.quantities.number_forms import GAP, Form, Number, fold
from onrecord.read.quantities.number_words import CARDINALS, MULTIPLIERS, ORDINALS, cardinal, ordinal
from onrecord.read.quantities.numbers_in_figures import numbers_in_figures
from onrecord.read.quantities.numbers_in_words import RATIO_GAP, numbers_in_words

__all__ = ["CARDINALS", "MULTIPLIERS", "ORDINALS", "Form", "Number", "cardinal", "fold", "numbers", "ordinal", "scan"]


_OF_TEN = re.compile(rf"{GAP}of{GAP}")
_DIVIDED = re.compile(rf"{GAP}over{GAP}")
_TIME_UNIT = re.compile(
    rf"(?:{GAP}|-)(?:second|minute|hour|day|night|week|weekend|month|year|decade|game|season)s?(?!\w)"
)
_STOP = re.compile(r"[^\S\r\n]*(?:[.?!;\r\n]|\Z)")


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order, without figures that a unit is written onto ("29km").

    ``one`` as a pronoun is no number; nor are clock times, dates in figures, telephone numbers, addresses, codes.
    """
    return [n for n in scan(text, fold(text)) if n.words or not text[n.end : n.end + 1].isalnum()]


def scan(text: str, low: str) -> list[Number]:
    """Return the numbers of a text whose folded form is ``low``, those with a unit written onto them included."""
    figures, read = numbers_in_figures(text, low)
    return _ratios(low, sorted([*figures, *numbers_in_words(low, read)], key=_start))


def _start(number: Number) -> int:
    return number.start


def _ratios(low: str, found: list[Number]) -> list[Number]:
    """Join "two out of five", "1 in 10" and, closing a sentence, "one over three"."""
    joined: list[Number] = []
    for number in found:
        last = joined[-1] if joined else None
        if last is not None and 3 <= number.start - last.end <= 16 and _makes_ratio(low, last, number):
            joined[-1] = Number(last.start, number.end, last.value / number.value, "ratio", words=last.words)
        else:
            joined.append(number)
    return joined


def _makes_ratio(low: str, part: Number, whole: Number) -> bool:
    if part.form != "cardinal" or whole.form != "cardinal" or whole.value <= 0:
        return False
    between = low[part.end : whole.start]
    if RATIO_GAP.fullmatch(between) or (whole.value in (10, 100) and _OF_TEN.fullmatch(between)):
        year = not whole.words and whole.scale == 1 and 1500 <= whole.value < 2100
        return part.value < whole.value and not year and _TIME_UNIT.match(low, whole.end) is None
    return _DIVIDED.fullmatch(between) is not None and _STOP.match(low, whole.end) is not None
