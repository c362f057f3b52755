"""The people a report names: which names are one person's, which offices it gives them, what it tells of gender."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.read.names import Name
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Role, Span

WORD = re.compile(r"\w+(?:[-’'.&]\w+)*\.?")
MALE = frozenset(["mr", "he", "him", "his", "himself", "spokesman", "congressman", "chairman", "king", "prince"])
FEMALE = frozenset(
    [
        "mrs",
        "ms",
        "miss",
        "she",
        "her",
        "hers",
        "herself",
        "spokeswoman",
        "congresswoman",
        "chairwoman",
        "queen",
        "princess",
    ]
)
_HONORIFICS = frozenset(["mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady"])
_BREAKS = frozenset(["said", "says", "told", "but", "when", "while", "if", "and", "who", "which"])
_APPOSITION = re.compile(r",\s+([^,;.—\n“”\"]{3,90}?)(?=[,;.—\n“”\"]|\s+(?:said|says|told|wrote|who)\b)")
"""What stands between commas after a name: at most 90 characters, since what is longer is a clause."""
_LONGEST_OFFICE = 10
"""Words that an office before a name may take."""


@dataclass(eq=False)
class Person:
    """A person named in a report. ``gender`` is "m" or "f" only where an honorific or an office gives it."""

    name: str
    mentions: list[Name] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    gender: str | None = None

    @property
    def surname(self) -> str:
        parts = [p for p in self.name.split() if folded(p) not in ("jr", "sr", "ii", "iii", "iv")]
        return (parts or [self.name])[-1]


class People:
    """The persons of one report, and which of its names is whose."""

    def __init__(self, text: str, segments: Segments, names: Sequence[Name]) -> None:
        self.text, self.segments = text, segments
        self.names = _recurring(text, names)
        self._starts = [n.span.start for n in self.names]
        self._owner: dict[Span, Person] = {}
        self.persons = self._persons()

    def within(self, span: Span) -> list[Name]:
        """Return the names that begin within a span."""
        return self.names[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def of(self, name: Name) -> Person | None:
        """Return the person whose name it is."""
        return self._owner.get(name.span)

    def with_office(self, head: str, proper: set[str], before: int) -> Person | None:
        """Return the person last named before an offset to whom the report has given this office, with every
        capitalised word that goes with it ("the French president").
        """
        best: tuple[int, Person] | None = None
        for person in self.persons:
            given = (r for r in person.roles if r.span.start < before)
            if any(head in (w := office_words(r.text)) and proper <= set(w) for r in given):
                last = max((n.span.start for n in person.mentions if n.span.start < before), default=-1)
                if last >= 0 and (best is None or last > best[0]):
                    best = (last, person)
        return best[1] if best else None

    def _persons(self) -> list[Person]:
        """Full names found anywhere in the report come first, so that a surname in the lead finds its owner."""
        names = [n for n in self.names if n.kind == "PERSON"]
        persons: list[Person] = []
        for name in names:
            if " " in name.text and not any(_same_full_name(p.name, name.text) for p in persons):
                persons.append(Person(name.text))
        latest: dict[str, Person] = {}
        for name in names:
            person = self._owner_of(name, persons, latest)
            if person is None:
                person = Person(name.text)
                persons.append(person)
            person.mentions.append(name)
            self._owner[name.span] = person
            latest[person.surname] = person
            self._note(person, name)
        for person in persons:
            person.name = _fullest(person)
        return persons

    def _owner_of(self, name: Name, persons: list[Person], latest: dict[str, Person]) -> Person | None:
        if " " in name.text:
            return next((p for p in persons if _same_full_name(p.name, name.text)), None)
        fitting = [p for p in persons if p.surname == name.text]
        if not fitting:
            fitting = [p for p in persons if p.mentions and p.name.split()[0] == name.text]
        if len(fitting) > 1:
            before = self._words_before(name.span.start)
            gender = gender_of(before)
            fitting = [p for p in fitting if not gender or p.gender in (None, gender)] or fitting
            offices = {w for w in before if w in word_list("offices")}
            fitting = [p for p in fitting if any(offices & set(office_words(r.text)) for r in p.roles)] or fitting
        if len(fitting) > 1 and latest.get(name.text) in fitting:
            return latest[name.text]
        return fitting[0] if fitting else None

    def _note(self, person: Person, name: Name) -> None:
        """Take up what stands around one mention of a name: honorifics and offices."""
        for role in (office_before(self.text, self.segments, name.span), office_after(self.text, name.span)):
            if role is not None and all(r.text != role.text for r in person.roles):
                person.roles.append(role)
        words = [*self._words_before(name.span.start)[-1:], *(w for r in person.roles for w in office_words(r.text))]
        person.gender = person.gender or gender_of(words)

    def _words_before(self, offset: int) -> list[str]:
        """Return the words right before an offset, back to the last mark; the stop of an honorific is none."""
        tail = re.sub(r"\b(Mrs?|Ms|Dr)\.", r"\1", self.text[max(0, offset - 60) : offset])
        return [folded(w) for w in WORD.findall(re.split(r"[.!?,;:“”\"\n]", tail)[-1])[-3:]]


def office_before(text: str, segments: Segments, name: Span) -> Role | None:
    """Return the office right before a name ("Kremlin spokesperson X"), or before it and a comma ("the French
    president, X").
    """
    start = segments.sentences[segments.sentence_at(name.start)].start
    ahead = text[start : name.start]
    apart = re.search(r",\s*\Z", ahead)
    words = list(WORD.finditer(text, start, start + apart.start() if apart else name.start))
    first: int | None = None
    found = False
    for k in range(len(words) - 1, max(-1, len(words) - 1 - _LONGEST_OFFICE), -1):
        word = words[k].group()
        low = folded(word)
        office = low in word_list("offices")
        following = words[k + 1].start() if k + 1 < len(words) else (words[k].end() if apart else name.start)
        if text[words[k].end() : following].strip(" -[](–") or (k == len(words) - 1 and not office):
            break
        if low in _BREAKS or (low in word_list("prepositions") and not apart) or low.endswith("ing"):
            break
        if not (
            word[0].isupper()
            or office
            or low in word_list("qualifiers")
            or low in word_list("determiners")
            or word.endswith(("’s", "'s"))
            or apart
        ):
            break
        first, found = words[k].start(), found or office
        if low in word_list("determiners"):
            break
    if first is None or not found:
        return None
    first -= "]" in text[first : words[-1].end()] and text[first - 1 : first] == "["
    span = Span(first, words[-1].end())
    return Role(span.of(text), span)


def office_after(text: str, name: Span) -> Role | None:
    """Return the office after a name and a comma: "X, a former White House adviser on Russia"."""
    match = _APPOSITION.match(text, name.end)
    if match is None:
        return None
    words = [folded(w) for w in WORD.findall(match.group(1))[:9]]
    if not words or words[0] in _BREAKS or not any(w in word_list("offices") for w in words):
        return None
    return Role(match.group(1), Span(match.start(1), match.end(1)))


def folded(word: str) -> str:
    """Return a word in lower case without a possessive ending or a closing stop."""
    return word.lower().removesuffix("’s").removesuffix("'s").rstrip(".’'")


def office_words(text: str) -> list[str]:
    """Return the words of an office, folded."""
    return [folded(w) for w in WORD.findall(text)]


def gender_of(words: Iterable[str]) -> str | None:
    """Return "m" or "f" where one of the words gives it."""
    return next(("m" if w in MALE else "f" for w in words if w in MALE or w in FEMALE), None)


def _recurring(text: str, names: Sequence[Name]) -> list[Name]:
    """Add what the network missed: a person's full name or surname is that person's name wherever it stands."""
    known: dict[str, None] = {}
    for name in names:
        if name.kind == "PERSON" and name.text[0].isupper() and len(name.text) > 2:
            known[name.text] = known[name.text.split()[-1]] = None
    out = {n.span: n for n in names}
    covered = bytearray(len(text))
    for name in names:
        covered[name.span.start : name.span.end] = b"\x01" * (name.span.end - name.span.start)
    common = {w for w in known if f" {w.lower()} " in text}  # a word of the language as well: "White", "Brown"
    for word in sorted(set(known) - common, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            if not any(covered[match.start() : match.end()]):
                span = Span(match.start(), match.end())
                out[span] = Name(span, "PERSON", word)
                covered[span.start : span.end] = b"\x01" * len(word)
    return sorted(out.values(), key=lambda n: n.span)


def _same_full_name(a: str, b: str) -> bool:
    """Tell whether first and last name agree, whatever stands between; an initial agrees with the name it begins."""
    x, y = a.split(), b.split()
    if x[-1] != y[-1] or min(len(x), len(y)) == 1:
        return a == b
    first, other = x[0].rstrip("."), y[0].rstrip(".")
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _fullest(person: Person) -> str:
    """Return the name to show: the most frequent one with a first and a last name, else the most frequent; of equals
    the earliest.
    """
    counts = Counter(n.text for n in person.mentions)
    full = {text: n for text, n in counts.items() if " " in text}
    return max(full or counts, key=(full or counts).__getitem__, default=person.name)
