"""Names in a text: persons, organisations, places, from the network's name labels."""

from __future__ import annotations

import re
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.read.attributions import best_path
from onrecord.read.encoder import Manifest, Scores
from onrecord.records import Span

TOUCHING = 2.0
"""What it costs a name to begin where another ends: "White" of one kind and "House" of another are one name."""

NameKind = Literal["PERSON", "ORGANIZATION", "LOCATION", "MISC"]


_HONORIFIC = re.compile(r"(?:Mrs?|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady)\b\.?\s+")


_BRACKET = re.compile(r"\s*[][]\s*")
"""What parts the halves of a name of which an editor has added one: "[Anna] Lind"."""

_ADDED = re.compile(r"(?<=\[)[A-Z][\w’'-]+\]\s+\Z")
"""The half of a name that an editor has added before the half that the network took for the name."""


class Name(msgspec.Struct, frozen=True):
    """A name as it stands in the text, without a possessive ending."""

    span: Span
    kind: NameKind
    text: str


def names(text: str, scores: Scores, manifest: Manifest) -> list[Name]:
    """Return the names of a text in order: for each word its label on the best path."""
    tokens = scores.tokens
    words = np.flatnonzero(tokens.first)
    if not len(words):
        return []
    labels = best_path(scores.names[words], *_transitions(manifest.names))
    ends = np.append(words[1:], len(tokens))
    out: list[Name] = []
    i = 0
    while i < len(labels):
        label = manifest.names[labels[i]]
        if label == "O":
            i += 1
            continue
        kind: NameKind = label[2:]  # type: ignore[assignment]
        j = i + 1
        while j < len(labels) and manifest.names[labels[j]] == f"I-{kind}":
            j += 1
        span = _trimmed(text, Span(int(tokens.start[words[i]]), int(tokens.end[ends[j - 1] - 1])))
        if span is not None and out and kind == out[-1].kind and _BRACKET.fullmatch(text, out[-1].span.end, span.start):
            span = Span(out.pop().span.start, span.end)
        if (
            span is not None
            and kind == "PERSON"
            and (added := _ADDED.search(text, max(0, span.start - 40), span.start))
        ):
            span = Span(added.start(), span.end)
        if span is not None:
            out.append(Name(span, kind, " ".join(re.sub(r"[][]", "", span.of(text)).split())))
        i = j
    return out


def _transitions(labels: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return transition and starting scores for names: inside follows its own kind only, and a name that touches one of
    another kind costs :data:`TOUCHING`.
    """
    n = len(labels)
    scores, starts = np.zeros((n, n)), np.zeros(n)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            starts[j] = -1e4
        for i, before in enumerate(labels):
            if label.startswith("I-") and before[1:] != label[1:]:
                scores[i, j] = -1e4
            elif label.startswith("B-") and before != "O":
                scores[i, j] = -TOUCHING
    return scores, starts


def _trimmed(text: str, span: Span) -> Span | None:
    """Leave off an honorific, a possessive ending and marks; a name without a capital letter is none."""
    start, end = span.start, span.end
    for ending in ("’s", "'s"):
        if text[start:end].endswith(ending):
            end -= len(ending)
    honorific = _HONORIFIC.match(text, start, end)
    start = honorific.end() if honorific else start
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (
        text[end - 1].isalnum() or (text[end - 1] == "." and text[end - 3 : end - 2] in (".", " "))
    ):
        end -= 1
    if start >= end or not any(c.isupper() or c.isdigit() for c in text[start:end]):
        return None
    return Span(start, end)
