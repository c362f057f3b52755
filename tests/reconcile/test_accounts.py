"""Where a report says itself that two accounts differ, or that one was taken back, they are told apart by its words."""

from __future__ import annotations

import pytest

from onrecord.reconcile.accounts import told_apart
from tests.reconcile.relating import Saying, Told, report

WARNED = "the whole town had been warned of the cut"
NEVER = "no letter of any kind ever left her office"
BETWEEN = "The boat leaves the harbour at nine every morning of the week. "


def apart(told: Told) -> list[tuple[str, str, str]]:
    """Return the statements told apart, the earlier first, and the report's words for it."""
    text = {r.id: r.text for r in told.readings}
    return [
        (
            told.units[x.earlier].statement.id,
            told.units[x.later].statement.id,
            x.words.of(text[x.telling.statement.article]),
        )
        for x in told_apart(told.units)
    ]


def two(speaker: str = "Bo Lind", cue: str = "said", lead: str = "", first: str = "") -> Told:
    return Told(
        report("a", Saying("a1", "Ada Holm", "said", WARNED, lead=first), Saying("a2", speaker, cue, NEVER, lead=lead))
    )


@pytest.mark.parametrize(
    ("lead", "cue", "words"),
    [
        ("", "gave a different account, saying", "different account"),
        ("The mayor told a slightly different story. ", "said", "different story"),
        ("That account differs from the mayor's. ", "said", "account differs"),
        ("It was a different story in the valley. ", "said", None),
        ("The picture is different in the valley. ", "said", None),
        ("Her account of the conflict is long. ", "said", None),
        ("They differ. ", "said", None),
        ("That account differs from the mayor's. " + BETWEEN, "said", None),
        ("", "said", None),
    ],
)
def test_told_apart_are_accounts_that_a_report_says_differ(lead, cue, words):
    assert apart(two(cue=cue, lead=lead)) == ([("a1", "a2", words)] if words else [])


def test_told_apart_are_accounts_next_to_each_other():
    middle = Saying("a2", "Cy Vale", "said", "the crews had word of it long before")
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", WARNED),
            middle,
            Saying("a3", "Bo Lind", "said", NEVER, lead="His account differs. "),
        )
    )
    assert apart(told) == [("a2", "a3", "account differs")]


def test_told_apart_by_different_accounts_are_different_speakers():
    assert apart(two("Ada Holm", lead="Her account differs from that of others. ")) == []


@pytest.mark.parametrize(
    ("lead", "cue", "words"),
    [
        ("", "later changed her story, saying", "changed her story"),
        ("She later walked that back. ", "said", "walked that back"),
        ("She reversed herself within a week. ", "said", "reversed herself"),
        ("But she backtracked. ", "said", "backtracked"),
        ("", "backtracked on", None),
        ("She would not say whether she changed her story. ", "said", None),
        ("She never changed her mind. ", "said", None),
        ("She changed her train in the valley. ", "said", None),
        ("She walked along the quay. ", "said", None),
        ("", "said", None),
    ],
)
def test_told_apart_are_words_that_their_speaker_took_back(lead, cue, words):
    assert apart(two("Ada Holm", cue=cue, lead=lead)) == ([("a1", "a2", words)] if words else [])
    assert apart(two("Bo Lind", cue=cue, lead=lead)) == []


@pytest.mark.parametrize(
    ("first", "later", "found"),
    [
        ("The mayor has changed her description of the cut. At first ", "Instead, ", False),
        ("The mayor has changed her description of the cut, and at first ", "Instead, ", True),
        ("The mayor has changed her description of the cut, and at first ", "", False),
        ("The mayor has changed her description of the cut: ", "Instead, ", False),
        ("The mayor spoke of the cut, and at first ", "Instead, ", False),
    ],
)
def test_told_apart_is_what_was_said_at_first_only(first, later, found):
    told = two("Ada Holm", first=first, lead=later)
    assert apart(told) == ([("a1", "a2", "changed her description")] if found else [])


def test_told_apart_passes_over_a_statement_that_is_but_a_word_for_one():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", WARNED),
            Saying("a2", "Ada Holm", "later walked back", "her remarks", end=" "),
            Saying("a3", "Ada Holm", "and said", NEVER),
        )
    )
    assert apart(told) == [("a1", "a3", "walked back")]


def test_told_apart_is_nothing_between_reports():
    told = Told(
        report("a", Saying("a1", "Ada Holm", "said", WARNED)),
        report("b", Saying("b1", "Bo Lind", "said", NEVER, lead="His account differs. ")),
    )
    assert apart(told) == []
