"""Numbers, quantities and times against the specifications of Microsoft's Recognizers-Text (MIT licence).

A case is a text with the expressions in it. It is right when exactly these are found, each with its span, its value
and, for money and measures, its unit. What differs in form only is put into their form first: names of units, spans in
UTF-16 units with an included end, a currency's ISO code beside its name. The specifications were written for people who
talk to machines, so some ask for what has no place in news: a bare "dollar" without a number, "5/17/2018" as three
numbers. How times are compared is told in :mod:`onrecord.evaluate.recognizers_dates`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from onrecord.evaluate import recognizers_dates
from onrecord.evaluate.forms import code_points
from onrecord.read.quantities import quantities
from onrecord.read.quantities.numbers import numbers
from onrecord.records import Quantity

MODELS = ("NumberModel", "PercentModel", "CurrencyModel", "DimensionModel")
"""The models of numbers that are scored; others hold what the reader does not find, or finds elsewhere."""

DATES = "DateTimeModel, dates, periods, durations"
"""What is scored of the model of times: cases that hold these three alone."""

Answer = tuple[int, int, float, str]
"""Start, end (excluded), value and unit of one expression."""


class Share(msgspec.Struct, frozen=True):
    """How many of the cases are right, and the numbers of those that are not."""

    right: int
    total: int
    failing: tuple[int, ...] = ()

    @property
    def percent(self) -> float:
        """Return the share of right cases in percent, rounded to a tenth; 0 where there are none."""
        return round(100 * self.right / self.total, 1) if self.total else 0.0


def score_recognizers(rows: Iterable[Mapping[str, Any]]) -> dict[str, Share]:
    """Return the share of right cases for each of :data:`MODELS` and for :data:`DATES`.

    A row is ``{"spec", "n", "Input", "Results"}``; those about times have the day they are read on as
    ``{"Context": {"ReferenceDateTime"}}``.
    """
    cases: dict[str, list[tuple[int, bool]]] = {name: [] for name in (*MODELS, DATES)}
    for row in rows:
        if row["spec"] in MODELS:
            cases[row["spec"]].append((row["n"], is_right(row)))
        elif row["spec"] == recognizers_dates.MODEL and recognizers_dates.is_scored(row):
            cases[DATES].append((row["n"], recognizers_dates.is_right(row)))
    failing = {name: tuple(n for n, right in done if not right) for name, done in cases.items()}
    return {name: Share(len(done) - len(failing[name]), len(done), failing[name]) for name, done in cases.items()}


def is_right(row: Mapping[str, Any]) -> bool:
    """Tell whether the expressions of a case about numbers are found, each as expected and no other."""
    expected = expected_answers(row)
    found = found_answers(row["spec"], row["Input"])
    return expected is not None and len(expected) == len(found) and all(map(_agree, expected, found))


def _agree(expected: Answer, found: Answer) -> bool:
    same_value = abs(expected[2] - found[2]) <= 1e-9 * max(1.0, abs(expected[2]))
    return expected[:2] == found[:2] and same_value and expected[3] == found[3]


def expected_answers(row: Mapping[str, Any]) -> list[Answer] | None:
    """Return a case's expressions in the order of the text, ``None`` where one has no value and so cannot be met."""
    text = row["Input"]
    answers: list[Answer] = []
    for result in row["Results"]:
        resolution = result["Resolution"]
        value = resolution.get("value")
        if value in (None, "null"):
            return None
        span = (code_points(text, result["Start"]), code_points(text, result["End"] + 1))
        name = resolution.get("isoCurrency") or resolution.get("unit") or ""
        weighs = resolution.get("subtype") == "Weight" and name == "Pound"
        answers.append((*span, float(value.rstrip("%")), "lb" if weighs else _UNITS.get(name, name)))
    return sorted(answers)


def found_answers(model: str, text: str) -> list[Answer]:
    """Return what the reader finds in a text, in the form of :func:`expected_answers`."""
    if model == "NumberModel":
        return [(n.start, n.end, n.value, "") for n in numbers(text) if n.form not in ("ordinal", "multiple")]
    wanted = _WANTED[model]
    return [(q.start, q.end, q.value, _unit(q)) for q in quantities(text) if q.unit is not None and wanted(q)]


_WANTED: dict[str, Callable[[Quantity], bool]] = {
    "PercentModel": lambda q: q.kind == "percent",
    "CurrencyModel": lambda q: q.kind == "money",
    "DimensionModel": lambda q: q.kind == "measure" and q.base_unit not in ("K", "°"),
}
"""What a model asks for; temperatures and degrees have a model of their own."""

_ALIKE = {"t": "ton"}
"""Units of ours that have one name there: "Ton" is a short ton or a tonne."""


def _unit(quantity: Quantity) -> str:
    return "" if quantity.kind == "percent" else _ALIKE.get(quantity.unit or "", quantity.unit or "")


_UNITS = {
    "Dollar": "USD",
    "United States dollar": "USD",
    "Cent": "USc",
    "Penny": "USc",
    "Pence": "GBp",
    "Pound": "GBP",
    "Franc": "franc",
    "Peseta": "ESP",
    "Finnish markka": "FIM",
    "Netherlands guilder": "NLG",
    "Rupee": "INR",
    "Bitcoin": "BTC",
    "Satoshi": "XBT-sat",
    "Bit": "bit",
    "Barrel": "bbl",
    "Centimeter": "cm",
    "Cubic foot": "ft3",
    "Cup": "cup",
    "Decimeter": "dm",
    "Foot": "ft",
    "Gallon": "gal",
    "Inch": "in",
    "Kilogram": "kg",
    "Kilometer": "km",
    "Kilometer per hour": "km/h",
    "Meter": "m",
    "Metric ton": "ton",
    "Microgram": "ug",
    "Mile": "mi",
    "Mile per hour": "mph",
    "Milliliter": "ml",
    "Picometer": "pm",
    "Square kilometer": "km2",
    "Square meter": "m2",
    "Tablespoon": "tbsp",
    "Teaspoon": "tsp",
    "Ton": "ton",
}
"""Their names of units, and ours; "Pound" is of money here."""
