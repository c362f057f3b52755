"""What was already read: no file, no article and no id comes twice."""

from __future__ import annotations

import os

from onrecord.errors import InputError
from onrecord.ingest.files import quoted, shown
from onrecord.records import Article


class Seen:
    """The files, articles and ids so far; about 400 bytes an article."""

    def __init__(self) -> None:
        self._files: dict[tuple[int, int], str] = {}
        self._stdin = False
        self._ids: dict[str, str] = {}
        self._texts: dict[bytes, dict[str | None, str]] = {}

    def take_file(self, path: str, status: os.stat_result, *, collection: bool) -> None:
        """Note the file; one that was already given, under whatever name, is an :class:`InputError`."""
        where = shown(path)
        file = (status.st_dev, status.st_ino)
        if file in self._files:
            raise InputError(where, f"the same article{'s' if collection else ''} as {self._files[file]}; left out")
        self._files[file] = where

    def take_stdin(self) -> None:
        """Note that standard input is read; it can be only once."""
        if self._stdin:
            raise InputError("-", "standard input can be read only once")
        self._stdin = True

    def has_file(self, path: str) -> bool:
        """Tell whether the file was given."""
        try:
            status = os.stat(path)
        except OSError:
            return False
        return (status.st_dev, status.st_ino) in self._files

    def problem(self, article: Article, where: str) -> InputError | None:
        """Note the article, or say why it is left out.

        The same text is the same article, unless two known outlets carry it: then it is a syndicated copy.
        """
        text = bytes.fromhex(article.sha256)
        carried = self._texts.get(text, {})
        if carried and (article.outlet is None or article.outlet in carried or None in carried):
            first = carried.get(article.outlet) or carried.get(None) or next(iter(carried.values()))
            return InputError(where, f"the same article as {first}; left out")
        if article.id in self._ids:
            first = self._ids[article.id]
            return InputError(where, f"id {quoted(article.id)} was already taken by {first}; {where} is left out")
        self._ids[article.id] = where
        self._texts.setdefault(text, {})[article.outlet] = where
        return None
