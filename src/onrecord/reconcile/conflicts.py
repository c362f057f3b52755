"""What cannot both be true: denials, claims that exclude each other, different figures; and opposing wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.read.segments import Segments
from onrecord.reconcile.accounts import told_apart
from onrecord.reconcile.cards import Card, cards, together
from onrecord.reconcile.conditions import demands
from onrecord.reconcile.figures import Differing, apart, differing_figures
from onrecord.reconcile.issues import Topic
from onrecord.reconcile.pairs import PairNetwork
from onrecord.reconcile.positions import Evidence, Standing
from onrecord.reconcile.reasons import Opposed, reasons, subject
from onrecord.reconcile.units import Unit
from onrecord.reconcile.weighing import Weigher, shipped, weighed
from onrecord.records import (
    ArticleSpan,
    Conflict,
    ConflictType,
    Quantity,
    Reading,
    Reason,
    ReasonKind,
    StoryStatement,
    Utterance,
    make_id,
)

CLAIMED = 0.9
"""Chance from which on what one tells of another's stance, not plainly, is held against the other's words, that of both
together. On the annotated stories that rules are tuned on and the labelled ones kept apart, the surest of such claims
has 0.85, and is wrong."""
SURE_OF_OWN = 0.65
"""Chance of a stance by own words from which on it is held against what another tells."""
TOLD_APART = 0.8
"""Chance of a conflict where a report says itself that accounts differ, or that their speaker took back the first. So
it does nine times in the 840 training articles of PolNeAR; seven are conflicts."""
DENIED = frozenset[ReasonKind](("denial", "told"))
"""Reasons for which a conflict is a denial."""
SAID_TO_BE = DENIED | {"set_against"}
"""Reasons by which a report itself sets one side against the other; without them, opposite stances on one issue, each
by own words, are opposing wishes."""


def conflicts(
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    units: Sequence[Unit],
    topics: Sequence[Topic],
    standing: Standing,
    segments: Mapping[str, Segments],
    network: PairNetwork,
    weigher: Weigher | None = None,
) -> tuple[Conflict, ...]:
    """Return the conflicts: what is told of somebody's stance against their own words, what else is denied or
    contradicted, the surest first, then figures, then opposing wishes on one issue that nothing before is about.
    """
    weigher = weigher or shipped()
    opposed = Opposed(standing.shown)
    weighed_cards = cards(weighed(units, standing.shown, network), weigher, units)
    found = [c for c in weighed_cards if _is_told(units[c.a[0]], units[c.b[0]], opposed)]
    found += [Card([x.earlier], [x.later], TOLD_APART) for x in told_apart(units)]
    surest_first = [*_claims(units, standing), *sorted(found, key=lambda card: -card.chance)]
    said = [_said(card, units, opposed, topics) for card in together(surest_first, units, opposed, topics)]
    things = list(_by_thing(differing_figures(readings, told, segments)))
    counted = [_figures(group) for group in things]
    figures = {r.id: r.quantities for r in readings}
    told_otherwise = [c for u in units for c in _counted(u.utterance, figures, things)]
    known = {c.about for c in said}
    wishes = [c for c in _wishes(standing) if c.about not in known]
    return tuple({c.id: c for c in (*said, *counted, *told_otherwise, *wishes)}.values())


def _is_told(a: Unit, b: Unit, opposed: Opposed) -> bool:
    """Tell whether the reports' words say that two utterances conflict: that one speaks of the other does not."""
    return any(r.kind != "on_behalf" for r in reasons(a, b, opposed))


def _claims(units: Sequence[Unit], standing: Standing) -> Iterator[Card]:
    """Yield what is said of somebody's stance against the words of these themselves, or of who speaks for them: one
    card for each issue and each whose stance on it is told.
    """
    number = {u.id: i for i, u in enumerate(units)}
    camps = standing.camps
    told: dict[tuple[int, str, str], list[Evidence]] = defaultdict(list)
    for e in standing.shown:
        if e.second_hand and e.stance in ("for", "against"):
            told[id(e.topic), camps[e.actor], e.stance].append(e)
    for (topic, camp, stance), claims in told.items():
        own = [
            e
            for e in standing.shown
            if not e.second_hand
            and id(e.topic) == topic
            and camps[e.actor] == camp
            and {e.stance, stance} == {"for", "against"}
            and e.chance >= SURE_OF_OWN
            and any(e.topic.same_name(e.unit, claim.unit) for claim in claims)
        ]
        a = list(dict.fromkeys(number[e.unit.id] for e in claims if e.unit.camp != camp))
        b = [n for n in dict.fromkeys(number[e.unit.id] for e in own) if n not in a]
        if a and b:
            chance = max(e.chance for e in claims) * max(e.chance for e in own)
            if chance >= CLAIMED or any(e.plain for e in claims):
                yield Card(a, b, chance)


