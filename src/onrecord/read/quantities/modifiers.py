"""Words that soften a figure, and the one word that tells each: "some 34" and "34 or so" are "about"."""

from __future__ import annotations

import re

from onrecord.read.quantities.amounts import Amount
from onrecord.read.quantities.number_forms import GAP

_MODIFIERS = {
    "about": "about around roughly some approximately approx. approximate estimated circa ~ maybe perhaps",
    "nearly": "nearly almost virtually",
    "more than": "over above exceeding topping",
    "less than": "under below",
}
_ONE_WORD = {word: canon for canon, words in _MODIFIERS.items() for word in words.split()}
_TWO_WORDS = {
    "more than": "more than",
    "greater than": "more than",
    "better than": "more than",
    "older than": "more than",
    "upwards of": "more than",
    "upward of": "more than",
    "excess of": "more than",
    "less than": "less than",
    "fewer than": "less than",
    "lower than": "less than",
    "younger than": "less than",
    "close to": "nearly",
    "just under": "nearly",
    "just below": "nearly",
    "at least": "at least",
    "minimum of": "at least",
    "up to": "at most",
    "at most": "at most",
    "maximum of": "at most",
    "average of": "about",
    "estimate of": "about",
}
_THREE_WORDS = {
    "no more than": "at most",
    "not more than": "at most",
    "as many as": "at most",
    "as much as": "at most",
    "as high as": "at most",
    "no fewer than": "at least",
    "no less than": "at least",
    "not less than": "at least",
    "as few as": "at least",
    "as little as": "at least",
}
AFTER = re.compile(
    rf"{GAP}or{GAP}(so|more|fewer|less|higher|greater|thereabouts)(?!\w)|{GAP}(?:and|or){GAP}(older|younger)(?!\w)"
    r"|(\+)|-(plus)(?!\w)|(-odd)(?!\w)"
)
_AFTER_WORDS = {"so": "about", "thereabouts": "about", "more": "at least", "higher": "at least", "greater": "at least"}
_AFTER_WORDS |= {"+": "at least", "plus": "at least", "fewer": "at most", "less": "at most", "-odd": "about"}
_AFTER_WORDS |= {"older": "at least", "younger": "at most"}
_TOPIC = re.compile(
    r"(?:talk|talks|talked|talking|ask|asks|asked|asking|speak|speaks|spoke|speaking|think|"
    r"thinks|thought|thinking|know|knows|knew|hear|heard|questions|question|concerned|concerns|"
    r"worried|worry|complaints|complained|warned|warning|lied|lying|information|story|stories|"
    r"all|what|how|details|allegations|looked|walked|turned|turn|sat|gathered|get|got|won|"
    r"fight|battle|moved)"
)
"""Words before "about", "around" and "over" that make them prepositions: "asked about 12 letters"."""


def softened(low: str, a: Amount) -> tuple[str | None, int]:
    """Return the canonical word for what softens an amount, and where the words for it end behind the amount."""
    if after := AFTER.match(low, a.end):
        return _AFTER_WORDS[after[after.lastindex or 0]], after.end()
    if a.form == "multiple":
        return "multiples", a.end
    before = low[max(0, a.start - 30) : a.start]
    if not before or not before[-1].isspace():
        return {"~": "about", ">": "more than", "<": "less than", "≥": "at least", "≤": "at most"}.get(
            before[-1:]
        ), a.end
    words = before.split()
    if words and words[-1] in ("a", "an"):
        words.pop()
    if not words or words[-1].isdigit() or "\n\n" in before[-3:]:
        return None, a.end
    last = " ".join(words[-2:])
    found = _THREE_WORDS.get(" ".join(words[-3:])) or _TWO_WORDS.get(last)
    if found is None and not (len(words) > 1 and _TOPIC.fullmatch(words[-2])):
        found = _ONE_WORD.get(words[-1])
    return found, a.end
