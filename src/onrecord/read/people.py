"""The people a report names: which names are one person's, which offices it gives them, what it tells of gender."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.read.names import Name, recurring, settled
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
_KIN = (
    "son",
    "daughter",
    "wife",
    "husband",
    "brother",
    "sister",
    "mother",
    "father",
    "nephew",
    "niece",
    "cousin",
    "widow",
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_OWNERS = frozenset(["his", "her", "its", "their"])
_THE = re.compile(r"\b[Tt]he\s+(?:\w+\s+){0,2}\w+")
_MARK = re.compile(r"[,;:.—–“”\"\n]\s|[“”\"\n]")
_VERBS = frozenset(["that", "is", "are", "was", "were", "has", "have", "had", "than", "by", "as", "met", "with", "via"])
"""Words that an office before a comma does not run over."""
_RELATED = re.compile(rf",\s+(?:[\w’']+\s+){{0,4}}?(?:{'|'.join(_KIN)})\b")
_BREAKS = frozenset(["said", "says", "told", "but", "when", "while", "if", "and", "who", "which"])
_APPOSITION = re.compile(r",\s+([^,;.—\n“”\"]{3,90}?)(?=[,;.—\n“”\"]|\s+(?:said|says|told|wrote|who)\b)")
"""What stands between commas after a name: at most 90 characters, since what is longer is a clause."""
_LONGEST_OFFICE = 10
"""Words that an office before a name may take."""


@dataclass(eq=False)
class Person:
    """A person named in a report. ``gender`` is "m" or "f" only where an honorific or an office gives it.

    ``kin`` marks who is brought in as somebody's relation ("his son"); ``candidates`` are the persons whom a surname
    may mean which they share; ``mentions`` are names and pronouns, in order.
    """

    name: str
    names: list[Name] = field(default_factory=list)
    mentions: list[Span] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    gender: str | None = None
    kin: bool = False
    candidates: list[Person] = field(default_factory=list)

    @property
    def surname(self) -> str:
        return _without_suffix(self.name)[-1]


class _Known:
    """The persons found so far, by the words they can be called by."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self.unclear: dict[str, Person] = {}
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)

    def add(self, person: Person) -> Person:
        self.persons.append(person)
        if not person.candidates:
            self._by_surname[person.surname].append(person)
            self._by_first[person.name.split()[0]].append(person)
        return person

    def full(self, name: str) -> Person | None:
        """Return the person of a first and last name."""
        return next((p for p in self._by_surname[Person(name).surname] if _same_full_name(p.name, name)), None)

    def sharing(self, word: str) -> list[Person]:
        """Return the persons of a surname, else those named before by this first name."""
        return self._by_surname[word] or [p for p in self._by_first[word] if p.names]


