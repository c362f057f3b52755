"""What Markdown is made of: words that it shows as they stand, headings, quotations, tables.

CommonMark, and GitHub's tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.render import interface
from onrecord.render.view.slices import Run

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$#]")
_LINE_START = re.compile(r"^([ \t]*)([-+=:]|\d+(?=[.)]))?", re.MULTILINE)
# What GitHub would make a link without being asked: the escape keeps the letters and breaks the address.
_ADDRESS = re.compile(r"(?i)\b(?:(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.))")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def escape(text: str) -> str:
    """Return ``text`` such that Markdown shows it as it stands: no markup, no links, no control characters."""
    text = _SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;"))
    text = _ADDRESS.sub(r"\g<0>\\", text)
    text = _LINE_START.sub(_line_start, text)
    return _UNSEEN.sub(lambda m: f"&#{ord(m.group())};", text)


def _line_start(match: re.Match[str]) -> str:
    start = "".join("&#32;" if c == " " else "&#9;" for c in match[1])
    if not match[2]:
        return start
    return f"{start}{match[2]}\\" if match[2].isdigit() else f"{start}\\{match[2]}"


def inline(text: str) -> str:
    """Return ``text`` on one line, such that Markdown shows it as it stands."""
    return escape(" ".join(text.split()))


def within(text: str) -> str:
    """Return ``text`` as :func:`inline` does, for within a line: there "0.1.0" is no number of a list."""
    return escape("“" + " ".join(text.split()))[1:]


def say(key: str, **values: object) -> str:
    """Return words of the interface on one line; the values are Markdown already."""
    words = inline(interface.text(key))
    return words.format(**values) if values else words


def quote(words: str) -> str:
    """Return a report's words in quotation marks, on one line."""
    return say("labels.quote", words=within(words))


def heading(level: int, words: str) -> Iterator[str]:
    """Yield a heading, and an empty line; ``words`` are Markdown already."""
    yield f"{'#' * level} {words}"
    yield ""


def block(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the lines of a quotation of slices, and an empty one."""
    text = shown(runs)
    if text:
        for line in text.split("\n"):
            yield f"> {line}".rstrip() if line.strip() else ">"
        yield ""


def shown(runs: Sequence[Run]) -> str:
    """Return slices such that Markdown shows them as they stand."""
    # One escaping over what stands together, so that no mark can arise across two runs.
    pieces: list[str] = [""]
    for run in runs:
        if run.elided:
            pieces.append("")
        else:
            pieces[-1] += run.text
    return " *\\[…\\]* ".join(escape(piece.rstrip("\n")) for piece in pieces).rstrip(" ")


def count(n: int, noun: str) -> str:
    """Return "1 report", "3 reports"."""
    return inline(interface.count(n, noun))


def dotted(told: Iterable[str]) -> str:
    """Return those that say something on one line, a dot between two."""
    return " · ".join(fact for fact in told if fact)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table, and an empty line; its cells are Markdown already."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""
