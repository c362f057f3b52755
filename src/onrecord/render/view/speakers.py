"""Who is credited, and the index of everything credited to each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.records import Story, StoryActor, StoryLink
from onrecord.render import interface
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView, cut

# What is longer is no other spelling of a name but a name with what a report tells of it.
LONGEST_NAME = 48

# Offices and positions of one actor that are told; a report that calls somebody six things repeats itself.
MOST_ROLES = 3

NOBODY = interface.text("lines.speaker_unknown")


@dataclass(frozen=True, slots=True)
class LinkView:
    """Who speaks for whom, with the words that say so, or the data file that does: the other's name and actor."""

    name: str
    actor: str
    words: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Somebody who is credited: the actor, ``None`` where reports leave it open.

    ``key`` is a stable one of the actor. ``role`` is a role in a report's words that the name does not hold, ``roles``
    are others that say something else; ``spellings`` are names that are neither the name nor part of it. ``speaks_for``
    links to those for whom it speaks, ``spoken_for`` to those who speak for it. ``unnamed_because`` are a report's
    words on why a source is not named; ``may_be`` the names of those whom a shared surname may mean; ``known_as`` says
    which entry of which authority file the actor is.
    """

    key: str
    name: str
    role: str | None
    roles: tuple[str, ...]
    spellings: tuple[str, ...]
    speaks_for: tuple[LinkView, ...]
    spoken_for: tuple[LinkView, ...]
    unnamed_because: str | None
    may_be: tuple[str, ...]
    known_as: str | None
    identifiers: tuple[tuple[str, str], ...]
    actor: StoryActor | None
    anchor: str


class Speakers:
    """The speakers of a story, each made when first asked for."""

    def __init__(self, story: Story, articles: Mapping[str, ArticleView], anchors: Anchors) -> None:
        self._actors = {a.id: a for a in story.actors}
        self._articles = articles
        self._anchors = anchors
        self._made: dict[str | None, SpeakerView] = {}
        self._spoken_for: dict[str, list[tuple[str, StoryLink]]] = defaultdict(list)
        for actor in story.actors:
            for link in actor.speaks_for:
                self._spoken_for[link.actor].append((actor.id, link))

    def of(self, actor_id: str | None) -> SpeakerView:
        """Return the speaker with this actor's id."""
        if actor_id not in self._made:
            actor = self._actors[actor_id] if actor_id is not None else None
            anchor = self._anchors.make(f"speaker-{actor_id or 'none'}")
            roles = self._roles(actor) if actor else ()
            links = actor.speaks_for if actor else ()
            by = self._spoken_for[actor.id] if actor else ()
            self._made[actor_id] = SpeakerView(
                key=anchor,
                name=actor.name if actor else NOBODY,
                role=roles[0] if roles else None,
                roles=roles[1:],
                spellings=tuple(_spellings(actor)) if actor else (),
                speaks_for=tuple(self._link(link.actor, link) for link in links),
                spoken_for=tuple(self._link(other, link) for other, link in by),
                unnamed_because=cut(actor.anonymity[0].span, self._articles) if actor and actor.anonymity else None,
                may_be=tuple(self._actors[c].name for c in actor.candidates) if actor else (),
                known_as=_entry(actor),
                identifiers=tuple(actor.identifiers.items()) if actor else (),
                actor=actor,
                anchor=anchor,
            )
        return self._made[actor_id]

    def _roles(self, actor: StoryActor) -> tuple[str, ...]:
        """Return what reports call an actor, the first first, without what the name or another role holds."""
        told: list[str] = []
        for role in actor.roles:
            words = cut(role.span, self._articles)
            own = _words(words)
            # "The spokesman for the presidency" beside "Orbekov's spokesman" tells nothing new.
            if words not in actor.name and not any(
                2 * len(own & k) >= min(len(own), len(k)) for k in map(_words, told)
            ):
                told.append(words)
        return tuple(told[:MOST_ROLES])

    def _link(self, actor: str, link: StoryLink) -> LinkView:
        words = cut(link.span, self._articles) if link.span else None
        return LinkView(self._actors[actor].name, actor, words, link.source)

    def name(self, actor_id: str) -> str:
        """Return an actor's name; an id that is none stands for nobody."""
        return self._actors[actor_id].name if actor_id in self._actors else NOBODY


def _entry(actor: StoryActor | None) -> str | None:
    known = actor.authority if actor else None
    return interface.text("speakers.entry", name=known.name, file=known.file) if known else None


def _spellings(actor: StoryActor) -> Iterator[str]:
    """Yield the aliases that tell something new, the longest first: no part of another, no pronoun, no clause."""
    known = [_words(actor.name)]
    for alias in sorted(actor.aliases, key=lambda a: -len(a)):
        words = _words(alias)
        pronoun = alias.islower() and " " not in alias
        clause = "," in alias
        if len(alias) <= LONGEST_NAME and not pronoun and not clause and not any(words <= k for k in known):
            known.append(words)
            yield alias


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", re.sub(r"['’]s\b", "", name.casefold()))) - {"the", "a", "an"}
