"""The forms of an annotated story and of a dossier, as far as the measures of :mod:`onrecord.evaluate.stories` go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from onrecord.errors import InputError
from onrecord.evaluate.forms import SpanForm, as_form, check_span


class GoldArticle(msgspec.Struct, frozen=True):
    """An article of an annotated story; spans are checked where the text is given."""

    id: str
    text: str | None = None


class GoldStatement(msgspec.Struct, frozen=True):
    """An annotated statement; one without ``spans`` (a refusal to comment) can stand in conflicts only."""

    id: str
    article: str
    speaker: str
    kind: str
    spans: list[tuple[int, int]]
    speaker_kind: str | None = None
    anonymous: bool | None = None
    stance: str | None = None
    source: str | None = None
    cue: str | None = None


class ConflictForm(msgspec.Struct, frozen=True):
    """The statements of two sides that conflict, gold or predicted."""

    a: list[str]
    b: list[str]
    type: str | None = None


class PositionForm(msgspec.Struct, frozen=True):
    """An actor's stance and the statements it rests on; the gold names the actor, a dossier gives its id."""

    actor: str
    stance: str
    statements: list[str]


class GoldStory(msgspec.Struct, frozen=True):
    """A story annotated by hand. Without ``speaks_for`` or ``positions`` these are not scored."""

    articles: list[GoldArticle]
    statements: list[GoldStatement]
    same: list[list[str]]
    conflicts: list[ConflictForm]
    speakers: dict[str, list[str]]
    said_on: dict[str, str] = {}
    speaks_for: list[tuple[str, str]] | None = None
    positions: list[PositionForm] | None = None

    def names(self, speaker: str) -> set[str]:
        """Return a speaker's canonical name and other names, normalised."""
        return {normalise(name) for name in [speaker, *self.speakers.get(speaker, [])]}


class LinkForm(msgspec.Struct, frozen=True):
    """The actor that an actor speaks for."""

    actor: str


class ActorForm(msgspec.Struct, frozen=True):
    """An actor of a dossier."""

    id: str
    name: str | None
    aliases: list[str] = []
    speaks_for: list[LinkForm] | None = None

    def names(self) -> set[str]:
        """Return the actor's name and aliases, normalised."""
        return {normalise(name) for name in [self.name, *self.aliases] if name}


class DayForm(msgspec.Struct, frozen=True):
    """When something was said: the first day of the interval."""

    from_: str | None = msgspec.field(name="from", default=None)


class StatementForm(msgspec.Struct, frozen=True):
    """A statement of a dossier."""

    id: str
    article: str
    speaker: str | None
    kind: str
    content: list[SpanForm]
    act: str = "speech"
    anonymous: bool | None = None
    stance: str | None = None
    said_on: DayForm | None = None


class UtteranceForm(msgspec.Struct, frozen=True):
    """The statements of a dossier that report one utterance."""

    statements: list[str]


class _Story(msgspec.Struct, frozen=True):
    actors: list[ActorForm]
    statements: list[StatementForm]
    utterances: list[UtteranceForm]
    conflicts: list[ConflictForm]
    positions: list[PositionForm] = []


class _Dossier(msgspec.Struct, frozen=True):
    stories: list[_Story]


class DossierForm(msgspec.Struct, frozen=True):
    """A dossier, its stories taken together; statements and actors by id, in the dossier's order."""

    statements: dict[str, StatementForm]
    actors: dict[str, ActorForm]
    utterances: list[UtteranceForm]
    conflicts: list[ConflictForm]
    positions: list[PositionForm]


def gold_story(value: Mapping[str, Any], where: str) -> GoldStory:
    """Return an annotated story; raise :class:`InputError` where it is not one, or a statement's id occurs twice."""
    gold = as_form(value, GoldStory, where)
    _by_id(gold.statements, f"{where}: statements")
    return gold


def dossier_form(value: Mapping[str, Any], gold: GoldStory, where: str) -> DossierForm:
    """Return a dossier about the gold's articles.

    Raises :class:`InputError` where it is not one, an id occurs twice, or a statement's content lies outside the text.
    """
    stories = as_form(value, _Dossier, where).stories
    dossier = DossierForm(
        statements=_by_id((s for story in stories for s in story.statements), f"{where}: statements"),
        actors=_by_id((a for story in stories for a in story.actors), f"{where}: actors"),
        utterances=[u for story in stories for u in story.utterances],
        conflicts=[c for story in stories for c in story.conflicts],
        positions=[p for story in stories for p in story.positions],
    )
    lengths = {article.id: len(article.text) for article in gold.articles if article.text is not None}
    for statement in dossier.statements.values():
        for span in statement.content:
            length = lengths.get(statement.article, float("inf"))
            check_span(span.start, span.end, length, f"{where}: statement {statement.id}")
    return dossier


def normalise(name: str) -> str:
    """Return a name as names are compared: lower case, without possessive, punctuation and leading "the"."""
    without_possessive = re.sub(r"['’]s\b", "", name)
    return re.sub(r"\W+", " ", without_possessive).strip().lower().removeprefix("the ")


_WithId = TypeVar("_WithId", GoldStatement, StatementForm, ActorForm)


def _by_id(things: Iterable[_WithId], where: str) -> dict[str, _WithId]:
    found: dict[str, _WithId] = {}
    for thing in things:
        if thing.id in found:
            raise InputError(where, f"the id {thing.id!r} occurs twice")
        found[thing.id] = thing
    return found
