"""Make confidence mean something: fit Platt's line on the development part and write it into the manifest.

usage: calibrate.py MODELS DATA

Of a statement's certainty (the mean of its labels' probabilities and of its links') the log-odds are taken to those of
being linked as in the gold (Platt 1999). The error it leaves is measured on articles that it was not fitted on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from data import rows
from numpy.typing import NDArray

from onrecord.evaluate import expected_calibration_error, linked_by_confidence
from onrecord.evaluate.quality import attribution_predictions
from onrecord.read import Reader

FOLDS = 5


def calibrate(models: Path, data: Path) -> float:
    """Fit and write ``calibration``; return the expected calibration error in percent, cross-validated by article."""
    path = models / "reader.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(_told({**manifest, "calibration": [1.0, 0.0]}), "utf-8")
    gold: dict[str, Any] = {r["id"]: r for r in rows(data / "attribution" / "polnear_dev.jsonl.gz")}
    predicted = attribution_predictions(gold, Reader(models))
    keys = list(gold)
    judged = {k: linked_by_confidence({k: gold[k]}, predicted) for k in keys}
    held_out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        line = fit([x for i, k in enumerate(keys) if i % FOLDS != fold for x in judged[k]])
        here = [x for i, k in enumerate(keys) if i % FOLDS == fold for x in judged[k]]
        held_out += [(p, right) for p, (_, right) in zip(apply(line, here), here, strict=True)]
    slope, offset = fit([x for k in keys for x in judged[k]])
    path.write_text(_told({**manifest, "calibration": [round(slope, 4), round(offset, 4)]}), "utf-8")
    return expected_calibration_error(held_out)


def fit(judged: list[tuple[float, bool]], steps: int = 25) -> tuple[float, float]:
    """Return slope and offset of the logistic regression on log-odds of certainty, by Newton's method."""
    x = np.stack([_log_odds(judged), np.ones(len(judged))], 1)
    y = np.array([right for _, right in judged], float)
    w = np.zeros(2)
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + 1e-6 * np.eye(2), x.T @ (y - p))
    return float(w[0]), float(w[1])


def apply(line: tuple[float, float], judged: list[tuple[float, bool]]) -> list[float]:
    """Return calibrated confidences."""
    return [float(p) for p in 1 / (1 + np.exp(-line[0] * _log_odds(judged) - line[1]))]


def _log_odds(judged: list[tuple[float, bool]]) -> NDArray[np.float64]:
    p = np.clip([c for c, _ in judged], 1e-3, 1 - 1e-3)
    return np.log(p / (1 - p))


def _told(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, indent=1) + "\n"


if __name__ == "__main__":
    error = calibrate(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"expected calibration error {error:.1f} %, on articles not fitted on")
