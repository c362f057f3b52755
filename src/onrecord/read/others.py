"""Actors of a report that are no persons by name: bodies, governments, groups, documents, unnamed people.

Each is known again by its key: a body by its full name, its abbreviation or the last word of an outlet's name, the
others by the words that describe them.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.read.authority import Authority, normal
from onrecord.read.names import Name
from onrecord.read.people import WORD, People, Person, folded, office_words
from onrecord.read.sources import Source, bare
from onrecord.read.words import word_list
from onrecord.records import ActorKind, Role, Span

_ABBREVIATED = re.compile(r"\s+\((?:the\s+|or\s+)?([A-Z][A-Za-z.&]{1,9})\)")
_LONG_NAME = re.compile(
    r"((?:[A-Z][\w’'-]+|of|for|the|and|on)(?:\s+(?:[A-Z][\w’'-]+|of|for|the|and|on)){1,11})\s+\(([A-Z]{2,8})\)"
)
"""A name of many words and its abbreviation: the network may find only the first of them."""
_REACH = 90
"""Characters around a name within which it can be told that a document is its own."""
_OWNS = (
    r"(?:’s|'s|[’'])?\s(?:(?:also|later|has|had|on\s\w+day)\s)*(?:(?:released|issued|published|unveiled|filed|wrote|sent|posted"
    r"|submitted)\s(?:an?|its|his|her|their|the)\s)?(?:[\w-]+\s){{0,3}}?{noun}s?\b"
)
_BY = (
    r"\b{noun}s?\s(?:(?:released|issued|published|written|prepared|filed|compiled|\w+day)\s){{0,2}}"
    r"(?:by|from)\s(?:the\s)?(?:\w+\s){{0,2}}\Z"
)
_BODIES: frozenset[ActorKind] = frozenset(["organisation", "government", "unknown"])


_OF = re.compile(
    r"(?P<before>(?:[\w.]+ )?)(?P<head>department|ministry|bureau|office|committee|commission|institute|university)"
    r" of (?:the )?(?P<field>\w[\w -]*)"
)


def body_key(name: str) -> str:
    """Return what a body is known by, however its name is put: "Department of Justice" is "justice department"."""
    key = normal(name)
    match = _OF.fullmatch(key)
    return f"{match['before']}{match['field']} {match['head']}" if match else key


@dataclass(eq=False)
class Other:
    """An actor that is no person by name: what it is called, and by which words it is known again.

    ``mentions`` are in the order of the text; ``members`` are a group's named persons; ``author`` is whoever a
    document is by; ``source`` is the phrase that first described it.
    """

    name: str
    kind: ActorKind
    key: str
    head: str
    mentions: list[Span] = field(default_factory=list)
    anonymity: list[Role] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    plural: bool = False
    gender: str | None = None
    source: Source | None = None
    author: Person | Other | None = None

    def refer(self, span: Span) -> None:
        """Take up a place that refers to it."""
        if span not in self.mentions:
            insort(self.mentions, span)


Speaker = Person | Other


class Others:
    """The actors of one report that are no persons by name, as they are found."""

    def __init__(self, text: str, people: People, authority: Authority) -> None:
        self.text, self.people, self.authority = text, people, authority
        self.found: list[Other] = []
        self._by_key: dict[str, list[Other]] = defaultdict(list)
        self._long: list[Span] = []
        self._authors: dict[str, Name | None] = {}
        self._short = self._abbreviations()
        self._bodies: dict[str, list[Name]] = defaultdict(list)
        for name in people.names:
            if name.kind != "PERSON":
                self._bodies[self.key(name.text)].append(name)

    def key(self, name: str) -> str:
        """Return what a body is known by: its full name, for an abbreviation and for the last word of an outlet's."""
        key = body_key(name)
        return self._short.get(key, key)

    def called(self, name: str, kind: ActorKind, head: str, key: str | None = None, new: bool = False) -> Other:
        """Return the actor known by these words, or a new one."""
        key = self.key(key or name)
        if not new:
            for other in self._by_key[key]:
                if other.kind == kind or {other.kind, kind} <= _BODIES:
                    return other
        self.found.append(Other(name, kind, key, head))
        self._by_key[key].append(self.found[-1])
        return self.found[-1]

    def body(self, name: Name) -> Other:
        """Return the body, government or place of a name; it is called as the text calls it most."""
        key = self.key(name.text)
        for other in self._by_key[key]:
            if other.kind in _BODIES:
                return other
        found = self.called(name.text, self._kind_of_name(name), folded(name.text.rsplit(maxsplit=1)[-1]), key)
        called = self._bodies[key]
        if not called:
            called.append(name)
        found.mentions = [n.span for n in called]
        often = Counter(n.text for n in called)
        found.name = max(often, key=lambda text: (often[text], len(text), text))
        return found

    def government(self, name: str) -> Other | None:
        """Return the government of this name, where the text names it, by whatever name its entry has."""
        entry = self.authority.named(name)
        keys = {self.key(n) for n in (name, *((entry.name, *entry.names) if entry else ()))}
        named = sorted((n for key in keys for n in self._bodies.get(key, ())), key=lambda n: n.span)
        if named:
            other = self.body(named[0])
            for n in named:
                other.refer(n.span)
            return other
        return next((o for key in keys for o in self._by_key.get(key, ()) if o.kind in _BODIES), None)

    def name_of(self, phrase: Source) -> Name | None:
        """Return the name of a body that a phrase's core is, but for an article."""
        for long in self._long:
            if long.start <= phrase.core.end <= long.end and long.start - phrase.core.start <= len("the "):
                return Name(long, "ORGANIZATION", " ".join(long.of(self.text).split()))
        for name in self.people.within(phrase.core):
            before = WORD.findall(self.text, phrase.core.start, name.span.start)  # "the nonpartisan Budget Office"
            plain = all(w.islower() and not w.endswith(("’s", "'s")) for w in before[1:]) and not before[1:][2:]
            if (
                name.span.end >= phrase.core.end - 2
                and plain
                and (not before or before[0].islower() or len(before) < 2)
            ):
                return name
        words = bare(self.text, phrase.core)
        if phrase.head in word_list("outlets") and words[:1].isupper():
            return Name(phrase.core, "ORGANIZATION", words)
        return None

    def by_head(self, head: str, before: int) -> Name | None:
        """Return the body whose name ends with a word ("the commission"), where the text has named one such."""
        called = {key: names for key, names in self._bodies.items() if key.split()[-1:] == [head] and " " in key}
        near = [names for names in called.values() if names[0].span.start < before]
        return near[0][0] if len(near) == 1 else None

    def author_of(self, noun: str) -> Name | None:
        """Return who the text says a document is by, wherever it says so: "the Institute released a report", "Lind's
        letter", "the findings of the Institute"; of several the one most often told, ``None`` where that is nobody.
        """
        if noun not in self._authors:
            owns, by = (re.compile(form.format(noun=re.escape(noun))) for form in (_OWNS, _BY))
            told: dict[str, list[Name]] = defaultdict(list)
            for name in self.people.names:
                start, end = name.span.start, name.span.end
                behind, ahead = self.text[end : end + _REACH], self.text[max(0, start - _REACH) : start]
                if name.kind != "LOCATION" and (owns.match(behind) or by.search(ahead)):
                    last = folded(name.text.rsplit(maxsplit=1)[-1])
                    told[last if name.kind == "PERSON" else self.key(name.text)].append(name)
            most = sorted(told.values(), key=len, reverse=True)
            sure = most and (len(most) == 1 or len(most[0]) > len(most[1]))
            self._authors[noun] = most[0][0] if sure else None
        return self._authors[noun]

    def group(self, surface: str, members: Sequence[Person]) -> Other:
        """Return the group of some named persons, known again by them whatever the words."""
        unique = list(dict.fromkeys(members))
        for other in self.found:
            if len(unique) > 1 and set(other.members) == set(unique):
                return other
        other = self.called(surface, "group", folded(surface.rsplit(maxsplit=1)[-1]))
        other.members, other.plural = unique, True
        return other

    def group_of(self, head: str) -> Other | None:
        """Return the one group of named persons of whom one holds the office that a plural names: "the leaders"."""
        office = head.removesuffix("s")
        groups = [o for o in self.found if any(office in office_words(r.text) for m in o.members for r in m.roles)]
        return groups[0] if office != head and len(groups) == 1 else None

    def unnamed_again(self, phrase: Source) -> Other | None:
        """Return the last unnamed source whose description has these words: "the source", "the senior official"."""
        key = normal(bare(self.text, phrase.core) or phrase.surface)
        for other in reversed(self.found):
            if other.kind != "unnamed" or other.plural != phrase.plural:
                continue
            known = set(other.key.split()) | {folded(w) for w in other.name.split()}
            if _singular(phrase.head) in map(_singular, known) and set(key.split()[:-1]) <= known:
                return other
            if phrase.head in ("source", "sources") and other.head in ("people", "person", "source", "sources"):
                return other
        return None

    def is_outlet(self, other: Other, reporting: str | None) -> bool:
        """Tell whether an actor is an outlet or an agency, or the one that reports."""
        if other.kind not in ("organisation", "unknown"):
            return False
        entry = self.authority.named(other.name)
        own = reporting is not None and normal(other.name) == normal(reporting)
        return (
            own
            or (entry is not None and entry.agency)
            or folded(other.name.rsplit(maxsplit=1)[-1]) in word_list("outlets")
        )

    def _kind_of_name(self, name: Name) -> ActorKind:
        entry = self.authority.named(name.text)
        if entry is not None and entry.kind in ("government", "organisation"):
            return entry.kind
        return "government" if name.kind == "LOCATION" else "organisation"

    def _abbreviations(self) -> dict[str, str]:
        """Return the keys of full names by those of their abbreviations, which the text puts in brackets behind them,
        and of outlets by their last words.
        """
        outlets: dict[str, set[str]] = defaultdict(set)
        out: dict[str, str] = {}
        for name in self.people.names:
            if name.kind != "PERSON":
                words = normal(name.text).split()
                if len(words) > 1 and words[-1] in word_list("outlets"):
                    outlets[words[-1]].add(" ".join(words))
                match = _ABBREVIATED.match(self.text, name.span.end)
                if match and _is_short_for(match[1], name.text):
                    out[body_key(match[1])] = body_key(name.text)
        for match in _LONG_NAME.finditer(self.text):
            words = match[1].split()
            whole = next((w for k in range(len(words)) if _is_short_for(match[2], w := " ".join(words[k:]))), None)
            if whole is not None:
                out.setdefault(body_key(match[2]), body_key(whole))
                self._long.append(Span(match.end(1) - len(whole), match.end(1)))
        return {short: wholes.pop() for short, wholes in outlets.items() if len(wholes) == 1} | out


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether an abbreviation is the first letters of a name's words, small words counted or not."""
    letters = "".join(c for c in short if c.isalpha()).upper()
    words = [w for w in re.split(r"[\s-]+", name) if w[:1].isalpha()]
    spelt = ("".join(w[0] for w in words), "".join(w[0] for w in words if w[0].isupper()))
    return name[:1].isupper() and letters in (s.upper() for s in spelt)


def _singular(noun: str) -> str:
    return "person" if noun == "people" else noun.removesuffix("s")
