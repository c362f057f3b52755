"""A statement as one line of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import SaidOn, StoryStatement
from onrecord.render import interface
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.differences import Kind
from onrecord.render.view.slices import Run, excerpt
from onrecord.render.view.speakers import SpeakerView
from onrecord.render.view.wording import when

HEDGED = interface.text("labels.reading")
ATTITUDE = interface.text("labels.attitude")

# A statement that the reader is less sure of than this is labelled so: people have half of such statements otherwise.
SURE = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as one line of the record.

    ``excerpt`` runs from the first of source, cue and content to the last; ``words`` is the content alone. ``labels``
    are interface words. ``differences`` tell how the words differ from the fullest wording. ``anchor`` is the line's
    own, ``place`` that of the statement in its report.
    """

    statement: StoryStatement
    article: ArticleView
    speaker: SpeakerView
    excerpt: tuple[Run, ...]
    words: tuple[Run, ...]
    labels: tuple[str, ...]
    addressee: str | None
    occasion: str | None
    said_on: str | None
    fullest: bool
    differences: tuple[Kind, ...]
    start: int
    end: int
    anchor: str
    place: str
    ordinal: int

    @property
    def hedged(self) -> bool:
        """Whether this is the outlet's reading of the speaker, not the speaker's words."""
        return bool(self.statement.hedges)

    @property
    def crediting(self) -> str | None:
        """The report's words that credit what is not the speaker's own wording ("has refused"), without which words
        told again may seem to say the opposite ("to pay").
        """
        s = self.statement
        return s.cue.of(self.article.record.text) if s.cue and (s.kind != "direct" or s.hedges) else None

    @property
    def warning(self) -> bool:
        """Whether it has other words than the fullest in what both quote."""
        return any(kind.warning for kind in self.differences)

    @property
    def sort(self) -> str:
        """What sort of words it holds, a key of the interface's ``kinds``: the outlet's reading before all else, then
        an attitude, a denial, that there was no comment, then how the words are quoted.
        """
        s = self.statement
        if s.hedges:
            return "reading"
        return "attitude" if s.act == "attitude" else s.kind if s.stance == "asserts" else s.stance


def line(
    s: StoryStatement,
    article: ArticleView,
    speaker: SpeakerView,
    differences: Sequence[Kind] = (),
    differing: Sequence[tuple[int, int, str]] = (),
    *,
    fullest: bool,
    ordinal: int,
    anchor: str,
    place: str,
) -> Line:
    """Return the line of a statement; ``differing`` are the marks of its words that differ from another wording."""
    text = article.record.text
    start, end = extent(s)
    marks = [*statement_marks(s, article), *differing]
    return Line(
        statement=s,
        article=article,
        speaker=speaker,
        excerpt=tuple(excerpt(text, marks, article.paragraph_starts)),
        words=tuple(excerpt(text, marks, article.paragraph_starts, only="content")),
        labels=_labels(s),
        addressee=s.addressee.of(text) if s.addressee else None,
        occasion=s.occasion.of(text) if s.occasion else None,
        said_on=_said_on(s.said_on, text) if s.said_on and s.said_on.by != "report" else None,
        fullest=fullest,
        differences=tuple(differences),
        start=start,
        end=end,
        anchor=anchor,
        place=place,
        ordinal=ordinal,
    )


def extent(s: StoryStatement) -> tuple[int, int]:
    """Return where the first piece of a statement starts and where the last ends; 0 and 0 where it has none."""
    pieces = [span for span in (s.source, s.cue, *s.content, *s.hedges) if span and span.start < span.end]
    return (min(p.start for p in pieces), max(p.end for p in pieces)) if pieces else (0, 0)


def statement_marks(s: StoryStatement, article: ArticleView) -> list[tuple[int, int, str]]:
    """Return the spans of a statement with the part each plays; ``quoted`` lies on top of ``content``."""
    marks = [(span.start, span.end, "content") for span in s.content]
    if s.kind == "direct":
        marks += [(span.start, span.end, "quoted") for span in s.content]
    elif s.kind == "mixed":
        marks += [(part.start, part.end, "quoted") for span in s.content for part in article.quoted(span)]
    marks += [(span.start, span.end, "hedge") for span in s.hedges]
    marks += [(span.start, span.end, role) for span, role in ((s.source, "source"), (s.cue, "cue")) if span]
    return marks


def _labels(s: StoryStatement) -> tuple[str, ...]:
    labels = [HEDGED] if s.hedges else []
    if s.act == "attitude":
        labels.append(ATTITUDE)
    if s.stance != "asserts":
        labels.append(interface.text(f"labels.{s.stance}"))
    if s.anonymous:
        labels.append(interface.text("labels.anonymous"))
    # What an outlet makes of a speaker is nobody's direct words, whatever marks it carries.
    if s.stance != "no_comment" and not s.hedges and s.act == "speech":
        labels.append(interface.text(f"labels.{s.kind}"))
    if s.parent is not None:
        labels.append(interface.text("labels.within"))
    return tuple(labels)


def _said_on(said: SaidOn, text: str) -> str:
    told = when(said.value, said.from_, said.to)
    if told is None and said.span:
        told = said.span.of(text)
    return told or said.value
