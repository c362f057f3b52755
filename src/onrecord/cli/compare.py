"""``onrecord compare``: two dossiers of one story, and what changed between them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._shared import Output, writing
from onrecord.errors import InputError, OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Dossier


class Format(StrEnum):
    """How ``compare`` writes."""

    json = "json"
    md = "md"


_SUFFIXES = {".json": Format.json, ".md": Format.md, ".markdown": Format.md}


def compare(
    old: Annotated[Path, typer.Argument(help="The earlier dossier, as `onrecord report --format json` writes it.")],
    new: Annotated[Path, typer.Argument(help="The later one.")],
    output: Output = None,
    format: Annotated[
        Format | None, typer.Option("--format", help="Default: by the suffix of -o, else md, readable as it is.")
    ] = None,
) -> None:
    """Tell what is new in a later dossier, what is gone, and what edits did to quotations."""
    chosen = format or _by_suffix(output)
    from onrecord.compare import compare as compared
    from onrecord.records import to_json

    with writing(output) as put:
        before, after = _dossier(old), _dossier(new)
        found = compared(before, after)
        if chosen is Format.json:
            put(to_json(found).decode() + "\n")
        else:
            from onrecord.render.comparison import comparison_markdown

            put(comparison_markdown(found, before, after))


def _by_suffix(output: object) -> Format:
    if isinstance(output, Path):
        suffix = output.suffix.lower()
        if suffix not in _SUFFIXES:
            raise OnrecordError(f"{output}: no format has this suffix (.json, .md); name one with --format")
        return _SUFFIXES[suffix]
    return Format.md


def _dossier(path: Path) -> Dossier:
    import msgspec

    from onrecord.records import Dossier
    from onrecord.render.check import check

    try:
        dossier = msgspec.json.decode(path.read_bytes(), type=Dossier)
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(str(path), f"is no dossier ({error})") from None
    try:
        check(dossier)
    except OnrecordError as error:
        raise InputError(str(path), str(error)) from None
    return dossier
