"""The short record on a terminal."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from onrecord.records import Story, StoryActor, Utterance
from onrecord.render import summary

from .stories import article, dossier, statement, story


def printed(*stories: Story, width: int = 80, colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    summary(dossier(*stories), console)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_terminal_no_line_is_wider_than_the_screen(ferry: Story, width: int) -> None:
    lines = printed(ferry, width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines)


def test_terminal_says_who_said_what_in_which_report_without_colour(ferry: Story) -> None:
    text = printed(ferry, width=120)
    assert "\x1b" not in text
    assert "Ada Ström  Harbour Post, Tidings" in text
    assert "“We lose money on every crossing, and <b>nobody</b> likes it,”" in text
    assert "the outlet’s reading" in text
    assert "denies" in text
    assert (
        "2 reports · 8 statements · 2 lines told by several reports · 4 speakers · 1 on nobody’s name · 2 conflicts"
        in text
    )


def test_terminal_cuts_words_with_an_ellipsis(ferry: Story) -> None:
    text = printed(ferry, width=44)
    assert "“We lose money on every crossing, and <b>…" in text


def test_terminal_text_from_outside_steers_nothing() -> None:
    nasty = "\x1b[2J\x1b]0;title\x07[red]x[/red]\u202e\u009b31m"
    a = article("a", f"{nasty} said.", outlet=nasty, title=nasty, notes=(nasty,))
    s = statement("s", a, None, None, nasty, speaker="p")
    text = printed(story(a, actors=(StoryActor("p", nasty, "person"),), statements=(s,)))
    assert not set("\x1b\x07\u202e\u009b") & set(text)
    assert "[red]x[/red]" in text


def test_terminal_shows_two_screens_and_counts_the_rest() -> None:
    text = "".join(f"Ann said that day {i} is dry. " for i in range(100))
    a = article("a", text)
    made = tuple(statement(f"s{i}", a, None, None, f"that day {i} is dry") for i in range(100))
    lines = printed(story(a, statements=made, utterances=(Utterance("u", None, ("s0",), "s0"),))).splitlines()
    assert len(lines) < 90
    assert "and 60 more lines; the page has them all" in lines


def test_terminal_of_stories_without_statements() -> None:
    assert "0 reports" in printed()
    assert "1 report · 0 statements" in printed(story(article("a", "Nothing.")))


def test_terminal_gives_each_report_its_share() -> None:
    # A long first report would push all others off the screen.
    texts = [article(f"r{k}", "".join(f"Ann said that day {i} is dry. " for i in range(60))) for k in range(3)]
    made = tuple(statement(f"{a.id}-{i}", a, None, None, f"that day {i} is dry") for a in texts for i in range(60))
    lines = printed(story(*texts, statements=made)).splitlines()
    heads = [i for i, line in enumerate(lines) if line.startswith("Told by r")]
    assert [lines[i] for i in heads] == ["Told by r0 alone", "Told by r1 alone", "Told by r2 alone"]
    assert "and 140 more lines; the page has them all" in lines


def test_terminal_what_is_not_direct_comes_with_the_words_that_credit_it() -> None:
    # "the criticism" says nothing; "rejected the criticism" does.
    a = article("a", "The palace, Ann Lee added, rejected the criticism. “No,” she said.")
    s = statement("s", a, "The palace", "rejected", "the criticism", stance="denies")
    t = statement("t", a, "she", "said", "“No,”", kind="direct")
    lines = [line.strip() for line in printed(story(a, statements=(s, t))).splitlines()]
    assert "rejected the criticism" in lines
    assert "“No,”" in lines


def test_terminal_a_report_without_a_title_shows_its_first_words() -> None:
    text = printed(story(article("000_ab", "Rain is on its way to the valley.\n\nMore.")), width=60)
    assert "000_ab  no date, 0 statements\n  Rain is on its way to the valley.\n" in text
