"""Amounts: numbers with the unit that stands beside them, and the quantities they become."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from onrecord.read.quantities.number_forms import GAP, Form, Number
from onrecord.read.quantities.number_words import MULTIPLIERS
from onrecord.read.quantities.units import Found, Unit, money_before, table, unit_after
from onrecord.records import Quantity, Span

Kind = Literal["count", "money", "percent", "measure", "age", "number", "ordinal", "rank", "score"]


class Amount(msgspec.Struct, frozen=True, gc=False):
    """A number with its unit, or a range or score of two; ``at`` and ``stop`` bound its figures or words."""

    start: int
    end: int
    at: int
    stop: int
    value: float
    form: Form
    scale: float
    words: bool
    unit: Unit | None = None
    name: str = ""
    to: float | None = None
    score: bool = False


def made(a: Amount, kind: Kind, of: Span | None, modifier: str | None) -> Quantity:
    """Return the record of an amount, with its values in the base unit."""
    unit = a.unit
    to = a.to
    if unit is not None:
        base, base_to, base_unit = unit.in_base(a.value), None if to is None else unit.in_base(to), unit.base
    elif kind == "percent":
        base, base_to, base_unit = _PERCENT.in_base(a.value), None if to is None else _PERCENT.in_base(to), "%"
    else:
        return Quantity(a.start, a.end, a.value, to, None, of, modifier, kind, a.value, to)
    symbol = unit.symbol if unit is not None else None
    return Quantity(a.start, a.end, a.value, to, symbol, of, modifier, kind, base, base_to, base_unit)


_PERCENT = Unit("", "percent", "%", 100, 0)
"""A share written as a fraction."""
_OF_MANY = re.compile(rf"{GAP}of{GAP}(?=[a-z])")
_INCHES = re.compile(r"-(\d|1[01])(?![\w-])")
_FEET_TALL = (4, 5, 6, 7)
_TALL = re.compile(r"['’′](\d|1[01])(?:[\"”″]|'')?(?!\w)")
_SCALE_AFTER = re.compile(rf" ({'|'.join(MULTIPLIERS)})(?!\w)")


def amount_of(text: str, low: str, n: Number, passed: int) -> Amount | None:
    """Return a number with the unit before or after it, ``None`` for figures with letters on them that are no unit.

    A sign of money before ``passed`` belongs to the number before.
    """
    before = None if n.words or n.form in ("ordinal", "ratio") else money_before(text, n.start)
    before = before if before is not None and before.place >= passed else None
    start, end, value = n.start, n.end, float(n.value)
    if before is not None:
        start = before.place
        if (
            text[start - 1 : start] in ("-", "−")
            and start > 0
            and (start == 1 or text[start - 2] in " \n(")
            and value > 0
        ):
            start, value = start - 1, -value
    elif n.start and text[n.start - 1].isalpha():
        return None
    after = None if n.form in ("ordinal", "ratio") else _after(text, low, n, before)
    if after is not None:
        end, value = after.place, value * after.times
    elif n.form not in ("ordinal",) and text[end : end + 1].isalnum():
        return None
    if after is not None and after.unit.symbol == "ft" and (inches := _INCHES.match(low, end)):
        end, value = inches.end(), value + int(inches[1]) / 12
    elif before is None and value in _FEET_TALL and (tall := _TALL.match(text, end)):
        foot = table().names["foot"]
        return Amount(start, tall.end(), n.start, tall.end(), value + int(tall[1]) / 12, n.form, 1, False, foot, "'")
    found = before or after
    unit = found.unit if found and found.unit.symbol else None
    scale = n.scale * (after.times if after else 1)
    return Amount(start, end, n.start, n.end, value, n.form, scale, n.words, unit, found.name if found else "")


def _after(text: str, low: str, n: Number, before: Found | None) -> Found | None:
    """Return the unit after a number, past the "of" of "millions of dollars"; beside a sign of money its name again."""
    end = n.end
    if n.form == "multiple" and (of := _OF_MANY.match(low, end)):
        end = of.end() - 1
    elif low.startswith("-plus", end):
        end += 5
    elif low.startswith("+", end):
        end += 1
    after = unit_after(text, low, end, abs(n.value), n.scale)
    if (
        before is None
        and after is not None
        and after.unit.kind == "money"
        and (scale := _SCALE_AFTER.match(low, after.place))
    ):
        return Found(after.unit, scale.end(), after.name, MULTIPLIERS[scale[1]])  # "75 USD million"
    if before is not None and after is not None:
        same = after.unit == before.unit or (after.name in ("dollar", "dollars") and before.name == "$")
        return Found(before.unit, after.place, before.name) if same and after.name.isalpha() else None
    return after
