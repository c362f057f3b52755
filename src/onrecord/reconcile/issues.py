"""What a story is about, as its reports name it: noun phrases of what is said, ranked, those of one thing together.

How likely a phrase names an issue is told by a logistic regression learned from the stories annotated for training: how
many statements and speakers use it, whether a headline does, how rare its words are. Phrases belong together where one
ends in the other ("border wall", "wall"). An issue on which nobody takes a side is none: :mod:`positions` decides that.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.errors import WeightsError
from onrecord.read.authority import shipped as known_names
from onrecord.read.encoder import MeaningNetwork
from onrecord.reconcile.units import Unit
from onrecord.reconcile.wording import base
from onrecord.reconcile.words import word_set
from onrecord.records import ArticleSpan, Reading, StoryActor, StoryStatement

Key = tuple[str, ...]
"""A phrase by the bases of its words."""

FEATURES = (
    "statements",
    "speakers",
    "articles",
    "headline",
    "one_word",
    "three_words",
    "alone",
    "rare_head",
    "rare",
    "name",
    "headed_as_name",
    "once",
    "figures",
)
ONE_THING = 1.33
"""Two cosines together from which on two phrases name one thing. Chosen on two reports of a story and on the annotated
stories that rules are tuned on: "national emergency" and "national emergency declaration" have 1.43, "southern border"
and "U.S.-Mexico border" 1.34, "border security" and "southern border" 0.97."""
LONGEST = 5
"""Words of a phrase; of a longer one only what it ends in counts."""
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s\Z|[’']\Z")


class Ranker(msgspec.Struct, frozen=True, kw_only=True):
    """``issues.json``: the regression, and in how many of ``stories`` training stories each base occurs in a phrase."""

    weights: dict[str, float]
    offset: float
    stories: int
    frequency: dict[str, int]

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chance of each row of features, (phrases, features), to name an issue."""
        weights = np.array([self.weights[name] for name in FEATURES])
        out: NDArray[np.float64] = 1 / (1 + np.exp(-(rows @ weights + self.offset)))
        return out

    def rarity(self, word: str) -> float:
        """Return how rare a base is: the logarithm of stories for each that has it."""
        return math.log(self.stories / (1 + self.frequency.get(word, 0)))


@cache
def shipped() -> Ranker:
    """Return the ranker that ships with the package."""
    try:
        content = files("onrecord.models").joinpath("issues.json").read_bytes()
        return msgspec.json.decode(content, type=Ranker)
    except (OSError, msgspec.DecodeError) as error:
        raise WeightsError(f"issues.json: cannot be used ({error}); install the package again") from error


@dataclass
class Phrase:
    """A noun phrase of a story: its commonest form, where it stands, and in which statements.

    ``alone`` are those of its places where no further word stands before it.
    """

    key: Key
    forms: Counter[str] = field(default_factory=Counter)
    places: list[ArticleSpan] = field(default_factory=list)
    statements: dict[str, None] = field(default_factory=dict)
    alone: int = 0

    @property
    def form(self) -> str:
        """The commonest form, of equals the first by letter."""
        return min(self.forms, key=lambda f: (-self.forms[f], f))


