"""Mentions and their links, learned over a network that knows attributions, which stays as it is.

What is learned here is the network's ``mentions`` part alone: reading keeps its words to the byte, whatever is learned
of people.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from average import Average
from coreference import Text, gap, gum, silver
from data import IGNORE, inputs, link_targets
from net import BOUND, REFER, Net, added
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.read.tokens import WINDOW, windows


@dataclass(frozen=True)
class MentionSettings:
    """What mentions are learned with. The defaults are those of the shipped weights."""

    epochs: int = 3
    batch: int = 10  # windows
    rate: float = 1.5e-3  # learning rate
    warm_up: int = 80  # steps
    gum: int = 3  # times that GUM's documents are read an epoch
    silver: int = 300  # of PolNeAR's articles an epoch
    bounds: float = 0.5  # weight of the losses of where mentions begin and end
    dropout: float = 0.1  # of the network's states
    average: float = 0.99  # of the weights, exponentially, over steps
    seed: int = 7


def learn_mentions(net: Net, data: Path, tokenizer: Tokenizer, settings: MentionSettings) -> None:
    """Train ``net.mentions`` in place; nothing else of the network changes."""
    people, snippets, machine = gum(data, tokenizer), gap(data, tokenizer), silver(data, tokenizer)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net.to(device).eval()
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    named = list(net.mentions.named_parameters())
    for _, p in named:
        p.requires_grad_(True)
    optimiser = torch.optim.AdamW([p for _, p in named], lr=settings.rate, weight_decay=0.01)

    def epoch(number: int) -> Iterator[dict[str, Tensor]]:
        chosen = random.Random(number).sample(machine, min(settings.silver, len(machine)))
        return _batches([*chosen, *people * settings.gum, *snippets], settings.batch, rng)

    steps = settings.epochs * sum(1 for _ in epoch(0))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / settings.warm_up, max(0.02, 1 - s / steps))
    )
    average = Average(named, settings.average)
    began, step = time.time(), 0
    for number in range(settings.epochs):
        for made in epoch(number):
            batch = {k: v.to(device) for k, v in made.items()}
            taken = [batch[k] for k in ("ids", "shape", "quoted", "opens", "mask")]
            with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
                states = net.states(*taken)
            states = [F.dropout(h.float(), settings.dropout) for h in states]
            loss = mention_loss(net, *net.mentions(states, added(batch["mask"])), batch, settings)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            average.step()
            if step % 20 == 0:
                print(f"mentions step {step}/{steps} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)
    net.mentions.load_state_dict(average.weights)
    net.cpu()


def mention_loss(
    net: Net, kinds: Tensor, vectors: Tensor, batch: dict[str, Tensor], settings: MentionSettings
) -> Tensor:
    """Return the losses of what words head, of where mentions begin and end, and of which earlier mention means the
    same: the marginal likelihood of all right answers (Lee et al. 2017), a link weighted by what it is worth.
    """
    known = (batch["kinds"] != IGNORE) & batch["first"]
    loss = F.cross_entropy(kinds[known], batch["kinds"][known]) if known.any() else kinds.sum() * 0.0
    parts = vectors.split([BOUND] * 4 + [REFER, REFER, 1], -1)
    for query, key, goal in ((parts[0], parts[2], batch["starts"]), (parts[1], parts[3], batch["ends"])):
        chosen = goal != IGNORE
        if chosen.any():
            scores = (query @ key.transpose(1, 2)) * BOUND**-0.5
            scores = scores[chosen].masked_fill(~batch["first"][:, None, :].expand_as(scores)[chosen], -1e4)
            loss = loss + settings.bounds * F.cross_entropy(scores, goal[chosen])
    total, weight = loss.new_zeros(()), 0.0
    for i, worth in enumerate(batch["worth"].tolist()):
        at = torch.nonzero(batch["chains"][i] >= 0).squeeze(1)
        if len(at) > 1:
            told, n = _link_loss(net, [p[i, at] for p in parts[4:]], at, batch["chains"][i, at], batch["new"][i, at])
            total, weight = total + worth * told, weight + worth * n
    return loss + total / max(weight, 1.0)


def _link_loss(net: Net, vectors: list[Tensor], at: Tensor, chains: Tensor, new: Tensor) -> tuple[Tensor, int]:
    """Return the summed loss over the mentions of one window whose answer is known, and how many those are."""
    query, key, nothing = vectors
    steps = (at[:, None] - at[None, :]).clamp(min=1).float()
    bias = net.mentions.distance[(torch.log2(steps) * 2).long().clamp(max=len(net.mentions.distance) - 1)]
    before = torch.ones(len(at), len(at), dtype=torch.bool, device=at.device).tril(-1)
    scores = (query @ key.T * REFER**-0.5 + bias).masked_fill(~before, -1e4)
    scores = torch.cat([nothing, scores], 1)
    right = torch.cat([new[:, None], (chains[:, None] == chains[None, :]) & before], 1)
    known = right.any(1)
    if not known.any():
        return scores.sum() * 0.0, 0
    scores, right = scores[known], right[known]
    told = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
    return told.sum(), int(known.sum())


def _batches(texts: list[Text], size: int, rng: random.Random) -> Iterator[dict[str, Tensor]]:
    cut = [
        (t, w)
        for t in texts
        for w in windows(t.tokens, t.segments, core=WINDOW, context=0, first_core=rng.randint(32, WINDOW))
    ]
    rng.shuffle(cut)
    del cut[len(cut) // size * size :]
    cut.sort(key=lambda x: x[1].end - x[1].start + rng.random() * 24)
    groups = [cut[i : i + size] for i in range(0, len(cut), size)]
    rng.shuffle(groups)
    for group in groups:
        arrays = inputs(group)
        shape = arrays["first"].shape
        kinds, starts, ends = (np.full(shape, IGNORE, np.int64) for _ in range(3))
        chains, new = np.full(shape, -1, np.int64), np.zeros(shape, np.bool_)
        for i, (t, w) in enumerate(group):
            here, core = slice(w.start, w.end), slice(1, w.end - w.start + 1)
            m = t.targets
            kinds[i, core], chains[i, core], new[i, core] = m.kinds[here], m.chains[here], m.opens[here]
            starts[i, core] = link_targets(m.starts, t.tokens.first, w)
            ends[i, core] = link_targets(m.ends, t.tokens.first, w)
        worth = np.array([t.targets.worth for t, _ in group], np.float32)
        told = {"kinds": kinds, "starts": starts, "ends": ends, "chains": chains, "new": new, "worth": worth}
        made = {k: torch.from_numpy(v) for k, v in {**arrays, **told}.items()}
        yield {**made, "mask": made["mask"][:, None, None, :]}
