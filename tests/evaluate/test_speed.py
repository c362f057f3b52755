"""What a rate says: words over the time that the best round took."""

from __future__ import annotations

import pytest

from onrecord.evaluate import speed
from onrecord.evaluate.speed import quantities_rate, sample, times_rate, word_count


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    now = [0.0]
    monkeypatch.setattr(speed.time, "perf_counter", lambda: now[0])
    return now


def test_the_best_round_counts_and_the_first_call_does_not(clock):
    spent = iter([9.0, 0.5, 0.25, 0.25, 0.75, 0.5, 0.5])

    def once():
        clock[0] += next(spent)

    # five rounds of about 0.5 s: one call, two calls of a quarter, then one each
    assert speed._best(once, 2.5) == 0.25
    assert next(spent, None) is None


def test_rates_are_words_a_second_over_all_articles(monkeypatch):
    articles = sample()
    monkeypatch.setattr(speed, "_best", lambda once, seconds: once() or seconds)
    assert word_count(articles) == sum(len(a.text.split()) for a in articles)
    assert times_rate(articles, 2.0) == quantities_rate(articles, 2.0) == word_count(articles) / 2


def test_rates_take_articles_without_words_and_without_days():
    empty = [a.__class__(id="e", text="", sha256="") for a in sample()[:1]]
    assert times_rate(empty, 0.001) == quantities_rate(empty, 0.001) == 0.0
