"""Same input, same bytes: a record that changes with its company is no record."""

from __future__ import annotations

import itertools
import random

import pytest

from onrecord.errors import WeightsError
from onrecord.read import Reader
from onrecord.read.encoder import Encoder
from onrecord.read.segments import Segments
from onrecord.read.tokens import CORE, tokenise, windows
from onrecord.records import to_json


def test_encoder_reads_an_article_the_same_alone_together_and_shuffled(reader, story):
    alone = {a.id: to_json(Reader(threads=1).read(a)) for a in story}
    together = {a.id: to_json(reader.read(a)) for a in story}
    shuffled = list(story) * 2
    random.Random(3).shuffle(shuffled)
    mixed = [(a.id, to_json(reader.read(a))) for a in shuffled]
    assert together == alone
    assert all(content == alone[key] for key, content in mixed)


def test_encoder_reads_every_piece_exactly_once(story):
    encoder = Encoder()
    text = "\n\n".join(a.text for a in story)
    segments = Segments(text)
    tokens = tokenise(encoder.tokenizer, text, segments)
    cut = windows(tokens, segments)
    cores = [(w.core_start, w.core_end) for w in cut]
    assert cores[0][0] == 0
    assert cores[-1][1] == len(tokens)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(cores))
    assert all(e - s <= CORE for s, e in cores)
    scores = encoder.score(text, segments)
    assert len(scores.roles) == len(scores.names) == len(scores.content_to_cue.rows) == len(tokens)


@pytest.mark.parametrize("text", ["", " ", "x", "“", "😀" * 2000, "word " * 3000, "a" * 5000])
def test_encoder_takes_any_text(reader, make_article, text):
    assert reader.read(make_article(text)).text == text


def test_encoder_refuses_weights_that_are_not_those_of_the_manifest(weights_copy):
    with (weights_copy / "reader.onnx").open("ab") as f:
        f.write(b"\0")
    with pytest.raises(WeightsError, match="install the package again"):
        Encoder(weights_copy)


def test_encoder_says_that_weights_are_missing(tmp_path):
    with pytest.raises(WeightsError, match="no weights"):
        Encoder(tmp_path)
