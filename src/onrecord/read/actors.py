"""Who is credited: sources -> actors within one report.

First source to last, each is taken apart (:mod:`onrecord.read.sources`) and becomes somebody: a person by name or
office, a body, a document or whoever wrote it, a group, somebody unnamed; or it points back
(:mod:`onrecord.read.pronouns`). What could mean two keeps the text's own words; a source that stays open has no
speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from onrecord.read.authority import Authority, normal, shipped
from onrecord.read.leads import named_later
from onrecord.read.mentions import Links, Mention
from onrecord.read.names import Name
from onrecord.read.others import Other, Others, Speaker
from onrecord.read.people import WORD, People, Person, folded, gender_of
from onrecord.read.pronouns import NEARBY, NEUTER, PLURAL, SINGULAR, SURE, Pronouns
from onrecord.read.segments import Segments
from onrecord.read.sources import RELATIVE, Source, anonymity, author, bare, source_phrase
from onrecord.read.voices import voices
from onrecord.read.words import word_list
from onrecord.records import Actor, ActorKind, Article, SourceKind, Span, SpeaksFor, Statement, make_id

_FIRST = frozenset(["i", "we", "me", "us", "my", "our", "myself", "ourselves"])
_NOBODY = frozenset(["you", "your", "there", "what", "this", "these", "those", ""])
_PERSONAL = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[\s,](?:who|whose|whom|which|that|where|including|such as|like)\s")
_AND = re.compile(r"(?:\s*\([^)]*\))?\s*,?\s+and\s|\s*,\s+(?=[A-Z][\w.-]+\s+[A-Z][\w.’-]+,?\s+and\s)")
_AND_MORE = re.compile(r"\b(?:other|others|allies|colleagues)\b")
_PARTY = re.compile(r"(?:Republican|Democrat)s?\Z")
_QUALIFIED = re.compile(r" (?!and\b|of\b|on\b|in\b|at\b|from\b|for\b|Jr|Sr)[\w-]+")
"""What follows a name that only qualifies a noun: "the Lind campaign"."""
_OWNER = re.compile(r"[Tt]he\s+([a-z]+)[’']s\b")
_PASSIVE = re.compile(r"(?:was|were|is|are|been|being|asked|questions?)\b", re.IGNORECASE)
_LATE_MENTIONS = 6
"""Mentions of somebody with which the network compares a definite description, the last ones."""

_Resolved = tuple[Speaker | None, SourceKind]
_OPEN: _Resolved = (None, "unknown")


def actors(
    article: Article,
    segments: Segments,
    names: Sequence[Name],
    found: Sequence[Statement],
    links: Links | None = None,
    authority: Authority | None = None,
) -> tuple[list[Statement], list[Actor]]:
    """Return the statements with their speakers, and the actors: everybody who speaks, is spoken for, or is a person
    named.

    ``links`` are what the network says of mentions; without them pronouns go by their surroundings alone.
    """
    return _Cast(article, segments, names, links, authority or shipped()).resolve(found)


class _Cast:
    """The actors of one report while its sources are resolved, first source to last."""

    def __init__(
        self, article: Article, segments: Segments, names: Sequence[Name], links: Links | None, authority: Authority
    ) -> None:
        self.article, self.text, self.segments = article, article.text, segments
        self.authority, self.links = authority, links
        self.people = People(article.text, segments, names)
        self.others = Others(article.text, self.people, authority)
        self.pronouns = Pronouns(article.text, segments, links)
        self.documents: dict[str, _Resolved] = {}
        self.done: list[tuple[Statement, Speaker | None]] = []
        self._learn_genders()

    def resolve(self, found: Sequence[Statement]) -> tuple[list[Statement], list[Actor]]:
        """Give every statement its speaker; sources are read in the order of the text."""
        resolved: dict[Span, _Resolved] = {}  # "A friend said … and told …": two statements of one source
        kinds: dict[str, SourceKind] = {}
        for statement in found:
            source = statement.source
            speaker, kind = (resolved.get(source) if source else None) or self._speaker(statement)
            if source is not None:
                resolved[source] = speaker, kind
                self._refer(speaker, source)
            kinds[statement.id] = kind
            self.done.append((statement, speaker))
        speakers = {s.id: speaker for s, speaker in self.done}
        for statement in found:  # "I" within somebody's words is that somebody
            if statement.parent and statement.source and self._low(statement.source) in _FIRST:
                speakers[statement.id] = speakers[statement.parent]
                kinds[statement.id] = kinds[statement.parent]
        later = named_later(self.segments, found, speakers)
        if later is not None:
            same = [key for key, who in speakers.items() if who is later[0]]
            speakers.update(dict.fromkeys(same, later[1]))
            kinds.update(dict.fromkeys(same, "named"))
        self._attach_pronouns(found, speakers)
        return self._made(found, speakers, kinds)

    def _refer(self, speaker: Speaker | None, source: Span) -> None:
        if isinstance(speaker, Other):
            speaker.refer(source)
        elif speaker is not None and self._low(source) in SINGULAR and source not in speaker.mentions:
            insort(speaker.mentions, source)

    def _low(self, span: Span) -> str:
        return span.of(self.text).strip(" “”\"'‘’").lower().removesuffix("’s")

    # -- one source --------------------------------------------------------------------------------------------------

    def _speaker(self, statement: Statement) -> _Resolved:
        if statement.source is None:
            return self._carried(statement)
        return self._of_source(statement.source, statement)

    def _of_source(self, source: Span, statement: Statement) -> _Resolved:
        low = self._low(source)
        if low in RELATIVE:
            return self._before_relative(source, statement)
        if low in SINGULAR:
            return self._with_kind(self._antecedent(source, statement.content))
        if low in PLURAL or low in NEUTER:
            return self._with_kind(self._other_before(source, low in PLURAL))
        if low in _FIRST or low in _NOBODY:
            return _OPEN
        phrase = source_phrase(self.text, source)
        if phrase is None or phrase.head in word_list("spans_of_time"):
            return _OPEN
        if phrase.form == "document":
            return self._of_document(phrase)
        return self._with_kind(self._named(phrase) or self._described(phrase))

    def _with_kind(self, speaker: Speaker | None) -> _Resolved:
        """Return a speaker with the kind of source that it is."""
        if speaker is None:
            return _OPEN
        if isinstance(speaker, Person):
            return speaker, "named"
        if self.others.is_outlet(speaker, self.article.outlet):
            return speaker, "outlet"
        kinds: dict[ActorKind, SourceKind] = {"unnamed": "unnamed", "group": "collective", "document": "document"}
        return speaker, kinds.get(speaker.kind, "named" if speaker.name[:1].isupper() else "unknown")

    def _before_relative(self, source: Span, statement: Statement) -> _Resolved:
        """Return whom "who" or "that" continues: the noun phrase that its clause belongs to, else the name before."""
        who = self._low(source) in ("who", "whom", "whose")
        near = [m for m in self._mentions if 0 < source.start - m.head.end <= 90 and m.span.end >= source.start - 2]
        fitting = [m for m in near if m.kind in ("person", "people", "body")] if who else near
        # a body is meant by "who" only where nobody is
        for mention in sorted(fitting, key=lambda m: (who and m.kind == "body", source.start - m.head.end))[:1]:
            span = Span(mention.span.start, mention.head.end)
            if span.end - span.start <= 80 and "\n" not in self.text[span.start : source.start]:
                speaker, kind = self._of_source(span, statement)
                self._refer(speaker, span)
                return speaker, kind
        for name in reversed(self.people.within(Span(max(0, source.start - 60), source.start))):
            if source.start - name.span.end <= 3 and (name.kind == "PERSON" or not who):
                return self._with_kind(self._entity(name))
        return _OPEN

    @cached_property
    def _mentions(self) -> list[Mention]:
        return self.links.mentions(self.segments) if self.links is not None else []

    # -- names -------------------------------------------------------------------------------------------------------

    def _entity(self, name: Name) -> Speaker | None:
        """Return the person or the body of a name."""
        return self.people.of(name) if name.kind == "PERSON" else self.others.body(name)

    def _named(self, phrase: Source) -> Speaker | None:
        """Return the person whom a source names, or the group where it names several; who is only spoken of ("a
        spokesman for X", "X’s lawyer", "the X campaign", "a man who met X") is neither.
        """
        source = phrase.span
        clause = _CLAUSE.search(self.text, source.start + 1, source.end)
        reach = Span(source.start, clause.start() if clause else source.end)
        heads = [n for n in self.people.within(reach) if n.kind == "PERSON" and self._speaks(n, reach)]
        if not heads:
            return None
        between = self.text[heads[0].span.end : heads[-1].span.start]
        if _AND.match(self.text, heads[0].span.end, reach.end) or " and " in between:
            members = [p for n in heads if (p := self.people.of(n)) is not None]
            whole = len(members) > 1 and not _AND_MORE.search(source.of(self.text))
            return self.others.group(phrase.surface, members if whole else [])
        return self.people.of(heads[0])

    def _speaks(self, name: Name, reach: Span) -> bool:
        """Tell whether a name within a source is the one who speaks and not part of what qualifies somebody else."""
        after = self.text[name.span.end : reach.end]
        possessive = after[:2] in ("’s", "'s") and re.match(r"\s*[^\s(]", after[2:])
        if after.startswith(("’ ", "' ")) or possessive or _QUALIFIED.match(after):
            return False
        before = WORD.findall(self.text, reach.start, name.span.start)
        return not before or folded(before[-1]) not in word_list("prepositions")

    # -- documents and descriptions ----------------------------------------------------------------------------------

    def _of_document(self, phrase: Source) -> _Resolved:
        """Return who speaks through a document: whoever it is by, where the text tells and it is of a kind in which
        somebody says something; "the statement" is the last one of that kind; else the document itself.
        """
        by = author(self.text, phrase, self.people.within(phrase.span))
        noun = phrase.head.removesuffix("s")
        if phrase.definite and by is None and noun in self.documents:
            return self.documents[noun]
        own = phrase.head in word_list("authored")
        if by is None:
            by = self._body_owning(phrase) or (self.others.author_of(noun) if own and phrase.definite else None)
        writer = self._owner(by) if isinstance(by, Span) else self._entity(by) if by else None
        if writer is not None and own:
            self.documents[noun] = writer, "document"
        else:
            other = self.others.called(phrase.surface, "document", phrase.head, normal(bare(self.text, phrase.core)))
            other.source, other.author = phrase, writer
            self.documents[noun] = other, "document"
        return self.documents[noun]

    def _body_owning(self, phrase: Source) -> Name | None:
        """Return the body of "the commission's own note"."""
        owner = _OWNER.match(self.text, phrase.core.start, phrase.core.end)
        return self.others.by_head(folded(owner[1]), phrase.span.start) if owner else None

    def _owner(self, pronoun: Span) -> Speaker | None:
        """Return whom a possessive pronoun means."""
        low = self._low(pronoun)
        return self._antecedent(pronoun) if low in SINGULAR else self._other_before(pronoun, low in PLURAL)

    def _described(self, phrase: Source) -> Speaker | None:
        """Return somebody by description: who has the office in this report, or a body, a group, unnamed people."""
        if phrase.form == "unnamed" and phrase.definite and self.others.unnamed_again(phrase) is not None:
            return self._unnamed(phrase)
        person = self._holder(phrase)
        if person is not None:
            return person
        if phrase.form == "unnamed":
            return self._unnamed(phrase)
        words = bare(self.text, phrase.core) or phrase.surface
        party = _PARTY.search(words) is not None
        name = None if party else self.others.name_of(phrase)
        if name is None and phrase.form == "body" and phrase.definite and words.islower():
            name = self.others.by_head(phrase.head, phrase.span.start)
        if name is not None and phrase.form in ("body", "other", "group"):
            return self.others.body(name)
        if " and " in phrase.surface and not re.search(r",|\bof\b|\bfor\b", phrase.surface):
            return self.others.group(phrase.surface, [])
        together = party or phrase.form == "group"
        if phrase.definite and phrase.plural:
            group = self._by_network(phrase) or self.others.group_of(phrase.head)
            if group is not None:
                return group
        kinds: dict[str, ActorKind] = {"body": "organisation", "office": "person"}
        kind: ActorKind = "group" if together else kinds.get(phrase.form, "unknown")
        whole = together or words[:1].islower()
        other = self.others.called(phrase.surface if whole else words, kind, phrase.head, normal(words))
        other.plural = together
        other.source = other.source or phrase
        return other

    def _holder(self, phrase: Source) -> Speaker | None:
        """Return the person who holds the office that a definite phrase names: "the French president"."""
        standing = phrase.definite or (not phrase.indefinite and phrase.core.of(self.text)[:1].isupper())
        if not standing or phrase.head not in word_list("offices"):
            return None
        words = WORD.findall(self.text, phrase.core.start, phrase.core.end)[1:]
        capitals = {folded(w) for w in words if w[0].isupper()}
        person = self.people.with_office(phrase.head, capitals, phrase.span.start)
        return self._by_network(phrase) if person is None and phrase.definite and not capitals else person

    def _by_network(self, phrase: Source) -> Speaker | None:
        """Return whom a definite phrase means, where the network is sure and number agrees: "the two leaders"."""
        if self.links is None:
            return None
        best: tuple[float, Speaker] | None = None
        groups: list[Speaker] = [o for o in self.others.found if o.members]
        for speaker in groups if phrase.plural else self._recent(phrase.span):
            for mention in speaker.mentions[-_LATE_MENTIONS:]:
                score = self.links.score(phrase.core, mention) if mention.end <= phrase.span.start else 0.0
                if score > 0 and (best is None or score > best[0]):
                    best = (score, speaker)
        return best[1] if best else None

    def _unnamed(self, phrase: Source) -> Other:
        again = phrase.definite or phrase.words[0] == "both"
        other = self.others.unnamed_again(phrase) if again else None
        if other is None:
            key = normal(bare(self.text, phrase.core) or phrase.surface)
            other = self.others.called(phrase.surface, "unnamed", phrase.head, key, new=not phrase.definite)
            other.plural, other.source = phrase.plural, phrase
        sentence = self.segments.sentences[self.segments.sentence_at(phrase.span.start)]
        reason = anonymity(self.text, sentence, phrase.span)
        if reason is not None and reason not in other.anonymity:
            other.anonymity.append(reason)
        return other

    # -- sources that point back -------------------------------------------------------------------------------------

    def _recent(self, source: Span) -> list[Person]:
        """Return the persons named within reach before a source."""
        first = self.segments.sentences[max(0, self.segments.sentence_at(source.start) - 2 * NEARBY)].start
        names = self.people.within(Span(first, source.start))
        return list(dict.fromkeys(p for n in names if (p := self.people.of(n)) is not None))

    def _antecedent(self, pronoun: Span, content: Sequence[Span] = ()) -> Speaker | None:
        """Return the person whom "he" or "she" means, or the one unnamed source who spoke last."""
        gender = gender_of([self._low(pronoun)])
        spoke = self._spoke_before(pronoun)
        if isinstance(spoke, Person) and spoke.gender not in (None, gender):
            spoke = None
        candidates: list[Speaker] = [p for p in self._recent(pronoun) if p.gender in (None, gender)]
        if spoke is not None and spoke not in candidates:
            candidates.append(spoke)
        found = self.pronouns.best(pronoun, candidates, spoke, content)
        if found is None:
            return None
        if isinstance(found[0], Person) and found[1] >= SURE:
            found[0].gender = found[0].gender or gender
        return found[0]

    def _learn_genders(self) -> None:
        """Let the text's own pronouns tell the gender of persons for whom no honorific does: those that plainly mean
        one person, and hardly ever both.
        """
        votes: dict[int, Counter[str]] = defaultdict(Counter)
        for match in _PERSONAL.finditer(self.text):
            gender = gender_of([match.group().lower()])
            pronoun = Span(match.start(), match.end())
            if gender is not None and not self.segments.quoted[pronoun.start]:
                found = self.pronouns.best(pronoun, [p for p in self._recent(pronoun) if p.gender in (None, gender)])
                if found is not None and found[1] >= SURE:
                    # in the same sentence it is surer by far
                    start = self.segments.sentences[self.segments.sentence_at(pronoun.start)].start
                    here = any(start <= m.start < pronoun.start for m in found[0].mentions)
                    votes[id(found[0])][gender] += 3 if here else 1
        for person in self.people.persons:
            told = votes[id(person)].most_common(2)
            if person.gender is None and told and (len(told) == 1 or told[0][1] >= 3 * told[1][1]):
                person.gender = told[0][0]

    def _attach_pronouns(self, found: Sequence[Statement], speakers: Mapping[str, Speaker | None]) -> None:
        """Give persons the pronouns that mean them beside those that are sources; whoever speaks is no "he" of his own
        words.
        """
        known = {s for p in self.people.persons for s in p.mentions}
        direct = ((piece, speakers[s.id]) for s in found if s.kind == "direct" for piece in s.content)
        said = sorted(direct, key=lambda x: x[0])
        starts = [piece.start for piece, _ in said]
        for match in _PERSONAL.finditer(self.text):
            pronoun = Span(match.start(), match.end())
            if pronoun in known:
                continue
            gender = gender_of([match.group().lower()])
            around = bisect_right(starts, pronoun.start) - 1
            speaking = said[around][1] if around >= 0 and pronoun in said[around][0] else None
            candidates = [p for p in self._recent(pronoun) if p.gender in (None, gender) and p is not speaking]
            best = self.pronouns.best(pronoun, candidates)
            if best is not None:
                insort(best[0].mentions, pronoun)

    def _spoken(self, before: Span) -> Iterator[tuple[Statement, Span, Speaker | None]]:
        """Yield the statements told before a place, the last one first, while it is near."""
        for statement, speaker in reversed(self.done):
            anchor = statement.source or statement.cue
            if anchor is not None and anchor.start < before.start:
                if self.pronouns.sentences_between(anchor, before) > NEARBY:
                    return
                yield statement, anchor, speaker

    def _spoke_before(self, source: Span) -> Speaker | None:
        """Return who spoke last, in this paragraph or one of those just before: a person, or one unnamed source."""
        for statement, _, speaker in self._spoken(source):
            if statement.parent is None and (
                isinstance(speaker, Person)
                or (isinstance(speaker, Other) and speaker.kind in ("unnamed", "person") and not speaker.plural)
            ):
                return speaker
        return None

    def _other_before(self, source: Span, plural: bool) -> Speaker | None:
        """Return the group or body that "they" or "it" means: who spoke last, where that fits."""
        for _, _, speaker in self._spoken(source):
            if isinstance(speaker, Other) and speaker.plural == plural:
                return speaker
            if not plural and speaker is not None:
                return None
        return None

    def _meant(self, pronoun: Span) -> Speaker | None:
        """Return whom a pronoun beside a role means: "said Lind, its spokeswoman" after words of the Institute's."""
        if self._low(pronoun) in SINGULAR:
            return self._antecedent(pronoun)
        for _, _, speaker in self._spoken(pronoun):
            if isinstance(speaker, Other) and speaker.kind in ("organisation", "government"):
                return speaker
        first = self.segments.sentences[max(0, self.segments.sentence_at(pronoun.start) - 1)].start
        bodies = [n for n in self.people.within(Span(first, pronoun.start)) if n.kind in ("ORGANIZATION", "LOCATION")]
        return self.others.body(bodies[-1]) if bodies else None

    def _carried(self, statement: Statement) -> _Resolved:
        """Return whoever spoke just before in the same sentence, for a cue without a source ("…, adding that …")."""
        anchor = statement.cue or (statement.content[0] if statement.content else None)
        if anchor is None or _PASSIVE.match(self.text, anchor.start):
            return _OPEN
        sentence = self.segments.sentence_at(anchor.start)
        for earlier, speaker in reversed(self.done):
            place = earlier.cue or earlier.source
            if place is not None and place.start < anchor.start and earlier.parent == statement.parent:
                same = self.segments.sentence_at(place.start) == sentence
                return self._with_kind(speaker) if same else _OPEN
        return _OPEN

    # -- out ---------------------------------------------------------------------------------------------------------

    def _made(
        self, found: Sequence[Statement], speakers: Mapping[str, Speaker | None], kinds: Mapping[str, SourceKind]
    ) -> tuple[list[Statement], list[Actor]]:
        told = {id(s) for s in speakers.values() if s is not None}
        speaking = [o for o in self.others.found if id(o) in told]
        linked = voices(self.text, self.people, self.others, speaking, self.authority, self._meant)
        kept = told | {id(x) for v in linked for x in (v.who, v.whom)}
        entities: list[Speaker] = [
            *self.people.persons,
            *(o for o in self.others.found if id(o) in kept and o.mentions),
        ]
        made = sorted(((e, self._actor(e)) for e in entities), key=lambda pair: (pair[1].mentions[0], pair[1].id))
        ids = {id(e): a.id for e, a in made}
        speaks: dict[int, dict[str, SpeaksFor]] = defaultdict(dict)
        for v in linked:
            if id(v.whom) in ids:
                target = ids[id(v.whom)]
                speaks[id(v.who)].setdefault(target, SpeaksFor(target, v.evidence, v.file))
        cast = []
        for entity, actor in made:
            members = entity.members if isinstance(entity, Other) else ()
            candidates = entity.candidates if isinstance(entity, Person) else ()
            cast.append(
                replace(
                    actor,
                    speaks_for=tuple(speaks[id(entity)].values()),
                    members=tuple(ids[id(m)] for m in members),
                    candidates=tuple(ids[id(c)] for c in candidates),
                )
            )
        statements = []
        for s in found:
            who = speakers[s.id]
            anonymous = isinstance(who, Other) and who.kind == "unnamed"
            speaker = ids.get(id(who)) if who is not None else None
            statements.append(replace(s, speaker=speaker, anonymous=anonymous, source_kind=kinds[s.id]))
        return statements, cast

    def _actor(self, entity: Speaker) -> Actor:
        if isinstance(entity, Person):
            kind: ActorKind = "person"
            called = [n.text for n in entity.names]
        else:
            kind = entity.kind
            whole = (s for s in entity.mentions if self._low(s) not in PLURAL | NEUTER | RELATIVE)
            called = [re.sub(r"\s+", " ", s.of(self.text)) for s in whole]
        actor = Actor(
            id=make_id("a", self.article.id, self.article.sha256, entity.name, entity.mentions[0].start),
            name=entity.name,
            kind=kind,
            aliases=tuple(dict.fromkeys(c for c in called if c != entity.name)),
            mentions=tuple(entity.mentions),
            roles=tuple(entity.roles) if isinstance(entity, Person) else (),
            anonymity=tuple(entity.anonymity) if isinstance(entity, Other) else (),
        )
        return self.authority.match(actor)
