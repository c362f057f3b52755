"""The record as Markdown, read back through a parser of CommonMark."""

from __future__ import annotations

import html
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import (
    ArticleSpan,
    Conflict,
    Coverage,
    Issue,
    Position,
    PrimaryCheck,
    PrimarySource,
    Reason,
    StickingPoint,
    Story,
    StoryActor,
    TimelineEntry,
    Utterance,
    text_hash,
)
from onrecord.render import render
from onrecord.render.commonmark import escape

from .stories import Page, article, dossier, statement, story

markdown_it = pytest.importorskip("markdown_it")


def read(text: str) -> Page:
    return Page(markdown_it.MarkdownIt("commonmark").render(text).replace(" />", ">"))


def section(text: str, head: str) -> str:
    """Return what stands between a heading and the next of its level."""
    rest = text[text.index(f"## {head}\n") :]
    return rest[: rest.find("\n## ", 1)]


def tables(text: str) -> list[list[list[str]]]:
    """Return the tables as GitHub reads them: the words of every cell."""
    found: list[list[list[str]]] = []
    for token in markdown_it.MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and token.level and found and token.map and token.level > 3:
            found[-1][-1].append("".join(c.content for c in token.children or ()))
    return found


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_markdown_quotations_are_slices(ferry: Story) -> None:
    texts = [squeeze(a.text) for a in ferry.articles]
    quotes = [squeeze(q) for q in read(render(dossier(ferry), "md")).quotes]
    assert len(quotes) >= len(ferry.statements)
    assert all(any(piece in text for text in texts) for quote in quotes for piece in quote.split(" […] "))


def test_markdown_links_only_to_the_reports_addresses(ferry: Story) -> None:
    page = read(render(dossier(ferry), "md"))
    assert page.hrefs == ["https://harbour.example/night?a=1&b=2"]


def test_markdown_labels_an_outlets_reading(ferry: Story) -> None:
    text = render(dossier(ferry), "md")
    line = text[: text.index("accept the cut")].rsplit("### ", 1)[1]
    assert "the outlet’s reading" in line


def test_markdown_text_from_outside_is_data() -> None:
    nasty = (
        "# h\n- x\n1. y\n> z\n[a](http://b.example) ![i](x) <script>alert(1)</script> `c` **d** | e | "
        "www.f.example\n    code\n---\n"
    )
    a = article(nasty, nasty, outlet=nasty, title=nasty, byline=nasty, notes=(nasty,))
    s = statement("s", a, None, None, nasty.strip("\n"))
    text = render(dossier(story(a, statements=(s,))), "md")
    page = read(text)
    assert page.hrefs == []
    assert page.sources == []
    assert "<script" not in text.replace("\\<script", "")
    # One paragraph, with nothing taken out of it and nothing turned into markup.
    assert [squeeze(q) for q in page.quotes] == [squeeze(nasty)]
    assert not re.search(r"(?<!\\)(https?:|www\.)", text)


