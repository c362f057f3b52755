"""The file of the interface's words: a missing key breaks a page, one that nothing uses is translated in vain."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import onrecord.render
from onrecord.render import interface

RENDER = Path(onrecord.render.__file__).parent
TABLES: Mapping[str, Any] = interface._all()
KEY = re.compile(rf"(?!.*\.(?:css|js|html)$)(?:{'|'.join(TABLES)})(?:\.[a-z_]+)+")


def keys(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the keys of the file; the plural forms of a noun are one."""
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and not key.startswith("count."):
            yield from keys(value, f"{key}.")
        else:
            yield key


FILE = frozenset(keys(TABLES))


def of_code(source: str) -> Iterator[str]:
    """Yield the keys, tables and prefixes ("positions.stances.") that a module asks for."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            yield node.value
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if re.fullmatch(rf"(?:{'|'.join(TABLES)})\.(?:[a-z_]+\.)*", start):
                yield start
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            asked = [n.value for arg in node.args for n in ast.walk(arg) if isinstance(n, ast.Constant)]
            strings = [value for value in asked if isinstance(value, str)]
            if name in {"count", "_count", "_more"}:
                yield from (f"count.{value}" for value in strings if value)
            elif name in {"text", "texts", "say"} and isinstance(node.args[0], ast.Constant):
                yield from strings


def of_template(source: str) -> Iterator[str]:
    for key, more in re.findall(r'\bt\("([^"]+)"( ~)?', source):
        assert not more or key.endswith("."), f"{key}: a prefix ends in a point"
        yield key
    for arguments in re.findall(r"\|\s*count\(([^)]*)\)", source):
        yield from (f"count.{noun}" for noun in re.findall(r'"(\w+)"', arguments))


def asked() -> Iterator[tuple[str, str]]:
    for path in sorted(RENDER.rglob("*.py")):
        yield from ((path.name, key) for key in of_code(path.read_text("utf-8")))
    for path in sorted(RENDER.rglob("*.html")):
        yield from ((path.name, key) for key in of_template(path.read_text("utf-8")))


def meant(key: str) -> set[str]:
    """Return the keys of the file that a key, a table or a prefix stands for."""
    return {k for k in FILE if k == key or k.startswith(f"{key.rstrip('.')}.")}


def test_interface_has_every_key_that_is_asked_for() -> None:
    assert sorted({(where, key) for where, key in asked() if not meant(key)}) == []


def test_interface_has_no_key_that_nothing_asks_for() -> None:
    used = {k for _, key in asked() for k in meant(key)}
    assert sorted(FILE - used) == []


@pytest.mark.parametrize("key", sorted(FILE))
def test_interface_words_can_be_filled_in(key: str) -> None:
    """A brace too many stops a whole page, and only where that sentence is needed."""
    found: Any = TABLES
    for name in key.split("."):
        found = found[name]
    if key.startswith("count."):
        assert set(found) == {"one", "other"}
    for words in found.values() if isinstance(found, dict) else [found]:
        assert words.strip()
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(words))


def test_interface_counts_one_and_several() -> None:
    assert [interface.count(n, "report") for n in (0, 1, 2)] == ["0 reports", "1 report", "2 reports"]


def test_interface_does_not_pass_over_a_missing_key() -> None:
    for key in ("conflicts.headng", "conflicts.types", "nothing.at_all"):
        with pytest.raises(KeyError):
            interface.text(key)
