"""What number words are worth: cardinals, ordinals and parts, read by descent from lists of words in lower case.

Units, tens, hundreds, then groups with falling multipliers: "two hundred and five thousand and six".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
CARDINALS: Mapping[str, int] = {
    **dict.fromkeys(("zero", "nought", "naught"), 0),
    **{word: i for i, word in enumerate(UNITS, 1)},
    **{word: i for i, word in enumerate(_TEENS, 10)},
    **{word: 10 * i for i, word in enumerate(_TENS, 2)},
}
"""Words for 0 to 19 and for the tens, in lower case."""
MULTIPLIERS: Mapping[str, int] = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
"""Words that multiply what stands before them; a billion is a thousand million, as in all English news."""
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def _ordinal_of(word: str) -> str:
    return _IRREGULAR.get(word) or (word[:-1] + "ieth" if word.endswith("ty") else word + "th")


ORDINALS: Mapping[str, int] = {
    _ordinal_of(word): value for word, value in {**CARDINALS, **MULTIPLIERS}.items() if value
}
"""Words for ranks: first to nineteenth, the tens, hundredth, thousandth and so on."""
SHORT = {"dz": 12, "dzs": 12, "doz": 12, "dozs": 12, "dozen": 12, "lakh": 10**5, "crore": 10**7}
PLURALS = {**{word + "s": value for word, value in MULTIPLIERS.items()}, "dozens": 12}
VAGUE = {**PLURALS, "tens": 10, "scores": 20}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, **{w + "s": v for w, v in ORDINALS.items() if v > 2}}


def cardinal(words: Sequence[str]) -> int | None:
    """Return the value of lower-case words that together make one cardinal, ``None`` where they do not.

    "two hundred and five" is 205, "a hundred" 100; "nineteen eighty six" is no cardinal.
    """
    value, end = cardinal_at(words, 0)
    return value if value is not None and end == len(words) else None


def ordinal(words: Sequence[str]) -> int | None:
    """Return the value of lower-case words that together make one ordinal ("twenty third": 23), else ``None``."""
    value, end = ordinal_at(words, 0)
    return value if value is not None and end == len(words) else None


def ordinal_at(words: Sequence[str], i: int) -> tuple[int | None, int]:
    """Read an ordinal from word ``i``: a cardinal whose last word is one."""
    before, end = cardinal_at(words, i)
    before = before or 0
    if end < len(words) and words[end] == "and" and before >= 100:
        end += 1
    last = ORDINALS.get(words[end]) if end < len(words) else None
    if last is None:
        return None, i
    if before == 0:
        return last, end + 1
    if last >= 100:  # "two hundredth", "five thousandth": a multiplier
        return (before * last, end + 1) if before < last else (None, i)
    fits = before % 100 == 0 or (last < 10 and before % 10 == 0 and before % 100 >= 20)
    return (before + last, end + 1) if fits else (None, i)


def cardinal_at(words: Sequence[str], i: int) -> tuple[int | None, int]:
    """Read the longest cardinal from word ``i``; return its value and where it ends."""
    total: int | None = None
    last = 10**15
    end = i
    while True:
        start = end + 1 if total is not None and at(words, end) == "and" else end
        group, after = _below_thousand(words, start)
        if group is None:
            return total, end
        multiplier = MULTIPLIERS.get(at(words, after), 1)
        if multiplier >= last or group >= last or (total is not None and multiplier * group >= last):
            return total, end
        total = (total or 0) + group * multiplier
        end = after + (multiplier > 1)
        last = multiplier
        if multiplier == 1:
            return total, end


def _below_thousand(words: Sequence[str], i: int) -> tuple[int | None, int]:
    """Read a group: "five", "ninety five", "two hundred and five", "a hundred"; "twenty five hundred" too."""
    article = at(words, i) in ("a", "an") and at(words, i + 1) in MULTIPLIERS
    head, end = (1, i + 1) if article else below_hundred(words, i)
    if head is None or at(words, end) != "hundred" or head == 0:
        return head, end
    total, end = head * 100, end + 1
    rest, after = below_hundred(words, end + (at(words, end) == "and"))
    if rest and at(words, after) != "hundred":
        return total + rest, after
    return total, end


def below_hundred(words: Sequence[str], i: int) -> tuple[int | None, int]:
    """Read what is below a hundred from word ``i``; return its value and where it ends."""
    value = CARDINALS.get(at(words, i))
    if value is None:
        return None, i
    unit = CARDINALS.get(at(words, i + 1), 0) if value >= 20 else 0
    return (value + unit, i + 2) if 0 < unit < 10 else (value, i + 1)


def divisor(words: Sequence[str], i: int) -> tuple[int, int]:
    """Read what a share is divided by, 0 where it is not divided: "halves", "third", "twenty-fifths"."""
    word = at(words, i)
    tens = CARDINALS.get(word, 0)
    unit = at(words, i + 1)
    small = ORDINALS.get(unit) or PARTS.get(unit, 0)
    if tens >= 20 and 0 < small < 10 and unit not in ("half", "halves", "quarter", "quarters"):
        return tens + small, i + 2
    below = PARTS.get(word) or ORDINALS.get(word, 0)
    return (below, i + 1) if below > 2 or word in ("half", "halves") else (0, i)


def share_of(words: Sequence[str]) -> float:
    """Return the value of words that make a share: "a", "half"."""
    below, _ = divisor(words, 1)
    return CARDINALS.get(words[0], 1) / below if below else 0.0


def at(words: Sequence[str], i: int) -> str:
    """Return word ``i``, nothing behind the last."""
    return words[i] if i < len(words) else ""
