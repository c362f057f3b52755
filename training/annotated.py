"""Stories annotated for this project, as text with labels: which statements tell one act of saying.

``annotations/stories.jsonl`` holds the labels, of 177 of the stories in SEESAW and PAC; the texts are the outlets', and
come from those corpora: an article's sentences, joined by line breaks. None of the stories annotated by hand for
measuring is among them, nor any article that shares more than twenty runs of eight words with one of those.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from data import rows

LABELS = Path(__file__).resolve().parent / "annotations" / "stories.jsonl"


@dataclass(frozen=True)
class Labelled:
    """One statement as it was labelled. ``speaker`` is a number in its story, ``None`` where nobody knows."""

    article: str
    spans: list[tuple[int, int]]
    cue: tuple[int, int] | None
    speaker: int | None


@dataclass(frozen=True)
class AnnotatedStory:
    """A story with its articles, as rows of the corpus with ``text``, its statements, and pairs of them by their
    ids."""

    name: str
    articles: dict[str, dict[str, Any]]
    statements: dict[str, Labelled]
    same: frozenset[frozenset[str]]
    unsure: frozenset[frozenset[str]]


def annotated_stories(data: Path) -> list[AnnotatedStory]:
    """Return the annotated stories in the order of their names."""
    articles = {
        a["id"]: {**a, "published": a.get("published") or story.get("date"), "text": "\n".join(a["sentences"])}
        for name in ("seesaw", "pac")
        for story in rows(data / "stories" / f"{name}.jsonl.gz")
        for a in story["articles"]
    }
    told = (json.loads(line) for line in LABELS.read_text("utf-8").splitlines())
    return [_story(row, articles) for row in told]


def _story(row: dict[str, Any], articles: dict[str, dict[str, Any]]) -> AnnotatedStory:
    letters = row["articles"]
    statements = {
        key: Labelled(letters[key[0]], [tuple(s) for s in s["spans"]], s["cue"] and tuple(s["cue"]), s["speaker"])
        for key, s in row["statements"].items()
    }
    same = _pairs(row["same"])
    return AnnotatedStory(
        row["story"], {a: articles[a] for a in letters.values()}, statements, same, _pairs(row["unsure"]) - same
    )


def _pairs(groups: list[list[str]]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2))
