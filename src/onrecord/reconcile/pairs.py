"""Two texts read together: does one deny the other, and where does a speaker stand on what is at stake.

Two networks of one kind read both at once ("cross-encoders"): they see what vectors of single sentences cannot, that
"no one will sign" and "they have signed" do not go together. One was taught pairs of statements, the other stances.
Each pair costs a run, so what they are asked is chosen first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession

from onrecord.read.weights import CLS, SEP, Weights
from onrecord.records import Statement

Chances = NDArray[np.float64]
LONGEST = 80
"""Word pieces of either text that are read; what follows is passed over. That is what the network was trained on."""
INFERENCES = ("entailment", "neutral", "contradiction")
CONFLICTS = ("none", "conflict", "position")
STANCES = ("none", "for", "against", "conditional")


def as_told(s: Statement, text: str, speaker: str | None) -> str:
    """Return a statement as the network reads it: who, the cue, the words."""
    return as_words(speaker, s.cue.of(text) if s.cue else None, (piece.of(text) for piece in s.content))


def as_words(speaker: str | None, cue: str | None, pieces: Iterable[str]) -> str:
    """Return the same from a statement's parts."""
    return f"{speaker or ''} {cue or 'said'}: ".lstrip() + " ".join(pieces)


def on_issue(actor: str | None, issue: str) -> str:
    """Return what the network is asked of a statement: where an actor stands on an issue."""
    return f"{actor or 'somebody'}: {issue}"


@dataclass(frozen=True)
class Judged:
    """What two statements are to each other, as chances for N pairs: ``inference`` (N, 3) and ``conflict`` (N, 3), in
    the order of :data:`INFERENCES` and :data:`CONFLICTS`.
    """

    inference: Chances
    conflict: Chances


class PairNetwork:
    """Two loaded networks: one reads two statements, the other a statement beside an issue. Safe to share between
    threads.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._pairs = weights.session("pairs.onnx")
        self._stances = weights.session("stances.onnx")

    def judge(self, pairs: Sequence[tuple[str, str]]) -> Judged:
        """Read pairs of statements; what is said of one pair never depends on the others."""
        return Judged(*self._read(self._pairs, pairs, (len(INFERENCES), len(CONFLICTS))))

    def stances(self, asked: Sequence[tuple[str, str]]) -> Chances:
        """Read statements, each beside somebody on an issue (:func:`on_issue`); return chances, (N, 4), in the order
        of :data:`STANCES`.
        """
        return self._read(self._stances, asked, (len(STANCES),))[0]

    def _read(
        self, session: InferenceSession, pairs: Sequence[tuple[str, str]], widths: Sequence[int]
    ) -> list[Chances]:
        pieces = {text: self._pieces(text) for pair in pairs for text in pair}
        found = self._weights.each(pairs, lambda pair: _run(session, pieces[pair[0]], pieces[pair[1]]))
        return [
            np.array([each[i] for each in found], np.float64).reshape(len(found), width)
            for i, width in enumerate(widths)
        ]

    def _pieces(self, text: str) -> list[int]:
        return self._weights.tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST]


@cache
def shipped() -> PairNetwork:
    """Return the networks that ship with the package."""
    return PairNetwork(Weights())


def _run(session: InferenceSession, a: Sequence[int], b: Sequence[int]) -> list[Chances]:
    ids = np.array([CLS, *a, SEP, *b, SEP], np.int64)
    side = np.array([0] * (len(a) + 2) + [1] * (len(b) + 1), np.int64)
    return [_softmax(scores) for scores in session.run(None, {"ids": ids, "side": side})]


def _softmax(scores: NDArray[np.float32]) -> Chances:
    shifted = np.exp((scores - scores.max()).astype(np.float64))
    out: Chances = shifted / shifted.sum()
    return out
