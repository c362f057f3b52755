"""The page: what a reader would lose is said at each test."""

from __future__ import annotations

import hashlib
import re
import time
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import OnrecordError
from onrecord.records import (
    ArticleSpan,
    Conflict,
    Coverage,
    Difference,
    Reason,
    Span,
    Story,
    StoryActor,
    StoryStatement,
    TimelineEntry,
    Utterance,
    Variant,
)
from onrecord.render import render

from .stories import Page, article, dossier, many_reports, span, statement, story


def page(*stories: Story) -> Page:
    return Page(render(dossier(*stories), "html"))


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_html_bodies_are_the_articles_texts_to_the_character(ferry: Story) -> None:
    # Otherwise a reader who checks a line against the page checks it against something else.
    bodies = page(ferry).bodies
    assert [bodies[str(i)] for i in range(2)] == [a.text for a in ferry.articles]


def test_html_every_quotation_is_made_of_slices(ferry: Story) -> None:
    # Otherwise a sentence of our own could stand as somebody's words.
    titles = [a.title for a in ferry.articles if a.title]
    read = page(ferry)
    assert len(read.quotes) > 20
    for quote in read.quotes:
        assert any(quote in text for text in [*(a.text for a in ferry.articles), *titles]), quote
    assert "Every line above is a slice of a report" in squeeze(" ".join(read.text))


def test_html_ids_are_unique_and_every_link_within_the_page_leads_somewhere(ferry: Story) -> None:
    read = page(ferry, msgspec.structs.replace(ferry, id="story-2"))
    assert len(read.ids) == len(set(read.ids))
    within = [href[1:] for href in read.hrefs if href.startswith("#")]
    assert set(within) <= set(read.ids)
    # Each statement: a line, a place in its report, and a way back.
    assert {"s-1", "s-1-text", "u-1"} <= set(within) | set(read.ids)
    assert within.count("s-1-text") >= 1
    assert within.count("s-1") >= 1


def test_html_loads_nothing_and_links_only_to_the_reports_addresses(ferry: Story) -> None:
    # A page about a sensitive story must not tell anyone that it was opened.
    html = render(dossier(ferry), "html")
    read = Page(html)
    assert read.sources == []
    outside = [href for href in read.hrefs if not href.startswith("#")]
    assert outside == ["data:,", "https://harbour.example/night?a=1&b=2"]
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html.replace("&#39;", "'")


def test_html_an_address_that_is_not_of_the_web_is_shown_and_not_linked(ferry: Story) -> None:
    read = page(ferry)
    assert "javascript:alert(1)" in read.text
    assert not [href for href in read.hrefs if href.startswith("javascript")]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " https://a.example",
        "https://",
        "data:text/html,x",
        "https://a b",
        "//a.example",
        'http://a"b',
    ],
)
def test_html_a_strange_address_is_never_a_link(url: str) -> None:
    assert page(story(article("a", "Text.", url=url))).hrefs[1:] == [
        "#main",
        "#report-a",
        "#record",
        "#texts",
        "#report-a",
    ]


def test_html_text_from_outside_is_data(ferry: Story) -> None:
    nasty = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    a = article(
        nasty,
        nasty,
        outlet=nasty,
        title=nasty,
        byline=nasty,
        published=nasty,
        language=nasty,
        url=nasty,
        notes=(nasty,),
    )
    s = statement("s" + nasty, a, None, None, nasty, speaker="p" + nasty)
    whole = ArticleSpan(nasty, 0, len(nasty))
    hostile = story(
        a,
        id=nasty,
        actors=(StoryActor("p" + nasty, nasty, "person"),),
        statements=(s,),
        utterances=(Utterance("u" + nasty, s.speaker, (s.id,), s.id),),
        conflicts=(Conflict("c" + nasty, "denial", (s.id,), (s.id,), about=nasty, why=(Reason("denial", whole),)),),
        coverage=(Coverage(nasty, ("u" + nasty,), (), None, {nasty: 3}, {nasty: 3}, 0),),
    )
    html = render(dossier(hostile), "html")
    assert html.count("<script") == 1
    assert "<img" not in html
    assert "49" not in Page(html).bodies["0"]
    read = Page(html)
    assert read.bodies["0"] == nasty
    assert len(read.ids) == len(set(read.ids))


