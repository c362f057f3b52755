"""Standard input: JSON Lines, a page or a text, told apart by how it begins."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.ingest.decode import decode
from onrecord.ingest.files import MAX_REPORT, too_large
from onrecord.ingest.jsonl import lines, read_lines
from onrecord.ingest.metadata import Found, Metadata, make_article

WHERE = "-"
NAME = "stdin"


def read_stdin(stdin: BinaryIO | None, defaults: Metadata) -> Iterator[Found]:
    """Yield the articles of standard input, ``{`` first being JSON Lines. A page or text has the id ``stdin``."""
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError(WHERE, "there is no standard input")
    rest = lines(stream)
    head = list(_to_first_words(rest))
    data = b"".join(head)
    begins = data.removeprefix(codecs.BOM_UTF8).lstrip()[:20].lower()
    if begins.startswith(b"{"):
        yield from read_lines(chain(head, rest), WHERE, defaults)
        return
    data += stream.read(max(0, MAX_REPORT + 1 - len(data)))
    if len(data) > MAX_REPORT:
        raise too_large(WHERE)
    if begins.startswith((b"<!doctype", b"<html")):
        from onrecord.ingest.html import page_article  # noqa: PLC0415 -- few inputs are pages

        yield WHERE, page_article(data, WHERE, NAME, defaults)
        return
    text, notes = decode(data, WHERE)
    if not text.strip():
        raise InputError(WHERE, "empty")
    yield WHERE, make_article(NAME, text, {}, defaults, notes)


def _to_first_words(rest: Iterator[bytes]) -> Iterator[bytes]:
    """Yield lines up to the first that is not blank, or for the megabyte after which no one would expect any."""
    size = 0
    for line in rest:
        yield line
        size += len(line)
        if line.removeprefix(codecs.BOM_UTF8).strip() or size > 1_000_000:
            return
