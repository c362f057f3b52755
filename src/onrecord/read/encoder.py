"""The network, run through onnxruntime in 8-bit.

Every window goes through by itself. The scale of 8-bit activations is taken over whatever is run together, so a window
in company would get other labels than alone; by itself it cannot. Two cores are kept busy by two windows at a time.

What sentences mean is told by a network of its own: the one that reads has unlearned it (training/README.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from onrecord.read.segments import Segments
from onrecord.read.tokens import Tokens, Window, tokenise, windows
from onrecord.read.weights import CLS, SEP, Weights
from onrecord.records import Span

Floats = NDArray[np.float32]
_Inputs = dict[str, NDArray[np.int64]]
_BEGINS, _INSIDE = 1, 2
LONGEST_SENTENCE = 126
"""Word pieces of a sentence whose meaning is told: what follows is passed over."""


@dataclass(frozen=True)
class Links:
    """Link scores of one head: for each piece, a row over the pieces of the window it is read in.

    ``rows[i]`` are log-probabilities over pieces ``first[i]`` to ``first[i] + len(rows[i])``.
    """

    rows: list[Floats]
    first: list[int]

    def reach(self, piece: int) -> tuple[int, int]:
        """Return the first piece that ``piece`` can link to, and the one after the last."""
        return self.first[piece], self.first[piece] + len(self.rows[piece])

    def score(self, piece: int, target: int) -> float:
        """Return the log-probability that ``piece`` belongs to ``target``; a target out of sight is out of question."""
        at = target - self.first[piece]
        row = self.rows[piece]
        return float(row[at]) if 0 <= at < len(row) else -np.inf

    def scores(self, piece: int, targets: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the log-probabilities that ``piece`` belongs to each of ``targets``."""
        row = self.rows[piece]
        at = targets - self.first[piece]
        seen = (at >= 0) & (at < len(row))
        return np.where(seen, row[np.clip(at, 0, len(row) - 1)].astype(np.float64), -np.inf)


@dataclass(frozen=True)
class Scores:
    """What the network says of a text of N pieces: ``roles`` (N, labels), ``names`` (N, name labels) and ``mentions``
    (N, kinds), unnormalised, and ``vectors`` (N, 4 bound + 2 refer + 1), as :class:`onrecord.read.mentions.Links`
    reads them.
    """

    tokens: Tokens
    roles: Floats
    names: Floats
    mentions: Floats
    vectors: Floats
    content_to_cue: Links
    cue_to_source: Links


class Encoder:
    """The networks that read one text. Safe to share between threads.

    ``threads`` bounds how many windows run at once; by default one a core.
    """

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        self._weights = Weights(folder, threads)
        self.manifest = self._weights.manifest
        self.threads = self._weights.threads
        self.tokenizer = self._weights.tokenizer
        self._session = self._weights.session("reader.onnx")

    @property
    def weights(self) -> str:
        """The first twelve digits of the graph's hash, which outputs carry."""
        return self.manifest.sha256["reader.onnx"][:12]

    @cached_property
    def meaning(self) -> MeaningNetwork:
        """The network of meanings, loaded when first asked for."""
        return MeaningNetwork(self._weights)

    def score(self, text: str, segments: Segments) -> Scores:
        """Run the network over a text, window by window."""
        tokens = tokenise(self.tokenizer, text, segments)
        cut = windows(tokens, segments)
        results = self._weights.each(
            [(w, self._inputs(tokens, w)) for w in cut],
            lambda ready: self._scores(tokens, ready[0], self._session.run(None, ready[1])),
        )
        empty = np.zeros((0, 1), np.float32)
        return Scores(
            tokens=tokens,
            roles=np.concatenate([r[0] for r in results]) if results else empty,
            names=np.concatenate([r[3] for r in results]) if results else empty,
            mentions=np.concatenate([r[4] for r in results]) if results else empty,
            vectors=np.concatenate([r[5] for r in results]) if results else empty,
            content_to_cue=_links(cut, [r[1] for r in results]),
            cue_to_source=_links(cut, [r[2] for r in results]),
        )

    def bare(self, text: str, segments: Segments) -> Callable[[], None]:
        """Return a call that runs the network over a text's windows and keeps nothing: the most that can be had."""
        tokens = tokenise(self.tokenizer, text, segments)
        ready = [(w, self._inputs(tokens, w)) for w in windows(tokens, segments)]

        def run() -> None:
            self._weights.each(ready, lambda each: self._session.run(None, each[1]))

        return run

    def _inputs(self, tokens: Tokens, window: Window) -> _Inputs:
        here = slice(window.start, window.end)
        n = window.end - window.start

        def padded(values: NDArray[np.int64], first: int = 0, last: int = 0) -> NDArray[np.int64]:
            out = np.zeros(n + 2, np.int64)
            out[0], out[1:-1], out[-1] = first, values[here], last
            return out

        return {
            "ids": padded(tokens.ids, CLS, SEP),
            "shape": padded(tokens.shape),
            "quoted": padded(tokens.quoted),
            "opens": padded(tokens.opens),
        }

    @staticmethod
    def _scores(tokens: Tokens, window: Window, outputs: list[Floats]) -> tuple[Floats, ...]:
        """Cut the core out of a window's scores; links go to first pieces of words only."""
        roles, content_to_cue, cue_to_source, names, mentions, vectors = outputs
        here = slice(window.start, window.end)
        core = slice(window.core_start - window.start + 1, window.core_end - window.start + 1)
        blind = np.where(tokens.first[here], np.float32(0), np.float32(-1e4))
        return (
            roles[core],
            _log_softmax(content_to_cue[core, 1:-1] + blind),
            _log_softmax(cue_to_source[core, 1:-1] + blind),
            names[core],
            mentions[core],
            vectors[core],
        )


class MeaningNetwork:
    """The network that tells what sentences mean. Safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._session = weights.session("meaning.onnx")

    def meanings(self, sentences: Sequence[str]) -> list[tuple[bytes, list[Span]]]:
        """Return what sentences mean, each as a vector of 8-bit numbers (its angle counts, its length does not), with
        the noun phrases in it.
        """
        ready = [self._weights.tokenizer.encode(s, add_special_tokens=False) for s in sentences]
        found = self._weights.each(
            [each.ids[:LONGEST_SENTENCE] for each in ready],
            lambda ids: self._session.run(None, {"ids": np.array([CLS, *ids, SEP], np.int64)}),
        )
        return [
            (
                np.rint(vector * (127 / max(float(np.abs(vector).max()), 1e-9))).astype(np.int8).tobytes(),
                _phrases(labels[1:-1].argmax(-1).tolist(), each),
            )
            for each, (vector, labels) in zip(ready, found, strict=True)
        ]


def _phrases(labels: Sequence[int], sentence: Encoding) -> list[Span]:
    """Return where the phrases of a sentence stand, from the label of each of its pieces; words stay whole."""
    found: list[Span] = []
    going = False
    for label, (start, end), piece in zip(labels, sentence.offsets, sentence.tokens, strict=False):
        within = piece.startswith("##")
        if label == _BEGINS and not (within and going):
            found.append(Span(start, end))
            going = True
        elif going and (label == _INSIDE or within):
            found[-1] = Span(found[-1].start, end)
        else:
            going = False
    return found


def _links(cut: list[Window], blocks: list[Floats]) -> Links:
    rows = [row for block in blocks for row in block]
    return Links(rows, [w.start for w in cut for _ in range(w.core_start, w.core_end)])


def _log_softmax(x: Floats) -> Floats:
    shifted = x - x.max(-1, keepdims=True)
    out: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return out
