"""Logistic regression with a ridge, for what is weighed by features that have names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

PENALTY = 3.0
"""Strength of the ridge on standardised weights."""
STEPS = 30


def fit(
    x: NDArray[np.float64], right: NDArray[np.bool_], names: Sequence[str], penalties: Mapping[str, float] | None = None
) -> tuple[dict[str, float], float]:
    """Return the weight of each of ``names`` and the offset, by Newton's method, for rows (N, names) and what is right
    of them, (N,). ``penalties`` has those of names that have another than :data:`PENALTY`.
    """
    y = right.astype(float)
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    ridge = np.diag([(penalties or {}).get(name, PENALTY) for name in names] + [0.0])
    w = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        w += np.linalg.solve(
            z.T @ (z * (p * (1 - p))[:, None]) + ridge + 1e-9 * np.eye(len(w)), z.T @ (y - p) - ridge @ w
        )
    weights = w[:-1] / spread
    told = {name: round(float(v), 4) for name, v in zip(names, weights, strict=True)}
    return told, round(float(w[-1] - weights @ mean), 4)
