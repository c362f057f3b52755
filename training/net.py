"""The network: a small BERT encoder with a head for each thing that is read.

Weights of the encoder come from all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.read.tokens import SHAPES

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
ROLES = ("source", "cue", "content")
LABELS = 1 + 2 * len(ROLES)
NAME_KINDS = ("PERSON", "ORGANIZATION", "LOCATION", "MISC")
NAME_LABELS = 1 + 2 * len(NAME_KINDS)
MENTION_KINDS = ("none", "person", "people", "body", "place", "other")
NARROW = 192
"""Width of the layer that mentions have for themselves."""
MIXED = (2, 3, 4, 6)
"""Layers of the encoder that mentions are told from: those that a learned mixture of all gave most to, and the last."""
BOUND, REFER = 48, 128
"""Widths of the vectors that say where a mention begins and ends, and whom it means."""
LINK = 96
DISTANCES = 34


class Layer(nn.Module):
    """One encoder layer, post-norm, as BERT has it."""

    def __init__(self, width: int = HIDDEN, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.width, self.heads = width, heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, self.width // self.heads).permute(2, 0, 3, 1, 4)
        # Plain products: on a CPU the fused attention's backward pass takes half as long again (measured).
        weights = q @ k.transpose(-1, -2) * (self.width // self.heads) ** -0.5
        if mask is not None:
            weights = weights + mask
        a = torch.softmax(weights, -1).to(v.dtype) @ v
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, t, self.width)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Links(nn.Module):
    """Scores of every piece with every other as the head it belongs to: biaffine, with a learned bias by distance.

    Dozat and Manning 2017, without the arc labels.
    """

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(HIDDEN, LINK)
        self.key = nn.Linear(HIDDEN, LINK)
        self.bias = nn.Embedding(DISTANCES, 1)
        nn.init.zeros_(self.bias.weight)
        steps = torch.arange(-POSITIONS, POSITIONS + 1)
        magnitude = torch.clamp((torch.log2(steps.abs().clamp(min=1).float()) * 2).long() + 1, max=16)
        self.register_buffer(
            "bucket", torch.where(steps == 0, 0, torch.where(steps < 0, magnitude, magnitude + 17)), persistent=False
        )

    def forward(self, x: Tensor) -> Tensor:
        t = x.shape[1]
        at = torch.arange(t, device=x.device)
        bias = self.bias(self.bucket[at[None, :] - at[:, None] + POSITIONS]).squeeze(-1)
        return F.gelu(self.query(x)) @ F.gelu(self.key(x)).transpose(1, 2) * LINK**-0.5 + bias


class Mentions(nn.Module):
    """What each word heads: the kind of a mention, and vectors that find its bounds and what it means.

    ``vectors`` holds, one behind the other, queries for the first and the last word of the mention (BOUND each), keys
    of first and last words (BOUND each), the query for an earlier mention and the key of being one (REFER each), and
    the score of meaning nothing that was mentioned before (1). Vectors instead of a score for each pair of words:
    mentions of different windows can be compared. They come from a mixture of the encoder's layers (Peters et al.
    2018), of which the middle ones know most of what a name or a pronoun is, and a narrow layer over it lets mentions
    look at one another.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mixture = nn.Parameter(torch.zeros(len(MIXED)))
        self.narrow = nn.Linear(HIDDEN, NARROW)
        self.layer = Layer(NARROW, NARROW // 64, 2 * NARROW)
        self.kinds = nn.Linear(HIDDEN + NARROW, len(MENTION_KINDS))
        self.bounds = nn.Linear(HIDDEN + NARROW, 4 * BOUND)
        self.refer = nn.Linear(HIDDEN + NARROW, 2 * REFER + 1)
        self.distance = nn.Parameter(torch.zeros(18))

    def forward(self, states: Sequence[Tensor], mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Take the states of every layer, embeddings first, each (B, T, HIDDEN)."""
        share = torch.softmax(self.mixture, 0)
        x = sum((share[i] * states[layer] for i, layer in enumerate(MIXED)), torch.zeros(()))
        x = torch.cat([x, self.layer(self.narrow(x), mask)], -1)
        return self.kinds(x), torch.cat([self.bounds(x), self.refer(x)], -1)


@dataclass
class Output:
    """What the network says of a batch of B windows of T pieces."""

    roles: Tensor  # B T LABELS
    content_to_cue: Tensor  # B T T
    cue_to_source: Tensor  # B T T
    names: Tensor  # B T NAME_LABELS
    mentions: Tensor | None = None  # B T kinds
    vectors: Tensor | None = None  # B T 4 * BOUND + 2 * REFER + 1


class Net(nn.Module):
    """Encoder and heads."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.shape, self.quoted, self.opens = (nn.Embedding(n, HIDDEN) for n in (SHAPES, 2, 2))
        for table in (self.shape, self.quoted, self.opens):
            nn.init.zeros_(table.weight)
        self.roles = nn.Linear(HIDDEN, LABELS)
        self.names = nn.Linear(HIDDEN, NAME_LABELS)
        self.content_to_cue, self.cue_to_source = Links(), Links()
        self.mentions = Mentions()
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.starts = nn.Parameter(torch.zeros(LABELS))
        self.dropout = dropout

    def forward(
        self,
        ids: Tensor,
        shape: Tensor,
        quoted: Tensor,
        opens: Tensor,
        mask: Tensor | None = None,
        mentions: bool = True,
    ) -> Output:
        """Read B windows of T pieces, special pieces included; ``mask`` (B, 1, 1, T) is true where there is a piece.

        Without a mask every piece counts: the exported graph reads one window at a time and needs none. ``mentions``
        may be left out while attributions are learned.
        """
        states = self.states(ids, shape, quoted, opens, mask)
        y = F.dropout(states[-1], self.dropout, self.training)
        told = self.mentions(states, added(mask)) if mentions else ()
        return Output(self.roles(y), self.content_to_cue(y), self.cue_to_source(y), self.names(y), *told)

    def encode(self, ids: Tensor, shape: Tensor, quoted: Tensor, opens: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the last layer's states, (B, T, HIDDEN)."""
        return self.states(ids, shape, quoted, opens, mask)[-1]

    def states(
        self, ids: Tensor, shape: Tensor, quoted: Tensor, opens: Tensor, mask: Tensor | None = None
    ) -> list[Tensor]:
        """Return the embeddings and every layer's states, each (B, T, HIDDEN)."""
        mask = added(mask)
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.word(ids) + self.position(at) + self.shape(shape) + self.quoted(quoted) + self.opens(opens)
        out = [self.norm(x)]
        for layer in self.layers:
            out.append(layer(out[-1], mask))
        return out

    def load_encoder(self, folder: Path) -> None:
        """Take the encoder's weights from a folder with ``model.safetensors``."""
        if json.loads((folder / "config.json").read_text())["num_hidden_layers"] != LAYERS:
            raise SystemExit(f"{folder}: not the six-layer encoder")
        w = load_file(folder / "model.safetensors")
        types = w["embeddings.token_type_embeddings.weight"][0]
        own: dict[str, Tensor] = {
            "word.weight": w["embeddings.word_embeddings.weight"],
            "position.weight": w["embeddings.position_embeddings.weight"] + types,
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
            for part in ("weight", "bias"):
                own[f"{ours}qkv.{part}"] = torch.cat(
                    [w[f"{theirs}attention.self.{p}.{part}"] for p in ("query", "key", "value")]
                )
                for a, b in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    own[f"{ours}{a}.{part}"] = w[f"{theirs}{b}.{part}"]
        _, unexpected = self.load_state_dict(own, strict=False)
        if unexpected:
            raise SystemExit(f"{folder}: unexpected weights {unexpected}")


def added(mask: Tensor | None) -> Tensor | None:
    """Return a mask of pieces as what is added to attention's scores."""
    if mask is None:
        return None
    return torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, -1e4).to(torch.bfloat16)


FORBIDDEN = torch.zeros(LABELS, LABELS, dtype=torch.bool)
for _role in range(len(ROLES)):
    _begin, _inside = 2 * _role + 1, 2 * _role + 2
    FORBIDDEN[:, _inside] = True
    FORBIDDEN[_begin, _inside] = FORBIDDEN[_inside, _inside] = False


def transition_scores(net: Net) -> tuple[Tensor, Tensor]:
    """Return the scores of every label after every other, and of a first one. Begin labels alone open a span."""
    start = net.starts.float().masked_fill(_inside_labels(net.starts.device), -1e4)
    return net.transitions.float().masked_fill(FORBIDDEN.to(net.transitions.device), -1e4), start


def _inside_labels(device: torch.device) -> Tensor:
    labels = torch.arange(LABELS, device=device)
    return (labels > 0) & (labels % 2 == 0)


def crf_loss(net: Net, scores: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood of the label paths under a linear-chain CRF (Lafferty et al. 2001), per word.

    ``scores`` (B, W, LABELS), ``labels`` and ``mask`` (B, W); every row has its words first.
    """
    transitions, start = transition_scores(net)
    w = scores.shape[1]
    scores = scores.float()
    alpha = start + scores[:, 0]
    gold = start[labels[:, 0]] + scores[:, 0].gather(1, labels[:, :1]).squeeze(1)
    for t in range(1, w):
        here = mask[:, t]
        after = torch.logsumexp(alpha[:, :, None] + transitions, 1) + scores[:, t]
        alpha = torch.where(here[:, None], after, alpha)
    steps = transitions[labels[:, :-1], labels[:, 1:]] + scores[:, 1:].gather(2, labels[:, 1:, None]).squeeze(2)
    gold = gold + (steps * mask[:, 1:]).sum(1)
    return (torch.logsumexp(alpha, 1) - gold).sum() / mask.sum()
