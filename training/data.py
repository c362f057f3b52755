"""Corpora as training windows."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from net import LABELS, NAME_KINDS, ROLES
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.read.segments import Segments
from onrecord.read.tokens import WINDOW, Tokens, Window, tokenise, windows

CLS, SEP, MASK = 101, 102, 103
TARGETS = ("roles", "names", "content_to_cue", "cue_to_source")
IGNORE = -100
NAME_TAGS = {**{k: k for k in NAME_KINDS}, "COUNTRY": "LOCATION", "CITY": "LOCATION", "STATE_OR_PROVINCE": "LOCATION"}


@dataclass
class Example:
    """An article with a target for each piece: role label, name label, and the piece of the article it links to.

    ``taught``, (N, LABELS), are the chances that teachers give each role label, for an article that nobody annotated.
    """

    id: str
    text: str
    segments: Segments
    tokens: Tokens
    roles: NDArray[np.int64]
    names: NDArray[np.int64]
    content_to_cue: NDArray[np.int64]
    cue_to_source: NDArray[np.int64]
    taught: NDArray[np.float32] | None = None


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def joined(pieces: list[list[int]], text: str) -> list[tuple[int, int]]:
    """Join pieces of one role that only white space parts: that annotators cut at sentences has no meaning."""
    out: list[tuple[int, int]] = []
    for s, e in sorted(map(tuple, pieces)):
        if out and not text[out[-1][1] : s].strip():
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    return out


def example(tokenizer: Tokenizer, article: dict[str, Any], silver: dict[str, Any] | None) -> Example:
    """Align an article's attributions, and the silver layer's names, with its pieces."""
    text = article["text"]
    segments = Segments(text)
    tokens = tokenise(tokenizer, text, segments)
    n = len(tokens)
    roles, names = np.zeros(n, np.int64), np.full(n, IGNORE if silver is None else 0, np.int64)
    content_to_cue, cue_to_source = np.full(n, IGNORE, np.int64), np.full(n, IGNORE, np.int64)

    def pieces(s: int, e: int) -> tuple[int, int]:
        a, b = int(np.searchsorted(tokens.end, s, side="right")), int(np.searchsorted(tokens.start, e))
        while a < n and not tokens.first[a]:  # an annotation may begin within a word; labels belong to whole words
            a -= 1
        return a, max(a, b)

    for attribution in article["attributions"]:
        spans = {role: [pieces(s, e) for s, e in joined(attribution[role], text)] for role in ROLES}
        for r, role in enumerate(ROLES):
            for a, b in spans[role]:
                if a < b:
                    roles[a:b], roles[a] = 2 * r + 2, 2 * r + 1
        for a, b in spans["cue"]:
            cue_to_source[a:b] = spans["source"][0][0] if spans["source"] else np.arange(a, b)
        if spans["cue"]:
            for a, b in spans["content"]:
                content_to_cue[a:b] = spans["cue"][0][0]
    for s, e, _part_of_speech, tag in silver["tokens"] if silver else ():
        kind = NAME_TAGS.get(tag)
        if kind:
            a, b = pieces(s, e)
            k = 2 * NAME_KINDS.index(kind) + 1
            goes_on = a > 0 and names[a - 1] in (k, k + 1) and not text[tokens.end[a - 1] : s].strip(" .\u00a0")
            names[a:b] = k + 1
            if not goes_on and a < b:
                names[a] = k
    return Example(article["id"], text, segments, tokens, roles, names, content_to_cue, cue_to_source)


def attribution_corpus(data: Path, tokenizer: Tokenizer, split: str, limit: int | None = None) -> list[Example]:
    """Read PolNeAR's ``split`` with the names that CoreNLP found in it."""
    silver = {r["id"]: r for r in rows(data / "silver" / f"corenlp_polnear_{split}.jsonl.gz")}
    return [
        example(tokenizer, a, silver.get(a["id"]))
        for a in list(rows(data / "attribution" / f"polnear_{split}.jsonl.gz"))[:limit]
    ]


