"""Slices and whole reports as markup, escaped here and nowhere else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup, escape

from onrecord.records import Span
from onrecord.render import interface
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.lines import statement_marks
from onrecord.render.view.slices import Run, cut_at_marks
from onrecord.render.view.story import StoryView


def _text(text: str) -> str:
    """Escape; a carriage return as a reference, since a page's parser would turn it into a line end."""
    return str(escape(text)).replace("\r", "&#13;")


def _span(text: str, classes: Iterable[str], attributes: str = "") -> str:
    names = " ".join(classes)
    if not names and not attributes:
        return _text(text)
    named = f' class="{names}"' if names else ""
    return f"<span{named}{attributes}>{_text(text)}</span>"


def _elided() -> str:
    return f'<span class="elided" role="img" aria-label="{escape(interface.text("legend.elided"))}"></span>'


def words_html(runs: Iterable[Run], hedged: bool = False, differs: bool = True, paragraphs: bool = True) -> Markup:
    """Return the runs of an excerpt; with ``paragraphs`` a sign that is no text stands where one of the report's begins
    in it.
    """
    out = []
    for run in runs:
        if run.elided:
            out.append(_elided())
            continue
        if run.begins and paragraphs:
            out.append('<span class="para" aria-hidden="true"></span>')
        classes = sorted(run.roles if differs else run.roles - {"differs", "changed"})
        if hedged:
            classes = ["reading" if c == "content" else c for c in classes if c != "quoted"]
        out.append(_span(run.text, classes))
    return Markup("".join(out))  # every piece is escaped by _text


def body_html(story: StoryView, article: ArticleView, excerpts: bool = False) -> Markup:
    """Return an article's text in paragraphs, with every statement and passage marked.

    Spans may overlap as they like: the text is cut at every boundary. Without its tags the result is the text,
    character by character; the numbers that lead back to the record are attributes, which the style shows. With
    ``excerpts`` only the sentences that hold a mark are there, with a sign where text is left out.
    """
    text = article.record.text
    marks: list[tuple[int, int, tuple[int | None, str]]] = []
    anchors: dict[int, list[str]] = defaultdict(list)
    back: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for s in story.record.statements:
        if s.article != article.record.id:
            continue
        line = story.line[s.id]
        for start, end, role in statement_marks(s, article):
            if role in ("content", "quoted"):
                if line.hedged:
                    role = "reading" if role == "content" else ""  # noqa: PLW2901
                elif s.act == "attitude":
                    role = "attitude" if role == "content" else ""  # noqa: PLW2901
            if role:
                marks.append((start, end, (line.ordinal, role)))
        if line.start < line.end:
            anchors[line.start].append(line.place)
            last = max((span.end for span in s.content if span.start < span.end), default=line.end)
            back[last].append((story.utterance_of[s.id].number, line.anchor))
    for passage in story.passages:
        if passage.article is article and passage.start < passage.end:
            marks.append((passage.start, passage.end, (None, "passage")))
            anchors[passage.start].append(passage.anchor)
    starts = set(article.paragraph_starts)
    shown = article.sentences_of(Span(a, b) for a, b, _ in marks if a < b) if excerpts else [Span(0, len(text))]
    edges = {edge for span in shown for edge in (span.start, span.end)}
    out: list[str] = []
    gap = False
    for start, end, active in cut_at_marks(0, len(text), marks, starts | edges):
        if start in starts:
            out.append('</p>\n<p dir="auto">' if start else '<p dir="auto">')
        if start == end:
            continue
        if not any(span.start <= start < span.end for span in shown):
            gap = gap or bool(text[start:end].strip())
            continue
        if gap:
            out.append(_elided())
            gap = False
        out.append(_segment(text[start:end], active, anchors.get(start, [])))
        out.extend(_reference(number, anchor) for number, anchor in sorted(back.get(end, ())))
    if gap:
        out.append(_elided())
    out.append("</p>" if starts else "")
    return Markup("".join(out).replace('<p dir="auto"></p>\n', ""))  # every piece is escaped by _text


def _segment(text: str, active: tuple[tuple[int | None, str], ...], anchors: list[str]) -> str:
    ids = "".join(f'<span id="{anchor}"></span>' for anchor in anchors[1:])
    classes = sorted({role for _, role in active})
    if sum(role in ("content", "reading", "attitude") for _, role in active) > 1:
        classes.append("nested")
    attributes = f' id="{anchors[0]}"' if anchors else ""
    numbers = " ".join(map(str, dict.fromkeys(n for n, _ in active if n is not None)))
    if numbers:
        attributes += f' data-s="{numbers}"'
    return ids + _span(text, classes, attributes)


def _reference(number: int, anchor: str) -> str:
    label = _text(interface.text("texts.back", number=number))
    return f'<a class="back" href="#{anchor}" data-n="{number}" aria-label="{label}"></a>'


def language(code: str | None) -> Markup:
    """Return a ``lang`` attribute where ``code`` is a language other than the page's, else nothing."""
    if code and code.lower() != "en" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
        return Markup(' lang="{}"').format(code)
    return Markup()
