"""Two texts read together: does one deny the other, and where does a speaker stand on what is at stake.

Three networks of one kind read both at once ("cross-encoders"): they see what vectors of single sentences cannot, that
"no one will sign" and "they have signed" do not go together. One was taught inference, one what is disputed between two
statements in the passage where a report has both, and one stances. Each pair costs a run, so what they are asked is
chosen first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from onrecord.read.weights import CLS, SEP, Weights
from onrecord.records import Span, Statement

Chances = NDArray[np.float64]
Pieces = tuple[list[int], list[int]]
"""Two texts in word pieces, by their numbers."""
LONGEST = 80
"""Word pieces of either text that are read; what follows is passed over. That is what the network was trained on."""
LONGEST_STATEMENT, LONGEST_BETWEEN = 64, 72
"""Word pieces of either statement of a passage, and of what stands between them, that are read; of longer ones the
middle is passed over."""
PASSAGES_BASE = "pairs.onnx"
"""The network that the one of passages takes over, but for adapters of its own."""
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


class Passage(NamedTuple):
    """Two statements where one report has both: either as "who: words", and what the report says between them."""

    first: str
    between: str
    second: str


def in_passage(text: str, cores: tuple[Span, Span], speakers: Iterable[str | None]) -> Passage:
    """Return two statements of a text by the stretches of their contents and cues and by who makes them, the earlier
    first. Nothing stands between them where one is told within the other.
    """
    told = [core.of(text) for core in cores]
    first, second = (f"{who}: {words}" if who else words for words, who in zip(told, speakers, strict=True))
    return Passage(first, text[cores[0].end : cores[1].start], second)


class PairNetwork:
    """Three networks: one tells inference, one disputes in their passage, one where somebody stands on an issue. What
    each says of a pair never depends on the others. Safe to share between threads.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._passages = weights.session("passages.onnx", PASSAGES_BASE)
        self._stances = weights.session("stances.onnx")

    @cached_property
    def _inference(self) -> InferenceSession:
        return self._weights.session("pairs.onnx")

    def inferences(self, pairs: Sequence[tuple[str, str]]) -> Chances:
        """Read pairs of sentences; return chances, (N, 3), in the order of :data:`INFERENCES`."""
        return self._read(self._inference, pairs, len(INFERENCES))

    def passages(self, asked: Sequence[Passage]) -> Chances:
        """Read pairs of statements where a report has both; return chances, (N, 3), in the order of
        :data:`CONFLICTS`.
        """
        pieces = [in_pieces(p, self._weights.tokenizer) for p in asked]
        return self._run(self._passages, pieces, len(CONFLICTS))

    def stances(self, asked: Sequence[tuple[str, str]]) -> Chances:
        """Read statements, each beside somebody on an issue (:func:`on_issue`); return chances, (N, 4), in the order
        of :data:`STANCES`.
        """
        return self._read(self._stances, asked, len(STANCES))

    def _read(self, session: InferenceSession, pairs: Sequence[tuple[str, str]], labels: int) -> Chances:
        pieces = {text: pieces_of(text, self._weights.tokenizer)[:LONGEST] for pair in pairs for text in pair}
        return self._run(session, [(pieces[a], pieces[b]) for a, b in pairs], labels)

    def _run(self, session: InferenceSession, pairs: Sequence[Pieces], labels: int) -> Chances:
        found = self._weights.each(pairs, lambda pair: _chances(session, *pair))
        return np.array(found, np.float64).reshape(len(pairs), labels)


@cache
def shipped() -> PairNetwork:
    """Return the networks that ship with the package."""
    return PairNetwork(Weights())


def pieces_of(text: str, tokenizer: Tokenizer) -> list[int]:
    """Return a text in word pieces, by their numbers."""
    pieces: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
    return pieces


def in_pieces(passage: Passage, tokenizer: Tokenizer) -> Pieces:
    """Return the two texts, in word pieces, that the network reads of a passage: the first statement, and what stands
    between with the second behind.
    """
    first, between, second = (pieces_of(part, tokenizer) for part in passage)
    return (
        _ends(first, LONGEST_STATEMENT),
        [*_ends(between, LONGEST_BETWEEN), SEP, *_ends(second, LONGEST_STATEMENT)],
    )


def _ends(pieces: list[int], longest: int) -> list[int]:
    """Return pieces without those in the middle that are too many."""
    half = longest // 2
    return pieces if len(pieces) <= longest else pieces[:half] + pieces[half - longest :]


def _chances(session: InferenceSession, a: Sequence[int], b: Sequence[int]) -> Chances:
    ids = np.array([CLS, *a, SEP, *b, SEP], np.int64)
    side = np.array([0] * (len(a) + 2) + [1] * (len(b) + 1), np.int64)
    return _softmax(session.run(None, {"ids": ids, "side": side})[0])


def _softmax(scores: NDArray[np.float32]) -> Chances:
    shifted = np.exp((scores - scores.max()).astype(np.float64))
    out: Chances = shifted / shifted.sum()
    return out
