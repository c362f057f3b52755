"""How a line's wording differs from the fullest, in the reports' own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from onrecord.records import ArticleSpan, Difference, DifferenceKind
from onrecord.render import interface
from onrecord.render.view.articles import ArticleView

NAMES = interface.texts("differences")
"""What the interface calls each kind, in the order in which they are told: the weightiest first."""
_MARKED: Mapping[DifferenceKind, str] = {
    "changed": "changed",
    "added": "differs",
    "insertion": "differs",
    "order": "differs",
    "spelling": "differs",
}
MOST = 3
"""Places of one kind that are told; more are counted."""

# Two differences with no more than this between them are shown as one: that two wordings share a lone "the" is chance,
# and a mark broken by it reads as two. Characters: a word of three letters and the spaces around it.
LONGEST_CHANCE = 5


@dataclass(frozen=True, slots=True)
class Change:
    """Words of this line, words of the fullest in their place; either may be ``None``."""

    own: str | None
    fullest: str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """The differences of one kind: its name, whether it is a warning, the places told and how many are not."""

    name: str
    warning: bool
    changes: tuple[Change, ...]
    more: int


def kinds(differences: Iterable[Difference], texts: Mapping[str, str]) -> tuple[Kind, ...]:
    """Return differences by their kinds, the weightiest first; of an outlet's own words only that they are so.

    ``texts`` has the text of every article and source by its id.
    """
    order = list(NAMES)
    ordered = sorted(differences, key=lambda d: order.index(d.kind))
    out = []
    for kind, group in groupby(ordered, key=lambda d: d.kind):
        told = [Change(_words(d.own, texts), _words(d.fullest, texts)) for d in group]
        if kind == "paraphrase":
            out.append(Kind(NAMES[kind], False, (), 0))
        else:
            out.append(Kind(NAMES[kind], kind == "changed", tuple(told[:MOST]), len(told[MOST:])))
    return tuple(out)


def marks(differences: Iterable[Difference], article: ArticleView) -> list[tuple[int, int, str]]:
    """Return where an article's words differ, with how: ``changed`` or ``differs``."""
    found = [(d.own, _MARKED[d.kind]) for d in differences if d.kind in _MARKED and d.own is not None]
    return _joined([(s.start, s.end, role) for s, role in found if s.article == article.record.id], article)


def changed_in_others(variants: Iterable[Sequence[Difference]], article: ArticleView) -> list[tuple[int, int, str]]:
    """Return the words of the fullest for which other reports have other words."""
    found = {d.fullest for told in variants for d in told if d.kind == "changed" and d.fullest is not None}
    spans = [(s.start, s.end, "changed") for s in found if s.article == article.record.id]
    return _joined(spans, article)


def _joined(spans: Iterable[tuple[int, int, str]], article: ArticleView) -> list[tuple[int, int, str]]:
    marks: list[tuple[int, int, str]] = []
    for start, end, role in sorted(spans):
        between = article.record.text[marks[-1][1] : start] if marks else ""
        alike = bool(marks) and marks[-1][2] == role
        if alike and len(between) <= LONGEST_CHANCE and all(c.isalpha() or c == " " for c in between):
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]), role)
        else:
            marks.append((start, end, role))
    return marks


def _words(span: ArticleSpan | None, texts: Mapping[str, str]) -> str | None:
    return texts[span.article][span.start : span.end] if span is not None else None
