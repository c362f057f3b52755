"""The figures of the shipped weights and grammars on development parts, beside what others and what people reach."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.evaluate import (
    expected_calibration_error,
    linked_by_confidence,
    score_attribution,
    score_items,
    score_stories,
    score_times,
)
from onrecord.evaluate.conllu import read_conllu
from onrecord.evaluate.coreference import Conll, Gap
from onrecord.evaluate.entity_stances import stance_sentences
from onrecord.evaluate.forms import Id
from onrecord.evaluate.given import given_dossier, story_articles
from onrecord.evaluate.inference import debunks, held_out, score_inference
from onrecord.evaluate.recognizers import DATES, score_recognizers
from onrecord.evaluate.recognizers_dates import other_kinds
from onrecord.evaluate.scores import Counts, compare
from onrecord.evaluate.stories import pronoun_sources
from onrecord.read import Reader
from onrecord.read.times import find, resolve
from onrecord.read.times.calendar import day_of
from onrecord.reconcile import reconcile
from onrecord.reconcile.pairs import INFERENCES, STANCES, on_issue, shipped
from onrecord.reconcile.positions import SURE
from onrecord.records import Article, Span, text_hash

TUNED_ON = ("seesaw-055", "seesaw-061", "seesaw-063", "seesaw-113")
"""Annotated stories that rules and word lists were tuned on; the others confirm."""


GIVEN = "statements and speakers given"
OUTER = "outer statements alone"
CALIBRATION = "confidence, expected calibration error"
"""The one figure that is better the lower it is."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure, what it was measured on, and what it can be held against."""

    figure: str
    on: str
    value: float
    people: float | None = None
    published: str | None = None


def corpora(folder: Path | None) -> Path:
    """Return the folder of corpora: the one given, else $ONRECORD_DATA; either it or its ``data`` holds them."""
    chosen = folder or (Path(os.environ["ONRECORD_DATA"]) if "ONRECORD_DATA" in os.environ else None)
    if chosen is None:
        raise InputError("bench quality", "needs the folder of corpora: give --data FOLDER or set ONRECORD_DATA")
    for place in (chosen, chosen / "data"):
        if (place / "attribution" / "polnear_dev.jsonl.gz").is_file():
            return place
    raise InputError(str(chosen), "holds no attribution/polnear_dev.jsonl.gz")


def network_rows(data: Path, reader: Reader) -> list[Row]:
    """Measure everything that rests on the networks."""
    rows = attribution_rows(data, reader) + story_rows(data, reader) + coreference_rows(data, reader)
    return rows + inference_rows(data) + entity_stance_rows(data)


def attribution_rows(data: Path, reader: Reader) -> list[Row]:
    """Measure statements against the development part of PolNeAR."""
    gold: dict[Id, Any] = {r["id"]: r for r in _lines(data / "attribution" / "polnear_dev.jsonl.gz")}
    predicted = attribution_predictions(gold, reader)
    whole = score_attribution(gold, predicted).to_dict()
    on = f"PolNeAR, development part, {len(gold)} articles"
    people = {"source": 79.0, "cue": 72.2, "content": 72.0}
    cofenet = {"source": 83.2, "cue": 75.3, "content": 72.9}
    sentences = list(_lines(data / "attribution" / "cofenet_items_dev.jsonl.gz"))
    rows: list[Row] = []
    for within, told in (("in sentences", predicted), (f"in sentences, {OUTER}", _outer(predicted))):
        items = score_items(sentences, told).to_dict()
        rows += [
            Row(f"{role}, exact, {within}", on, items[role]["f1"], None, f"CofeNet {cofenet[role]} (test part)")
            for role in people
        ]
    rows += [Row(f"{role}, exact, in articles", on, whole["exact"][role]["f1"], people[role]) for role in people]
    rows.append(Row("linked attributions", on, whole["linked"]["f1"], 69.2, "none published"))
    outer = score_attribution(gold, _outer(predicted)).to_dict()
    rows.append(Row(f"linked attributions, {OUTER}", on, outer["linked"]["f1"], 69.2, "none published"))
    error = expected_calibration_error(linked_by_confidence(gold, predicted))
    rows.append(Row(CALIBRATION, on, round(error, 1)))
    return rows


def attribution_predictions(gold: Mapping[Id, Mapping[str, Any]], reader: Reader) -> dict[Id, Any]:
    """Return what a reader finds in articles, as decoded JSON, by article id."""
    return {key: _plain(reader, row) for key, row in gold.items()}


def _outer(predicted: Mapping[Id, Any]) -> dict[Id, Any]:
    """Return predictions without statements within statements, which PolNeAR's annotators left out."""
    return {
        key: {**row, "statements": [s for s in row["statements"] if s["parent"] is None]}
        for key, row in predicted.items()
    }


