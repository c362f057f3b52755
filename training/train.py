"""Train the network: syntax first, then PolNeAR's attributions, their links, and the silver layer's names together."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from average import Average
from data import IGNORE, MASK, SEP, Batch, Example, batches
from net import LABELS, NAME_LABELS, Net, Output, crf_loss
from syntax import learn_syntax
from tokenizers import Tokenizer
from torch.nn import functional as F


@dataclass(frozen=True)
class Settings:
    """What a run is made with. The defaults are those of the shipped weights."""

    syntax_epochs: int = 4  # over the treebank, before the rest
    epochs: int = 4
    batch: int = 10  # windows
    encoder_rate: float = 1.5e-4  # learning rates
    head_rate: float = 1e-3
    warm_up: int = 80  # steps
    links: float = 0.5  # weights of losses; that of the role labels is 1
    names: float = 0.3
    taught: float = 0.5  # against what teachers think of each word
    hidden: float = 0.07  # share of pieces hidden from the network
    dropout: float = 0.1  # before the heads
    average: float = 0.99  # of the weights, exponentially, over steps
    seed: int = 3


TEACHERS = [
    Settings(syntax_epochs=0, epochs=7, hidden=0.05, seed=0),
    Settings(epochs=7, hidden=0.05, seed=1),
]
"""What the two networks are made with whose readings of unlabelled stories the shipped one learns from."""

HEADS = ("roles", "names", "content_to_cue", "cue_to_source", "transitions", "starts", "shape", "quoted", "opens")


def train(examples: list[Example], encoder: Path, data: Path, tokenizer: Tokenizer, settings: Settings) -> Net:
    """Return a network trained on the treebank in ``data`` and on the examples, with averaged weights.

    It is trained on an accelerator where there is one.
    """
    rng = random.Random(settings.seed)
    torch.manual_seed(settings.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = Net(settings.dropout)
    net.load_encoder(encoder)
    # Word embeddings stay as they are: half of all weights, seen too seldom to gain; training is twice as fast.
    net.word.weight.requires_grad_(False)
    net.to(device)
    if device == "cpu" and shutil.which("g++"):  # a fifth faster
        for layer in net.layers:
            layer.compile(dynamic=False)
    learn_syntax(net, data, tokenizer, settings.syntax_epochs, settings.encoder_rate, settings.head_rate)
    net.mentions.requires_grad_(False)  # learned afterwards, over the rest as it then is
    named = [(k, p) for k, p in net.named_parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for k, p in named if k.split(".")[0] not in HEADS], "lr": settings.encoder_rate},
            {"params": [p for k, p in named if k.split(".")[0] in HEADS], "lr": settings.head_rate},
        ],
        weight_decay=0.01,
    )
    steps = sum(1 for _ in batches(examples, settings.batch, random.Random(settings.seed)))
    total = settings.epochs * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / settings.warm_up, max(0.02, 1 - s / total))
    )
    average = Average(named, settings.average)
    began, step, running = time.time(), 0, 0.0
    net.train()
    for epoch in range(settings.epochs):
        for made in batches(examples, settings.batch, rng):
            batch = made.to(device)
            if settings.hidden:  # a corpus this small is learned by heart otherwise
                hide = (torch.rand(batch.ids.shape, device=device) < settings.hidden) & (batch.ids > SEP)
                batch.ids = batch.ids.masked_fill(hide, MASK)
            with torch.autocast(device, dtype=torch.bfloat16):
                out = net(batch.ids, batch.shape, batch.quoted, batch.opens, batch.mask, mentions=False)
            loss = loss_of(net, out, batch, settings)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            running += loss.item()
            average.step()
            if step % 20 == 0:
                spent = time.time() - began
                print(f"epoch {epoch + 1} step {step}/{total} loss {running / 20:.4f} {spent:.0f} s", flush=True)
                running = 0.0
    trained = Net()  # one that is not compiled, for export
    trained.load_state_dict({k: v.cpu() for k, v in {**net.state_dict(), **average.weights}.items()})
    return trained.eval()


def loss_of(net: Net, out: Output, batch: Batch, settings: Settings) -> torch.Tensor:
    """Return the weighted sum of the heads' losses."""
    order = torch.argsort(batch.first.to(torch.int8), dim=1, descending=True, stable=True)
    order = order[:, : int(batch.first.sum(1).max())]
    words = out.roles.gather(1, order[:, :, None].expand(-1, -1, LABELS))
    labels = batch.roles.gather(1, order).clamp(min=0)
    loss = crf_loss(net, words, labels, batch.first.gather(1, order))
    for scores, target in ((out.content_to_cue, batch.content_to_cue), (out.cue_to_source, batch.cue_to_source)):
        chosen = target != IGNORE
        if chosen.any():
            words_only = batch.first[:, None, :].expand_as(scores)[chosen]
            candidates = scores[chosen].float().masked_fill(~words_only, -1e4)
            loss = loss + settings.links * F.cross_entropy(candidates, target[chosen])
    known = batch.taught.sum(-1) > 0.5
    if known.any():
        told = -(batch.taught[known] * torch.log_softmax(out.roles[known].float(), -1)).sum()
        loss = loss + settings.taught * told / batch.first.sum()
    names = out.names.float().reshape(-1, NAME_LABELS)
    return loss + settings.names * F.cross_entropy(names, batch.names.reshape(-1), ignore_index=IGNORE)
