"""Several trained networks read stories that nobody annotated, for one network to learn from what they agree on.

What two networks trained apart think together is righter than what either thinks; a third that learns it, from more
text than there are annotations for, carries it at the cost of one (Hinton et al. 2015).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import CLS, IGNORE, SEP, Example, example, rows
from net import FORBIDDEN, LABELS, Net, transition_scores
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.read.attributions import best_path
from onrecord.read.tokens import Window, windows

HELD_BACK = frozenset({"seesaw-055", "seesaw-061", "seesaw-063", "seesaw-065", "seesaw-113", "pac-35"})
"""Stories that were annotated by hand: they measure, and are not learned from."""
CORE, CONTEXT = 180, 37
LINKED = 0.5
"""Chance that teachers must give a link for it to be learned."""


def stories(data: Path, tokenizer: Tokenizer) -> list[Example]:
    """Return the stories' articles, those of the hand-annotated stories left out, in paragraphs of chance length."""
    told = [r for name in ("seesaw", "pac") for r in rows(data / "stories" / f"{name}.jsonl.gz")]
    seen = {a["title"] for r in told if r["story"] in HELD_BACK for a in r["articles"]}
    rng = random.Random(5)
    out = []
    for article in (a for r in told if r["story"] not in HELD_BACK for a in r["articles"]):
        if article["title"] not in seen:
            seen.add(article["title"])
            out.append(example(tokenizer, _article(article, rng), None))
    return out


def _article(article: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    text = ""
    for sentence in article["sentences"]:
        if text:
            text += " " if rng.random() < 0.55 else "\n\n"
        text += sentence.strip()
    return {"id": article["id"], "text": text, "attributions": []}


def teach(teachers: Sequence[Net], examples: Sequence[Example]) -> None:
    """Give each example the teachers' mean chances of its labels, and the best labels, links and names as targets."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    for net in teachers:
        net.to(device).eval()
    for number, e in enumerate(examples, start=1):
        e.taught = np.zeros((len(e.tokens), LABELS), np.float32)
        for window in windows(e.tokens, e.segments, core=CORE, context=CONTEXT):
            _teach_window(teachers, e, window, device)
        words = np.flatnonzero(e.tokens.first)
        if len(words):
            legal = np.where(FORBIDDEN.numpy(), -1e4, 0.0)
            starts = np.where(np.arange(LABELS) % 2 == 0, -1e4, 0.0)
            starts[0] = 0.0
            e.roles[words] = best_path(np.log(e.taught[words] + 1e-6), legal, starts)
        e.content_to_cue[~np.isin(e.roles, (5, 6))] = IGNORE
        e.cue_to_source[~np.isin(e.roles, (3, 4))] = IGNORE
        if number % 100 == 0:
            print(f"taught {number} of {len(examples)} articles", flush=True)


def _teach_window(teachers: Sequence[Net], e: Example, window: Window, device: str) -> None:
    here = slice(window.start, window.end)
    first = e.tokens.first[here]
    words = np.flatnonzero(first)

    def padded(values: NDArray[np.int64], before: int = 0, after: int = 0) -> torch.Tensor:
        return torch.from_numpy(np.concatenate([[before], values[here], [after]]))[None].to(device)

    tokens = e.tokens
    taken = (padded(tokens.ids, CLS, SEP), padded(tokens.shape), padded(tokens.quoted), padded(tokens.opens))
    with torch.no_grad():
        outputs = [net(*taken, mentions=False) for net in teachers]
    chances = [marginals(n, o.roles[0, 1:-1].cpu().numpy()[words]) for n, o in zip(teachers, outputs, strict=True)]
    blind = np.where(first, 0.0, -1e4)
    core = (words >= window.core_start - window.start) & (words < window.core_end - window.start)
    at = words[core]
    assert e.taught is not None
    e.taught[at + window.start] = np.mean(chances, 0)[core]
    e.names[at + window.start] = (
        torch.stack([o.names[0, 1:-1].float().softmax(-1) for o in outputs]).mean(0).argmax(-1).cpu().numpy()[at]
    )
    for name in ("content_to_cue", "cue_to_source"):
        scores = [getattr(o, name)[0, 1:-1, 1:-1].float().cpu() + torch.from_numpy(blind) for o in outputs]
        chance, goal = torch.stack([s.softmax(-1) for s in scores]).mean(0).max(-1)
        sure = chance.numpy()[at] > LINKED
        getattr(e, name)[at + window.start] = np.where(sure, goal.numpy()[at] + window.start, IGNORE)


def marginals(net: Net, scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the chances of W words' labels under a network's CRF (forward-backward), (W, LABELS)."""
    transitions, starts = (np.exp(t.detach().double().cpu().numpy()) for t in transition_scores(net))
    u = np.exp(scores - scores.max(1, keepdims=True)).astype(np.float64)
    ahead, back = np.empty_like(u), np.ones_like(u)
    ahead[0] = starts * u[0] / (starts * u[0]).sum()
    for t in range(1, len(u)):
        x = (ahead[t - 1] @ transitions) * u[t]
        ahead[t] = x / x.sum()
    for t in range(len(u) - 2, -1, -1):
        x = transitions @ (u[t + 1] * back[t + 1])
        back[t] = x / x.sum()
    both = ahead * back
    return np.asarray(both / both.sum(1, keepdims=True))
