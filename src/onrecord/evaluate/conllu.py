"""Documents in CoNLL-U with the entities of CorefUD's ``Entity`` attribute (Nedoluzhko et al. 2022): text and
mentions.
"""

from __future__ import annotations

import re

import msgspec

_BRACKET = re.compile(r"\((\d+)([^()]*)(\))?|(\d+)\)")
"""An entity that opens, with its attributes and maybe closed at once, or one that closes."""


class GoldMention(msgspec.Struct, frozen=True):
    """A mention in code points of the text, end excluded; ``head`` is where the last word of its head begins.

    ``chain`` numbers the entity, ``kind`` is its type ("person", "organization", ...), ``plural`` the head's number.
    """

    start: int
    end: int
    head: int
    chain: int
    kind: str
    plural: bool


class Document(msgspec.Struct, frozen=True):
    """A document's text, put together from its words, and its mentions in the order they close."""

    text: str
    mentions: tuple[GoldMention, ...]


class Word(msgspec.Struct, frozen=True):
    """A word in code points of the text, end excluded; ``above`` numbers the word it hangs on, -1 for a root."""

    start: int
    end: int
    above: int
    relation: str
    plural: bool
    misc: str


def read_words(conllu: str) -> tuple[str, list[Word]]:
    """Return the text of a CoNLL-U string, put together from its words, and these."""
    text, sentence = "", 0
    words: list[Word] = []
    for line in conllu.split("\n"):
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n\n"
        columns = line.split("\t")
        if not line.strip():
            sentence = len(words)
        elif columns[0].isdigit():
            above = sentence + int(columns[6]) - 1 if columns[6] != "0" else -1
            end = len(text) + len(columns[1])
            words.append(Word(len(text), end, above, columns[7], "Number=Plur" in columns[5], columns[9]))
            text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
    return text, words


def read_conllu(conllu: str) -> Document:
    """Return the document that a CoNLL-U string describes."""
    text, words = read_words(conllu)
    opened: dict[int, list[tuple[int, str]]] = {}
    closed: list[tuple[int, int, int, str]] = []
    for at, word in enumerate(words):
        _entities(word.misc, at, opened, closed)
    mentions = []
    for first, last, chain, kind in closed:
        head = _head(words, first, last)
        mentions.append(
            GoldMention(words[first].start, words[last].end, words[head[1]].start, chain, kind, words[head[0]].plural)
        )
    return Document(text, tuple(mentions))


def _entities(
    misc: str, at: int, opened: dict[int, list[tuple[int, str]]], closed: list[tuple[int, int, int, str]]
) -> None:
    entity = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
    for match in _BRACKET.finditer(entity):
        if match[1]:
            opened.setdefault(int(match[1]), []).append((at, match[2].split("-")[1] if "-" in match[2] else ""))
        if match[3] or match[4]:
            chain = int(match[1] or match[4])
            if opened.get(chain):
                first, kind = opened[chain].pop()
                closed.append((first, at, chain, kind))


def _head(words: list[Word], first: int, last: int) -> tuple[int, int]:
    """Return the word of a mention that hangs on one outside of it, and the last word of the name that it begins."""
    head = next((i for i in range(first, last + 1) if not first <= words[i].above <= last), last)
    end = head
    for i in range(head + 1, last + 1):
        if words[i].above == head and words[i].relation.startswith("flat") and i == end + 1:
            end = i
    return head, end
