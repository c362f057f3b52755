"""The short record on a terminal."""

from __future__ import annotations

import io

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from onrecord.records import (
    ArticleSpan,
    Conflict,
    Difference,
    Issue,
    StickingPoint,
    Story,
    StoryActor,
    Utterance,
    Variant,
)
from onrecord.render import summary

from .stories import article, dossier, statement, story


def printed(*stories: Story, width: int = 80, colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    summary(dossier(*stories), console)
    return console.file.getvalue()  # type: ignore[attr-defined]


def squeeze(text: str) -> str:
    return " ".join(text.split())


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
        " · 1 sticking point"
    ) in squeeze(text)


def test_terminal_cuts_words_with_an_ellipsis(ferry: Story) -> None:
    text = printed(ferry, width=44)
    assert "“We lose money on every crossing, and <b>…" in text


def test_terminal_text_from_outside_steers_nothing() -> None:
    nasty = "\x1b[2J\x1b]0;title\x07[red]x[/red]\u202e\u009b31m"
    a = article("a", f"{nasty} said.", outlet=nasty, title=nasty, notes=(nasty,))
    s = statement("s", a, None, None, nasty, speaker="p")
    text = printed(
        story(
            a,
            actors=(StoryActor("p", nasty, "person"),),
            statements=(s,),
            conflicts=(Conflict("c", "denial", ("s",), (), about=nasty, b_passages=(ArticleSpan("a", 0, 20),)),),
            issues=(Issue("i", nasty),),
            sticking_points=(StickingPoint("i", ("p",), ("p",)),),
        )
    )
    assert "Sticking points" in text
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


def test_terminal_shows_both_sides_of_a_conflict(ferry: Story) -> None:
    # That reports contradict each other is what an editor opens the record for; a bare count tells nothing.
    surer = msgspec.structs.replace(ferry.conflicts[0], score=0.914)
    lines = printed(msgspec.structs.replace(ferry, conflicts=(surer, ferry.conflicts[1]))).splitlines()
    start = lines.index("Conflicts")
    assert lines[start + 1 : start + 7] == [
        "Contradiction about “the town” · score 0.91",
        "3 Ada Ström: The ferry company will cut the night boat",
        "2 Bo Lind: denied that the town had been warned",
        "Opposing wishes",
        "6 Speaker not made plain: hopes for a smaller boat",
        "3 Ada Ström: The ferry company will cut the night boat",
    ]
    assert start > lines.index("Told by Tidings alone")


def test_terminal_shows_a_sticking_point_in_one_line(ferry: Story) -> None:
    lines = printed(ferry).splitlines()
    assert lines[lines.index("Sticking points") + 1] == "the night boat: for Bo Lind; against Ada Ström"


def test_terminal_a_crowd_on_one_side_does_not_hide_the_other() -> None:
    a = article("a", "Rain.")
    crowd = tuple(StoryActor(f"p{i}", f"Member {i}", "person") for i in range(20))
    point = StickingPoint("i", tuple(p.id for p in crowd), ("q",))
    made = story(
        a,
        actors=(*crowd, StoryActor("q", "Ann Lee", "person")),
        issues=(Issue("i", "Rain", (ArticleSpan("a", 0, 4),)),),
        sticking_points=(point,),
    )
    (line,) = [line for line in printed(made).splitlines() if line.startswith("Rain: ")]
    assert line.startswith("Rain: for Member 0, Member 1")
    assert line.endswith("; against Ann Lee")


def test_terminal_tells_one_speakers_two_sides_apart_by_their_reports() -> None:
    a, b = article("a", "Ann said 5 rode.", outlet="Post"), article("b", "Ann said 9 rode.", outlet="Mail")
    made = story(
        a,
        b,
        actors=(StoryActor("p", "Ann", "person"),),
        statements=(
            statement("s1", a, "Ann", "said", "5 rode", speaker="p"),
            statement("s2", b, "Ann", "said", "9 rode", speaker="p"),
        ),
        conflicts=(Conflict("c", "figures", ("s1",), ("s2",)),),
    )
    text = printed(made)
    assert "1 Ann (Post): said 5 rode" in text
    assert "2 Ann (Mail): said 9 rode" in text


def test_terminal_keeps_to_two_screens_with_many_conflicts() -> None:
    texts = "".join(f"Ann said that day {i} is dry. " for i in range(100))
    a = article("a", texts)
    made = tuple(statement(f"s{i}", a, None, None, f"that day {i} is dry") for i in range(100))
    conflicts = tuple(Conflict(f"c{i}", "denial", (f"s{i}",), (f"s{i + 1}",)) for i in range(9))
    lines = printed(story(a, statements=made, conflicts=conflicts)).splitlines()
    assert len(lines) < 90
    assert lines.count("Denial") == 5
    assert "and 4 more conflicts; the page has them all" in lines
    assert any(line.endswith(" more lines; the page has them all") for line in lines)


def test_terminal_warns_of_changed_words_however_many_reports_there_are() -> None:
    # Behind a row of names the warning would be cut off.
    texts = [
        article(f"r{k}", f"“We {'will' if k else 'shall'} go,” Ann said.", outlet=f"The Long Post {k}")
        for k in range(9)
    ]
    made = tuple(
        statement(f"s{k}", a, "Ann", "said", a.text[: a.text.index(" Ann")], kind="direct") for k, a in enumerate(texts)
    )
    changed = Difference("changed", ArticleSpan("r1", 4, 8), ArticleSpan("r0", 4, 9))
    told = Utterance("u", None, tuple(s.id for s in made), "s0", (Variant("s1", (changed,)),), 9)
    text = printed(story(*texts, statements=made, utterances=(told,)), width=60)
    assert "changed words in 1 telling  9 re" in text