def story_rows(data: Path, reader: Reader) -> list[Row]:
    """Measure dossiers against the stories annotated by hand: those tuned on, and those that confirm."""
    paths = sorted((data / "annotated").glob("*.json"))
    golds = {p.stem: json.loads(p.read_text("utf-8")) for p in paths}
    found = {n: (gold, dossier_of(gold, reader)) for n, gold in golds.items()}
    given = {n: (gold, given_dossier(gold, reader)) for n, gold in golds.items()}
    rows: list[Row] = []
    for part, chosen in (
        ("all", list(golds)),
        ("tuned on", [n for n in golds if n in TUNED_ON]),
        ("confirming", [n for n in golds if n not in TUNED_ON]),
    ):
        if chosen:
            on = f"annotated stories, {part} ({len(chosen)})"
            rows += _story_figures([found[n] for n in chosen], on)
            score = score_stories(given[n] for n in chosen).to_dict()
            rows.append(Row(f"same utterance, {GIVEN}", on, score["same"]["f1"], 93.7))
            rows += _relation_figures(score, on, f", {GIVEN}")
    return rows


def _relation_figures(score: Mapping[str, Any], on: str, how: str = "") -> list[Row]:
    conflicts, positions = score["conflicts"], score["positions"]
    return [
        Row(f"conflicts{how} ({conflicts['n']:.0f} conflicts)", on, conflicts["f1"], 73.0),
        Row(f"conflicts, precision{how}", on, conflicts["precision"]),
        Row(f"positions{how} ({positions['n']} positions)", on, positions["f1"]),
    ]


def inference_rows(data: Path) -> list[Row]:
    """Measure the network of inference on the news pairs that were kept from training."""
    pairs = [r for r in _lines(data / "inference" / "pairs.jsonl.gz") if held_out(r)]
    judged = shipped().inferences([(r["a"], r["b"]) for r in pairs])
    told = [INFERENCES[k] for k in judged.argmax(1).tolist()]
    rows: list[Row] = []
    for name, title in (("emergent", "Emergent"), ("rte3_dev", "RTE-3")):
        for plain in (False, True):
            chosen = [i for i, r in enumerate(pairs) if r["set"] == name and not (plain and debunks(r))]
            score = score_inference([pairs[i]["label"] for i in chosen], [told[i] for i in chosen])
            on = f"{title}{', without debunking words' if plain else ''}, one group of five, kept from training"
            rows += [
                Row(f"inference, accuracy ({score.n} pairs)", on, score.accuracy),
                Row("inference, contradiction F1", on, score.contradiction),
            ]
    return rows


def entity_stance_rows(data: Path) -> list[Row]:
    """Measure who is for or against whom in a sentence, beside the commonest sign for every pair that is named."""
    stories = (s for s in _lines(data / "stories" / "seesaw.jsonl.gz") if s["split"] == "valid")
    sentences = list(stance_sentences(stories))
    asked = [(s, a, b) for s in sentences for a, b in s.pairs]
    chances = shipped().stances([(s.text, on_issue(a, b)) for s, a, b in asked])
    signs = {STANCES.index("for"): "POS", STANCES.index("against"): "NEG"}
    found: dict[int, set[tuple[str, str, str]]] = {i: set() for i in range(len(sentences))}
    common: dict[int, set[tuple[str, str, str]]] = {i: set() for i in range(len(sentences))}
    number = {id(s): i for i, s in enumerate(sentences)}
    for (s, a, b), row in zip(asked, chances, strict=True):
        best = max(signs, key=lambda k: float(row[k]))
        if row[best] >= SURE:
            found[number[id(s)]].add((a, signs[best], b))
        common[number[id(s)]].add((a, "NEG", b))
    on = f"SEESAW, development stories, {len(sentences)} sentences with a stance"
    return [
        Row(name, on, sum((compare(s.stances, told[i]) for i, s in enumerate(sentences)), Counts()).prf().f1)
        for name, told in (("stances between entities, F1", found), ("stances between entities, always NEG", common))
    ]


MEASURE_ONLY = ("essay", "fiction", "letter", "podcast", "reddit", "whow")
"""Kinds of GUM's documents under non-commercial terms, on which nothing that ships is tuned."""


def coreference_rows(data: Path, reader: Reader) -> list[Row]:
    """Measure who is who: GAP's pronouns, GUM's chains."""
    gap = Gap()
    snippets = list(_lines(data / "coreference" / "gap_development.jsonl.gz"))
    for row in snippets:
        gap.add(*_gap_answers(row, reader))
    conll, documents = Conll(), 0
    for row in _lines(data / "coreference" / "gum.jsonl.gz"):
        if row["split"] == "dev" and row["id"].split("_")[1] not in MEASURE_ONLY:
            document = read_conllu(row["conllu"])
            gold: dict[int, list[Span]] = {}
            for mention in document.mentions:
                gold.setdefault(mention.chain, []).append(Span(mention.start, mention.end))
            article = Article(row["id"], document.text, text_hash(document.text), language="en")
            conll.add(gold.values(), reader.chains(article))
            documents += 1
    published = "66.9 parallelism, 64.0 Lee et al. 2017 (both Webster et al. 2018), 92 with BERT-large"
    return [
        Row("pronouns, F1", f"GAP, development part, {len(snippets)} snippets", gap.f1(), None, published),
        Row(
            "chains, CoNLL F1", f"GUM, development part, {documents} documents of the kinds learned from", conll.mean()
        ),
    ]


