"""Who stands where: the stance of each speaker on what is at issue, with the words that show it.

A noun phrase of the reports becomes an issue by somebody's taking a side on it: the network of pairs reads what was
said beside "speaker: issue" and tells ``for``, ``against``, ``conditional`` or nothing. What it says of one whom the
words mention, not of their speaker, is second-hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise, product
from typing import Literal

import numpy as np

from onrecord.reconcile.issues import Topic
from onrecord.reconcile.pairs import STANCES, PairNetwork, on_issue
from onrecord.reconcile.secondhand import has_in_mind, plain_side, wants
from onrecord.reconcile.units import Unit, camps_of
from onrecord.reconcile.words import word_set
from onrecord.records import (
    ArticleSpan,
    Issue,
    NamedCondition,
    Position,
    Span,
    StickingPoint,
    StoryActor,
    StoryStatement,
    make_id,
)

Stance = Literal["for", "against", "conditional"]
Shown = Literal["for", "against", "conditional", "unclear"]
_SIDES: tuple[Stance, Stance] = ("for", "against")

ISSUES = 12
"""Issues of a story."""
ASKED = 800
"""Pairs of an utterance and a phrase that the network reads, those of the likeliest phrases first: it bounds time."""
NEAR = 1
"""Phrases nearest in meaning that an utterance is held against beside those which it names."""
BEFORE = 2
"""Phrases that the statement before names, the likeliest, that it is held against too."""
LEAST_NEAR = 0.3
"""Cosine from which on a phrase is near."""
SURE = 0.45
"""Chance from which on a stance is taken on what the words name."""
SURE_OF_NEAR = 0.2
"""The same on what they do not name, of which the network is seldom sure; of one whom they only mention it is
:data:`SURE_OF_OTHERS`. On the stories that rules are tuned on, with 0.35 the F1 of positions falls from 49.5 to
45.2, end to end."""
SURE_OF_OTHERS = 0.9
"""For evidence that may be held against somebody's own words."""
TOLD = 0.97
"""Chance from which on a stance that another tells, not plainly, is a position. On the stories that rules are tuned on
nothing more of people's is found with 0.9, and precision falls by a point."""
WANTED = 0.5
"""Chance that another is for an issue from which on what he is said to want is his side of it, not that of who tells
it. Of 23 issues that speakers of the annotated stories tell so, in those learned from and those kept apart, the network
is this sure of 14; of the others, "she wants to abolish" it, it says that the other is against it."""
MINOR = 0.5
"""Share of an actor's strongest stance on an issue that another of theirs needs to stand beside it."""
BOUND = 0.6
"""Chance that a stance has at least which words make plain: a condition ("only if …"), or a verb of acceptance or
refusal in what is told of another."""
CLEAR = 1.1
"""How many times as strong the evidence of one side is, from which on that of the other is passed over. On the stories
that rules are tuned on 1.0 finds as much, but then a hair's breadth takes a side.
"""
CHANGED = 30
"""Days from which on two stances of an actor are a change of mind."""
SAME_EVIDENCE, SAME_EVIDENCE_OF_LIKELY = 0.4, 0.5
"""Share of an issue's evidence that an issue before it may have, and of one that is :data:`LIKELY` of itself: with
more, both are one thing under two names."""
STUCK = 0.5
"""Chance that the surest on either side of a sticking point has at least: with more the one over the agreement of the
example story is lost. Read by eye on 29 stories, four of the six between this and 0.6 are right."""
VERY_SURE = 0.6
"""Chance from which on somebody is for what their words negate: who says that there is no agreement on monitors seldom
is for them. On the stories that rules are tuned on, statements given, 0.9 finds 45 of 100 positions instead of 48, with
76 of 100 right instead of 71."""
NEGATED = 4
"""Words before an issue's name among which a negation bears on it."""
PLAIN, VERY_PLAIN = 0.4, 0.45
"""Chances from which on a side is taken plainly, and very plainly, by words that name the issue."""
BOTH_SURE = 0.8
"""Chance from which on one who names an issue as what a side is taken on, and another who only bears on it, make it
one together. F1 of positions on the stories that rules are tuned on is 59.5 with it and 57.3 without, statements given,
50.5 and 49.5 end to end; on the stories kept apart it changes nothing, and with 0.65 for the other it falls by 0.1."""
LEAST_CHANCE = 0.12
"""Chance of a phrase from which on it may be an issue where words of taking sides come before it."""
LIKELY = 0.45
"""The same where none do. On the stories that rules are tuned on, 66 of 100 positions found are right with this and the
bound before, end to end; with 0.35 here, 62. A false position costs more than a missed one.
"""
PRIOR = 0.3
"""Power of a phrase's own chance in what an issue weighs."""
PEOPLE = frozenset({"person", "government", "organisation", "group"})


