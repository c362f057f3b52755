"""Every span in every output, sliced from its report's text, is what is shown.

This is the promise that nothing may break: a record that shows words no report has, or shows them as somebody else's,
is worse than none. It is tested on news-like texts made to be awkward and, where the corpora are there, on real ones.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from render.stories import Page

from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import Actor, Article, Reading, Span, Statement, StoryActor, StoryArticle, text_hash, to_json
from onrecord.render import render

# -- texts -----------------------------------------------------------------------------------------------------------

NAMES = (
    *("Ann Lee", "Ms. Lee", "Józef Żółć-Nowak", "Seán O’Neil", "Dr. Li", "[Donald] Trump", "Mr. Trump", "Zoë 🛳 Quill"),
    *("Mayor Bo Lind", "President Odile Verany", "Kadrin", "The White House", "the U.N.", "ACME  Inc.", "Ann\xa0Lee"),
    *("he", "she", "they", "It", "I", "two officials who asked not to be named", "A senior official", "the official"),
    *("a spokesman for Mr. Lee", "Lee’s lawyer", "the report", "Ann Lee and Bo Lind", "some", "a number of residents"),
    *("“Ann”", "𝔸𝕟𝕟 𝕃𝕖𝕖", "the ’", "李 Wei"),
)
VERBS = (
    *("said", "says", "denied", "told reporters on Monday", "believes", "declined to comment", "added", "warned"),
    *("appeared to accept", "said,", "wrote:", "said and later repeated", "was quoted as saying", "hopes", "😀 said"),
)
WORDS = (
    *("we will not close the bridge, whatever it costs", "the dam’s walls leaked in the ’90s", "no", "I never met him"),
    *("3.5 million people fled 😀 in May 2031", "‘no’ is no answer", "it is 'time' to go", "she told me “wait” twice"),
    *("that Bo Lind said that it would rain", "I 🛳️", "e\u0301tat", "the talks, the official said, had failed"),
    *("the price rose by 4 percent to $5", "he hoped that they believed that she knew", "[sic] “[t]he plan” fails"),
)
MARKS = (
    *(("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("« ", " »"), ("„", "“"), ("»", "«"), ("``", "''")),
    *(("“", ""), ("", "”"), ('"', ""), ("“‘", "’”"), ("“", '"'), ("❝", "❞"), ("「", "」"), ("(“", "”)")),
)
BREAKS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " ", "  ", "\u2028", "\x85", "\x0b", "\n \t\n", "\n“", "")
ODD = (
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u0301",
    "\xa0",
    "\t",
    "🛳️",
    "𐍈",
    "\xad",
    "\x1b",
    "&amp;",
    "<b>",
    "…",
    "—",
    "[",
    "\\",
    "*",
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence of a report, with somebody's words in it more often than not."""
    name, other, verb, again = (draw(st.sampled_from(x)) for x in (NAMES, NAMES, VERBS, VERBS))
    first, second = (draw(st.sampled_from(WORDS)) for _ in range(2))
    opened, closed = draw(st.sampled_from(MARKS))
    shape = draw(
        st.sampled_from(
            (
                "{o}{first},{c} {name} {verb}.",
                "{name} {verb}: {o}{first}.{c}",
                "{name} {verb} that {first}.",
                "{name} {verb} that {o}{first}{c} and {again} that {second}.",
                "{o}{first},{c} {name} {verb}, {o}{second}.{c}",
                "{o}{first}.\n\n{o}{second},{c} {verb} {name}.",
                "According to {name}, {first}.",
                "{name} {verb} that {other} {again} that {o}{first}{c}.",
                "{name}, the mayor of {other}, {verb} {first}; {second}.",
                "{o}{first}{c}",
                "{first}.",
                "{name} {verb}.",
            )
        )
    )
    return shape.format(name=name, other=other, verb=verb, again=again, first=first, second=second, o=opened, c=closed)


