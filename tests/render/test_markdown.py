"""The record as Markdown, read back through a parser of CommonMark."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Coverage, Story, TimelineEntry, Utterance
from onrecord.render import render
from onrecord.render.markdown import escape

from .stories import Page, article, dossier, statement, story

markdown_it = pytest.importorskip("markdown_it")


def read(text: str) -> Page:
    return Page(markdown_it.MarkdownIt("commonmark").render(text).replace(" />", ">"))


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
    assert "| b | 0 | 0 | 8 (1–5, 7–9) |" in text


def test_markdown_lines_of_one_report_stand_under_it(ferry: Story) -> None:
    text = render(dossier(ferry), "md")
    alone = text[text.index("## Told by one report") : text.index("## Speakers")]
    assert re.findall("^#+ .*", alone, re.MULTILINE)[1:3] == [
        "### Harbour Post",
        "#### 3. Ada Ström, chair of the ferry company",
    ]
    assert f"- Tidings: {ferry.articles[1].sha256}" in text


def timeline_of(told: Story) -> str:
    text = render(dossier(told), "md")
    return text[text.index("## Timeline") :]


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
