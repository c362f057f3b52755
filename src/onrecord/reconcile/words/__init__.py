"""Word tables of this stage, as data: one file a table, a comment at its head saying where its words come from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> dict[str, str]:
    """Return ``name``.txt as a mapping: each line a word and the forms of it, which map to the word."""
    lines = files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    out: dict[str, str] = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            word, *forms = line.split()
            out.update(dict.fromkeys([word, *forms], word))
    return out


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the words of ``name``.txt."""
    return frozenset(table(name))


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return the pairs of sets of opposites.txt."""
    lines = files(__name__).joinpath("opposites.txt").read_text("utf-8").splitlines()
    told = (line.split("/") for line in lines if line.strip() and not line.startswith("#"))
    return tuple((frozenset(a.split()), frozenset(b.split())) for a, b in told)
