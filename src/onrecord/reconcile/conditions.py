"""Conditions that somebody names: the words after "only if", "unless", "will not sign without"; what is demanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.read.segments import Segments
from onrecord.reconcile.wording import Word, words_of
from onrecord.reconcile.words import word_set
from onrecord.records import Span, StoryStatement

_NOUN = r"(?:pre)?conditions?\b[^.;:]{0,60}?\b(?:being|is|was|are|were)\b"
"""A condition named as one: "one key condition for talks being …"."""
_ENDS = re.compile(r"[;:]|\s[–—]\s|,?\s+but\b|,\s+(?:and\s+)?(?=(?:he|she|they|it|we)\b)|[”\"]|(?<=\w),[”\"]")
_OPENS = re.compile(r"\W*\Z")
_OF_ITSELF = ("without", "absent")
"""What opens a condition whether or not the sentence looks ahead."""
NEAR = 10
"""Words before a condition, or after one that opens its sentence, that it can bound."""
LEAST_WORDS = 2
"""Words of a condition besides what opens it."""


@dataclass(frozen=True)
class Condition:
    """A condition with the words that open it; ``demanded`` where the report's cue demands it ("insists on"), ``held``
    where its words say who holds to it ("the leader remains committed to …"), who then stands before them.
    """

    span: Span
    demanded: bool = False
    held: bool = False

    @property
    def bounds(self) -> bool:
        """Whether it binds something else that its sentence tells."""
        return not (self.demanded or self.held)


def conditions_of(statement: StoryStatement, segments: Segments, text: str) -> list[Condition]:
    """Return the conditions that a statement's content names, in its order."""
    if statement.stance == "no_comment":
        return []
    if statement.kind != "direct" and demands(statement, text):
        return [Condition(piece, True) for piece in statement.content]
    places = [s for piece in statement.content for s in _sentences(piece, segments)]
    held = [Condition(s, held=True) for s in places if _phrases("commitments").search(text, s.start, s.end)]
    return held + [
        Condition(span)
        for s in places
        for span in _within(s, segments.sentences[segments.sentence_at(s.start)].start, text)
    ]


def demands(statement: StoryStatement, text: str) -> bool:
    """Tell whether a statement is a demand: by its cue, or by that and the first word told ("calling", "for …")."""
    if statement.cue is None or statement.stance == "denies":
        return False
    told = f"{statement.cue.of(text)} {statement.content[0].of(text).partition(' ')[0]}"
    return _phrases("demands").search(told) is not None


def _sentences(piece: Span, segments: Segments) -> Iterator[Span]:
    for i in range(segments.sentence_at(piece.start), segments.sentence_at(piece.end - 1) + 1):
        s = segments.sentences[i]
        yield Span(max(s.start, piece.start), min(s.end, piece.end))


def _within(sentence: Span, opens: int, text: str) -> Iterator[Span]:
    """Yield the conditions of the part of a sentence that is content, none within another; the sentence begins at
    ``opens``.
    """
    end = sentence.start
    for start, opened in _openings(sentence, opens, text):
        if start < end:
            continue
        found = _clause(start, opened, sentence, text)
        if len(words_of(text, [Span(min(opened, found.end), found.end)])) >= LEAST_WORDS:
            yield found
            end = found.end


def _openings(sentence: Span, opens: int, text: str) -> list[tuple[int, int]]:
    """Return where a condition may open, and where what opens it ends. What it bounds may stand in the cue."""
    found = [m.span() for m in _phrases("conditions", _NOUN).finditer(text, sentence.start, sentence.end)]
    for name, needed in (("conditions_if_refused", "refusing"), ("conditions_if_willing", "willing")):
        for m in _phrases(name).finditer(text, sentence.start, sentence.end):
            near = {w.folded for w in _bounded(sentence, opens, m.start(), text)}
            if near & word_set(needed) and (near & word_set("ahead") or m.group().lower() in _OF_ITSELF):
                found.append(m.span())
    return sorted(found)


def _bounded(sentence: Span, opens: int, start: int, text: str) -> list[Word]:
    """Return the words that a condition at ``start`` may bound: those before it, from where the whole sentence opens,
    and where it opens what is said those after the comma that closes it.
    """
    near = words_of(text, [Span(opens, start)])[-NEAR:]
    comma = text.find(",", start, sentence.end)
    if comma >= 0 and _OPENS.match(text[sentence.start : start]):
        near += words_of(text, [Span(comma + 1, sentence.end)])[:NEAR]
    return near


def _clause(start: int, opened: int, sentence: Span, text: str) -> Span:
    """Return the condition that opens at ``start``: up to the comma where it opens the sentence, else to its end."""
    if _OPENS.match(text[sentence.start : start]):
        comma = text.find(",", opened, sentence.end)
        end = comma if comma >= 0 else sentence.end
    else:
        cut = _ENDS.search(text, opened, sentence.end)
        end = cut.start() if cut else sentence.end
    return Span(start, start + len(text[start:end].rstrip(" .,!?’'")))


@cache
def _phrases(name: str, other: str | None = None) -> re.Pattern[str]:
    """Return a pattern of a table's phrases, the longest first."""
    words = sorted((w.replace("_", " ") for w in word_set(name)), key=len, reverse=True)
    told = [*([other] if other else []), *(re.escape(w).replace(r"\ ", r"\s+") + r"\b" for w in words)]
    return re.compile(rf"\b(?:{'|'.join(told)})", re.IGNORECASE)