@dataclass(frozen=True)
class Evidence:
    """What one utterance shows of an actor's stance on a topic, which it names or only bears on; ``chance`` is the
    network's. ``plain`` is what is told of another by a verb of acceptance or refusal.
    """

    unit: Unit
    topic: Topic
    actor: str
    stance: Stance
    chance: float
    second_hand: bool
    named: bool
    plain: bool = False


@dataclass(frozen=True)
class _Asked:
    unit: Unit
    topic: Topic
    actor: str
    second_hand: bool
    named: bool
    wants: bool = False
    """Whether the words say that the actor, not their speaker, wants the issue, or to do something about it."""

    @property
    def sure(self) -> float:
        """The chance from which on a stance is taken."""
        return SURE_OF_OTHERS if self.second_hand else SURE if self.named else SURE_OF_NEAR


@dataclass(frozen=True)
class Standing:
    """The issues of a story with who stands where on each, and the conditions that are named."""

    issues: tuple[Issue, ...]
    positions: tuple[Position, ...]
    sticking_points: tuple[StickingPoint, ...]
    conditions: tuple[NamedCondition, ...]
    shown: tuple[Evidence, ...]
    """All evidence that was found, that on phrases which became no issue included."""
    camps: Mapping[str, str]
    """For each actor the one that stands for all who speak for each other with it."""


def standing(
    told: Sequence[Unit],
    topics: Sequence[Topic],
    statements: Iterable[StoryStatement],
    actors: Sequence[StoryActor],
    network: PairNetwork,
) -> Standing:
    """Return the issues in the order of what is said on each, positions by issue, stance and first words.

    ``statements`` are the story's, with the days on which they were said.
    """
    camps = camps_of(actors)
    shown = _evidence(told, topics, actors, camps, network)
    named = [(_issue(topic), kept) for topic, kept in _issues(shown)]
    place = {u.id: i for i, u in enumerate(told)}
    day = {s.id: s.said_on.from_ for s in statements if s.said_on and s.said_on.from_}
    conditions = tuple(_conditions(told, named))
    positions = [p for issue, kept in named for p in _positions(issue, kept, place, day)]
    return Standing(
        issues=tuple(issue for issue, _ in named),
        positions=tuple(positions),
        sticking_points=tuple(_sticking(named, conditions, camps)),
        conditions=conditions,
        shown=tuple(shown),
        camps=camps,
    )


def _evidence(
    told: Sequence[Unit],
    topics: Sequence[Topic],
    actors: Sequence[StoryActor],
    camps: Mapping[str, str],
    network: PairNetwork,
) -> list[Evidence]:
    """Ask the network where speakers, and those whom their words mention, stand on what they speak of. Who tells what
    another wants does not stand for it thereby.
    """
    name = {a.id: a.name for a in actors}
    people = {a.id for a in actors if a.kind in PEOPLE}
    asked = list(islice(_asked(told, topics, people, camps), ASKED))
    chances = network.stances([(q.unit.as_told, on_issue(name[q.actor], q.topic.named_in(q.unit))) for q in asked])
    wanted = {
        (q.unit.id, q.topic.name)
        for q, row in zip(asked, chances, strict=True)
        if q.wants and row[STANCES.index("for")] >= WANTED
    }
    found = []
    for q, row in zip(asked, chances, strict=True):
        best = 1 + int(row[1:].argmax())
        chance, bound = float(row[best]), _bound(q)
        plain = q.second_hand and plain_side(q.unit, q.topic, q.actor) == STANCES[best]
        if plain or bound == "conditional":
            chance = max(chance, BOUND)
        in_doubt = STANCES[best] == "for" and chance < VERY_SURE and not bound and _negated(q)
        if plain or (chance >= q.sure and not in_doubt):
            stance = bound or _STANCES[STANCES[best]]
            if stance == "for" and not q.second_hand and (q.unit.id, q.topic.name) in wanted:
                continue
            found.append(Evidence(q.unit, q.topic, q.actor, stance, chance, q.second_hand, q.named, plain))
    return found


