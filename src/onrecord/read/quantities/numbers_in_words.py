"""Numbers that a text writes out: where words for them stand, and what they are worth together.

A run of number words may hold several numbers; "one" as a pronoun is none, nor is a rank a part ("a third candidate").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.read.quantities.number_forms import GAP, Form, Number, trie
from onrecord.read.quantities.number_words import (
    CARDINALS,
    MULTIPLIERS,
    ORDINALS,
    PARTS,
    PLURALS,
    SHORT,
    VAGUE,
    at,
    below_hundred,
    cardinal,
    cardinal_at,
    divisor,
    ordinal_at,
)

_NUMBER_WORDS = {*CARDINALS, *MULTIPLIERS, *ORDINALS, *SHORT, *VAGUE, *PARTS}
_WORD = trie(_NUMBER_WORDS) + r"(?!\w)"
_TIMES_MANY = trie({*MULTIPLIERS, *SHORT}) + r"(?!\w)"
_RUN_OF_WORDS = (
    rf"(?:(?:minus|negative){GAP})?{_WORD}"
    rf"(?:(?:{GAP}(?:and{GAP}(?:an?{GAP})?|point{GAP}|(?:of{GAP})?an?{GAP}(?={_TIMES_MANY})"
    rf"|of{GAP}(?=[a-z]{{4,8}}s\b))?"
    rf"|-and-(?:an?-)?|[^\S\r\n]?-[^\S\r\n]?){_WORD})*"
)
_AT_THE_HEAD = re.compile(_RUN_OF_WORDS)
_IN_WORDS = re.compile(rf"\W(?={trie({*_NUMBER_WORDS, 'minus', 'negative'})})({_RUN_OF_WORDS})")
_LETTERS = re.compile(r"[a-z]+")
_LINKED = re.compile("-(?:to|in|of)-")
_A = re.compile(r"(?<!\w)an?[^\S\r\n]{1,3}\Z")
_SEVERAL = re.compile(r"(?<!\w)(?:(?:a )?few|several|many|(?:a )?couple(?: of)?|multiple) \Z")
_BARE = re.compile(r"(?<!\w)(?:the|per|every|another|an extra|about a|than a) \Z")
_ABOUT = re.compile(
    r"(?<!\w)(?:than|nearly|almost|about|over|only|by|roughly|least|around|just|under|to|approximately|exactly|fully"
    r"|some|virtually|and) (?:an? )?\Z"
)
_NO_HALF = re.compile(
    r"(?<!\w)(?:first|second|other|better|latter|top|bottom|final|opening|last|upper|lower|in|each"
    r"|third|fourth|fiscal) \Z"
)
_OF = re.compile(
    rf"{GAP}(?:of|the|an?|his|her|their|its|our|my|your|all|as|that|those|these|this|less|more|fewer"
    rf"|higher|lower|again"
    r"|larger|smaller|off)(?!\w)"
)
_RANKED_NOUN = re.compile(rf"{GAP}(?:part(?:y|ies)|grader?s?|man|person|option|place|class|base|former)(?!\w)")
_ENDS = re.compile(r"[^\S\r\n]*(?:[.,;:?!)\r\n]|\Z)")
_UNIT_AFTER_ONE = re.compile(
    rf"(?:{GAP}|-)(?:percent|per cent|dollar|cent|pound|euro|yen|mile|foot|inch|yard|kilo\w*"
    rf"|met[er]{{2}}|ton|tonne|acre)(?!\w)"
)
RATIO_GAP = re.compile(rf"{GAP}(?:(?:in|out{GAP}of)(?:{GAP}every)?|of{GAP}every){GAP}|-(?:in|out-of)-")
_RATIO_AFTER_ONE = re.compile(rf"(?:{RATIO_GAP.pattern})(?:\d|{trie(CARDINALS)}(?!\w))")
_PRONOUN_BEFORE = re.compile(
    r"(?<!\w)(?:the|this|that|these|those|which|no|any|every|each|some|another|such|whole|an?|first|last"
    r"|next|right|wrong"
    r"|good|new|old|big|great|current|loved|(?:the|my|his|her|their|its|our) only) \Z"
)
_AT_ONE_POINT = re.compile(r"at one (?:point|time|stage)")
_PRONOUN_AFTER = re.compile(
    rf"{GAP}(?:of|who|whom|whose|that|which|another|is|was|has|had|can|could|would|should|will|might|may"
    rf"|must|does|did"
    r"|to|in|on|for|with|from|you|we|they|he|she|it|i|said|says|wants?|knows?|thing|day|and)(?!\w)|-on-one"
)


def numbers_in_words(low: str, read: Sequence[tuple[int, int]]) -> Iterator[Number]:
    """Return the numbers that a folded text writes out, none within ``read``, the stretches taken for figures."""
    starts = [span[0] for span in read]
    if head := _AT_THE_HEAD.match(low):
        yield from _written_out(low, 0, head.end())
    for match in _IN_WORDS.finditer(low, head.end() if head else 0):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or read[before][1] <= match.start(1):
            yield from _written_out(low, match.start(1), match.end())


def _written_out(low: str, start: int, end: int) -> Iterator[Number]:
    """Read a run of number words, which may hold several numbers; joined to a word it holds none ("high-five")."""
    if start > 1 and low[start - 1] == "-" and low[start - 2].isalpha() and not _LINKED.match(low, start - 4):
        return
    word = low[start:end]
    simple = CARDINALS.get(word)
    if simple is not None:
        if simple != 1 or not _is_pronoun(low, start, end):
            yield Number(start, end, simple, "cardinal", words=True)
        return
    if article := _A.search(low, max(0, start - 5), start):
        start = article.start()
    found = list(_LETTERS.finditer(low, start, end))
    run = _Run(low, [m[0] for m in found], [m.start() for m in found], [m.end() for m in found])
    i = 0
    while i < len(found):
        number, i = run.read(i)
        if number is not None:
            yield number


def _is_pronoun(low: str, start: int, end: int) -> bool:
    if _UNIT_AFTER_ONE.match(low, end) or _RATIO_AFTER_ONE.match(low, end):
        return False
    before = _PRONOUN_BEFORE.search(low, max(0, start - 12), start) or _AT_ONE_POINT.match(low, max(0, start - 3))
    return before is not None or _PRONOUN_AFTER.match(low, end) is not None


_Read = tuple[float, int, Form, float]


class _Run(msgspec.Struct, frozen=True):
    """A run of number words with where each stands in the folded text."""

    low: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def read(self, i: int) -> tuple[Number | None, int]:
        """Read a number from word ``i``; return it, and the word to go on from."""
        negative = self.words[i] in ("minus", "negative")
        first = i + negative
        read = self._decimal(first) or self._mixed(first) or self._ordinal(first) or self._part(first)
        read = read or self._whole(first) or self._vague(first)
        if read is None:
            return None, i + 1
        value, after, form, scale = read
        start = self.starts[i]
        if form == "multiple" and (several := _SEVERAL.search(self.low, max(0, start - 14), start)):
            start = several.start()
        if value == 1 and after == i + 1 and form == "cardinal" and _is_pronoun(self.low, start, self.ends[i]):
            return None, after
        return Number(start, self.ends[after - 1], -value if negative else value, form, scale, True), after

    def _joined(self, i: int) -> bool:
        """Tell whether a stroke joins word ``i`` to the one before it."""
        return i > 0 and "-" in self.low[self.ends[i - 1] : self.starts[i]]

    def _decimal(self, i: int) -> _Read | None:
        """Read "two hundred point zero three", "nought point five million"."""
        value, end = cardinal_at(self.words, i)
        if value is None or at(self.words, end) != "point":
            return None
        digits = ""
        end += 1
        while end < len(self.words):
            part, after = below_hundred(self.words, end)
            if part is None:
                break
            digits, end = digits + str(part), after
        scale = MULTIPLIERS.get(at(self.words, end), 1)
        return float(f"{value}.{digits[:15] or 0}") * scale, end + (scale > 1), "decimal", scale

    def _mixed(self, i: int) -> _Read | None:
        """Read "one and a half", "five and a half million", "one billion and a half million"."""
        value, end = cardinal_at(self.words, i)
        if value is None:
            return None
        if (cut := self._last_and(i, end)) is not None:
            end, value = cut, cardinal(self.words[i:cut])
        if value is None or at(self.words, end) != "and":
            return None
        share = self._share(end + 1)
        if share is None:
            return None
        part, after = share
        last = next((MULTIPLIERS[w] for w in reversed(self.words[i:end]) if w in MULTIPLIERS), 1)
        times = MULTIPLIERS.get(at(self.words, after), 1)
        if times == 1:
            scale = last if last >= 10**6 else 1
            return value + part * scale, after, "fraction", scale
        total = value + part * times if last > times else (value + part) * times
        return total, after + 1, "fraction", times

    def _last_and(self, i: int, end: int) -> int | None:
        """Return the "and" that opens a part which the cardinal ran into: "six million and [two thirds]"."""
        if at(self.words, end) not in PARTS:
            return None
        k = next((k for k in range(end - 1, i, -1) if self.words[k] == "and"), None)
        halves = at(self.words, end) in ("half", "halves", "quarter", "quarters")
        return k if k is not None and (halves or MULTIPLIERS.get(self.words[k - 1], 0) >= 10**6) else None

    def _share(self, i: int) -> tuple[float, int] | None:
        """Read what is above a line and what is below it: "a half", "two thirds", "fifty-four hundredths"."""
        words = self.words
        above, end = cardinal_at(words, i)
        if above is None and at(words, i) in ("a", "an"):
            above, end = 1, i + 1
        if above is None:
            return None
        tens = CARDINALS.get(words[end - 1], 0)
        if tens >= 20 and PARTS.get(at(words, end), 10) < 10 and self._joined(end) and end - 1 > i:
            above, end = cardinal(words[i : end - 1]), end - 1  # "one hundred thirty-fifths": thirty-fifths
        below, after = divisor(words, end)
        return (above / below, after) if below and above is not None else None

    def _part(self, i: int) -> _Read | None:
        """Read "two thirds", "half a million", "a quarter of", where no rank is meant."""
        if self.words[i] in ("half", "quarter"):
            share: tuple[float, int] | None = (1 / PARTS[self.words[i]], i + 1)
        else:
            share = self._share(i)
        if share is None:
            return None
        value, end = share
        after = end + (at(self.words, end) == "of")
        after += at(self.words, after) in ("a", "an")
        scale = {**MULTIPLIERS, **SHORT}.get(at(self.words, after))
        if scale is not None:
            return value * scale, after + 1, "fraction", scale
        return (value, end, "fraction", 1) if self._is_part(i, end) else None

    def _is_part(self, i: int, end: int) -> bool:
        """Tell a part from a rank: "a third of the votes" from "a third candidate", "half" from "the second half"."""
        low, start, stop = self.low, self.starts[i], self.ends[end - 1]
        last = self.words[end - 1]
        if (last.endswith("s") and last != "quarters") or self.words[i] not in ("a", "an", "one", "half", "quarter"):
            return last in PARTS or self._joined(end - 1)
        if low.startswith("-", stop) and not low.startswith("-of", stop):
            return False
        if self._joined(end - 1) or self.words[i] == "one":
            return _RANKED_NOUN.match(low, stop) is None
        if last in ("half", "quarter") and _NO_HALF.search(low, max(0, start - 9), start):
            return False
        if _OF.match(low, stop):
            return last != "quarter" or self.words[i] != "quarter" or low.startswith(" of", stop)
        if _ABOUT.search(low, max(0, start - 18), start):
            return True
        alone = _ENDS.match(low, stop) is not None
        return alone and (last not in ("third", "fourth", "fifth", "quarter") or self.words[i] == "one")

    def _ordinal(self, i: int) -> _Read | None:
        value, end = ordinal_at(self.words, i)
        return (value, end, "ordinal", 1) if value is not None else None

    def _whole(self, i: int) -> _Read | None:
        """Read a cardinal, "three dozen", "two millions", "the hundred"."""
        words = self.words
        value, end = cardinal_at(words, i)
        if value is None and words[i] in ("a", "an") and at(words, i + 1) in SHORT:
            value, end = 1, i + 1
        times = {**SHORT, **PLURALS}.get(at(words, end)) if value is not None else None
        if value is not None:
            return (value * times, end + 1, "cardinal", times) if times else (value, end, "cardinal", self._scale(end))
        scale = {**MULTIPLIERS, **SHORT}.get(words[i])
        if scale and _BARE.search(self.low, max(0, self.starts[i] - 10), self.starts[i]):
            return scale, i + 1, "cardinal", scale
        return None

    def _scale(self, end: int) -> float:
        return MULTIPLIERS.get(self.words[end - 1], 1)

    def _vague(self, i: int) -> _Read | None:
        """Read "dozens", "tens of thousands", "several hundred": what there are several of."""
        words = self.words
        start = self.starts[i]
        if words[i] in MULTIPLIERS or words[i] in SHORT:
            if _SEVERAL.search(self.low, max(0, start - 14), start) is None:
                return None
            value = {**MULTIPLIERS, **SHORT}[words[i]]
            times = MULTIPLIERS.get(at(words, i + 1), 1)
            return value * times, i + 1 + (times > 1), "multiple", times
        if words[i] not in VAGUE:
            return None
        value, end = VAGUE[words[i]], i + 1
        while at(words, end) == "of" and at(words, end + 1) in PLURALS:
            value, end = value * PLURALS[words[end + 1]], end + 2
        if end == i + 1 and words[i] in ("tens", "scores") and not self.low.startswith(" of", self.ends[i]):
            return None
        return min(value, 10**15), end, "multiple", 1
