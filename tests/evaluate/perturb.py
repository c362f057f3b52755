"""Predictions made by spoiling gold annotations, the same way each time, and the reference scorers to compare with."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

ROLES = ("source", "cue", "content")


def load_rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def run_scorer(shared: Path, name: str, *files: Path) -> dict[str, Any]:
    command = [sys.executable, str(shared / "score" / f"{name}.py"), *map(str, files), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def load_scorer(shared: Path, name: str) -> ModuleType:
    """Import a reference scorer by its path, for many small comparisons in one process."""
    folder = str(shared / "score")
    spec = importlib.util.spec_from_file_location(f"reference_{name}", f"{folder}/{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, folder)  # one of them imports another
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(folder)
    return module


def spoil_spans(spans: list, length: int, random: Random) -> list[dict[str, int]]:
    """Drop, shift and split spans; what is returned lies within a text of this length."""
    spoiled = []
    for span in spans:
        fate = random.random()
        if fate < 0.06:
            continue
        shifts = (random.randint(-9, 9), random.randint(-9, 9)) if fate < 0.25 else (0, 0)
        start = min(max(span[0] + shifts[0], 0), length - 1)
        end = min(max(span[1] + shifts[1], start + 1), length)
        pieces = [(start, end)]
        if fate > 0.85 and end - start > 3:
            cut = random.randint(start + 1, end - 2)
            pieces = [(start, cut), (cut + random.randint(0, 1), end)]
        spoiled += [{"start": a, "end": b} for a, b in pieces]
    return spoiled


def spoil_attributions(attributions: list[dict[str, Any]], length: int, random: Random) -> list[dict[str, Any]]:
    """Return statements as a reader with faults would give them: roles dropped, shifted, split, swapped, repeated."""
    statements = []
    for attribution in attributions:
        statement: dict[str, Any] = {r: spoil_spans(attribution[r], length, random) for r in ROLES}
        fate = random.random()
        if fate < 0.08:
            continue
        if fate < 0.16:
            statement["source"], statement["cue"] = statement["cue"], statement["source"]
        if fate > 0.95:
            statements.append(statement)
        for role in ("source", "cue"):
            pieces = statement[role]
            if len(pieces) < 2:
                statement = {**statement, role: pieces[0] if pieces else None}
        statements.append(statement)
    random.shuffle(statements)
    return statements


def spoil_times(timexes: list[dict[str, Any]], length: int, random: Random) -> list[dict[str, Any]]:
    times = []
    for timex in timexes:
        value = timex["value"] if random.random() < 0.8 else random.choice(["2020-01-01", "PRESENT_REF", None])
        for span in spoil_spans([(timex["start"], timex["end"])], length, random):
            times.append({**span, "type": timex.get("type"), "value": value})
    random.shuffle(times)
    return times


def spoil_stories(gold: list[dict[str, Any]], random: Random) -> list[dict[str, Any]]:
    """Return the stories with articles lost, moved to the next story, and stories split in two."""
    stories: list[dict[str, Any]] = [{"id": "strays", "articles": ["an article that the gold lacks"]}]
    for number, story in enumerate(gold):
        ids = [a["id"] for a in story["articles"] if random.random() > 0.05]
        moved = [i for i in ids if random.random() < 0.1]
        stories[-1]["articles"] += moved
        kept = [i for i in ids if i not in moved]
        half = len(kept) // 2 if random.random() < 0.2 else 0
        stories += [
            {"id": f"s{number}-{part}", "articles": part_ids}
            for part, part_ids in (("a", kept[:half]), ("b", kept[half:]))
            if part_ids
        ]
    return stories
