"""Who speaks for whom among the actors of a report: what their roles and phrases say, and what an authority file knows.

A link is evidence, not a merger: a spokeswoman keeps her own statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from onrecord.read.authority import Authority, Entry, normal
from onrecord.read.names import Name
from onrecord.read.others import Other, Others, Speaker
from onrecord.read.people import WORD, People, Person, folded
from onrecord.read.representation import Represented, represented, seated
from onrecord.read.sources import bare
from onrecord.records import Span

_MENTIONS = 6
"""Mentions of an actor whose words are looked at: what it speaks for is said where it is brought in."""
_FOREMOST = 3
"""How many times as often a holder is named as another of that office, a former one say, who is not told from him."""
_NOT_THE_HOLDER = frozenset(["vice", "former", "deputy", "ex"])


class Voice(msgspec.Struct, frozen=True):
    """``who`` speaks for ``whom``, by the words of ``evidence`` or by an authority ``file``."""

    who: Speaker
    whom: Speaker
    evidence: Span | None = None
    file: str | None = None


def voices(
    text: str,
    people: People,
    others: Others,
    speaking: Sequence[Other],
    authority: Authority,
    meant: Callable[[Span], Speaker | None],
) -> list[Voice]:
    """Return who speaks for whom. ``speaking`` are those others who have statements; ``meant`` says whom a pronoun
    beside a role means ("its spokesman").
    """

    def links(who: Speaker, given: Sequence[Represented]) -> Iterator[Voice]:
        for target in given:
            whom = _target(text, target, people, others, meant)
            if whom is not None and whom is not who:
                yield Voice(who, whom, target.evidence)

    out: list[Voice] = []
    for person in people.persons:
        for role in person.roles:
            out += links(person, represented(text, role.span, people.within, authority))
    for other in speaking:
        together = other.plural and not other.anonymity
        for mention in other.mentions[:_MENTIONS]:
            out += links(other, represented(text, mention, people.within, authority, other.kind, together))
        if other.author is not None and other.mentions:
            out.append(Voice(other, other.author, other.mentions[0]))
    for name in people.names:
        if name.kind != "PERSON" and (seat := seated(text, name.span, people.within)) is not None:
            out += links(others.body(name), [seat])
    linked = [v.whom for v in out if isinstance(v.whom, Other)]
    for other in dict.fromkeys([*speaking, *linked]):
        entry = authority.named(other.name, other.kind)
        if entry is not None and entry.speaks_for is not None:
            behind = _behind(entry, entry.speaks_for, people, others, speaking, authority)
            out += [Voice(other, whom, file=entry.file) for whom in behind if whom is not other]
    return out


def _target(
    text: str, target: Represented, people: People, others: Others, meant: Callable[[Span], Speaker | None]
) -> Speaker | None:
    who = target.who
    if isinstance(who, Name):
        return people.of(who) if who.kind == "PERSON" else others.body(who)
    if isinstance(who, str):
        return others.government(who)
    if target.pronoun:
        return meant(who)
    words = bare(text, who)
    other = others.called(words, "organisation", folded(words.rsplit(maxsplit=1)[-1]))
    other.refer(who)
    return other


def _behind(
    entry: Entry, state: str, people: People, others: Others, speaking: Sequence[Other], authority: Authority
) -> list[Speaker]:
    """Return for whom a capital or a seat of government speaks: the government; for the seat of an office, whoever
    holds that where the text names one person who can, and the government where it has a voice of its own.
    """
    government = others.government(state)
    if entry.holder is None:
        return [government] if government is not None else []
    known = authority.named(state)
    holder = _holder(entry.holder, known, people) if known else None
    found: list[Speaker] = [holder] if holder is not None else []
    return [*found, government] if government is not None and government in speaking else found


def _holder(office: str, state: Entry, people: People) -> Person | None:
    """Return the one person who holds an office of a state: by a role that names the state, else by one that names no
    other.
    """
    wanted = set(office.split())
    own = {normal(n) for n in (state.name, *state.names, *state.adjectives)}
    certain, likely = [], []
    for person in people.persons:
        for role in person.roles:
            words = WORD.findall(role.text)
            low = {folded(w) for w in words}
            if not wanted <= low or _NOT_THE_HOLDER & low:
                continue
            proper = {normal(w) for w in words if w[0].isupper() and folded(w) not in wanted | {"the"}}
            if proper & own:
                certain.append(person)
            elif not proper and len(words) <= len(wanted) + 1:
                likely.append(person)
    found = sorted(dict.fromkeys(certain or likely), key=lambda p: -len(p.names))
    if len(found) > 1 and len(found[0].names) < _FOREMOST * len(found[1].names):
        return None
    return found[0] if found else None
