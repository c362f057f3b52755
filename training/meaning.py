"""What sentences mean: the encoder, trained on so that two reports of one saying are near, and what is not is far.

It starts from all-MiniLM-L6-v2, whose vectors say what a text is about. What is learned is to tell, among the
statements of one speaker in one story, which are the same saying: from the stories annotated for this project, with
pairs of sentences scored for sameness of meaning beside them so that nothing general is lost."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import torch
from annotated import AnnotatedStory
from data import CLS, SEP, rows
from net import Net, added
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.read.encoder import LONGEST_SENTENCE
from onrecord.read.meaning import sentences
from onrecord.read.segments import Segments
from onrecord.records import Span


@dataclass(frozen=True)
class MeaningSettings:
    """What meanings are learned with. The defaults are those of the shipped weights."""

    epochs: int = 3  # over the annotated stories, one a step
    rate: float = 5e-5  # learning rate
    warm_up: int = 20  # steps
    worth: float = 3.0  # of a pair that is one saying, against one that is not
    stories: float = 3.0  # weights of losses
    scored: float = 2.0
    paraphrases: float = 0.3
    pairs: int = 16  # scored pairs beside each story
    seed: int = 0


class Meaning(nn.Module):
    """A sentence's vector: the mean of the encoder's last states, of length one."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        net = Net()
        net.load_encoder(encoder)
        self.word, self.position, self.norm, self.layers = net.word, net.position, net.norm, net.layers
        self.word.weight.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Take (B, T) pieces, special pieces included, and a (B, T) mask; return (B, HIDDEN) unit vectors."""
        return self.pooled(self.states(ids, len(self.layers), mask), mask)

    def states(self, ids: Tensor, upto: int, mask: Tensor | None = None) -> Tensor:
        """Return the states, (B, T, HIDDEN), after some of the layers."""
        at = torch.arange(ids.shape[1], device=ids.device)
        return self.onward(self.norm(self.word(ids) + self.position(at)), 0, upto, mask)

    def onward(self, x: Tensor, start: int, end: int, mask: Tensor | None = None) -> Tensor:
        """Return the states, (B, T, HIDDEN), that the layers from one to before another make of states."""
        blind = added(mask[:, None, None, :]) if mask is not None else None
        for layer in self.layers[start:end]:
            x = layer(x, blind)
        return x

    @staticmethod
    def pooled(x: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the unit vectors, (B, HIDDEN), of last states."""
        if mask is None:
            return F.normalize(x.mean(1), dim=-1)
        share = mask.to(x.dtype)[..., None]
        return F.normalize((x * share).sum(1) / share.sum(1), dim=-1)


@dataclass
class Told:
    """A story's statements as sentences: of each sentence its text, its statement's number and its length, and pairs of
    statements that may be one saying with whether they are.
    """

    texts: list[str]
    owner: Tensor
    lengths: Tensor
    pairs: Tensor
    same: Tensor
    statements: int


