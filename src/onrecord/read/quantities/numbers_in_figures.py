"""Numbers in figures, with separators, decimals, fractions and a multiplier ("1.3 million", "2 1/2", "5½").

What only looks like a number is passed over: clock times, dates in figures, telephone numbers, addresses of pages and
machines, codes ("F-16", "Covid-19").
"""

from __future__ import annotations

import re
import unicodedata

from onrecord.read.quantities.number_forms import GAP, Form, Number, figures_follow, trie
from onrecord.read.quantities.number_words import CARDINALS, MULTIPLIERS, PARTS, PLURALS, SHORT, UNITS, share_of

_SUFFIXES = {
    "k": 10**3,
    "mil": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "tln": 10**12,
}
_MONEY_SUFFIXES = {"m": 10**6, "mm": 10**6, "b": 10**9, "t": 10**12}
"""Read so after a sign of money only: elsewhere "5m" may be metres, "9mm" a pistol."""
_SCALES = {**MULTIPLIERS, **PLURALS, **SHORT, **_SUFFIXES}
SIGNS = "$£€¥₹₽₿₩₪₺₴₦₱฿₫₡₾"
"""Signs of money that stand before a figure."""
_CODES = re.compile(
    "USD|EUR|GBP|JPY|CNY|CHF|CAD|AUD|NZD|HKD|SGD|INR|RUB|UAH|ILS|TRY|BRL|MXN|ZAR|SEK|NOK|DKK|PLN|KRW", re.IGNORECASE
)
"""Codes of money (ISO 4217) that figures may be written onto: "USD115"."""
_BEFORE_A_FIGURE = re.compile(r"[\d.¼-¾⅐-⅞](?:(?<![\w.].)(?:(?<![^\W\d_]-.)|(?<=-(?:to|in|of)-.))|(?<=\b[a-z]{3}\d))")
_FIGURE = re.compile(
    r"\d{1,3}(?:,\d{3}){1,5}(?!\d)(?:\.\d{1,18})?"
    r"|\d{1,2}(?:,\d\d){1,5},\d{3}(?!\d)(?:\.\d{1,18})?"
    r"|\d{1,3}(?:\.\d{3}){1,5},\d{1,2}(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,5}(?!\d)(?:\.\d{1,18})?"
    r"|\d{1,3}(?: \d{3}){2,5}(?!\d)(?:\.\d{1,18})?"
    r"|\d{1,18}(?!\d)(?:\.\d{1,18}(?!\d))?"
    r"|\.\d{1,18}(?!\d)"
)
_NO_NUMBER = re.compile(
    r"\d{3}\)[ -]?\d{3}-\d{4}|\d{1,18}(?:-\d{1,18}){2,}[\d/-]*|\d{1,18}(?:/\d{1,18}){2,}|\d{1,3}(?:\.\d{1,3}){3,}"
    r"|24[-/]7(?!\d)|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}(?:\.\d\d)?[^\S\r\n]?[ap](?:\.m\.|m\b)"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LETTERS = re.compile(r"[a-z]+")
_SCALE = re.compile(rf"(?:{GAP}|-)?({trie(_SCALES)})(?!\w)")
_MONEY_SCALE = re.compile(rf"(?:{GAP}|-)?({trie({**_SCALES, **_MONEY_SUFFIXES})})(?!\w)")
_POWER = re.compile(r"e([+-]?\d{1,2})(?!\w)|((?: ?[x×] ?10)?)\^([+-]{0,2}\d{1,2})(?!\w)")
_OVER = re.compile(rf"/(\d{{1,3}})(?![\w/])|{GAP}?([¼-¾⅐-⅞])|{GAP}(\d{{1,2}})/(\d{{1,3}})(?![\w/])")
_PART_SIGNS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_DENOMINATORS = frozenset((2, 3, 4, 5, 8, 10, 16, 32, 64, 100, 1000))
"""What figures are divided by; other pairs ("9/11", "1/6") are dates more often than not."""
_AND_PART = re.compile(
    rf"{GAP}and{GAP}((?:an?|{trie(UNITS)})(?:{GAP}|-){trie({*PARTS, 'third'})})(?!\w)"
    rf"(?:{GAP}({trie(MULTIPLIERS)})(?!\w))?"
)
_AND_REST = re.compile(rf"{GAP}and{GAP}(\d{{1,2}}|{trie(CARDINALS)})(?![\w%°-]|[.,]\d|{GAP}{trie(MULTIPLIERS)})")
_CODE = re.compile(r"[^\W\d_]\d{1,6}-\Z")


def numbers_in_figures(text: str, low: str) -> tuple[list[Number], list[tuple[int, int]]]:
    """Return the numbers in figures, and every stretch of the text that was read so."""
    found: list[Number] = []
    read = [m.span() for m in _ADDRESS.finditer(low)] if "http" in low or "www." in low else []
    addresses = iter(read[:])
    address = next(addresses, None)
    passed = 0
    for match in _BEFORE_A_FIGURE.finditer(low):
        start = match.start()
        while address is not None and address[1] <= start:
            address = next(addresses, None)
        if start < passed or (address is not None and address[0] <= start):
            continue
        number, passed = _at_figure(text, low, start)
        read.append((start, passed))
        if number is not None:
            found.append(number)
    read.sort()
    return found, read


def _at_figure(text: str, low: str, start: int) -> tuple[Number | None, int]:
    """Read what begins with a figure; return the number, if it is one, and up to where the text is read."""
    if low[start] in _PART_SIGNS:
        return Number(start, start + 1, unicodedata.numeric(low[start]), "fraction"), start + 1
    if other := _NO_NUMBER.match(low, start):
        return None, other.end()
    written = _FIGURE.match(low, start)
    return _figure(text, low, start, written.end()) if written else (None, start + 1)


def _figure(text: str, low: str, start: int, end: int) -> tuple[Number | None, int]:
    """Read the number whose figures are ``low[start:end]``; return it, and up to where the text is read."""
    written = low[start:end]
    if start >= 3 and low[start - 1].isalpha() and not _CODES.fullmatch(text, start - 3, start):
        return None, end
    if start and low[start - 1] == "-" and _CODE.search(low, max(0, start - 8), start):
        return None, end
    value, form = _value(written)
    follows = low[end : end + 1]
    if (
        follows
        and follows in "snrt"
        and low[end : end + 2] in ("st", "nd", "rd", "th")
        and not low[end + 2 : end + 3].isalnum()
    ):
        return (Number(start, end + 2, value, "ordinal"), end + 2) if form == "cardinal" else (None, end + 2)
    if form == "cardinal" and (over := _OVER.match(low, end)):
        part = _over(value, over)
        return (
            (None, over.end()) if part is None else (_signed(low, start, over.end(), part, "fraction", 1), over.end())
        )
    if figures_follow(low, end):
        return _signed(low, start, end, value, form, 1), end
    if follows in "ex×^ " and (power := _POWER.match(low, end)):
        return _power(low, start, power, value)
    scale = 1.0
    money = start > 0 and (low[start - 1] in SIGNS or low[start - 1].isalpha() or low[max(0, start - 2)] in SIGNS)
    for _ in range(2):
        times = (_MONEY_SCALE if money else _SCALE).match(low, end)
        if times is None and text.startswith("M", end) and not text[end + 1 : end + 2].isalnum():
            scale, end = scale * 10**6, end + 1
        elif times is not None:
            scale, end = scale * {**_SCALES, **_MONEY_SUFFIXES}[times[1]], times.end()
        else:
            break
    return _with_rest(low, start, end, value, form, scale)


def _value(written: str) -> tuple[float, Form]:
    """Return the value of figures; the last mark is a decimal point, and so is a comma before two figures."""
    if written.isdecimal():
        return float(written), "cardinal"
    if "," in written and "." in written and written.rindex(".") < written.rindex(","):
        written = written.replace(".", "").replace(",", ".")
    plain = "".join(c for c in written if c.isdecimal() or c == ".")
    return float(plain), "decimal" if "." in plain else "cardinal"


def _over(value: float, over: re.Match[str]) -> float | None:
    """Return the value of figures with a fraction after them, ``None`` where the strokes mean something else."""
    if over[2]:
        return value + unicodedata.numeric(over[2])
    whole, above, below = (0.0, value, int(over[1])) if over[1] else (value, float(over[3]), int(over[4]))
    return whole + above / below if 0 < above < below and below in _DENOMINATORS else None


def _power(low: str, start: int, power: re.Match[str], value: float) -> tuple[Number | None, int]:
    """Read "1.3e6", "6.23x10^-4" and "2.5^3"."""
    exponent = int(power[1] or power[3].replace("--", "").replace("+-", "-"))
    base, times = (10.0, value) if power[1] or power[2] else (value, 1.0)
    if base == 0:
        return None, power.end()
    return _signed(low, start, power.end(), times * base**exponent, "decimal", 1), power.end()


def _with_rest(low: str, start: int, end: int, value: float, form: Form, scale: float) -> tuple[Number | None, int]:
    """Add what "and" joins to figures: "3 million and a half", "5 and a half million", "3 hundred and 21"."""
    total = value * scale
    if low.startswith("and", end + 1):
        if part := _AND_PART.match(low, end):
            share = share_of(_LETTERS.findall(part[1]))
            times = MULTIPLIERS.get(part[2] or "", 0)
            total = (value * scale + share * times) if scale > times > 0 else (value + share) * (times or scale)
            return _signed(low, start, part.end(), total, "fraction", times or scale), part.end()
        if scale == 100 and (rest := _AND_REST.match(low, end)):
            more = CARDINALS[rest[1]] if rest[1] in CARDINALS else int(rest[1])
            return _signed(low, start, rest.end(), total + more, form, 1), rest.end()
    return _signed(low, start, end, total, form, scale), end


def _signed(low: str, start: int, end: int, value: float, form: Form, scale: float) -> Number:
    """Return the number with the sign that stands before it: a stroke after a blank, or a word."""
    if start and low[start - 1] in "-−" and (start == 1 or low[start - 2] in " \t\n(\u00a0"):
        return Number(start - 1, end, -value, form, scale)
    for word in ("minus ", "negative "):
        if low.endswith(word, 0, start) and not low[start - len(word) - 1 : start - len(word)].isalnum():
            return Number(start - len(word), end, -value, form, scale)
    return Number(start, end, value, form, scale)
