"""Who and what a text mentions, and which mentions are one: GUM's documents, GAP's snippets, and CoreNLP's chains.

Each mention stands at its head word: what is learned is which words head a mention and of what kind, where the mention
begins and ends, and which earlier head means the same (word-level coreference, Dobrovolskii 2021).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from data import IGNORE, NAME_TAGS, rows
from net import MENTION_KINDS
from numpy.typing import NDArray
from syntax import MEASURE_ONLY
from tokenizers import Tokenizer

from onrecord.evaluate.conllu import Document, GoldMention, read_conllu
from onrecord.read.segments import Segments
from onrecord.read.tokens import Tokens, tokenise

GOLD, SILVER = 1.0, 0.3
"""What a link is worth in the loss: one that people made, one that CoreNLP made."""
_KIND = {"person": "person", "organization": "body", "place": "place"}
_NAMED = {"PERSON": "person", "ORGANIZATION": "body", "LOCATION": "place"}
_NO_HEAD = re.compile(r"VB|MD|IN|TO|RB|CC|WRB|EX|RP|[^A-Z]")
"""Parts of speech that head no mention."""
_HE, _SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
_PERSONAL = _HE | _SHE


@dataclass
class Targets:
    """What is known of each piece of a text: the kind of the mention that its word heads, the pieces at which that
    begins and ends, the chain it belongs to (-1: none that is known), and what a link of it is worth.

    ``opens`` tells where a chain's first mention is known to be new, so that "none before" is an answer.
    """

    kinds: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    chains: NDArray[np.int64]
    opens: NDArray[np.bool_]
    worth: float

    @classmethod
    def unknown(cls, n: int, worth: float) -> Targets:
        """Return targets that say nothing."""
        ignored = [np.full(n, IGNORE, np.int64) for _ in range(3)]
        return cls(*ignored, np.full(n, -1, np.int64), np.zeros(n, np.bool_), worth)


@dataclass
class Text:
    """A text with what is known of its mentions."""

    id: str
    text: str
    segments: Segments
    tokens: Tokens
    targets: Targets


def gum(data: Path, tokenizer: Tokenizer) -> list[Text]:
    """Return GUM's training documents that may be learned from."""
    found = rows(data / "coreference" / "gum.jsonl.gz")
    return [
        _gold(row["id"], read_conllu(row["conllu"]), tokenizer)
        for row in found
        if row["split"] == "train" and row["id"].split("_")[1] not in MEASURE_ONLY
    ]


def _blank(name: str, text: str, tokenizer: Tokenizer, worth: float) -> Text:
    segments = Segments(text)
    tokens = tokenise(tokenizer, text, segments)
    return Text(name, text, segments, tokens, Targets.unknown(len(tokens), worth))


def _piece(tokens: Tokens, offset: int) -> int:
    at = min(int(np.searchsorted(tokens.end, offset, side="right")), len(tokens) - 1)
    while at > 0 and not tokens.first[at]:
        at -= 1
    return at


def _gold(name: str, document: Document, tokenizer: Tokenizer) -> Text:
    e = _blank(name, document.text, tokenizer, GOLD)
    m = e.targets
    m.kinds[e.tokens.first] = 0
    seen: set[int] = set()
    for mention in sorted(document.mentions, key=lambda m: (m.head, m.end - m.start)):
        at = _piece(e.tokens, mention.head)
        if m.chains[at] >= 0:  # of two mentions with one head word ("Lind and Berg") the shorter is learned
            continue
        m.kinds[at] = MENTION_KINDS.index(_kind_of(mention))
        m.starts[at], m.ends[at] = _piece(e.tokens, mention.start), _piece(e.tokens, mention.end - 1)
        m.chains[at] = mention.chain
    for at in np.flatnonzero(m.chains >= 0):
        if m.chains[at] not in seen:
            seen.add(int(m.chains[at]))
            m.opens[at] = True
    return e


def _kind_of(mention: GoldMention) -> str:
    if mention.kind == "person" and mention.plural:
        return "people"
    return _KIND.get(mention.kind, "other")


def gap(data: Path, tokenizer: Tokenizer) -> list[Text]:
    """Return GAP's validation snippets: a pronoun, two names, and which of them it means. (Its development part
    measures.)
    """
    out = []
    for row in rows(data / "coreference" / "gap_validation.jsonl.gz"):
        right = [row[f"{x}-coref"] == "TRUE" for x in "AB"]
        e = _blank(row["ID"], row["Text"], tokenizer, GOLD)
        m = e.targets
        for number, x in enumerate("AB"):
            at = _piece(e.tokens, int(row[f"{x}-offset"]) + len(row[x]) - 1)
            m.kinds[at], m.chains[at] = MENTION_KINDS.index("person"), number
        pronoun = _piece(e.tokens, int(row["Pronoun-offset"]))
        if any(right) and m.chains[pronoun] < 0:
            m.kinds[pronoun], m.chains[pronoun] = MENTION_KINDS.index("person"), right.index(True)
        out.append(e)
    return out


def silver(data: Path, tokenizer: Tokenizer) -> list[Text]:
    """Return PolNeAR's training articles with the chains that CoreNLP found, and the persons, bodies and places it
    named.
    """
    read = {r["id"]: r for r in rows(data / "silver" / "corenlp_polnear_train.jsonl.gz")}
    articles = rows(data / "attribution" / "polnear_train.jsonl.gz")
    return [_silver(a, read[a["id"]], tokenizer) for a in articles if a["id"] in read]


def _silver(article: dict[str, Any], row: dict[str, Any], tokenizer: Tokenizer) -> Text:
    e = _blank(article["id"], article["text"], tokenizer, SILVER)
    m = e.targets
    tokens = row["tokens"]
    words = [e.text[s:t].lower() for s, t, _, _ in tokens]
    at = [_piece(e.tokens, s) for s, *_ in tokens]
    for i, (_, _, part_of_speech, tag) in enumerate(tokens):
        kind = _NAMED.get(NAME_TAGS.get(tag, ""))
        goes_on = i + 1 < len(tokens) and tokens[i + 1][3] == tag
        if kind and not goes_on:
            m.kinds[at[i]], m.chains[at[i]] = MENTION_KINDS.index(kind), 100_000 + i
        elif words[i] in _PERSONAL:
            m.kinds[at[i]] = MENTION_KINDS.index("person")
        elif _NO_HEAD.match(part_of_speech):
            m.kinds[at[i]] = 0
    for number, chain in enumerate(row["coreference"]):
        heads = sorted({_head(tokens, s, t) for s, t in chain})
        told = {words[h] for h in heads}
        if not (told & _HE and told & _SHE):
            for h in heads:
                m.chains[at[h]] = number
    return e


def _head(tokens: list[list[Any]], start: int, end: int) -> int:
    """Return the head of a noun phrase: its last noun before a comma, a preposition or a clause."""
    last = start
    for i in range(start, end):
        part_of_speech = tokens[i][2]
        if i > start and part_of_speech in (",", "IN", "TO", "WDT", "WP", "WRB", ":", "-LRB-", "VBG", "VBN", "VBD"):
            break
        if part_of_speech.startswith(("NN", "PRP", "CD")):
            last = i
    return last
