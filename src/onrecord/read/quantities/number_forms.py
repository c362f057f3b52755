"""What a number in a text is, and the pieces that all patterns for numbers are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Form = Literal["cardinal", "decimal", "fraction", "ratio", "ordinal", "multiple"]


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number in a text: code points ``start`` to ``end``, end excluded.

    A ``fraction`` is "two thirds" or "2 1/2", a ``ratio`` "two out of five" or "1 in 10". A ``multiple`` is vague:
    "dozens", "tens of thousands", "several hundred"; its value is what there are several of. ``scale`` is the
    multiplier that closes the number (10**6 in "1.3 million"), 1 where there is none; ``words`` tells a number that is
    written out.
    """

    start: int
    end: int
    value: float
    form: Form
    scale: float = 1
    words: bool = False


def fold(text: str) -> str:
    """Return the text in lower case, every character in its place: what would grow by it stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


GAP = r"(?:[^\S\r\n]{1,3}|\r?\n)"
"""White space within an expression: a few blanks or one end of line."""


def figures_follow(low: str, end: int) -> bool:
    """Tell whether a blank or comma and a figure follow: a cheap test, for then neither a unit nor a noun does."""
    return low[end : end + 1] in (" ", ",") and low[end + 1 : end + 2].isdigit()


def trie(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first, branching on first letters so that it fails fast."""
    branches: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        branches.setdefault(word[0], []).append(re.escape(word[1:]))
    return "(?:" + "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in branches.items()) + ")"
