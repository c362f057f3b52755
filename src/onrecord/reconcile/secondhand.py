"""What the words of one tell of another: that he accepts an issue, refuses it, wants it, or has it in mind."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import product
from typing import Literal

from onrecord.reconcile.issues import Topic
from onrecord.reconcile.units import Mentioned, Unit
from onrecord.reconcile.usage import owns
from onrecord.reconcile.wording import Word
from onrecord.reconcile.words import word_set
from onrecord.records import ArticleSpan, Span

Side = Literal["for", "against"]
BEHIND_ACTOR, BEHIND_VERB = 6, 4
"""Words between an actor and a verb that takes a side or wants something, and between that and an issue, that may part
them."""
OPENING = 2
"""Words of a sentence before the owner of what it opens with, and between the two, that may part them."""
_OWNERS = frozenset({"his", "her", "their", "its"})
_OTHER: dict[Side, Side] = {"for": "against", "against": "for"}
_SIDING: dict[str, Side] = {
    **dict.fromkeys(word_set("accepting"), "for"),
    **dict.fromkeys(word_set("rejecting"), "against"),
}


def plain_side(u: Unit, topic: Topic, actor: str) -> Side | None:
    """Return the stance that a verb between an actor and an issue gives: "he will not accept European troops"."""
    for before, verb in _verbs(u, topic, u.mentions(actor), _SIDING):
        negated = any(w.folded in word_set("negators") for w in before)
        return _OTHER[_SIDING[verb]] if negated else _SIDING[verb]
    return None


def wants(u: Unit, topic: Topic, actor: str) -> bool:
    """Tell whether the fullest words of an utterance say that an actor wants an issue, or to do something about it:
    "the council wants control of the harbour". Outside of a quotation "he" may mean the speaker, and says nothing.
    """
    direct = u.statement.kind == "direct"
    named = [m for m in u.mentions(actor) if direct or _called(u, m) not in word_set("function_words")]
    return any(_verbs(u, topic, named, word_set("wanting")))


def has_in_mind(u: Unit, topic: Topic, actor: str) -> bool:
    """Tell whether a sentence of the fullest words opens with what an actor has in mind, and goes on to an issue: "his
    vision of a country beyond their control is …".
    """
    for m, place in _together(u, topic, u.mentions(actor)):
        sentence = u.sentence(u.statement.article, Span(m.start, m.end))
        before = [w for w in u.telling.words if sentence.start <= w.span.start and w.span.end <= m.start]
        behind = [w.folded for w in _between(u, m, place)]
        owner = _called(u, m) in _OWNERS or owns(u.segments[u.statement.article].text, m.end)
        if owner and len(before) <= OPENING and not word_set("in_mind").isdisjoint(behind[: OPENING + 1]):
            return True
    return False


def _verbs(
    u: Unit, topic: Topic, mentions: Iterable[Mentioned], among: Container[str]
) -> Iterator[tuple[Sequence[Word], str]]:
    """Yield the verbs between mentions of an actor and places of an issue, not far from either, each with the words
    that stand before it behind the actor.
    """
    for m, place in _together(u, topic, mentions):
        between = _between(u, m, place)
        for n, verb in enumerate(between[: BEHIND_ACTOR + 1]):
            if verb.folded in among and len(between) - n <= BEHIND_VERB + 1:
                yield between[:n], verb.folded


def _together(u: Unit, topic: Topic, mentions: Iterable[Mentioned]) -> Iterator[tuple[Mentioned, ArticleSpan]]:
    """Yield mentions of an actor with the places of an issue behind them in the same sentence of the fullest words."""
    article = u.statement.article
    places = [p for p in topic.places if p.article == article and u.has(p.start, p.end)]
    for m, place in product(mentions, places):
        if m.end <= place.start and place.end <= u.sentence(article, Span(m.start, m.end)).end:
            yield m, place


def _between(u: Unit, m: Mentioned, place: ArticleSpan) -> list[Word]:
    return [w for w in u.telling.words if m.end <= w.span.start and w.span.end <= place.start]


def _called(u: Unit, m: Mentioned) -> str:
    return u.segments[u.statement.article].text[m.start : m.end].casefold()
