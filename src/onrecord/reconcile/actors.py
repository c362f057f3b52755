"""Actors across reports: one for each speaker there is, with its names, roles and whom it speaks for.

Joined are, in this order: whom an authority file knows as one; bodies, groups and documents of one name; persons whose
full names can be one person's (:mod:`onrecord.reconcile.naming`); a surname alone with the only person of that surname
whose roles do not speak against it; a description ("Castrel's president") with the only person of that role; persons
of like surnames, and unnamed sources described alike, who are credited with the same words. Everything else stays
apart, and a surname that two persons share stays with the text's own words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from onrecord.read.authority import normal
from onrecord.read.others import body_key
from onrecord.read.people import office_words
from onrecord.read.words import word_list
from onrecord.reconcile.naming import one_person, parts, skeleton, surname
from onrecord.reconcile.quotations import Piece
from onrecord.reconcile.sets import DisjointSets
from onrecord.records import Actor, ActorKind, ArticleSpan, Reading, Role, StoryActor, StoryLink, StoryRole, make_id

Key = tuple[str, str]
"""An article's id and an actor's id within it."""

SPELLING = 0.75
"""Share of letters that two surnames have in common, in order, when they are credited with the same words and taken for
spellings of one name: "Chalik" and "Tchalik" 0.92, "Zelensky" and "Zelenskyy" 0.94, "Lind" and "Lund" 0.75.
"""
DESCRIBED_ALIKE = 0.6
"""Share of their words that two unnamed sources' descriptions have in common, when they are credited with the same
words.
"""
FOREMOST = 5
"""How many times as often the reports name one person as another of the same surname whom a surname alone does not
mean: a president, and a daughter who is named once.
"""
_OWN_WORDS = 3
"""Words that a document's name needs to be one document's: there are many statements."""
_BY_NAME: dict[ActorKind, str] = {
    "group": "group",
    "document": "document",
    # whether a name is a body's, a government's or neither is less certain than that it is the same name
    "organisation": "body",
    "government": "body",
    "unknown": "body",
}
_SMALL = frozenset(["the", "a", "an", "of", "for", "to", "its", "his", "her", "their", "and"])


def story_actors(
    readings: Sequence[Reading], quoted: Iterable[Sequence[Piece]]
) -> tuple[tuple[StoryActor, ...], dict[Key, str]]:
    """Return the story's actors and, for every actor of a reading, the id of the actor it is.

    ``quoted`` are groups of pieces of statements, each as article id, statement id and number, that give the same words
    verbatim.
    """
    actors: dict[Key, Actor] = {(r.id, a.id): a for r in readings for a in r.actors}
    joined = DisjointSets(actors)
    _join_by_name(actors, joined)
    _join_shorter_names(actors, joined)
    _join_full_names(actors, joined)
    _join_surnames(actors, joined)
    _join_descriptions(actors, joined)
    _join_by_words(readings, actors, joined, quoted)
    _join_groups(actors, joined)
    groups = joined.groups()
    ids: dict[Key, str] = {}
    for group in groups:
        ids.update(dict.fromkeys(group, make_id("p", *sorted(a for _, a in group))))
    made = _with_governments(readings, [_joined([(key, actors[key]) for key in group], ids) for group in groups], ids)
    order = {r.id: i for i, r in enumerate(readings)}
    made.sort(key=lambda a: (order[a.mentions[0].article], a.mentions[0].start, a.id))
    return tuple(made), ids


def _join_by_name(actors: Mapping[Key, Actor], joined: DisjointSets[Key]) -> None:
    """Join whom an authority file knows as one, and bodies, groups and documents that share a name."""
    known: dict[tuple[str, ...], Key] = {}
    for key, actor in actors.items():
        names: list[tuple[str, ...]] = []
        if actor.authority is not None:
            names.append(("entry", actor.authority.file, actor.authority.name))
        kind = _BY_NAME.get(actor.kind)
        if kind == "body":
            names += [(kind, body_key(n)) for n in (actor.name, *actor.aliases) if _is_name(n)]
            names.append((kind, body_key(actor.name)))
        elif kind == "group" or (kind == "document" and len(actor.name.split()) >= _OWN_WORDS):
            names.append((kind, normal(actor.name)))
        for name in names:
            joined.join(known.setdefault(name, key), key)


def _is_name(words: str) -> bool:
    """Tell whether words begin with a capital, an article aside."""
    return words.removeprefix("the ")[:1].isupper()


def _join_shorter_names(actors: Mapping[Key, Actor], joined: DisjointSets[Key]) -> None:
    """Join a body with the one longer name that ends with its own: "Budget Office" and "State Budget Office"."""
    named: dict[str, Key] = {}
    for key, actor in actors.items():
        if actor.kind == "organisation" and _is_name(actor.name) and " " in body_key(actor.name):
            named.setdefault(body_key(actor.name), key)
    longer: dict[str, set[Key]] = defaultdict(set)
    for name, key in named.items():
        words = name.split()
        for k in range(1, len(words) - 1):
            longer[" ".join(words[k:])].add(joined.find(key))
    for name, key in named.items():
        if len(longer.get(name, ())) == 1:
            joined.join(next(iter(longer[name])), key)


def _join_full_names(actors: Mapping[Key, Actor], joined: DisjointSets[Key]) -> None:
    """Join persons whose full names can be one's; of each name the first stands for all."""
    same: dict[tuple[str, ...], Key] = {}
    by_surname: dict[str, list[Key]] = defaultdict(list)
    for key, actor in actors.items():
        if actor.kind == "person" and not actor.candidates and len(parts(actor.name)) > 1:
            first = same.setdefault(parts(actor.name), key)
            if first == key:
                by_surname[surname(actor.name)].append(key)
            joined.join(first, key)
    for keys in by_surname.values():
        for i, a in enumerate(keys):
            agreeing = [b for b in keys[:i] if one_person(actors[a].name, actors[b].name)]
            if len({joined.find(b) for b in agreeing}) == 1:  # "J. Lind" is neither John nor Jane where there are both
                joined.join(agreeing[0], a)