def test_html_a_reading_by_the_outlet_is_never_shown_as_the_speakers_words(ferry: Story) -> None:
    html = render(dossier(ferry), "html")
    line = re.search(r'<div class="line is-reading" id="s-5".*?</blockquote>', html, re.DOTALL)
    assert line is not None
    assert 'class="content' not in line[0]
    assert "quoted" not in line[0]
    assert "the outlet’s reading" in re.sub(r"\s+", " ", html[html.index('id="u-5"') : html.index('id="s-5"')])


def test_html_excerpts_hold_only_the_sentences_that_the_record_refers_to() -> None:
    # Who publishes a record may not publish the reports.
    text = "A long night ends. Ann said that it rains.\n\nNobody came.\n\nIt was cold. “It pours,” she said. Bye.\n"
    a = article("a", text, title="Rain")
    s = (
        statement("s", a, "Ann", "said", "that it rains"),
        statement("t", a, "she", "said", "“It pours,”", kind="direct"),
    )
    html = render(dossier(story(a, statements=s)), "html", excerpts=True)
    shown = " ".join(Page(html).bodies["0"].split())
    assert shown == "Ann said that it rains.“It pours,” she said."
    for hidden in ("A long night", "Nobody came", "It was cold", "Bye"):
        assert hidden not in html
    assert html[html.index('class="prose"') :].count('class="elided"') == 3
    assert "Only the sentences" in html
    assert hashlib.sha256(text.encode()).hexdigest() in html


@pytest.mark.parametrize("form", ["json", "md"])
def test_html_excerpts_of_another_format_are_refused(ferry: Story, form: str) -> None:
    with pytest.raises(OnrecordError, match="excerpts are of a page"):
        render(dossier(ferry), form, excerpts=True)  # type: ignore[arg-type]


def test_html_says_with_which_options_it_was_made(ferry: Story) -> None:
    made = msgspec.structs.replace(dossier(ferry).made_by, options=("--min-confidence 0.5", "--actors <people>.csv"))
    html = render(msgspec.structs.replace(dossier(ferry), made_by=made), "html")
    assert "--min-confidence 0.5 --actors &lt;people&gt;.csv" in html
    assert "Options:" not in render(dossier(ferry), "html")


def test_html_tells_the_story_in_figures_and_no_more(ferry: Story) -> None:
    html = render(dossier(ferry), "html")
    head = squeeze(re.sub("<[^>]+>", " ", html[html.index('<dl class="figures"') : html.index("</dl>")]))
    for fact in (
        "2 reports from 2 outlets",
        "8 statements",
        "6 lines",
        "2 lines told by several",
        "4 speakers",
        "2 conflicts",
    ):
        assert fact in head, (fact, head)


def test_html_a_position_leads_to_its_evidence(ferry: Story) -> None:
    html = render(dossier(ferry), "html")
    read = Page(html)
    targets = re.findall(r'popovertarget="([^"]+)">', html)
    assert len(set(targets)) == len(ferry.positions)
    assert set(targets) <= set(read.ids)
    assert "night boat" in read.marked["evidence"]
    assert "accept the cut & asked for a smaller boat" in read.marked["evidence"]
    heads = re.findall(r'<p class="evidence-head">(.*?)<button', html, re.DOTALL)
    assert [("without naming it" in head, "second-hand" in head) for head in heads] == [(True, False), (False, True)]


def test_html_the_matrix_says_how_each_report_tells_a_line(ferry: Story) -> None:
    html = render(dossier(ferry), "html")
    table = html[html.index('class="matrix told"') :]
    table = table[: table.index("</table>")]
    assert re.findall(r'aria-label="([^"]*)"', table) == ["fullest wording", "told", "fullest wording", "told"]


