"""Fixtures for all tests.

The corpora and the reference scorers are not part of this repository. Tests that compare with them find the folder
that holds ``data/`` and ``score/`` in the environment variable ONRECORD_DATA (that folder, or the ``data/`` in it) or,
by default, in ``../shared`` beside the repository, and are skipped where there is none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.ingest import ingest
from onrecord.read import Reader
from onrecord.read.weights import Weights
from onrecord.records import Article, text_hash


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds ``data/`` and ``score/``."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    named = Path(os.environ.get("ONRECORD_DATA", beside)).resolve()
    for folder in (named, named.parent):
        if (folder / "data").is_dir() and (folder / "score").is_dir():
            return folder
    pytest.skip(f"no data/ and score/ in {named}: set ONRECORD_DATA to the folder that holds them")


@pytest.fixture(scope="session")
def example() -> Path:
    """The folder of the example story."""
    return Path(__file__).resolve().parents[1] / "examples" / "jelan-dam"


@pytest.fixture(scope="session")
def story(example: Path) -> list[Article]:
    """The example story's reports."""
    return list(ingest([example]))


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader with the shipped weights for the whole session."""
    return Reader()


@pytest.fixture
def weights_copy(tmp_path: Path) -> Path:
    """A folder with a copy of the shipped weights, to be spoilt."""
    for path in Weights().folder.glob("*.*"):
        if path.suffix in (".onnx", ".json"):
            shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """A function that makes an article of a text."""

    def make(text: str, key: str = "a", **fields: str) -> Article:
        return Article(id=key, text=text, sha256=text_hash(text), **fields)

    return make
