"""Measure how well the chances of conflict rank what stories dispute.

usage: disputes.py MODELS DATA

Of the stories kept apart all disputes were listed: a finer measure than the few conflicts annotated by hand, though its
labels are a language model's. Printed are, of the pairs that are compared, average precision and the share right of
the surest, both for pairs that cannot both be true and for these with disputes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import numpy as np
from annotated import annotated_stories, listed_stories
from numpy.typing import NDArray
from relating import apart, compared, read_story

from onrecord.read import Reader
from onrecord.read.weights import Weights
from onrecord.reconcile.issues import Ranker
from onrecord.reconcile.pairs import PairNetwork
from onrecord.reconcile.weighing import Weigher

SUREST = (10, 20, 50, 100)


def ranked(models: Path, data: Path) -> tuple[NDArray[np.float64], list[str]]:
    """Return the chance of each pair compared in the stories kept apart, and what it is listed as, "" for nothing."""
    reader, network = Reader(models), PairNetwork(Weights(models))
    ranker = msgspec.json.decode((models / "issues.json").read_bytes(), type=Ranker)
    weigher = msgspec.json.decode((models / "conflicts.json").read_bytes(), type=Weigher)
    listed = {s.name: s for s in listed_stories(data)}
    chances, labels = [], []
    for story in apart(annotated_stories(data))[1]:
        ready, found = compared(read_story(story, reader), network, ranker)
        pairs = listed[story.name].pairs
        label = {frozenset(listed[story.name].told[i] for i in pair): kind for pair, kind in pairs.items()}
        chances.append(weigher.chances(found.rows))
        labels += [label.get(frozenset((ready[i].as_told, ready[j].as_told)), "") for i, j in found.pairs]
    return np.concatenate(chances), labels


def average_precision(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the mean precision, in percent, at the ranks of those right; of equal chances the first come first."""
    hits = right[np.argsort(-chances, kind="stable")]
    return float(100 * (np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


if __name__ == "__main__":
    chances, labels = ranked(Path(sys.argv[1]), Path(sys.argv[2]))
    kept = np.array([label != "position" for label in labels])
    for name, kinds in (("conflicts", ["conflict"]), ("and disputes", ["conflict", "dispute"])):
        right = np.isin(labels, kinds)[kept]
        surest = right[np.argsort(-chances[kept], kind="stable")]
        shares = ", ".join(f"{100 * surest[:n].mean():.0f} ({n})" for n in SUREST)
        told = f"{right.sum()} of {len(right)} pairs, average precision {average_precision(chances[kept], right):.1f}"
        print(f"{name}: {told}; in 100 right of the surest: {shares}")
