"""A comparison of two dossiers as Markdown, readable as plain text: what is new, what is gone, what was altered."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.records import ArticleSpan, Comparison, Dossier, Edit, Span, StoryArticle, StoryStatement, UtteranceChange
from onrecord.render import interface
from onrecord.render.commonmark import block, heading, inline, quote, say
from onrecord.render.view.differences import NAMES
from onrecord.render.view.slices import ELISION, Run

# In the order in which they are told.
_ARTICLES = ("new", "edited", "gone")
_UTTERANCES = ("new", "told by more", "told by fewer", "gone")

# What the interface calls each kind of difference here: other than between two reports, words are "added" to nothing
# but the earlier text.
_DIFFERENCES = {**NAMES, **interface.texts("comparison.differences")}


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
        yield from heading(1, say("comparison.heading"))
        if not (c.articles or c.utterances or c.edits):
            yield say("comparison.nothing")
            return
        yield from self._articles()
        yield from self._edits()
        for change in _UTTERANCES:
            chosen = [u for u in c.utterances if u.change == change]
            if chosen:
                head = say(f"comparison.utterances.{change.replace(' ', '_')}")
                yield from heading(2, f"{head} ({inline(interface.count(len(chosen), 'line'))})")
            for u in chosen:
                yield from self._utterance(u)

    def _articles(self) -> Iterator[str]:
        for change in _ARTICLES:
            chosen = [a for a in self._comparison.articles if a.change == change]
            if chosen:
                yield from heading(2, say(f"comparison.articles.{change}"))
                index = self._old if change == "gone" else self._new
                yield from (f"- {inline(index.name(a.id))}" for a in chosen)
                yield ""

    def _edits(self) -> Iterator[str]:
        if self._comparison.edits:
            yield from heading(2, say("comparison.edits_heading"))
        for e in self._comparison.edits:
            yield from heading(3, f"{say(f'comparison.edits.{e.change}')} · {inline(self._new.name(e.article))}")
            if e.old:
                yield say("comparison.before")
                yield ""
                yield from block(self._old.words(e.old))
            if e.new:
                yield say("comparison.after" if e.old else "comparison.now")
                yield ""
                yield from block(self._new.words(e.new))
            yield from self._told(e)

    def _told(self, e: Edit) -> Iterator[str]:
        told = []
        for d in e.differences:
            own = quote(self._new.cut(d.own)) if d.own else ""
            earlier = quote(self._old.cut(d.fullest)) if d.fullest else ""
            both = say("differences_told.for", own=own, fullest=earlier) if own and earlier else own or earlier
            told.append(f"{inline(_DIFFERENCES[d.kind])} {both}".rstrip())
        if told:
            yield " · ".join(told)
            yield ""

    def _utterance(self, u: UtteranceChange) -> Iterator[str]:
        index = self._old if u.change == "gone" else self._new
        facts = [f"**{inline(u.speaker) if u.speaker else say('comparison.no_name')}**"]
        if u.told_by:
            facts.append(say("comparison.now_in", reports=", ".join(inline(index.name(a)) for a in u.told_by)))
        if u.no_longer:
            names = (self._new.name(a) if self._new.has(a) else self._old.name(a) for a in u.no_longer)
            facts.append(say("comparison.no_longer_in", reports=", ".join(map(inline, names))))
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
