r"""Patterns over words: a table in which each line is a pattern and its meaning, matched at every place of a text.

A table is a text file. A line ``pattern => meaning`` has in its pattern, with blanks between them:

- ``word|word``: one of these words, in any letter case; a punctuation mark stands for itself;
- ``<class|class>``: a word of one of these classes, kept under the name of the first (see ``time_words.txt``), or
  figures: ``<d31>`` 1 to 31, ``<o31>`` 1st to 31st, ``<hour>`` 0 to 24, ``<yy>`` two figures, ``<year>`` four of a
  year, ``<figures>`` any;
- ``{macro}``: a pattern named further up by a line ``macro = pattern``, kept under its own name;
- ``( … )``, ``( … | … )`` with blanks around every bracket and bar, ``?`` or ``*`` behind: groups;
  ``\(`` is a bracket of the text;
- ``~``: a hyphen or a dash, or nothing;
- ``word|word [ … ]``: an expression in the brackets, where one of these words stands before it.

The meaning is a name and its arguments, ``ago -1 day``; what it does is the business of who uses the table.

A text is turned into a string with one character a word, a pattern into a regular expression over such strings: so a
table of any length costs little where no word of its own stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

_WORD = re.compile(
    r"\n[^\S\n]*\n\s*"
    r"|(?<![\w.,/])(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?![\w/]|[.,]\d)"
    r"|\d+(?:st|nd|rd|th)\b|\d+['’]?s\b|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[qh][1-4]\b|[^\W\d_]+|[^\w\s]",
    re.IGNORECASE,
)
LONGEST = 15
"""Characters of the longest figures that may tell a time."""
REPEATED = 8
"""How often a group with ``*`` may stand in a row: without a bound, time grows squared on a text of nothing else."""
_OTHER, _BREAK = ".", "\n"
_FIRST_CODE = 0xE000

FIGURES = ("iso", "o31", "ordinals", "plural", "d12", "hour", "d31", "yy", "year", "figures")
_FIGURE_CLASSES: dict[str, frozenset[str]] = {
    "iso": frozenset(["iso"]),
    "o31": frozenset(["o31", "ordinals"]),
    "ordinals": frozenset(["ordinals"]),
    "plural": frozenset(["plural"]),
    "d12": frozenset(["d12", "hour", "d31", "yy", "whole", "figures"]),
    "hour": frozenset(["hour", "d31", "yy", "whole", "figures"]),
    "d31": frozenset(["d31", "yy", "whole", "figures"]),
    "yy": frozenset(["yy", "whole", "figures"]),
    "year": frozenset(["year", "whole", "figures"]),
    "whole": frozenset(["whole", "figures"]),
    "figures": frozenset(["figures"]),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the patterns see it: a code, a start and an end for each word, the word in lower case, and whether it
    begins with a capital.
    """

    codes: str
    starts: Sequence[int]
    ends: Sequence[int]
    lower: Sequence[str]
    capital: Sequence[bool]