def test_html_the_timeline_is_drawn_with_days_ahead_apart() -> None:
    text = "On May 5 Ann said that it rains. On May 7 Bob said that it pours. The boat leaves on May 9."
    a = article("a", text)
    s = (
        statement("s", a, "Ann", "said", "that it rains", speaker="p"),
        statement("t", a, "Bob", "said", "that it pours", speaker="q"),
    )
    days = [f"2031-05-0{n}" for n in (5, 7, 9)]
    boat = span(text, "The boat leaves on May 9.")
    entries = (
        TimelineEntry("e", days[0], days[0], days[0], statements=("s",)),
        TimelineEntry("f", days[1], days[1], days[1], statements=("t",)),
        TimelineEntry("g", days[2], days[2], days[2], "event", (), (ArticleSpan("a", boat.start, boat.end),), True),
        TimelineEntry("h", "XXXX-XX-XX", statements=("s",)),
        TimelineEntry("i", "XXXX-XX-XX", statements=("t",)),
    )
    actors = (StoryActor("p", "Ann", "person"), StoryActor("q", "Bob", "person"))
    html = render(dossier(story(a, actors=actors, statements=s, timeline=entries)), "html")
    drawing = html[html.index('<svg class="drawing"') : html.index("</svg>", html.index('<svg class="drawing"'))]
    assert re.findall(r"<title>([^<]*)</title></text></a>", drawing) == ["5 May 2031", "7 May 2031", "9 May 2031"]
    assert re.findall(r'<g class="[^"]*"><title>([^<]*)', drawing) == [
        "Ann, 5 May 2031: 1",
        "Bob, 7 May 2031: 1",
        "the reports’ own words, 9 May 2031: 1",
    ]
    later = html[html.index("</svg>", html.index('<svg class="drawing"')) :]
    assert later.index("7 May 2031") < later.index(">Ahead<") < later.index("9 May 2031")
    # What nobody dates is told once, by its numbers, however many entries hold it.
    assert later.count("2 lines that no report dates:") == 1


def test_html_who_is_not_named_stands_apart(ferry: Story) -> None:
    text = squeeze(" ".join(page(ferry).text))
    unnamed = text[text.index("On nobody’s name") :]
    assert "two people who were in the room" in unnamed
    assert "Speaker not made plain" in unnamed


def test_html_labels_what_kind_of_words_they_are(ferry: Story) -> None:
    text = squeeze(" ".join(page(ferry).text))
    for label in (
        "2 of 2 reports",
        "direct words",
        "denies",
        "anonymous",
        "attitude, credited without a saying",
        "said 5 May 2031",
        "fullest",
    ):
        assert label in text, label


def test_html_a_conflict_says_why_in_words_that_lead_to_the_text(ferry: Story) -> None:
    read = page(ferry)
    html = render(dossier(ferry), "html")
    why = html[html.index('class="why"') :]
    assert "<q><bdi>denied</bdi></q>" in why[: why.index("</ul>")]
    target = re.search(r'href="#([^"]+)"', why)
    assert target is not None
    assert target[1] in read.ids


def test_html_many_on_one_side_of_a_conflict_fold_away(ferry: Story) -> None:
    everything = tuple(s.id for s in ferry.statements)
    c = Conflict("c", "position", everything[:1], everything[1:])
    html = render(dossier(msgspec.structs.replace(ferry, conflicts=(c,))), "html")
    assert "more on this side</summary>" in html


def test_html_a_position_taken_after_another_says_when(ferry: Story) -> None:
    one, other = ferry.positions
    moved = (
        msgspec.structs.replace(one, from_="2031-05-05", to="2031-05-05"),
        msgspec.structs.replace(one, stance="for", statements=other.statements, from_="2031-05-06", to="2031-05-06"),
    )
    text = squeeze(" ".join(page(msgspec.structs.replace(ferry, positions=moved)).text))
    assert "5 May 2031" in text[text.index("Positions night") if "Positions night" in text else 0 :]
    assert "6 May 2031" in text


def test_html_words_about_a_conflict_are_shown_only_where_a_report_has_them(ferry: Story) -> None:
    read = page(ferry)
    assert "the town" in read.marked["about"]
    assert "Words that no report has" not in " ".join(read.text)


