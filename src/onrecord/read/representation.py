"""Who speaks for whom, as a phrase says: "Kremlin spokesperson", "a lawyer for Lind", "Velland's Foreign Ministry".

Spokespersons and press secretaries, lawyers, ministers and envoys, an institution's advisers and officials together,
and offices of governments and persons. Who holds the first office of a state speaks in nobody else's name, and whoever
formerly held an office no longer does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from onrecord.read.authority import Authority
from onrecord.read.names import ADJECTIVES, Name
from onrecord.read.people import WORD, folded
from onrecord.read.words import word_list
from onrecord.records import ActorKind, Span

_NO_LONGER = frozenset(
    ["former", "formerly", "then", "ex", "onetime", "one-time", "previously", "incoming", "designate"]
)
_VOICES = (["press", "secretary"], ["communications", "director"], ["communications", "chief"], ["media", "adviser"])
_PUBLIC = frozenset(["district", "u.s", "us", "state", "county", "city", "prosecuting", "assistant"])
"""Attorneys of these kinds prosecute, and stand for no client."""
_ALONE = frozenset(["adviser", "advisor", "official", "aide", "counselor"])
_TOGETHER = frozenset(["officials", "aides", "advisers", "advisors", "diplomats"])
"""Who is of an institution: somebody named, or several on record. One who is not named speaks for nobody."""
_GOVERNING = frozenset(["administration", "government", "campaign"])
"""Bodies that are somebody without a name: "administration officials"."""
_PRONOUNS = frozenset(["its", "his", "her", "their"])
_END = re.compile(r"[,;(–—]|\s(?:who|which|and|in|on|said)\s")
_FOR = re.compile(r"\s+(?:for|of|to|at)\s+(?:the\s+|an?\s+)?")

Way = Literal["voice", "minister", "official", "office"]


class Represented(msgspec.Struct, frozen=True):
    """Somebody for whom a phrase lets another speak: a name, a government known by its adjective, or the span of a
    pronoun or, without ``pronoun``, of a description; and the words that say so.
    """

    who: Name | str | Span
    evidence: Span
    pronoun: bool = False


def represented(
    text: str,
    phrase: Span,
    within: Callable[[Span], Sequence[Name]],
    authority: Authority,
    kind: ActorKind = "person",
    together: bool = False,
) -> list[Represented]:
    """Return for whom a phrase lets somebody speak. ``kind`` is what the phrase is of; ``together`` that it is several
    on record ("White House officials").
    """
    words = list(WORD.finditer(text, phrase.start, phrase.end))
    low = [folded(m.group()) for m in words]
    if not words or _NO_LONGER & set(low):
        return []
    at = _agent(low, kind, together)
    if at is None:
        return []
    index, way = at
    names = list(within(phrase))
    found: list[Represented] = []
    after = _FOR.match(text, words[index].end(), phrase.end)
    if after and way != "office":
        found += _after(text, phrase, Span(after.end(), phrase.end), names, way)
    return [*found, *_before(text, phrase, words[:index], names, authority, way)]


def _agent(low: list[str], kind: ActorKind, together: bool) -> tuple[int, Way] | None:
    """Return the index of the word that lets somebody speak for another, and in which way."""
    if kind in ("organisation", "unknown", "government"):
        index = next((i for i in range(len(low) - 1, -1, -1) if low[i] in word_list("offices_of")), None)
        return (index, "office") if index is not None else None
    for i, word in enumerate(low):
        if word.startswith("attorney") and (low[i + 1 : i + 2] == ["general"] or _PUBLIC & set(low[max(0, i - 1) : i])):
            return None
        if word in word_list("voices") or low[max(0, i - 1) : i + 1] in _VOICES:
            return i, "voice"
        if word in word_list("ministers"):
            return i, "minister"
    officials = _TOGETHER if together else _ALONE if kind == "person" else frozenset()
    index = next((i for i, w in enumerate(low) if w in officials), None)
    return (index, "official") if index is not None else None


def _after(text: str, phrase: Span, rest: Span, names: list[Name], way: Way) -> list[Represented]:
    """Return whom "for …" or "of …" names: a name, or the words up to the next mark."""
    end = _END.search(text, rest.start, rest.end)
    rest = Span(rest.start, end.start() if end else rest.end)
    if not WORD.search(text, rest.start, rest.end):
        return []
    named = [n for n in names if n.span in rest]
    if way == "minister":  # "foreign minister of Kadrin", but not "minister of energy" or "ambassador to Kadrin"
        of = text[: rest.start].rstrip().endswith((" of", " of the"))
        return [Represented(n, phrase) for n in named[:1] if of and n.kind == "LOCATION"]
    words = WORD.findall(text, rest.start, rest.end)
    whole = bool(named) and named[-1].span.end >= rest.end - 2
    if whole and named[-1].kind == "PERSON":
        return [Represented(named[-1], phrase)]
    if not (whole and named[0].span.start == rest.start) and folded(words[-1]) in word_list("organisations"):
        return [Represented(rest, phrase)]
    return [Represented(named[0], phrase)] if named else []


def _before(
    text: str, phrase: Span, words: Sequence[re.Match[str]], names: list[Name], authority: Authority, way: Way
) -> list[Represented]:
    """Return whom the words before an agent name: a possessor, the name of an institution, a state's adjective."""
    for k in range(len(words) - 1, -1, -1):
        word = words[k]
        low = folded(word.group())
        if low in ("and", "or") or low in word_list("prepositions"):
            break
        if low in _PRONOUNS and way in ("voice", "minister", "office"):
            return [Represented(Span(word.start(), word.end()), phrase, pronoun=True)]
        owner = next((n for n in names if n.span.start <= word.start() < n.span.end <= words[-1].end()), None)
        adjective = authority.of_adjective(word.group())
        if owner is not None and way == "minister":  # "Russian Foreign" may be taken for a name
            adjective = adjective or authority.of_adjective(owner.text.split()[0])
        related = _related(word.group(), text)
        if owner is not None and adjective is None and (related is None or " " in owner.text):
            owned = text[owner.span.end : owner.span.end + 2] in ("’s", "'s", "s’")
            if way == "official" and owner.kind == "PERSON":
                return []
            if way == "office" and not owned and owner.kind == "PERSON" and k < len(words) - 1:
                return []
            return [Represented(owner, phrase)]
        if adjective is not None:
            return [Represented(adjective.name, phrase)]
        if way == "official" and low in _GOVERNING and low == word.group():
            return [Represented(Span(word.start(), word.end()), phrase)]
        if related is not None and way in ("minister", "office", "official"):
            return [Represented(related, phrase)]
    return []


