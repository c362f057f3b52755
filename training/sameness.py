"""Learn how likely two statements tell one act of saying, from the stories annotated for this project.

usage: sameness.py MODELS DATA FOLDS

MODELS is the folder of weights, to which same.json is written. FOLDS holds two folders of weights like it, whose
network of meanings learned from one half of the stories each (make.py makes them): a story's features come from the one
that has not seen it, so that its vectors are no better than those of a story met for the first time."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from annotated import AnnotatedStory, annotated_stories
from numpy.typing import NDArray
from regression import fit

from onrecord.evaluate.scores import best_first
from onrecord.read import Reader
from onrecord.reconcile import who_said_what
from onrecord.reconcile.candidates import candidates
from onrecord.reconcile.sameness import FEATURES, Scorer, Speakers, features
from onrecord.reconcile.tellings import tellings
from onrecord.reconcile.utterances import same
from onrecord.records import Article, StoryStatement, text_hash

NEAR = 1.0
"""Points of F1 that are given for strictness: of the bounds so near to the best the strictest are taken, since a line
that joins two sayings misleads, and one that is missed is only missed."""
FOLDS = 5
JOINS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
SPLICES = (0.4, 0.5, 0.6, 0.7)


@dataclass
class Read:
    """A story as read, with the labels carried over to the statements that were found: ``named`` says which."""

    story: AnnotatedStory
    found: dict[str, Any]
    speakers: Speakers
    named: dict[str, str]
    pairs: list[tuple[str, str]]
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    sure: NDArray[np.bool_]


def halves(stories: Sequence[AnnotatedStory], seed: int = 11) -> tuple[list[AnnotatedStory], list[AnnotatedStory]]:
    """Return the stories in two halves, by chance."""
    shuffled = list(stories)
    random.Random(seed).shuffle(shuffled)
    return shuffled[::2], shuffled[1::2]


def read_story(story: AnnotatedStory, reader: Reader) -> Read:
    """Read a story and find the labelled statements among those found."""
    readings = [reader.read(article_of(a)) for a in story.articles.values()]
    actors, _, told = who_said_what(readings)
    named = named_of(story, told)
    found, speakers = tellings(readings, told), Speakers(actors)
    compared = [(pair, relation) for pair, relation in candidates(found, speakers) if relation != "other"]
    compared, rows = features(found, compared)
    labelled = [frozenset(named.get(key, key) for key in pair) for pair, _ in compared]
    return Read(
        story,
        found,
        speakers,
        named,
        [pair for pair, _ in compared],
        rows,
        np.array([pair in story.same for pair in labelled], bool),
        np.array([pair not in story.unsure for pair in labelled], bool),
    )


def article_of(row: dict[str, Any]) -> Article:
    """Return an article of a labelled story to read."""
    text = row["text"]
    return Article(
        row["id"], text, text_hash(text), outlet=row.get("outlet"), published=row["published"], title=row.get("title")
    )


def named_of(story: AnnotatedStory, told: Sequence[StoryStatement]) -> dict[str, str]:
    """Return the label's id of each statement found, matched by half of the characters that both cover together."""
    ours = [(s.id, s.article, {i for x in s.content for i in range(x.start, x.end)}) for s in told if s.content]
    theirs = [(k, s.article, {i for a, b in s.spans for i in range(a, b)}) for k, s in story.statements.items()]
    shares = (
        (len(a & b) / len(a | b), i, j)
        for i, (_, one, a) in enumerate(ours)
        for j, (_, other, b) in enumerate(theirs)
        if one == other and a & b
    )
    matches = best_first(share for share in shares if share[0] >= 0.5)
    return {ours[i][0]: theirs[j][0] for _, i, j in matches}


def regression(read: Iterable[Read]) -> tuple[dict[str, float], float]:
    """Return weights and offset of the regression over the pairs that the labels are sure of."""
    chosen = list(read)
    rows = np.concatenate([r.rows[r.sure] for r in chosen])
    return fit(rows, np.concatenate([r.right[r.sure] for r in chosen]), FEATURES)


def group_f1(read: Iterable[Read], scorer: Scorer) -> float:
    """Return the F1 of groups, as ``evaluate`` has it: shares of pairs across articles, group by group."""
    recall, precision, gold_n, told_n = 0.0, 0.0, 0, 0
    for r in read:
        article = {k: s.article for k, s in r.story.statements.items()}
        across = {p for p in r.story.same if len({article[k] for k in p}) > 1}
        groups = [[r.named[k] for k in g if k in r.named] for g in same(r.found, r.speakers, scorer)]
        told = [{p for p in _pairs(g) if len({article[k] for k in p}) > 1} for g in groups]
        told = [pairs for pairs in told if pairs]
        everything = set().union(*told)
        precision += sum(len(pairs & (across | r.story.unsure)) / len(pairs) for pairs in told)
        told_n += len(told)
        for pairs in _components(across):
            recall += len(pairs & everything) / len(pairs)
            gold_n += 1
    p, q = precision / max(told_n, 1), recall / max(gold_n, 1)
    return 200 * p * q / max(p + q, 1e-9)


def _pairs(group: Sequence[str]) -> set[frozenset[str]]:
    return {frozenset((a, b)) for i, a in enumerate(group) for b in group[:i] if a != b}


def _components(pairs: Iterable[frozenset[str]]) -> list[set[frozenset[str]]]:
    """Return the pairs in sets that hang together."""
    out: list[tuple[set[str], set[frozenset[str]]]] = []
    for pair in pairs:
        touching = [each for each in out if each[0] & pair]
        keys, own = set(pair), {pair}
        for each in touching:
            out.remove(each)
            keys |= each[0]
            own |= each[1]
        out.append((keys, own))
    return [own for _, own in out]


def learn_sameness(models: Path, data: Path, folds: Sequence[Path]) -> Scorer:
    """Fit, choose the two bounds by how groups come out in stories not fitted on, write ``same.json``."""
    one, other = halves(annotated_stories(data))
    readers = [Reader(folder) for folder in folds]
    read = [read_story(s, readers[1]) for s in one] + [read_story(s, readers[0]) for s in other]
    random.Random(3).shuffle(read)
    lines = [regression(r for i, r in enumerate(read) if i % FOLDS != fold) for fold in range(FOLDS)]
    tried = {}
    for join, splice in product(JOINS, SPLICES):
        if splice >= join:
            by_fold = [group_f1(read[fold::FOLDS], Scorer(*line, join, splice)) for fold, line in enumerate(lines)]
            tried[join, splice] = float(np.mean(by_fold))
            print(f"join {join} splice {splice}: same, F1 {tried[join, splice]:.1f}", flush=True)
    best = max(bounds for bounds, f1 in tried.items() if f1 >= max(tried.values()) - NEAR)
    scorer = Scorer(*regression(read), *best)
    (models / "same.json").write_bytes(msgspec.json.format(msgspec.json.encode(scorer), indent=1) + b"\n")
    return scorer


if __name__ == "__main__":
    folder, corpora, halved = (Path(p) for p in sys.argv[1:])
    print(learn_sameness(folder, corpora, sorted(halved.iterdir())))