def test_html_sections_without_anything_are_left_out() -> None:
    a = article("a", "Nothing was said.\n")
    text = " ".join(page(story(a)).text)
    for heading in (
        "Conflicts",
        "Positions",
        "Sticking points",
        "Conditions",
        "Timeline",
        "Coverage",
        "Speakers",
        "Told by",
    ):
        assert heading not in text
    assert "0 statements found" in text


def test_html_an_empty_dossier_and_an_empty_article_are_pages() -> None:
    assert "No stories" in render(dossier(), "html")
    assert page(story(article("a", ""))).bodies == {"0": ""}
    assert page(story()).bodies == {}


def test_html_headings_follow_in_order(ferry: Story) -> None:
    # A screen reader goes by them.
    for stories in ((ferry,), (ferry, msgspec.structs.replace(ferry, id="2"))):
        levels = page(*stories).headings
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels)), levels


def test_html_is_the_same_for_the_same_dossier(ferry: Story) -> None:
    assert render(dossier(ferry), "html") == render(dossier(ferry), "html")


def test_html_a_statement_within_another_and_one_across_it_are_all_marked() -> None:
    text = "Ann said Bob told her “the boat 🛳 is late” and went on.\nThe end.\n"
    a = article("a", text)
    s = (
        statement("s-1", a, "Ann", "said", "Bob told her “the boat 🛳 is late”", speaker="p"),
        statement("s-2", a, "Bob", "told", "“the boat 🛳 is late”", speaker="p", kind="direct", parent="s-1"),
        statement("s-3", a, None, None, "late” and went on.\nThe", speaker="p"),
    )
    html = render(dossier(story(a, actors=(StoryActor("p", "P", "person"),), statements=s)), "html")
    read = Page(html)
    assert read.bodies["0"] == text
    assert {"s-1-text", "s-2-text", "s-3-text"} <= set(read.ids)
    marked = dict(re.findall(r'<span class="([^"]*)"[^>]*data-s="0 1 2">([^<]*)', html))
    assert list(marked.values()) == ["late”"]
    assert "within another statement" in " ".join(read.text)


def test_html_long_gaps_are_left_out_visibly_and_short_ones_kept() -> None:
    long, short = "x " * 200, "y " * 20
    text = f"Ann {short}said {long}that it rains."
    a = article("a", text, title="Rain")
    s = statement("s", a, "Ann", "said", "that it rains")
    html = render(dossier(story(a, statements=(s,))), "html")
    assert Page(html).quotes[:2] == [f"Ann {short}said", "that it rains"]
    assert html.count('class="elided" role="img" aria-label="text left out"') == 1


def test_html_a_story_whose_spans_leave_their_article_is_refused(ferry: Story) -> None:
    a = article("a", "Short.")
    s = msgspec.structs.replace(statement("s", a, None, None, "Short"), content=(Span(0, 99),))
    with pytest.raises(OnrecordError, match="a: characters 0 to 99 lie outside"):
        render(dossier(story(a, statements=(s,))), "html")


@pytest.mark.parametrize("form", ["html", "json", "md"])
def test_html_a_text_that_was_changed_is_refused(ferry: Story, form: str) -> None:
    # The promise is that what is shown is what the report had.
    changed = msgspec.structs.replace(ferry.articles[0], text=ferry.articles[0].text.replace("lose", "make"))
    with pytest.raises(OnrecordError, match="sha256"):
        render(dossier(msgspec.structs.replace(ferry, articles=(changed, ferry.articles[1]))), form)  # type: ignore[arg-type]


def test_html_an_id_that_nothing_has_is_refused(ferry: Story) -> None:
    lost = msgspec.structs.replace(ferry, utterances=(Utterance("u", None, ("s-9",), "s-9"),))
    with pytest.raises(OnrecordError, match="no statement s-9"):
        render(dossier(lost), "html")


def test_html_statements_that_no_utterance_has_are_shown_all_the_same(ferry: Story) -> None:
    assert "s-1" in page(msgspec.structs.replace(ferry, utterances=(), coverage=())).ids


