"""A comparison of two dossiers as Markdown, readable as plain text: what is new, what is gone, what was altered."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import ArticleSpan, Comparison, Dossier, Edit, Span, StoryArticle, StoryStatement, UtteranceChange
from onrecord.render.markdown import block, inline
from onrecord.render.view.differences import NAMES
from onrecord.render.view.slices import ELISION, Run
from onrecord.render.view.wording import count

_HEADS = {
    "new": "Said since, or newly told",
    "told by more": "Told by more reports",
    "told by fewer": "Told by fewer reports",
    "gone": "No longer told",
}
_CHANGES = {"added": "added", "paraphrase": "worded anew"}
_EDITS = {"altered": "altered", "added": "added", "dropped": "dropped"}


def comparison_markdown(comparison: Comparison, old: Dossier, new: Dossier) -> str:
    """Return the comparison of two dossiers as Markdown; every quoted line is a slice of one of their reports."""
    return "\n".join(_Page(comparison, old, new).lines()) + "\n"


class _Page:
    def __init__(self, comparison: Comparison, old: Dossier, new: Dossier) -> None:
        self._comparison = comparison
        self._old, self._new = _Index(old), _Index(new)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        c = self._comparison
        yield "# What changed"
        yield ""
        if not (c.articles or c.utterances or c.edits):
            yield "Nothing: both dossiers hold the same reports and utterances."
            return
        yield from self._articles()
        yield from self._edits()
        for change, head in _HEADS.items():
            chosen = [u for u in c.utterances if u.change == change]
            if chosen:
                yield f"## {head} ({count(len(chosen), 'line')})"
                yield ""
            for u in chosen:
                yield from self._utterance(u)

    def _articles(self) -> Iterator[str]:
        for change, head in (("new", "New reports"), ("edited", "Edited reports"), ("gone", "Reports gone")):
            chosen = [a for a in self._comparison.articles if a.change == change]
            if chosen:
                yield f"## {head}"
                yield ""
                index = self._old if change == "gone" else self._new
                yield from (f"- {inline(index.name(a.id))}" for a in chosen)
                yield ""

    def _edits(self) -> Iterator[str]:
        if self._comparison.edits:
            yield "## What the edits did to what people said"
            yield ""
        for e in self._comparison.edits:
            yield f"### {_EDITS[e.change]} · {inline(self._new.name(e.article))}"
            yield ""
            if e.old:
                yield "before"
                yield ""
                yield from block(self._old.words(e.old))
            if e.new:
                yield "after" if e.old else "now"
                yield ""
                yield from block(self._new.words(e.new))
            yield from self._told(e)

    def _told(self, e: Edit) -> Iterator[str]:
        told = []
        for d in e.differences:
            words = [inline(index.cut(span)) for index, span in ((self._new, d.own), (self._old, d.fullest)) if span]
            told.append(f"{_CHANGES.get(d.kind, NAMES[d.kind])} " + " for ".join(f"“{w}”" for w in words))
        if told:
            yield " · ".join(told)
            yield ""

    def _utterance(self, u: UtteranceChange) -> Iterator[str]:
        index = self._old if u.change == "gone" else self._new
        facts = [f"**{inline(u.speaker or 'no name given')}**"]
        if u.told_by:
            facts.append("now in " + ", ".join(inline(index.name(a)) for a in u.told_by))
        if u.no_longer:
            names = (self._new.name(a) if self._new.has(a) else self._old.name(a) for a in u.no_longer)
            facts.append("no longer in " + ", ".join(map(inline, names)))
        yield " · ".join(facts)
        yield ""
        yield from block(index.words(u.fullest))


class _Index:
    """The articles and statements of a dossier, to look up."""

    def __init__(self, dossier: Dossier) -> None:
        self._articles: dict[str, StoryArticle] = {a.id: a for s in dossier.stories for a in s.articles}
        self._statements: dict[str, StoryStatement] = {x.id: x for s in dossier.stories for x in s.statements}

    def has(self, article: str) -> bool:
        return article in self._articles

    def name(self, article: str) -> str:
        a = self._articles[article]
        return a.outlet or a.id

    def cut(self, span: ArticleSpan) -> str:
        return Span(span.start, span.end).of(self._articles[span.article].text)

    def words(self, statement: str) -> list[Run]:
        """Return the pieces of a statement's content, what is between them left out; of one without, source and cue."""
        s = self._statements[statement]
        spans = s.content or tuple(x for x in (s.source, s.cue) if x)
        runs = [Run(span.of(self._articles[s.article].text)) for span in spans]
        return [run for each in runs for run in (ELISION, each)][1:]
