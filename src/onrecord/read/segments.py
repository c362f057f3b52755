"""Paragraphs, sentences and quotations of a text, with exact offsets.

Nothing here is learned: where a paragraph ends and which marks quote is a matter of typography. The reader takes the
quotation state of every character as an input, so training and reading both go through this module.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import msgspec

from onrecord.read.words import word_list
from onrecord.records import Span

MAX_GAP = 2000
"""How far, in characters, a closing mark is looked for beyond the paragraph that opened the quotation."""


class Quotation(msgspec.Struct, frozen=True):
    """A quotation: one span a paragraph it runs through, marks included.

    ``closed`` is false where the closing mark is missing: the quotation then ends with its paragraph. ``inner`` is true
    for a quotation inside another one.
    """

    pieces: tuple[Span, ...]
    closed: bool
    inner: bool = False

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end


class Segments:
    """The segments of one text, each kind worked out when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Runs of lines that belong together, without the white space around them."""
        return tuple(_paragraphs(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences in order; none crosses a paragraph."""
        return tuple(s for p in self.paragraphs for s in _sentences(self.text, p))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Quotations in order of their opening marks, outer before inner."""
        return tuple(_quotations(self.text, self.paragraphs))

    @cached_property
    def quoted(self) -> bytearray:
        """One byte a character: 1 within an outer quotation, its marks included, else 0."""
        state = bytearray(len(self.text))
        for piece in self.quoted_pieces:
            state[piece.start : piece.end] = b"\x01" * (piece.end - piece.start)
        return state

    @cached_property
    def quoted_pieces(self) -> tuple[Span, ...]:
        """Pieces of outer quotations, in order; no two overlap."""
        return tuple(sorted(piece for q in self.quotations if not q.inner for piece in q.pieces))

    def quoted_over(self, span: Span) -> tuple[Span, ...]:
        """Return the pieces of outer quotations that share a character with a span."""
        first = max(0, bisect_right(self._quoted_starts, span.start) - 1)
        last = bisect_left(self._quoted_starts, span.end)
        return tuple(p for p in self.quoted_pieces[first:last] if p.overlaps(span))

    @cached_property
    def _quoted_starts(self) -> list[int]:
        return [p.start for p in self.quoted_pieces]

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that ``offset`` lies in, or of the one before it."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that ``offset`` lies in, or of the one before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]


# -- paragraphs ------------------------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ENDS_OPEN = re.compile(r"[^\s.!?:;…\"”’»'\)\]]\s*\Z")


def _paragraphs(text: str) -> Iterator[Span]:
    """A line is a paragraph, unless the text is wrapped hard: a line that ends open and is followed at once by one that
    begins in lower case goes on.
    """
    current: Span | None = None
    for match in _LINE.finditer(text):
        line = match.group()
        body = line.strip()
        if not body:
            if current is not None:
                yield current
            current = None
            continue
        start = match.start() + len(line) - len(line.lstrip())
        span = Span(start, start + len(body))
        if current is not None:
            between = text[current.end : span.start]
            breaks = between.count("\n") or between.count("\r")
            if breaks == 1 and body[0].islower() and _ENDS_OPEN.search(text, current.end - 1, current.end):
                current = Span(current.start, span.end)
                continue
            yield current
        current = span
    if current is not None:
        yield current


# -- sentences -------------------------------------------------------------------------------------------------------

_BOUNDARY = re.compile(r"([.!?…]+)([\"”’»'\)\]]*)(\s+)(?=([\"“‘«„'\(\[—–-]*)(\w))")
_WORD_BEFORE = re.compile(r"(?:\w\.)+\w?\Z|[\w’'-]+\Z")


_LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATIONS = word_list("abbreviations")
_OPENERS = word_list("openers")


def _sentences(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _BOUNDARY.finditer(text, paragraph.start, paragraph.end):
        mark, closers, following = match.group(1), match.group(2), match.group(5)
        if mark == "." and not closers and _is_abbreviation(text, start, match.start(), match.start(5)):
            continue
        if following.islower() and (mark == "." or closers or mark.startswith("…") or mark == "..."):
            continue
        end = match.end(2)
        yield Span(start, end)
        start = match.end(3)
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _is_abbreviation(text: str, start: int, dot: int, following: int) -> bool:
    """Tell whether the full stop at ``dot`` belongs to an abbreviation or an initial rather than to the sentence.

    ``following`` is where the next word starts. Initials with stops ("U.S.") end a sentence only before a word that
    opens one: "U.S. President" does not.
    """
    found = _WORD_BEFORE.search(text, max(start, dot - 24), dot)
    if found is None:
        return False
    word = found.group()
    if word in ("No", "Nos", "Art", "Vol"):
        return text[following].isdigit()
    if word in _ABBREVIATIONS:
        return True
    if len(word) == 1 and word.isupper():
        return word != "I"
    opener = _LETTERS.match(text, following)
    return "." in word and opener is not None and (opener[0][0].islower() or opener[0].lower() not in _OPENERS)


# -- quotations ------------------------------------------------------------------------------------------------------

# Marks pair within their family. Straight, typographic and typewriter double marks are one family, since editors and
# converters mix them ("like this”). Where a mark stands says whether it opens or closes; the glyph only decides where
# the position does not.
_DOUBLE = {
    "“": "double",
    "”": "double",
    "„": "double",
    "‟": "double",
    '"': "double",
    "＂": "double",
    "«": "angle",
    "»": "angle",
}
_SINGLE = {"‘": "single", "’": "single", "‚": "single", "‛": "single", "'": "single", "‹": "angle", "›": "angle"}
_DOUBLE_MARK = re.compile("[“”„‟\"«»＂]|``|''")
_SINGLE_MARK = re.compile("(?<!['’‘])['’‘‚‛‹›](?!')")
_ELISION = re.compile(r"['’‘](?:\d0s\b|tis\b|twas\b|em\b|cause\b|til\b|n['’]|bout\b|\d\d\b)", re.IGNORECASE)


class _Mark(msgspec.Struct, frozen=True):
    start: int
    end: int
    family: str
    opens: bool
    closes: bool


def _quotations(text: str, paragraphs: tuple[Span, ...]) -> Iterator[Quotation]:
    """Pair double and single marks, then keep what nests: of two quotations that cross, the closed one, then the one in
    double marks, then the earlier one.
    """
    doubles = _pair(text, paragraphs, list(_double_marks(text)))
    singles = _pair(text, paragraphs, list(_single_marks(text, paragraphs)))
    ranked = [(q, (not q.closed, rank)) for rank, group in enumerate((doubles, singles)) for q in group]
    ranked.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    kept: list[Quotation | None] = []
    around: list[tuple[int, tuple[bool, int]]] = []  # what encloses the place reached: index into kept, and rank
    for quotation, rank in ranked:
        while around and _at(kept, around[-1][0]).end <= quotation.start:
            around.pop()
        while around and rank < around[-1][1] and not _holds(_at(kept, around[-1][0]), quotation):
            kept[around.pop()[0]] = None
        if around and not _holds(_at(kept, around[-1][0]), quotation):
            continue
        around.append((len(kept), rank))
        kept.append(quotation)
    yield from _outermost(q for q in kept if q is not None)


def _at(kept: list[Quotation | None], index: int) -> Quotation:
    quotation = kept[index]
    assert quotation is not None
    return quotation


def _holds(outer: Quotation, inner: Quotation) -> bool:
    """Tell whether one quotation lies within a single piece of another."""
    return any(piece.start <= inner.start and inner.end <= piece.end for piece in outer.pieces)


def _outermost(kept: Iterable[Quotation]) -> Iterator[Quotation]:
    """Mark as outer again what lost the quotation around it."""
    end = -1
    for quotation in kept:
        yield msgspec.structs.replace(quotation, inner=quotation.start < end)
        end = max(end, quotation.end)


def _double_marks(text: str) -> Iterator[_Mark]:
    for match in _DOUBLE_MARK.finditer(text):
        glyph = match.group()
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end()] if match.end() < len(text) else " "
        if glyph in ("``", "''"):
            yield _Mark(
                match.start(), match.end(), "double", *((True, False) if glyph == "``" else _by_position(before, after))
            )
            continue
        opens, closes = _by_position(before, after)
        if opens == closes:
            opens, closes = glyph in "“„«", glyph in "”»"
        yield _Mark(match.start(), match.end(), _DOUBLE[glyph], opens, closes)


def _by_position(before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a mark between these two characters can open and can close."""
    open_before = before.isspace() or before in "([{—–-/‘'“„«‹\u200b"
    open_after = not after.isspace() and after not in ".,;:!?)]}"
    close_before = not before.isspace() and before not in "([{"
    close_after = after.isspace() or not (after.isalnum() or after in "$£€#@")
    opens, closes = open_before and open_after, close_before and close_after
    if opens and closes:  # a dash or another mark before it: it closes only where a space or a stop follows
        closes = after.isspace() or after in ".,;:!?)]}—–"
        opens = not closes
    return opens, closes