def _asked(
    told: Sequence[Unit], topics: Sequence[Topic], people: Container[str], camps: Mapping[str, str]
) -> Iterator[_Asked]:
    """Yield what the network is asked, the utterances that name the likeliest phrases first: where their speakers
    stand, with whom they say to want something; then where the first stands whom others mention.
    """
    if not topics:
        return
    naming = [t.naming(told) for t in topics]
    named = [{u.id for u in units} for units in naming]
    centres = np.array([t.centre(told) for t in topics])
    before = _before(told, named)
    near: dict[int, list[Unit]] = defaultdict(list)
    for u in told:
        cosines = (u.telling.vectors @ centres.T).max(0)
        nearest = [k for k in np.argsort(-cosines, kind="stable")[:NEAR].tolist() if cosines[k] >= LEAST_NEAR]
        for k in dict.fromkeys((*before[u.id][:BEFORE], *nearest)):
            if u.id not in named[k]:
                near[k].append(u)
    wanting: set[tuple[int, str]] = set()
    for k, topic in enumerate(topics):
        for u in (*naming[k], *near[k]):
            others = [a for a in _others(u, people) if camps[a] != u.camp]
            if u.speaker is None or topic.beside(u) or any(has_in_mind(u, topic, a) for a in others):
                continue
            yield _Asked(u, topic, u.speaker, False, u.id in named[k])
            for actor in islice((a for a in others if wants(u, topic, a)), 1):
                wanting.add((k, u.id))
                yield _Asked(u, topic, actor, True, True, wants=True)
    for k, topic in enumerate(topics):
        for u in naming[k]:
            if (k, u.id) not in wanting:
                yield from (_Asked(u, topic, actor, True, True) for actor in islice(_others(u, people), 1))


def _others(u: Unit, people: Container[str]) -> Iterator[str]:
    """Yield those whom an utterance mentions beside its speaker and whom the speaker speaks for, in their order."""
    for actor in u.mentioned:
        if actor in people and actor not in u.principals | u.inner_speakers and not u.only_owns(actor):
            yield actor


def _before(told: Sequence[Unit], named: Sequence[set[str]]) -> dict[str, list[int]]:
    """Return the topics that the statement before an utterance names in its article: "such a move" may mean them."""
    topics: dict[str, list[int]] = defaultdict(list)
    for k, ids in enumerate(named):
        for key in ids:
            topics[key].append(k)
    by_article: dict[str, list[Unit]] = defaultdict(list)
    for u in told:
        by_article[u.statement.article].append(u)
    out: dict[str, list[int]] = defaultdict(list)
    for units in by_article.values():
        ordered = sorted(units, key=lambda u: u.telling.rank)
        for one, other in pairwise(ordered):
            out[other.id] = topics[one.id]
    return out


def _bound(q: _Asked) -> Stance | None:
    """Return the stance that a condition in the words makes plain: for what it asks, conditional on what it bounds."""
    if q.second_hand:
        return None
    for c in q.unit.conditions:
        if _names(q, c.span):
            return "for"
        if c.bounds and _names(q, q.unit.sentence(q.unit.statement.article, c.span)):
            return "conditional"
    return None


_STANCES: dict[str, Stance] = {"for": "for", "against": "against", "conditional": "conditional"}


def _names(q: _Asked, place: Span) -> bool:
    article = q.unit.statement.article
    return any(p.article == article and place.start <= p.start and p.end <= place.end for p in q.topic.places)


