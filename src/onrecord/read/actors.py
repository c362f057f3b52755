"""Who is credited: sources -> actors within one report.

A first version, right where it speaks and silent where it does not know: names to shorter names, titles and offices to
names by what the report itself says of them, pronouns to the one person they can mean, unnamed sources by their own
description. A source that stays open has no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from onrecord.read.names import Name
from onrecord.read.people import FEMALE, MALE, WORD, People, Person, folded
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Actor, ActorKind, Article, Span, Statement, make_id

_SINGULAR = frozenset(["he", "she", "him", "her", "his", "himself", "herself"])
_PLURAL = frozenset(["they", "them", "their", "themselves"])
_NEUTER = frozenset(["it", "its", "itself"])
_FIRST = frozenset(["i", "we", "me", "us", "my", "our", "myself", "ourselves"])
_RELATIVE = frozenset(["who", "whose", "whom", "which", "that"])
_NOBODY = frozenset(["you", "your", "there", "what", "this", "these", "those", ""])
_HEADS = ("unnamed", "documents", "organisations", "offices")
_NEARBY = 4
"""Sentences back in which a pronoun finds who spoke last; sentences that open within a quotation do not count."""
_OPENING = 25
"""Characters from the start of a sentence within which a person named is who it is about, and whom "he" means next."""
_PART_OF = re.compile(
    r"(?:(?:a|an|the)\s+)?(?:number|group|handful|series|majority|pair|couple|some|many|most|several|few|dozens|members|one|two"
    r"|all|each|both|none)\s+of\s+",
    re.IGNORECASE,
)


@dataclass(eq=False)
class Other:
    """An actor that is no person by name: what it is called, and by which words it is known again."""

    name: str
    kind: ActorKind
    key: str
    head: str
    mentions: list[Span] = field(default_factory=list)

    @property
    def plural(self) -> bool:
        return self.kind == "group" or (self.kind == "unnamed" and (self.head == "people" or self.head.endswith("s")))


Speaker = Person | Other | None


def actors(
    article: Article, segments: Segments, names: Sequence[Name], found: Sequence[Statement]
) -> tuple[list[Statement], list[Actor]]:
    """Return the statements with their speakers, and the actors: everybody who speaks and everybody who is named."""
    return _Cast(article, segments, names).resolve(found)


class _Cast:
    """The actors of one report while its sources are resolved, first source to last."""

    def __init__(self, article: Article, segments: Segments, names: Sequence[Name]) -> None:
        self.article, self.text, self.segments = article, article.text, segments
        self.people = People(article.text, segments, names)
        self.others: list[Other] = []
        self.done: list[tuple[Statement, Speaker]] = []

    def resolve(self, found: Sequence[Statement]) -> tuple[list[Statement], list[Actor]]:
        """Give every statement its speaker; sources are read in the order of the text."""
        described: dict[Span, Other] = {}  # "A friend said … and told …": two statements of one source
        for statement in found:
            source = statement.source
            speaker: Speaker = described.get(source) if source else None
            speaker = speaker or self._speaker(statement)
            if isinstance(speaker, Other) and source is not None:
                speaker.mentions.append(source)
                described[source] = speaker
            self.done.append((statement, speaker))
        speakers = {s.id: speaker for s, speaker in self.done}
        for statement in found:  # "I" within somebody's words is that somebody
            if statement.parent and statement.source and self._low(statement.source) in _FIRST:
                speakers[statement.id] = speakers[statement.parent]
        speaking = {id(s) for s in speakers.values()}
        made = self._actors([o for o in self.others if id(o) in speaking])
        ids = {id(owner): actor.id for owner, actor in made}
        told = []
        for statement in found:
            who = speakers[statement.id]
            anonymous = isinstance(who, Other) and who.kind == "unnamed"
            told.append(replace(statement, speaker=ids.get(id(who)), anonymous=anonymous))
        return told, [actor for _, actor in made]

    def _speaker(self, statement: Statement) -> Speaker:
        source = statement.source
        if source is None:
            return self._carried(statement)
        low = self._low(source)
        if low in _RELATIVE:
            return self._named_right_before(source)
        if low in _SINGULAR:
            return self._antecedent(statement, source, low)
        if low in _PLURAL or low in _NEUTER:
            return self._other_before(source, low in _PLURAL)
        if low in _FIRST or low in _NOBODY:
            return None
        return self._named(source) or self._described(source)

    def _low(self, span: Span) -> str:
        return span.of(self.text).strip(" “”\"'‘’").lower()

    # -- sources that say who ----------------------------------------------------------------------------------------

    def _named(self, source: Span) -> Speaker:
        """Return the person whom a source names, or the group where it names several; who is only spoken of ("a
        spokesman for X", "X’s lawyer", "the X campaign", "a man who met X") is neither.
        """
        clause = re.compile(r"[\s,](?:who|whose|whom|which|that|where|including|such as|like)\s").search(
            self.text, source.start + 1, source.end
        )
        reach = Span(source.start, clause.start() if clause else source.end)
        heads = [n for n in self.people.within(reach) if n.kind == "PERSON" and self._speaks(n, reach)]
        if not heads:
            return None
        first = heads[0]
        after = self.text[first.span.end : reach.end]
        if re.match(r"(?:\s*\([^)]*\))?\s*,?\s+and\s", after) or (
            len(heads) > 1 and re.search(r"\band\b", self.text[first.span.end : heads[-1].span.start])
        ):
            return self._other(self._surface(source), "group", folded(heads[-1].text.split()[-1]))
        return self.people.of(first)

    def _speaks(self, name: Name, reach: Span) -> bool:
        """Tell whether a name within a source is the one who speaks and not part of what qualifies somebody else."""
        after = self.text[name.span.end : reach.end]
        if (
            after.startswith(("’ ", "' "))
            or (after[:2] in ("’s", "'s") and after[2:].strip())
            or re.match(r" (?!and\b|of\b|on\b|in\b|at\b|from\b|for\b|Jr|Sr)[\w-]+", after)
        ):
            return False
        before = WORD.findall(self.text, reach.start, name.span.start)
        return not before or folded(before[-1]) not in word_list("prepositions")

    def _described(self, source: Span) -> Speaker:
        """Return somebody by description: who has the office in this report, or a body, a document, unnamed people."""
        core = self._core(source)
        words = WORD.findall(self.text, core.start, core.end)
        if not words:
            return None
        known = (w for w in map(folded, reversed(words)) if any(w in word_list(name) for name in _HEADS))
        head = next(known, folded(words[-1]))
        definite = words[0].lower() in ("the", "this", "that", "these", "those")
        bare = words[0][0].isupper() and words[0].lower() not in word_list("determiners")
        if (definite or bare) and head in word_list("offices"):
            person = self.people.with_office(head, {folded(w) for w in words[1:] if w[0].isupper()}, source.start)
            if person is not None:
                return person
        return self._other_by_description(source, core, head, definite)

    def _core(self, source: Span) -> Span:
        """Return the part of a source that says who it is: up to the first comma, clause or preposition."""
        part = _PART_OF.match(self.text, source.start, source.end)
        begin = part.end() if part else source.start
        for match in WORD.finditer(self.text, begin, source.end):
            low = match.group().lower()
            if match.start() > begin and (low in word_list("prepositions") or low in _RELATIVE or low in ("and", "or")):
                return Span(begin, self._ends(begin, match.start()))
            if match.end() < source.end and self.text[match.end()] in ",;(–—":
                return Span(begin, match.end())
        return Span(begin, source.end)

    def _ends(self, start: int, end: int) -> int:
        while end > start and not self.text[end - 1].isalnum():
            end -= 1
        return end

    def _surface(self, source: Span) -> str:
        """Return a source as it stands, without quotation marks and the clause that may follow."""
        whole = re.split(r",?\s(?:who|which|that|including)\s", source.of(self.text))[0]
        return re.sub(r"\s+", " ", whole).strip(' ,“”"')

    def _other_by_description(self, source: Span, core: Span, head: str, definite: bool) -> Other:
        bare = re.sub(r"\A(?:the|a|an)\s+", "", re.sub(r"\s+", " ", core.of(self.text)), flags=re.IGNORECASE).strip(
            ' ,“”"’'
        )
        bare = re.sub(r"['’]s\Z", "", bare)
        surface = self._surface(source)
        if not any(c.isalnum() for c in bare):  # nothing but an article and a mark
            bare = surface
        entity = next((n for n in self.people.within(core) if n.kind != "PERSON" and n.span.end >= core.end - 2), None)
        kind = self._kind(source, head, entity)
        if kind == "unnamed" and definite:
            again = self._unnamed_again(bare.lower(), head)
            if again is not None:
                return again
        if kind == "group" and re.search(r"\sand\s", surface):
            return self._other(surface, kind, head)
        if kind in ("unnamed", "document", "group"):
            return self._other(surface, kind, head, bare.lower(), new=kind == "unnamed" and not definite)
        return self._other(bare, kind, head, bare.lower())

    def _kind(self, source: Span, head: str, entity: Name | None) -> ActorKind:
        surface = source.of(self.text)
        if head in word_list("unnamed") or "anonymity" in surface or "familiar with" in surface:
            return "unnamed"
        if re.search(r"\w\sand\s(?:the\s)?\w", surface) and not re.search(r",|\bof\b|\bfor\b", surface):
            return "group"
        if head in word_list("documents"):
            return "document"
        if head in word_list("organisations"):
            return "organisation"
        if entity is not None and entity.kind != "MISC":
            return "organisation" if entity.kind == "ORGANIZATION" else "government"
        if head in word_list("offices"):
            return "person"
        return (
            "group"
            if head.endswith("s") or head in ("people", "others", "some", "many", "both", "police")
            else "unknown"
        )

    def _unnamed_again(self, key: str, head: str) -> Other | None:
        """Return the last unnamed source whose description has these words: "the source", "the senior official"."""
        for other in reversed(self.others):
            known = set(other.key.split()) | {folded(w) for w in other.name.split()}
            if other.kind == "unnamed" and _singular(head) in map(_singular, known) and set(key.split()[:-1]) <= known:
                return other
            if (
                other.kind == "unnamed"
                and head in ("source", "sources")
                and other.head in ("people", "person", "source", "sources")
            ):
                return other
        return None

    def _other(self, name: str, kind: ActorKind, head: str, key: str | None = None, new: bool = False) -> Other:
        """Return the actor known by these words, or a new one."""
        key = key or name.lower()
        if not new:
            for other in self.others:
                if other.key == key and other.kind == kind:
                    return other
        self.others.append(Other(name, kind, key, head))
        return self.others[-1]

    # -- sources that point back -------------------------------------------------------------------------------------

    def _named_right_before(self, source: Span) -> Speaker:
        names = [
            n
            for n in self.people.within(Span(max(0, source.start - 60), source.start))
            if source.start - n.span.end <= 3
        ]
        return self.people.of(names[-1]) if names else None

    def _antecedent(self, statement: Statement, source: Span, low: str) -> Speaker:
        """Return the person whom "he" or "she" means, looked for outside of quotations: who is named first in the same
        sentence, else who spoke last nearby, else who is named first in a sentence before.
        """
        gender = "m" if low in MALE else "f" if low in FEMALE else None
        here = self.segments.sentence_at(source.start)

        def named(span: Span) -> list[Person]:
            owners = [self.people.of(n) for n in self.people.within(span) if self._free(n, statement)]
            return [p for p in owners if p is not None and p.gender in (None, gender)]

        speaking = self._spoke_before(source)
        if isinstance(speaking, Person) and speaking.gender not in (None, gender):
            speaking = None
        subjects = named(Span(self.segments.sentences[here].start, source.start))
        if subjects:
            return speaking if speaking in subjects else subjects[0]
        before = self.segments.sentences[here - 1] if here else None
        if before is not None and not self.segments.quoted[before.start]:
            opening = named(Span(before.start, min(before.end, before.start + _OPENING)))
            if opening:
                return opening[0]
        if speaking is not None:
            return speaking
        for k in range(here - 1, max(-1, here - 3), -1):
            earlier = named(self.segments.sentences[k])
            if earlier:
                return earlier[0]
        return None

    def _free(self, name: Name, statement: Statement) -> bool:
        """Tell whether a name stands outside of quotations and of the statement's own content, and is no possessive."""
        return (
            not self.segments.quoted[name.span.start]
            and not any(name.span in piece for piece in statement.content)
            and self.text[name.span.end : name.span.end + 2] not in ("’s", "'s")
        )

    def _spoke_before(self, source: Span) -> Speaker:
        """Return who spoke last, in this paragraph or one of those just before: a person, or one unnamed source."""
        for statement, speaker in reversed(self.done):
            anchor = statement.source or statement.cue
            if anchor is None or anchor.start >= source.start or statement.parent is not None:
                continue
            if self._sentences_between(anchor, source) > _NEARBY:
                return None
            if isinstance(speaker, Person) or (
                isinstance(speaker, Other) and speaker.kind in ("unnamed", "person") and not speaker.plural
            ):
                return speaker
        return None

    def _other_before(self, source: Span, plural: bool) -> Speaker:
        """Return the group or body that "they" or "it" means: who spoke last, where that fits."""
        for statement, speaker in reversed(self.done):
            anchor = statement.source or statement.cue
            if anchor is None or self._sentences_between(anchor, source) > _NEARBY:
                return None
            if isinstance(speaker, Other):
                return speaker if speaker.plural == plural else None
            if speaker is not None:
                return None
        return None

    def _sentences_between(self, first: Span, last: Span) -> int:
        """Count the sentences that open after one span, up to another, outside of quotations."""
        opened = self.segments.sentences[
            self.segments.sentence_at(first.start) + 1 : self.segments.sentence_at(last.start) + 1
        ]
        return sum(not self.segments.quoted[s.start] for s in opened)

    def _carried(self, statement: Statement) -> Speaker:
        """Return whoever spoke just before in the same sentence, for a cue without a source ("…, adding that …")."""
        anchor = statement.cue or (statement.content[0] if statement.content else None)
        if anchor is None or re.match(
            r"(?:was|were|is|are|been|being|asked|questions?)\b", self.text[anchor.start :], re.IGNORECASE
        ):
            return None
        sentence = self.segments.sentence_at(anchor.start)
        for earlier, speaker in reversed(self.done):
            place = earlier.cue or earlier.source
            if place is not None and place.start < anchor.start and earlier.parent == statement.parent:
                return speaker if self.segments.sentence_at(place.start) == sentence else None
        return None

    # -- out ---------------------------------------------------------------------------------------------------------

    def _actors(self, speaking: Sequence[Other]) -> list[tuple[Person | Other, Actor]]:
        out: list[tuple[Person | Other, Actor]] = [
            (p, self._actor(p.name, "person", [n.span for n in p.mentions], [n.text for n in p.mentions]))
            for p in self.people.persons
        ]
        out = [(p, replace(a, roles=tuple(p.roles))) if isinstance(p, Person) else (p, a) for p, a in out]
        out += [(o, self._actor(o.name, o.kind, o.mentions, [s.of(self.text) for s in o.mentions])) for o in speaking]
        return sorted(out, key=lambda pair: pair[1].mentions[0])

    def _actor(self, name: str, kind: ActorKind, mentions: list[Span], called: list[str]) -> Actor:
        spans = tuple(sorted(set(mentions)))
        return Actor(
            id=make_id("a", self.article.id, self.article.sha256, name, spans[0].start),
            name=name,
            kind=kind,
            aliases=tuple(dict.fromkeys(c for c in called if c != name)),
            mentions=spans,
        )


def _singular(noun: str) -> str:
    return "person" if noun == "people" else noun.removesuffix("s")
