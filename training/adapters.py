"""Low-rank adapters: LoRA (Hu et al. 2022). Of a network learned before, the weights stay as they are; beside each
linear layer of its encoder learns a product of two narrow matrices. So another task costs a tenth of a network's space,
and what the network knew is not touched.

The network ships in 8 bits, and the adapters learn beside it as it ships (like QLoRA, Dettmers et al. 2023): its
weights rounded, and what goes into each layer, too, with gradients as if it were not (Bengio et al. 2013).
"""

from __future__ import annotations

import math
from copy import deepcopy
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from pairs import Pairs

LAYERS = ("qkv", "out", "up", "down")
"""The linear layers of each encoder layer that are adapted."""
STEPS = 255
LEAST = 1e-8


class Adapted(nn.Module):
    """A linear layer as it is, and beside it a product of two matrices, ``narrow`` (rank, inputs) and ``wide``
    (outputs, rank), that begins as nothing. Where it learns, it reckons in 8 bits.
    """

    rounded: Tensor

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.narrow = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
        self.wide = nn.Parameter(torch.zeros(linear.out_features, rank))
        self.register_buffer("rounded", weights_in_8_bits(linear.weight.detach()), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Take (B, T, inputs) and return (B, T, outputs)."""
        if not self.training:
            out: Tensor = self.linear(x)
            return out + F.linear(F.linear(x, self.narrow), self.wide)
        x = in_8_bits(x)
        between = in_8_bits(F.linear(x, self.narrow))
        return F.linear(x, self.rounded, self.linear.bias) + F.linear(between, self.wide)


def weights_in_8_bits(weight: Tensor) -> Tensor:
    """Return the weights of a linear layer, (outputs, inputs), as rounded to 8 bits with a scale for each output."""
    scale = weight.abs().amax(1, keepdim=True).clamp(min=LEAST) / 127
    return (weight / scale).round() * scale


def in_8_bits(x: Tensor) -> Tensor:
    """Return states, (B, T, width), as rounded to 8 bits with a scale for each text; gradients pass as they are."""
    with torch.no_grad():
        values = x.float()
        low, high = values.amin((1, 2), keepdim=True).clamp(max=0), values.amax((1, 2), keepdim=True).clamp(min=0)
        scale = ((high - low) / STEPS).clamp(min=LEAST)
        zero = (-low / scale).round()
        rounded = (((values / scale).round() + zero).clamp(0, STEPS) - zero) * scale
    return x + (rounded.to(x.dtype) - x).detach()


def adapted(net: Pairs, rank: int) -> Pairs:
    """Return a copy of a network with adapters, of which the encoder's own weights do not learn. The head of passages
    begins as that of conflicts.
    """
    net = deepcopy(net)
    net.encoder.requires_grad_(False)
    for layer in net.encoder.layers:
        for name in LAYERS:
            setattr(layer, name, Adapted(getattr(layer, name), rank))
    net.passage.load_state_dict(net.conflict.state_dict())
    return net
