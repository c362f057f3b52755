"""What is told within what is told: sayings inside another's content, which one label a word cannot hold.

The network labels each word once, and an annotated corpus of such labels leaves the inner saying out; but the scores it
gives the words inside a content still tell a verb of saying from the words around it, and its links still name the
source. Nouns of saying ("his threat to leave") are found by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import numpy as np

from onrecord.read.attributions import Attribution
from onrecord.read.encoder import Scores
from onrecord.read.segments import Segments
from onrecord.read.weights import Manifest
from onrecord.read.words import word_list
from onrecord.records import Span

CUE = -0.2
"""Least advantage of the score of opening a cue over that of going on with the content, or with nothing.

Tuned on the four annotated stories that rules are tuned on.
"""
LINKED = 0.4
"""Least probability of the inner cue's link to its source."""
LONGEST_SOURCE = 8
"""Words that an inner source may have."""
REACH = 160
"""Characters before an inner cue in which its name stands, an apposition included."""
MOST = 8
"""Sayings told within one content: each may reach to its end, so that a text of nothing else must not grow squared."""
LONGEST_CLAUSE = 400
"""Characters that a noun may govern."""
LEAST_WORDS = 3
"""Words that a noun must govern: "her threat to leave" tells too little."""
VERB = 0.6
"""Confidence of a saying told by a verb within told words."""
NOUN = 0.5
"""Confidence of a saying told by a noun."""
_BEFORE = re.compile(
    r"(?<![\w.])(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|who|which|(?:[A-Z][\w.’'-]*\s+){0,6}?[A-Z][\w’'-]*\w)"
    r"(?:,\s+(?:an?|the)\s[^,;.]{1,80},)?\s+(?:(?:ha[sd]|have|was|is|will|would|also|later|[a-z]+ly)\s+)*\Z"
)
_DATED = re.compile(r"(?:in|since|by|until)\s+\d{4}\b")
_THAT = re.compile(r"(?:[^,;:\"“”]{1,90}?\s)?that\s")
_END = re.compile(r"[,.!?;]\s|\s[—–-]\s|\n")


def told_within(
    text: str, segments: Segments, scores: Scores, manifest: Manifest, found: Iterable[Attribution]
) -> list[Attribution]:
    """Return the sayings inside the contents of ``found``, whose inner cues are verbs."""
    return [
        inner
        for a in found
        for outer in a.content
        for inner in islice(_verbs(text, segments, scores, manifest, outer), MOST)
    ]


def _verbs(text: str, segments: Segments, scores: Scores, manifest: Manifest, outer: Span) -> Iterator[Attribution]:
    tokens = scores.tokens
    label = {name: i for i, name in enumerate(manifest.labels)}
    first, last = np.searchsorted(tokens.start, [outer.start, outer.end])
    words = [p for p in range(first, last) if tokens.first[p]]
    ends = [int(tokens.end[p - 1]) for p in [*words[1:], int(last)]] if words else []
    rows = scores.roles[words]
    gap = rows[:, label["B-cue"]] - np.maximum(rows[:, label["I-content"]], rows[:, label["O"]])
    for k in range(1, len(words) - 2):
        start, end = int(tokens.start[words[k]]), ends[k]
        named = text[start:end] in word_list("inner_verbs")
        if not named and gap[k] <= CUE:
            continue
        source = _right_before(text, segments, outer.start, start)
        if source is None and gap[k] > CUE:
            source = _linked(text, scores, words, ends, k)
        if source is None:
            continue
        content = Span(int(tokens.start[words[k + 1]]), outer.end)
        that = _THAT.match(text, content.start, content.end)
        if that:
            content = Span(that.end() - len("that "), content.end)
        if not _DATED.match(text, content.start):  # "the regions that Moscow claimed in 2022"
            yield Attribution(source, Span(start, end), (content,), VERB)


def _right_before(text: str, segments: Segments, start: int, cue: int) -> Span | None:
    """Return the pronoun or name that stands right before an inner cue outside quotation marks."""
    match = _BEFORE.search(text, max(start, cue - REACH), cue)
    return Span(*match.span("who")) if match and not segments.quoted[cue] else None


def _linked(text: str, scores: Scores, words: list[int], ends: list[int], k: int) -> Span | None:
    """Return the source within the content that the cue at word ``k`` links to, up to a comma or the cue."""
    links = scores.cue_to_source
    head = int(np.argmax(links.rows[words[k]])) + links.first[words[k]]
    if head not in words[:k] or np.exp(links.score(words[k], head)) < LINKED:
        return None
    at = words.index(head)
    stop = next((j for j in range(at + 1, k) if text[scores.tokens.start[words[j]]] in ",;—–"), k)
    return Span(int(scores.tokens.start[head]), ends[stop - 1]) if stop - at <= LONGEST_SOURCE else None


# -- nouns of saying -------------------------------------------------------------------------------------------------


@cache
def _noun() -> re.Pattern[str]:
    nouns = "|".join(sorted(word_list("speech_nouns"), key=len, reverse=True))
    owner = r"(?:[A-Z][\w.-]*\s+){0,4}[A-Z][\w.-]*(?:['’]s|(?<=s)['’])|his|her|their"
    party = r"Republicans?|Democrat(?:s|ic)?|[A-Z][a-z]+(?:an|ese|ish)"
    name = r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*)*(?:\s+and\s+(?:his|her|their|its)\s+\w+)?"
    return re.compile(
        rf"\b(?P<owner>{owner}|{party})\s+(?:(?!of\b)[a-z-]+\s+)?(?P<noun>{nouns})\s+(?=(?:that|to|for|about)\s)"
        rf"|\b(?P<named>{nouns})\s+(?:by|from)\s+(?P<by>{name})\s+(?=that\s)"
    )


def nouns_of_saying(text: str, segments: Segments, found: Iterable[Attribution]) -> list[Attribution]:
    """Return the sayings told by a noun with its possessor, where no cue or source of ``found`` holds the noun."""
    taken = [s for a in found for s in (a.cue, a.source) if s is not None]
    out = []
    for sentence in segments.sentences:
        for match in _noun().finditer(text, sentence.start, sentence.end):
            parts = ("owner", "noun") if match["noun"] else ("by", "named")
            source, cue = (Span(*match.span(part)) for part in parts)
            furthest = min(sentence.end, match.end() + LONGEST_CLAUSE)
            content = Span(match.end(), _clause_end(text, segments, match.end(), furthest))
            if any(cue.overlaps(t) for t in taken) or len(text[content.start : content.end].split()) < LEAST_WORDS:
                continue
            out.append(Attribution(source, cue, (content,), NOUN))
    return out


def _clause_end(text: str, segments: Segments, start: int, end: int) -> int:
    """Return where the words that a noun governs end: at the first comma or stop, or with the quotation around it."""
    around = segments.quoted_over(Span(start, start + 1))
    if around:
        end = min(end, around[0].end - 1)
    match = _END.search(text, start, end)
    end = match.start() if match else end
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in '"”’%)':
        end -= 1
    return end
