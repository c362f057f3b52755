"""Scores -> attributions: the best label path, its spans, and which of them belong together."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.read.encoder import Floats, Links, Scores
from onrecord.read.weights import Manifest
from onrecord.records import Span

Role = Literal["source", "cue", "content"]

OPENING = 0.4
"""Added to the score of opening a span, since the network opens too few. Tuned on PolNeAR's development part, where it
takes source/cue/content in sentences from 81.0/73.1/67.8 to 81.5/73.3/68.0 and linked F1 from 67.0 to 67.2."""
LINKING = 6
"""Words at either end of a content whose links count: its middle may lie far from the cue."""
SEEN = 0.1
"""Probability of its best link under which a content span belongs to no cue in sight."""


@dataclass(frozen=True)
class Found:
    """A span of one role in pieces ``first`` to ``last`` (end excluded), with the mean probability of its labels."""

    role: Role
    first: int
    last: int
    span: Span
    certainty: float


@dataclass(frozen=True)
class Attribution:
    """Spans that the reader holds together. ``certainty`` is the chance that people hold them together too.

    ``turn`` marks "Name: words", where a colon stands for the cue.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    certainty: float
    turn: bool = False


@dataclass
class _Draft:
    cue: Found | None
    source: Found | None = None
    content: list[Found] = field(default_factory=list)
    links: list[float] = field(default_factory=list)


def attributions(scores: Scores, manifest: Manifest) -> list[Attribution]:
    """Return the attributions of a text in the order of their cues."""
    found = spans(scores, manifest)
    sources = _Near([f for f in found if f.role == "source"])
    cues = _Near([f for f in found if f.role == "cue"])
    drafts = {cue.first: _Draft(cue) for cue in cues.spans}
    alone: list[_Draft] = []
    for cue in cues.spans:
        source, certainty = _source_of(cue, sources, scores.cue_to_source)
        drafts[cue.first].source = source
        drafts[cue.first].links.append(certainty)
    for content in (f for f in found if f.role == "content"):
        best, certainty = _cue_of(content, cues, scores)
        if best is None or certainty < SEEN:
            draft = _Draft(None)
            alone.append(draft)
        else:
            draft = drafts[best.first]
        draft.content.append(content)
        draft.links.append(certainty)
    return [_finished(d, manifest) for d in sorted([*drafts.values(), *alone], key=_place) if d.content or d.source]


class _Near:
    """Spans of one role in order, to be looked up by where a link can reach."""

    def __init__(self, spans: list[Found]) -> None:
        self.spans = spans
        self._first = [s.first for s in spans]

    def within(self, first: int, last: int) -> list[Found]:
        """Return the spans that begin at pieces ``first`` to ``last``, end excluded."""
        return self.spans[bisect_left(self._first, first) : bisect_left(self._first, last)]


def spans(scores: Scores, manifest: Manifest) -> list[Found]:
    """Return the spans of the best label path over words, in order."""
    tokens = scores.tokens
    words = np.flatnonzero(tokens.first)
    if not len(words):
        return []
    opening = OPENING * np.array([label.startswith("B-") for label in manifest.labels])
    path = best_path(scores.roles[words], np.array(manifest.transitions) + opening, np.array(manifest.starts) + opening)
    chances = _softmax(scores.roles[words])
    ends = np.append(words[1:], len(tokens))
    out: list[Found] = []
    i = 0
    while i < len(path):
        if path[i] == 0:
            i += 1
            continue
        role: Role = manifest.labels[path[i]][2:]  # type: ignore[assignment]
        j = i + 1
        while j < len(path) and path[j] == path[i] + 1:
            j += 1
        first, last = int(words[i]), int(ends[j - 1])
        certainty = float(chances[i:j, path[i] : path[i] + 2].sum(-1).mean())
        out.append(Found(role, first, last, Span(int(tokens.start[first]), int(tokens.end[last - 1])), certainty))
        i = j
    return out


def best_path(scores: Floats, transitions: NDArray[np.float64], starts: NDArray[np.float64]) -> list[int]:
    """Return the best label path (Viterbi 1967) over W words of L labels.

    ``scores`` is (W, L), ``transitions`` from row to column (L, L), ``starts`` (L,).
    """
    best = scores[0] + starts
    back = np.zeros(scores.shape, dtype=np.intp)
    labels = np.arange(scores.shape[1])
    into = transitions.T.copy()
    for t in range(1, len(scores)):
        arrivals = best + into  # from column to row: the last axis is the one that is searched fastest
        chosen = arrivals.argmax(1)
        back[t] = chosen
        best = arrivals[labels, chosen] + scores[t]
    path = [int(best.argmax())]
    for t in range(len(scores) - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def _source_of(cue: Found, sources: _Near, links: Links) -> tuple[Found | None, float]:
    """Return the source that a cue links to, ``None`` where it links to itself, with the link's probability."""
    best: Found | None = None
    best_score = float(np.logaddexp.reduce([links.score(cue.first, p) for p in range(cue.first, cue.last)]))
    for source in sources.within(*links.reach(cue.first)):
        score = links.score(cue.first, source.first)
        if score > best_score:
            best, best_score = source, score
    return best, float(np.exp(min(best_score, 0.0)))


def _cue_of(content: Found, cues: _Near, scores: Scores) -> tuple[Found | None, float]:
    """Return the cue that a content links to, by its first or its last words, with the link's probability."""
    links = scores.content_to_cue
    pieces = [p for p in range(content.first, content.last) if scores.tokens.first[p]]
    ends = (pieces[:LINKING], pieces[-LINKING:])
    best: Found | None = None
    best_score = -np.inf
    near = list(cues.within(links.reach(pieces[0])[0], links.reach(pieces[-1])[1]))
    targets = np.array([cue.first for cue in near], np.intp)
    means = [np.mean([links.scores(p, targets) for p in part], 0) for part in ends] if near else []
    for k, cue in enumerate(near):
        score = max(float(mean[k]) for mean in means)
        if score > best_score:
            best, best_score = cue, score
    return best, float(np.exp(best_score)) if best is not None else 0.0


def _place(draft: _Draft) -> tuple[int, int]:
    parts = [p for p in (draft.cue, draft.source, *draft.content) if p is not None]
    first = draft.cue or min(parts, key=lambda p: p.first)
    return first.first, first.last


def _finished(draft: _Draft, manifest: Manifest) -> Attribution:
    parts = [p for p in (draft.cue, draft.source, *draft.content) if p is not None]
    certainty = float(np.mean([p.certainty for p in parts])) * (float(np.mean(draft.links)) if draft.links else 1.0)
    content = tuple(sorted((c.span for c in draft.content), key=lambda s: s.start))
    return Attribution(
        draft.source.span if draft.source else None,
        draft.cue.span if draft.cue else None,
        content,
        _calibrated(certainty, *manifest.calibration),
    )


def _calibrated(certainty: float, slope: float, offset: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, certainty))
    return float(1 / (1 + np.exp(-slope * np.log(bounded / (1 - bounded)) - offset)))


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out