def _single_marks(text: str, paragraphs: tuple[Span, ...]) -> Iterator[_Mark]:
    """Single marks that quote. Within a paragraph every opening candidate looks for its closing one; a mark between two
    letters, and one that stands for left-out letters or figures, is an apostrophe.
    """
    for paragraph in paragraphs:
        marks = []
        for match in _SINGLE_MARK.finditer(text, paragraph.start, paragraph.end):
            before = text[match.start() - 1] if match.start() else " "
            after = text[match.end()] if match.end() < len(text) else " "
            if before.isalnum() and after.isalnum():
                continue
            glyph = match.group()
            opens = (before.isspace() or before in '([{—–-“"„«') and not after.isspace() and after not in ".,;:!?)]}"
            closes = not before.isspace() and before not in "([{“„«" and not after.isalnum()
            if opens and (
                (glyph in "’›" and not _starts_quote(text, match.start())) or _ELISION.match(text, match.start())
            ):
                opens = False
            if glyph in "‘‚‹":
                closes = False
            if opens or closes:
                marks.append(_Mark(match.start(), match.end(), _SINGLE[glyph], opens and not closes, closes))
        yield from _without_possessives(text, marks)


def _starts_quote(text: str, offset: int) -> bool:
    """A right-hand mark before a word opens a quotation only at the start of a line or of a sentence in capitals."""
    return text[offset + 1 : offset + 2].isupper() and (offset == 0 or text[offset - 1] in "\n ")


