"""How well a dossier relates statements and actors: same utterances, conflicts, who speaks for whom, positions.

Each function takes the gold, the dossier and the statements already matched, and returns counts that can be pooled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from itertools import combinations

import msgspec

from onrecord.evaluate.scores import PRF, Counts, best_first, harmonic_mean, percent
from onrecord.evaluate.story_forms import ConflictForm, DossierForm, GoldStory

_Pairs = set[frozenset[str]]


class Matched(msgspec.Struct, frozen=True):
    """Which gold statement with content answers which predicted one, in both directions, by id.

    ``articles`` holds the article of every gold statement with content.
    """

    to_predicted: dict[str, str]
    to_gold: dict[str, str]
    articles: dict[str, str]


class Means(msgspec.Struct, frozen=True):
    """Sums of shares and how many were summed, for a precision and a recall that are means."""

    precision_sum: float = 0.0
    precision_n: int = 0
    recall_sum: float = 0.0
    recall_n: int = 0

    def __add__(self, other: Means) -> Means:
        return Means(
            self.precision_sum + other.precision_sum,
            self.precision_n + other.precision_n,
            self.recall_sum + other.recall_sum,
            self.recall_n + other.recall_n,
        )

    def prf(self) -> PRF:
        """Return the means in percent, F1 of the rounded two, and the number of gold things."""
        precision = percent(self.precision_sum, self.precision_n)
        recall = percent(self.recall_sum, self.recall_n)
        return PRF(precision, recall, harmonic_mean(precision, recall), self.recall_n)


def count_people(gold: GoldStory, dossier: DossierForm, matched: Matched) -> Counts:
    """Count pairs of matched statements: same speaker in the gold against same actor in the dossier."""
    speaker = {statement.id: statement.speaker for statement in gold.statements}
    actor = {ours: dossier.statements[theirs].speaker for ours, theirs in matched.to_predicted.items()}
    tp = fp = fn = 0
    for x, y in combinations(actor, 2):
        same = speaker[x] == speaker[y]
        said_same = actor[x] is not None and actor[x] == actor[y]
        tp += same and said_same
        fp += said_same and not same
        fn += same and not said_same
    return Counts(tp, fp, fn)


def count_same(gold: GoldStory, dossier: DossierForm, matched: Matched) -> Means:
    """Compare groups of statements that report one utterance, by their pairs across articles.

    Recall is the mean over gold groups of the share of their pairs that the dossier has, precision the mean over the
    dossier's utterances of the share of their pairs that are gold. Groups within one article are left out, and
    predicted statements that answer no gold one.
    """
    ours = [pairs for group in gold.same if (pairs := _across(group, matched))]
    to_gold = matched.to_gold
    theirs = [
        pairs
        for utterance in dossier.utterances
        if (pairs := _across([to_gold[i] for i in utterance.statements if i in to_gold], matched))
    ]
    gold_pairs, found_pairs = _union(ours), _union(theirs)
    return Means(
        precision_sum=sum(len(pairs & gold_pairs) / len(pairs) for pairs in theirs),
        precision_n=len(theirs),
        recall_sum=sum(len(pairs & found_pairs) / len(pairs) for pairs in ours),
        recall_n=len(ours),
    )


def count_conflicts(gold: GoldStory, dossier: DossierForm, matched: Matched) -> Means:
    """Compare conflicts by their pairs of one statement of each side.

    A predicted conflict is worth the share of its pairs that lie across the gold conflict it answers, at least half;
    one to one, best first. Precision is over predicted conflicts that have a matched pair, recall over gold conflicts.
    Conflicts of type "position" are left out on both sides, and pairs across a gold one are not counted.
    """
    itself = {statement.id: statement.id for statement in gold.statements}
    hard = [_cross(conflict, itself) for conflict in gold.conflicts if conflict.type != "position"]
    wishes = [_cross(conflict, itself) for conflict in gold.conflicts if conflict.type == "position"]
    soft = _union(wishes) - _union(hard)
    crossed = (_cross(conflict, matched.to_gold) for conflict in dossier.conflicts if conflict.type != "position")
    found = [pairs - soft for pairs in crossed if pairs - soft]
    shares = ((len(p & h) / len(p), i, j) for i, p in enumerate(found) for j, h in enumerate(hard))
    matches = best_first(candidate for candidate in shares if candidate[0] >= 0.5)
    worth = 0.0
    for share, _, _ in matches:
        worth += share  # one by one: sum() rounds otherwise from Python 3.12 on
    return Means(
        precision_sum=worth,
        precision_n=len(found),
        recall_sum=len(matches),
        recall_n=len(hard),
    )


def count_speaks_for(gold: GoldStory, dossier: DossierForm) -> Counts:
    """Compare links from one who speaks to one spoken for, both by name or alias.

    A gold link is found by the dossier's first link, in its own order, that fits. Predicted links count when the one
    who speaks is a speaker of the gold.
    """
    if gold.speaks_for is None:
        return Counts()
    called = {key: actor.names() for key, actor in dossier.actors.items()}
    speakers = {name for speaker in gold.speakers for name in gold.names(speaker)}
    links = list(
        dict.fromkeys(
            (key, link.actor)
            for key, actor in dossier.actors.items()
            if called[key] & speakers
            for link in actor.speaks_for or []
        )
    )
    hits = []
    for one, other in gold.speaks_for:
        ours, theirs = gold.names(one), gold.names(other)
        fitting = (link for link in links if called[link[0]] & ours and called.get(link[1], set()) & theirs)
        hits.append(next(fitting, None))
    found = [link for link in hits if link is not None]
    return Counts(len(found), len(links) - len(set(found)), len(hits) - len(found))


def count_positions(gold: GoldStory, dossier: DossierForm, matched: Matched) -> Counts:
    """Compare positions: same stance, a shared statement, and the actor's name or an alias that of the gold's actor.

    One to one, most shared statements first. The stance "unclear" is left out, and positions that rest on no matched
    statement (in the gold: on none with content).
    """
    if gold.positions is None:
        return Counts()
    to_gold, called = matched.to_gold, {key: actor.names() for key, actor in dossier.actors.items()}
    ours = [
        (position, gold.names(position.actor))
        for position in gold.positions
        if position.stance != "unclear" and any(i in matched.articles for i in position.statements)
    ]
    theirs = [
        (position, evidence)
        for position in dossier.positions
        if position.stance != "unclear" and (evidence := {to_gold[i] for i in position.statements if i in to_gold})
    ]
    matches = best_first(
        (shared, i, j)
        for i, (a, names) in enumerate(ours)
        for j, (b, evidence) in enumerate(theirs)
        if a.stance == b.stance and called.get(b.actor, set()) & names and (shared := len(evidence & set(a.statements)))
    )
    return Counts(len(matches), len(theirs) - len(matches), len(ours) - len(matches))


def _across(ids: Iterable[str], matched: Matched) -> _Pairs:
    """Return the pairs of gold statements with content that stand in different articles."""
    article = matched.articles
    return {frozenset(p) for p in combinations([i for i in ids if i in article], 2) if article[p[0]] != article[p[1]]}


def _cross(conflict: ConflictForm, known: Mapping[str, str]) -> _Pairs:
    """Return the pairs of one statement of each side, as gold ids; those not ``known`` are left out."""
    sides = [[known[i] for i in side if i in known] for side in (conflict.a, conflict.b)]
    return {frozenset((x, y)) for x in sides[0] for y in sides[1] if x != y}


def _union(sets: Iterable[Set[frozenset[str]]]) -> _Pairs:
    return {pair for pairs in sets for pair in pairs}
