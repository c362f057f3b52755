"""JSON Schemas (draft 2020-12) of what Onrecord reads and writes, as files that ship with the package.

=============  =====================================================
``article``    a line of JSON Lines that Onrecord reads
``reading``    a line of ``onrecord read --format jsonl``
``dossier``    the object that ``onrecord report --format json`` writes
``comparison`` the object that ``onrecord compare --format json`` writes
=============  =====================================================

The files are made of the records; ``python -m onrecord.schemas`` writes them anew after a change.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from onrecord.records import SCHEMA, Comparison, Dossier, Reading, json_schema

__all__ = ["Name", "made", "schema", "write"]

Name = Literal["article", "reading", "dossier", "comparison"]

_SOME_TEXT = Meta(pattern=r"\S")


class ArticleLine(msgspec.Struct, frozen=True):
    """One article, as a line of JSON Lines that Onrecord reads.

    Fields that are missing, null or empty count as not given, and so do any others. published is an ISO 8601 date or
    date-time; language a language code like "en" or "en-GB".
    """

    id: Annotated[str, _SOME_TEXT] | int
    text: Annotated[str, _SOME_TEXT]
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    language: Annotated[str, Meta(pattern=r"^\s*([A-Za-z]{2,3}([-_][A-Za-z0-9_-]+)?\s*)?$")] | None = None


def schema(name: Name) -> dict[str, Any]:
    """Return a shipped schema, decoded.

    Raises ``ValueError`` for a name that is none of :data:`Name`.
    """
    if name not in get_args(Name):
        raise ValueError(f"{name}: not a schema; there are {', '.join(get_args(Name))}")
    found: dict[str, Any] = json.loads(files(__name__).joinpath(_file(name)).read_bytes())
    return found


def made(name: Name) -> str:
    """Return a schema as its file must have it: made of the records, indented, keys in the records' order."""
    match name:
        case "article":
            found = json_schema(ArticleLine, written=False)
        case "reading":
            found = _of_this_form(json_schema(Reading), "Reading")
        case "dossier":
            found = _of_this_form(json_schema(Dossier), "Dossier")
        case "comparison":
            found = _of_this_form(json_schema(Comparison), "Comparison")
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path | None = None) -> None:
    """Write all schemas into a folder, by default the package's own."""
    for name in get_args(Name):
        target = (folder or Path(str(files(__name__)))) / _file(name)
        target.write_bytes(made(name).encode())


def _file(name: Name) -> str:
    return f"{name}.schema.json"


def _of_this_form(found: dict[str, Any], record: str) -> dict[str, Any]:
    """Bind a schema to the form that outputs name in ``schema``."""
    found["$defs"][record]["properties"]["schema"]["const"] = SCHEMA
    return found