def test_markdown_control_characters_are_written_as_references() -> None:
    assert escape("a\x1b[31mb\u202ec\r\n") == "a&#27;\\[31mb&#8238;c&#13;\n"


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab \\`*_{}[]()#+-.!|<>~&;:=$1\"'“\nw/")).filter(str.strip))
def test_markdown_escaped_text_reads_as_it_stands(text: str) -> None:
    once = squeeze(text)
    assert squeeze("".join(read(f"> {escape(once)}").quotes)) == once


def test_markdown_of_stories_without_statements() -> None:
    assert "No stories" in render(dossier(), "md")
    text = render(dossier(story(article("a", "Nothing."))), "md")
    assert "0 statements" in text
    assert "Conflicts" not in text


def test_markdown_is_the_same_for_the_same_dossier(ferry: Story) -> None:
    assert render(dossier(ferry), "md") == render(dossier(ferry), "md")


def test_json_is_the_record(ferry: Story) -> None:
    text = render(dossier(ferry), "json")
    assert msgspec.json.decode(text.encode(), type=type(dossier())) == dossier(ferry)
    assert text.startswith('{\n  "schema": "onrecord/1"')


def test_markdown_a_missing_word_is_not_made_up() -> None:
    a = article("a", "Bo Lind did not comment.")
    s = statement("s", a, "Bo Lind", "did not comment", stance="no_comment")
    text = render(dossier(story(a, statements=(s,), utterances=(Utterance("u", None, ("s",), "s"),))), "md")
    assert "no comment" in text
    assert "> Bo Lind did not comment" in text


def test_markdown_numbers_in_a_row_are_written_as_a_range() -> None:
    # A report of a hundred lacks thousands of lines: one by one they bury the table.
    texts = [article("a", "".join(f"Ann said that day {i} is dry. " for i in range(9))), article("b", "Nothing.")]
    made = tuple(statement(f"s{i}", texts[0], None, None, f"that day {i} is dry") for i in range(9))
    lacks = tuple(s.id for i, s in enumerate(made) if i != 5)
    rows = (Coverage("a", (), (), None, {}, {}, 0), Coverage("b", (), lacks, None, {}, {}, 1))
    told = tuple(Utterance(s.id, None, (s.id,), s.id) for s in made)
    text = render(dossier(story(*texts, statements=made, utterances=told, coverage=rows)), "md")
    assert "| b | 0 of 9 | 0 | 8 (1–5, 7–9) |" in text


def test_markdown_lines_of_one_report_stand_under_it(ferry: Story) -> None:
    text = render(dossier(ferry), "md")
    alone = section(text, "Told by one report")
    assert re.findall("^#+ .*", alone, re.MULTILINE)[1:3] == [
        "### Harbour Post",
        "#### 3. Ada Ström, chair of the ferry company",
    ]
    assert f"- Tidings: {ferry.articles[1].sha256}" in text


def timeline_of(told: Story) -> str:
    text = render(dossier(told), "md")
    return section(text, "Timeline")


def test_markdown_a_day_shows_only_the_reports_that_give_it() -> None:
    # Each outlet would be made to say what the other says: that she spoke on both days.
    a, b = (
        article("a", "Ann said on Monday that it rains hard.\n"),
        article("b", "Ann said on Tuesday that it rains.\n"),
    )
    made = (
        statement("s1", a, "Ann", "said on Monday", "that it rains hard"),
        statement("s2", b, "Ann", "said on Tuesday", "that it rains"),
    )
    days = tuple(
        TimelineEntry(f"t{n}", day, day, day, statements=(f"s{n}",))
        for n, day in ((1, "2031-05-05"), (2, "2031-05-06"))
    )
    told = timeline_of(
        story(a, b, statements=made, utterances=(Utterance("u1", None, ("s1", "s2"), "s1"),), timeline=days)
    )
    monday, tuesday = told[: told.index("### 6 May")], told[told.index("### 6 May") :]
    assert "· a ·" in monday
    assert "· b ·" not in monday
    assert "> that it rains hard\n" in monday
    assert "· b ·" in tuesday
    assert "· a ·" not in tuesday[: tuesday.index("> ")]
    assert "> that it rains\n" in tuesday


def test_markdown_a_day_shows_no_words_twice() -> None:
    # One report prints in one piece what the other prints in two: its words tell two utterances.
    a, b = article("a", "Ann said: “No. Never.”\n"), article("b", "“No,” said Ann. “Never,” she added.\n")
    made = (
        statement("s1", a, "Ann", "said", "“No. Never.”", kind="direct"),
        statement("s2", b, "Ann", "said", "“No,”", kind="direct"),
        statement("s3", b, "she", "added", "“Never,”", kind="direct"),
    )
    day = TimelineEntry("t1", "2031-05-05", "2031-05-05", "2031-05-05", statements=("s1", "s2", "s3"))
    utterances = (Utterance("u1", None, ("s1", "s2"), "s1"), Utterance("u2", None, ("s1", "s3"), "s1"))
    told = timeline_of(story(a, b, statements=made, utterances=utterances, timeline=(day,)))
    assert re.findall("^> (.*)", told, re.MULTILINE) == ["“No. Never.”", "“Never,”"]


def test_markdown_an_outlets_reading_never_stands_for_direct_words() -> None:
    a, b = article("a", "Ann said: “No. Never.”\n"), article("b", "“No,” said Ann. She ruled it out for good.\n")
    made = (
        statement("s1", a, "Ann", "said", "“No. Never.”", kind="direct"),
        statement("s2", b, "Ann", "said", "“No,”", kind="direct"),
        statement("s3", b, "She", "ruled", "it out for good", kind="indirect"),
    )
    day = TimelineEntry("t1", "2031-05-05", "2031-05-05", "2031-05-05", statements=("s1", "s2", "s3"))
    utterances = (Utterance("u1", None, ("s1", "s2"), "s1"), Utterance("u2", None, ("s1", "s3"), "s1"))
    told = timeline_of(story(a, b, statements=made, utterances=utterances, timeline=(day,)))
    assert re.findall("^> (.*)", told, re.MULTILINE) == ["“No. Never.”", "“No. Never.”"]


def test_markdown_stands_in_the_pages_order(ferry: Story) -> None:
    heads = re.findall("^## (.*)", render(dossier(ferry), "md"), re.MULTILINE)
    assert heads == [
        "In figures",
        "Reports",
        "Conflicts",
        "Told by several reports",
        "Told by one report",
        "Positions",
        "Sticking points",
        "Conditions",
        "Timeline",
        "People",
        "Coverage",
        "How this record was made",
    ]


def test_markdown_begins_with_the_story_in_figures(ferry: Story) -> None:
    # How much there is, and how much of it is shared, before the first of some thousand lines.
    figures = section(render(dossier(ferry), "md"), "In figures")
    assert re.findall("^- (.*)", figures, re.MULTILINE) == [
        "2 reports from 2 outlets, published 6 May 2031",
        "8 statements in 6 lines, words dated 5 May 2031",
        "2 lines told by several reports, 2 of them by independent origins",
        "4 speakers, 1 statement on nobody’s name",
        "2 conflicts, 1 sticking point",
    ]


def test_markdown_of_one_report_counts_nothing_between_reports() -> None:
    a = article("a", "Ann said that it rains.")
    text = render(dossier(story(a, statements=(statement("s", a, "Ann", "said", "that it rains"),))), "md")
    assert "- 1 statement\n" in text
    assert "several reports" not in section(text, "In figures")


def test_markdown_a_conflict_has_both_sides_why_and_score(ferry: Story) -> None:
    surer = msgspec.structs.replace(ferry.conflicts[0], score=0.914, update=True)
    told = section(render(dossier(msgspec.structs.replace(ferry, conflicts=(surer,))), "md"), "Conflicts")
    assert "### Contradiction about “the town”" in told
    first, second = told.split("*and*")
    assert "Line 3 · Ada Ström “said” · Harbour Post" in first
    assert "the later report may bring the earlier up to date" in first
    assert "> that the town had been warned" in second
    assert "“denied”" in second.partition(">")[0]
    assert "Tidings · nobody credited · characters 0 to 16\n\n> Night boat to go" in second
    assert "- denied: “denied” (Harbour Post)\n- score 0.91\n" in second


@pytest.mark.parametrize(
    ("side", "words", "first"),
    [
        (("s-2", "s-3", "s-4"), None, "that the town had been warned"),
        (("s-2", "s-3", "s-5"), "smaller boat", "accept the cut & asked for a smaller boat"),
        (("s-2", "s-3", "s-5"), None, "“We lose money"),
    ],
)
def test_markdown_a_conflict_begins_with_what_denies_or_has_the_words_that_tell(
    ferry: Story, side: tuple[str, ...], words: str | None, first: str
) -> None:
    text = ferry.articles[0].text
    at = text.index(words) if words else 0
    why = (Reason("opposites", None, ArticleSpan("harbour-post", at, at + len(words))),) if words else ()
    c = Conflict("c", "contradiction", ("s-1",), side, why=why)
    told = section(render(dossier(msgspec.structs.replace(ferry, conflicts=(c,))), "md"), "Conflicts")
    (shown, *_) = re.findall("^> (.+)", told.split("*and*")[1], re.MULTILINE)
    assert html.unescape(shown).replace("\\", "").startswith(first)


@pytest.mark.parametrize(("kind", "told"), [("position", True), ("contradiction", False)])
def test_markdown_says_why_wishes_oppose_where_no_words_tell(kind: str, told: bool) -> None:
    a = article("a", "Ann said that it should rain. Bo said that it should be dry.")
    made = (
        statement("s1", a, "Ann", "said", "that it should rain"),
        statement("s2", a, "Bo", "said", "that it should be dry"),
    )
    text = render(dossier(story(a, statements=made, conflicts=(Conflict("c", kind, ("s1",), ("s2",)),))), "md")
    assert ("- for on one side, against on the other" in section(text, "Conflicts")) == told


def test_markdown_positions_are_a_table_that_leads_to_the_lines(ferry: Story) -> None:
    told = section(render(dossier(ferry), "md"), "Positions")
    assert tables(told) == [
        [
            ["Who", "the night boat"],
            ["Ada Ström, chair of the ferry company", "against, without naming it (1, 3)"],
            ["Bo Lind", "conditional, second-hand (5)"],
        ]
    ]
    assert "- **Bo Lind**, the night boat: on condition “night boat” (5)\n" in told


def test_markdown_a_name_breaks_no_table() -> None:
    # One column too many, and a stance stands under another issue.
    nasty = "a | b `c|d`\n**e** \\|"
    a = article("a", f"{nasty} said that the {nasty} is dry.", outlet=nasty)
    s = statement("s", a, None, "said", "that the", speaker="p")
    place = a.text.rindex(nasty)
    text = render(
        dossier(
            story(
                a,
                actors=(StoryActor("p", nasty, "person"),),
                statements=(s,),
                issues=(Issue("i", nasty, (ArticleSpan("a", place, place + len(nasty)),)),),
                positions=(Position("p", "i", "for", ("s",)),),
                coverage=(Coverage("a", (), (), None, {"p": 2}, {"named": 2}, 3),),
            )
        ),
        "md",
    )
    one = squeeze(nasty)
    positions, *others = tables(text)
    assert positions == [["Who", one], [one, "for (1)"]], positions
    assert all(len(row) == len(table[0]) for table in others for row in table)
    assert [table[1][0] for table in others] == [one, one]


def test_markdown_a_sticking_point_has_the_strongest_words_of_each_side(ferry: Story) -> None:
    told = section(render(dossier(ferry), "md"), "Sticking points")
    for_, against = told.split("**against**")
    assert "### the night boat\n\n**for**\n\nBo Lind\n" in for_
    assert "Line 1 · Ada Ström · Harbour Post" in against
    assert "> “We lose money on every crossing" in against
    assert "- **Bo Lind**: “asked for a smaller boat”, second-hand (5)" in against


def test_markdown_names_those_whose_words_it_leaves_out_of_a_sticking_point() -> None:
    a = article("a", "".join(f"P{i} said that day {i} is dry. " for i in range(5)) + "The rain.")
    made = tuple(statement(f"s{i}", a, f"P{i}", "said", f"that day {i} is dry", speaker=f"p{i}") for i in range(5))
    rain = ArticleSpan("a", a.text.index("rain"), a.text.index("rain") + 4)
    told = story(
        a,
        actors=tuple(StoryActor(f"p{i}", f"P{i}", "person") for i in range(5)),
        statements=made,
        issues=(Issue("i", "rain", (rain,)),),
        positions=tuple(Position(f"p{i}", "i", "against", (f"s{i}",)) for i in range(5)),
        sticking_points=(StickingPoint("i", (), tuple(f"p{i}" for i in range(5))),),
    )
    point = section(render(dossier(told), "md"), "Sticking points")
    assert len(re.findall("^> ", point, re.MULTILINE)) == 3
    assert "also P3 (4), P4 (5)\n" in point


def test_markdown_what_lay_ahead_stands_apart(ferry: Story) -> None:
    # A day that was only planned, read as one that has been, is a false report.
    told = timeline_of(ferry)
    before, ahead = told.split("### Ahead")
    assert "### 5 May 2031" in before
    assert "week of 12 May 2031" not in before
    assert ahead.lstrip().startswith("#### week of 12 May 2031")


def test_markdown_what_no_report_dates_comes_last_by_its_numbers() -> None:
    a = article("a", "".join(f"Ann said that day {i} is dry. " for i in range(4)))
    made = tuple(statement(f"s{i}", a, "Ann", "said", f"that day {i} is dry") for i in range(4))
    days = (
        TimelineEntry("t1", "XXXX-XX-XX", statements=("s0", "s1", "s3")),
        TimelineEntry("t2", "2031-05-05", "2031-05-05", "2031-05-05", statements=("s2",)),
    )
    told = timeline_of(story(a, statements=made, timeline=days))
    assert told.index("### 5 May 2031") < told.index("### No day given")
    assert "3 lines that no report dates (1–2, 4)" in told


def test_markdown_a_line_is_cut_only_in_a_table_and_says_so() -> None:
    # Words cut in silence are other words.
    long = "that " + "rain and wind " * 60 + "come"
    a, b = (article(name, f"Ann said {long}.") for name in "ab")
    made = (statement("s", a, "Ann", "said", long), statement("t", b, "Ann", "said", long))
    told = story(
        a,
        b,
        statements=made,
        utterances=(Utterance("u", None, ("s", "t"), "s"),),
        timeline=(TimelineEntry("d", "2031-05-05", "2031-05-05", "2031-05-05", statements=("s",)),),
        coverage=(Coverage("a", ("u",), (), "u", {}, {}, 0),),
    )
    text = render(dossier(told), "md")
    assert re.findall("^> (.*)", text, re.MULTILINE) == [long] * 3
    brief = tables(text)[-1][1][0]
    assert len(brief) < 120
    assert brief.endswith("wind […]")


def test_markdown_tells_which_report_tells_which_line(ferry: Story) -> None:
    told = section(render(dossier(ferry), "md"), "Coverage")
    per_report, by_kind, matrix = tables(told)
    assert per_report[1][:5] == ["Harbour Post", "5 of 6", "0", "1 (6)", "3 Ada Ström"]
    assert by_kind[1:] == [["Harbour Post", "4", "33", "30"], ["Tidings", "0", "15", "18"]]
    assert [row[1:] for row in matrix] == [["Harbour Post", "Tidings"], ["●", "○"], ["●", "○"]]
    assert "● fullest wording · ○ told · ≠ with changed words · ◇ as the outlet’s reading" in told


def test_markdown_of_many_reports_has_a_row_of_signs_for_each_line() -> None:
    # Forty columns: no editor's window holds them.
    texts = [article(f"r{k}", f"Ann said that {'it' if k else 'all'} is dry.") for k in range(14)]
    made = tuple(statement(f"s{k}", a, "Ann", "said", "is dry") for k, a in enumerate(texts))
    telling = (0, 1, 13)
    utterances = (Utterance("u", None, tuple(f"s{k}" for k in telling), "s0"),)
    rows = (Coverage("r0", ("u",), (), "u", {}, {}, 0),)
    text = render(dossier(story(*texts, statements=made, utterances=utterances, coverage=rows)), "md")
    assert tables(text)[-1] == [
        ["Line", "Reports, in the order above"],
        ["1 Speaker not made plain is dry", "●○···········○"],
    ]


def test_markdown_a_quotation_is_held_against_its_source() -> None:
    a = article("a", "Ann said: “We win.”")
    source_text = "We will win."
    check = PrimaryCheck("s", "altered", (ArticleSpan("speech", 0, 11),))
    source = PrimarySource(
        "speech", "speech.txt", text_hash(source_text), source_text, speakers=("p",), checks=(check,)
    )
    made = story(
        a,
        actors=(StoryActor("p", "Ann", "person"),),
        statements=(statement("s", a, "Ann", "said", "“We win.”", speaker="p", kind="direct"),),
        primary=(source,),
    )
    told = section(render(dossier(made), "md"), "Against the source")
    assert "### speech.txt\n\nAnn: 1 altered\n" in told
    assert "**altered** · a · characters 0 to 19\n\n> “We win.”\n\nthe source: “We will win”" in told


def test_markdown_says_how_it_was_made_and_what_it_does_not_promise(ferry: Story) -> None:
    made = dossier(ferry)
    made = msgspec.structs.replace(made, made_by=msgspec.structs.replace(made.made_by, options=("--lang", "*x*")))
    end = render(made, "md").rsplit("---", 1)[1]
    assert "Every line above is a slice of a report" in end
    assert "they err" in end
    assert f"Made by Onrecord 0.1.0, weights {'ab' * 32}, schema onrecord/1. Options: --lang \\*x\\*." in end
    assert [a.sha256 in end for a in ferry.articles] == [True, True]


def test_markdown_numbers_the_stories() -> None:
    text = render(dossier(story(article("a", "A.")), story(article("b", "B."), id="story-2")), "md")
    assert re.findall("^# (.*)", text, re.MULTILINE) == ["The record", "Story 1 of 2", "Story 2 of 2"]


def test_markdown_says_what_is_known_of_people(ferry: Story) -> None:
    told = section(render(dossier(ferry), "md"), "People")
    assert "- **Ada Ström**, chair of the ferry company: 3 statements in 2 reports (1, 3) · speaks for" in told
    assert told.index("**Bo Lind**") < told.index("### On nobody’s name") < told.index("**two people")


def test_markdown_says_which_line_is_less_sure() -> None:
    # A reader who cannot see a guess takes it for a finding.
    a = article("a", "Ann said that it rains. Bo said that it is dry.")
    made = (
        statement("s1", a, "Ann", "said", "that it rains", confidence=0.31),
        statement("s2", a, "Bo", "said", "that it is dry", confidence=0.88),
    )
    told = section(render(dossier(story(a, statements=made)), "md"), "Record")
    assert re.findall("^(“.*)", told, re.MULTILINE) == [
        "“Ann” “said” · indirect · less sure · characters 0 to 22",
        "“Bo” “said” · indirect · characters 24 to 46",
    ]
