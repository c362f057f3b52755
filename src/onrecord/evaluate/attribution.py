"""Statements against gold attributions: the roles' spans and tokens, and whole attributions linked.

The roles are those of PolNeAR (Newell et al. 2018, after Pareti 2016): the source who is credited, the cue that
credits, the content that is credited. Tokens are runs of letters and digits, or single other characters that are not
white space; a token belongs to a span when they share a character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from onrecord.evaluate.forms import AttributionForm, Id, ReadArticle, as_form, check_span
from onrecord.evaluate.scores import PRF, Counts, Line, Score, best_first, compare

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Roles(msgspec.Struct, frozen=True):
    """A figure for each role."""

    source: PRF
    cue: PRF
    content: PRF

    def lines(self, name: str) -> list[Line]:
        """Return a line for each role."""
        return [getattr(self, role).line(f"{name} {role}") for role in ROLES]


class AttributionScore(Score, frozen=True):
    """How well the statements of ``articles`` articles agree with the gold.

    ``exact``: flat spans of each role, as maximal runs of tokens within one attribution; a run counts when both ends
    agree. Under this measure CofeNet (Wang et al. 2022) with BERT-base reports F1 83.2 source, 75.3 cue, 72.9 content
    on PolNeAR's test part. ``overlap``: tokens of each role. ``linked``: whole attributions; a predicted one counts
    when source, cue and content each share at least half of the tokens that the two cover together (or neither has
    the role), matched one to one, best first; attributions without content are left out.
    """

    articles: int
    exact: Roles
    overlap: Roles
    linked: PRF

    def caption(self) -> str:
        return f"{self.articles} articles"

    def lines(self) -> list[Line]:
        return [*self.exact.lines("exact"), *self.overlap.lines("overlap"), self.linked.line("linked")]


class _GoldArticle(msgspec.Struct, frozen=True):
    text: str
    attributions: list[AttributionForm]


_Covered = dict[str, set[int]]  # role -> indices of the tokens that it covers


class _Tokens:
    """The tokens of a text, found by offset."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def covered(self, pieces: Iterable[tuple[int, int]]) -> set[int]:
        """Return the indices of the tokens that share a character with any of the pieces."""
        return {i for a, b in pieces for i in range(bisect_right(self.ends, a), bisect_left(self.starts, b))}

    def roles(self, attributions: Iterable[AttributionForm]) -> list[_Covered]:
        """Return for each attribution the tokens that each of its roles covers."""
        return [{role: self.covered(one.spans(role)) for role in ROLES} for one in attributions]


def score_attribution(
    gold: Mapping[Id, Mapping[str, Any]], predicted: Mapping[Id, Mapping[str, Any]]
) -> AttributionScore:
    """Score predicted statements against gold attributions, both by article id.

    A gold article is ``{"text", "attributions": [{"source", "cue", "content"}]}``, a predicted one
    ``{"statements": [...]}`` likewise; a role is a span, a list of spans or ``None``, a span an object or a pair. An
    article that was not predicted counts as one without statements. Raises :class:`~onrecord.errors.InputError` where
    a field is missing or a predicted span lies outside the text.
    """
    exact = dict.fromkeys(ROLES, Counts())
    overlap = dict.fromkeys(ROLES, Counts())
    linked = Counts()
    for key, row in gold.items():
        article = as_form(row, _GoldArticle, f"gold article {key}")
        found = as_form(predicted.get(key, {"statements": []}), ReadArticle, f"predicted article {key}").statements
        _check_spans(found, len(article.text), f"predicted article {key}")
        tokens = _Tokens(article.text)
        ours, theirs = tokens.roles(article.attributions), tokens.roles(found)
        for role in ROLES:
            exact[role] += compare(_all_runs(ours, role), _all_runs(theirs, role))
            overlap[role] += compare(_all_tokens(ours, role), _all_tokens(theirs, role))
        linked += _count_linked(ours, theirs)
    return AttributionScore(
        articles=len(gold),
        exact=Roles(**{role: counts.prf() for role, counts in exact.items()}),
        overlap=Roles(**{role: counts.prf() for role, counts in overlap.items()}),
        linked=linked.prf(),
    )


def linked_by_confidence(
    gold: Mapping[Id, Mapping[str, Any]], predicted: Mapping[Id, Mapping[str, Any]]
) -> list[tuple[float, bool]]:
    """Return for each predicted statement with content its ``confidence``, and whether it is linked as in the gold."""
    out: list[tuple[float, bool]] = []
    for key, row in gold.items():
        article = as_form(row, _GoldArticle, f"gold article {key}")
        found = as_form(predicted.get(key, {"statements": []}), ReadArticle, f"predicted article {key}").statements
        tokens = _Tokens(article.text)
        ours, theirs = tokens.roles(article.attributions), tokens.roles(found)
        kept = [i for i, one in enumerate(theirs) if one["content"]]
        right = _linked([one for one in ours if one["content"]], [theirs[i] for i in kept])
        out += [(found[i].confidence, j in right) for j, i in enumerate(kept)]
    return out


def expected_calibration_error(judged: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Return how far confidence is from the share that is right, on average over ``bins`` equal bins, in percent.

    Guo et al. 2017, "On Calibration of Modern Neural Networks".
    """
    sums = [[0.0, 0.0] for _ in range(bins)]
    for confidence, right in judged:
        place = sums[min(int(confidence * bins), bins - 1)]
        place[0] += confidence
        place[1] += right
    return 100 * sum(abs(told - true) for told, true in sums) / len(judged) if judged else 0.0


def _check_spans(statements: Iterable[AttributionForm], length: int, where: str) -> None:
    for statement in statements:
        for role in ROLES:
            for start, end in statement.spans(role):
                check_span(start, end, length, where)


def _all_tokens(attributions: Iterable[_Covered], role: str) -> set[int]:
    return {i for one in attributions for i in one[role]}


def _all_runs(attributions: Iterable[_Covered], role: str) -> set[tuple[int, int]]:
    """Return the maximal runs of tokens of each attribution: neighbouring spans of two attributions stay two."""
    return {run for one in attributions for run in _runs(one[role])}


def _runs(indices: Set[int]) -> list[tuple[int, int]]:
    """Return the maximal runs of consecutive indices, as first and last."""
    firsts = sorted(i for i in indices if i - 1 not in indices)
    lasts = sorted(i for i in indices if i + 1 not in indices)
    return list(zip(firsts, lasts, strict=True))


def _count_linked(gold: Iterable[_Covered], predicted: Iterable[_Covered]) -> Counts:
    ours = [one for one in gold if one["content"]]
    theirs = [one for one in predicted if one["content"]]
    matched = len(_linked(ours, theirs))
    return Counts(matched, len(theirs) - matched, len(ours) - matched)


def _linked(ours: Sequence[_Covered], theirs: Sequence[_Covered]) -> set[int]:
    """Match whole attributions by the sum of the three roles' shares; return the indices of theirs that match."""
    candidates = []
    for i, a in enumerate(ours):
        for j, b in enumerate(theirs):
            if a["content"] & b["content"]:
                shares = [_jaccard(a[role], b[role]) for role in ROLES]
                if min(shares) >= 0.5:
                    candidates.append((sum(shares), i, j))
    return {j for _, _, j in best_first(candidates)}


def _jaccard(a: Set[int], b: Set[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0
