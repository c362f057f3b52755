"""Actors across reports: a first version that joins what is certain.

Two actors are one where their names are identical but for middle initials, where one report has only the surname and
the others know a single person of that surname, or where two persons of one surname, or of two spellings of it, are
credited with the same words verbatim. Unnamed sources are never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from onrecord.reconcile.sets import DisjointSets
from onrecord.reconcile.utterances import Piece
from onrecord.records import Actor, ActorKind, ArticleSpan, Reading, StoryActor, StoryRole, make_id

Key = tuple[str, str]
"""An article's id and an actor's id within it."""

SPELLING = 0.75
"""Share of letters that two surnames have in common, in order, when they are credited with the same words and taken for
spellings of one name: "Chalik" and "Tchalik" 0.92, "Zelensky" and "Zelenskyy" 0.94, "Lind" and "Lund" 0.75.
"""

_ARTICLE_WORDS = ("the ", "a ", "an ")
_JOINED_BY_NAME: dict[ActorKind, str] = {
    "person": "person",
    "group": "group",
    # whether a name is a body's, a government's or neither is less certain than that it is the same name
    "organisation": "body",
    "government": "body",
    "unknown": "body",
}


def story_actors(
    readings: Sequence[Reading], pairs: Iterable[tuple[Piece, Piece]]
) -> tuple[tuple[StoryActor, ...], dict[Key, str]]:
    """Return the story's actors and, for every actor of a reading, the id of the actor it is.

    ``pairs`` are pieces of statements, each as article id, statement id and number, that give the same words verbatim.
    """
    actors: dict[Key, Actor] = {(r.id, a.id): a for r in readings for a in r.actors}
    joined = DisjointSets(actors)
    by_name: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, actor in actors.items():
        if actor.kind in _JOINED_BY_NAME:
            normal = _without_initials(actor.name) if actor.kind == "person" else _normal(actor.name)
            by_name[_JOINED_BY_NAME[actor.kind], normal].append(key)
    for keys in by_name.values():
        for key in keys[1:]:
            joined.join(keys[0], key)
    _join_surnames(actors, joined)
    speakers = {(r.id, s.id): s.speaker for r in readings for s in r.statements}
    for (article, statement, _), (other, match, _) in pairs:
        a, b = speakers[article, statement], speakers[other, match]
        if a and b and _one_surname(actors[article, a], actors[other, b]):
            joined.join((article, a), (other, b))
    made: list[StoryActor] = []
    ids: dict[Key, str] = {}
    for group in joined.groups():
        whole = _joined([(key, actors[key]) for key in group])
        made.append(whole)
        ids.update(dict.fromkeys(group, whole.id))
    order = {r.id: i for i, r in enumerate(readings)}
    made.sort(key=lambda a: (order[a.mentions[0].article], a.mentions[0].start, a.id))
    return tuple(made), ids


def _join_surnames(actors: dict[Key, Actor], joined: DisjointSets[Key]) -> None:
    persons = {k: a for k, a in actors.items() if a.kind == "person"}
    full: dict[str, set[Key]] = defaultdict(set)
    for key, actor in persons.items():
        if " " in actor.name:
            full[_normal(actor.name).split()[-1]].add(joined.find(key))
    for key, actor in persons.items():
        homes = {joined.find(k) for k in full.get(_normal(actor.name), ())}
        if " " not in actor.name and len(homes) == 1:
            joined.join(homes.pop(), key)


def _one_surname(a: Actor, b: Actor) -> bool:
    """Tell whether two persons' surnames can be spellings of one name."""
    if a.kind != "person" or b.kind != "person":
        return False
    x, y = (_normal(n.name).split()[-1] for n in (a, b))
    return x == y or SequenceMatcher(None, x, y, autojunk=False).ratio() >= SPELLING


def _normal(name: str) -> str:
    out = name.casefold().replace("’", "'").removesuffix("'s")
    for word in _ARTICLE_WORDS:
        out = out.removeprefix(word)
    return " ".join(out.split())


def _without_initials(name: str) -> str:
    """Return a person's name normalised, with neither middle initials nor "Jr.": "Ada B. Lind" is Ada Lind."""
    words = _normal(name).split()
    kept = [w for i, w in enumerate(words) if not (0 < i < len(words) - 1 and len(w.rstrip(".")) == 1)]
    while len(kept) > 2 and kept[-1].rstrip(".") in ("jr", "sr"):
        kept.pop()
    return " ".join(kept).removesuffix(",")


def _joined(members: list[tuple[Key, Actor]]) -> StoryActor:
    """One actor of several: the name that most reports, then most mentions and then most letters speak for."""
    weight: dict[str, int] = defaultdict(int)
    reports: dict[str, int] = defaultdict(int)
    for _, actor in members:
        weight[actor.name] += len(actor.mentions)
        reports[actor.name] += 1
    name = max(weight, key=lambda n: (" " in n, reports[n], weight[n], len(n), n))
    known = [n for _, a in members for n in (a.name, *a.aliases)]
    return StoryActor(
        id=make_id("p", *sorted(actor.id for _, actor in members)),
        name=name,
        kind=members[0][1].kind,
        aliases=tuple(dict.fromkeys(n for n in known if n != name)),
        mentions=tuple(ArticleSpan(article, s.start, s.end) for (article, _), actor in members for s in actor.mentions),
        roles=tuple(
            StoryRole(r.text, ArticleSpan(article, r.span.start, r.span.end))
            for (article, _), actor in members
            for r in actor.roles
        ),
    )
