"""What a cue tells of an act: a saying or an attitude, a denial or a refusal, and the outlet's hedges around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from onrecord.read.attributions import Attribution
from onrecord.read.content import SAID_OUTRIGHT, WORD, quoted_words
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Act, Span, Stance

_DECLARED = re.compile(r"(?:an?|the)\s+(?:\w+\s+)?(?:bankruptcy|ceasefire|emergency|holiday|truce|victory|war)\b")
"""What is declared by an act, and not said: "declared a national emergency"."""
_GROUNDS = re.compile(r"\s(?:as|because|for|saying|that|over)\s")
_SET = ("is set", "are set", "is expected", "are expected", "is due", "are due", "is to", "are to")


def act_of(text: str, segments: Segments, a: Attribution) -> Act:
    """Return attitude where the cue credits a belief, a feeling, a wish, a plan or a deed, and no words are quoted.

    "Plans to tell" credits a saying to come, and is speech.
    """
    words = _words(text, a.cue) if a.cue else []
    if not words or quoted_words(text, segments, a.content) >= SAID_OUTRIGHT:
        return "speech"
    head = next((w for w in reversed(words) if w not in word_list("prepositions")), words[-1])
    if head in word_list("sayings") or head in word_list("speech_nouns"):
        return "speech"
    if head in word_list("judging") and _only_an_object(text, segments, a.content):
        return "attitude"
    ahead = words[0] in word_list("modals") or " ".join(words[:2]) in _SET
    if ahead or any(w in word_list("attitude") for w in words) or _is_deed(text, head, a.content):
        return "attitude"
    return "speech"


def _only_an_object(text: str, segments: Segments, content: tuple[Span, ...]) -> bool:
    """Tell whether a content only names what is praised or blamed: "the plan", and not "the plan as too dear"."""
    return not any(_GROUNDS.search(f" {s.of(text)}") or segments.quoted_over(s) for s in content)


def _is_deed(text: str, head: str, content: tuple[Span, ...]) -> bool:
    """Tell whether the head of a cue narrates what was done: "passed a resolution", "declared an emergency"."""
    if not content or text.startswith("that ", content[0].start):
        return False
    declared = head.startswith("declar") and _DECLARED.match(text, content[0].start) is not None
    return declared or head in word_list("deeds")


def stance_of(text: str, a: Attribution) -> Stance:
    """Return whether the statement asserts, denies, or refuses to comment."""
    if is_silence(text, a):
        return "no_comment"
    return "denies" if _denies(_words(text, a.cue) if a.cue else []) else "asserts"


def _denies(cue: Sequence[str]) -> bool:
    """Tell whether the words of a cue deny: "has denied", "brushed off", and not "never denied"."""
    for n, (word, behind) in enumerate(zip_longest(cue, cue[1:])):
        if word in word_list("denial") or f"{word} {behind}" in word_list("denial"):
            return not any(w in word_list("not_denying") for w in cue[:n])
    return False


def is_silence(text: str, a: Attribution) -> bool:
    """Tell whether an attribution says that somebody would say nothing: "declined to comment"."""
    if a.cue is None:
        return False
    told = " ".join(_words(text, a.cue))
    said = " ".join(w for s in a.content for w in _words(text, s))
    refusals, subjects = word_list("refusal"), word_list("silence")
    refused = any(_phrase_in(r, told) for r in refusals)
    if refused and any(_phrase_in(s, f"{told} {said[:60]}") for s in subjects):
        return True
    return any(
        f"{r} {s}" in said
        for r in ("nothing to", "no", "without", "not")
        for s in ("comment", "add to this", "immediate comment")
    )


def hedges_of(text: str, segments: Segments, a: Attribution) -> tuple[Span, ...]:
    """Return the outlet's own words beside the cue that soften or characterise the saying."""
    if a.cue is None:
        return ()
    sentence = segments.sentences[segments.sentence_at(a.cue.start)]
    lower = max(sentence.start, a.source.end if a.source and a.source.end <= a.cue.start else a.cue.start - 40)
    upper = min((s.start for s in a.content if s.start >= a.cue.end), default=a.cue.end)
    upper = min(max(upper, a.cue.end), a.cue.end + 40, sentence.end)
    out = []
    for phrase in word_list("hedges"):
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", text[lower : upper + len(" to")], re.IGNORECASE):
            span = Span(lower + match.start(), min(lower + match.end(), upper))
            if not segments.quoted[span.start]:
                out.append(span)
    return tuple(sorted(out))


def _words(text: str, span: Span) -> list[str]:
    return [w.lower().rstrip(".") for w in WORD.findall(text, span.start, span.end)]


def _phrase_in(phrase: str, text: str) -> bool:
    return f" {phrase} " in f" {text} "
