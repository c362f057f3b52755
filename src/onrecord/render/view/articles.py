"""The reports of a story, and passages of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.read.segments import Segments
from onrecord.records import ArticleSpan, Span, Story, StoryArticle
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.slices import Run, cut_at_marks, shorten

# Characters of a report's first words that stand where it has no title: two lines of a column.
LONGEST_OPENING = 100


@dataclass(frozen=True, eq=False)
class ArticleView:
    """A report with what it is called here: its outlet, else its title, else its id; numbered where two share that."""

    index: int
    record: StoryArticle
    name: str
    anchor: str
    statements: int

    @property
    def heading(self) -> str:
        """The report's title, else what it is called here."""
        return self.record.title or self.name

    @cached_property
    def title(self) -> tuple[Run, ...]:
        """The title whole, with the parts that its words play in what it claims was said; empty without a title."""
        title = self.record.title or ""
        told = [s for s in self.record.title_statements if s.act == "speech"]
        parts = [(span, role) for s in told for span, role in ((s.source, "source"), (s.cue, "cue")) if span]
        parts += [(span, "content") for s in told for span in s.content]
        marks = [(span.start, span.end, role) for span, role in parts]
        return tuple(Run(title[a:b], frozenset(roles)) for a, b, roles in cut_at_marks(0, len(title), marks))

    @property
    def credited_in_title(self) -> tuple[str, ...]:
        """Whom the title credits with words, as it calls them."""
        spans = (s.source for s in self.record.title_statements if s.act == "speech")
        return tuple(dict.fromkeys((self.record.title or "")[x.start : x.end] for x in spans if x))

    @cached_property
    def opening(self) -> tuple[Run, ...]:
        """The report's first words, for where a title would tell it from others."""
        first = next(iter(self._segments.paragraphs), None)
        return shorten([Run(first.of(self.record.text))], LONGEST_OPENING) if first else ()

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Where the paragraphs start. White space after a paragraph, and before the first, belongs to it."""
        starts = [p.start for p in self._segments.paragraphs]
        return [0, *starts[1:]] if self.record.text else []

    def sentences_of(self, spans: Iterable[Span]) -> list[Span]:
        """Return the sentences that the spans touch, in order; those that only white space parts are joined."""
        text, sentences = self.record.text, self._segments.sentences
        found: list[Span] = []
        for span in sorted(spans):
            start, end = span.start, span.end
            if sentences:
                first = sentences[self._segments.sentence_at(start)]
                last = sentences[self._segments.sentence_at(end - 1)]
                start = min(start, first.start) if start < first.end else start
                end = max(end, last.end) if end > last.start else end
            if found and not text[found[-1].end : start].strip():
                found[-1] = Span(found[-1].start, max(found[-1].end, end))
            else:
                found.append(Span(start, end))
        return found

    def quoted(self, span: Span) -> list[Span]:
        """Return the parts of ``span`` that stand in quotation marks, marks included."""
        pieces = self._segments.quoted_over(span)
        return [Span(max(p.start, span.start), min(p.end, span.end)) for p in pieces]

    @cached_property
    def _segments(self) -> Segments:
        return Segments(self.record.text)


def article_views(story: Story, anchors: Anchors) -> tuple[ArticleView, ...]:
    """Return the story's reports in its order."""
    statements = Counter(s.article for s in story.statements)
    names = _names(story.articles)
    return tuple(
        ArticleView(i, a, names[i], anchors.make(f"report-{a.id}"), statements[a.id])
        for i, a in enumerate(story.articles)
    )


def _names(articles: Sequence[StoryArticle]) -> list[str]:
    names = [a.outlet or a.title or a.id for a in articles]
    total, seen = Counter(names), Counter[str]()
    for i, name in enumerate(names):
        if total[name] > 1:
            seen[name] += 1
            names[i] = f"{name} ({seen[name]})"
    return names


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a report that nobody is credited with."""

    text: str
    article: ArticleView
    anchor: str
    start: int
    end: int

    @property
    def runs(self) -> tuple[Run, ...]:
        """The slice as a run, for where an excerpt may stand."""
        return (Run(self.text, frozenset(("content",))),)


class Passages:
    """The passages that something of a story refers to, each with one anchor however often it is referred to."""

    def __init__(self, articles: Mapping[str, ArticleView], anchors: Anchors) -> None:
        self._articles = articles
        self._anchors = anchors
        self._made: dict[ArticleSpan, Passage] = {}

    def __iter__(self) -> Iterator[Passage]:
        return iter(self._made.values())

    def at(self, span: ArticleSpan) -> Passage:
        """Return the passage at ``span``."""
        if span not in self._made:
            article = self._articles[span.article]
            anchor = article.anchor
            if span.start < span.end:
                anchor = self._anchors.make(f"{article.anchor}-{span.start}-{span.end}")
            self._made[span] = Passage(cut(span, self._articles), article, anchor, span.start, span.end)
        return self._made[span]


def verbatim(words: str | None, articles: Iterable[ArticleView]) -> str | None:
    """Return ``words`` where a report has them, character by character; else ``None``."""
    return words if words and any(words in a.record.text for a in articles) else None


def cut(span: ArticleSpan, articles: Mapping[str, ArticleView]) -> str:
    """Return the words of an article that ``span`` covers."""
    return articles[span.article].record.text[span.start : span.end]
