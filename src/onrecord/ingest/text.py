"""Text files, their metadata in a sidecar beside them: ``report.txt`` and ``report.txt.json``."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.ingest.decode import decode
from onrecord.ingest.files import file_status, in_words, megabytes, read_report, shown
from onrecord.ingest.metadata import Found, Metadata, checked, make_article, parse_object, string_problem

SIDECAR = ".txt.json"
MAX_SIDECAR = 1_000_000
"""Bytes of a sidecar: six short strings and whatever else its maker keeps there."""


def read_text(path: str, defaults: Metadata) -> Iterator[Found]:
    """Yield what is wrong with the sidecar of a text file, if anything, and the article.

    The text is kept to the character. The id is the file's stem, unless the sidecar gives one.
    """
    where = shown(path)
    text, notes = decode(read_report(path), where)
    if not text.strip():
        raise InputError(where, "empty")
    name, own = stem(path), dict[str, str]()
    sidecar = _sidecar(path + ".json")
    if isinstance(sidecar, InputError):
        yield sidecar
    elif sidecar is not None:
        own, problems = checked(sidecar)
        given = sidecar.get("id", name)
        given = str(given) if type(given) is int else given
        if problem := string_problem(given):
            problems.append(f"id {problem}; the file's name is taken")
        else:
            name = str(given)
        yield from (InputError(shown(path + ".json"), problem) for problem in problems)
    yield where, make_article(name, text, own, defaults, notes)


def stem(path: str) -> str:
    """Return the file's name without its last suffix, fit to be an id."""
    return shown(os.path.splitext(os.path.basename(path))[0])


def _sidecar(path: str) -> dict[str, object] | InputError | None:
    """Return what the sidecar holds, what is wrong with it, or ``None`` where there is none."""
    if not os.path.lexists(path):
        return None
    try:
        file_status(path)
        with open(path, "rb") as file:
            data = file.read(MAX_SIDECAR + 1)
    except InputError as error:
        found: dict[str, object] | str = error.reason
    except OSError as error:
        found = in_words(error)
    else:
        over = f"over {megabytes(MAX_SIDECAR)}"
        found = over if len(data) > MAX_SIDECAR else parse_object(data.removeprefix(codecs.BOM_UTF8))
    return InputError(shown(path), f"{found}; the article is read without it") if isinstance(found, str) else found