class People:
    """The persons of one report, and which of its names is whose."""

    def __init__(self, text: str, segments: Segments, names: Sequence[Name]) -> None:
        self.text, self.segments = text, segments
        self.names = recurring(text, settled(text, names))
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
                last = max((n.span.start for n in person.names if n.span.start < before), default=-1)
                if last >= 0 and (best is None or last > best[0]):
                    best = (last, person)
        return best[1] if best else None

    def _persons(self) -> list[Person]:
        """Full names found anywhere in the report come first, so that a surname in the lead finds its owner."""
        names = [n for n in self.names if n.kind == "PERSON"]
        known = _Known()
        for name in names:
            if " " in name.text:
                person = known.full(name.text) or known.add(Person(name.text))
                person.kin = person.kin or self._is_kin(name)
        for name in names:
            found = known.full(name.text) if " " in name.text else self._owner_of(name, known)
            person = found or known.add(Person(name.text))
            person.names.append(name)
            person.mentions.append(name.span)
            self._owner[name.span] = person
            self._note(person, name)
        for person in known.persons:
            person.name = _fullest(person)
        return known.persons

    def _is_kin(self, name: Name) -> bool:
        """Tell whether a name brings its person in as another's relation: "his son Hunter Biden"."""
        return any(w in _KIN for w in self._words_before(name.span.start)[-1:]) or bool(
            _RELATED.match(self.text, name.span.end, name.span.end + 60)
        )

    def _owner_of(self, name: Name, known: _Known) -> Person | None:
        """Return whose surname or first name a single word is; a word that several share, and nothing settles, is that
        of a person apart, who may be either.
        """
        fitting = known.sharing(name.text)
        if len(fitting) > 1:
            before = self._words_before(name.span.start)
            gender = gender_of(before)
            if gender:
                fitting = [p for p in fitting if p.gender in (None, gender)] or fitting
                fitting = [p for p in fitting if p.gender == gender] or fitting
            offices = {w for w in before if w in word_list("offices")}
            fitting = [p for p in fitting if any(offices & set(office_words(r.text)) for r in p.roles)] or fitting
            fitting = [p for p in fitting if not p.kin] or fitting
            fitting = [p for p in fitting if any(_heads(r) for r in p.roles)] or fitting
        if len(fitting) > 1:
            fitting = self._just_named(name, fitting) or fitting
        if len(fitting) > 1:
            if name.text not in known.unclear:
                known.unclear[name.text] = known.add(Person(name.text, candidates=fitting))
            return known.unclear[name.text]
        return fitting[0] if fitting else None

    def _just_named(self, name: Name, fitting: list[Person]) -> list[Person]:
        """Return which of several persons the paragraph has named before, or called by an office, where that is one."""
        paragraph = self.segments.paragraphs[self.segments.paragraph_at(name.span.start)].start
        near = [p for p in fitting if any(paragraph <= n.span.start < name.span.start for n in p.names)]
        if not near:
            words = {w for m in _THE.finditer(self.text, paragraph, name.span.start) for w in office_words(m.group())}
            near = [p for p in fitting if any(words & _heads(r) for r in p.roles)]
        return near if len(near) == 1 else []

    def _note(self, person: Person, name: Name) -> None:
        """Take up what stands around one mention of a name: honorifics and offices."""
        for role in (office_before(self.text, self.segments, name.span), office_after(self.text, name.span)):
            if role is not None and all(r.text != role.text for r in person.roles):
                person.roles.append(role)
        told = (w for r in person.roles for w in office_words(r.text) if w not in _HONORIFICS)
        words = [*self._words_before(name.span.start)[-1:], *told]
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
    apart = re.search(r",\s*\Z", text[start : name.start])
    if apart:
        return _office_apart(text, start, start + apart.start())
    words = list(WORD.finditer(text, start, name.start))
    first: int | None = None
    found = False
    for k in range(len(words) - 1, max(-1, len(words) - 1 - _LONGEST_OFFICE), -1):
        word = words[k].group()
        low = folded(word)
        office = low in word_list("offices")
        following = words[k + 1].start() if k + 1 < len(words) else name.start
        if text[words[k].end() : following].strip(" -[](–") or (k == len(words) - 1 and not office):
            break
        if low in _BREAKS or low in word_list("prepositions") or low.endswith("ing"):
            break
        if not (word[0].isupper() or office or low in word_list("qualifiers") or _may_open(word)):
            break
        first, found = words[k].start(), found or office
        if low in word_list("determiners"):
            break
    if first is None or not found:
        return None
    first -= "]" in text[first : words[-1].end()] and text[first - 1 : first] == "["
    span = Span(first, words[-1].end())
    return Role(span.of(text), span)


def _office_apart(text: str, start: int, end: int) -> Role | None:
    """Return the office that ends before a comma: the last phrase there, behind any verb."""
    mark = max((m.end() for m in _MARK.finditer(text, start, end)), default=start)
    words = list(WORD.finditer(text, mark, end))
    for k in range(len(words) - 1, -1, -1):
        if folded(words[k].group()) in _BREAKS | _VERBS:
            words = words[k + 1 :]
            break
    while words and not (words[0].group()[0].isupper() or _may_open(words[0].group())):
        words = words[1:]
    if not 0 < len(words) <= _LONGEST_OFFICE or not any(folded(w.group()) in word_list("offices") for w in words):
        return None
    span = Span(words[0].start(), words[-1].end())
    return Role(span.of(text), span)


def _may_open(word: str) -> bool:
    """Tell whether an office may begin with a word in lower case: an article, "its", "president's"."""
    return folded(word) in word_list("determiners") | _OWNERS | word_list("offices") or word.endswith(("’s", "'s"))


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


def _heads(role: Role) -> set[str]:
    return {w for w in office_words(role.text) if w in word_list("offices")}


def office_words(text: str) -> list[str]:
    """Return the words of an office, folded."""
    return [folded(w) for w in WORD.findall(text)]


def gender_of(words: Iterable[str]) -> str | None:
    """Return "m" or "f" where one of the words gives it."""
    return next(("m" if w in MALE else "f" for w in words if w in MALE or w in FEMALE), None)


def _same_full_name(a: str, b: str) -> bool:
    """Tell whether first and last name agree, whatever stands between; an initial agrees with the name it begins."""
    x, y = _without_suffix(a), _without_suffix(b)
    if x[-1] != y[-1] or min(len(x), len(y)) == 1:
        return a == b
    first, other = x[0].rstrip("."), y[0].rstrip(".")
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _without_suffix(name: str) -> list[str]:
    parts = name.split()
    return [p for p in parts if folded(p) not in _SUFFIXES] or parts


def _fullest(person: Person) -> str:
    """Return the name to show: the most frequent one with a first and a last name, else the most frequent; of equals
    the earliest.
    """
    counts = Counter(n.text for n in person.names)
    full = {text: n for text, n in counts.items() if " " in text}
    return max(full or counts, key=(full or counts).__getitem__, default=person.name)
