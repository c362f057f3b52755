"""How one report's wording of an utterance differs from the fullest, word by word, and of what kind each difference is.

The words of both are aligned by their bases (Ratcliff and Metzener's matching of longest blocks, as ``difflib`` has
it), so that "is" meets "was" and "colour" "color"; what the alignment leaves over is told apart:

- ``cut``: words of the fullest that this report leaves out; ``ellipsis`` where it says so with dots;
- ``added``: words that this report has and the fullest has not;
- ``insertion``: words in brackets, the newsroom's own;
- ``spelling``: the same words, spelled otherwise;
- ``shift``: tense and person as indirect speech shifts them;
- ``changed``: other words within what both quote, or words gone that turn the sense ("not", "only", "if"): a warning;
- ``order``: the same words in another place;
- ``paraphrase``: the report's own words for what was said;
- ``speaker`` and ``date``: credited to somebody else, or to another day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from difflib import SequenceMatcher

import msgspec

from onrecord.reconcile.wording import Word, is_decisive
from onrecord.reconcile.words import word_set
from onrecord.records import ArticleSpan, Difference, DifferenceKind, Span, StoryStatement

_DOTS = re.compile(r"…|\.\s?\.\s?\.|\[\s*…?\s*\]")
OWN_WORDS = 0.65
"""The share of a stretch's words of content, outside quotation marks, that the fullest must have too: below it the
stretch is the report's own wording. Chosen on the example story and the annotated stories that rules are tuned on."""
NEAR = 0.8
"""The share of a wording's words that must be the fullest's for a word outside quotation marks to be called changed."""
MOVED = 3
"""Words in a row that stand elsewhere before they count as moved: two are met by chance."""
_AUXILIARIES = frozenset(["be", "have", "do", "will", "can", "may", "shall"])
NAMES_ALIKE = 0.7
"""Likeness of two capitalised words (twice the letters in common by the letters of both) that spell one name."""


class Wording(msgspec.Struct, frozen=True):
    """A statement with its article's text and the words of its content."""

    statement: StoryStatement
    text: str
    words: Sequence[Word]

    @property
    def said(self) -> int:
        """How many of its words are quoted."""
        return sum(w.quoted for w in self.words)


def differences(own: Wording, full: Wording, beside: Iterable[Wording] = ()) -> tuple[Difference, ...]:
    """Return how a wording differs from the fullest of its utterance, in the order of the report's text.

    ``beside`` are other statements of the report that tell the utterance too: what they have is not left out.
    """
    elsewhere = {k for other in beside for k in Alignment(other, full).pairs.values()}
    found = [*_credited(own, full), *Alignment(own, full).differences(elsewhere)]
    return tuple(_merged(sorted(found, key=_place), own.text, full.text))


def _merged(found: Iterable[Difference], own: str, full: str) -> Iterator[Difference]:
    """Yield differences in their order, changed words that follow one another on both sides as one change."""
    before: Difference | None = None
    for d in found:
        if before is not None and before.kind == d.kind == "changed":
            here, there = _together(before.own, d.own, own), _together(before.fullest, d.fullest, full)
            if before.own and d.own and here and (there or not (before.fullest or d.fullest)):
                before = Difference("changed", here, there)
                continue
        if before is not None:
            yield before
        before = d
    if before is not None:
        yield before


def _together(a: ArticleSpan | None, b: ArticleSpan | None, text: str) -> ArticleSpan | None:
    """Return two spans that follow one another as one, or the one of them that there is."""
    if a is None or b is None:
        return a or b
    apart = b.start < a.end or text[a.end : b.start].strip()
    return None if apart else ArticleSpan(a.article, a.start, b.end)


def _place(d: Difference) -> tuple[int, int, str]:
    return (d.own.start if d.own else -1, d.fullest.start if d.fullest else -1, d.kind)


def _credited(own: Wording, full: Wording) -> Iterator[Difference]:
    a, b = own.statement, full.statement
    if a.speaker and b.speaker and a.speaker != b.speaker:
        yield Difference("speaker", _at(a, a.source), _at(b, b.source))
    days = [s.said_on for s in (a, b)]
    if days[0] and days[1] and _apart(*((d.from_, d.to) for d in days if d)):
        yield Difference("date", _at(a, days[0].span), _at(b, days[1].span))


