"""Stories annotated for this project, as text with labels: which statements tell one act of saying, which conflict, and
who stands where on what.

``annotations/stories.jsonl`` holds the labels of whole stories, of 177 in SEESAW and PAC; ``annotations/judged.jsonl``
and ``annotations/suspects.jsonl`` those of pairs judged one by one, of 264; ``annotations/disputes.jsonl`` lists all
pairs that stand against each other in these, in 696 articles of PolNeAR and in 76 of TempEval-3. The texts are the
outlets', and come from those corpora: of a story, an article's sentences, joined by line breaks. None of the stories
annotated by hand for measuring is among them, nor any article that shares more than twenty runs of eight words with one
of those.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

from data import rows

from onrecord.reconcile.contrast import BESIDE, GAP
from onrecord.reconcile.pairs import STANCES, Passage, as_words, in_passage, on_issue
from onrecord.records import Span

LABELS = Path(__file__).resolve().parent / "annotations"
JUDGED, SUSPECTS = "judged.jsonl", "suspects.jsonl"
"""Pairs judged one by one: those first chosen, and those that a network which had learned from them was surest of."""
DISPUTES = "disputes.jsonl"


@dataclass(frozen=True)
class Labelled:
    """One statement as it was labelled. ``speaker`` is a number in its story, ``None`` where nobody knows."""

    article: str
    spans: list[tuple[int, int]]
    cue: tuple[int, int] | None
    speaker: int | None


@dataclass(frozen=True)
class LabelledPosition:
    """Where a statement shows an actor to stand on an issue; ``second_hand`` where the actor is not its speaker."""

    statement: str
    actor: str
    issue: str
    stance: str
    second_hand: bool


@dataclass(frozen=True)
class AnnotatedStory:
    """A story with its articles, as rows of the corpus with ``text``, its statements, and pairs of them by their ids.

    ``conflicts`` says of pairs, lower id first, whether they are a "conflict" or opposing wishes, a "position";
    ``issues`` gives the phrases for each issue, its name first.
    """

    name: str
    articles: dict[str, dict[str, Any]]
    statements: dict[str, Labelled]
    same: frozenset[frozenset[str]]
    unsure: frozenset[frozenset[str]]
    conflicts: dict[tuple[str, str], str]
    issues: dict[str, list[str]]
    positions: list[LabelledPosition]

    def told(self, key: str, speaker: str | None) -> str:
        """Return a statement as the network of pairs reads it."""
        s = self.statements[key]
        text = self.articles[s.article]["text"]
        cue = text[slice(*s.cue)] if s.cue else None
        return as_words(speaker, cue, (text[a:b] for a, b in s.spans))


@dataclass(frozen=True)
class JudgedStory:
    """Pairs of a story that were judged one by one, as the network of pairs reads them.

    ``conflicts`` has two statements and their label, one of the network's or "arguable". ``stances`` has a statement,
    what is asked of it, and the number of the label among :data:`STANCES`; ``second_hand`` has those of them where the
    question is of another than the speaker.
    """

    name: str
    conflicts: list[tuple[str, str, str]]
    stances: list[tuple[str, str, int]]
    second_hand: list[tuple[str, str, int]]


@dataclass(frozen=True)
class ListedStory:
    """A story, or a single article, of which all statements were read and all pairs of them listed that stand against
    each other.

    ``told`` has the statements as the network of pairs reads them. ``pairs`` says of two of them, by their numbers, the
    lower first, whether they are a "conflict" (both cannot be true), a "dispute" (two sides of one question of what is
    true, or how to judge something) or a "position" (opposing wishes); all others are nothing of these. ``passages``
    are statements of two speakers that stand near each other, as the network reads them there, with the same labels, or
    "none".
    """

    name: str
    told: list[str]
    pairs: dict[tuple[int, int], str]
    passages: list[tuple[Passage, str]]


def annotated_stories(data: Path) -> list[AnnotatedStory]:
    """Return the annotated stories in the order of their names."""
    articles = _articles(data)
    return [_story(row, articles) for row in _labels("stories.jsonl")]


def judged_stories(data: Path, name: str) -> list[JudgedStory]:
    """Return the stories with pairs judged one by one that a file has, in the order of their names."""
    articles = _articles(data)
    return [_judged(row, articles) for row in _labels(name)]


def listed_stories(data: Path) -> list[ListedStory]:
    """Return the stories and articles whose disputes were listed, in the order of their names."""
    articles = (
        _articles(data)
        | {a["id"]: a for a in rows(data / "attribution" / "polnear_train.jsonl.gz")}
        | {f"tempeval3:{a['id']}": a for a in rows(data / "time" / "tempeval3_tbaq.jsonl.gz")}
    )
    return [_listed(row, articles) for row in _labels(DISPUTES)]


def _articles(data: Path) -> dict[str, dict[str, Any]]:
    """Return the articles of both corpora of stories by their ids."""
    return {
        a["id"]: {**a, "published": a.get("published") or story.get("date"), "text": "\n".join(a["sentences"])}
        for name in ("seesaw", "pac")
        for story in rows(data / "stories" / f"{name}.jsonl.gz")
        for a in story["articles"]
    }


def _labels(name: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in (LABELS / name).read_text("utf-8").splitlines())


_CONFLICTS = {"n": "none", "c": "conflict", "p": "position", "q": "arguable"}
_DISPUTES = {"c": "conflict", "d": "dispute", "p": "position"}
_STANCES = {"n": "none", "f": "for", "a": "against", "c": "conditional"}


def _told(row: dict[str, Any], articles: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the statements of a row as the network of pairs reads them, by their ids."""
    told = {}
    for key, s in row["statements"].items():
        text = articles[row["articles"][s["article"]]]["text"]
        cue = text[slice(*s["cue"])] if s["cue"] else None
        told[key] = as_words(s["speaker"], cue, (text[a:b] for a, b in s["spans"]))
    return told


