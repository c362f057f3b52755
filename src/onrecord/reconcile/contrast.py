"""How a report sets one statement against another: with "but" or "denied" on the way to the second, or by its calling
the first a claim; and the passage where it has both.

Reporters put the answer beside what it answers and say that it is one. Nothing of this stands in the statements
themselves, so that neither their meaning nor the network of pairs knows of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, product, zip_longest
from typing import NamedTuple

from onrecord.read.words import word_list
from onrecord.reconcile.pairs import Passage, in_passage
from onrecord.reconcile.tellings import Telling
from onrecord.reconcile.units import Unit, by_article
from onrecord.reconcile.wording import Word
from onrecord.reconcile.words import word_set
from onrecord.records import Span

NEAR = 300
"""Characters between two statements at which one set against the other counts for a third (1/e). With 150 or 600
conflicts of stories kept apart are ranked as well; if it counts however far away they stand, not as well."""
PLAIN = 0.3
"""Nearness from which on a report sets one against the other plainly."""
BESIDE, GAP = 3, 700
"""Statements from one to another of an article, and characters between, up to which both are read in the passage."""
OPENING = 12
"""Characters of a sentence within which a word concedes what follows it: "And while …"."""
SILENT = 3
"""Words before one of answering among which another says that nobody answered: "declined to respond"."""


class Contrast(NamedTuple):
    """How much, 0 to 1, a report sets the later of two statements against the earlier (``answers``), and calls the
    earlier a claim beside the later (``claims``).
    """

    answers: float
    claims: float


def contrast(a: Unit, b: Unit) -> Contrast:
    """Return how the reports that have both set two utterances against each other, in the one that does so most."""
    answers, claims = 0.0, 0.0
    for (first, _), (second, _) in _in_one_report(a, b):
        near = _near(first, second)
        if near > answers and _setting_against(first, second) is not None:
            answers = near
        if near > claims and any(w.folded in word_set("claiming") for w in first.cue_words):
            claims = near
    return Contrast(answers, claims)


def set_against(a: Unit, b: Unit) -> tuple[Telling, Span] | None:
    """Return the telling that a report plainly sets against one of the other's, and the word that does."""
    found = [
        (near, second, word.span)
        for (first, _), (second, _) in _in_one_report(a, b)
        if (near := _near(first, second)) >= PLAIN and (word := _setting_against(first, second)) is not None
    ]
    return max(found, key=lambda each: each[0])[1:] if found else None


def all_set_against(told: Sequence[Unit]) -> set[tuple[int, int]]:
    """Return the pairs of utterances, by their numbers, that some report plainly sets against each other."""
    return {(min(m, n), max(m, n)) for _, m, _, n in _set_against(told)}


def denied_beside(told: Sequence[Unit]) -> dict[int, list[int]]:
    """Return the denials that every report which has them sets against something in the same sentence ("he said that,
    though she denied it"), with what that is, by the numbers of the utterances.
    """
    found: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for first, m, second, n in _set_against(told):
        if (
            first.sentence == second.sentence
            and first.span.end <= second.core.start
            and second.statement.stance == "denies"
            and not first.nested
        ):
            found[n].setdefault(second.statement.id, []).append(m)
    return {
        n: sorted(set(chain.from_iterable(by_telling.values())))
        for n, by_telling in sorted(found.items())
        if len(by_telling) == len(told[n].tellings)
    }


def _set_against(told: Sequence[Unit]) -> Iterator[tuple[Telling, int, Telling, int]]:
    """Yield the tellings that a report plainly sets against an earlier one, after it, with the numbers of both."""
    for tellings in by_article(told):
        tellings.sort(key=lambda each: _order(each[0]))
        for k, (second, n) in enumerate(tellings):
            for first, m in tellings[:k]:
                if _near(first, second) >= PLAIN and m != n and _setting_against(first, second) is not None:
                    yield first, m, second, n


def passages(a: Unit, b: Unit) -> Iterator[Passage]:
    """Yield the passages in which reports have two utterances near each other."""
    for (first, one), (second, other) in _in_one_report(a, b):
        if abs(first.rank - second.rank) <= BESIDE and second.core.start - first.core.end <= GAP:
            yield in_passage(first.text, (first.core, second.core), (one.name, other.name))


Told = tuple[Telling, Unit]


def _in_one_report(a: Unit, b: Unit) -> Iterator[tuple[Told, Told]]:
    """Yield the tellings of two utterances that one article has, with the utterance of each, the earlier first."""
    for x, y in product(a.tellings, b.tellings):
        if x.statement.article == y.statement.article:
            yield ((x, a), (y, b)) if _order(x) <= _order(y) else ((y, b), (x, a))


def _order(t: Telling) -> tuple[int, int]:
    """Return what tellings of one article are ordered by: where they begin, those that hold others before them."""
    return t.span.start, -t.span.end


def _near(first: Telling, second: Telling) -> float:
    return math.exp(-max(0, second.span.start - first.span.end) / NEAR)


def _setting_against(first: Telling, second: Telling) -> Word | None:
    """Return the report's own word that sets a statement against one before it. What is told within an answer is what
    it answers, and nothing else: "Democrats said … Pelosi dismissed the argument of Republicans that …".
    """
    if second.statement.id in first.inner:
        return next(iter(first.cue_words), None) if first.statement.stance == "denies" else None
    if second.nested:
        return None
    between = [w for w in second.lead if not w.span.start < first.span.end <= second.span.start]
    named = second.statement.source
    contrasts = (
        w
        for w in between
        if w.folded in word_set("contrasting")
        and (named is None or w.span.start < named.start or w.folded in word_set("contrasting_within"))
    )
    opening = (w for w in first.lead if first.sentence == second.sentence and w.span.start - first.sentence < OPENING)
    concessions = (w for w in opening if w.folded in word_set("conceding"))
    answers = () if second.inner else (*_answers(between), *_answers(second.cue_words))
    return next(chain(contrasts, concessions, answers), None)


def _answers(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words of answering among some, "denied", "pushed" before "back" or "brushed" before "off", but not "did
    not respond".
    """
    silent = word_set("negators") | word_set("silent")
    for n, (w, behind) in enumerate(zip_longest(words, words[1:])):
        two = behind is not None and (
            (behind.folded == "back" and w.folded in word_set("answering_back"))
            or f"{w.folded} {behind.folded}" in word_list("denial")
        )
        if (two or w.folded in word_set("answering")) and not any(
            x.folded in silent for x in words[max(0, n - SILENT) : n]
        ):
            yield w
