"""Numbers that count nothing: of times, in names and codes, of lists and houses."""

from __future__ import annotations

import re

from onrecord.read.quantities.amounts import Amount
from onrecord.read.quantities.counted import FUNCTION_WORDS, counted
from onrecord.read.quantities.number_forms import GAP, Number, figures_follow
from onrecord.read.quantities.units import UNITS_OF_TIME, money_before, unit_after
from onrecord.read.words import word_list
from onrecord.records import Span

_TIME = re.compile(
    rf"(?:{GAP}| ?- ?)?(?:(?:more|full|straight|consecutive|business|working|calendar|long|short|whole|solid|odd"
    rf"|or{GAP}so|or{GAP}more|plus|fiscal|additional|extra|light|school|few){GAP})?(?:of{GAP})?{UNITS_OF_TIME}"
)
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"(?<!\w){_MONTHS}\.?[ \u00a0](?:the )?\Z")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?: of)? {_MONTHS}(?!\w)")


def is_time(text: str, low: str, n: Number) -> bool:
    """Tell a stretch of time, a day of a month, a year, which the times of a text hold, and codes ("555-0134")."""
    if n.form == "ordinal":
        return _is_day(text, n)
    follows = text[n.end : n.end + 1]
    if follows and follows in " -\u00a0\r\n" and not figures_follow(low, n.end) and _TIME.match(low, n.end):
        return True
    if n.words:
        return False
    if text[n.start] == "0" and text[n.start + 1 : n.start + 2].isdigit():
        return True
    if n.scale != 1 or n.value != int(n.value) or n.value > 2100:
        return False
    if n.value <= 31 and n.end - n.start <= 2 and _is_day(text, n):
        return True
    return n.end - n.start == 4 and _is_year(text, low, n)


def _is_day(text: str, n: Number) -> bool:
    """Tell the day of a month, which stands before or after it."""
    before = None
    if not text[max(0, n.start - 2) : n.start].strip().isdigit():
        before = _MONTH_BEFORE.search(text, max(0, n.start - 15), n.start)
    return before is not None or (text.startswith(" ", n.end) and _MONTH_AFTER.match(text, n.end) is not None)


def in_a_row(low: str, n: Number) -> bool:
    """Tell a figure between figures, as tables and codes have them: nothing says what it counts."""
    return figures_follow(low, n.end) and n.start > 1 and low[n.start - 1] in " ," and low[n.start - 2].isdigit()


_YEAR_BEFORE = re.compile(
    r"(?:in|since|by|of|during|the|until|till|from|for|to|before|after|through|late|early|mid|and|between"
    r"|than|a|his|her"
    r"|their|its|our|around|circa|[A-Z][\w.’']*|['’(–—-]),? ?\Z"
)
_SOFTENED = re.compile(r"(?:about|than|nearly|almost|over|some|least|most|to|roughly|approximately|estimated) \Z")


def _is_year(text: str, low: str, n: Number) -> bool:
    """Tell a year from a count without a separator ("about 2000 people"): by what stands before, and after."""
    if unit_after(text, low, n.end, n.value, 1) or money_before(text, n.start):
        return False
    if n.value >= 1900:
        return not (_SOFTENED.search(low, max(0, n.start - 15), n.start) and counted(text, low, n.end, many=True))
    return (
        n.value >= 1000
        and _YEAR_BEFORE.search(text, max(0, n.start - 12), n.start) is not None
        and not counted(text, low, n.end, many=True)
    )


