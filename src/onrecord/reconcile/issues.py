"""What a story is about, as its reports name it: noun phrases of what is said, ranked, those of one thing together.

How likely a phrase names an issue is told by a logistic regression learned from the stories annotated for training:
what it means, how many statements and speakers use it and how, whether a headline does, how rare its words are.
Phrases belong together where one ends in the other ("border wall", "wall"). An issue on which nobody takes a side is
none: :mod:`positions` decides that.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.errors import WeightsError
from onrecord.read.authority import shipped as known_names
from onrecord.read.encoder import MeaningNetwork
from onrecord.reconcile.units import Unit
from onrecord.reconcile.usage import Use, ended_from, use_of, words_before
from onrecord.reconcile.wording import base
from onrecord.reconcile.words import table, word_set
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
    "sided",
    "times_sided",
    "placed",
    "timed",
    "joined",
    "indefinite",
    "definite",
    "acts",
    "borne",
    "quoted",
)
WEIGHED = 300
"""Phrases of a story whose meaning is weighed, those likeliest by all else: it bounds time."""
ONE_THING = 1.33
"""Two cosines together from which on two phrases name one thing. Chosen on two reports of a story and on the annotated
stories that rules are tuned on: "national emergency" and "national emergency declaration" have 1.43, "southern border"
and "U.S.-Mexico border" 1.34, "border security" and "southern border" 0.97."""
WAGED = 3
"""Words before an ill among which one of waging or refusing it stands."""
NO_ISSUES = frozenset({"person", "organisation", "government"})
"""Actors whom phrases may call, and then name no issue."""
LEAST_SUPERLATIVE = 5
"""Letters that a superlative has more of."""
_ENDING = "end"
LONGEST = 5
"""Words of a phrase; of a longer one only what it ends in counts."""
SEVERAL, OFTEN = 2, 0.15
"""Statements that have a fuller name of a bare noun at least, and their share of those that have the noun."""
COMPLETED = 1 / 3
"""Share of a bare noun's places where the same completes it from which on it is called so."""
COMPLETING = frozenset({"of", "to", "for", "on", "about", "against", "in"})
"""Words that lead from a noun to what completes it."""
LONGEST_COMPLETING = 3
"""Words between a noun and the phrase that completes it: "attempt to move the money"."""
SHORTEST_COMPLETING = 2
"""Letters of what completes a noun, at most, where it is no more than a title: "wiretap of Mr"."""
_COMPLETING = re.compile(r"(?: [a-z]+)+ ")
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s\Z|[’']\Z")


class Ranker(msgspec.Struct, frozen=True, kw_only=True):
    """``issues.json``: the regression, and in how many of ``stories`` training stories each base occurs in a phrase.

    ``meaning`` are the weights of the parts of a phrase's vector, of length 1.
    """

    weights: dict[str, float]
    meaning: list[float]
    offset: float
    stories: int
    frequency: dict[str, int]

    def without_meaning(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each row of features, (phrases, features), says for its being an issue."""
        out: NDArray[np.float64] = rows @ np.array([self.weights[name] for name in FEATURES])
        return out

    def chances(self, rows: NDArray[np.float64], meanings: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the chance to name an issue of phrases by their features and their meanings, (phrases, width)."""
        odds = self.without_meaning(rows) + meanings @ np.array(self.meaning) + self.offset
        out: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
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
    """A noun phrase of a story: its commonest form, where it stands and how it is used there, and in which statements.

    ``alone`` are those of its places where no further word stands before it; ``chance`` is its own to name an issue.
    ``completed`` are its forms with what follows them and says of what it is one ("attempt to move money").
    """

    key: Key
    forms: Counter[str] = field(default_factory=Counter)
    completed: Counter[str] = field(default_factory=Counter)
    places: list[ArticleSpan] = field(default_factory=list)
    statements: dict[str, None] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    alone: int = 0
    chance: float = 0.0

    @property
    def describes(self) -> bool:
        """Whether it only says what something else is, or is called ("this is a disgrace")."""
        return bool(self.uses) and all(u.describes for u in self.uses)

    @property
    def name(self) -> str:
        """The commonest form, of equals the first by letter."""
        return _commonest(self.forms)

    @property
    def bare(self) -> bool:
        """Whether it is one noun, with at most whose it is."""
        return all(_POSSESSIVE.search(w) for w in _WORD.findall(self.name)[:-1])


@dataclass
class Topic:
    """Phrases that name one issue, the likeliest first, with its chance."""

    phrases: list[Phrase]
    chance: float

    @property
    def name(self) -> str:
        """What it is called: the phrase that is both likely and common, by its commonest form. Of a bare noun ("bill")
        rather what most of its fuller names agree on ("gun bill"), or what often follows it.
        """
        first = max(self.phrases, key=lambda p: p.chance * len(p.statements))
        return (self._fuller(first) or _completed(first) or first.name) if first.bare else first.name

    def _fuller(self, bare: Phrase) -> str | None:
        """Return the fuller name of a bare noun that most statements have which have one, not by chance."""
        fuller = [p for p in self.phrases if not p.bare and _one(p.key, bare.key)]
        best = max(fuller, key=lambda p: (len(p.statements), p.chance), default=None)
        if best is None or len(best.statements) < max(SEVERAL, OFTEN * len(bare.statements)):
            return None
        agreeing = {key for p in fuller if _one(p.key, best.key) for key in p.statements}
        most = len(agreeing) > len({key for p in fuller for key in p.statements}) / 2
        return best.name if most else None

    @property
    def places(self) -> list[ArticleSpan]:
        """Where it is named."""
        found = {p: None for phrase in self.phrases for p in phrase.places}
        return sorted(found, key=lambda p: (p.article, p.start, -p.end))

    @property
    def statements(self) -> set[str]:
        """The statements that name it."""
        return {key for phrase in self.phrases for key in phrase.statements}

    @property
    def sided(self) -> bool:
        """Whether words of taking sides come before it anywhere."""
        return any(u.sided for phrase in self.phrases for u in phrase.uses)

    def sided_in(self, u: Unit) -> bool:
        """Tell whether the fullest words of an utterance name it behind a word of taking sides."""
        return any(use.sided for _, use in self._within(u))

    def naming(self, told: Iterable[Unit]) -> list[Unit]:
        """Return the utterances that name it."""
        statements = self.statements
        return [u for u in told if not statements.isdisjoint(u.utterance.statements)]

    def named_in(self, u: Unit) -> str:
        """Return the likeliest of its names by which an utterance calls it, the fullest words before others; the
        likeliest of all where none does.
        """
        fullest = (p.name for p in self.phrases if u.statement.id in p.statements)
        own = set(u.utterance.statements)
        others = (p.name for p in self.phrases if not own.isdisjoint(p.statements))
        return next(chain(fullest, others), self.phrases[0].name)

    def same_name(self, a: Unit, b: Unit) -> bool:
        """Tell whether two utterances call it by one of its names, and not by two that may be of two things."""
        one, other = set(a.utterance.statements), set(b.utterance.statements)
        return any(not one.isdisjoint(p.statements) and not other.isdisjoint(p.statements) for p in self.phrases)

    def beside(self, u: Unit) -> bool:
        """Tell whether the fullest words of an utterance name it, and only to say where, when or within what."""
        uses = [use for _, use in self._within(u)]
        return bool(uses) and all(use.placed or use.timed for use in uses)

    def before(self, u: Unit, actor: str) -> bool:
        """Tell whether the fullest words of an utterance name it before they mention an actor: who comes behind it
        seldom is the one who takes a side on it.
        """
        named, mentioned = [p.start for p, _ in self._within(u)], [m.start for m in u.mentions(actor)]
        return bool(named and mentioned) and min(mentioned) > max(named)

    def _within(self, u: Unit) -> list[tuple[ArticleSpan, Use]]:
        return [(p, use) for p, use in self._uses[u.statement.article] if u.has(p.start, p.end)]

    @cached_property
    def _uses(self) -> Mapping[str, list[tuple[ArticleSpan, Use]]]:
        found: dict[str, list[tuple[ArticleSpan, Use]]] = defaultdict(list)
        for phrase in self.phrases:
            for p, use in zip(phrase.places, phrase.uses, strict=True):
                found[p.article].append((p, use))
        return found

    def centre(self, told: Iterable[Unit]) -> NDArray[np.float32]:
        """Return the unit vector, (width,), between the meanings of the utterances that name it."""
        mean: NDArray[np.float32] = np.stack([u.telling.meaning for u in self.naming(told)]).sum(0)
        return mean / np.float32(np.linalg.norm(mean) or 1)

    def named_by(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names this. A single word that does ("bill") brings no other of its phrases along."""
        whole = [p for p in self.phrases if p is self.phrases[0] or min(len(p.key), len(phrase.key)) > 1]
        return any(_one(phrase.key, p.key) for p in whole)


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda f: (-forms[f], f))


def _completed(p: Phrase) -> str | None:
    """Return a phrase with what often follows it and completes it, if that is mostly one thing."""
    if not p.completed:
        return None
    best = _commonest(p.completed)
    enough = max(COMPLETED * len(p.places), p.completed.total() / 2)
    return best if p.completed[best] >= enough else None


def topics(
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    actors: Iterable[StoryActor],
    network: MeaningNetwork,
    ranker: Ranker | None = None,
) -> list[Topic]:
    """Return what may be at issue, the likeliest first; ``network`` tells what phrases mean."""
    ranker = ranker or shipped()
    found = [p for p in phrases(readings, told, actors) if not p.describes]
    if not found:
        return []
    features = rows(found, readings, told, actors, ranker)
    likeliest = sorted(np.argsort(-ranker.without_meaning(features), kind="stable")[:WEIGHED].tolist())
    found = [found[i] for i in likeliest]
    chances = ranker.chances(features[likeliest], meanings(found, network)).tolist()
    ranked = sorted(zip(chances, found, strict=True), key=lambda each: (-each[0], each[1].key))
    out: list[Topic] = []
    for chance, phrase in ranked:
        phrase.chance = chance
        home = next((t for t in out if t.named_by(phrase)), None)
        if home is None:
            out.append(Topic([phrase], chance))
        else:
            home.phrases.append(phrase)
    return out


def _one(a: Key, b: Key) -> bool:
    """Tell whether two phrases name one thing: one ends in the other, or they have the same words. An agreement may be
    called a deal.
    """
    heads = _heads()
    short, long = sorted(((*key[:-1], heads.get(key[-1], key[-1])) for key in (a, b)), key=len)
    return long[-len(short) :] == short or sorted(short) == sorted(long)


@cache
def _heads() -> dict[str, str]:
    """Return, for the bases of words that name one thing, the first one's."""
    return {_base(word): _base(first) for word, first in table("same_things").items()}


def merged(found: Sequence[Topic], told: Sequence[Unit], network: MeaningNetwork) -> list[Topic]:
    """Return the topics, those of one thing under several names ("European troops", "peacekeeping force") as one.

    Two are one thing where the cosine of their names and that of what is said when they are named come together to
    :data:`ONE_THING` at least.
    """
    if not found:
        return []
    names = meanings([t.phrases[0] for t in found], network)
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


def meanings(found: Iterable[Phrase], network: MeaningNetwork) -> NDArray[np.float64]:
    """Return what phrases mean, as vectors of length 1, (phrases, width)."""
    told = network.meanings([p.name for p in found])
    vectors = np.array([np.frombuffer(v, np.int8) for v, _ in told], np.float64)
    out: NDArray[np.float64] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return out


def phrases(readings: Sequence[Reading], told: Sequence[StoryStatement], actors: Iterable[StoryActor]) -> list[Phrase]:
    """Return the noun phrases of what is said, and what each ends in; names and roles of actors, names of countries and
    bodies, and bare numbers are none, and no phrase opens with a word that says nothing of it ("another") or praises
    it above all others ("frankest"). Of an ill, such as a war, only its ending is one, or what is said for waging it.
    """
    named = {key_of(name) for a in actors for name in (a.name, *a.aliases, *(role.text for role in a.roles))}
    authority = known_names()
    called = {(m.article, m.end) for a in actors if a.kind in NO_ISSUES for m in a.mentions}
    known = {s.id for s in told}
    out: dict[Key, Phrase] = {}
    for r in readings:
        occurrences = [(statement, words, list(_named(r.text, words))) for statement, words in _occurrences(r, known)]
        follows = _following(r, [(names[0][1], words[-1][1]) for _, words, names in occurrences if names])
        for statement, words, names in occurrences:
            for key, start in names:
                end = words[-1][1]
                form = _POSSESSIVE.sub("", r.text[start:end])
                if key in named or all(len(w) < 3 or w[0].isdigit() for w in key) or authority.named(form):
                    continue
                phrase = out.setdefault(key, Phrase(key))
                phrase.forms[form] += 1
                if end in follows:
                    phrase.completed[r.text[start : follows[end]]] += 1
                phrase.places.append(ArticleSpan(r.id, start, end))
                phrase.statements[statement] = None
                phrase.uses.append(use_of(r.text, start, end))
                phrase.alone += start <= words[0][0]
    return [out[key] for key in sorted(out) if not _of_actors(out[key], called)]


def _of_actors(phrase: Phrase, called: Container[tuple[str, int]]) -> bool:
    """Tell whether a phrase mostly calls somebody, by where it stands and where actors are mentioned."""
    return sum((p.article, p.end) in called for p in phrase.places) > len(phrase.places) / 2


def _named(text: str, words: Sequence[tuple[int, int]]) -> Iterator[tuple[Key, int]]:
    """Yield what a noun phrase, and what it ends in, may name, each with where it begins."""
    if text[slice(*words[-1])].casefold() in word_set("shell_nouns"):
        return
    if text[slice(*words[-1])].casefold() in word_set("ills"):
        begin = ended_from(text, words[0][0])
        if begin is not None:
            yield (_ENDING, _base(text[slice(*words[-1])])), begin
            return
        before = words_before(text, words[0][0])[-WAGED:]
        if not any(m.group().casefold() in word_set("waging") for m in before):
            return
    for i in range(max(0, len(words) - LONGEST), len(words)):
        opening = text[slice(*words[i])].casefold()
        if opening not in word_set("weak_modifiers") and not (i + 1 < len(words) and _is_superlative(opening)):
            yield tuple(_base(text[a:b]) for a, b in words[i:]), words[i][0]


def _is_superlative(word: str) -> bool:
    return word in ("most", "least", "best", "worst") or (
        len(word) > LEAST_SUPERLATIVE and word.endswith("est") and word not in word_set("no_superlatives")
    )


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


def _following(r: Reading, places: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return where noun phrases end with the one that says of what they are one, by where they end themselves."""
    times = {n for t in r.times for n in range(t.start, t.end)}
    out = {}
    for (_, end), (start, end_of_next) in pairwise(sorted(set(places))):
        between = r.text[end:start]
        words = between.casefold().split()
        said = end_of_next - start > SHORTEST_COMPLETING and start not in times
        if said and _COMPLETING.fullmatch(between) and len(words) <= LONGEST_COMPLETING and words[0] in COMPLETING:
            out[end] = end_of_next
    return out


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
        p.name[:1].isupper(),
        p.key[-1:] in heads,
        len(p.statements) == 1,
        any(c.isdigit() for word in p.key for c in word),
        *_usage(p.uses),
    ]


def _usage(uses: Sequence[Use]) -> list[float]:
    sided = sum(u.sided for u in uses)
    counted = ([u.placed, u.timed, u.joined, u.indefinite, u.definite, u.acts, u.borne] for u in uses)
    shares = [sum(column) / len(uses) for column in zip(*counted, strict=True)]
    return [sided / len(uses), math.log(1 + sided), *shares, any(u.quoted for u in uses)]


def key_of(text: str) -> Key:
    """Return a phrase by the bases of its words."""
    return tuple(_base(m.group()) for m in _WORD.finditer(text))


def _base(word: str) -> str:
    return base(_POSSESSIVE.sub("", word.casefold().replace("’", "'")))
