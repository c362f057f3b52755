"""What a report says of two accounts: that one differs from the other ("Holm gave a different account"), or that who
gives both took back the first ("she later changed her story").

Reports seldom say so, but where they do, they have done the comparing themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.read.segments import Segments
from onrecord.reconcile.tellings import Telling
from onrecord.reconcile.units import Unit, by_article
from onrecord.reconcile.wording import Word, words_of
from onrecord.reconcile.words import word_set
from onrecord.records import Span

FAR = 400
"""Characters between two accounts up to which a report's words for the later one hold."""
TOGETHER = 4
"""Words within which the parts of such words stand: "differs" behind "account", "story" behind "changed"."""
SHORT = 6
"""Words up to which a statement may be nothing but such words itself: "told a slightly different tale"."""
TAKEN_FROM = frozenset(["from", "of", "on"])
"""What may stand between such words and what is taken back."""


class Apart(NamedTuple):
    """Two utterances, by their numbers, the earlier told first; the telling of the later, and the report's words."""

    earlier: int
    later: int
    telling: Telling
    words: Span


Told = tuple[Telling, int]


def told_apart(told: Sequence[Unit]) -> Iterator[Apart]:
    """Yield the pairs of utterances of which a report itself says that they are different accounts, or that their
    speaker took back the first.
    """
    for tellings in by_article(told):
        yield from _in_one_report([(t, n) for t, n in tellings if not t.nested and not _is_word_of_one(t)], told)


def _in_one_report(tellings: Sequence[Told], told: Sequence[Unit]) -> Iterator[Apart]:
    before: Told | None = None
    last: dict[str, Told] = {}
    at_first: dict[str, tuple[Told, list[Span]]] = {}
    for second, n in tellings:
        u = told[n]
        segments = u.segments[second.statement.article]
        since = _end(before[0]) if before is not None else 0
        words = _leading(second, since, segments, sentences=2)
        if before is not None and (u.camp is None or told[before[1]].camp != u.camp):
            yield from _apart(before, (second, n), _differing(words))
        if u.speaker in last:
            yield from _apart(last[u.speaker], (second, n), _taking_back(words, second))
        if u.speaker in at_first and any(w.folded in word_set("afterwards") for w in words):
            yield from _apart(at_first[u.speaker][0], (second, n), at_first[u.speaker][1])
        if u.speaker is not None:
            last[u.speaker] = second, n
            if any(w.folded in word_set("at_first") for w in _leading(second, since, segments, sentences=1)):
                whole = _leading(second, 0, segments, sentences=1)
                at_first[u.speaker] = last[u.speaker], list(_reversing(whole))
        before = second, n


def _apart(first: Told, second: Told, words: Iterable[Span]) -> Iterator[Apart]:
    """Yield the two, if there are words that tell them apart, and both stand near."""
    (earlier, m), (later, n) = first, second
    found = next(iter(words), None)
    if found is not None and m != n and 0 <= _start(later) - _end(earlier) <= FAR:
        yield Apart(m, n, later, found)


def _start(t: Telling) -> int:
    return t.statement.content[0].start


def _end(t: Telling) -> int:
    return t.statement.content[-1].end


def _leading(t: Telling, since: int, segments: Segments, *, sentences: int) -> list[Word]:
    """Return the words before a statement's content, from a place on, of its sentence or so many before that, too."""
    start = _start(t)
    since = max(since, segments.sentences[max(0, segments.sentence_at(start) + 1 - sentences)].start)
    return words_of(t.text, [Span(since, start)]) if since < start else []


def _is_word_of_one(t: Telling) -> bool:
    """Tell whether a statement says no more than that there is another account, or what is taken back: "told a slightly
    different tale", "walked back his remarks".
    """
    if not 0 < len(t.words) <= SHORT:
        return False
    ends = t.words[-1].folded in word_set("accounts") | word_set("own_accounts")
    return (ends and _some(_reversing([*t.cue_words, *t.words]))) or _some(_differing(t.words))


def _some(found: Iterator[Span]) -> bool:
    return next(found, None) is not None


def _taking_back(words: Sequence[Word], second: Telling) -> Iterator[Span]:
    """Yield the words that say that what stands before a statement is taken back, but not those with which its own cue
    ends, so that what it tells is: "backpedaled on".
    """
    for found in _reversing(words):
        in_cue = any(w.span.end == found.end for w in second.cue_words)
        behind = (w.folded for w in second.cue_words if w.span.start >= found.end)
        if not in_cue or any(word not in TAKEN_FROM for word in behind):
            yield found


def _differing(words: Sequence[Word]) -> Iterator[Span]:
    """Yield the words among some by which an account differs from one before: "different account", "account differs",
    but not "it was a different story", or "the picture is different".
    """
    for n, w in enumerate(words):
        if w.folded not in word_set("accounts"):
            continue
        before, behind = words[max(0, n - 1) : n], words[n + 1 : n + 1 + TOGETHER]
        if all(x.base != "be" for x in words[max(0, n - TOGETHER) : n]):
            yield from (Span(x.span.start, w.span.end) for x in before if x.folded in word_set("differing"))
        yield from (Span(w.span.start, x.span.end) for x in behind if x.folded in word_set("differs"))


def _reversing(words: Sequence[Word]) -> Iterator[Span]:
    """Yield the words among some that tell of taking back: "backtracked", "walked it back", "changed her story",
    "reversed himself"; but not what might be, is denied, or was long before.
    """
    for n, w in enumerate(words):
        before, behind = words[max(0, n - TOGETHER) : n], words[n + 1 : n + 1 + TOGETHER]
        if any(x.folded in word_set("negators") or x.folded in word_set("unreal") for x in before):
            continue
        last = None
        if w.folded == "walked":
            last = next((x for x in behind if x.folded == "back"), None)
        elif w.folded in word_set("reversing"):
            last = w
        elif w.folded in word_set("changing") and behind:
            if behind[0].folded in word_set("own"):
                accounts = word_set("accounts") | word_set("own_accounts")
                last = next((x for x in behind if x.folded in accounts), None)
            elif w.folded == "reversed" and behind[0].folded in word_set("oneself"):
                last = behind[0]
        if last is not None:
            yield Span(w.span.start, last.span.end)
