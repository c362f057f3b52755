"""Noun phrases: a layer over the second layer of the network of meanings tells where each begins and ends.

Learned from the parts of speech that CoreNLP gave PolNeAR's articles. A phrase here is what an issue can be named by: a
run of nouns with the adjectives and participles before them, without its article or pronoun ("border wall", not "the
long-promised border wall with Mexico")."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from data import CLS, SEP, rows
from meaning import Meaning
from net import HIDDEN
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

LAYER = 2
"""Layer whose states tell phrases: the second does better than the fourth (precision and recall of whole phrases on
PolNeAR's development part 80.5 / 82.7 against 74.9 / 78.1)."""
SENTENCES = 12
"""Sentences taken from each article."""
OUTSIDE, BEGINS, INSIDE = range(3)
_HEADS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_VERBAL = frozenset({"VBN", "VBG"})
_WITHIN = _HEADS | _VERBAL | {"JJ", "JJR", "JJS", "CD", "POS", "HYPH", "FW", "AFX", "$"}
_NEVER_FIRST = frozenset({"POS", "HYPH", "$"})
_BEFORE_PARTICIPLE = frozenset({"DT", "PRP$", "IN", "JJ"})


def learn_phrases(net: Meaning, data: Path, tokenizer: Tokenizer, epochs: int = 5, seed: int = 0) -> nn.Linear:
    """Return the layer, trained on frozen states."""
    torch.manual_seed(seed)
    states, labels = _examples(net, data, "train", tokenizer, seed)
    layer = nn.Linear(HIDDEN, 3)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=3e-3, weight_decay=0.01)
    for _ in range(epochs):
        order = torch.randperm(len(states))
        for start in range(0, len(order), 1024):
            chosen = order[start : start + 1024]
            loss = F.cross_entropy(layer(states[chosen]), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    held, right = _examples(net, data, "dev", tokenizer, seed)
    with torch.no_grad():
        found = layer(held).argmax(-1)
    ours, theirs = _phrases(found.tolist()), _phrases(right.tolist())
    both = len(ours & theirs)
    print(f"phrases: precision {100 * both / len(ours):.1f}, recall {100 * both / len(theirs):.1f}", flush=True)
    return layer


def phrase_labels(tags: Sequence[str]) -> list[int]:
    """Return a label for each word of a sentence from its Penn Treebank tag."""
    labels, i = [OUTSIDE] * len(tags), 0
    while i < len(tags):
        if tags[i] not in _WITHIN:
            i += 1
            continue
        end = next((k for k in range(i, len(tags)) if tags[k] not in _WITHIN), len(tags))
        first, last = i, end
        while last > first and tags[last - 1] not in _HEADS:
            last -= 1
        while first < last and (tags[first] in _NEVER_FIRST or _opens_clause(tags, first)):
            first += 1
        labels[first:last] = [BEGINS, *[INSIDE] * (last - first - 1)][: last - first]
        i = end
    return labels


def _opens_clause(tags: Sequence[str], i: int) -> bool:
    """Tell whether a participle is a verb of its own: what stands before it does not open a noun phrase."""
    return tags[i] in _VERBAL and not (i > 0 and tags[i - 1] in _BEFORE_PARTICIPLE)


@torch.no_grad()
def _examples(net: Meaning, data: Path, part: str, tokenizer: Tokenizer, seed: int) -> tuple[Tensor, Tensor]:
    """Return the states of N word pieces, (N, HIDDEN), and their labels."""
    rng = random.Random(seed)
    texts = {r["id"]: r["text"] for r in rows(data / "attribution" / f"polnear_{part}.jsonl.gz")}
    states, labels = [], []
    for article in rows(data / "silver" / f"corenlp_polnear_{part}.jsonl.gz"):
        for start, end in rng.sample(article["sentences"], min(SENTENCES, len(article["sentences"]))):
            for pieces, told in _labelled(texts[article["id"]], article["tokens"][start:end], tokenizer):
                states.append(net.states(torch.tensor([[CLS, *pieces, SEP]]), LAYER)[0, 1:-1])
                labels += told
    return torch.cat(states), torch.tensor(labels)


def _labelled(
    text: str, words: Sequence[Sequence[object]], tokenizer: Tokenizer
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the pieces of a sentence of ordinary length with their labels."""
    if not 4 < len(words) < 60:
        return
    places = [(int(str(w[0])), int(str(w[1]))) for w in words]
    labels = phrase_labels([str(w[2]) for w in words])
    start = places[0][0]
    encoded = tokenizer.encode(text[start : places[-1][1]], add_special_tokens=False)
    ends = np.array([end for _, end in places]) - start
    owners = np.searchsorted(ends, [a for a, _ in encoded.offsets], side="right").tolist()
    told, before = [], -1
    for owner in owners:
        label = labels[min(owner, len(labels) - 1)]
        told.append(INSIDE if label == BEGINS and owner == before else label)
        before = owner
    yield encoded.ids, told


def _phrases(labels: Sequence[int]) -> set[tuple[int, int]]:
    """Return where phrases begin and end."""
    found, start = set(), None
    for i, label in enumerate([*labels, OUTSIDE]):
        if label != INSIDE and start is not None:
            found.add((start, i))
            start = None
        if label == BEGINS:
            start = i
    return found
