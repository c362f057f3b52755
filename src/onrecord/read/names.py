"""Names in a text: persons, organisations, places, from the network's name labels."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.read.attributions import best_path
from onrecord.read.authority import shipped
from onrecord.read.encoder import Scores
from onrecord.read.weights import Manifest
from onrecord.records import Span

TOUCHING = 2.0
"""What it costs a name to begin where another ends: "White" of one kind and "House" of another are one name."""

NameKind = Literal["PERSON", "ORGANIZATION", "LOCATION", "MISC"]


_HONORIFIC = re.compile(r"(?:Mrs?|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady)\b\.?\s+")


_WORD = re.compile(r"\w+")
_BRACKET = re.compile(r"\s*[][]\s*")
"""What parts the halves of a name of which an editor has added one: "[Anna] Lind"."""

_ADDED = re.compile(r"(?<=\[)[A-Z][\w’'-]+\]\s+\Z")
"""The half of a name that an editor has added before the half that the network took for the name."""


ADJECTIVES = ("i", "ian", "an", "ese", "ish", "er", "n")
"""Endings that make a place's name an adjective."""
_DATELINE = re.compile(r"\s*([A-Z][A-Z .]{2,30})(?:,[^—–\n-]{0,40})?(?:\([^)\n]*\))?\s*[—–-]")
_PLACE = re.compile(
    r"\b(?:in|across|throughout|outside|near)\s(?P<within>[A-Z]\w+)\b(?![’'\w])"
    r"|\b(?P<owning>[A-Z]\w+)[’']s\s(?:\w+\s)?"
    r"(?:capital|government|president|parliament|border|army|economy|prime\sminister|[Ff]oreign\s[Mm]inist)"
    r"|\b(?P<capital>[A-Z]\w+)(?=,\s(?:the\scapital\sof|[\w.]+(?:\s[\w.]+)?[’']s\scapital))"
)
"""What only places stand in: "in Lisande", "Kadrin's government", "Osmeret, Kadrin's capital"."""


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


def recurring(text: str, names: Sequence[Name]) -> list[Name]:
    """Add what the network missed: a person's full name or surname is that person's name wherever it stands."""
    known: set[str] = set()
    for name in names:
        if name.kind == "PERSON" and name.text[0].isupper() and len(name.text) > 2:
            known |= {name.text, name.text.rsplit(maxsplit=1)[-1]}
    # a word of the language as well: "White", "Brown"
    common = {w for w in text.split(" ") if w.islower()}
    known = {w for w in known if w.lower() not in common}
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in sorted(known, key=lambda w: (-len(w), w)):
        if (first := _WORD.match(word)) is not None:
            by_first[first.group()].append(word)
    out = {n.span: n for n in names}
    covered = bytearray(len(text))
    for name in names:
        covered[name.span.start : name.span.end] = b"\x01" * (name.span.end - name.span.start)
    for match in _WORD.finditer(text):
        for word in by_first.get(match.group(), ()):
            span = Span(match.start(), match.start() + len(word))
            whole = text.startswith(word, span.start) and not text[span.end : span.end + 1].isalnum()
            if whole and not any(covered[span.start : span.end]):
                out[span] = Name(span, "PERSON", word)
                covered[span.start : span.end] = b"\x01" * len(word)
                break
    return sorted(out.values(), key=lambda n: n.span)


def settled(text: str, names: Sequence[Name]) -> list[Name]:
    """Return names with one kind for all that are written alike, where the network wavers about persons.

    What it mostly takes for a person's is one; but a single word of which the report knows no first name is a place
    where it stands as only places do, where an authority file knows it, or where its adjective is there too; and such
    an adjective is none either.
    """
    votes: Counter[str] = Counter()
    for name in names:
        votes[name.text] += 1 if name.kind == "PERSON" else -1
    full = {w for n in names if n.kind == "PERSON" and " " in n.text for w in n.text.split()}
    single = {n.text for n in names if n.kind == "PERSON" and " " not in n.text} - full
    standing = {m[m.lastgroup or 0] for m in _PLACE.finditer(text)}
    written = set(re.findall(r"\b[A-Z]\w+", text))
    places = {w for w in single if w in standing or _is_known(w)}
    places |= {w for w in single if len(w) > 3 and any(w + ending in written for ending in ADJECTIVES)}
    known = places | {n.text for n in names if n.kind == "LOCATION"}
    adjectives = {w for w in single for ending in ADJECTIVES if w.endswith(ending) and w.removesuffix(ending) in known}
    line = _DATELINE.match(text)
    dateline = Span(line.start(1), line.end(1)) if line else Span(0, 0)
    out = []
    for name in names:
        kind = name.kind
        if name.text in adjectives:
            kind = "MISC"
        elif name.text in places or dateline.start <= name.span.start < dateline.end:
            kind = "LOCATION"
        elif votes[name.text] > 0 or name.text in full:
            kind = "PERSON"
        out.append(name if kind == name.kind else Name(name.span, kind, name.text))
    return out


def _is_known(word: str) -> bool:
    entry = shipped().named(word)
    return entry is not None and entry.kind in ("government", "organisation")