def _without_possessives(text: str, marks: list[_Mark]) -> Iterator[_Mark]:
    """Leave out marks that close nothing, and plural possessives within a quotation ("the officials’ plan")."""
    opened: _Mark | None = None
    for i, mark in enumerate(marks):
        if mark.opens:
            opened = mark
            yield mark
        elif opened is None:
            if text[mark.start - 1] in ".,!?…":  # closes a quotation of an earlier paragraph
                yield mark
        else:
            before = text[mark.start - 1]
            if before in "sz" or before == "S":
                later = []
                for m in marks[i + 1 :]:
                    if m.opens:
                        break
                    later.append(m)
                if any(text[m.start - 1] in ".,!?…" for m in later):
                    continue
            yield mark
            opened = None


def _pair(text: str, paragraphs: tuple[Span, ...], marks: list[_Mark]) -> list[Quotation]:
    """Pair opening with closing marks, family by family, paragraph after paragraph."""
    found: list[Quotation] = []
    ends = [p.end for p in paragraphs]

    def paragraph_of(offset: int) -> int:
        return bisect_right(ends, offset)

    for family in sorted({m.family for m in marks}):
        own = [m for m in marks if m.family == family]
        i = 0
        while i < len(own):
            mark = own[i]
            if not mark.opens:
                i += 1
                continue
            pieces: list[Span] = []
            start, j, closed = mark.start, i + 1, False
            here = paragraph_of(mark.start)
            while True:
                following = own[j] if j < len(own) else None
                if following is not None and paragraph_of(following.start) == here:
                    if following.closes:
                        pieces.append(Span(start, following.end))
                        closed, j = True, j + 1
                    else:  # another opening mark before any closing one: the first was never closed
                        nested_close = _closing_after(own, j, here, paragraph_of)
                        if nested_close is not None:
                            pieces.append(Span(start, own[nested_close].end))
                            closed, j = True, nested_close + 1
                        else:
                            pieces.append(Span(start, _rstrip(text, start, following.start)))
                    break
                end = paragraphs[here].end
                if following is None:
                    pieces.append(Span(start, end))
                    break
                if following.opens and here + 1 < len(paragraphs) and following.start == paragraphs[here + 1].start:
                    pieces.append(Span(start, end))  # opened again at the next paragraph: the quotation goes on
                    start, here, j = following.start, here + 1, j + 1
                    continue
                if following.closes and following.start - end <= MAX_GAP:
                    pieces.append(Span(start, end))
                    here += 1
                    last = paragraph_of(following.start)
                    pieces.extend(paragraphs[here:last])
                    pieces.append(Span(paragraphs[last].start, following.end))
                    closed, j = True, j + 1
                    break
                pieces.append(Span(start, end))
                break
            if closed or len(pieces) > 1 or pieces[0].end - pieces[0].start > 2:
                found.extend(_split_unclosed(pieces, closed))
            i = max(j, i + 1)
    return sorted(found, key=lambda q: q.start)


def _split_unclosed(pieces: list[Span], closed: bool) -> list[Quotation]:
    """A run of paragraphs that all open and never close is that many quotations without a closing mark."""
    if closed or len(pieces) == 1:
        return [Quotation(tuple(pieces), closed)]
    return [Quotation((piece,), False) for piece in pieces]


def _closing_after(marks: list[_Mark], opening: int, paragraph: int, paragraph_of: Callable[[int], int]) -> int | None:
    """Where marks of one family nest ("he said “no” to me"), the index of the mark that closes the outer one."""
    depth, k = 1, opening
    while k < len(marks) and paragraph_of(marks[k].start) == paragraph:
        depth += 1 if marks[k].opens else -1
        if depth == 0:
            return k
        k += 1
    return None


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
