"""Quotations of the example story, altered in known ways: cut, spliced, respelled, shifted, changed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "jelan-dam" / "gold.json"
SENTENCE = re.compile(r"[^.!?]+[.!?]*")
OTHER = ["harbour", "notary", "cabinet", "garden", "budget", "festival", "orchard", "ladder"]
SPELLINGS = [
    ("center", "centre"), ("color", "colour"), ("program", "programme"), ("toward", "towards"), ("do not", "don’t"),
    ("is not", "isn’t"), ("three", "3"), ("recognized", "recognised"), ("percent", "per cent"), ("it is", "it’s"),
    ("cannot", "can’t"), ("neighbors", "neighbours"), ("traveled", "travelled"), ("defense", "defence"),
]  # fmt: skip
SHIFTS = {
    "is": "was", "are": "were", "will": "would", "can": "could", "i": "he", "we": "they", "my": "his", "our": "their",
    "has": "had", "have": "had", "us": "them", "me": "him",
}  # fmt: skip

Altered = tuple[str, str, str]
"""The wording that another report prints, the fullest wording, and the kind of statement that prints the first."""


def quotations() -> list[str]:
    """Return the direct quotations of the example story of eight words and more, without their marks."""
    gold = json.loads(EXAMPLE.read_text("utf-8"))
    texts = {a["id"]: a["text"] for a in gold["articles"]}
    out = []
    for s in gold["statements"]:
        if s["kind"] == "direct":
            words = " ".join(texts[s["article"]][a:b].strip('“”"').rstrip(",") for a, b in s["spans"])
            words = " ".join(re.sub(r"[“”‘]|’(?!\w)", "", words).split())
            if len(words.split()) >= 8 and "[" not in words:
                out.append(words)
    return sorted(set(out))


def altered(count: int, seed: int = 1) -> list[tuple[str, Altered]]:
    """Return alterations with the kind of difference that each makes, as many of each as of the others."""
    rng = random.Random(seed)
    told = quotations()
    out: list[tuple[str, Altered]] = []
    kinds = list(MAKERS)
    tries = 0
    while len(out) < count:
        kind = kinds[tries % len(kinds)]
        made = MAKERS[kind](rng.choice(told), rng, told)
        tries += 1
        if made is not None:
            out.append((kind, made))
    return out


def _cut(words: str, rng: random.Random, _: list[str]) -> Altered | None:
    tokens = words.split()
    keep = rng.randint(4, len(tokens) - 3)
    start = rng.choice([0, len(tokens) - keep])
    if start and re.search(r"\b(?:not|no|never|only|if|nobody)\b", " ".join(tokens[start - 2 : start]).lower()):
        return None  # would turn the sense
    return " ".join(tokens[start : start + keep]), words, "direct"


def _ellipsis(words: str, rng: random.Random, _: list[str]) -> Altered | None:
    tokens = words.split()
    if len(tokens) < 10:
        return None
    start = rng.randint(3, len(tokens) - 6)
    end = start + rng.randint(2, 3)
    return " ".join([*tokens[:start], rng.choice(["…", "...", ". . ."]), *tokens[end:]]), words, "direct"


def _insertion(words: str, rng: random.Random, _: list[str]) -> Altered:
    tokens = words.split()
    at = rng.randint(2, len(tokens) - 2)
    added = rng.choice(["[the Orangery]", "[of monitors]", "(Kadrin)", "[Sergei]"])
    return " ".join([*tokens[:at], added, *tokens[at:]]), words, "direct"


def _spelling(words: str, rng: random.Random, _: list[str]) -> Altered:
    one, other = rng.choice(SPELLINGS)
    tokens = words.split()
    at = rng.randint(2, len(tokens) - 2)
    wordings = [" ".join([*tokens[:at], form, *tokens[at:]]) for form in (one, other)]
    rng.shuffle(wordings)
    return wordings[0], wordings[1], "direct"


def _shift(words: str, rng: random.Random, _: list[str]) -> Altered | None:
    tokens = [SHIFTS.get(t.lower(), t) for t in words.split()]
    if tokens == words.split():
        return None
    return "that " + " ".join(tokens).rstrip("."), words, "indirect"


def _changed(words: str, rng: random.Random, _: list[str]) -> Altered | None:
    tokens = words.split()
    long = [i for i, t in enumerate(tokens) if len(t) > 3 and t.isalpha() and i not in (0, len(tokens) - 1)]
    if not long:
        return None
    at = rng.choice(long)
    if rng.random() < 0.25:
        return " ".join([*tokens[:at], "not", *tokens[at:]]), words, "direct"
    if rng.random() < 0.33:
        return words, " ".join([*tokens[:at], "never", *tokens[at:]]), "direct"
    return " ".join([*tokens[:at], rng.choice(OTHER), *tokens[at + 1 :]]), words, "direct"


def _order(words: str, rng: random.Random, told: list[str]) -> Altered | None:
    one, other = (SENTENCE.findall(q)[0].strip(" ,.") + "." for q in rng.sample(told, 2))
    if min(len(one.split()), len(other.split())) < 4 or one == other:
        return None
    return f"{other} {one}", f"{one} {other}", "direct"


def _splice(words: str, rng: random.Random, told: list[str]) -> Altered | None:
    other = rng.choice(told)
    if other == words:
        return None
    first, second = words.rstrip(".,") + ".", other.rstrip(".,") + "."
    return rng.choice([first, second]), f"{first} {second}", "direct"


MAKERS: dict[str, Callable[[str, random.Random, list[str]], Altered | None]] = {
    "cut": _cut,
    "ellipsis": _ellipsis,
    "insertion": _insertion,
    "spelling": _spelling,
    "shift": _shift,
    "changed": _changed,
    "order": _order,
    "splice": _splice,
}
EXPECTED = {kind: "cut" if kind == "splice" else kind for kind in MAKERS}
