"""What a clause is, learned before who says what: the dependencies of GUM.

The encoder learns the head and the relation of every word (Dozat and Manning 2017, first order) from a treebank of
people's making. With a quarter of PolNeAR's articles this is worth ten points of linked F1 (README.md has the table).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from data import IGNORE, MASK, SEP, inputs, link_targets, rows
from net import HIDDEN, Links, Net
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.evaluate.conllu import read_words
from onrecord.read.segments import Segments
from onrecord.read.tokens import WINDOW, Tokens, tokenise, windows

MEASURE_ONLY = frozenset({"essay", "fiction", "letter", "podcast", "reddit", "whow"})
"""Kinds of GUM's documents whose terms do not allow what ships to learn from them."""
RELATION_WEIGHT = 0.5


@dataclass
class Parsed:
    """A document with the head piece and the relation of each word's first piece; the root is its own head."""

    segments: Segments
    tokens: Tokens
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]


def treebank(data: Path, tokenizer: Tokenizer) -> tuple[list[Parsed], int]:
    """Return GUM's documents that may be learned from, and how many relations they tell apart (subtypes left out)."""
    relations: dict[str, int] = {}
    out = []
    for row in rows(data / "coreference" / "gum.jsonl.gz"):
        if row["id"].split("_")[1] not in MEASURE_ONLY:
            out.append(_parsed(row["conllu"], tokenizer, relations))
    return out, len(relations)


def _parsed(conllu: str, tokenizer: Tokenizer, relations: dict[str, int]) -> Parsed:
    text, words = read_words(conllu)
    segments = Segments(text)
    tokens = tokenise(tokenizer, text, segments)
    n = len(tokens)
    heads, told = np.full(n, IGNORE, np.int64), np.full(n, IGNORE, np.int64)
    piece = [min(int(np.searchsorted(tokens.end, w.start, side="right")), n - 1) for w in words]
    for word, p in zip(words, piece, strict=True):
        if tokens.first[p] and heads[p] == IGNORE:
            goal = piece[word.above] if word.above >= 0 else p
            while goal > 0 and not tokens.first[goal]:
                goal -= 1
            relation = word.relation.split(":")[0]
            heads[p], told[p] = goal, relations.setdefault(relation, len(relations))
    return Parsed(segments, tokens, heads, told)


def learn_syntax(net: Net, data: Path, tokenizer: Tokenizer, epochs: int, rate: float, head_rate: float) -> None:
    """Train the encoder of ``net`` in place; the two heads that it takes are thrown away."""
    documents, kinds = treebank(data, tokenizer)
    rng = random.Random(0)
    device = next(net.parameters()).device.type
    arcs, relations = Links().to(device), nn.Linear(HIDDEN, kinds).to(device)
    inputs_too = [*net.shape.parameters(), *net.quoted.parameters(), *net.opens.parameters()]
    encoder = [p for part in (net.position, net.norm, net.layers) for p in part.parameters()]
    heads = [*inputs_too, *arcs.parameters(), *relations.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01
    )
    steps = epochs * sum(1 for _ in _batches(documents, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / 40, max(0.05, 1 - s / steps)))
    began, step = time.time(), 0
    net.train()
    for _ in range(epochs):
        for made in _batches(documents, rng):
            batch = {k: v.to(device) for k, v in made.items()}
            hide = (torch.rand(batch["ids"].shape, device=device) < 0.05) & (batch["ids"] > SEP)
            with torch.autocast(device, dtype=torch.bfloat16):
                states = net.encode(
                    batch["ids"].masked_fill(hide, MASK), batch["shape"], batch["quoted"], batch["opens"], batch["mask"]
                )
                states = F.dropout(states, net.dropout)
                to_head, to_relation = arcs(states), relations(states)
            loss = _loss(to_head, to_relation, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            if step % 20 == 0:
                print(f"syntax step {step}/{steps} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)


def _loss(to_head: Tensor, to_relation: Tensor, batch: dict[str, Tensor]) -> Tensor:
    known = batch["heads"] != IGNORE
    scores = to_head.float().masked_fill(~batch["first"][:, None, :], -1e4)
    loss = F.cross_entropy(scores[known], batch["heads"][known])
    return loss + RELATION_WEIGHT * F.cross_entropy(to_relation.float()[known], batch["relations"][known])


def _batches(documents: list[Parsed], rng: random.Random, size: int = 10) -> Iterator[dict[str, Tensor]]:
    cut = [
        (d, w)
        for d in documents
        for w in windows(d.tokens, d.segments, core=WINDOW, context=0, first_core=rng.randint(32, WINDOW))
    ]
    rng.shuffle(cut)
    for i in range(0, len(cut) - size + 1, size):
        group = cut[i : i + size]
        arrays = inputs(group)
        heads, relations = (np.full(arrays["first"].shape, IGNORE, np.int64) for _ in range(2))
        for j, (d, w) in enumerate(group):
            n = w.end - w.start
            heads[j, 1 : n + 1] = link_targets(d.heads, d.tokens.first, w)
            relations[j, 1 : n + 1] = np.where(heads[j, 1 : n + 1] == IGNORE, IGNORE, d.relations[w.start : w.end])
        t = {k: torch.from_numpy(v) for k, v in {**arrays, "heads": heads, "relations": relations}.items()}
        yield {**t, "mask": t["mask"][:, None, None, :]}