@st.composite
def reports(draw: st.DrawFn) -> str:
    """A short report, then spoilt: odd characters anywhere, and a piece cut out."""
    told = draw(st.lists(st.tuples(sentences(), st.sampled_from(BREAKS)), min_size=1, max_size=6))
    text = "".join(sentence + gap for sentence, gap in told)
    for odd in draw(st.lists(st.sampled_from(ODD), max_size=3)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + odd + text[at:]
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + text[at + draw(st.integers(0, 30)) :]
    return text


# -- what holds ------------------------------------------------------------------------------------------------------


def all_spans(node: object, article: str | None = None) -> Iterator[tuple[str | None, int, int]]:
    """Yield every span of a text anywhere in an output's JSON, with its article where that is said on it or around it.

    Spans of titles are left to :func:`check_titles`.
    """
    if isinstance(node, dict):
        article = node.get("article", node["id"] if "sha256" in node else article)
        if "start" in node and "in" not in node:
            yield article, node["start"], node["end"]
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from all_spans(child, article)


def letters(spans: Sequence[Span | None], text: str) -> set[int]:
    """Return where the letters and figures of some spans stand."""
    return {i for s in spans if s is not None for i in range(s.start, s.end) if text[i].isalnum()}


def folded(words: str) -> str:
    """Return words as names are shown: square brackets left out, every run of white space one space."""
    return " ".join(words.replace("[", "").replace("]", "").split())


def check_reading(reading: Reading, article: Article) -> None:
    text = article.text
    assert (reading.text, reading.sha256) == (text, text_hash(text))
    spans = list(all_spans(json.loads(to_json(reading))))
    assert all(0 <= start < end <= len(text) for _, start, end in spans), spans
    statements, actors = ({x.id: x for x in found} for found in (reading.statements, reading.actors))
    assert len(statements) == len(reading.statements), "two statements have one id"
    assert len(actors) == len(reading.actors), "two actors have one id"
    for statement in reading.statements:
        check_statement(statement, text, actors)
        for found, indices in ((reading.times, statement.times), (reading.quantities, statement.quantities)):
            told = [Span(found[i].start, found[i].end) for i in indices]
            assert all(any(span in piece for piece in statement.content) for span in told), "not what is told"
        check_nesting(statement, statements)
    check_titles(reading, set(actors))
    for found in (reading.times, reading.quantities, reading.periods, reading.passages):
        assert all(a.end <= b.start for a, b in pairwise(found)), "times, quantities or passages overlap"
    for bound in reading.periods:
        assert all(bound.start <= reading.times[i].start and reading.times[i].end <= bound.end for i in bound.times)
    for passage in reading.passages:
        assert passage.start <= reading.times[passage.time].start < passage.end
        assert set(passage.actors) <= set(actors)
    for actor in reading.actors:
        assert list(actor.mentions) == sorted(set(actor.mentions))
        check_names(actor, [span.of(text) for span in actor.mentions])
        assert all(role.text == role.span.of(text) for role in actor.roles)
        assert all(link.actor in actors for link in actor.speaks_for)


def check_titles(article: Reading | StoryArticle, speakers: set[str]) -> None:
    """Hold the statements of a title against the title, and their speakers against those there are."""
    assert len({s.id for s in article.title_statements}) == len(article.title_statements)
    for told in article.title_statements:
        for span in (told.source, told.cue, *told.content, *told.hedges):
            assert span is None or 0 <= span.start < span.end <= len(article.title or "")
        assert told.speaker is None or told.speaker in speakers


def check_statement(statement: Statement, text: str, actors: dict[str, Actor]) -> None:
    pieces = statement.content
    assert all(a.end <= b.start for a, b in pairwise(pieces)), "pieces of content overlap or are out of order"
    assert pieces or statement.stance == "no_comment", "nothing is said"
    parts = [letters([statement.source], text), letters([statement.cue], text), letters(pieces, text)]
    assert len(set().union(*parts)) == sum(map(len, parts)), "the outlet's words are shown as the speaker's"
    assert statement.speaker is None or statement.speaker in actors
    kind = actors[statement.speaker].kind if statement.speaker else None
    assert statement.anonymous == (kind == "unnamed")
    assert 0 <= statement.confidence <= 1


def check_nesting(statement: Statement, statements: dict[str, Statement]) -> None:
    around, inner = [statement.id], statement
    while inner.parent is not None:
        outer = statements[inner.parent]
        assert outer.id not in around, "a statement is nested in itself"
        anchor = inner.cue or inner.source
        assert anchor is not None
        assert any(anchor in piece for piece in outer.content), "nested, but not in what the other says"
        around.append(outer.id)
        inner = outer


def check_names(actor: Actor | StoryActor, mentions: list[str]) -> None:
    # A name is what one of the actor's mentions says, or a part of it: "official" of "the official who left".
    called = {folded(words) for words in mentions}
    for name in (actor.name, *actor.aliases):
        assert folded(name)
        assert any(folded(name) in words for words in called), (name, called)
    assert actor.name not in actor.aliases
    assert len(set(actor.aliases)) == len(actor.aliases)


def check_record(readings: list[Reading]) -> None:
    """Hold the dossier of some readings, and all its forms, against the readings' texts."""
    dossier = reconcile(readings)
    texts = {r.id: r.text for r in readings}
    page = render(dossier, "json")
    decoded = json.loads(page)
    assert msgspec.json.decode(page, type=type(dossier)) == dossier
    for article, start, end in all_spans(decoded):
        assert article is not None
        assert 0 <= start < end <= len(texts[article])
    (story,) = dossier.stories
    assert {a.id: a.text for a in story.articles} == texts
    for told in story.articles:
        check_titles(told, {a.id for a in story.actors})
    for kind in (story.statements, story.actors, story.utterances):
        assert len({x.id for x in kind}) == len(kind)
    assert {s.id: (s.article, s.source, s.cue, s.content) for s in story.statements} == {
        s.id: (r.id, s.source, s.cue, s.content) for r in readings for s in r.statements
    }
    assert {s for u in story.utterances for s in u.statements} == {s.id for s in story.statements}
    for actor in story.actors:
        check_names(actor, [texts[m.article][m.start : m.end] for m in actor.mentions])
        assert all(r.text == texts[r.span.article][r.span.start : r.span.end] for r in actor.roles)
    check_page(render(dossier, "html"), [a.text for a in story.articles])
    check_markdown(render(dossier, "md"), list(texts.values()))


CUT = "\ue000"
# Markdown gives control characters as references, and the parser that is used here takes those for U+FFFD.
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


def check_page(html: str, texts: list[str]) -> None:
    assert CUT not in html
    read = Page(html.replace('<span class="elided" role="img" aria-label="text left out"></span>', CUT))
    assert [read.bodies[str(i)] for i in range(len(texts))] == texts
    for quote in read.quotes:
        assert all(any(piece in text for text in texts) for piece in quote.split(CUT)), quote


def check_markdown(text: str, texts: list[str]) -> None:
    markdown_it = pytest.importorskip("markdown_it")
    squeezed = [" ".join(CONTROL.sub("\ufffd", t).split()) for t in texts]
    for quote in Page(markdown_it.MarkdownIt("commonmark").render(text).replace(" />", ">")).quotes:
        pieces = " ".join(quote.split()).split(" […] ")
        assert all(any(piece in t for t in squeezed) for piece in pieces), quote


# -- on texts made to be awkward -------------------------------------------------------------------------------------

AWKWARD = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@AWKWARD
@given(text=reports())
def test_spans_of_a_reading_are_slices(reader: Reader, make_article: Callable[..., Article], text: str) -> None:
    article = make_article(text)
    check_reading(reader.read(article), article)


@AWKWARD
@given(text=reports())
def test_spans_of_a_text_in_no_known_language_are_slices(
    reader: Reader, make_article: Callable[..., Article], text: str
) -> None:
    article = make_article("Дом. " * 400 + text)
    check_reading(reader.read(article), article)


@settings(AWKWARD, max_examples=30)
@given(texts=st.lists(reports().filter(str.strip), min_size=1, max_size=3, unique=True))
def test_spans_of_a_record_are_slices_in_every_form(
    reader: Reader, make_article: Callable[..., Article], texts: list[str]
) -> None:
    check_record([reader.read(make_article(text, f"r{i}")) for i, text in enumerate(texts)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "“",
        "😀" * 300,
        "A friend said that she was unhappy and told reporters that she would leave.",
        "“We will not close the bridge, whatever it costs,” the ’ said.",
        "“" * 500 + "Ann Lee said so.",
        "Ann Lee said: " * 200,
        "Ann Lee said that Bo Lind said that " * 40 + "it rains.",
    ],
    ids=["empty", "break", "mark", "astral", "shared source", "nameless", "marks", "repeated", "deep"],
)
def test_spans_of_strange_texts_are_slices(reader: Reader, make_article: Callable[..., Article], text: str) -> None:
    article = make_article(text)
    check_reading(reader.read(article), article)


# -- on stories ------------------------------------------------------------------------------------------------------


def test_spans_of_the_example_are_slices(reader: Reader, story: list[Article]) -> None:
    readings = [reader.read(article) for article in story]
    for reading, article in zip(readings, story, strict=True):
        check_reading(reading, article)
    check_record(readings)


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Article]:
    """Twelve articles of the development part of PolNeAR."""
    with gzip.open(shared / "data" / "attribution" / "polnear_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows: list[dict[str, Any]] = [json.loads(line) for line in file]
    chosen = random.Random(7).sample(rows, 12)
    return [Article(id=r["id"], text=r["text"], sha256=text_hash(r["text"])) for r in chosen]


def test_spans_of_real_reports_are_slices(reader: Reader, real: list[Article]) -> None:
    readings = [reader.read(article) for article in real]
    for reading, article in zip(readings, real, strict=True):
        check_reading(reading, article)
    for i in range(0, len(readings), 4):
        check_record(readings[i : i + 4])
