"""A line of the page: its words, its marks, its labels."""

from __future__ import annotations

import re

import msgspec
import pytest

from onrecord.records import ArticleSpan, Difference, Story, StoryActor, Utterance, Variant
from onrecord.render import render
from onrecord.render.html import LIMITS
from onrecord.render.view.lines import SURE

from .stories import Page, article, dossier, span, statement, story


def html(told: Story) -> str:
    return render(dossier(told), "html")


def marked(page: str, role: str) -> list[str]:
    """Return the runs of the record's lines that play a role."""
    lines = page[: page.index('class="texts"')]
    quotes = "".join(re.findall(r"<blockquote.*?</blockquote>", lines, re.DOTALL))
    return re.findall(rf'<span class="(?:[^"]* )?{role}(?: [^"]*)?">([^<]*)', quotes)


def unsure_story(*confidences: float, apart: bool = False) -> Story:
    texts = [article(f"a{i}", "Ann said that it rains.") for i in range(len(confidences))]
    made = tuple(
        statement(f"s{i}", a, "Ann", "said", "that it rains", confidence=c)
        for i, (a, c) in enumerate(zip(texts, confidences, strict=True))
    )
    groups = [(s.id,) for s in made] if apart else [tuple(s.id for s in made)]
    return story(*texts, statements=made, utterances=tuple(Utterance(f"u{g[0]}", None, g, g[0]) for g in groups))


@pytest.mark.parametrize("apart", [True, False])
def test_html_says_which_lines_are_less_sure_and_how_sure_each_is(apart: bool) -> None:
    # A reader who cannot see a guess takes it for a finding.
    page = html(unsure_story(0.31, 0.88, apart=apart))
    label = f'title="confidence 0.31, under {SURE}">less sure</span>'
    assert page.count(">less sure</span>") == page.count(label) == 1
    assert "characters 0 to 22; confidence 0.31" in page
    assert "characters 0 to 22; confidence 0.88" in page
    assert f"less sure: confidence under {SURE}" in page


def test_html_says_nothing_of_less_sure_lines_where_there_are_none() -> None:
    assert "less sure" not in html(unsure_story(SURE, 0.88))
    assert "less sure" not in render(dossier(unsure_story(SURE)), "md")


def test_html_a_report_without_a_title_shows_its_outlet_or_id_and_its_first_words() -> None:
    # Real reports come as bare text: two ids of sixteen digits tell a reader nothing.
    first = (
        "The wall is failing in a way nobody foresaw, engineers have found after a week of looking at it from below."
    )
    page = html(story(article("000_ab", first + "\n\nMore.\n"), article("b", "Short.\n", outlet="Post")))
    reports = page[page.index('<div class="reports">') : page.index("<nav")]
    assert re.findall(r"<bdi>(.*?)</bdi>", reports) == ["000_ab", "Post"]
    opening = re.findall(r'class="opening"[^>]*>(.*?)</p>', reports)
    assert opening[0].startswith("The wall is failing")
    assert re.sub("<.*", "", opening[0]) in first
    assert 'class="elided"' in opening[0]
    assert opening[1] == "Short."


def test_html_reports_of_one_outlet_are_told_apart_at_the_head() -> None:
    page = html(story(article("a", "A.", outlet="Post", title="One"), article("b", "B.", outlet="Post", title="Two")))
    reports = page[page.index('<div class="reports">') : page.index("<nav")]
    assert re.findall(r"<bdi>(.*?)</bdi>", reports) == ["Post (1)", "Post (2)"]


def test_html_of_mixed_words_only_those_in_quotation_marks_are_shown_as_quoted() -> None:
    text = "Ann said that the farmers’ wall ‘won’t stand “another” winter’ and that it’s old.\n"
    a = article("a", text)
    s = statement("s", a, "Ann", "said", text[9:-2], kind="mixed")
    assert marked(html(story(a, statements=(s,))), "quoted") == ["‘won’t stand “another” winter’"]


def test_html_a_quotation_over_several_paragraphs_is_quoted_in_each() -> None:
    text = "Ann said: “It rains.\n\n“It pours,” and left.\n"
    a = article("a", text)
    s = statement("s", a, "Ann", "said:", "“It rains.\n\n“It pours,” and left", kind="mixed")
    page = html(story(a, statements=(s,)))
    assert marked(page, "quoted") == ["“It rains.", "“It pours,”"]
    assert page[: page.index('class="texts"')].count('class="para"') == 1