def _listed(row: dict[str, Any], articles: dict[str, dict[str, Any]]) -> ListedStory:
    told = _told(row, articles)
    number = {key: i for i, key in enumerate(told)}
    pairs = {}
    for pair, label in row["conflicts"].items():
        a, b = sorted(number[key] for key in pair.split("-"))
        pairs[a, b] = _DISPUTES[label]
    passages = [
        (in_passage(articles[article]["text"], cores, speakers), pairs.get((min(i, j), max(i, j)), "none"))
        for article, (i, j), cores, speakers in _beside(row, number)
    ]
    return ListedStory(row["story"], list(told.values()), pairs, passages)


def _beside(
    row: dict[str, Any], number: Mapping[str, int]
) -> Iterator[tuple[str, tuple[int, int], tuple[Span, Span], tuple[str | None, str | None]]]:
    """Yield the statements of two speakers that stand near each other in an article: the article's id, their numbers,
    the stretches of their contents and cues, and who makes them, the earlier first.
    """
    by_article: dict[str, list[tuple[Span, int, str | None]]] = {}
    for key, s in row["statements"].items():
        core = Span.around([Span(*part) for part in (*s["spans"], *([s["cue"]] if s["cue"] else []))])
        by_article.setdefault(row["articles"][s["article"]], []).append((core, number[key], s["speaker"]))
    for article, statements in by_article.items():
        statements.sort(key=lambda each: (each[0].start, -each[0].end, each[1]))
        for n, (core, i, speaker) in enumerate(statements):
            for other, j, by in statements[n + 1 : n + 1 + BESIDE]:
                if (speaker is None or speaker != by) and other.start - core.end <= GAP:
                    yield article, (i, j), (core, other), (speaker, by)


def _judged(row: dict[str, Any], articles: dict[str, dict[str, Any]]) -> JudgedStory:
    told, speaker = _told(row, articles), {key: s["speaker"] for key, s in row["statements"].items()}
    pairs = ((*pair.split("-"), label) for pair, label in row["conflicts"].items())
    asked = [
        (actor != speaker[key], (told[key], on_issue(actor, phrase), STANCES.index(_STANCES[label])))
        for key, actor, phrase, label in row["stances"]
    ]
    return JudgedStory(
        row["story"],
        [(told[a], told[b], _CONFLICTS[label]) for a, b, label in pairs],
        [each for _, each in asked],
        [each for of_another, each in asked if of_another],
    )


def _story(row: dict[str, Any], articles: dict[str, dict[str, Any]]) -> AnnotatedStory:
    letters = row["articles"]
    statements = {
        key: Labelled(letters[key[0]], [tuple(s) for s in s["spans"]], s["cue"] and tuple(s["cue"]), s["speaker"])
        for key, s in row["statements"].items()
    }
    same = _pairs(row["same"])
    return AnnotatedStory(
        row["story"],
        {a: articles[a] for a in letters.values()},
        statements,
        same,
        _pairs(row["unsure"]) - same,
        _conflicts(row["conflicts"], statements),
        {issue["name"]: [issue["name"], *issue["phrases"]] for issue in row["issues"]},
        [
            LabelledPosition(key, p["actor"], p["issue"], p["stance"], p["second_hand"])
            for p in row["positions"]
            for key in p["statements"]
            if key in statements
        ],
    )


def _conflicts(rows: list[dict[str, Any]], statements: Container[str]) -> dict[tuple[str, str], str]:
    """Return the pairs across conflicts; what is both a conflict and opposing wishes is a conflict."""
    found: dict[tuple[str, str], str] = {}
    for row in sorted(rows, key=lambda r: r["type"] != "position"):
        found.update(dict.fromkeys(_across(row, statements), _kind(row)))
    return found


def _kind(row: dict[str, Any]) -> str:
    return "position" if row["type"] == "position" else "conflict"


def _across(row: dict[str, Any], statements: Container[str]) -> set[tuple[str, str]]:
    """Return the pairs across a conflict, lower id first."""
    both = product(row["a"], row["b"])
    return {(min(a, b), max(a, b)) for a, b in both if a != b and a in statements and b in statements}


def _pairs(groups: list[list[str]]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2))