def _apart(a: tuple[str | None, str | None], b: tuple[str | None, str | None]) -> bool:
    """Tell whether two intervals of days, both known, have no day in common."""
    if not (a[0] and a[1] and b[0] and b[1]):
        return False
    return a[1] < b[0] or b[1] < a[0]


def _at(s: StoryStatement, span: Span | None) -> ArticleSpan | None:
    return ArticleSpan(s.article, span.start, span.end) if span else None


_Code = tuple[str, int, int, int, int]
"""A stretch of an alignment: what it is, the words of the one side, those of the other."""


class _Block(msgspec.Struct):
    """Words of one side that meet none of the other: ``own`` and ``full`` are ranges, either may be empty."""

    own: range
    full: range


class Alignment:
    """Two wordings with their words aligned."""

    def __init__(self, own: Wording, full: Wording) -> None:
        self.own, self.full = own, full
        a, b = [w.base for w in own.words], [w.base for w in full.words]
        self.pairs: dict[int, int] = {}
        self.blocks: list[_Block] = []
        for tag, i, j, k, m in self._without_chance(SequenceMatcher(None, a, b, autojunk=False).get_opcodes()):
            if tag == "equal":
                self.pairs.update(zip(range(i, j), range(k, m), strict=True))
            else:
                self.blocks.append(_Block(range(i, j), range(k, m)))
        for block in self.blocks:
            if block.full and not block.own:
                self._slide(block)
            self._absorb(block)

    def _slide(self, block: _Block) -> None:
        """Move words left out to where dots say that some are, or where more of the words around are the same, as far
        as the words that come twice leave it open which of the two is there.
        """
        places = [0]
        for step in (-1, 1):
            for n in range(1, MOVED + 1):
                i = block.own.start + (-n if step < 0 else n - 1)
                out = block.full.start - n if step < 0 else block.full.stop + n - 1
                into = block.full.stop - n if step < 0 else block.full.start + n - 1
                if self.pairs.get(i) != out or self.full.words[out].base != self.full.words[into].base:
                    break
                places.append(step * n)
        best = max(places, key=lambda n: (self._dots(block.own.start + n), self._alike(block, n), -abs(n)))
        for n in range(1, abs(best) + 1):
            i = block.own.start + (-n if best < 0 else n - 1)
            self.pairs[i] = block.full.stop - n if best < 0 else block.full.start + n - 1
        block.own = range(block.own.start + best, block.own.start + best)
        block.full = range(block.full.start + best, block.full.stop + best)

    def _alike(self, block: _Block, n: int) -> int:
        """Return how many of the words that a move by ``n`` pairs anew are the same to the letter, less those
        before.
        """
        gained = 0
        for m in range(1, abs(n) + 1):
            i = block.own.start + (-m if n < 0 else m - 1)
            now = self.full.words[block.full.stop - m if n < 0 else block.full.start + m - 1].folded
            gained += (self.own.words[i].folded == now) - (
                self.own.words[i].folded == self.full.words[self.pairs[i]].folded
            )
        return gained

    def _dots(self, i: int) -> bool:
        """Tell whether dots stand before a word of this wording, or behind the last."""
        words = self.own.words
        before = words[i - 1].span.end if i else self._start()
        after = words[i].span.start if i < len(words) else self._end()
        return _DOTS.search(self.own.text, before, after) is not None

    def _without_chance(self, codes: Sequence[_Code]) -> Iterator[_Code]:
        """Yield the alignment's stretches, those made one that meet in a word or two between longer ones that differ:
        that two sentences share a "the" says nothing.
        """
        common = word_set("function_words")
        held: _Code | None = None
        for n, (tag, i, j, k, m) in enumerate(codes):
            around = [c for c in (held, codes[n + 1] if n + 1 < len(codes) else None) if c is not None]
            lone = tag == "equal" and j - i < MOVED and all(w.folded in common for w in self.own.words[i:j])
            by_chance = lone and min(sum(c[2] - c[1] for c in around), sum(c[4] - c[3] for c in around)) >= MOVED
            if tag == "equal" and not by_chance:
                if held is not None:
                    yield held
                held = None
                yield tag, i, j, k, m
            else:
                held = ("replace", i, j, k, m) if held is None else ("replace", held[1], j, held[3], m)
        if held is not None:
            yield held

    def _absorb(self, block: _Block) -> None:
        """Take the other form of a verb into a block that has its auxiliaries: "will be" stands for "is"."""
        own, full = self._own(block.own), self._full(block.full)
        if bool(own) == bool(full) or not all(w.base in _AUXILIARIES for w in (*own, *full)):
            return
        i, k = block.own.stop, block.full.stop
        after = i < len(self.own.words) and self.pairs.get(i) == k
        if after and self.own.words[i].folded != self.full.words[k].folded:
            del self.pairs[i]
            block.own, block.full = range(block.own.start, i + 1), range(block.full.start, k + 1)

    def differences(self, elsewhere: Set[int] = frozenset()) -> Iterator[Difference]:
        """Yield the differences of words; those of the fullest that are told ``elsewhere`` are not left out."""
        loose = self._paraphrased()
        yield from (self._told("paraphrase", stretch, range(0)) for stretch in loose)
        own_wording = {i for stretch in loose for i in stretch}
        yield from self._same_words(own_wording)
        blocks = [part for block in self.blocks for part in self._parts(block, own_wording)]
        moved = self._moved(blocks)
        yield from (self._told("order", block.own, block.full) for block in moved)
        for block in blocks:
            if block.own or not elsewhere:
                yield from self._block(block, bool(loose))
            else:
                for rest in _runs(k for k in block.full if k not in elsewhere):
                    if not _carries_nothing(self._full(rest)):
                        yield from self._block(_Block(block.own, rest), bool(loose))

    def _paraphrased(self) -> list[range]:
        """Return the stretches outside quotation marks that are mostly the report's own words."""
        out = []
        words, theirs = self.own.words, {w.base for w in self.full.words}
        start = 0
        for i in range(1, len(words) + 1):
            if i == len(words) or words[i].quoted != words[start].quoted:
                told = [w.base for w in words[start:i] if w.folded not in word_set("function_words")]
                shared = sum(base in theirs for base in told)
                if not words[start].quoted and shared < OWN_WORDS * len(told):
                    out.append(range(start, i))
                start = i
        return out

    def _same_words(self, own_wording: set[int]) -> Iterator[Difference]:
        """Yield where aligned words are not the same to the letter."""
        run: tuple[DifferenceKind, int, int, int, int] | None = None
        for i, k in self.pairs.items():
            a, b = self.own.words[i], self.full.words[k]
            kind: DifferenceKind | None = None
            if i not in own_wording and a.folded != b.folded:
                kind = "spelling" if a.spelled == b.spelled else "changed" if a.quoted and b.quoted else "shift"
            elif i not in own_wording and self._written_otherwise(a, b):
                kind = "spelling"
            if run and kind == run[0] and (i, k) == (run[2], run[4]):
                run = (run[0], run[1], i + 1, run[3], k + 1)
                continue
            if run:
                yield self._told(run[0], range(run[1], run[2]), range(run[3], run[4]))
            run = (kind, i, i + 1, k, k + 1) if kind else None
        if run:
            yield self._told(run[0], range(run[1], run[2]), range(run[3], run[4]))

    def _written_otherwise(self, a: Word, b: Word) -> bool:
        """Tell whether one side contracts what the other writes in full."""
        here, there = a.span.of(self.own.text), b.span.of(self.full.text)
        return a.quoted and b.quoted and ("’" in here or "'" in here) != ("’" in there or "'" in there)

    def _parts(self, block: _Block, own_wording: set[int]) -> Iterator[_Block]:
        """Yield a block without what is the report's own wording, its brackets apart from the rest."""
        own = [i for i in block.own if i not in own_wording]
        if not own:
            if block.full and not set(block.own):
                yield block
            return
        inserted = [i for i in own if self.own.words[i].bracketed]
        if inserted and len(inserted) < len(own):
            yield _Block(range(inserted[0], inserted[-1] + 1), range(0))
            before = range(own[0], inserted[0]) if own[0] < inserted[0] else range(inserted[-1] + 1, own[-1] + 1)
            yield _Block(before, block.full)
            return
        yield _Block(range(own[0], own[-1] + 1), block.full)

    def _moved(self, blocks: list[_Block]) -> list[_Block]:
        """Take out of the blocks the words that both wordings have in different places, and return them."""
        out = []
        for a in list(blocks):
            for b in list(blocks):
                if a is b or not a.own or not b.full:
                    continue
                here, there = ([w.base for w in side] for side in (self._own(a.own), self._full(b.full)))
                match = SequenceMatcher(None, here, there, autojunk=False).find_longest_match()
                words = self._own(range(a.own[0] + match.a, a.own[0] + match.a + match.size))
                loose = any(w.folded not in word_set("function_words") and not w.quoted for w in words)
                if match.size < (1 if loose else MOVED) or match.size < min(len(here), len(there)) / 2:
                    continue
                own = range(a.own[match.a], a.own[match.a] + match.size)
                full = range(b.full[match.b], b.full[match.b] + match.size)
                out.append(_Block(own, full))
                a.own, more_own = _without(a.own, own)
                b.full, more_full = _without(b.full, full)
                blocks += [_Block(r, range(0)) for r in more_own] + [_Block(range(0), r) for r in more_full]
        return out

    def _block(self, block: _Block, paraphrases: bool) -> Iterator[Difference]:
        own, full = self._own(block.own), self._full(block.full)
        if self._is_tense(own, full):
            yield self._told("shift", block.own, block.full)
        elif _says_nothing(own, full):
            return
        elif own and all(w.bracketed for w in own):
            yield self._told("insertion", block.own, block.full)
        elif full and not own and all(w.bracketed for w in full):
            yield self._told("insertion", range(0), block.full)
        elif own and full:
            yield from self._replaced(block, own, full)
        elif own and not self._opens_indirect(own):
            turned = (self._within(block) or self._small(block)) and self._turns(own)
            yield self._told("changed" if turned else "added", block.own, range(0))
        elif full and not own and not paraphrases and not self._opens_indirect(full):
            yield self._left_out(block, full)

    @staticmethod
    def _is_tense(own: Sequence[Word], full: Sequence[Word]) -> bool:
        """Tell whether words outside quotation marks differ in the forms of one verb alone."""
        verbs = [{w.base for w in side} - _AUXILIARIES for side in (own, full)]
        loose = (own and not any(w.quoted for w in own)) or (full and not any(w.quoted for w in full))
        return bool(loose) and verbs[0] == verbs[1] and any(w.base in _AUXILIARIES for w in (*own, *full))

    @staticmethod
    def _opens_indirect(words: Sequence[Word]) -> bool:
        """Tell whether the words are the "that" with which indirect speech begins."""
        return len(words) == 1 and words[0].folded == "that" and not words[0].quoted

    def _replaced(self, block: _Block, own: Sequence[Word], full: Sequence[Word]) -> Iterator[Difference]:
        if _one_spelling(own, full) or self._one_name(own, full):
            yield self._told("spelling", block.own, block.full)
        elif _whole_sentence(own) or _whole_sentence(full) or self._at_an_edge(block, own, full):
            yield self._told("added", block.own, range(0))
            yield self._left_out(_Block(range(block.own.start, block.own.start), block.full), full)
        else:
            loose = not any(w.quoted for w in own)
            retold = loose and (max(len(own), len(full)) > MOVED or not self._near)
            yield self._told("paraphrase" if retold else "changed", block.own, block.full)

    def _at_an_edge(self, block: _Block, own: Sequence[Word], full: Sequence[Word]) -> bool:
        """Tell whether the two sides go different ways before or after what they share, for a clause or more."""
        first, last = block.full.start == 0 and block.own.start == 0, block.full.stop == len(self.full.words)
        ends = last and block.own.stop == len(self.own.words)
        return (first or ends) and min(len(own), len(full)) > 2 * MOVED

    def _left_out(self, block: _Block, full: Sequence[Word]) -> Difference:
        i = block.own.start
        words = self.own.words
        before = words[i - 1].span.end if i else self._start()
        after = words[i].span.start if i < len(words) else self._end()
        dots = _DOTS.search(self.own.text, before, after)
        if dots and (i == 0 or i == len(words) or words[i - 1].quoted):
            own = ArticleSpan(self.own.statement.article, dots.start(), dots.end())
            return Difference("ellipsis", own, self._span(self.full, block.full))
        if (self._within(block) or self._small(block)) and self._turns(full):
            return self._told("changed", range(0), block.full)
        if self._turns(self._hanging_on(block, full)):
            return self._told("changed", range(0), block.full)
        return self._told("cut", range(0), block.full)

    def _hanging_on(self, block: _Block, full: Sequence[Word]) -> Sequence[Word]:
        """Return the words left out right before what is kept, where they belong to the same sentence."""
        kept = block.full.stop < len(self.full.words) and not full[-1].closes
        return full[-2:] if kept and block.own.start == 0 else ()

    @property
    def _near(self) -> bool:
        """Whether nearly all of this wording's words are the other's."""
        return len(self.pairs) >= NEAR * len(self.own.words)

    def _turns(self, words: Sequence[Word]) -> bool:
        """Tell whether a sentence says something else with or without these words: "not", "only", "if". Of what a
        report tells in words of its own that says nothing, where it tells it loosely.
        """
        return any(is_decisive(w) and (w.quoted or self._near) for w in words)

    def _within(self, block: _Block) -> bool:
        """Tell whether the words around a block's place are neighbours in one sentence on both sides, no mark
        between.
        """
        i, k = block.own, block.full
        before_own, after_own = i.start - 1, i.stop
        if before_own < 0 or after_own >= len(self.own.words):
            return False
        if self.pairs.get(before_own) is None or self.pairs.get(after_own) is None:
            return False
        a = self.own.words
        within_own = not any(w.closes for w in a[before_own:after_own])
        b = self.full.words[self.pairs[before_own] : self.pairs[after_own]] if k else ()
        return within_own and not any(w.closes for w in b)

    def _small(self, block: _Block) -> bool:
        """Tell whether a block is a word or two amid words that both wordings have."""
        amid = block.own.start > 0 and block.own.stop < len(self.own.words)
        return amid and 0 < block.full.start < len(self.full.words) and len(block.own) + len(block.full) < MOVED

    def _start(self) -> int:
        spans = self.own.statement.content
        return min(s.start for s in spans)

    def _end(self) -> int:
        return max(s.end for s in self.own.statement.content)

    def _own(self, words: range) -> Sequence[Word]:
        return self.own.words[words.start : words.stop] if words else ()

    def _full(self, words: range) -> Sequence[Word]:
        return self.full.words[words.start : words.stop] if words else ()

    def _told(self, kind: DifferenceKind, own: range, full: range) -> Difference:
        return Difference(kind, self._span(self.own, own), self._span(self.full, full))

    @staticmethod
    def _span(of: Wording, words: range) -> ArticleSpan | None:
        if not words:
            return None
        return ArticleSpan(of.statement.article, of.words[words.start].span.start, of.words[words.stop - 1].span.end)

    def _one_name(self, own: Sequence[Word], full: Sequence[Word]) -> bool:
        """Tell whether two single words are one name in two spellings."""
        if len(own) != 1 or len(full) != 1:
            return False
        a, b = own[0].span.of(self.own.text), full[0].span.of(self.full.text)
        alike = a[:1].isupper() and b[:1].isupper() and min(len(a), len(b)) > MOVED
        return alike and SequenceMatcher(None, a.casefold(), b.casefold()).ratio() >= NAMES_ALIKE


