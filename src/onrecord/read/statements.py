"""Attributions -> statements: their act, kind and stance, and what the outlet puts between speaker and words.

Everything here is decided from the spans that the network found, the quotation marks of the text and word lists; who
the speaker is, is another module's matter (:mod:`onrecord.read.actors`).
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from msgspec.structs import replace

from onrecord.read.acts import act_of, hedges_of, is_silence, stance_of
from onrecord.read.attributions import Attribution
from onrecord.read.circumstances import addressee, occasion, without_circumstances
from onrecord.read.content import WORD, items, kind_of, partial_quotes, stripped
from onrecord.read.segments import Quotation, Segments
from onrecord.read.words import word_list
from onrecord.records import Article, Span, Statement, make_id, span_key

_TERMS = re.compile(r"\b(?:on condition of anonymity|anonymity (?:to|because)|not to be (?:named|identified))\b")
_ASKED = re.compile(r"(?:was |were )?asked\b", re.IGNORECASE)
SOURCELESS = 0.45
"""Certainty that a cue without a source needs ("was accused of"). Tuned on PolNeAR's development part: at 0.55 cues
lose 0.2, and the annotated stories tuned on gain as little."""
_RELATIVES = frozenset(["that", "which", "who", "whom"])
"""What is left of "…, which he said will last" beside other pieces of content: it belongs to the next statement."""
_PASSIVE = re.compile(r"\b(?:am|are|be|been|being|is|was|were)\b")
_SUBJECT = re.compile(r"(?P<name>(?:The\s+)?(?P<first>[A-Z][\w.’'-]*)(?:\s+[A-Z][\w.’'-]*){0,5})\s+")
_OPENING_WORDS = 4
"""Words that open a sentence before ", Lind said, …" and cannot be all that was said."""
_CARRIES_ON = 6
"""Words a quotation needs to go on with the statement before it without a cue: fewer may be a name or a title."""


def statements(article: Article, segments: Segments, found: Iterable[Attribution]) -> list[Statement]:
    """Return the statements of an article in the order of their first span, without speakers."""
    text = article.text
    drafts = [
        _tidied(text, segments, _with_subject(text, segments, a)) for a in _parenthetical(text, segments, list(found))
    ]
    turns = [words for d in drafts if d.turn for words in d.content]
    drafts = [d for d in drafts if _tells(text, segments, d) and not (_unclaimed(d) and _inside(d, turns))]
    drafts = _continued(text, segments, drafts)
    out = [_statement(article, segments, d) for d in drafts]
    out.sort(key=_first)
    return _nested(out)


def quotations_only(article: Article, segments: Segments) -> list[Statement]:
    """Return the quotations of an article as statements without source or cue: what can be read in any language.

    Quotations of under :data:`_CARRIES_ON` words are left out: they may be titles or scare quotes.
    """
    long = (q for q in segments.quotations if not q.inner and q.closed and _length(article.text, q) >= _CARRIES_ON)
    return [_statement(article, segments, Attribution(None, None, q.pieces, 0.5)) for q in long]


def _unclaimed(a: Attribution) -> bool:
    return a.source is None and a.cue is None


def _inside(a: Attribution, turns: list[Span]) -> bool:
    return all(any(s in t for t in turns) for s in a.content)


def _length(text: str, quotation: Quotation) -> int:
    return sum(len(WORD.findall(text, p.start, p.end)) for p in quotation.pieces)


def _tells(text: str, segments: Segments, a: Attribution) -> bool:
    """Tell whether an attribution says enough to be shown: words of somebody, or a refusal to give any.

    Without a source it takes a cue that the network is sure of; without a cue too, a quotation of some length.
    """
    if a.cue is not None and (
        _TERMS.search(text, *_around(text, a)) or (a.source is None and _ASKED.match(text, a.cue.start))
    ):
        return False
    if not a.content:
        return a.source is not None and is_silence(text, a)
    if a.source is not None:
        return a.cue is not None or a.turn
    if a.cue is not None:
        return a.certainty >= SOURCELESS
    length = sum(len(WORD.findall(text, s.start, s.end)) for s in a.content)
    return length >= _CARRIES_ON and kind_of(text, segments, a.content) == "direct"


def _around(text: str, a: Attribution) -> tuple[int, int]:
    """Return where the terms are looked for on which a source speaks: cue and content, and before "to discuss"."""
    cue = a.cue or Span(0, 0)
    start = cue.start - (45 if text.startswith("to ", cue.start) else 0)
    return max(0, start), max([cue.end, *(s.end for s in a.content if s.start >= cue.start)])


def _with_subject(text: str, segments: Segments, a: Attribution) -> Attribution:
    """Give a cue without a source the name that opens its sentence right before it: "[The Kremlin] has rejected …"."""
    if a.source is not None or a.cue is None or _PASSIVE.search(text, a.cue.start, a.cue.end):
        return a
    sentence = segments.sentences[segments.sentence_at(a.cue.start)]
    name = _SUBJECT.fullmatch(text, sentence.start, a.cue.start)
    if name is None or name["first"].lower() in word_list("openers"):
        return a
    return dataclasses.replace(a, source=Span(sentence.start, name.end("name")))


def _parenthetical(text: str, segments: Segments, found: list[Attribution]) -> list[Attribution]:
    """Give what follows ", Lind said, …" to the few words before it, where nobody else is credited with it."""
    taken = sorted(s for a in found for s in (a.source, a.cue, *a.content) if s is not None)
    out = []
    for a in found:
        rest = _rest_of_the_sentence(text, segments, a)
        free = rest is not None and not any(s.overlaps(rest) for s in taken)
        out.append(dataclasses.replace(a, content=(*a.content, rest)) if rest is not None and free else a)
    return out


def _rest_of_the_sentence(text: str, segments: Segments, a: Attribution) -> Span | None:
    """Return what follows the second comma of "At that point, Lind said, it rained"."""
    if a.source is None or a.cue is None or len(a.content) != 1 or segments.quoted[a.content[0].start]:
        return None
    sentence = segments.sentences[segments.sentence_at(a.cue.start)]
    told, end = a.content[0], max(a.source.end, a.cue.end)
    opens = told.start == sentence.start and told.end <= min(a.source.start, a.cue.start)
    if not opens or len(WORD.findall(text, told.start, told.end)) > _OPENING_WORDS or not text.startswith(", ", end):
        return None
    stop = _before_the_stop(text, sentence.end)
    return Span(end + 2, stop) if stop - end > len(", ") else None


# -- spans -----------------------------------------------------------------------------------------------------------


def _tidied(text: str, segments: Segments, a: Attribution) -> Attribution:
    """Bring content to the edges that the typography gives it: whole quotations, no stray white space or commas."""
    pieces: list[Span] = []
    for span in _of_the_sentence(segments, a):
        own = without_circumstances(text, segments, a, _within_a_sentence(text, segments, span))
        edged = stripped(text, _to_quotation(text, segments, own), " \t\r\n,;—–")
        if edged is not None and not (len(a.content) > 1 and edged.of(text).lower() in _RELATIVES):
            pieces.append(edged)
    merged: list[Span] = []
    for span in sorted(pieces):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return dataclasses.replace(a, content=tuple(merged))


def _of_the_sentence(segments: Segments, a: Attribution) -> tuple[Span, ...]:
    """Leave out told content between source and cue, and that of another sentence than the cue's, where there is other.

    "The sources, who asked not to be named to discuss [the matter freely], said …" is of the sources and not said by
    them. Quotations may stand anywhere and go on from sentence to sentence.
    """
    if a.cue is None or len(a.content) == 1:
        return a.content
    between = Span(a.source.end, max(a.source.end, a.cue.start)) if a.source else Span(a.cue.start, a.cue.start)
    told = tuple(s for s in a.content if s not in between or segments.quoted_over(s)) or a.content
    home = segments.sentences[segments.sentence_at(a.cue.start)]
    near = [s for s in told if s.overlaps(home)]
    return tuple(s for s in told if s.overlaps(home) or segments.quoted_over(s)) if near else told


def _within_a_sentence(text: str, segments: Segments, span: Span) -> Span:
    """Cut told words where a sentence ends outside quotation marks: quotations go on, indirect speech does not."""
    first, last = segments.sentence_at(span.start), segments.sentence_at(span.end - 1)
    for this, following in pairwise(segments.sentences[first : last + 1]):
        if not (segments.quoted[this.end - 1] and segments.quoted[following.start]):
            return Span(span.start, _before_the_stop(text, this.end))
    return span


def _before_the_stop(text: str, end: int) -> int:
    """Return where a sentence ends without its final mark, which is the outlet's and not the speaker's."""
    return end - 1 if text[end - 1] in ".!?" else end


def _to_quotation(text: str, segments: Segments, span: Span) -> Span:
    """Where a content span leaves out nothing of a quotation but a mark or two, take the whole quotation."""
    for piece in segments.quoted_over(span):
        missing = text[piece.start : span.start] + text[max(span.end, piece.start) : piece.end]
        if not any(c.isalnum() for c in missing):
            span = Span(min(span.start, piece.start), max(span.end, piece.end))
    return span


def _continued(text: str, segments: Segments, drafts: list[Attribution]) -> list[Attribution]:
    """Give a quotation that nobody is credited with to the statement it goes on from.

    A quotation that opens a sentence right after a quotation of a statement, with no more than that statement's own
    source and cue between, is more of the same: a new cue would have made a new statement.
    """
    with_content = sorted((d for d in drafts if d.content), key=lambda d: d.content[-1].end)
    ends = [d.content[-1].end for d in with_content]
    covered = bytearray(len(text))
    for draft in drafts:
        for span in draft.content:
            covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    closed = {q.end for q in segments.quotations if not q.inner}
    opened = {s.start for s in segments.sentences}
    for quotation in segments.quotations:
        if quotation.inner or quotation.start not in opened or _length(text, quotation) < _CARRIES_ON:
            continue
        k = bisect_right(ends, quotation.start) - 1
        if k < 0 or ends[k] not in closed or any(covered[quotation.start : quotation.end]):
            continue
        last = with_content[k]
        reach = max(s.end for s in (last.source, last.cue, *last.content) if s is not None)
        apart = segments.paragraph_at(quotation.start) - segments.paragraph_at(max(0, reach - 1))
        if reach <= quotation.start and apart <= 1 and not WORD.search(text, reach, quotation.start):
            longer = dataclasses.replace(last, content=(*last.content, *quotation.pieces))
            with_content[k], ends[k] = longer, quotation.end
    return [*with_content, *(d for d in drafts if not d.content)]


# -- records ----------------------------------------------------------------------------------------------------------


def _statement(article: Article, segments: Segments, a: Attribution) -> Statement:
    text = article.text
    kind = "direct" if a.turn else kind_of(text, segments, a.content)
    spans = [s for s in (a.source, a.cue, *a.content) if s is not None]
    return Statement(
        id=make_id("s", article.id, article.sha256, span_key(spans)),
        act=act_of(text, segments, a),
        kind=kind,
        stance=stance_of(text, a),
        anonymous=False,
        source=a.source,
        cue=a.cue,
        content=a.content,
        hedges=hedges_of(text, segments, a),
        partial_quotes=partial_quotes(text, segments, a.content) if kind == "mixed" else (),
        items=items(text, segments, a.content),
        addressee=addressee(text, segments, a),
        occasion=occasion(text, segments, a),
        confidence=round(a.certainty, 3),
    )


def _first(statement: Statement) -> tuple[int, int]:
    spans = [s for s in (statement.source, statement.cue, *statement.content) if s is not None]
    return min(s.start for s in spans), max(s.end for s in spans)


def _nested(found: list[Statement]) -> list[Statement]:
    """Note on each statement the one whose content it stands in, the narrowest where there are several."""
    pieces = sorted((piece, k) for k, s in enumerate(found) for piece in s.content)
    starts = [piece.start for piece, _ in pieces]
    longest = max((piece.end - piece.start for piece, _ in pieces), default=0)
    out = []
    for k, inner in enumerate(found):
        anchor = inner.cue or inner.source
        around: list[Statement] = []
        if anchor is not None:
            near = pieces[bisect_left(starts, anchor.start - longest) : bisect_right(starts, anchor.start)]
            around = [found[i] for piece, i in near if i != k and anchor in piece]
        parent = min(around, key=lambda s: sum(p.end - p.start for p in s.content), default=None)
        out.append(replace(inner, parent=parent.id) if parent else inner)
    return out