@dataclass
class Topic:
    """Phrases that name one issue, the likeliest first, with its chance."""

    phrases: list[Phrase]
    chance: float

    @property
    def name(self) -> str:
        """What it is called: the likeliest phrase's commonest form."""
        return self.phrases[0].form

    @property
    def places(self) -> list[ArticleSpan]:
        """Where it is named."""
        found = {p: None for phrase in self.phrases for p in phrase.places}
        return sorted(found, key=lambda p: (p.article, p.start, -p.end))

    @property
    def statements(self) -> set[str]:
        """The statements that name it."""
        return {key for phrase in self.phrases for key in phrase.statements}

    def naming(self, told: Iterable[Unit]) -> list[Unit]:
        """Return the utterances that name it."""
        statements = self.statements
        return [u for u in told if not statements.isdisjoint(u.utterance.statements)]

    def centre(self, told: Iterable[Unit]) -> NDArray[np.float32]:
        """Return the unit vector, (width,), between the meanings of the utterances that name it."""
        mean: NDArray[np.float32] = np.stack([u.telling.meaning for u in self.naming(told)]).sum(0)
        return mean / np.float32(np.linalg.norm(mean) or 1)

    def named_by(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names this. A single word that does ("bill") brings no other of its phrases along."""
        whole = [p for p in self.phrases if p is self.phrases[0] or min(len(p.key), len(phrase.key)) > 1]
        return any(_one(phrase.key, p.key) for p in whole)


def topics(
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    actors: Iterable[StoryActor],
    ranker: Ranker | None = None,
) -> list[Topic]:
    """Return what may be at issue, the likeliest first."""
    ranker = ranker or shipped()
    found = phrases(readings, told, actors)
    if not found:
        return []
    chances = ranker.chances(rows(found, readings, told, actors, ranker)).tolist()
    ranked = sorted(zip(chances, found, strict=True), key=lambda each: (-each[0], each[1].key))
    out: list[Topic] = []
    for chance, phrase in ranked:
        home = next((t for t in out if t.named_by(phrase)), None)
        if home is None:
            out.append(Topic([phrase], chance))
        else:
            home.phrases.append(phrase)
    return out


def _one(a: Key, b: Key) -> bool:
    """Tell whether two phrases name one thing: one ends in the other, or they have the same words."""
    short, long = sorted((a, b), key=len)
    return long[-len(short) :] == short or sorted(a) == sorted(b)


def merged(found: Sequence[Topic], told: Sequence[Unit], network: MeaningNetwork) -> list[Topic]:
    """Return the topics, those of one thing under several names ("European troops", "peacekeeping force") as one.

    Two are one thing where the cosine of their names and that of what is said when they are named come together to
    :data:`ONE_THING` at least.
    """
    if not found:
        return []
    vectors = [np.frombuffer(v, np.int8).astype(np.float32) for v, _ in network.meanings([t.name for t in found])]
    names = np.array([v / np.linalg.norm(v) for v in vectors])
    around = np.array([t.centre(told) for t in found])
    near = names @ names.T + around @ around.T
    homes: list[list[int]] = []
    for i in range(len(found)):
        home = next((h for h in homes if any(near[i, j] >= ONE_THING for j in h)), None)
        if home is None:
            homes.append([i])
        else:
            home.append(i)
    return [Topic([p for i in home for p in found[i].phrases], found[home[0]].chance) for home in homes]


def phrases(readings: Sequence[Reading], told: Sequence[StoryStatement], actors: Iterable[StoryActor]) -> list[Phrase]:
    """Return the noun phrases of what is said, and what each ends in; names and roles of actors, names of countries and
    bodies, and bare numbers are none, and no phrase opens with a word that says nothing of it ("another").
    """
    named = {key_of(name) for a in actors for name in (a.name, *a.aliases, *(role.text for role in a.roles))}
    authority = known_names()
    known = {s.id for s in told}
    out: dict[Key, Phrase] = {}
    for r in readings:
        for statement, words in _occurrences(r, known):
            for i in range(max(0, len(words) - LONGEST), len(words)):
                key = tuple(_base(r.text[a:b]) for a, b in words[i:])
                start, end = words[i][0], words[-1][1]
                form = _POSSESSIVE.sub("", r.text[start:end])
                if key in named or all(len(w) < 3 or w[0].isdigit() for w in key):
                    continue
                if r.text[slice(*words[i])].casefold() in word_set("weak_modifiers") or authority.named(form):
                    continue
                phrase = out.setdefault(key, Phrase(key))
                phrase.forms[form] += 1
                phrase.places.append(ArticleSpan(r.id, start, end))
                phrase.statements[statement] = None
                phrase.alone += i == 0
    return [out[key] for key in sorted(out)]


def _occurrences(reading: Reading, known: Iterable[str]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield each noun phrase of the statements of an article, once, as the places of its words."""
    among = set(known)
    seen: set[tuple[int, int]] = set()
    for m in reading.meanings or ():
        for p in m.phrases:
            if m.statement in among and (p.start, p.end) not in seen:
                seen.add((p.start, p.end))
                words = [w.span() for w in _WORD.finditer(reading.text, p.start, p.end)]
                if words:
                    yield m.statement, words


def rows(
    found: Sequence[Phrase],
    readings: Sequence[Reading],
    told: Iterable[StoryStatement],
    actors: Iterable[StoryActor],
    ranker: Ranker,
) -> NDArray[np.float64]:
    """Return the features of each phrase, (phrases, features)."""
    speaker = {s.id: s.speaker for s in told}
    headlines = [set(key_of(r.title)) for r in readings if r.title]
    heads = {key_of(name)[-1:] for a in actors for name in (a.name, *a.aliases)}
    return np.array([_row(p, speaker, len(readings), headlines, heads, ranker) for p in found], np.float64)


def _row(
    p: Phrase,
    speaker: Mapping[str, str | None],
    articles: int,
    headlines: Sequence[set[str]],
    heads: set[Key],
    ranker: Ranker,
) -> list[float]:
    rarity = [ranker.rarity(word) for word in p.key]
    return [
        math.log(1 + len(p.statements)),
        math.log(1 + len({speaker.get(s) for s in p.statements})),
        len({place.article for place in p.places}) / articles,
        any(set(p.key) <= words for words in headlines),
        len(p.key) == 1,
        len(p.key) >= 3,
        p.alone / len(p.places),
        rarity[-1],
        sum(rarity) / len(rarity),
        p.form[:1].isupper(),
        p.key[-1:] in heads,
        len(p.statements) == 1,
        any(c.isdigit() for word in p.key for c in word),
    ]


def key_of(text: str) -> Key:
    """Return a phrase by the bases of its words."""
    return tuple(_base(m.group()) for m in _WORD.finditer(text))


def _base(word: str) -> str:
    return base(_POSSESSIVE.sub("", word.casefold().replace("’", "'")))