def _join_surnames(actors: Mapping[Key, Actor], joined: DisjointSets[Key]) -> None:
    """Join a surname alone with the one person of it; of several, with the one of whom the same role is told, or whom
    the reports are about.
    """
    full: dict[str, set[Key]] = defaultdict(set)
    offices: dict[Key, set[str]] = defaultdict(set)
    named: Counter[Key] = Counter()
    alone: list[Key] = []
    for key, actor in actors.items():
        if actor.kind != "person":
            continue
        offices[joined.find(key)] |= _offices(actor.roles)
        named[joined.find(key)] += len(actor.mentions)
        if len(parts(actor.name)) > 1:
            full[surname(actor.name)].add(joined.find(key))
        elif not actor.candidates:
            alone.append(key)
    bodies = {normal(a.name): k for k, a in actors.items() if _BY_NAME.get(a.kind) == "body"}
    nobody: dict[str, Key] = {}
    for key in alone:
        actor = actors[key]
        own = _offices(actor.roles)
        homes = full.get(surname(actor.name), set())
        if len(homes) > 1:
            homes = {h for h in homes if own & offices[h]} or _foremost(homes, named)
        if len(homes) == 1:
            joined.join(next(iter(homes)), key)
        elif not full.get(surname(actor.name)):
            # a place that one report takes for a person is told by the others
            same = bodies.get(normal(actor.name)) or nobody.setdefault(skeleton(parts(actor.name)[-1]), key)
            joined.join(same, key)


def _foremost(homes: Iterable[Key], named: Mapping[Key, int]) -> set[Key]:
    """Return the one of several persons who is named :data:`FOREMOST` times as often as any other, if one is."""
    first, second, *_ = sorted(homes, key=lambda h: (-named[h], h))
    return {first} if named[first] >= FOREMOST * named[second] else set()


def _offices(roles: Iterable[Role]) -> set[str]:
    return {w for r in roles for w in office_words(r.text) if w in word_list("offices")}


def _join_descriptions(actors: Mapping[Key, Actor], joined: DisjointSets[Key]) -> None:
    """Join a person known by a role alone with the one person to whom a report gives that role in the same words."""
    holders: dict[frozenset[str], set[Key]] = defaultdict(set)
    for key, actor in actors.items():
        if actor.kind == "person" and actor.name[:1].isupper():
            for role in actor.roles:
                holders[_role_words(role.text)].add(joined.find(key))
    for key, actor in actors.items():
        if actor.kind == "person" and not actor.roles and _offices([Role(actor.name, actor.mentions[0])]):
            found = {joined.find(h) for h in holders.get(_role_words(actor.name), ())}
            if len(found) == 1:
                joined.join(found.pop(), key)


def _role_words(text: str) -> frozenset[str]:
    return frozenset(w for w in office_words(text) if w not in _SMALL)


