"""Statements against single sentences labelled token by token, exactly as CofeNet's table was made.

CofeNet (Wang et al. 2022) cut PolNeAR's articles into sentences and labelled their tokens with one role each, so
spans end where a sentence ends and do not nest. A predicted span is cut to the sentence; a token in spans of several
roles counts as cue, else as source, else as content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.evaluate.attribution import ROLES
from onrecord.evaluate.forms import Id, ReadArticle, as_form, check_span
from onrecord.evaluate.scores import PRF, Counts, Line, Score, compare

_PRIORITY = ("cue", "source", "content")
_Run = tuple[str, int, int]  # role, first token, token after the last
_Piece = tuple[int, int, int]  # statement, start, end


class ItemsScore(Score, frozen=True):
    """Exact match of token runs in ``items`` sentences, role by role.

    On PolNeAR's test part CofeNet with BERT-base reports F1 83.2 source, 75.3 cue, 72.9 content.
    """

    items: int
    source: PRF
    cue: PRF
    content: PRF

    def caption(self) -> str:
        return f"{self.items} sentences"

    def lines(self) -> list[Line]:
        return [getattr(self, role).line(role) for role in ROLES]


class _Item(msgspec.Struct, frozen=True):
    id: Id
    offsets: list[tuple[int, int]]
    labels: list[str]


def score_items(items: Sequence[Mapping[str, Any]], predicted: Mapping[Id, Mapping[str, Any]]) -> ItemsScore:
    """Score predicted statements, by article id, against labelled sentences.

    An item is ``{"id": article, "offsets": [[start, end], ...], "labels": ["B-source", "I-source", "O", ...]}``; an
    article has as many items as it has sentences, and one that was not predicted counts as one without statements.
    Raises :class:`~onrecord.errors.InputError` where a field is missing or offsets and labels do not pair up.
    """
    totals = dict.fromkeys(ROLES, Counts())
    pieces: dict[Id, dict[str, list[_Piece]]] = {}
    for number, row in enumerate(items, 1):
        item = as_form(row, _Item, f"gold item {number}")
        if not item.offsets or len(item.offsets) != len(item.labels):
            raise InputError(f"gold item {number}", "needs one label for each token, and a token at least")
        if item.id not in pieces:
            pieces[item.id] = _pieces(predicted.get(item.id, {"statements": []}), f"predicted article {item.id}")
        gold = _gold_runs(item.labels)
        found = _predicted_runs(item.offsets, pieces[item.id])
        for role in ROLES:
            totals[role] += compare({run for run in gold if run[0] == role}, {run for run in found if run[0] == role})
    return ItemsScore(items=len(items), **{role: counts.prf() for role, counts in totals.items()})


def _pieces(row: Mapping[str, Any], where: str) -> dict[str, list[_Piece]]:
    """Return each role's spans in an article, with the number of the statement that they are of."""
    pieces: dict[str, list[_Piece]] = {role: [] for role in _PRIORITY}
    for number, statement in enumerate(as_form(row, ReadArticle, where).statements):
        for role in _PRIORITY:
            for start, end in statement.spans(role):
                check_span(start, end, float("inf"), where)
                pieces[role].append((number, start, end))
    return pieces


def _gold_runs(labels: Iterable[str]) -> set[_Run]:
    """Return the runs of BIO labels; an I after O, or after another role, opens a run as a B does."""
    runs: set[_Run] = set()
    role, first = None, 0
    for i, label in enumerate([*labels, "O"]):
        tag, _, name = label.partition("-")
        if role is not None and (tag != "I" or name != role):
            runs.add((role, first, i))
            role = None
        if role is None and tag != "O":
            role, first = name, i
    return runs


def _predicted_runs(offsets: Sequence[tuple[int, int]], pieces: Mapping[str, Sequence[_Piece]]) -> set[_Run]:
    """Return the runs of tokens that lie in one role's spans of one statement."""
    low, high = offsets[0][0], offsets[-1][1]
    near = {role: [p for p in pieces[role] if p[1] < high and low < p[2]] for role in _PRIORITY}
    owners = [_owner(start, end, near) for start, end in offsets]
    runs: set[_Run] = set()
    first = 0
    for i in range(1, len(owners) + 1):
        if i == len(owners) or owners[i] != owners[first]:
            owner = owners[first]
            if owner is not None:
                runs.add((owner[0], first, i))
            first = i
    return runs


def _owner(start: int, end: int, pieces: Mapping[str, Iterable[_Piece]]) -> tuple[str, int] | None:
    """Return the role and the statement that a token counts for."""
    for role in _PRIORITY:
        for statement, a, b in pieces[role]:
            if a < end and start < b:
                return role, statement
    return None