_SEAT = re.compile(
    r",\s+(?:(?:the\s+)?(?P<whose>[\w .’'-]{2,60}?)(?:’s|'s)\s+(?:official\s+)?(?:capital|seat|residence)"
    r"|the\s+(?:capital|(?:official\s+)?seat|official\s+residence)\s+of\s+(?:the\s+)?(?P<of>[\w .’'-]{2,60}?))"
    r"(?=[,.;)]|\sand\s)"
)
"""What a text says of a capital or a seat: "Osmeret, Kadrin's capital", "the Orangery, the seat of the presidency"."""


def seated(text: str, name: Span, within: Callable[[Span], Sequence[Name]]) -> Represented | None:
    """Return whose capital or seat the words behind a name say that it is."""
    match = _SEAT.match(text, name.end)
    if match is None:
        return None
    group = "whose" if match["whose"] else "of"
    whose = Span(match.start(group), match.end(group))
    named = list(within(whose))
    evidence = Span(name.start, match.end())
    if named and named[-1].span.end >= whose.end - 2:
        return Represented(named[-1], evidence)
    return Represented(whose, evidence)


def _related(word: str, text: str) -> str | None:
    """Return the place that a capitalised word is the adjective of, where the text names it: "Kadrini" and "Kadrin"."""
    if not word[:1].isupper() or len(word) < 5:
        return None
    for ending in ADJECTIVES:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 4 and re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", text):
            return stem
    return None
