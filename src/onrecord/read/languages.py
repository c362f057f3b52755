"""Is it English? The reader was trained on nothing else."""

from __future__ import annotations

import re

from onrecord.read.words import word_list
from onrecord.records import Article

SHARE = 0.08
"""Share of function words from which on a text is taken for English.

Measured: the 840 articles of PolNeAR's training part lie between 0.10 and 0.46, half of them above 0.30; paragraphs of
news in German, French, Spanish, Italian and Dutch below 0.03.
"""
_ENOUGH = 12
"""Words below which nothing can be said: such a text is read as English unless its metadata says otherwise."""
_WORD = re.compile(r"[^\W\d_]+")


def is_english(article: Article) -> bool:
    """Tell whether the article is in English: by its function words, or where it is too short, by its metadata."""
    words = [w.lower() for w in _WORD.findall(article.text[:20_000])]
    if len(words) < _ENOUGH:
        return (article.language or "en").lower().startswith("en")
    return sum(w in word_list("english") for w in words) / len(words) >= SHARE
