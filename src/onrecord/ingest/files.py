"""What every file is asked before it is read: what it is, how large, and how to name it to the user."""

from __future__ import annotations

import errno
import math
import os
import stat

from onrecord.errors import InputError

MAX_REPORT = 10_000_000
"""Bytes of one report. The longest novels have three million characters and a saved page rarely one million; what is
larger is a collection, a dump or a mistake, and would be held in memory several times over."""

_IN_WORDS = {
    errno.ENOENT: "no such file or folder",
    errno.ENOTDIR: "no such file or folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "a symbolic link that leads in a circle",
    errno.ENAMETOOLONG: "the name is too long",
}


def shown(text: str) -> str:
    r"""Return the text on one line: whatever does not print is escaped (``\n``, ``\x1b``, ``\udcff``)."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(value: str, limit: int = 60) -> str:
    """Return the value in quotation marks for a message, cut to ``limit`` characters."""
    return f"'{shown(value[:limit])}{'…' if len(value) > limit else ''}'"


def in_words(error: OSError | ValueError) -> str:
    """Return the reason of an error of the operating system in plain words."""
    if not isinstance(error, OSError):
        return "not a path"
    return _IN_WORDS.get(error.errno or 0) or (error.strerror or str(error) or type(error).__name__).lower()


def file_status(path: str) -> os.stat_result:
    """Return the status of a regular file; anything else is an :class:`InputError` (a pipe would wait for ever)."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise InputError(shown(path), in_words(error)) from error
    if not stat.S_ISREG(status.st_mode):
        raise InputError(shown(path), "not a file")
    return status


def read_report(path: str) -> bytes:
    """Return the bytes of a file that holds one report."""
    size = file_status(path).st_size
    if size > MAX_REPORT:
        raise too_large(shown(path), size)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_REPORT + 1)
    except OSError as error:
        raise InputError(shown(path), in_words(error)) from error
    if len(data) > MAX_REPORT:  # it grew since
        raise too_large(shown(path))
    return data


def too_large(where: str, size: int | None = None) -> InputError:
    """Return the error for a report of ``size`` bytes, or of more than could be read."""
    found = f"over {megabytes(MAX_REPORT)}" if size is None else megabytes(size)
    limit = megabytes(MAX_REPORT)
    return InputError(where, f"{found}: too large for one report (limit {limit}); a collection belongs in .jsonl")


def megabytes(size: int) -> str:
    """Return a size in megabytes, rounded up to one decimal, so that what is over a limit never looks equal to it."""
    return f"{math.ceil(size / 100_000) / 10:g} MB"
