"""The words of the interface: every label, heading and sentence that is Onrecord's own, from one file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "interface.en.toml"


def text(key: str, **values: object) -> str:
    """Return the words of ``key`` ("conflicts.heading") with ``values`` in their places.

    Raises :class:`KeyError` for a key that the file has not, and for a place that gets no value.
    """
    return _string(key).format(**values) if values else _string(key)


def texts(key: str) -> Mapping[str, str]:
    """Return a table of the file: what the members of one kind are called."""
    table = _table(key)
    return {name: str(words) for name, words in table.items()}


def count(n: int, noun: str) -> str:
    """Return a number with what is counted: "1 report", "2 reports". ``noun`` is a key of the file's ``count``."""
    forms = _table("count")[noun]
    return str(forms["one" if n == 1 else "other"]).format(n=n)


def _string(key: str) -> str:
    table, _, name = key.rpartition(".")
    found = _table(table)[name]
    if not isinstance(found, str):
        raise KeyError(key)
    return found


@cache
def _table(key: str) -> dict[str, Any]:
    found: dict[str, Any] = _all()
    for name in key.split(".") if key else ():
        found = found[name]
    return found


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads(files("onrecord.render").joinpath(FILE).read_text("utf-8"))
