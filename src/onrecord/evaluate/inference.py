"""How well the network of pairs tells entailment, neutrality and contradiction, on claims and headlines of the news."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from onrecord.evaluate.scores import Counts, percent

NEWS = ("emergent", "rte3_dev")
"""The sets of news pairs, of which a part is kept from training."""
FOLDS = 5
_DEBUNKING = re.compile(
    r"\b(?:hoax|fake|false|falsely|debunk\w*|untrue|not true|satire|rumou?r\w*)\b|\bno,", re.IGNORECASE
)


class InferenceScore(msgspec.Struct, frozen=True):
    """Of ``n`` pairs: the share told rightly, in percent, and the F1 of those told to be contradictions."""

    n: int
    accuracy: float
    contradiction: float


def held_out(pair: Mapping[str, Any]) -> bool:
    """Tell whether a pair of the news sets is for measuring: one group of five, pairs of one claim or premise together.

    ``pair`` has ``set`` and ``group``, as the lines of ``inference/pairs.jsonl.gz``.
    """
    return pair["set"] in NEWS and int(hashlib.sha256(pair["group"].encode()).hexdigest(), 16) % FOLDS == 0


def debunks(pair: Mapping[str, Any]) -> bool:
    """Tell whether either text has a word that gives a contradiction away: "hoax", "false", "no,"."""
    return any(_DEBUNKING.search(pair[side]) for side in "ab")


def score_inference(gold: Iterable[str], told: Sequence[str]) -> InferenceScore:
    """Compare labels, pair by pair."""
    pairs = list(zip(gold, told, strict=True))
    right = sum(a == b for a, b in pairs)
    tp = sum(a == b == "contradiction" for a, b in pairs)
    fp = sum(b == "contradiction" for _, b in pairs) - tp
    fn = sum(a == "contradiction" for a, _ in pairs) - tp
    return InferenceScore(len(pairs), percent(right, len(pairs)), Counts(tp, fp, fn).prf().f1)
