"""The words of a statement, folded so that those of two reports can be laid side by side.

A word has three forms to be compared by: as it stands but for its letter case; as it is *spelled*, the same on both
sides of the Atlantic, with or without hyphen and accent, in letters or in figures; and its *base*, which tense, number
and the persons of indirect speech leave alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from snowballstemmer import stemmer

from onrecord.read.quantities.number_words import CARDINALS
from onrecord.read.segments import Segments
from onrecord.reconcile.words import table, word_set
from onrecord.records import Kind, Span

_WORD = re.compile(r"per cent\b|\d+(?:[.,]\d+)*|(?:[^\W_]\.){2,}|[^\W_]+(?:[’'.&/-][^\W_]+)*%?", re.IGNORECASE)
_CLITIC = re.compile(r"(?:n['’]t|['’](?:ll|ve|re|m|d|s))$", re.IGNORECASE)
_FULL = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would", "'s": "is"}
_TAKES_IS = frozenset(["it", "he", "she", "that", "there", "here", "what", "who", "where", "how", "let"])
_BEFORE_NOT = {"wo": "will", "ca": "can", "sha": "shall"}
_ENDINGS = (
    (re.compile(r"is(?=(?:e|es|ed|ing|er|ers|ation|ations)$)"), "iz"),
    (re.compile(r"ys(?=(?:e|es|ed|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ful|ite|ites|hood|less|er|ers|y)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(?=(?:s|d)?$)"), "er"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})ogue(?=s?$)"), "og"),
)
_stem = stemmer("english")


class Word(msgspec.Struct, frozen=True):
    """One word of a statement's content.

    ``span`` is where it stands; ``quoted`` whether within quotation marks, ``bracketed`` whether within brackets there;
    ``opens`` and ``closes`` tell that it is the first or the last of a sentence or of a piece of content.
    """

    folded: str
    span: Span
    quoted: bool
    bracketed: bool = False
    opens: bool = False
    closes: bool = False

    @property
    def spelled(self) -> str:
        """The word as it is spelled in one way only."""
        return spelled(self.folded)

    @property
    def base(self) -> str:
        """The word without tense, number and person."""
        return base(self.folded)


def words_of(text: str, spans: Iterable[Span], quoted: Sequence[int] | None = None) -> list[Word]:
    """Return the words of some spans of a text; ``quoted`` has one entry a character, 1 within quotation marks.

    A contraction counts as the words that it stands for: "don't" is "do" and "not".
    """
    out: list[Word] = []
    for span in spans:
        depth, at, opens = 0, span.start, True
        for match in _WORD.finditer(text, span.start, span.end):
            between = text[at : match.start()]
            if between != " ":  # as between most words
                depth = max(0, depth + sum(between.count(c) for c in "[(") - sum(between.count(c) for c in "])"))
                opens = opens or (any(mark in between for mark in ".!?") and "..." not in between)
            if opens and out:
                out[-1] = msgspec.structs.replace(out[-1], closes=True)
            said = quoted is not None and bool(quoted[match.start()])
            for folded, start, end in _parts(text, match):
                out.append(Word(folded, Span(start, end), said, bool(depth) and said, opens))
                opens = False
            at = match.end()
        if out:
            out[-1] = msgspec.structs.replace(out[-1], closes=True)
    return out


def quoted_characters(kind: Kind, text: str) -> Sequence[int]:
    """Return one entry a character of a text, 1 where a statement of this kind gives it as quoted: of direct words all,
    else what stands within quotation marks.
    """
    return bytes([1]) * len(text) if kind == "direct" else Segments(text).quoted


def _parts(text: str, match: re.Match[str]) -> list[tuple[str, int, int]]:
    """Return the words that a match stands for, with their places."""
    word, start, end = match.group(), match.start(), match.end()
    clitic = None if word.isalnum() else _CLITIC.search(word)
    if clitic is None:
        if word.lower() == "cannot":
            return [("can", start, start + 3), ("not", start + 3, end)]
        return [("u.s." if word == "US" else word.casefold().replace("’", "'"), start, end)]
    head, tail = word[: clitic.start()].casefold(), clitic.group().casefold().replace("’", "'")
    if tail == "'s" and head not in _TAKES_IS:
        return [(head, start, end)]  # a possessive
    cut = start + clitic.start()
    full = "us" if (head, tail) == ("let", "'s") else _FULL[tail]
    parts = [(_BEFORE_NOT.get(head, head) if full == "not" else head, start, cut), (full, cut, end)]
    return [part for part in parts if part[0]]


@lru_cache(maxsize=1 << 17)
def spelled(word: str) -> str:
    """Return the one spelling of a folded word."""
    if word in ("u.s.", "u.s"):
        return "u.s."
    plain = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    if not any(c.isdigit() for c in plain):
        plain = re.sub(r"[.\-'/ ]", "", plain)
    plain = table("spelling").get(plain, plain)
    if plain in CARDINALS:
        return str(CARDINALS[plain])
    if len(plain) > 4:
        for ending, american in _ENDINGS:
            plain = ending.sub(american, plain)
    return plain


@lru_cache(maxsize=1 << 17)
def base(word: str) -> str:
    """Return what tense, number and the shifts of indirect speech leave of a folded word."""
    one = spelled(word)
    shifting = table("shifting").get(one)
    if shifting is not None:
        return shifting
    return stem(table("irregular").get(one, one))


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return the stem of a word by the Snowball rules for English (Porter 2001)."""
    return str(_stem.stemWord(word))


def is_decisive(word: Word) -> bool:
    """Tell whether a sentence says something else without the word: "not", "only", "if"."""
    return word.folded in word_set("decisive")
