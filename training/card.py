"""The model card: what the shipped weights are, what they learned from, and what they reach.

usage: card.py MODELS DATA     writes MODELS/CARD.md anew, with figures measured on exactly these weights
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from meaning import MeaningSettings
from mentions import MentionSettings
from pairs import LAST, LAST_SHARE, PASSAGES, ROUNDS, SHARES
from train import TEACHERS, Settings

from onrecord.evaluate.quality import Row, network_rows
from onrecord.read import Reader

TEMPLATE = Path(__file__).with_name("card_template.md")


def write_card(models: Path, data: Path, settings: Settings) -> None:
    """Measure the weights in a folder and write their card beside them."""
    reader = Reader(models)
    hashes = json.loads((models / "reader.json").read_text("utf-8"))["sha256"]
    for name in ("same.json", "issues.json", "conflicts.json"):
        hashes[name] = hashlib.sha256((models / name).read_bytes()).hexdigest()
    files = "\n".join(f"| `{n}` | {(models / n).stat().st_size:,} | `{h}` |" for n, h in hashes.items())
    rows = network_rows(data, reader)
    figures = "\n".join(map(_line, rows))
    teachers = "; ".join(_told({k: v for k, v in vars(t).items() if v != getattr(settings, k)}) for t in TEACHERS)
    card = TEMPLATE.read_text("utf-8").format(
        files=files,
        settings=_told(vars(settings)),
        teachers=teachers,
        mentions=_told(vars(MentionSettings())),
        meanings=_told(vars(MeaningSettings())),
        pairs="; then ".join(_told(vars(r)) for r in ROUNDS),
        shares=", ".join(map(str, SHARES)),
        passages=_told(vars(PASSAGES)),
        rank=PASSAGES.rank,
        stances=_told(vars(LAST)),
        share=LAST_SHARE,
        figures=figures,
    )
    (models / "CARD.md").write_text(card, encoding="utf-8")


def _told(settings: dict[str, object]) -> str:
    return ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in settings.items())


def _line(row: Row) -> str:
    people = "" if row.people is None else row.people
    return f"| {row.figure} | {row.on} | {row.value:.1f} | {people} | {row.published or ''} |"


if __name__ == "__main__":
    write_card(Path(sys.argv[1]), Path(sys.argv[2]), Settings())
