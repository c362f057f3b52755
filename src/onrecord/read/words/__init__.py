"""Word lists, as data: one file a list, a comment at its head saying what its words are and where they come from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the entries of ``name``.txt: one a line, lines with ``#`` passed over."""
    lines = files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