def test_html_lines_of_a_report_wrapped_by_hand_are_no_paragraphs() -> None:
    text = "Ann said that the wall would not\nstand another winter.\n"
    a = article("a", text)
    page = html(story(a, statements=(statement("s", a, "Ann", "said", text[9:-2]),)))
    assert 'class="para"' not in page
    assert page.count('<p dir="auto">') == 1
    assert Page(page).bodies["0"] == text


def test_html_a_word_that_two_wordings_share_by_chance_does_not_break_a_difference() -> None:
    full, other = "“we will mend the wall before winter,”", "“we should raise the dam before winter,”"
    a, b = article("a", f"{full} Ann said."), article("b", f"{other} Ann said.")
    s, t = statement("s", a, "Ann", "said", full, kind="direct"), statement("t", b, "Ann", "said", other, kind="direct")
    parts = [span(b.text, words) for words in ("should raise", "dam")]
    differences = tuple(Difference("added", ArticleSpan("b", p.start, p.end)) for p in parts)
    u = Utterance("u", None, ("s", "t"), "s", (Variant("t", differences),))
    assert marked(html(story(a, b, statements=(s, t), utterances=(u,))), "differs") == ["should raise the dam"]


def test_html_a_line_without_end_is_cut_visibly_and_whole_in_the_text() -> None:
    text = "Ann said " + "that it rains and " * 200 + "pours."
    a = article("a", text, title="Rain")
    page = html(story(a, statements=(statement("s", a, "Ann", "said", text[9:-1]),)))
    quote = Page(page).quotes[0]
    assert quote in text
    assert len(quote) <= LIMITS["longest_line"]
    assert 'class="elided" role="img"' in page
    assert Page(page).bodies["0"] == text


def test_html_spellings_of_a_name_are_shown_and_parts_of_it_are_not() -> None:
    a = article("a", "Rustam Chalik said that it rains.")
    names = ("Chalik", "Roustam Tchalik", "Tchalik", "Rustam Chalik’s", "the Chalik", "he", "Chalik, who " + "x " * 40)
    actor = StoryActor("p", "Rustam Chalik", "person", aliases=names)
    told = story(
        a, actors=(actor,), statements=(statement("s", a, "Rustam Chalik", "said", "that it rains", speaker="p"),)
    )
    page = html(told)
    speakers = page[page.index('class="people"') : page.index('class="texts"')]
    assert re.findall(r"also (.*?)</p>", speakers) == ["<bdi>Roustam Tchalik</bdi>"]
    assert "**Rustam Chalik**, also Roustam Tchalik:" in render(dossier(told), "md")


def test_html_a_reports_second_line_of_an_utterance_says_so(ferry: Story) -> None:
    u = msgspec.structs.replace(ferry.utterances[1], statements=("s-1", "s-2", "t-1"))
    page = html(msgspec.structs.replace(ferry, utterances=(u, *ferry.utterances[2:]), coverage=()))
    assert page.count('<span class="label">also</span>') == 1


def test_html_many_reports_leave_out_those_with_nothing_of_their_own() -> None:
    # Else one line of one report drowns in ninety-nine headings.
    texts = [article(f"a{i}", "Ann said that it rains.", title=f"T{i}") for i in range(9)]
    made = statement("s", texts[4], "Ann", "said", "that it rains")
    page = html(story(*texts, statements=(made,)))
    singles = page[page.index('class="singles"') : page.index('class="people"')]
    assert re.findall(r"<h4.*?<bdi>(.*?)</bdi>", singles) == ["T4"]
    assert ">none<" not in singles


def test_html_many_reports_in_the_same_words_show_them_once() -> None:
    # Wire copy in ninety reports is one wording, not ninety; each of its places stays one click away.
    texts = [article(f"a{i}", "Ann said that it rains." if i else "Ann said that it pours.") for i in range(9)]
    made = tuple(statement(f"s{i}", a, "Ann", "said", a.text[9:-1]) for i, a in enumerate(texts))
    u = Utterance("u", None, tuple(s.id for s in made), "s1")
    page = html(story(*texts, statements=made, utterances=(u,)))
    record = page[page.index('class="record"') : page.index('class="people"')]
    assert Page(f"<div><section {record[: record.rindex('<section')]}</div>").quotes == [
        texts[1].text[:-1],
        texts[0].text[:-1],
    ]
    assert "7 more reports in the same words</summary>" in record
    read = Page(page)
    for s in made:
        assert s.id in read.ids
        assert f"#{s.id}" in read.hrefs
        assert f"#{s.id}-text" in read.hrefs
