"""Slices of a report's text, with the parts they play."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

# Text between the pieces of a statement that is longer than this is left out of an excerpt, visibly. A printed line of
# a report's column holds some 60 characters, so four lines: beyond them the eye no longer joins the two ends.
LONGEST_GAP = 240

_Mark = TypeVar("_Mark")


@dataclass(frozen=True, slots=True)
class Run:
    """A slice of an article's text and the parts it plays: ``content``, ``quoted``, ``source``, ``cue``, ``hedge``,
    ``differs``, ``changed``. Within an excerpt ``begins`` says that a paragraph of the report begins with it.
    ``elided`` instead stands for text left out, and then ``text`` is empty.
    """

    text: str
    roles: frozenset[str] = frozenset()
    begins: bool = False
    elided: bool = False


ELISION = Run("", elided=True)


def shorten(runs: Sequence[Run], length: int) -> tuple[Run, ...]:
    """Return the runs up to about ``length`` characters, cut between words, with an elision for the rest."""
    out: list[Run] = []
    left = length
    for run in runs:
        if len(run.text) > left:
            cut = max(run.text.rfind(" ", 0, left + 1), run.text.rfind("\n", 0, left + 1), 0)
            if cut == 0 and not out:
                cut = left
            if cut:
                out.append(replace(run, text=run.text[:cut]))
            return tuple(out) if out and out[-1].elided else (*out, ELISION)
        out.append(run)
        left -= len(run.text)
    return tuple(out)


def cut_at_marks(
    start: int, end: int, marks: Iterable[tuple[int, int, _Mark]], cuts: Iterable[int] = ()
) -> Iterator[tuple[int, int, tuple[_Mark, ...]]]:
    """Cut ``start`` to ``end`` wherever a mark begins or ends, and at ``cuts``; yield each piece with the marks on it.

    The pieces follow one another without gap or overlap, whatever the marks do. Marks come in the order they began;
    empty marks and what lies outside are left out.
    """
    opening: dict[int, list[tuple[int, _Mark]]] = defaultdict(list)
    closing: dict[int, list[int]] = defaultdict(list)
    for number, (a, b, mark) in enumerate(marks):
        first, last = max(a, start), min(b, end)
        if first < last:
            opening[first].append((number, mark))
            closing[last].append(number)
    points = {start, end, *opening, *closing, *(cut for cut in cuts if start < cut < end)}
    active: dict[int, _Mark] = {}
    for a, b in pairwise(sorted(points)):
        for number in closing.get(a, ()):
            del active[number]
        active.update(opening.get(a, ()))
        yield a, b, tuple(active.values())


def excerpt(
    text: str, marks: Sequence[tuple[int, int, str]], paragraphs: Sequence[int] = (), only: str | None = None
) -> Iterator[Run]:
    """Yield the slice that the marks span, cut at their ends and where ``paragraphs`` start; ``only`` leaves out what
    has not that role.
    """
    core = [
        (a, b)
        for a, b, role in marks
        if a < b and (role == only if only else role not in ("differs", "changed", "quoted"))
    ]
    if not core:
        return
    start, end = min(a for a, _ in core), max(b for _, b in core)
    begin = paragraphs[bisect_right(paragraphs, start) : bisect_left(paragraphs, end)]
    gap: list[Run] = []
    for a, b, roles in cut_at_marks(start, end, marks, begin):
        run = Run(text[a:b], frozenset(roles), begins=a in begin)
        if run.roles.isdisjoint((only,) if only else ("content", "source", "cue", "hedge")):
            gap.append(run)
            continue
        left_out = sum(len(r.text) for r in gap)
        if left_out > LONGEST_GAP or (only and any(r.text.strip() for r in gap)):
            yield ELISION
        else:
            yield from gap
        gap = []
        yield run
