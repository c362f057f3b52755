"""How a phrase is used where it stands: whether words of taking a side come before it, whether it tells where or when,
whether it only says what something else is said to be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from onrecord.reconcile.wording import base
from onrecord.reconcile.words import word_set

SIDED = 4
"""Words before a phrase among which one of taking sides governs it."""
PART = 6
"""The same for "part of", which what it governs may hold: "as part of any agreement to end the war"."""
ENDED = 5
"""Words before an ill among which one of ending brings it to an end."""
_REACH = 80
"""Characters before a phrase that are looked at."""
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_STOP = re.compile(r"[.!?;:]\s|\n")
_OWNED = re.compile(r"[’']s?\s+(\w+)")
_OPENING = "“\"‘'«"
_INDEFINITE = frozenset({"a", "an"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_DETERMINERS = (
    _INDEFINITE | _DEFINITE | {"his", "her", "their", "its", "our", "my", "your", "any", "no", "some", "more"}
)
_PLACES = frozenset({"in", "at", "from", "near", "across", "within", "into", "through"})
_TIMES = frozenset({"during", "after", "before", "since", "until", "amid"})
_BEARING = frozenset({"on", "for", "against", "to"})
_VERBS = frozenset({"is", "are", "was", "were", "will", "would", "has", "should", "must", "can"})


@dataclass(frozen=True)
class Use:
    """How a phrase is used in one place.

    ``sided``: among the words before it is one of taking sides; ``placed``, ``timed``: it tells where or when;
    ``joined``: it comes behind "and" or "or"; ``indefinite``, ``definite``: its article, or a "this"; ``acts``: a verb
    follows; ``borne``: "on", "for", "against" or "to" follows; ``quoted``: a quotation opens with it; ``describes``: it
    only says what something is, or is called.
    """

    sided: bool
    placed: bool
    timed: bool
    joined: bool
    indefinite: bool
    definite: bool
    acts: bool
    borne: bool
    quoted: bool
    describes: bool


def use_of(text: str, start: int, end: int) -> Use:
    """Return how the phrase from ``start`` to ``end`` of a text is used; one that opens with words of ending takes a
    side itself.
    """
    before = [m.group().casefold() for m in words_before(text, start)]
    opening = _WORD.match(text, start)
    ends = opening is not None and opening.group().casefold() in word_set("ending")
    after = _WORD.match(text, end + 1)
    follows = after.group() if after and text[end : end + 1] == " " else ""
    article = before[-1] if before and before[-1] in _DETERMINERS else ""
    governs = before[-2:-1] if article else before[-1:]
    prior = governs[0] if governs else ""
    quoted = text[:start].endswith(tuple(_OPENING))
    return Use(
        sided=ends or any(base(w) in _sides() for w in before[-SIDED:]),
        placed=prior in _PLACES or ("part", "of") in pairwise(before[-PART:]),
        timed=prior in _TIMES,
        joined=prior in ("and", "or"),
        indefinite=article in _INDEFINITE,
        definite=article in _DEFINITE,
        acts=follows in _VERBS,
        borne=follows in _BEARING,
        quoted=quoted,
        describes=prior in word_set("describing") and article in _INDEFINITE,
    )


def words_before(text: str, start: int) -> Sequence[re.Match[str]]:
    """Return the words before a place in its sentence, those not far from it."""
    begin = max(0, start - _REACH)
    for stop in _STOP.finditer(text, begin, start):
        begin = stop.end()
    return list(_WORD.finditer(text, begin, start))


def ended_from(text: str, start: int) -> int | None:
    """Return where the words begin that bring what is named at ``start`` to an end, or want it: "end to the war"."""
    for m in words_before(text, start)[-ENDED:]:
        if m.group().casefold() in word_set("ending"):
            return m.start()
    return None


def owns(text: str, end: int) -> bool:
    """Tell whether what ends at ``end`` of a text, or within a "'s" there, owns what follows, and that is no side which
    it takes ("opposition"; what is "proposed" is none).
    """
    found = _OWNED.match(text, end) or _OWNED.match(text, end - 2)
    if found is None:
        return False
    owned = found.group(1).casefold()
    return owned.endswith("ed") or base(owned) not in _sides()


@cache
def _sides() -> frozenset[str]:
    return frozenset(base(w) for w in word_set("taking_sides"))
