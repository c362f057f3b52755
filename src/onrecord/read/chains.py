"""All chains of a text: what means the same, whoever or whatever it is, as sets of spans.

Names, and pronouns of persons, are in the chains of their actors; every other mention goes with the earlier one that
the network finds likeliest to mean the same, or opens a chain. Two actors are never in one chain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.read.mentions import Links, Mention
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Actor, Span

SAME_HEAD, SAME_WORDS, OTHER_NAME, LEAST = 4.0, 4.0, -4.0, 2.0
"""What it adds that two mentions have one head, that all their words are alike, and that they are names of other
words; and what a mention's best score must pass to mean an earlier one. Tuned on GUM's development documents of the
kinds that may be learned from: CoNLL F1 from 41 without to 49.
"""
_PRONOUNS = word_list("pronouns")
_LEADING = re.compile(r"(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your)\s+", re.IGNORECASE)


def chains(text: str, segments: Segments, links: Links, cast: Sequence[Actor]) -> list[list[Span]]:
    """Return the chains in the order of their first mentions, those of a single mention too."""
    owners = _Owners(cast)
    found = links.mentions(segments)
    chain_of: list[int] = []
    owner_of: dict[int, str] = {}
    by_owner: dict[str, int] = {}
    out: list[list[Span]] = []
    index = {id(m): i for i, m in enumerate(found)}
    for mention, scores, earlier in links.antecedents(found):
        owner = owners.of(mention)
        chain = by_owner.get(owner) if owner else None
        if chain is None:
            told = scores + [_same_words(text, mention, e) for e in earlier]
            for k in told.argsort()[::-1]:
                if told[k] <= LEAST:
                    break
                before = chain_of[index[id(earlier[k])]]
                if owner is None or owner_of.get(before) in (None, owner):
                    chain = before
                    break
        if chain is None:
            chain = len(out)
            out.append([])
        out[chain].append(mention.span)
        chain_of.append(chain)
        if owner is not None:
            owner_of.setdefault(chain, owner)
            by_owner.setdefault(owner, chain)
    return out


def _same_words(text: str, mention: Mention, earlier: Mention) -> float:
    """Return what the words of two mentions say for or against their meaning the same; pronouns say nothing."""
    head, other = mention.head.of(text).casefold(), earlier.head.of(text).casefold()
    if head in _PRONOUNS or other in _PRONOUNS:
        return 0.0
    if head != other:
        named = mention.head.of(text)[:1].isupper() and earlier.head.of(text)[:1].isupper()
        return OTHER_NAME if named else 0.0
    a, b = (_LEADING.sub("", m.span.of(text).casefold()) for m in (mention, earlier))
    return SAME_HEAD + SAME_WORDS * (a == b)


class _Owners:
    """Finds the actor whose name or pronoun a mention's head is in."""

    def __init__(self, cast: Sequence[Actor]) -> None:
        spans = sorted((s.start, s.end, a.id) for a in cast for s in a.mentions)
        self._spans, self._starts = spans, [s for s, _, _ in spans]

    def of(self, mention: Mention) -> str | None:
        """Return the id of the actor whose mention ends with the head."""
        i = bisect_right(self._starts, mention.head.start)
        for start, end, actor in reversed(self._spans[max(0, i - 4) : i]):
            if start <= mention.head.start and mention.head.end == end:
                return actor
        return None