def _one_spelling(own: Sequence[Word], full: Sequence[Word]) -> bool:
    return "".join(w.spelled for w in own) == "".join(w.spelled for w in full)


def _says_nothing(own: Sequence[Word], full: Sequence[Word]) -> bool:
    """Tell whether words outside quotation marks have, lack or swap a word or two that carry nothing."""
    loose = not any(w.quoted for w in own or full)
    return loose and _carries_nothing(own) and _carries_nothing(full)


def _carries_nothing(words: Sequence[Word]) -> bool:
    """Tell whether these are but a word or two like "the" or "at", and none without which the sense is another."""
    common = word_set("function_words")
    return len(words) < MOVED and all(w.folded in common and not is_decisive(w) for w in words)


def _whole_sentence(words: Sequence[Word]) -> bool:
    """Tell whether the words have a whole sentence, or the end of one and more beyond."""
    return any(w.closes for w in words[:-1]) or (words[0].opens and words[-1].closes and len(words) > MOVED)


def _runs(numbers: Iterable[int]) -> list[range]:
    """Return numbers that follow one another together."""
    out: list[range] = []
    for n in numbers:
        if out and out[-1].stop == n:
            out[-1] = range(out[-1].start, n + 1)
        else:
            out.append(range(n, n + 1))
    return out


def _without(whole: range, part: range) -> tuple[range, list[range]]:
    """Return a range up to a part of it, and what follows the part; what precedes comes second where it is empty."""
    before, after = range(whole.start, part.start), range(part.stop, whole.stop)
    return (before, [after] if after else []) if before else (after, [])
