"""Dossier, later Dossier -> Comparison: what is new since, what is gone, and which quotations an outlet altered.

Nothing is read or joined anew: statements have ids made of their article's text and place, so that what is the same in
both dossiers has the same id. Only an article whose text was edited needs its quotations matched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from onrecord.reconcile.differences import Wording, differences
from onrecord.reconcile.wording import quoted_characters, words_of
from onrecord.records import (
    SCHEMA,
    ArticleChange,
    Comparison,
    Dossier,
    Edit,
    StoryArticle,
    StoryStatement,
    Utterance,
    UtteranceChange,
)

__all__ = ["compare"]

ALIKE = 0.5
"""Likeness of two wordings (twice the words in common, in their order, by the words of both) that are one quotation
before and after an edit. Under it one was dropped and the other added."""


def compare(old: Dossier, new: Dossier) -> Comparison:
    """Return what changed between two dossiers of one story.

    An article is the same where its id is, or else its address; it was edited where its text is another.
    """
    before, after = _Side(old), _Side(new)
    pairs = _same_articles(before, after)
    edited = [(a, b) for a, b in pairs if a.sha256 != b.sha256]
    kept = {a.id: b.id for a, b in pairs}
    added = [b for b in after.articles.values() if b.id not in set(kept.values())]
    gone = [a for a in before.articles.values() if a.id not in kept]
    articles = [
        *(ArticleChange(b.id, "new", b.outlet, None, b.sha256) for b in added),
        *(ArticleChange(b.id, "edited", b.outlet, a.sha256, b.sha256) for a, b in edited),
        *(ArticleChange(a.id, "gone", a.outlet, a.sha256, None) for a in gone),
    ]
    edits = [edit for a, b in edited for edit in _edits(a, b, before, after)]
    renamed = {e.old: e.new for e in edits if e.old and e.new}
    utterances = tuple(_utterances(before, after, renamed, kept))
    shown = tuple(e for e in edits if e.change != "unchanged")
    return Comparison(SCHEMA, old.made_by, new.made_by, tuple(articles), utterances, shown)


class _Side:
    """One of the two dossiers, its stories together."""

    def __init__(self, dossier: Dossier) -> None:
        self.articles = {a.id: a for story in dossier.stories for a in story.articles}
        self.statements = {s.id: s for story in dossier.stories for s in story.statements}
        self.utterances = [u for story in dossier.stories for u in story.utterances]
        self.names = {a.id: a.name for story in dossier.stories for a in story.actors}

    def quoted(self, article: str) -> list[StoryStatement]:
        """Return an article's sayings with content, in the order of the text."""
        found = (s for s in self.statements.values() if s.article == article and s.content and s.act == "speech")
        return sorted(found, key=lambda s: (s.content[0].start, s.id))


def _same_articles(before: _Side, after: _Side) -> list[tuple[StoryArticle, StoryArticle]]:
    """Return the articles that both dossiers have, by id or else by address."""
    by_url = {b.url: b for b in after.articles.values() if b.url}
    out = []
    taken: set[str] = set()
    for a in before.articles.values():
        b = after.articles.get(a.id) or (by_url.get(a.url) if a.url else None)
        if b is not None and b.id not in taken:
            taken.add(b.id)
            out.append((a, b))
    return out


def _edits(a: StoryArticle, b: StoryArticle, before: _Side, after: _Side) -> Iterator[Edit]:
    """Yield what became of each saying of an article whose text was edited, in the order of the later text.

    What stands in both texts word for word was not edited, however it was read.
    """
    old, new = [_wording(s, a) for s in before.quoted(a.id)], [_wording(s, b) for s in after.quoted(b.id)]
    matched = _matched(old, new)
    for j, wording in enumerate(new):
        i = matched.get(j)
        if i is None:
            if not _stands(wording, a.text):
                yield Edit(b.id, "added", None, wording.statement.id)
            continue
        told = tuple(d for d in differences(wording, old[i]) if d.kind not in ("speaker", "date"))
        same = [w.folded for w in wording.words] == [w.folded for w in old[i].words]
        same = same or (_stands(wording, a.text) and _stands(old[i], b.text))
        yield Edit(b.id, "unchanged" if same else "altered", old[i].statement.id, wording.statement.id, told)
    for i, wording in enumerate(old):
        if i not in matched.values() and not _stands(wording, b.text):
            yield Edit(b.id, "dropped", wording.statement.id, None)


def _stands(wording: Wording, text: str) -> bool:
    """Tell whether each piece of a wording stands in a text, character by character."""
    return all(span.of(wording.text) in text for span in wording.statement.content)


def _wording(s: StoryStatement, article: StoryArticle) -> Wording:
    return Wording(s, article.text, words_of(article.text, s.content, quoted_characters(s.kind, article.text)))


def _matched(old: Sequence[Wording], new: Sequence[Wording]) -> dict[int, int]:
    """Return which earlier wording each later one was, by index, one to one, the likest first."""
    likeness = []
    for j, b in enumerate(new):
        for i, a in enumerate(old):
            matcher = SequenceMatcher(None, [w.folded for w in a.words], [w.folded for w in b.words], autojunk=False)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                likeness.append((-matcher.ratio(), abs(i - j), j, i))
    out: dict[int, int] = {}
    for ratio, _, j, i in sorted(likeness):
        if -ratio >= ALIKE and j not in out and i not in out.values():
            out[j] = i
    return out


def _utterances(
    before: _Side, after: _Side, renamed: Mapping[str, str], kept: Mapping[str, str]
) -> Iterator[UtteranceChange]:
    """Yield the utterances that are new, told by other articles than before, or gone."""
    homes: dict[str, list[Utterance]] = {}
    for u in before.utterances:
        for key in u.statements:
            homes.setdefault(renamed.get(key, key), []).append(u)
    seen: set[str] = set()
    for u in after.utterances:
        known = {old.id: old for key in u.statements for old in homes.get(key, ())}
        seen |= set(known)
        now = _articles(u, after)
        if not known:
            yield UtteranceChange(u.id, "new", after.names.get(u.speaker or ""), u.fullest, tuple(now), ())
            continue
        then = {kept.get(a, a) for old in known.values() for a in _articles(old, before)}
        more, fewer = [a for a in now if a not in then], sorted(then - set(now))
        if more or fewer:
            yield UtteranceChange(
                u.id,
                "told by more" if more else "told by fewer",
                after.names.get(u.speaker or ""),
                u.fullest,
                tuple(more),
                tuple(fewer),
            )
    for u in before.utterances:
        if u.id not in seen:
            articles = tuple(_articles(u, before))
            yield UtteranceChange(u.id, "gone", before.names.get(u.speaker or ""), u.fullest, (), articles)


def _articles(u: Utterance, side: _Side) -> list[str]:
    return list(dict.fromkeys(side.statements[key].article for key in u.statements))
