"""The files that training leaves: graphs, tokenizer, what their outputs mean. Each is checked against its hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import WeightsError

R = TypeVar("R")
T = TypeVar("T")
CLS, SEP = 101, 102
WORDS = "reader.onnx"
"""The file that holds the table of word embeddings of all networks."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``reader.json``: the hashes of the weights' files and what the outputs mean.

    ``calibration`` is slope and offset of Platt's (1999) line from the log-odds of a certainty to those of being
    right. ``mentions`` are the kinds of mentions; ``bound`` and ``refer`` the widths of the vectors that find a
    mention's bounds and what it means; ``distance`` is what it counts that two mentions stand apart, by twice the
    binary logarithm of pieces.
    """

    sha256: dict[str, str]
    labels: list[str]
    names: list[str]
    transitions: list[list[float]]
    starts: list[float]
    calibration: tuple[float, float] = (1.0, 0.0)
    mentions: list[str]
    distance: list[float]
    bound: int
    refer: int


class Weights:
    """A folder of weights, by default the shipped one. Safe to share between threads.

    ``threads`` bounds how many runs of a network go on at once; by default one a core. Raises
    :class:`~onrecord.errors.WeightsError` where a file is missing or is not the one that the manifest names.
    """

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        self.folder = folder or Path(str(files("onrecord.models")))
        self.threads = threads or _cores()
        try:
            self.manifest = msgspec.json.decode((self.folder / "reader.json").read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise WeightsError(f"{self.folder}: no weights that can be used ({error})") from error

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of all networks."""
        return Tokenizer.from_str(self.verified("tokenizer.json").decode())

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="onrecord")

    def verified(self, name: str) -> bytes:
        """Return the content of a file, once it has the hash that the manifest gives."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise WeightsError(f"{self.folder / name}: cannot be read ({error.strerror})") from error
        if hashlib.sha256(content).hexdigest() != self.manifest.sha256.get(name):
            raise WeightsError(
                f"{self.folder / name}: is not the file that reader.json names; install the package again"
            )
        return content

    def session(self, name: str, *base: str) -> onnxruntime.InferenceSession:
        """Load a graph to run on one core; ``base`` are the graphs of which it takes over weights, beside the words."""
        for each in dict.fromkeys((name, *base, WORDS)):
            self.verified(each)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self.folder / name), options, providers=["CPUExecutionProvider"])

    def each(self, ready: Sequence[R], run: Callable[[R], T]) -> list[T]:
        """Return what a network makes of each input, in order: every one goes through by itself, several at a time."""
        go = self._pool.map if self.threads > 1 and len(ready) > 1 else map
        return list(go(run, ready))


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