def _issues(shown: Iterable[Evidence]) -> list[tuple[Topic, list[Evidence]]]:
    """Return the topics that are issues with their evidence, those of most weight first; none that has its evidence
    from another, and none of which no report speaks as of something that sides are taken on.
    """
    by_topic: dict[int, list[Evidence]] = defaultdict(list)
    for e in shown:
        told = not e.second_hand or e.plain or (e.chance >= TOLD and not e.topic.before(e.unit, e.actor))
        if told and e.topic.chance >= (LEAST_CHANCE if e.topic.sided else LIKELY):
            by_topic[id(e.topic)].append(e)
    found = [(kept[0].topic, kept) for kept in by_topic.values()]
    found.sort(key=lambda each: (-_weight(*each), each[0].name))
    out: list[tuple[Topic, list[Evidence]]] = []
    for topic, kept in found:
        own = {e.unit.id for e in kept}
        known = [own & {e.unit.id for e in others} for _, others in out]
        most = len(own) * (SAME_EVIDENCE_OF_LIKELY if topic.chance >= LIKELY else SAME_EVIDENCE)
        if len(own) > 1 and _at_stake(kept) and not any(len(shared) > most for shared in known):
            out.append((topic, kept))
        if len(out) == ISSUES:
            break
    return out


def _negated(q: _Asked) -> bool:
    """Tell whether the fullest words name the issue right behind a negation."""
    words = q.unit.telling.words
    starts = {p.start for p in q.topic.places if p.article == q.unit.statement.article}
    return any(
        w.span.start in starts and any(x.folded in word_set("negators") for x in words[max(0, i - NEGATED) : i])
        for i, w in enumerate(words)
    )


def _at_stake(kept: Sequence[Evidence]) -> bool:
    """Tell whether somebody takes a side on an issue by naming it: two actors surely; or one very surely where it is
    named more than once, or behind a word of taking sides where another takes a side as surely.
    """
    sure = [e for e in kept if e.named and e.chance >= PLAIN]
    if len({e.actor for e in sure}) > 1:
        return True
    both = [e for e in kept if e.chance >= BOTH_SURE]
    if len({e.actor for e in both}) > 1 and any(e.named and e.topic.sided_in(e.unit) for e in both):
        return True
    return any(e.chance >= VERY_PLAIN and len(e.topic.statements) > 1 for e in sure)


def _weight(topic: Topic, kept: Iterable[Evidence]) -> float:
    return float(sum(e.chance for e in kept) * topic.chance**PRIOR)


def _issue(topic: Topic) -> Issue:
    first = topic.places[0]
    return Issue(make_id("i", topic.name, first.article, str(first.start)), topic.name, tuple(topic.places))


def _positions(
    issue: Issue, kept: Sequence[Evidence], place: Mapping[str, int], day: Mapping[str, str]
) -> Iterator[Position]:
    """Yield the positions on one issue: of each actor the strongest stance, and others not much weaker. Who is both for
    and against it at about the same time is unclear, unless one side is much the stronger.
    """
    held: dict[tuple[str, bool], list[Evidence]] = defaultdict(list)
    for e in kept:
        held[e.actor, e.second_hand].append(e)
    out = []
    for (actor, second_hand), evidence in held.items():
        for stance, found in _stands(_by_stance(evidence), day).items():
            ordered = sorted(found, key=lambda e: place[e.unit.id])
            out.append((place[ordered[0].unit.id], _position(actor, issue, stance, ordered, second_hand, day)))
    order = ("for", "against", "conditional", "unclear")
    yield from (p for _, p in sorted(out, key=lambda each: (order.index(each[1].stance), each[0], each[1].actor)))


def _stands(stances: Mapping[Stance, list[Evidence]], day: Mapping[str, str]) -> dict[Shown, list[Evidence]]:
    """Return where one actor stands by the evidence for each stance."""
    strength = {stance: sum(e.chance for e in found) for stance, found in stances.items()}
    out: dict[Shown, list[Evidence]] = {
        stance: found for stance, found in stances.items() if strength[stance] >= MINOR * max(strength.values())
    }
    if "for" in stances and "against" in stances and not _apart(stances["for"], stances["against"], day):
        weaker, stronger = sorted(_SIDES, key=lambda side: strength[side])
        out.pop(weaker, None)
        if strength[stronger] < CLEAR * strength[weaker]:
            out.pop(stronger, None)
            out["unclear"] = [*stances["for"], *stances["against"]]
    return out


def _by_stance(evidence: Sequence[Evidence]) -> dict[Stance, list[Evidence]]:
    """Return the evidence of one actor for each stance; what does not name the issue says nothing against what does."""
    named = {e.stance for e in evidence if e.named}
    out: dict[Stance, list[Evidence]] = defaultdict(list)
    for e in evidence:
        if e.stance in named or not named:
            out[e.stance].append(e)
    return out


