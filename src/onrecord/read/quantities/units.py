"""Units of measure and money, and where a text names one beside a number."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import Literal, cast

import msgspec

from onrecord.read.quantities.number_forms import GAP, figures_follow, trie
from onrecord.read.quantities.numbers_in_figures import SIGNS

UNITS_OF_TIME = (
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weekdays?|weeks?|weekends?|fortnights?|months?"
    r"|years?|yrs?|decades?"
    r"|centur(?:y|ies)|millenni(?:um|a)|quarters?|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays"
    r"|o['’]clock|y/o|yo)(?!\w)"
)
"""A pattern for words that number time, in the folded text."""


class Unit(msgspec.Struct, frozen=True):
    """A unit: its symbol, what it measures, and what a value in it is worth in its base unit."""

    symbol: str
    kind: Literal["money", "percent", "measure", "age"]
    base: str
    factor: float
    offset: float

    def in_base(self, value: float) -> float:
        """Return a value in the base unit, to twelve figures."""
        return float(f"{value * self.factor + self.offset:.12g}")


class _Table(msgspec.Struct, frozen=True):
    """All units by symbol as written, and by name in lower case."""

    symbols: dict[str, Unit]
    names: dict[str, Unit]


@cache
def table() -> _Table:
    """Return the units of ``words/units.csv``."""
    text = files("onrecord.read.words").joinpath("units.csv").read_text("utf-8")
    symbols: dict[str, Unit] = {}
    names: dict[str, Unit] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        kind = cast('Literal["money", "percent", "measure"]', row["kind"])
        unit = Unit(row["unit"], kind, row["base"], float(row["factor"]), float(row["offset"]))
        symbols.update(dict.fromkeys(filter(None, row["symbols"].split("|")), unit))
        for name in filter(None, row["names"].split("|")):
            names.update(dict.fromkeys(_forms(name), unit))
    return _Table(symbols, names)


def _forms(name: str) -> tuple[str, ...]:
    """Return a name as written, and with the plurals that its "+" allows."""
    return (name.replace("+", ""), name.replace("+", "s")) if "+" in name else (name,)


@cache
def _symbol_after() -> re.Pattern[str]:
    glued = trie(table().symbols)
    return re.compile(
        rf"[ \u00a0\u202f]?(?:(?P<millions>M)(?P<code>[A-Z]{{3}})|(?P<symbol>{glued}))(?![\w²³])(?!(?<=[$€£])\d)"
        rf"| ?(?:\((?P<round>{glued})\)|\[(?P<square>{glued})\]|{{(?P<curly>{glued})}}|<(?P<angle>{glued})>)"
    )


@cache
def _name_after() -> re.Pattern[str]:
    return re.compile(rf"(?:{GAP}|-)({trie(table().names)})(?!\w)")


class Found(msgspec.Struct, frozen=True):
    """A unit found beside a number: where the number with it starts or ends, what it multiplies the value by."""

    unit: Unit
    place: int
    name: str
    times: float = 1


_ONLY_GLUED = frozenset(("t", "l", "L", "M"))
_NOT_A_SYMBOL = re.compile(
    r"[ -](?:network|phone|wireless|service|technology|connection|spectrum|tower)s?\b", re.IGNORECASE
)
_PEOPLE = re.compile(r" (?:[a-z]+(?:[^su\W]s|ies|ses)|people|men|women|children)(?!\w)")
_LEAST = {"won": 100, "rand": 10, "dong": 100, "bit": 2, "lari": 10}
"""Names of units that are common words: read as units from this value on."""


def unit_after(text: str, low: str, end: int, value: float, scale: float) -> Found | None:
    """Return the unit that stands after a number which ends at ``end``.

    A symbol may stand on the figure; a name follows a blank or a stroke ("10-gallon"). "5m people" are five million,
    "5m" else five metres; "10 million pounds" are money, unless of something.
    """
    follows = text[end : end + 1]
    if not follows or follows in ".,;:)\"”'’?!" or figures_follow(low, end):
        return None
    if follows in " -\u00a0\n\r" and (name := _name_after().match(low, end)):
        return _named(low, name, value, scale)
    match = _symbol_after().match(text, end)
    if match is None:
        return None
    if match["code"]:
        unit = table().symbols.get(match["code"])
        return Found(unit, match.end(), match["code"], 10**6) if unit and unit.kind == "money" else None
    symbol = match["symbol"] or match["round"] or match["square"] or match["curly"] or match["angle"]
    if (symbol in _ONLY_GLUED and follows == " ") or (symbol == "g" and _NOT_A_SYMBOL.match(text, match.end())):
        return None
    if symbol == "m" and follows == "m" and _PEOPLE.match(text, match.end()):
        return Found(_PLAIN, match.end(), "m", 10**6)
    return Found(table().symbols[symbol], match.end(), symbol)


_PLAIN = Unit("", "measure", "", 1, 0)
"""No unit: what "m" for million gives."""


def _named(low: str, match: re.Match[str], value: float, scale: float) -> Found | None:
    name, end = match[1], match.end()
    unit = table().names[name]
    if value < _LEAST.get(name.rstrip("s"), 0):
        return None
    if unit.symbol == "lb" and scale >= 10**6 and name == "pounds" and not low.startswith(" of", end):
        unit = table().symbols["GBP"]
    if unit.symbol == "cup" and value == int(value) and not low.startswith(" of", end):
        return None
    return Found(unit, end, name)


_MONEY_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<land>U\.?S\.?|u\.s\.?|us|USD|NZD?|nzd?|usd|HK|hk|CDN|CAD?|Can|can|C|c|AUD?|Aus|A"
    rf"|SGD?|S|NT|Mex|MX|R|Z|E|CN) ?)?"
    rf"(?P<sign>[{re.escape(SIGNS)}])[ \u00a0]?\Z"
    rf"|(?<![A-Za-z])(?P<code>[A-Z]{{3}}|[a-z]{{3}}|Rs\.?|RM|DM|Rp|Dh)[ \u00a0]?\Z"
)
_LANDS = {"US": "USD", "USD": "USD", "NZ": "NZD", "NZD": "NZD", "HK": "HKD", "CDN": "CAD", "CA": "CAD", "CAD": "CAD"}
_LANDS |= {"CAN": "CAD", "C": "CAD", "AU": "AUD", "AUD": "AUD", "AUS": "AUD", "A": "AUD", "SG": "SGD", "SGD": "SGD"}
_LANDS |= {"S": "SGD", "NT": "TWD", "MEX": "MXN", "MX": "MXN", "R": "BRL", "Z": "ZWL"}


def money_before(text: str, start: int) -> Found | None:
    """Return the money whose sign or code stands before a number which starts at ``start``.

    "$" is the dollar of the United States unless a country's letters stand before it ("C$", "HK$", "US $"). Letters in
    lower case count only as part of "us$", "c $" and the like: "gave us $5" gives dollars to us.
    """
    if start == 0:
        return None
    last = text[start - 1]
    last = text[start - 2] if last in " \u00a0" and start > 1 else last
    if last not in SIGNS and not last.isalpha() and last != ".":
        return None
    match = _MONEY_BEFORE.search(text, max(0, start - 8), start)
    if match is None:
        return None
    symbols = table().symbols
    if match["code"]:
        code = match["code"]
        unit = symbols.get(code) or (symbols.get(code.upper()) if match.end("code") == start else None)
        return Found(unit, match.start(), code) if unit and unit.kind == "money" else None
    unit = symbols[match["sign"]]
    land = match["land"]
    spaced = match.start("sign") > match.end("land")
    if land is None or match["sign"] != "$" or (spaced and land in ("us", "A", "a", "S", "R", "Z", "can", "Can")):
        return Found(unit, match.start("sign"), match["sign"])
    code = _LANDS.get(land.replace(".", "").upper(), "USD")
    return Found(symbols.get(code, unit), match.start(), match["sign"])
