"""What is counted, measured or shared: the noun phrase that belongs to a number.

Nothing is parsed: the phrase is found by form, from the number up to the plural noun, or to the word at which no noun
can go on.
"""

from __future__ import annotations

import re

from onrecord.read.quantities.amounts import Amount
from onrecord.read.quantities.number_forms import GAP, figures_follow, trie
from onrecord.read.quantities.number_words import CARDINALS
from onrecord.read.quantities.units import UNITS_OF_TIME
from onrecord.read.words import word_list
from onrecord.records import Span

FUNCTION_WORDS = word_list("numbers")
_PLURALS = word_list("plurals")
_NO_PLURAL = re.compile(
    r"(?:.*(?:ss|us|is|ous)|politics|economics|physics|athletics|mathematics|gymnastics|ethics|los|las"
    r"|des|its|his|yes|previous|perhaps|always|besides|unless|texas|kansas"
    r"|illinois|arkansas|massachusetts|james|paris|house's)\Z"
)
_HEAD_ENDS = re.compile(
    r"(?:building|meeting|hearing|ruling|filing|briefing|shooting|killing|bombing|spending|funding|"
    r"housing|training|planning|polling|bargaining|gathering|king|ring|wing|spring|string|"
    r"thing|evening|morning|clothing|ceiling|seed|bed|shed|feed|need|speed|breed|deed|creed|"
    r"unmanned|united)"
)
_TOKEN = re.compile(rf"{GAP}[“\"‘]?((?:[A-Z]\.){{2,}}|[^\W\d_]\w*(?:[’'-]\w+)*)")
_LEADING = re.compile(
    rf"(?:{GAP}(?:more|other|additional|further|extra|such|of|the|his|her|its|their|our|my|your|these"
    rf"|those|all|or|so)(?!\w))+"
)
_MORE = re.compile(rf"(?:{GAP}(?:more|other|additional|further|extra|such)(?!\w)){{1,2}}")
OF = re.compile(rf"{GAP}of(?={GAP})")
_SOME = re.compile(rf"{GAP}(?:\d{{1,3}}(?:,\d{{3}})*|{trie(CARDINALS)})(?={GAP}[^\W\d])(?!{GAP}{UNITS_OF_TIME})")
_PEOPLE = "(?:men|women|boys|girls|children|fathers|mothers|sons|daughters|brothers|sisters|husbands|wives)"
_PEOPLE_TOGETHER = re.compile(rf"{_PEOPLE}{GAP}and{GAP}{_PEOPLE}(?![\w'’])")
_OF_MONEY = re.compile(rf"{GAP}(?:worth{GAP}of|of|in)(?={GAP}[a-z])")
_HALVED = re.compile(rf"{GAP}(?:the|his|her|its|their|our|my|your|all|of all|that|those|these)(?={GAP})")
_ADJECTIVAL = re.compile(
    r"(?:(?<!\w)(?:an?|the|its|his|her|their|our|this|that|another|each|every|any)|['’]s|s['’]) (?:"
    r"(?:nearly|almost|about|roughly|over|estimated|additional|whopping|record|further|new|more than|proposed) )?\Z"
)
_OF_BEFORE = re.compile(r"(?<!\w)of (?:the |his |her |its |their |all )?\Z")
LONGEST = 6
"""Words that the noun phrase after a number may have."""
_OF_TIME = re.compile(
    rf"(?:{UNITS_OF_TIME}|(?:january|february|march|april|june|july|august|september|october|november"
    rf"|december)(?!\w))"
)


def measured(text: str, low: str, a: Amount, end: int) -> Span | None:
    """Return what an amount with a unit is of: "90 sq km of [territory]", "$48 million in [aid]", "a $5 [fee]"."""
    assert a.unit is not None
    end = max(end, a.end)
    of = (_OF_MONEY if a.unit.kind == "money" else OF).match(low, end)
    if of is not None:
        found = phrase(text, low, of.end() if of[0].endswith("in") else _led(low, of.end()), many=False)
        return found if found is None or not _OF_TIME.match(low, found.start) else None
    return _adjectival(text, low, a, end)


def _adjectival(text: str, low: str, a: Amount, end: int) -> Span | None:
    """Return the noun that an amount describes: "a 20 percent [tariff]", "a 10-gallon [water cooler]"."""
    joined = low[a.stop : a.stop + 1] == "-" and a.end > a.stop
    if not joined and not _ADJECTIVAL.search(low, max(0, a.start - 26), a.start):
        return None
    return phrase(text, low, end, many=False)


def shared(text: str, low: str, a: Amount, end: int) -> Span | None:
    """Return the whole of a share: "two thirds of the [seats]", "half the [voters]", "one in ten [voters]"."""
    if of := OF.match(low, end):
        return phrase(text, low, _led(low, of.end()), many=False)
    if half := _HALVED.match(low, end):
        return phrase(text, low, half.end(), many=False)
    return counted(text, low, end, many=True) or _adjectival(text, low, a, end)


def counted(text: str, low: str, end: int, *, many: bool) -> Span | None:
    """Return the noun phrase that follows a number: "34 [troops]", "three of the [hostages]"; plural, if ``many``."""
    if figures_follow(low, end):
        return None
    if of := OF.match(low, end):
        led = _led(low, of.end())
        some = _SOME.match(low, led)  # "15 of 34 [provinces]"
        return phrase(text, low, some.end() if some else led, many=many)
    more = _MORE.match(low, end)
    return phrase(text, low, more.end() if more else end, many=many)


def _led(low: str, start: int) -> int:
    """Return where articles and their like end: "of [all the other] hostages"."""
    lead = _LEADING.match(low, start)
    return lead.end() if lead else start


def phrase(text: str, low: str, start: int, *, many: bool) -> Span | None:
    """Return the noun phrase that starts after ``start``: up to the first plural noun, or to what cannot go on."""
    first = last = head = -1
    plural = closed = False
    for k in range(LONGEST):
        token = _TOKEN.match(text, start)
        if token is None or (k and token[0][-len(token[1]) - 1] in '“"‘'):
            break
        word = low[token.start(1) : token.end(1)]
        if many and k and not plural and word == "and":  # "two black and Hispanic voters"
            start = token.end(1)
            continue
        noun = _is_plural(word)
        if (word in FUNCTION_WORDS and token[1] != "US") or (
            closed and not (noun and word.endswith("s") and text[token.start(1)].islower())
        ):
            break
        if k and (plural or not many) and _is_verb(word):
            break
        if first < 0:
            first = token.start(1)
        head, start = token.span(1)
        last = start
        plural = plural or noun
        closed = closed or (noun and "-" not in word)
    if first < 0 or (many and not plural):
        return None
    if _is_verb(low[first:last]) and not _OF_BEFORE.search(
        low, max(0, first - 9), first
    ):  # "the second [received no answer]"
        return None
    together = _PEOPLE_TOGETHER.match(low, head) if plural else None  # "14 [men and women]"
    return Span(first, together.end() if together else last)


def _is_plural(word: str) -> bool:
    if word in _PLURALS:
        return True
    return word.endswith("s") and len(word) > 3 and word[-2] not in "'’" and not _NO_PLURAL.match(word)


def _is_verb(word: str) -> bool:
    """Tell by its form a verb that follows a noun: "one soldier wounded", "the vote counted", "one man carrying"."""
    return word.endswith(("ed", "ing")) and " " not in word and not _HEAD_ENDS.fullmatch(word) and len(word) > 4
