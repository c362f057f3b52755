"""Source phrases taken apart: the words that say who, their head, and what kind of source that is.

"A spokesman for the Orangery, Ms Verany's official seat," is *spokesman*; "two of the four people briefed on it" are
*people*; "a copy of his opening statement" is *statement*, and *his*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from onrecord.read.names import Name
from onrecord.read.people import WORD, folded
from onrecord.read.words import word_list
from onrecord.records import Role, Span

Form = Literal["unnamed", "document", "group", "body", "office", "other"]

RELATIVE = frozenset(["who", "whose", "whom", "which", "that"])
_LISTS: tuple[tuple[str, Form], ...] = (
    ("unnamed", "unnamed"),
    ("documents", "document"),
    ("organisations", "body"),
    ("offices", "office"),
)
_PART_OF = re.compile(
    r"(?:(?:a|an|the|at\s+least|more\s+than|nearly|about|up\s+to|as\s+many\s+as)\s+)*"
    r"(?:number|group|handful|series|majority|pair|couple|some|many|most|several|few|dozens|members|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|\d+|all|each|both|none|another|half|(?:\w+\s+)?copy|copies|(?:\w+\s+)?draft|version|transcript|excerpts?)\s+of\s+",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:(?:the|these|those|both|all|other|another|at\s+least|more\s+than|nearly|about)\s+)*"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|both|others?|the\s+other)\Z",
    re.IGNORECASE,
)
"""A source that is a number alone: "One of the two", "Others"."""
_CLAUSE = re.compile(r",?\s(?:who|whose|whom|which|that|including|such\s+as|like|where)(?:\s|\Z)")
_HANGING = re.compile(r"(?:\s\w+ed)?\s(?:by|from|of|to|for|with|on|in)\Z")
"""What a source may end with that says nothing without what follows: "a summary reviewed by"."""
_POSSESSIVE = re.compile(r"(?:’s|'s|(?<=s)[’'])\Z")
_REASON = re.compile(
    r"(?:(?:who|speaking|spoke|talked|granted|requested|asked|insisted|declined|did\s+not\s+want|not\s+authori[sz]ed)\b"
    r"[^.,“”\"]{0,60}?)?\b(?:on\s+(?:the\s+)?condition\s+of\s+anonymity|anonymity\b|not\s+(?:to\s+)?be(?:ing)?\s+"
    r"(?:named|identified|quoted\s+by\s+name)|not\s+authori[sz]ed\s+to\s+(?:speak|discuss|comment|talk)|on\s+background)"
    r"[^.,;“”\"]{0,160}",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:obtained|reviewed|seen|viewed|read|cited|heard|provided|quoted|reported|shared|shown|verified)\b"
)
"""Verbs whose doer has read a document, and not written it: "a memo seen by Reuters"."""
_PLURALS = frozenset(["people", "others", "some", "many", "both", "police", "several", "most", "few", "all"])


class Source(msgspec.Struct, frozen=True):
    """A source phrase. ``core`` is the part that says who; ``head`` its last noun, folded; ``words`` its words,
    folded.
    """

    span: Span
    core: Span
    head: str
    words: tuple[str, ...]
    form: Form
    definite: bool
    indefinite: bool
    surface: str

    @property
    def plural(self) -> bool:
        """Whether several are meant."""
        return self.head in _PLURALS or (self.head.endswith("s") and not self.head.endswith("ss"))


def source_phrase(text: str, span: Span) -> Source | None:
    """Take a source apart; ``None`` where no word says who."""
    core = _core(text, span)
    found = list(WORD.finditer(text, core.start, core.end))
    if not found:
        return None
    words = tuple(folded(w.group()) for w in found)
    head, form = _head(
        tuple(w for w, m in zip(words, found, strict=True) if not _POSSESSIVE.search(m.group())) or words
    )
    surface = _surface(text, span)
    if _COUNTED.fullmatch(surface) or _COUNTED.fullmatch(core.of(text)):
        head, form = ("people", "unnamed")
    first = words[0]
    return Source(
        span=span,
        core=core,
        head=head,
        words=words,
        form=_form(text, span, head, words, form),
        definite=first in ("the", "this", "that", "these", "those") and span.start >= core.start - 1,
        indefinite=first in ("a", "an", "one", "another"),
        surface=surface,
    )


def _core(text: str, span: Span) -> Span:
    """Return the part of a source that says who it is: up to the first comma, clause or preposition."""
    begin = span.start
    while (part := _PART_OF.match(text, begin, span.end)) is not None:
        begin = part.end()
    low = ""
    for match in WORD.finditer(text, begin, span.end):
        before, low = low, match.group().lower()
        if match.start() > begin:
            if low in word_list("prepositions") or low in RELATIVE:
                return Span(begin, _ended(text, begin, match.start()))
            if low in ("and", "or") and not _shares_head(text, match.end(), span.end):
                return Span(begin, _ended(text, begin, match.start()))
            if low.endswith("ed") and before in _all_heads():  # "a summary reviewed by", "people briefed on it"
                return Span(begin, _ended(text, begin, match.start()))
        if match.end() < span.end and text[match.end()] in ",;(–—":
            return Span(begin, match.end())
    return Span(begin, span.end)


def _shares_head(text: str, start: int, end: int) -> bool:
    """Tell whether "and" joins what stands before one noun: "multiple Defense Department and military officials"."""
    after = [folded(w) for w in WORD.findall(text, start, end)[:3]]
    return any(w in word_list("unnamed") for w in after[1:2]) and after[0] not in word_list("unnamed") | word_list(
        "offices"
    )


def _all_heads() -> frozenset[str]:
    return word_list("unnamed") | word_list("documents") | word_list("organisations") | word_list("offices")


def _head(words: tuple[str, ...]) -> tuple[str, Form]:
    """Return the last word that a list knows, and which list; else the last word."""
    for word in reversed(words):
        for name, form in _LISTS:
            if word in word_list(name):
                return word, form
    return words[-1], "other"


def _form(text: str, span: Span, head: str, words: tuple[str, ...], form: Form) -> Form:
    if form == "unnamed" or _REASON.search(text, span.start, span.end) or "familiar with" in span.of(text):
        return "unnamed"
    if form == "other" and (head in _PLURALS or head.endswith("s")):
        return "group"
    return form


def _ended(text: str, start: int, end: int) -> int:
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return end


def _surface(text: str, span: Span) -> str:
    """Return a source as it stands, without quotation marks and the clause that may follow."""
    whole = _CLAUSE.split(span.of(text), maxsplit=1)[0]
    return _HANGING.sub("", _POSSESSIVE.sub("", re.sub(r"\s+", " ", whole).strip(' ,“”"')))


def bare(text: str, core: Span) -> str:
    """Return the words of a core without article, marks and possessive ending, as an actor is called by them."""
    words = re.sub(r"\s+", " ", core.of(text))
    words = re.sub(r"\A(?:the|a|an)\s+", "", words, flags=re.IGNORECASE).strip(' ,“”"’')
    return _POSSESSIVE.sub("", words)


def author(text: str, source: Source, names: Iterable[Name]) -> Name | Span | None:
    """Return who a document is by, where its phrase tells: a name, or the span of a pronoun ("his statement").

    "Lind's statement", "a report by the Institute", "the Times report"; a document *of* or *about* somebody is not by
    them.
    """
    within = list(names)
    for match in WORD.finditer(text, source.span.start, source.span.end):
        low = match.group().lower()
        if match.start() >= source.core.end:
            break
        if low in ("his", "her", "their", "its"):
            return Span(match.start(), match.end())
        name = next((n for n in within if n.span.start <= match.start() < n.span.end), None)
        if name is not None and name.span.end < source.core.end:
            after = text[name.span.end : source.core.end]
            if re.match(r"(?:’s|'s|[’'])?\s+[\w-]", after) and (name.kind != "LOCATION" or after[0] in "’'"):
                return name
    by = re.compile(r"\b(?:by|from)\s+(?:the\s+)?").search(text, source.core.end, source.span.end)
    if by and not _SEEN.search(text, source.core.start, by.start()):
        return next((n for n in within if n.span.start == by.end()), None)
    return None


def anonymity(text: str, sentence: Span, source: Span) -> Role | None:
    """Return the words of a sentence that say why its unnamed source is not named."""
    match = _REASON.search(text, min(source.start, sentence.start), max(sentence.end, source.end))
    if match is None:
        return None
    span = Span(match.start(), _ended(text, match.start(), match.end()))
    return Role(span.of(text), span)
