"""Whether what is told lies ahead or behind, by the verb nearest to a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.read.times.grammar import Words
from onrecord.read.words import word_list

if TYPE_CHECKING:
    from onrecord.read.times.place import Place


_REACH_BACK, _REACH_ON = 30, 15
"""Words in which the nearest verb is looked for."""
STOPS = frozenset(".;!?\n")
_VERBS = frozenset(
    [
        "be",
        "have",
        "go",
        "meet",
        "hold",
        "begin",
        "start",
        "leave",
        "visit",
        "take",
        "vote",
        "decide",
        "return",
        "appear",
        "testify",
        "arrive",
    ]
)
_WORD = 3
"""Letters that the stem of a past tense has at least: "fired", not "red"."""
_NO_PAST = frozenset(["exceed", "hundred", "indeed", "proceed", "speed", "succeed"])
_MODALS = frozenset(["can", "could", "ll", "may", "might", "must", "shall", "should", "will", "would"])


def tense(p: Place) -> bool | None:
    """Tell whether the verb nearest to an expression, before it or else behind it, points ahead or back."""
    if p.before() == "until" and p.match.start > 1 and not _stops(p.words, p.match.start - 2):
        return True
    for at in range(p.match.start - 1, max(-1, p.match.start - _REACH_BACK), -1):
        if _stops(p.words, at) and p.words.lower[at] != "?":
            break
        found = _points(p, at)
        if found is not None:
            return found
    for at in range(p.match.end, min(len(p.words.lower), p.match.end + _REACH_ON)):
        if _stops(p.words, at):
            break
        found = _points(p, at)
        if found is not None:
            return found
    return None


def _points(p: Place, at: int) -> bool | None:
    lower = p.words.lower
    word, before, after = lower[at], lower[at - 1] if at else "", lower[at + 1] if at + 1 < len(lower) else ""
    if word in ("set", "planned"):
        return after in ("to", "for") and before != "been"
    if word == "won":
        return after in ("'", "’")  # "won't"
    if before in _MODALS:
        return True
    if word in word_list("verbs_ahead") and before == "been":
        return False
    if word in word_list("verbs_ahead"):
        return True
    if before in ("-", "–"):
        return None  # "his long-promised wall"
    if word in word_list("verbs_behind") or _is_regular_past(p.words, at):
        return None if before in ("be", "to", "not") else False
    return True if before == "to" and word in _VERBS else None


def _is_regular_past(words: Words, at: int) -> bool:
    word = words.lower[at]
    return len(word) > _WORD + 1 and word.endswith("ed") and word not in _NO_PAST and not words.capital[at]


def _stops(words: Words, at: int) -> bool:
    """Tell whether a word ends its sentence: no full stop does that behind a short word, which it may shorten."""
    word = words.lower[at]
    if word not in STOPS:
        return words.codes[at] == "\n"
    return not (word == "." and at and len(words.lower[at - 1]) <= _WORD + 1 and words.capital[at - 1])
