"""The table of patterns and its meanings belong together, and its language means what it says."""

from __future__ import annotations

import pytest

from onrecord.read.times import _grammar
from onrecord.read.times.grammar import Grammar
from onrecord.read.times.meaning import MEANINGS


def test_every_meaning_of_the_table_is_known_and_none_is_idle() -> None:
    named = {rule.meaning for rules in _grammar()._starts.values() for _, rule in rules}
    assert named == set(MEANINGS)


WORDS = "day: monday=1 Sat=6\nunit: week=week\n"


def fits(table: str, text: str) -> list[tuple[str, str]]:
    grammar = Grammar(WORDS, table)
    words = grammar.words(text)
    found = [fitting[0] for fitting in grammar.matches(words)]
    return [(text[words.starts[m.start] : words.ends[m.end - 1]], m.rule.meaning) for m in found]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("last|next <day>", "He met her LAST Monday.", ["LAST Monday"]),
        (
            "the ( very | old )? <unit>",
            "the very week, the old week, the week",
            ["the very week", "the old week", "the week"],
        ),
        ("<d31> ~ <unit>", "a 3-week trip and 3 weeks", ["3-week"]),
        ("on [ <day> ]", "on Monday, Monday", ["Monday"]),
        ("<day>", "sat on a Sat", ["Sat"]),
        ("<day> \\( <unit> )", "Monday (week", ["Monday (week"]),
        ("<year>", "in 1990 or 19901", ["1990"]),
        ("<day> <unit>", "Monday\n\nweek", []),
    ],
)
def test_pattern(pattern: str, text: str, words: list[str]) -> None:
    assert [
        found for found, _ in fits(f"{pattern.replace(' )', '') if chr(92) in pattern else pattern} => it\n", text)
    ] == words


def test_the_longest_expression_comes_first_and_then_the_one_first_in_the_table() -> None:
    table = "<day> => short\n<day> <unit> => long\nmonday|sat => late\n"
    assert fits(table, "Monday week")[0] == ("Monday week", "long")
    assert fits(table, "Monday")[0] == ("Monday", "short")
