"""What cannot both be true: denials, claims that exclude each other, different figures; and opposing wishes.

Pairs of utterances that conflict over one thing are one card, with all who say so on either side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from onrecord.read.segments import Segments
from onrecord.reconcile.figures import Differing, apart, differing_figures
from onrecord.reconcile.issues import Topic
from onrecord.reconcile.pairs import PairNetwork
from onrecord.reconcile.positions import Evidence, Standing
from onrecord.reconcile.reasons import Opposed, reasons, subject
from onrecord.reconcile.units import Unit
from onrecord.reconcile.weighing import Pair, Weighed, Weigher, shipped, weighed
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
LIKE = 0.5
"""Nearness in meaning (cosine) to what a side says first from which on an utterance may join it. People keep apart what
one answer says of two matters: where a language model judged each pair of the stories that rules are tuned on, F1 of
conflicts made of what it judged one is 43.8 with it, 19.6 without, and the same with anything up to 0.8."""
DENIED = frozenset[ReasonKind](("denial", "told"))
"""Reasons for which a conflict is a denial."""
SAID_TO_BE = DENIED | {"set_against"}
"""Reasons by which a report itself sets one side against the other; without them, opposite stances on one issue, each
by own words, are opposing wishes."""
ANSWERED = 0.2
"""Nearness in meaning (cosine) from which on two utterances that one side answers are of one conflict. On the stories
that rules are tuned on and those kept apart, cards that share a side below it are of two matters; anything from 0.2 to
0.27 gives the same cards."""
CARDS = 40
"""Conflicts of a story by what is said, the surest ones; figures come beside."""


@dataclass
class Card:
    """A conflict in the making: the units on either side, and the chance of the pair that it began with; ``wishes``
    tells that this pair rather wishes opposite things than cannot both be true.
    """

    a: list[int]
    b: list[int]
    chance: float
    wishes: bool = False


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
    """Return the conflicts: what is denied or contradicted, the surest first, then figures, then opposing wishes on one
    issue that nothing before is about.
    """
    weigher = weigher or shipped()
    opposed = Opposed(standing.shown)
    claims = list(_claims(units, standing))
    weighed_cards = cards(weighed(units, standing.shown, network), weigher, units)
    found = [c for c in weighed_cards if _is_told(units[c.a[0]], units[c.b[0]], opposed)]
    said = [_said(card, units, opposed, topics) for card in _together([*claims, *found], units, opposed, topics)]
    things = list(_by_thing(differing_figures(readings, told, segments)))
    counted = [_figures(group) for group in things]
    figures = {r.id: r.quantities for r in readings}
    told_otherwise = [c for u in units for c in _counted(u.utterance, figures, things)]
    known = {c.about for c in said}
    wishes = [c for c in _wishes(standing) if c.about not in known]
    return tuple({c.id: c for c in (*said, *counted, *told_otherwise, *wishes)}.values())


def cards(found: Weighed, weigher: Weigher, units: Sequence[Unit]) -> list[Card]:
    """Return conflicts, the surest first: each grows from its surest pair by the utterances that say nearly what one
    side says and conflict, on average at least as surely as ``join``, with those of the other.
    """
    chances = dict(zip(found.pairs, weigher.chances(found.rows).tolist(), strict=True))
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), chance in chances.items():
        beside[i][j] = beside[j][i] = chance
    out: list[Card] = []
    covered: set[Pair] = set()
    wishes = found.wishes
    for (i, j), chance in sorted(chances.items(), key=lambda each: (-each[1], each[0])):
        if chance < weigher.sure or len(out) == CARDS:
            break
        if (i, j) in covered:
            continue
        card = Card([i], [j], chance, (i, j) in wishes)
        _grow(card, beside, weigher.join, units)
        out.append(card)
        covered.update((min(x, y), max(x, y)) for x, y in combinations((*card.a, *card.b), 2))
    return out


def _is_told(a: Unit, b: Unit, opposed: Opposed) -> bool:
    """Tell whether the reports' words say that two utterances conflict: that one speaks of the other does not."""
    return any(r.kind != "on_behalf" for r in reasons(a, b, opposed))


def _grow(card: Card, beside: Mapping[int, Mapping[int, float]], join: float, units: Sequence[Unit]) -> None:
    """Add to either side, one after another, the utterances like it that conflict most surely with the other."""
    while True:
        best: tuple[float, int, list[int]] | None = None
        for side, other in ((card.a, card.b), (card.b, card.a)):
            own = units[side[0]].telling.meaning
            against = {n for k in other for n in beside[k]} - {*card.a, *card.b}
            for n in sorted(n for n in against if float(own @ units[n].telling.meaning) >= LIKE):
                mean = sum(beside[k].get(n, 0.0) for k in other) / len(other)
                if mean >= join and (best is None or mean > best[0]):
                    best = (mean, n, side)
        if best is None:
            return
        best[2].append(best[1])


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


def _together(found: Iterable[Card], units: Sequence[Unit], opposed: Opposed, topics: Sequence[Topic]) -> list[Card]:
    """Return the cards, one that sets words of the same camps against each other as one before it joined to that."""
    out: list[Card] = []
    for card in found:
        about = subject(units[card.a[0]], units[card.b[0]], opposed, topics)
        for known in out:
            sides = ((card.a, card.b), (card.b, card.a))
            alike = about is not None and about == subject(units[known.a[0]], units[known.b[0]], opposed, topics)
            turned = next((s for s in sides if _continues(s, (known.a, known.b), units, alike)), None)
            if turned is not None:
                known.a += [i for i in turned[0] if i not in (*known.a, *known.b)]
                known.b += [i for i in turned[1] if i not in (*known.a, *known.b)]
                break
        else:
            out.append(card)
    return out


def _continues(
    sides: tuple[list[int], list[int]], known: tuple[list[int], list[int]], units: Sequence[Unit], alike: bool
) -> bool:
    """Tell whether a card's sides are of the camps of another's, and ``alike`` in subject or with an utterance in
    common; or one answers to both, as all of one side, and what it answers is not far apart.
    """
    (a, b), (known_a, known_b) = map(set, sides), map(set, known)
    of_camps = all(
        {units[i].camp for i in own} <= {units[i].camp for i in others}
        for own, others in zip(sides, known, strict=True)
    )
    if of_camps and (alike or a & known_a or b & known_b):
        return True
    answer_a, answer_b = a <= known_a or known_a <= a, b <= known_b or known_b <= b
    return (answer_a and _nearest(b, known_b, units) >= ANSWERED) or (
        answer_b and _nearest(a, known_a, units) >= ANSWERED
    )


def _nearest(one: Iterable[int], other: Iterable[int], units: Sequence[Unit]) -> float:
    """Return how near in meaning (cosine) any utterance of one side is to any of another."""
    return max(float(units[i].telling.meaning @ units[j].telling.meaning) for i, j in product(one, other))


def _said(card: Card, units: Sequence[Unit], opposed: Opposed, topics: Sequence[Topic]) -> Conflict:
    a, b = units[card.a[0]], units[card.b[0]]
    why = reasons(a, b, opposed)
    kinds = {r.kind for r in why}
    sides = [_statements(units[i] for i in side) for side in (card.a, card.b)]
    opposing = card.wishes or ("stances" in kinds and kinds.isdisjoint(SAID_TO_BE))
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