def test_html_one_statement_in_two_utterances_keeps_its_ids_apart(ferry: Story) -> None:
    twice = (*ferry.utterances, Utterance("u-7", "p-ada", ("s-1", "t-1"), "s-1"))
    read = page(msgspec.structs.replace(ferry, utterances=twice))
    assert len(read.ids) == len(set(read.ids))


def test_html_a_conflict_between_two_tellings_of_one_utterance_shows_both(ferry: Story) -> None:
    # "reject his visit" against "reject his message": the fullest on both sides would hide the conflict.
    c = Conflict("c", "contradiction", ("s-4",), ("t-2",))
    html = render(dossier(msgspec.structs.replace(ferry, conflicts=(c,))), "html")
    section = Page(
        "<div>"
        + html[html.index('<div class="sides">') : html.index("</article>", html.index('<div class="sides">'))]
        + "</div>"
    )
    assert section.quotes == ["that the town had been warned", "the town was never warned"]


@pytest.mark.parametrize(("statement", "cue"), [("s-4", "denied"), ("s-2", None)])
def test_html_words_told_again_stand_with_the_crediting_words_unless_direct(
    ferry: Story, statement: str, cue: str | None
) -> None:
    c = Conflict("c", "contradiction", (statement,), ("s-3",))
    html = render(dossier(msgspec.structs.replace(ferry, conflicts=(c,))), "html")
    side = html[html.index('<div class="side">') :].partition("<blockquote")[0]
    assert (f'<bdi class="cue">{cue}</bdi>' in side) if cue else ("cue" not in side)


def test_html_a_hundred_reports_with_forty_statements_each_take_seconds() -> None:
    huge = dossier(many_reports(100, 40))
    began = time.process_time()
    html = render(huge, "html")
    assert (
        time.process_time() - began < 20
    )  # about 3 seconds on one core of 2024; what grows with the square takes minutes
    assert len(html) < 30_000_000
    read = Page(html)
    assert len(read.ids) == len(set(read.ids))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_html_no_set_of_spans_loses_or_doubles_a_character(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab “”\"'‘’<&>\n\r\t🛳é\u0301\u202eא"), max_size=80))
    place = st.integers(0, len(text))
    spans = st.tuples(place, place).map(lambda p: Span(min(p), max(p)))
    a = article("a", text)
    made = tuple(
        StoryStatement(
            id=f"s{i}",
            act=data.draw(st.sampled_from(["speech", "attitude"])),
            kind=data.draw(st.sampled_from(["direct", "indirect", "mixed"])),
            stance="asserts",
            anonymous=False,
            source=data.draw(st.none() | spans),
            cue=data.draw(st.none() | spans),
            content=tuple(data.draw(st.lists(spans, max_size=3))),
            hedges=tuple(data.draw(st.lists(spans, max_size=1))),
            article="a",
        )
        for i in range(data.draw(st.integers(0, 5)))
    )
    differences = tuple(
        Difference("added", ArticleSpan("a", s.start, s.end)) for s in data.draw(st.lists(spans, max_size=2))
    )
    passages = tuple(ArticleSpan("a", s.start, s.end) for s in data.draw(st.lists(spans, max_size=2)))
    told = story(
        a,
        statements=made,
        utterances=(Utterance("u", None, tuple(s.id for s in made), made[0].id, (Variant(made[0].id, differences),)),)
        if made
        else (),
        conflicts=(Conflict("c", "figures", (), (), passages, passages),),
    )
    read = page(told)
    assert read.bodies["0"] == text
    assert len(read.ids) == len(set(read.ids))
    assert {href[1:] for href in read.hrefs if href.startswith("#")} <= set(read.ids)
    assert all(quote in text for quote in read.quotes)
    cut = Page(render(dossier(told), "html", excerpts=True))
    assert {href[1:] for href in cut.hrefs if href.startswith("#")} <= set(cut.ids)
    render(dossier(told), "md")


def test_html_of_ten_reports_stays_under_a_megabyte() -> None:
    # It is sent by mail.
    html = render(dossier(many_reports(10, 40)), "html")
    assert len(html.encode()) < 1_000_000