def _said(card: Card, units: Sequence[Unit], opposed: Opposed, topics: Sequence[Topic]) -> Conflict:
    a, b = units[card.a[0]], units[card.b[0]]
    why = reasons(a, b, opposed)
    kinds = {r.kind for r in why}
    sides = [_statements(units[i] for i in side) for side in (card.a, card.b)]
    wished = card.wishes or all(demands(u.statement, u.telling.text) for u in (a, b))
    opposing = wished or ("stances" in kinds and kinds.isdisjoint(SAID_TO_BE))
    if opposing and opposed.first_hand(a, b):
        of_type: ConflictType = "position"
    else:
        of_type = "contradiction" if kinds.isdisjoint(DENIED) else "denial"
    return Conflict(
        id=make_id("c", *sides[0], "|", *sides[1]),
        type=of_type,
        a=sides[0],
        b=sides[1],
        about=subject(a, b, opposed, topics),
        why=why,
        score=round(card.chance, 3),
    )


def _statements(side: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for u in side for k in u.utterance.statements))


def _by_thing(found: Iterable[Differing]) -> Iterator[list[Differing]]:
    """Yield differing figures in groups of the same two values for one thing, however many reports give them."""
    groups: dict[tuple[object, ...], list[Differing]] = defaultdict(list)
    for d in found:
        one, other = d.a.quantity, d.b.quantity
        turned = d if one.value <= other.value else replace(d, a=d.b, b=d.a)
        groups[one.kind, d.a.head, turned.a.quantity.value, turned.b.quantity.value, d.update].append(turned)
    yield from groups.values()


def _figures(group: Sequence[Differing]) -> Conflict:
    first = group[0]
    sides = [list(dict.fromkeys(d.a for d in group)), list(dict.fromkeys(d.b for d in group))]
    statements = [tuple(dict.fromkeys(f.statement for f in side if f.statement)) for side in sides]
    passages = [
        tuple(dict.fromkeys(ArticleSpan(f.article, f.sentence.start, f.sentence.end) for f in side if not f.statement))
        for side in sides
    ]
    return Conflict(
        id=make_id("c", "figures", *(f"{f.article}:{f.quantity.start}" for f in (first.a, first.b))),
        type="figures",
        a=statements[0],
        b=statements[1],
        a_passages=passages[0],
        b_passages=passages[1],
        about=first.about,
        why=(Reason("figures", first.a.place, first.b.place),),
        score=round(first.shared, 3),
        update=first.update,
    )


def _counted(
    u: Utterance,
    figures: Mapping[str, Sequence[Quantity]],
    things: Iterable[Sequence[Differing]],
) -> Iterator[Conflict]:
    """Yield the figures that reports give in one act of saying, where they differ: one conflict for the same two
    values, and none for those that ``things`` has of this act already.
    """
    known = {
        frozenset((d.a.quantity.value, d.b.quantity.value))
        for group in things
        for d in group
        if not {d.a.statement, d.b.statement}.isdisjoint(u.statements)
    }
    groups: dict[frozenset[float], list[tuple[str, ArticleSpan, ArticleSpan]]] = defaultdict(list)
    for v in u.variants:
        for d in v.differences:
            if d.kind == "changed" and d.own and d.fullest:
                one, other = _figure_at(d.fullest, figures), _figure_at(d.own, figures)
                if one and other and one.kind == other.kind and one.base_unit == other.base_unit and apart(one, other):
                    groups[frozenset((one.value, other.value))].append((v.statement, d.fullest, d.own))
    for values, found in groups.items():
        if values not in known:
            own, place, places = found[0]
            yield Conflict(
                id=make_id("c", "reworded", own, u.fullest, str(place.start)),
                type="figures",
                a=(u.fullest,),
                b=tuple(dict.fromkeys(statement for statement, *_ in found)),
                why=(Reason("figures", place, places),),
            )


def _figure_at(place: ArticleSpan, figures: Mapping[str, Sequence[Quantity]]) -> Quantity | None:
    return next((q for q in figures[place.article] if q.start < place.end and place.start < q.end), None)


def _wishes(standing: Standing) -> Iterator[Conflict]:
    """Yield opposing wishes: one card for each sticking point, with what each actor says most surely."""
    name = {issue.id: issue.name for issue in standing.issues}
    for point in standing.sticking_points:
        sides = [
            tuple(
                dict.fromkeys(
                    p.strongest
                    for actor in actors
                    for p in standing.positions
                    if (p.issue, p.stance, p.actor, p.second_hand) == (point.issue, stance, actor, False)
                    and p.strongest is not None
                )
            )
            for stance, actors in (("for", point.for_), ("against", point.against))
        ]
        both = set(sides[0]) & set(sides[1])
        a, b = (tuple(k for k in side if k not in both) for side in sides)
        if a and b:
            yield Conflict(id=make_id("c", "position", point.issue), type="position", a=a, b=b, about=name[point.issue])