@dataclass
class Batch:
    """B windows of T pieces, special pieces and padding included; link targets are positions in the window.

    ``taught`` (B, T, LABELS) is nought where no teacher spoke.
    """

    ids: torch.Tensor
    shape: torch.Tensor
    quoted: torch.Tensor
    opens: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    roles: torch.Tensor
    names: torch.Tensor
    content_to_cue: torch.Tensor
    cue_to_source: torch.Tensor
    taught: torch.Tensor

    def to(self, device: str) -> Batch:
        return Batch(**{k: v.to(device) for k, v in vars(self).items()})


def batches(examples: list[Example], size: int, rng: random.Random) -> Iterator[Batch]:
    """Yield shuffled batches of windows of similar length, cut anew each time."""
    cut = [
        (e, w)
        for e in examples
        for w in windows(e.tokens, e.segments, core=WINDOW, context=0, first_core=rng.randint(32, WINDOW))
    ]
    rng.shuffle(cut)
    del cut[len(cut) // size * size :]  # less than a batch: left to the next epoch, which cuts anew
    cut.sort(key=lambda x: x[1].end - x[1].start + rng.random() * 24)
    groups = [cut[i : i + size] for i in range(0, len(cut), size)]
    rng.shuffle(groups)
    for group in groups:
        yield collate(group)


def inputs(group: list[tuple[Any, Window]]) -> dict[str, NDArray[np.int64] | NDArray[np.bool_]]:
    """Return what the network takes of a group of windows, padded to one width, with special pieces.

    Widths come in three sizes only: the layers are compiled, or the CPU's kernels prepared, anew for each.
    """
    widest = max(w.end - w.start for _, w in group) + 2
    width = next(size for size in (128, 192, WINDOW + 2) if widest <= size)
    shape = (len(group), width)
    arrays = {k: np.zeros(shape, np.int64) for k in ("ids", "shape", "quoted", "opens")}
    mask, first = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for i, (e, w) in enumerate(group):
        n, here = w.end - w.start, slice(w.start, w.end)
        for k, v in arrays.items():
            v[i, 1 : n + 1] = getattr(e.tokens, k)[here]
        arrays["ids"][i, 0], arrays["ids"][i, n + 1] = CLS, SEP
        mask[i, : n + 2] = True
        first[i, 1 : n + 1] = e.tokens.first[here]
    return {**arrays, "mask": mask, "first": first}


def link_targets(goal: NDArray[np.int64], first: NDArray[np.bool_], window: Window) -> NDArray[np.int64]:
    """Return the targets of a window's pieces as places in the window, where both are in it and open a word."""
    here = slice(window.start, window.end)
    inside = (goal[here] >= window.start) & (goal[here] < window.end) & first[here]
    return np.where(inside, goal[here] - window.start + 1, IGNORE)


def collate(group: list[tuple[Example, Window]]) -> Batch:
    """Make a batch of windows."""
    arrays = inputs(group)
    first = arrays["first"]
    targets = {k: np.full(first.shape, IGNORE, np.int64) for k in TARGETS}
    taught = np.zeros((*first.shape, LABELS), np.float32)
    for i, (e, w) in enumerate(group):
        n, here = w.end - w.start, slice(w.start, w.end)
        for k in ("roles", "names"):
            targets[k][i, 1 : n + 1] = np.where(e.tokens.first[here], getattr(e, k)[here], IGNORE)
        for k in ("content_to_cue", "cue_to_source"):
            targets[k][i, 1 : n + 1] = link_targets(getattr(e, k), e.tokens.first, w)
        if e.taught is not None:
            taught[i, 1 : n + 1] = e.taught[here]
        # a role cut off by the window's edge begins inside: its first word becomes its beginning
        words = np.flatnonzero(first[i])
        label = targets["roles"][i, words[0]]
        if label > 0 and label % 2 == 0:
            targets["roles"][i, words[0]] = label - 1
    t = {k: torch.from_numpy(v) for k, v in {**arrays, **targets, "taught": taught}.items()}
    t["mask"] = t["mask"][:, None, None, :]
    return Batch(**t)
