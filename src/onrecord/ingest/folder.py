"""The reports in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.ingest.files import in_words, shown

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".jsonl.gz")
FORMATS = ".txt, .html, .jsonl"


def suffix_of(path: str) -> str | None:
    """Return the suffix that says how the file is read, in lower case, or ``None`` where it is not."""
    name = os.path.basename(path).lower()
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix) and name != suffix), None)


def reports(folder: str) -> Iterator[str | InputError]:
    """Yield the paths of the reports in a folder: its own by name, then those of its folders, by name.

    Hidden files and folders, files of other formats and links to folders (which may lead in a circle) are passed over.
    """
    empty = True
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            empty = False
            yield InputError(shown(here), in_words(error))
            continue
        for entry in entries:
            if suffix_of(entry.name) and not os.path.isdir(entry.path):
                empty = False
                yield entry.path
        waiting.extend(entry.path for entry in reversed(entries) if _is_folder(entry.path))
    if empty:
        yield InputError(shown(folder), f"no reports in this folder (looked for {FORMATS})")


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)
