"""Which party the reports put an actor in: "Senator Ann Vale (D-Calif.)", "the Republican leader, Tom Reed", "House
Democrats".

Two of one party hardly ever conflict: of pairs of utterances compared in the 25 labelled stories kept apart, one in 604
is listed as a dispute, of all pairs one in 32.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.read.words import word_list
from onrecord.reconcile.words import table
from onrecord.records import StoryActor

BEFORE = 4
"""Words before a name among which its party may stand: "House Republican leader Tom Reed"."""
ABBREVIATED = 5
"""Characters of a word with a full stop, up to which it is a title cut short: "Sen.", "Capt."."""
_WORD = re.compile(r"[^\W_]+(?:[.’'&-][^\W_]+)*")
_BEFORE = re.compile(r"(?:[^\W_][\w.’'&-]*,?[ ])+\Z")
_BEHIND = re.compile(
    r"(?:[ ]\([ ]?|,[ ])(?:(?P<letter>[RD])(?=[ ]?[-–)])|(?:(?:an?|the)[ ])?(?P<word>[\w.]+)(?=[ ]|[),.;]))", re.ASCII
)
_LETTERS = {"R": "republican", "D": "democrat"}


def parties(actors: Sequence[StoryActor], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the party of each actor of whom most mentions that tell one tell the same, by the actor's id; of others,
    that of the first for whom they speak. ``texts`` are those of the articles.
    """
    found = {}
    for a in actors:
        told = Counter(p for m in a.mentions for p in _told(texts[m.article], m.start, m.end))
        if told:
            party, n = told.most_common(1)[0]
            if 2 * n > told.total():
                found[a.id] = party
    return found | {
        a.id: next(found[link.actor] for link in a.speaks_for if link.actor in found)
        for a in actors
        if a.id not in found and any(link.actor in found for link in a.speaks_for)
    }


def _told(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the parties that the words of a mention, the title before and what stands behind it tell."""
    yield from _known(_WORD.findall(text[start:end]))
    before = _BEFORE.search(text, max(0, start - 60), start)
    if before is not None:
        title = []
        for word in reversed(before.group().split()[-BEFORE:]):
            if word.endswith(".") and len(word) > ABBREVIATED and "." not in word[:-1]:
                break  # the end of a sentence
            if word.endswith(",") and not _known([word]):
                break
            title.append(word)
            if not (word[0].isupper() or word.strip(".").casefold() in word_list("offices")):
                break
        yield from _known(title)
    behind = _BEHIND.match(text, end)
    if behind is not None:
        if behind["letter"]:
            yield _LETTERS[behind["letter"]]
        else:
            yield from _known([behind["word"]])


def _known(words: Iterable[str]) -> set[str]:
    """Return the parties among some words."""
    plain = (re.sub(r"[’']s\Z|[.,]+\Z", "", w.casefold()) for w in words)
    return {table("parties")[w] for w in plain if w in table("parties")}