def _gap_answers(row: Mapping[str, Any], reader: Reader) -> tuple[list[bool], list[bool]]:
    """Return which of a snippet's two names the pronoun means, and which of them is the actor's who has the pronoun."""
    text = row["Text"]
    at = int(row["Pronoun-offset"])
    reading = reader.read(Article(row["ID"], text, text_hash(text), language="en"))
    pronoun = Span(at, at + len(row["Pronoun"]))
    meant = next((a for a in reading.actors if pronoun in a.mentions), None)
    predicted = []
    for name in "AB":
        start = int(row[f"{name}-offset"])
        span = Span(start, start + len(row[name]))
        predicted.append(meant is not None and any(m.overlaps(span) for m in meant.mentions))
    return [row[f"{name}-coref"] == "TRUE" for name in "AB"], predicted


KEPT_ASIDE = "every fifth document, kept aside"
WRITTEN_ON = "the four fifths that the grammar was written on"


def time_rows(data: Path) -> list[Row]:
    """Measure times against the training corpora of TempEval-3, TimeBank and AQUAINT.

    The grammar was written with four fifths of the documents in view. Every fifth was kept aside and looked at by no
    one: its figures say how the grammar does on news it has not seen.
    """
    documents = list(_lines(data / "time" / "tempeval3_tbaq.jsonl.gz"))
    rows: list[Row] = []
    for part, chosen in (
        (KEPT_ASIDE, [d for at, d in enumerate(documents) if at % 5 == 4]),
        (WRITTEN_ON, [d for at, d in enumerate(documents) if at % 5 != 4]),
    ):
        found = {d["id"]: {"times": resolve(find(d["text"]), day_of(d["published"]))} for d in chosen}
        score = score_times({d["id"]: d for d in chosen}, msgspec.to_builtins(found))
        on = f"TempEval-3's TimeBank and AQUAINT, {part} ({len(chosen)})"
        rows += [
            Row("times, relaxed F1", on, score.relaxed_f1, None, "HeidelTime 90.3 (test part)"),
            Row("times, strict F1", on, score.strict_f1, None, "HeidelTime 81.3 (test part)"),
            Row("times, value F1", on, score.value_f1, None, "HeidelTime 77.6 (test part)"),
        ]
    return rows


def recognizers_rows(data: Path) -> list[Row]:
    """Measure numbers, quantities and times against the specifications of Recognizers-Text: the share of right cases.

    The cases of times of other kinds, clock times and sets among them, are counted and left out.
    """
    cases = list(_lines(data / "time" / "recognizers_specs.jsonl.gz"))
    others = other_kinds(cases)
    counts = ", ".join(f"{n} {kind}" for kind, n in others.items())
    on = "Recognizers-Text's specifications, cases that are right in all they expect"
    left_out = {DATES: f"; {sum(others.values())} cases of other kinds are left out ({counts})"}
    scores = score_recognizers(cases)
    return [Row(f"{name} ({s.total} cases)", on + left_out.get(name, ""), s.percent) for name, s in scores.items()]


def example_rows(gold_path: Path, reader: Reader) -> list[Row]:
    """Measure the dossier of a story that comes with its answers."""
    gold = json.loads(gold_path.read_text("utf-8"))
    return _story_figures([(gold, dossier_of(gold, reader))], f"{gold_path.parent.name}, the example story")


def dossier_of(gold: Mapping[str, Any], reader: Reader) -> Any:
    """Return the dossier, as decoded JSON, of the articles of an annotated story."""
    return msgspec.to_builtins(reconcile([reader.read(a) for a in story_articles(gold)]))


def _story_figures(pairs: list[tuple[Any, Any]], on: str) -> list[Row]:
    scores = score_stories(pairs)
    score, days = scores.to_dict(), scores.said_on
    pronouns = pronoun_sources(pairs)
    return [
        Row("statements", on, score["statements"]["f1"], 96.1),
        Row("kind", on, score["kind"], 100.0),
        Row("speaker", on, score["speaker"], 95.9),
        Row(f"speaker, where the source is a pronoun ({pronouns.n} statements)", on, pronouns.percent),
        Row("people", on, score["people"]["f1"], 98.2),
        Row("same utterance", on, score["same"]["f1"], 93.7),
        *_relation_figures(score, on),
        Row("anonymous", on, score["anonymous"]["f1"], 96.0),
        Row("speaks for", on, score["speaks_for"]["f1"]),
        Row(f"day of saying ({days.n} statements)", on, days.percent),
    ]


def _plain(reader: Reader, row: Mapping[str, Any]) -> Any:
    article = Article(id=row["id"], text=row["text"], sha256=text_hash(row["text"]))
    return msgspec.to_builtins(reader.read(article))


def _lines(path: Path) -> Iterator[Any]:
    """Yield the lines of a corpus, decoded."""
    if not path.is_file():
        raise InputError(str(path), "no such file among the corpora")
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)