def _apart(one: Iterable[Evidence], other: Iterable[Evidence], day: Mapping[str, str]) -> bool:
    """Tell whether all of one was said :data:`CHANGED` days or more from all of the other, so that a stance changed."""
    first, second = (
        [date.fromisoformat(day[k]) for e in side for k in e.unit.utterance.statements if k in day]
        for side in (one, other)
    )
    return bool(first and second) and min(abs((x - y).days) for x, y in product(first, second)) >= CHANGED


def _position(
    actor: str,
    issue: Issue,
    stance: Shown,
    found: Sequence[Evidence],
    second_hand: bool,
    day: Mapping[str, str],
) -> Position:
    told = tuple(dict.fromkeys(k for e in found for k in e.unit.utterance.statements))
    days = sorted(day[k] for k in told if k in day)
    conditions = [
        ArticleSpan(e.unit.statement.article, c.span.start, c.span.end)
        for e in found
        for c in e.unit.conditions
        if stance == "conditional" and c.bounds
    ]
    return Position(
        actor=actor,
        issue=issue.id,
        stance=stance,
        statements=told,
        condition=conditions[0] if conditions else None,
        second_hand=second_hand,
        without_naming=not any(e.named for e in found),
        from_=days[0] if days else None,
        to=days[-1] if days else None,
        score=round(max(e.chance for e in found), 3),
        strongest=max(found, key=lambda e: e.chance).unit.utterance.fullest,
    )


def _conditions(told: Sequence[Unit], named: Sequence[tuple[Issue, Sequence[Evidence]]]) -> Iterator[NamedCondition]:
    """Yield the conditions that are named, with who names each and the issues that their utterances bear on."""
    issues: dict[str, list[str]] = defaultdict(list)
    for issue, kept in named:
        for e in kept:
            if issue.id not in issues[e.unit.id]:
                issues[e.unit.id].append(issue.id)
    for u in told:
        for s, c in u.all_conditions:
            mentioned = u.opens_with(s, c.span) if s.kind == "indirect" and not c.demanded else None
            actor = mentioned or u.speaker
            if actor is not None:
                yield NamedCondition(
                    actor=actor,
                    statement=s.id,
                    span=ArticleSpan(s.article, c.span.start, c.span.end),
                    issues=tuple(issues[u.id]),
                    second_hand=c.held or actor not in u.principals,
                    demanded=c.demanded,
                )


def _sticking(
    named: Sequence[tuple[Issue, Sequence[Evidence]]],
    conditions: Sequence[NamedCondition],
    camps: Mapping[str, str],
) -> Iterator[StickingPoint]:
    """Yield the issues on which actors stand against each other by first-hand words that name them plainly, strongest
    evidence first. Those who speak for each other and stand on either side stand on none.
    """
    known: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for issue, evidence in named:
        for e in evidence:
            if not e.second_hand and e.named and e.chance >= PLAIN:
                side = known[issue.id][e.stance]
                side[e.actor] = max(e.chance, side.get(e.actor, 0.0))
    found = []
    for issue, _ in named:
        stances = known[issue.id]
        sides = {s: {a: v for a, v in stances[s].items() if v >= _other(stances, s, a)} for s in ("for", "against")}
        both = {camps[a] for a in sides["for"]} & {camps[a] for a in sides["against"]}
        sides = {s: {a: v for a, v in held.items() if camps[a] not in both} for s, held in sides.items()}
        if all(held and max(held.values()) >= STUCK for held in sides.values()):
            point = StickingPoint(
                issue=issue.id,
                for_=_strongest(sides["for"]),
                against=_strongest(sides["against"]),
                conditional=_strongest(stances["conditional"]),
                conditions=tuple(i for i, c in enumerate(conditions) if issue.id in c.issues),
            )
            found.append((min(max(held.values()) for held in sides.values()), point))
    yield from (point for _, point in sorted(found, key=lambda each: -each[0]))


def _other(stances: Mapping[str, Mapping[str, float]], stance: str, actor: str) -> float:
    return max((held.get(actor, 0.0) for name, held in stances.items() if name != stance), default=0.0)


def _strongest(side: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(side, key=lambda a: (-side[a], a)))