def _join_by_words(
    readings: Sequence[Reading],
    actors: Mapping[Key, Actor],
    joined: DisjointSets[Key],
    quoted: Iterable[Sequence[Piece]],
) -> None:
    """Join those who are credited with the same words: persons of like surnames, unnamed sources described alike."""
    speakers = {(r.id, s.id): s.speaker for r in readings for s in r.statements}
    for group in quoted:
        credited = ((article, speakers[article, statement]) for article, statement, _ in group)
        different = {joined.find((article, who)): (article, who) for article, who in credited if who}
        alike: dict[tuple[ActorKind, str], Key] = {}  # the same words for one: joined at once, and one stands for all
        for key in different.values():
            name = normal(actors[key].name)
            first = alike.setdefault((actors[key].kind, name), key)
            if first[0] != key[0] and actors[key].kind in ("person", "unnamed"):
                joined.join(first, key)
        keys = list(alike.values())
        for i, a in enumerate(keys):
            for b in keys[:i]:
                x, y = actors[a], actors[b]
                if a[0] != b[0] and (_like_surnames(x, y) or _described_alike(x, y)):
                    joined.join(b, a)


def _like_surnames(a: Actor, b: Actor) -> bool:
    """Tell whether two persons' surnames can be spellings of one name."""
    if a.kind != "person" or b.kind != "person":
        return False
    x, y = surname(a.name), surname(b.name)
    return x == y or SequenceMatcher(None, x, y, autojunk=False).ratio() >= SPELLING


def _described_alike(a: Actor, b: Actor) -> bool:
    if a.kind != "unnamed" or b.kind != "unnamed":
        return False
    x, y = (_role_words(n.name) for n in (a, b))
    return len(x & y) >= DESCRIBED_ALIKE * len(x | y)


def _join_groups(actors: Mapping[Key, Actor], joined: DisjointSets[Key]) -> None:
    """Join groups of the same named persons."""
    known: dict[frozenset[Key], Key] = {}
    for key, actor in actors.items():
        if len(actor.members) > 1:
            members = frozenset(joined.find((key[0], m)) for m in actor.members)
            joined.join(known.setdefault(members, key), key)


def _joined(members: list[tuple[Key, Actor]], ids: Mapping[Key, str]) -> StoryActor:
    """One actor of several: the name that most reports, then most mentions and then most letters speak for."""
    weight: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    kinds: Counter[ActorKind] = Counter()
    for _, actor in members:
        weight[actor.name] += len(actor.mentions)
        reports[actor.name] += 1
        kinds[actor.kind] += 1
    name = max(weight, key=lambda n: (_is_full(n), reports[n], weight[n], len(n), n))
    own = ids[members[0][0]]
    known = [n for _, a in members for n in (a.name, *a.aliases)]
    links = {
        target: StoryLink(target, ArticleSpan(k[0], s.span.start, s.span.end) if s.span else None, s.source)
        for k, a in reversed(members)
        for s in reversed(a.speaks_for)
        if (target := ids[k[0], s.actor]) != own
    }
    matched = next((a for _, a in members if a.authority is not None), None)
    return StoryActor(
        id=own,
        name=name,
        kind=max(kinds, key=lambda k: (k != "unknown", kinds[k], k)),
        aliases=tuple(dict.fromkeys(n for n in known if n != name)),
        mentions=tuple(ArticleSpan(k[0], s.start, s.end) for k, a in members for s in a.mentions),
        roles=_story_roles(members, "roles"),
        speaks_for=tuple(reversed(links.values())),
        anonymity=_story_roles(members, "anonymity"),
        members=tuple(dict.fromkeys(ids[k[0], m] for k, a in members for m in a.members)),
        candidates=tuple(dict.fromkeys(ids[k[0], c] for k, a in members for c in a.candidates)),
        agency=any(a.agency for _, a in members),
        identifiers=matched.identifiers if matched else {},
        authority=matched.authority if matched else None,
    )


def _with_governments(
    readings: Sequence[Reading], made: Sequence[StoryActor], ids: Mapping[Key, str]
) -> list[StoryActor]:
    """Let capitals and seats speak for the governments that an authority file names, where those have a voice in the
    story: a report that has "the Kremlin" may not have "Russia".
    """
    told = {ids[r.id, s.speaker] for r in readings for s in r.statements if s.speaker}
    voiced = {(a.authority.file, a.authority.name): a.id for a in made if a.authority is not None and a.id in told}
    out = []
    for actor in made:
        match = actor.authority
        whom = voiced.get((match.file, match.speaks_for or "")) if match is not None else None
        if match is not None and whom is not None and all(link.actor != whom for link in actor.speaks_for):
            out.append(replace(actor, speaks_for=(*actor.speaks_for, StoryLink(whom, source=match.file))))
        else:
            out.append(actor)
    return out


def _is_full(name: str) -> bool:
    """Tell whether a name is more than one word, and no description."""
    return " " in name and name[:1].isupper() and not any(w in word_list("offices") for w in office_words(name))


def _story_roles(members: Iterable[tuple[Key, Actor]], field: str) -> tuple[StoryRole, ...]:
    return tuple(
        StoryRole(r.text, ArticleSpan(k[0], r.span.start, r.span.end)) for k, a in members for r in getattr(a, field)
    )
