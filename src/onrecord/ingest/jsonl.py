"""JSON Lines: an article a line, read one line at a time."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

from onrecord.errors import InputError
from onrecord.ingest.decode import looks_binary
from onrecord.ingest.files import MAX_REPORT, in_words, megabytes, shown, too_large
from onrecord.ingest.metadata import Found, Metadata, checked, make_article, parse_object, string_problem

MAX_LINE = 32_000_000
"""Bytes of a line: a text of 10 MB whose two-byte letters are each escaped in six (Cyrillic), and its metadata."""


class Lines(Protocol):
    """What can be read line by line, a bounded number of bytes at a time."""

    def readline(self, size: int, /) -> bytes: ...


def read_jsonl(path: str, defaults: Metadata, *, compressed: bool) -> Iterator[Found]:
    """Yield the articles of a JSON Lines file, or of one compressed by gzip, and what is wrong with the other lines."""
    where = shown(path)
    try:
        with gzip.open(path, "rb") if compressed else open(path, "rb") as file:
            yield from read_lines(lines(file), where, defaults)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(where, "broken gzip data; what comes before it was read") from error
    except OSError as error:
        raise InputError(where, in_words(error)) from error


def lines(stream: Lines) -> Iterator[bytes]:
    """Yield the lines of a stream, of one longer than ``MAX_LINE`` its first ``MAX_LINE + 1`` bytes."""
    while line := stream.readline(MAX_LINE + 1):
        yield line
        if is_cut(line):
            while (rest := stream.readline(1 << 16)) and not rest.endswith(b"\n"):
                pass


def is_cut(line: bytes) -> bool:
    """Tell whether a line was longer than ``MAX_LINE``."""
    return len(line) > MAX_LINE and not line.endswith(b"\n")


def read_lines(found: Iterable[bytes], where: str, defaults: Metadata) -> Iterator[Found]:
    """Yield the articles of lines that come from ``where``, and ``where:LINENUMBER`` for each that is broken."""
    begun = False
    for number, line in enumerate(found, 1):
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise InputError(where, "UTF-16: JSON Lines are read as UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901 -- the mark is no part of the line
        if is_cut(line):
            yield InputError(f"{where}:{number}", f"a line over {megabytes(MAX_LINE)}; left out")
        elif line.strip():
            if not begun:
                _check_form(line.strip(), where)
            yield from _read_line(line, f"{where}:{number}", defaults)
        else:
            continue
        begun = True
    if not begun:
        raise InputError(where, "empty")


def _check_form(line: bytes, where: str) -> None:
    """Refuse as a whole a file whose first line shows that each further one would be refused."""
    if looks_binary(line):
        raise InputError(where, "not a text file")
    if line.startswith(b"[") or line == b"{":
        raise InputError(where, "JSON, but not JSON Lines: one object a line is wanted")


def _read_line(line: bytes, where: str, defaults: Metadata) -> Iterator[Found]:
    given = parse_object(line.rstrip())
    if isinstance(given, str):
        yield InputError(where, given)
        return
    name, text = given.get("id"), given.get("text")
    name = str(name) if type(name) is int else name
    if problem := string_problem(name):
        yield InputError(where, f"id {problem}")
    elif problem := string_problem(text):
        yield InputError(where, f"text {problem}")
    elif len(data := str(text).encode()) > MAX_REPORT:
        yield too_large(where, len(data))
    elif looks_binary(data):
        yield InputError(where, "text is not text: too many control characters")
    else:
        own, problems = checked(given)
        yield from (InputError(where, problem) for problem in problems)
        yield where, make_article(str(name), str(text), own, defaults)
