"""Time expressions against TimeML gold, by the measures of TempEval-3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from onrecord.evaluate.forms import Id, as_form, check_span
from onrecord.evaluate.scores import Line, Score


class TimesScore(Score, frozen=True):
    """F1 in percent over ``gold`` and ``predicted`` TIMEX3 expressions (UzZaman et al. 2013).

    ``relaxed``: spans overlap; ``strict``: spans agree; ``value``: of overlapping expressions the value agrees too.
    HeidelTime reports relaxed 90.3, strict 81.3, value 77.6 on TempEval-3's test part.
    """

    gold: int
    predicted: int
    relaxed_f1: float
    strict_f1: float
    value_f1: float

    def caption(self) -> str:
        return f"{self.gold} time expressions in the gold, {self.predicted} predicted"

    def lines(self) -> list[Line]:
        return [
            Line("relaxed", f1=self.relaxed_f1),
            Line("strict", f1=self.strict_f1),
            Line("value", f1=self.value_f1),
        ]


class _Timex(msgspec.Struct, frozen=True):
    start: int
    end: int
    value: str | None = None


class _GoldArticle(msgspec.Struct, frozen=True):
    timexes: list[_Timex]
    text: str | None = None


class _ReadArticle(msgspec.Struct, frozen=True):
    times: list[_Timex] = []


def score_times(gold: Mapping[Id, Mapping[str, Any]], predicted: Mapping[Id, Mapping[str, Any]]) -> TimesScore:
    """Score predicted times ``{"times": [...]}`` against gold ``{"timexes": [...]}``, both by article id.

    An expression is ``{"start", "end", "value"}``. Each gold expression, in the order given, takes the predicted one
    not yet taken that it shares most characters with, the first of equals. Raises
    :class:`~onrecord.errors.InputError` where a field is missing or a predicted span lies outside the text (where the
    gold has the text).
    """
    in_gold = in_predicted = relaxed = strict = value = 0
    for key, row in gold.items():
        article = as_form(row, _GoldArticle, f"gold article {key}")
        where = f"predicted article {key}"
        found = sorted(as_form(predicted.get(key, {}), _ReadArticle, where).times, key=lambda time: time.start)
        for time in found:
            check_span(time.start, time.end, float("inf") if article.text is None else len(article.text), where)
        in_gold += len(article.timexes)
        in_predicted += len(found)
        for ours, theirs in _match(article.timexes, found):
            relaxed += 1
            strict += (ours.start, ours.end) == (theirs.start, theirs.end)
            value += ours.value == theirs.value
    total = in_gold + in_predicted
    return TimesScore(in_gold, in_predicted, _f1(relaxed, total), _f1(strict, total), _f1(value, total))


def _match(gold: Sequence[_Timex], found: Sequence[_Timex]) -> list[tuple[_Timex, _Timex]]:
    """Pair gold and predicted expressions that overlap."""
    pairs = []
    free = list(found)
    for time in gold:
        hits = [i for i, other in enumerate(free) if other.start < time.end and time.start < other.end]
        if hits:
            pairs.append((time, free.pop(max(hits, key=lambda i: _shared(time, free[i])))))
    return pairs


def _shared(a: _Timex, b: _Timex) -> int:
    """Return how many characters two overlapping expressions share."""
    return min(a.end, b.end) - max(a.start, b.start)


def _f1(right: int, total: int) -> float:
    """Return F1 from what is right and the number of expressions on both sides together."""
    return round(200 * right / total, 1) if total else 0.0
