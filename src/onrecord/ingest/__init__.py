"""Files, folders, pages and standard input as articles.

An input that cannot be read, or not wholly, is an :class:`~onrecord.errors.InputError` that names it; the others are
read all the same.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import msgspec

from onrecord.errors import InputError
from onrecord.ingest.files import file_status, shown
from onrecord.ingest.folder import FORMATS, reports, suffix_of
from onrecord.ingest.html import read_page
from onrecord.ingest.jsonl import read_jsonl
from onrecord.ingest.metadata import Found, Metadata, checked
from onrecord.ingest.seen import Seen
from onrecord.ingest.stdin import read_stdin
from onrecord.ingest.text import SIDECAR, read_text
from onrecord.records import Article

__all__ = ["Metadata", "ingest"]

_NOTHING = Metadata()
_URL = re.compile(r"https?:/", re.IGNORECASE)


def ingest(
    paths: Iterable[str | os.PathLike[str]],
    metadata: Metadata = _NOTHING,
    *,
    stdin: BinaryIO | None = None,
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of ``paths`` in their order, each when it is asked for.

    A path is a ``.txt``, ``.html``, ``.htm``, ``.jsonl`` or ``.jsonl.gz`` file, a folder of them, or ``-`` for
    ``stdin`` (the process's own where none is given). ``metadata`` stands in where an article's own source says
    nothing. Ids are unique among what is yielded, and no article comes twice.

    With ``on_error`` every :class:`InputError` is handed to it and reading goes on; without, the first is raised.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    fields, problems = checked(msgspec.structs.asdict(metadata), "articles are")
    for problem in problems:
        _hand_over(InputError("metadata", problem), on_error)
    return _articles(given, Metadata(**fields), stdin, on_error)


def _articles(
    paths: Iterable[str | os.PathLike[str]],
    defaults: Metadata,
    stdin: BinaryIO | None,
    on_error: Callable[[InputError], None] | None,
) -> Iterator[Article]:
    seen = Seen()
    for found in _found(paths, defaults, stdin, seen):
        if isinstance(found, InputError):
            _hand_over(found, on_error)
            continue
        where, article = found
        problem = seen.problem(article, where)
        if problem is None:
            yield article
        else:
            _hand_over(problem, on_error)


def _hand_over(error: InputError, on_error: Callable[[InputError], None] | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


def _found(
    paths: Iterable[str | os.PathLike[str]], defaults: Metadata, stdin: BinaryIO | None, seen: Seen
) -> Iterator[Found]:
    """Yield what each path comes to. A sidecar is read with its text, which must then be given too."""
    sidecars = []
    for path in map(os.fsdecode, paths):
        if path == "-":
            yield from _whole(_read_stdin(stdin, defaults, seen))
        elif _URL.match(path):
            yield InputError(shown(path), "URLs are not read yet: save the page and give its file")
        elif path.lower().endswith(SIDECAR) and os.path.isfile(path):
            sidecars.append(path)
        elif os.path.isdir(path):
            for report in reports(path):
                yield from [report] if isinstance(report, InputError) else _whole(_read_file(report, defaults, seen))
        else:
            yield from _whole(_read_file(path, defaults, seen))
    for path in sidecars:
        if not seen.has_file(path[: -len(".json")]):
            yield InputError(shown(path), "describes a text file that was not given")


def _whole(findings: Iterator[Found]) -> Iterator[Found]:
    """Pass the findings of one path on, the error that ends them, if one does, as the last."""
    try:
        yield from findings
    except InputError as error:
        yield error


def _read_stdin(stdin: BinaryIO | None, defaults: Metadata, seen: Seen) -> Iterator[Found]:
    seen.take_stdin()
    yield from read_stdin(stdin, defaults)


def _read_file(path: str, defaults: Metadata, seen: Seen) -> Iterator[Found]:
    status = file_status(path)
    suffix = suffix_of(path)
    if suffix is None:
        raise InputError(shown(path), f"not a format that is read ({FORMATS})")
    collection = suffix.startswith(".jsonl")
    seen.take_file(path, status, collection=collection)
    if collection:
        yield from read_jsonl(path, defaults, compressed=suffix.endswith(".gz"))
    elif suffix == ".txt":
        yield from read_text(path, defaults)
    else:
        yield from read_page(path, defaults)
