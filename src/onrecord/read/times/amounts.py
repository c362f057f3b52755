"""Numbers as words and figures of a time say them."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.read.quantities import number_words

_JOINTS = frozenset(["-", "–", "—", "and"])


def cardinal(words: Sequence[str]) -> int | None:
    """Return the value of a cardinal or an ordinal in words, however they are joined; ``None`` of anything else."""
    plain = [w for w in words if w not in _JOINTS]
    found = number_words.cardinal(plain)
    return number_words.ordinal(plain) if found is None else found


def amount(words: Sequence[str]) -> float | None:
    """Return the number that words or figures say; ``None`` for "several" and "a few"."""
    words = [w for w in words if w not in ("good", "great", "the", "~")]
    if not words:
        return None
    half = {"½": 0.5, "¼": 0.25, "¾": 0.75}
    if words[-1] in half and len(words) <= 2:
        return (float(words[0].replace(",", "")) if len(words) == 2 else 0) + half[words[-1]]
    if words[0][0].isdecimal():
        whole = float(words[0].replace(",", ""))
        if "/" in words:
            top, _, bottom = words[-3:]
            return whole + float(top) / (float(bottom) or 1)
        return whole + (0.5 if "half" in words else 0)
    if "couple" in words:
        return 2
    if "dozen" in words:
        return 6 if "half" in words else 12 if words[0] in ("a", "dozen") else None
    if words[0] == "half":
        return 0.5
    if words[0] in ("a", "an"):
        return 1 + (0.5 if "half" in words else 0) if len(words) == 1 or "half" in words else None
    fraction = 0.5 if "half" in words else 0.25 if "quarter" in words else 0
    whole_words = words[: words.index("and")] if fraction and "and" in words else words
    found = cardinal(whole_words)
    return None if found is None else found + fraction


def full_year(word: str) -> int:
    """Return the year that four or two figures mean: of two, one between 1930 and 2029."""
    if len(word) == 4:
        return int(word)
    return int(word) + (1900 if int(word) >= 30 else 2000)


def worded_year(words: Sequence[str]) -> int | None:
    """Return the year that words give in full: "nineteen eighty-six", "two thousand and five"; ``None`` without any."""
    if not words:
        return None
    if words[0] == "two":
        return cardinal(words)
    rest = [w for w in words[1:] if w not in ("hundred", "and", "-")]
    tail = cardinal(rest)
    century = 19 if words[0] == "nineteen" else 20
    return None if tail is None else 100 * century + tail
