"""One card for one conflict: pairs of utterances that conflict over one thing, with all who say so on either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from onrecord.reconcile.issues import Topic
from onrecord.reconcile.reasons import Opposed, subject
from onrecord.reconcile.units import Unit
from onrecord.reconcile.weighing import Pair, Weighed, Weigher

LIKE = 0.5
"""Nearness in meaning (cosine) to what a side says first from which on an utterance may join it. People keep apart what
one answer says of two matters: where a language model judged each pair of the stories that rules are tuned on, F1 of
conflicts made of what it judged one is 43.8 with it, 19.6 without, and the same with anything up to 0.8."""
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
        _grow(card, beside, weigher, units)
        out.append(card)
        covered.update((min(x, y), max(x, y)) for x, y in combinations((*card.a, *card.b), 2))
    return out


def _grow(card: Card, beside: Mapping[int, Mapping[int, float]], weigher: Weigher, units: Sequence[Unit]) -> None:
    """Add to either side, one after another, the utterances like it that conflict most surely with the other, and with
    nothing on their own side.
    """
    while True:
        best: tuple[float, int, list[int]] | None = None
        for side, other in ((card.a, card.b), (card.b, card.a)):
            own = units[side[0]].telling.meaning
            against = {n for k in other for n in beside[k]} - {*card.a, *card.b}
            for n in sorted(n for n in against if float(own @ units[n].telling.meaning) >= LIKE):
                mean = sum(beside[k].get(n, 0.0) for k in other) / len(other)
                at_odds = any(beside[k].get(n, 0.0) >= weigher.sure for k in side)
                if mean >= weigher.join and not at_odds and (best is None or mean > best[0]):
                    best = (mean, n, side)
        if best is None:
            return
        best[2].append(best[1])


def together(found: Iterable[Card], units: Sequence[Unit], opposed: Opposed, topics: Sequence[Topic]) -> list[Card]:
    """Return the cards, one that sets words of the same camps against each other as one before it joined to that,
    unless any two of a side would be set against each other by a card.
    """
    every = list(found)
    at_odds = {frozenset(pair) for card in every for pair in product(card.a, card.b)}
    out: list[Card] = []
    for card in every:
        about = subject(units[card.a[0]], units[card.b[0]], opposed, topics)
        for known in out:
            alike = about is not None and about == subject(units[known.a[0]], units[known.b[0]], opposed, topics)
            turned = next(
                (
                    (a, b)
                    for a, b in ((card.a, card.b), (card.b, card.a))
                    if at_odds.isdisjoint(map(frozenset, (*product(a, known.a), *product(b, known.b))))
                    and _continues((a, b), (known.a, known.b), units, alike)
                ),
                None,
            )
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
    common; or one answers to both, as all of one side, what it answers is not far apart, and nobody would stand on
    both sides.
    """
    (a, b), (known_a, known_b) = map(set, sides), map(set, known)
    of_camps = all(_camps(own, units) <= _camps(others, units) for own, others in zip(sides, known, strict=True))
    if of_camps and (alike or a & known_a or b & known_b):
        return True
    if (_camps(a | known_a, units) & _camps(b | known_b, units)) - {None}:
        return False
    answer_a, answer_b = a <= known_a or known_a <= a, b <= known_b or known_b <= b
    return (answer_a and _nearest(b, known_b, units) >= ANSWERED) or (
        answer_b and _nearest(a, known_a, units) >= ANSWERED
    )


def _camps(side: Iterable[int], units: Sequence[Unit]) -> set[str | None]:
    return {units[i].camp for i in side}


def _nearest(one: Iterable[int], other: Iterable[int], units: Sequence[Unit]) -> float:
    """Return how near in meaning (cosine) any utterance of one side is to any of another."""
    return max(float(units[i].telling.meaning @ units[j].telling.meaning) for i, j in product(one, other))
