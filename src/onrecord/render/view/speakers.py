"""Who is credited, and the index of everything credited to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.records import Story, StoryActor, StoryLink
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView, cut

# What is longer is no other spelling of a name but a name with what a report tells of it.
LONGEST_NAME = 48

NOBODY = "Speaker not made plain"


@dataclass(frozen=True, slots=True)
class LinkView:
    """For whom somebody speaks, with the words that say so, or the data file that does."""

    name: str
    words: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """Somebody who is credited: the actor, ``None`` where reports leave it open.

    ``role`` is a role in a report's words that the name does not hold; ``spellings`` are names that are neither the
    name nor part of it. ``unnamed_because`` are a report's words on why a source is not named; ``may_be`` the names of
    those whom a shared surname may mean; ``known_as`` says which entry of which authority file the actor is.
    """

    key: str
    name: str
    role: str | None
    spellings: tuple[str, ...]
    speaks_for: tuple[LinkView, ...]
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

    def of(self, actor_id: str | None) -> SpeakerView:
        """Return the speaker with this actor's id."""
        if actor_id not in self._made:
            actor = self._actors[actor_id] if actor_id is not None else None
            role = cut(actor.roles[0].span, self._articles) if actor and actor.roles else None
            links = actor.speaks_for if actor else ()
            self._made[actor_id] = SpeakerView(
                key=str(len(self._made)),
                name=actor.name if actor else NOBODY,
                role=role if actor and role and role not in actor.name else None,
                spellings=tuple(_spellings(actor)) if actor else (),
                speaks_for=tuple(self._link(link) for link in links),
                unnamed_because=cut(actor.anonymity[0].span, self._articles) if actor and actor.anonymity else None,
                may_be=tuple(self._actors[c].name for c in actor.candidates) if actor else (),
                known_as=f"{known.name} in {known.file}" if actor and (known := actor.authority) else None,
                identifiers=tuple(actor.identifiers.items()) if actor else (),
                actor=actor,
                anchor=self._anchors.make(f"speaker-{actor_id or 'none'}"),
            )
        return self._made[actor_id]

    def _link(self, link: StoryLink) -> LinkView:
        words = cut(link.span, self._articles) if link.span else None
        return LinkView(self._actors[link.actor].name, words, link.source)

    def name(self, actor_id: str) -> str:
        """Return an actor's name; an id that is none stands for nobody."""
        return self._actors[actor_id].name if actor_id in self._actors else NOBODY


def _spellings(actor: StoryActor) -> Iterator[str]:
    """Yield the aliases that tell something new, the longest first: no part of another, no pronoun, no clause."""
    known = [_words(actor.name)]
    for alias in sorted(actor.aliases, key=lambda a: -len(a)):
        words = _words(alias)
        pronoun = alias.islower() and " " not in alias
        if len(alias) <= LONGEST_NAME and not pronoun and not any(words <= k for k in known):
            known.append(words)
            yield alias


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", re.sub(r"['’]s\b", "", name.casefold()))) - {"the", "a", "an"}