def learn_meaning(
    stories: Sequence[AnnotatedStory], encoder: Path, data: Path, tokenizer: Tokenizer, settings: MeaningSettings
) -> Meaning:
    """Return the network, trained on the stories."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = Meaning(encoder).to(device)
    scored = list(rows(data / "inference" / "same_meaning.jsonl.gz"))
    told = [t for t in (_told(s) for s in stories) if t.same.any()]
    of_stories = nn.Parameter(torch.tensor([6.0, 8.0, -9.0], device=device))
    of_pairs = nn.Parameter(torch.tensor([10.0, -7.0], device=device))
    weights = [p for p in net.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": weights, "lr": settings.rate}, {"params": [of_stories, of_pairs], "lr": 1e-2, "weight_decay": 0.0}],
        weight_decay=0.01,
    )
    steps = settings.epochs * len(told)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / settings.warm_up, 1.0) * max(0.02, 1 - s / steps)
    )
    began, step = time.time(), 0
    for _ in range(settings.epochs):
        rng.shuffle(told)
        for story in told:
            loss = settings.stories * _story_loss(net, story, tokenizer, of_stories, settings)
            loss = loss + _pair_loss(net, rng.sample(scored, settings.pairs), tokenizer, of_pairs, settings)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if step % 20 == 0:
                print(f"meaning step {step}/{steps} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)
    return net.cpu().eval()


def _told(story: AnnotatedStory) -> Told:
    segments = {key: Segments(a["text"]) for key, a in story.articles.items()}
    texts, owner = [], []
    keys = list(story.statements)
    for number, key in enumerate(keys):
        s = story.statements[key]
        text = story.articles[s.article]["text"]
        cue = f"{text[slice(*s.cue)]}: " if s.cue else ""
        for part in sentences(segments[s.article], [Span(*x) for x in s.spans]):
            texts.append(cue + part.of(text))
            owner.append(number)
    pairs, same = [], []
    for (i, a), (j, b) in combinations(enumerate(keys), 2):
        pair = frozenset((a, b))
        one, other = story.statements[a].speaker, story.statements[b].speaker
        if pair not in story.unsure and (pair in story.same or one == other or one is None or other is None):
            pairs.append((i, j))
            same.append(float(pair in story.same))
    lengths = torch.tensor([float(len(t.split())) for t in texts])
    return Told(texts, torch.tensor(owner), lengths, torch.tensor(pairs), torch.tensor(same), len(keys))


def _story_loss(net: Meaning, told: Told, tokenizer: Tokenizer, scale: Tensor, settings: MeaningSettings) -> Tensor:
    """Return the loss of telling which pairs are one saying from the cosines of the whole and of the best sentences."""
    vectors = vectors_of(net, told.texts, tokenizer)
    device, n = vectors.device, told.statements
    owner, pairs = told.owner.to(device), told.pairs.to(device)
    whole = vectors.new_zeros(n, vectors.shape[1]).index_add_(0, owner, vectors * told.lengths.to(device)[:, None])
    whole = F.normalize(whole, dim=-1)
    cosines = (whole[pairs[:, 0]] * whole[pairs[:, 1]]).sum(1)
    places = (owner[:, None] * n + owner[None, :]).view(-1)
    best = vectors.new_full((n * n,), -1.0).scatter_reduce(0, places, (vectors @ vectors.T).view(-1), "amax")
    best = best.view(n, n)[pairs[:, 0], pairs[:, 1]]
    scores = scale[0] * cosines + scale[1] * best + scale[2]
    worth = torch.tensor(settings.worth, device=device)
    return F.binary_cross_entropy_with_logits(scores, told.same.to(device), pos_weight=worth)


def _pair_loss(
    net: Meaning, chosen: list[dict[str, Any]], tokenizer: Tokenizer, scale: Tensor, settings: MeaningSettings
) -> Tensor:
    """Return the loss on scored pairs: graded ones by their cosine, paraphrases or not by a logistic of it."""
    vectors = vectors_of(net, [r[side] for side in "ab" for r in chosen], tokenizer)
    cosines = (vectors[: len(chosen)] * vectors[len(chosen) :]).sum(1)
    score = torch.tensor([r["score"] / 5 for r in chosen], device=vectors.device)
    graded = torch.tensor([r["set"] != "mrpc_train" for r in chosen], device=vectors.device)
    loss = cosines.new_zeros(())
    if graded.any():
        loss = loss + settings.scored * F.mse_loss(cosines[graded], score[graded])
    if not graded.all():
        told = scale[0] * cosines[~graded] + scale[1]
        loss = loss + settings.paraphrases * F.binary_cross_entropy_with_logits(told, score[~graded])
    return loss


def vectors_of(net: Meaning, texts: Sequence[str], tokenizer: Tokenizer, size: int = 48) -> Tensor:
    """Return the unit vectors of N texts, (N, HIDDEN), run together with texts of their length."""
    device = next(net.parameters()).device
    pieces = [tokenizer.encode(t, add_special_tokens=False).ids[:LONGEST_SENTENCE] for t in texts]
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
    found: list[Tensor] = [torch.empty(0)] * len(pieces)
    for start in range(0, len(order), size):
        group = order[start : start + size]
        ids = torch.zeros(len(group), max(len(pieces[i]) for i in group) + 2, dtype=torch.long)
        mask = torch.zeros(ids.shape, dtype=torch.bool)
        for row, i in enumerate(group):
            ids[row, : len(pieces[i]) + 2] = torch.tensor([CLS, *pieces[i], SEP])
            mask[row, : len(pieces[i]) + 2] = True
        with torch.autocast(device.type, dtype=torch.bfloat16):
            vectors = net(ids.to(device), mask.to(device))
        for i, vector in zip(group, vectors.float(), strict=True):
            found[i] = vector
    return torch.stack(found)
