"""The place where a pattern fits: its words, what its classes and macros caught, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.read.times.amounts import amount, full_year, worded_year
from onrecord.read.times.grammar import Grammar, Match, Words
from onrecord.read.times.meaning import Anchor
from onrecord.read.times.tense import tense

_KIN = {
    "month": ("month", "mon", "maymarch", "lowmon"),
    "weekday": ("weekday", "wday", "weekdays"),
    "unit": ("unit", "units", "abbr", "weekend"),
    "way": ("gone", "ahead", "this", "last", "next", "that"),
    "early": ("early", "earlier", "edge"),
    "decade": ("decades",),
}
"""Classes that are looked up together."""

LESS, MORE, ABOUT = "LESS_THAN", "MORE_THAN", "APPROX"
_MODS = {
    "about": ABOUT, "around": ABOUT, "roughly": ABOUT, "approximately": ABOUT, "some": ABOUT, "estimated": ABOUT,
    "nearly": LESS, "almost": LESS, "close": LESS, "barely": LESS, "less": LESS, "fewer": LESS,
    "over": MORE, "more": MORE, "longer": MORE, "greater": MORE,
    "least": "EQUAL_OR_MORE", "most": "EQUAL_OR_LESS", "up": "EQUAL_OR_LESS", "no": "EQUAL_OR_LESS",
    "as": "EQUAL_OR_LESS", "not": "EQUAL_OR_LESS", "only": None, "just": None, "well": MORE,
}  # fmt: skip


class Place:
    """The place where a pattern fits."""

    def __init__(self, text: str, words: Words, match: Match, grammar: Grammar, anchor: Anchor) -> None:
        self.text, self.words, self.match, self.grammar, self.anchor = text, words, match, grammar, anchor

    def has(self, name: str) -> bool:
        """Tell whether a class or macro caught something."""
        return name in self.match.parts

    def caught(self, name: str, n: int = 0) -> list[str]:
        """Return the words that the ``n``-th catch of a class or macro has."""
        spans = self.match.parts.get(name, ())
        return list(self.words.lower[slice(*spans[n])]) if len(spans) > n else []

    def all(self) -> list[str]:
        """Return the words of the expression."""
        return list(self.words.lower[self.match.start : self.match.end])

    def after(self, n: int = 0) -> str:
        """Return a word behind the expression."""
        at = self.match.end + n
        return self.words.lower[at] if at < len(self.words.lower) else ""

    def before(self, n: int = 1) -> str:
        """Return a word before the expression."""
        at = self.match.start - n
        return self.words.lower[at] if at >= 0 else ""

    def look(self, kin: str, words: Sequence[str]) -> str | None:
        """Return the value of the first of the words that stands in one of some classes."""
        for word in words:
            for name in _KIN.get(kin, (kin,)):
                found = self.grammar.value(name, word)
                if found is not None:
                    return found
        return None

    def value(self, name: str, kin: str | None = None, n: int = 0) -> str | None:
        """Return the value of what a class caught."""
        return self.look(kin or name, self.caught(name, n))

    # -- parts ------------------------------------------------------------------------------------------------------

    @property
    def mod(self) -> str | None:
        """START, MID or END by "early", "the end of"; the modifier of "nearly" and "at least"."""
        for name in ("E", "EE"):
            if self.has(name):
                return self.look("early", self.caught(name))
        if self.has("A"):
            if self.before() == "not":
                return {"less": "EQUAL_OR_MORE", "more": "EQUAL_OR_LESS"}.get(self.caught("A")[0])
            return _approximation(self.caught("A"))
        return ABOUT if self.all()[-2:] == ["or", "so"] else None

    @property
    def earlier(self) -> bool:
        """Whether the modifier is "earlier" or "later", which count from today."""
        return any(w in ("earlier", "later") for w in self.caught("E"))

    def weekday(self, n: int = 0) -> int | None:
        found = self.value("weekday", n=n) or self.value("wday", "weekday", n)
        return int(found) if found else None

    def month(self, n: int = 0) -> int | None:
        found = self.value("month", n=n) or self.look("month", self.caught("MM", n) or self.caught("M", n))
        if found is None:
            caught = (self.value(name, "month", n) for name in ("mon", "maymarch", "lowmon"))
            found = next((month for month in caught if month), None)
        return int(found) if found else None

    def unit(self, n: int = 0) -> str | None:
        """Return the ``n``-th unit of time among the words."""
        spans = sorted({span for name in ("unit", "units", "abbr") for span in self.match.parts.get(name, ())})
        found = self.look("unit", self.words.lower[slice(*spans[n])]) if len(spans) > n else None
        return {"night": "day"}.get(found, found) if found else None

    def year(self) -> int | None:
        """Return the year that the words give in figures or in full."""
        words = self.caught("Y") or self.caught("year") or self.caught("yy")
        if words:
            return full_year(words[-1])
        return worded_year(self.caught("YW"))

    def number_words(self, n: int = 0) -> list[str]:
        return self.caught("N", n) or self.caught("NW", n) or self.caught("F", n)

    def number(self, n: int = 0) -> float | None:
        """Return the number; ``None`` for "several"."""
        return amount(self.number_words(n))

    def follows_a_name(self) -> bool:
        """Tell whether a word with a capital follows another one: "USA Today"."""
        capital, start = self.words.capital, self.match.start
        beside = start > 0 and self.words.ends[start - 1] + 1 == self.words.starts[start]
        return beside and capital[start] and capital[start - 1]

    def is_part_of_a_name(self) -> bool:
        """Tell whether a word with a capital follows another one or goes before one: "Easter Island"."""
        capital, end = self.words.capital, self.match.end
        beside = end < len(capital) and self.words.ends[end - 1] + 1 == self.words.starts[end]
        return self.follows_a_name() or (beside and capital[self.match.start] and capital[end])

    def future(self) -> bool | None:
        """Tell by the verb nearest to the expression whether it lies ahead; ``None`` where no verb tells."""
        return tense(self)


def _approximation(words: Sequence[str]) -> str | None:
    return "EQUAL_OR_MORE" if "least" in words else _MODS.get(words[0])
