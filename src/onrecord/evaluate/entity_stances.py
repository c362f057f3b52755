"""Who is for or against whom in a sentence, against the stories of SEESAW (Zhang et al. 2022)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal

Signed = tuple[str, Literal["POS", "NEG"], str]
"""Subject, sign, object."""
_WORD = re.compile(r"\w+")
LETTERS = 3
"""A name's words of more letters tell that a sentence means it."""


@dataclass(frozen=True)
class StanceSentence:
    """A sentence with the entities of its article that it names, and the stances that annotators found in it."""

    text: str
    entities: tuple[str, ...]
    stances: frozenset[Signed]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Who may stand how to whom."""
        return list(permutations(self.entities, 2))


def stance_sentences(stories: Iterable[Mapping[str, Any]]) -> Iterator[StanceSentence]:
    """Yield the sentences of articles in which somebody takes a stance."""
    for story in stories:
        for article in story["articles"]:
            annotation = article["annotation"]
            names = [entity[0] for entity in annotation["entity lists"]]
            for number, found in annotation["sentence-level stances"].items():
                if int(number) < len(article["sentences"]):
                    text = article["sentences"][int(number)]
                    words = {w.casefold() for w in _WORD.findall(text)}
                    named = tuple(name for name in names if _long_words(name) & words)
                    stances = frozenset((s["subject"], s["sentiment"], s["object"]) for s in found)
                    yield StanceSentence(text, named, stances)


def _long_words(name: str) -> set[str]:
    return {w.casefold() for w in _WORD.findall(name) if len(w) > LETTERS}