@dataclass(frozen=True)
class Rule:
    """A line of the table."""

    expression: str
    before: frozenset[str]
    meaning: str
    arguments: tuple[str, ...]
    line: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The line's pattern over codes, compiled when first asked for: most lines no text asks for."""
        return re.compile(self.expression)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits: the words ``start`` to ``end`` are the expression, ``parts`` what its classes and macros
    caught, by name in the order of the text, each a stretch of words.
    """

    rule: Rule
    start: int
    end: int
    parts: Mapping[str, Sequence[tuple[int, int]]]

    def first(self, name: str) -> tuple[int, int] | None:
        """Return the first stretch of words that ``name`` caught."""
        found = self.parts.get(name)
        return found[0] if found else None


@dataclass
class _Codes:
    """The codes of words and of figures."""

    words: dict[str, str] = field(default_factory=dict)
    capitalised: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    classes: dict[str, set[str]] = field(default_factory=dict)

    def new(self) -> str:
        return chr(_FIRST_CODE + len(self.words) + len(self.capitalised) + len(self.figures))

    def of_word(self, word: str) -> str:
        """Return the code of a word that a pattern names: both codes where a class has it capitalised."""
        if word not in self.words:
            self.words[word] = self.new()
        return self.words[word] + self.capitalised.get(word, "")


class Grammar:
    """A table of patterns with its word classes; ``words`` and ``table`` are the contents of the two files."""

    def __init__(self, words: str, table: str) -> None:
        self.values: dict[str, dict[str, str]] = {}
        self._codes = _Codes()
        for name in _FIGURE_CLASSES:
            self._codes.figures[name] = self._codes.new()
        for name, classes in _FIGURE_CLASSES.items():
            for each in classes:
                self._codes.classes.setdefault(each, set()).add(self._codes.figures[name])
        self._read_words(words)
        self._macros: dict[str, list[str]] = {}
        self._starts: dict[str, list[tuple[frozenset[str] | None, Rule]]] = {}
        rules = [self._rule(line) for line in _lines(table)]
        for rule, heads in (r for r in rules if r is not None):
            for first, seconds in heads:
                for code in first:
                    self._starts.setdefault(code, []).append((seconds, rule))
        self._any = re.compile(f"[{''.join(map(re.escape, self._starts))}]")
        self._pairs: dict[str, list[Rule]] = {}
        self._figures = lru_cache(4096)(self._figures_code)

    def value(self, name: str, word: str) -> str | None:
        """Return the value of a word, in lower case, in a class."""
        return self.values.get(name, {}).get(word)

    # -- the text ---------------------------------------------------------------------------------------------------

    def words(self, text: str) -> Words:
        """Return a text as the patterns see it."""
        codes, starts, ends, lower, capital = [], [], [], [], []
        known, capitalised, figures = self._codes.words, self._codes.capitalised, self._figures
        for match in _WORD.finditer(text):
            word = match[0]
            low = word.lower()
            if low in capitalised and word[0].isupper():
                code = capitalised[low]
            elif low in known:
                code = known[low]
            elif word[0].isdecimal():
                glued = text[max(0, match.start() - 2) : match.start()].rstrip(" ")[-1:] in _NO_FIGURES_AFTER
                code = _OTHER if glued or _letter_before(text, match.start()) else figures(low)
            else:
                code = _BREAK if word[0] == "\n" else _OTHER
            codes.append(code)
            starts.append(match.start())
            ends.append(match.end())
            lower.append(low)
            capital.append(word[0].isupper())
        return Words("".join(codes), starts, ends, lower, capital)

    def _figures_code(self, low: str) -> str:
        return _OTHER if len(low) > LONGEST else self._codes.figures[_figures_class(low)]

    # -- matching ---------------------------------------------------------------------------------------------------

    def matches(self, words: Words) -> Iterator[tuple[Match, ...]]:
        """Return what fits at each place, in order: the longest first, of equals the one first in the table."""
        for found in self._any.finditer(words.codes):
            if fitting := self._at(words, found.start()):
                yield tuple(fitting)

    def _at(self, words: Words, at: int) -> list[Match]:
        """Return what fits at a place, the longest first."""
        codes = words.codes
        likely = self._likely(codes[at : at + 2])
        if not likely:  # so it is at nine places in ten
            return []
        before = words.lower[at - 1] if at else ""
        fitting = [
            _match(found, rule)
            for rule in likely
            if (not rule.before or before in rule.before) and (found := rule.pattern.match(codes, at))
        ]
        return sorted(fitting, key=lambda m: -m.end)

    def _likely(self, two: str) -> list[Rule]:
        """Return the rules that can begin with a code and the one behind it, in the order of the table."""
        if two not in self._pairs:
            second = two[1:]
            self._pairs[two] = list(
                dict.fromkeys(
                    rule
                    for seconds, rule in self._starts.get(two[0], ())
                    if seconds is None or (second and second in seconds)
                )
            )
        return self._pairs[two]

    # -- the table --------------------------------------------------------------------------------------------------

    def _read_words(self, words: str) -> None:
        for line in _lines(words):
            name, _, entries = line.partition(":")
            for entry in entries.split():
                word, _, value = entry.partition("=")
                low = word.lower()
                self.values.setdefault(name, {})[low] = value
                codes = self._codes.capitalised if word[0].isupper() else self._codes.words
                if low not in codes:
                    codes[low] = self._codes.new()
                self._codes.classes.setdefault(name, set()).add(codes[low])

    def _rule(self, line: str) -> tuple[Rule, _Heads] | None:
        pattern, arrow, meaning = line.partition(" => ")
        if not arrow:
            name, _, pattern = line.partition(" = ")
            self._macros[name.strip()] = pattern.split()
            return None
        tokens = pattern.split()
        before = frozenset[str]()
        if tokens[1:2] == ["["]:
            before, tokens = frozenset(tokens[0].split("|")), tokens[2:-1]
        compiled = _Compiler(self._codes, self._macros).compile(tokens)
        name, *arguments = meaning.split()
        return Rule(compiled.expression, before, name, tuple(arguments), line), compiled.heads


_NO_FIGURES_AFTER = frozenset("$£€¥#")


def _letter_before(text: str, start: int) -> bool:
    """Tell whether figures are the tail of a code: "B52", "F-16", "Covid-19"; but not of "Jan-2019" or "mid-2019"."""
    before = text[start - 1 : start]
    if before == "_" or (before.isalpha() and text[max(0, start - 4) : start].lower().lstrip() not in _GLUED_MONTHS):
        return True
    return before == "-" and text[start - 2 : start - 1].isupper()


_GLUED_MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])


def _figures_class(low: str) -> str:
    """Return which kind of figures a word is."""
    if not low.isdecimal():
        if low[-1] == "s":
            return "plural"
        if low[-2:] in ("st", "nd", "rd", "th"):
            return "o31" if 1 <= int(low[:-2]) <= 31 else "ordinals"
        return "iso" if re.match(r"\d{4}[-/.]\d+[-/.]", low) else "figures"
    number = int(low[:9])
    if len(low) <= 2:
        bounds = ((1, "yy" if len(low) == 2 else "whole"), (13, "d12"), (25, "hour"), (32, "d31"))
        return next((name for bound, name in bounds if number < bound), "yy")
    if len(low) == 4 and 1000 <= number <= 2199:
        return "year"
    return "iso" if len(low) == 8 and low[:2] in ("19", "20") else "whole"


def _lines(table: str) -> Iterator[str]:
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _match(found: re.Match[str], rule: Rule) -> Match:
    parts: dict[str, list[tuple[int, int]]] = {}
    for name, span in sorted(((n, found.span(n)) for n in found.groupdict()), key=lambda part: part[1]):
        if span[0] >= 0:
            parts.setdefault(name.rpartition("_")[0], []).append(span)
    return Match(rule, found.start(), found.end(), parts)


_Heads = tuple[tuple[frozenset[str], frozenset[str] | None], ...]


@dataclass(frozen=True)
class _Piece:
    """A part of a pattern: its expression, what it can begin with, whether it can be empty.

    ``heads`` are pairs of sets, for the first code and for the one behind it; ``None`` for a part that may end after
    its first code.
    """

    expression: str
    heads: _Heads = ()
    empty: bool = False

    @property
    def first(self) -> frozenset[str]:
        """The codes that it can begin with."""
        return frozenset().union(*(first for first, _ in self.heads))

    def then(self, other: _Piece) -> _Piece:
        """Return this part followed by another."""
        heads = list(self.heads)
        ending = frozenset[str]().union(*(first for first, second in self.heads if second is None))
        if ending:
            heads = [head for head in heads if head[1] is not None or other.empty]
            heads.append((ending, other.first))
        if self.empty:
            heads += other.heads
        return _Piece(self.expression + other.expression, tuple(heads), self.empty and other.empty)

    def marked(self, expression: str, mark: str) -> _Piece:
        """Return this part in another expression, as often as a mark behind it says."""
        more = self.then(replace(self, empty=True)) if mark.startswith("{") else self
        return _Piece(expression + mark, more.heads, self.empty or bool(mark))


class _Compiler:
    """Turns a pattern into a regular expression over codes, and finds what it can begin with."""

    def __init__(self, codes: _Codes, macros: Mapping[str, list[str]]) -> None:
        self._codes, self._macros = codes, macros
        self._names = 0
        self._closing = ""

    def compile(self, tokens: Sequence[str]) -> _Piece:
        piece = self._group(iter(tokens))
        if piece.empty:
            raise ValueError(f"matches nothing: {' '.join(tokens)}")
        return piece

    def _group(self, tokens: Iterator[str]) -> _Piece:
        """Compile up to the end of a group; leave its closing bracket, with the mark behind it, in ``_closing``."""
        branches = [_Piece("", (), True)]
        self._closing = ""
        for token in tokens:
            if token in (")", ")?", ")*"):
                self._closing = token
                break
            if token == "|":
                branches.append(_Piece("", (), True))
            else:
                branches[-1] = branches[-1].then(self._piece(token, tokens))
        heads = tuple(head for branch in branches for head in branch.heads)
        return _Piece("|".join(b.expression for b in branches), heads, any(b.empty for b in branches))

    def _piece(self, token: str, tokens: Iterator[str]) -> _Piece:
        escaped, token = token[0] == "\\", token.removeprefix("\\")
        if token == "(" and not escaped:
            group = self._group(tokens)
            mark = self._closing[1:].replace("*", f"{{0,{REPEATED}}}")
            return group.marked(f"(?:{group.expression})", mark)
        mark = "?" if len(token) > 1 and token[-1] == "?" else ""
        token = token[: len(token) - len(mark)]
        if token[0] == "{":
            name = token[1:-1]
            group = self._group(iter(self._macros[name]))
            return group.marked(f"(?P<{self._named(name)}>{group.expression})", mark)
        if token == "~":
            return self._one({c for sign in "-–—" for c in self._codes.of_word(sign)}, "", "?")
        if token[0] == "<" and token != "<":
            names = token[1:-1].split("|")
            return self._one({c for name in names for c in self._codes.classes[name]}, self._named(names[0]), mark)
        return self._one({c for word in token.split("|") for c in self._codes.of_word(word)}, "", mark)

    def _one(self, codes: set[str], name: str, mark: str) -> _Piece:
        expression = f"(?P<{name}>{_charset(codes)})" if name else _charset(codes)
        return _Piece("", ((frozenset(codes), None),)).marked(expression, mark)

    def _named(self, name: str) -> str:
        self._names += 1
        return f"{name}_{self._names}"


def _charset(codes: set[str]) -> str:
    """Return the characters as a set of an expression, runs of neighbours as ranges: they compile fast."""
    out: list[list[str]] = []
    for code in sorted(codes):
        if out and ord(code) == ord(out[-1][-1]) + 1:
            out[-1] = [out[-1][0], code]
        else:
            out.append([code])
    return f"[{''.join('-'.join(run) for run in out)}]"