_STRIPPED = re.compile(r"([A-Za-z][\w.’'&-]*)[ \u00a0]\Z")
_PART_OF_A_NAME = frozenset(entry for entry in word_list("numbered") if not entry.endswith(" ?"))
"""Words after which a number is part of a name, whatever follows: "Title 42 restrictions"."""
_MAYBE_A_NAME = frozenset(entry.removesuffix(" ?") for entry in word_list("numbered") if entry.endswith(" ?"))
"""Words after which a number is part of a name unless it counts something: "block three bills", but "Item 9"."""
OPENS = re.compile(r"(?:\A|[.!?:;…][\"”’)\]]*|[\n“\"‘(]|--|—)[\s“\"‘(]*\Z")
_GROUP_OF = re.compile(r"(?:Group|Gang|Band) of \Z")
_NUMBERS_TO_CALL = (911, 411)
_AFTER_A_COMMA = re.compile(r"[A-Za-z.’”], \Z")


def is_named(text: str, low: str, a: Amount, of: Span | None) -> bool:
    """Tell a number that is part of a name or a code from one that counts."""
    if a.scale != 1 or a.form not in ("cardinal", "decimal"):
        return False
    if not a.words and _is_label(text, low, a):
        return True
    if (a.value in _NUMBERS_TO_CALL and not a.words) or _GROUP_OF.search(text, max(0, a.start - 9), a.start):
        return True
    before = _STRIPPED.search(text, max(0, a.start - 25), a.start)
    if before is None:
        return is_name_in_words(text, a, of)
    word = before[1]
    name = word.lower().rstrip(".")
    if name in _PART_OF_A_NAME or (name in _MAYBE_A_NAME and (of is None or (word[0].isupper() and not a.words))):
        return True
    if a.words:
        return is_name_in_words(text, a, of)
    if not word[0].isupper() or _is_common(word, text, before.start()):
        return False
    return of is None or text[of.start].isupper()


def named_before(text: str, a: Amount) -> bool:
    """Tell whether the word before an amount is one that numbers follow as a part of a name."""
    before = _STRIPPED.search(text, max(0, a.start - 25), a.start)
    return before is not None and before[1].lower().rstrip(".") in _PART_OF_A_NAME | _MAYBE_A_NAME


def _is_label(text: str, low: str, a: Amount) -> bool:
    """Tell figures that count nothing by what stands around them: an aside, a list's number, a house's, an id."""
    if a.value < 120 and _ASIDE.match(text, a.end) and _AFTER_A_COMMA.search(text, max(0, a.start - 3), a.start):
        return True
    if a.value >= 10**9 and a.end - a.start >= 10 and text[a.start : a.end].isdigit():
        return True
    return _LABEL_AFTER.match(text, a.end) is not None or (
        _LIST_MARK.match(text, a.end) is not None and _OPENS_LINE.search(text, max(0, a.start - 3), a.start) is not None
    )


_ASIDE = re.compile(r",| [―—–-]{1,2} ")
_LABEL_AFTER = re.compile(
    r"['’]s(?!\w)| (?:(?:[NSEW]\.|North|South|East|West) )?(?:\d+(?:st|nd|rd|th) |[A-Z][a-z.]+ ){0,2}"
    r"(?:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Lane|Drive|Square|Terrace|Parkway)(?!\w)"
)
_LIST_MARK = re.compile(r"\)| ?\.\s")
_OPENS_LINE = re.compile(r"(?:\A|[\n“\"]|[.!?] )\s?\Z")


def _is_common(word: str, text: str, start: int) -> bool:
    """Tell a word that only opens its sentence in a capital letter."""
    return word.lower() in FUNCTION_WORDS or (
        _SOFT_WORDS.match(word.lower()) is not None and bool(OPENS.search(text, max(0, start - 4), start))
    )


_SOFT_WORDS = re.compile(
    r"(?:only|just|some|nearly|about|another|these|those|killed|killing|kills|police|officials|more|fewer|than)\Z"
)


def is_name_in_words(text: str, a: Amount, of: Span | None) -> bool:
    """Tell "Air Force One" and "the Big Three": a capital letter that opens no sentence."""
    if not a.words or not text[a.at].isupper() or OPENS.search(text, max(0, a.start - 6), a.start):
        return False
    return of is None or text[of.start].isupper()
