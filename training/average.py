"""The exponential average of weights over training steps, which generalises better than the last ones (Polyak 1992)."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn


class Average:
    """Averages named weights; ``share`` is what each step keeps of the average, less of it over the first steps."""

    def __init__(self, named: Iterable[tuple[str, nn.Parameter]], share: float) -> None:
        self._named, self._share, self._steps = list(named), share, 0
        self.weights: dict[str, Tensor] = {k: p.detach().clone() for k, p in self._named}

    def step(self) -> None:
        """Take up the weights as they are after a step."""
        self._steps += 1
        kept = min(self._share, self._steps / (self._steps + 10))
        with torch.no_grad():
            for k, p in self._named:
                self.weights[k].lerp_(p, 1 - kept)
