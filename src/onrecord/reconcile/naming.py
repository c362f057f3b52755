"""When two names can be one person's: spellings and transliterations, initials and middle names, short names.

A name's skeleton is what most transliterations of it share; two first names agree that are alike, of which one is the
other's initial or its usual short form.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cache

from onrecord.read.words import word_list

ALIKE = 0.8
"""Share of letters that two spellings of one first name have in common, in order: "Dimitry" and "Dmitry" 0.92,
"Daniyar" and "Daniar" 0.92; "Anna" and "Anne" 0.75, "Karin" and "Kevin" 0.6.
"""
_SPELLINGS = (
    ("tch", "ch"),
    ("tsch", "ch"),
    ("sch", "sh"),
    ("kh", "k"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("ph", "f"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ck", "k"),
    ("ks", "x"),
    ("q", "k"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
)
"""Spellings that one letter of another script, or one sound, is given in English, French and German."""
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


@cache
def skeleton(word: str) -> str:
    """Return what spellings of one name share: Zelensky, Zelenskyy and Zelenskiy are "zelenski"."""
    out = _plain(word)
    for spelling, sound in _SPELLINGS:
        out = out.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", out)


@cache
def parts(name: str) -> tuple[str, ...]:
    """Return the words of a person's name, folded, without "Jr."."""
    words = [w.strip(".,") for w in _plain(name).replace("-", " ").split()]
    kept = [w for w in words if w and w not in _SUFFIXES]
    return tuple(kept or words)


def surname(name: str) -> str:
    """Return the skeleton of a name's last word."""
    return skeleton((parts(name) or ("",))[-1])


@cache
def one_person(a: str, b: str) -> bool:
    """Tell whether two full names can be one person's: surnames of one skeleton, first names that agree, and no middle
    name against another.
    """
    x, y = parts(a), parts(b)
    if min(len(x), len(y)) < 2 or skeleton(x[-1]) != skeleton(y[-1]):
        return False
    return _agree(x[0], y[0]) and (not (x[1:-1] and y[1:-1]) or any(_agree(m, n) for m in x[1:-1] for n in y[1:-1]))


def _agree(a: str, b: str) -> bool:
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    if skeleton(a) == skeleton(b) or _formal(a) & _formal(b):
        return True
    return a[0] == b[0] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _formal(name: str) -> frozenset[str]:
    return _short_names().get(name, frozenset()) | {name}


@cache
def _short_names() -> dict[str, frozenset[str]]:
    """Return the names that each short name may stand for."""
    out: dict[str, set[str]] = defaultdict(set)
    for line in word_list("nicknames"):
        name, *short = line.split()
        for s in short:
            out[s].add(name)
    return {k: frozenset(v) for k, v in out.items()}


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold().removesuffix("'s")
    return "".join(c for c in text if c.isalnum() or c in " .-")
