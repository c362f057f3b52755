"""Dossier -> tables for spreadsheets and data frames, as CSV and Parquet.

One row a thing, one class a table: its fields are the columns. Cells that show words are slices of the reports; where
one shows several, " […] " stands between them. ``docs/tables.md`` tells users what each column holds.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Annotated, Literal, NamedTuple, get_args, get_origin, get_type_hints

from onrecord.errors import OnrecordError
from onrecord.records import ArticleSpan, Conflict, Dossier, Span, Story, StoryActor, StoryStatement, Utterance
from onrecord.render.check import check
from onrecord.render.view.slices import excerpt

TableFormat = Literal["csv", "parquet"]
ColumnType = Literal["string", "integer", "number", "boolean", "strings"]
Value = str | int | float | bool | tuple[str, ...] | None

LEFT_OUT = " […] "
"""Stands between two slices in one cell."""

# A list is one cell in CSV. Onrecord's own ids hold no space; names of outlets and of files may.
Ids = Annotated[tuple[str, ...], " "]
Names = Annotated[tuple[str, ...], "; "]
Slices = Annotated[tuple[str, ...], LEFT_OUT]

# What makes spreadsheets take a cell for a formula, as OWASP lists it ("CSV Injection"); the last four are the
# wide forms of the first, which Japanese and Chinese versions read in the same way.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells hold, and for ``strings`` what joins them where a cell can only be text."""

    name: str
    type: ColumnType
    joined_by: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns, and rows of as many values each. A row is a named tuple; ``None`` is what is not known."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


class ReportRow(NamedTuple):
    """A report; ``own_words`` counts the words that nobody is credited with, ``alone`` the utterances that no other
    report has.
    """

    story: str
    id: str
    outlet: str | None
    title: str | None
    byline: str | None
    published: str | None
    url: str | None
    language: str | None
    sha256: str
    characters: int
    statements: int
    utterances: int | None
    alone: int | None
    own_words: int | None


class StatementRow(NamedTuple):
    """A statement. With ``hedges`` it is the outlet's reading of the speaker. ``start`` and ``end`` bound source, cue,
    content and hedges together; ``content_spans`` are the places of the content, "12..40".
    """

    story: str
    id: str
    article: str
    outlet: str | None
    published: str | None
    url: str | None
    speaker: str | None
    speaker_name: str | None
    speaker_kind: str | None
    act: str
    kind: str
    stance: str
    anonymous: bool
    source_kind: str
    source: str | None
    cue: str | None
    content: str | None
    hedges: Slices
    addressee: str | None
    occasion: str | None
    said_on: str | None
    said_from: str | None
    said_to: str | None
    said_by: str | None
    start: int
    end: int
    content_spans: Ids
    parent: str | None
    utterances: Ids
    confidence: float


class UtteranceRow(NamedTuple):
    """An utterance with the words of its fullest statement; ``changed`` counts the statements with other words in what
    both quote.
    """

    story: str
    id: str
    speaker: str | None
    speaker_name: str | None
    words: str | None
    told_as: Names
    reports: int
    origins: int
    unnamed: bool
    changed: int
    outlets: Names
    articles: Names
    statements: Ids
    fullest: str


class ConflictRow(NamedTuple):
    """A statement or a passage on one side of a conflict; a passage has neither ``statement`` nor speaker."""

    story: str
    conflict: str
    type: str
    about: str | None
    update: bool
    score: float | None
    why: str | None
    side: str
    statement: str | None
    article: str
    outlet: str | None
    published: str | None
    speaker: str | None
    speaker_name: str | None
    words: str | None
    told_as: Names
    start: int
    end: int


class PositionRow(NamedTuple):
    """A position, with the words of the statement that shows it most surely."""

    story: str
    actor: str
    actor_name: str
    issue: str
    issue_name: str | None
    stance: str
    second_hand: bool
    without_naming: bool
    said_from: str | None
    said_to: str | None
    score: float | None
    condition: str | None
    words: str | None
    told_as: Names
    strongest: str | None
    statements: Ids


class ActorRow(NamedTuple):
    """An actor; ``statements`` and ``reports`` count what it is credited with, ``roles`` are the reports' words."""

    story: str
    id: str
    name: str
    kind: str
    statements: int
    reports: int
    aliases: Names
    roles: Slices
    speaks_for: Ids
    identifiers: Names


_ROWS: Mapping[str, type[tuple[Value, ...]]] = {
    "reports": ReportRow,
    "statements": StatementRow,
    "utterances": UtteranceRow,
    "conflicts": ConflictRow,
    "positions": PositionRow,
    "actors": ActorRow,
}
NAMES = tuple(_ROWS)
"""The tables of a dossier, in their order."""


def tables(dossier: Dossier) -> dict[str, Table]:
    """Return the tables of a dossier by their ``NAMES``, all its stories in each, in the dossier's order.

    Raises :class:`~onrecord.errors.OnrecordError` where the dossier does not hold together, as
    :func:`~onrecord.render.render` does.
    """
    check(dossier)
    stories = [_StoryRows(story) for story in dossier.stories]
    return {
        name: Table(_columns(row), tuple(r for story in stories for r in getattr(story, name)()))
        for name, row in _ROWS.items()
    }


def writer(format: TableFormat) -> Callable[[Table], bytes]:
    """Return what writes a table in this format.

    Raises :class:`~onrecord.errors.OnrecordError` at once where the format's package is not installed, before any work
    is done in vain.
    """
    match format:
        case "csv":
            return to_csv
        case "parquet":
            try:
                import pyarrow.parquet  # noqa: F401, PLC0415 - a quarter of a second that only Parquet needs
            except ImportError as error:
                raise OnrecordError("Parquet needs pyarrow: pip install 'onrecord[tables]'") from error
            return to_parquet
    raise OnrecordError(f"{format}: not a format of tables; there are {', '.join(get_args(TableFormat))}")


def to_csv(table: Table) -> bytes:
    """Return the table as CSV (RFC 4180): UTF-8 with a byte order mark, lines ended by CRLF, the first the columns.

    Without the mark Excel takes UTF-8 for the code page of its country; pandas, LibreOffice, R's readr and DuckDB know
    it. An apostrophe stands before text that spreadsheets would run as a formula. Numbers have a point, truth values
    are ``true`` and ``false``, and what is not known is empty.
    """
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(column.name for column in table.columns)
    for row in table.rows:
        lines.writerow(_cell(value, column) for value, column in zip(row, table.columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def to_parquet(table: Table) -> bytes:
    """Return the table as Parquet: every value as it is, lists as lists, what is not known as null.

    The same version of pyarrow gives the same bytes. Raises :class:`~onrecord.errors.OnrecordError` where there is
    none.
    """
    writer("parquet")
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "strings": pa.list_(pa.string()),
    }
    arrays = [pa.array([row[i] for row in table.rows], types[c.type]) for i, c in enumerate(table.columns)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, names=[c.name for c in table.columns]), out)
    return out.getvalue()


def _columns(row: type[tuple[Value, ...]]) -> tuple[Column, ...]:
    """Return the columns that a row's fields declare."""
    types: Mapping[object, ColumnType] = {str: "string", int: "integer", float: "number", bool: "boolean"}
    columns = []
    for name, hint in get_type_hints(row, include_extras=True).items():
        if get_origin(hint) is Annotated:
            columns.append(Column(name, "strings", hint.__metadata__[0]))
        else:
            (held,) = (kind for kind in get_args(hint) or (hint,) if kind is not NoneType)
            columns.append(Column(name, types[held]))
    return tuple(columns)


def _cell(value: Value, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = (column.joined_by or "").join(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


class _StoryRows:
    """The rows of one story, a method a table."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._articles = {a.id: a for a in story.articles}
        # A span may name a primary source, which is no report but has a text like one.
        self._texts = {p.id: p.text for p in story.primary} | {a.id: a.text for a in story.articles}
        self._actors = {a.id: a for a in story.actors}
        self._statements = {s.id: s for s in story.statements}
        self._utterances: dict[str, list[str]] = defaultdict(list)
        for u in story.utterances:
            for statement in dict.fromkeys(u.statements):
                self._utterances[statement].append(u.id)

    def reports(self) -> Iterator[ReportRow]:
        coverage = {c.article: c for c in self._story.coverage}
        statements = Counter(s.article for s in self._story.statements)
        for a in self._story.articles:
            c = coverage.get(a.id)
            yield ReportRow(
                story=self._story.id,
                id=a.id,
                outlet=a.outlet,
                title=a.title,
                byline=a.byline,
                published=a.published,
                url=a.url,
                language=a.language,
                sha256=a.sha256,
                characters=len(a.text),
                statements=statements[a.id],
                utterances=len(c.utterances) if c else None,
                alone=len(c.alone) if c else None,
                own_words=c.own_words if c else None,
            )

    def statements(self) -> Iterator[StatementRow]:
        for s in self._story.statements:
            a, text, speaker, said = self._articles[s.article], self._texts[s.article], self._actor(s), s.said_on
            start, end = _extent(s)
            yield StatementRow(
                story=self._story.id,
                id=s.id,
                article=s.article,
                outlet=a.outlet,
                published=a.published,
                url=a.url,
                speaker=s.speaker,
                speaker_name=speaker.name if speaker else None,
                speaker_kind=speaker.kind if speaker else None,
                act=s.act,
                kind=s.kind,
                stance=s.stance,
                anonymous=s.anonymous,
                source_kind=s.source_kind,
                source=s.source.of(text) if s.source else None,
                cue=s.cue.of(text) if s.cue else None,
                content=_slices(text, s.content),
                hedges=tuple(h.of(text) for h in s.hedges),
                addressee=s.addressee.of(text) if s.addressee else None,
                occasion=s.occasion.of(text) if s.occasion else None,
                said_on=said.value if said else None,
                said_from=said.from_ if said else None,
                said_to=said.to if said else None,
                said_by=said.by if said else None,
                start=start,
                end=end,
                content_spans=tuple(f"{c.start}..{c.end}" for c in sorted(s.content)),
                parent=s.parent,
                utterances=tuple(self._utterances[s.id]),
                confidence=s.confidence,
            )

    def utterances(self) -> Iterator[UtteranceRow]:
        for u in self._story.utterances:
            tellings = [self._articles[self._statements[i].article] for i in u.statements]
            articles = list({a.id: a for a in tellings}.values())
            speaker, fullest = self._actors[u.speaker] if u.speaker else None, self._statements[u.fullest]
            yield UtteranceRow(
                story=self._story.id,
                id=u.id,
                speaker=u.speaker,
                speaker_name=speaker.name if speaker else None,
                words=self._words(fullest),
                told_as=_told_as(fullest),
                reports=len(articles),
                origins=u.origins,
                unnamed=u.unnamed,
                changed=_changed(u),
                outlets=tuple(dict.fromkeys(a.outlet for a in articles if a.outlet)),
                articles=tuple(a.id for a in articles),
                statements=u.statements,
                fullest=u.fullest,
            )

    def conflicts(self) -> Iterator[ConflictRow]:
        for c in self._story.conflicts:
            for side, statements, passages in (("a", c.a, c.a_passages), ("b", c.b, c.b_passages)):
                for i in statements:
                    yield self._side(c, side, self._statements[i])
                for passage in passages:
                    yield self._side(c, side, passage)

    def _side(self, c: Conflict, side: str, told: StoryStatement | ArticleSpan) -> ConflictRow:
        article = self._articles[told.article]
        statement = told if isinstance(told, StoryStatement) else None
        speaker = self._actor(statement) if statement else None
        start, end = (told.start, told.end) if isinstance(told, ArticleSpan) else _extent(told)
        return ConflictRow(
            story=self._story.id,
            conflict=c.id,
            type=c.type,
            about=self._verbatim(c.about),
            update=c.update,
            score=c.score,
            why="; ".join(self._why(c)) or None,
            side=side,
            statement=statement.id if statement else None,
            article=article.id,
            outlet=article.outlet,
            published=article.published,
            speaker=speaker.id if speaker else None,
            speaker_name=speaker.name if speaker else None,
            words=self._words(statement) if statement else article.text[start:end],
            told_as=_told_as(statement) if statement else (),
            start=start,
            end=end,
        )

    def positions(self) -> Iterator[PositionRow]:
        issues = {}
        for i in self._story.issues:
            mentions = (self._cut(span) for span in i.mentions)
            issues[i.id] = self._verbatim(i.name) or next(mentions, None)
        for p in self._story.positions:
            strongest = self._statements[p.strongest] if p.strongest else None
            yield PositionRow(
                story=self._story.id,
                actor=p.actor,
                actor_name=self._actors[p.actor].name,
                issue=p.issue,
                issue_name=issues[p.issue],
                stance=p.stance,
                second_hand=p.second_hand,
                without_naming=p.without_naming,
                said_from=p.from_,
                said_to=p.to,
                score=p.score,
                condition=self._cut(p.condition) if p.condition else None,
                words=self._words(strongest) if strongest else None,
                told_as=_told_as(strongest) if strongest else (),
                strongest=p.strongest,
                statements=p.statements,
            )

    def actors(self) -> Iterator[ActorRow]:
        credited: dict[str, list[str]] = defaultdict(list)
        for s in self._story.statements:
            if s.speaker:
                credited[s.speaker].append(s.article)
        for a in self._story.actors:
            yield ActorRow(
                story=self._story.id,
                id=a.id,
                name=a.name,
                kind=a.kind,
                statements=len(credited[a.id]),
                reports=len(set(credited[a.id])),
                aliases=a.aliases,
                roles=tuple(dict.fromkeys(self._cut(r.span) for r in a.roles)),
                speaks_for=tuple(dict.fromkeys(link.actor for link in a.speaks_for)),
                identifiers=tuple(f"{kind}:{value}" for kind, value in sorted(a.identifiers.items())),
            )

    def _actor(self, s: StoryStatement) -> StoryActor | None:
        return self._actors[s.speaker] if s.speaker else None

    def _cut(self, span: ArticleSpan) -> str:
        return self._texts[span.article][span.start : span.end]

    def _words(self, s: StoryStatement) -> str | None:
        """Return a statement's content, or where it has none the words that say so ("declined to comment")."""
        text = self._texts[s.article]
        parts = [part for part in (s.source, s.cue, *s.hedges) if part]
        return _slices(text, s.content) or _slices(text, parts)

    def _verbatim(self, words: str | None) -> str | None:
        """Return ``words`` where a report of the story has them, character by character; else ``None``."""
        return words if words and any(words in a.text for a in self._story.articles) else None

    def _why(self, c: Conflict) -> Iterator[str]:
        for reason in c.why:
            words = " / ".join(f'"{self._cut(span)}"' for span in (reason.a, reason.b) if span)
            yield f"{reason.kind} {words}".rstrip()


def _slices(text: str, spans: Iterable[Span]) -> str | None:
    """Return what the spans cover in the order of the text; more than space between them is left out visibly."""
    runs = excerpt(text, [(span.start, span.end, "content") for span in spans], only="content")
    return "".join(LEFT_OUT if run.elided else run.text for run in runs) or None


def _extent(s: StoryStatement) -> tuple[int, int]:
    from onrecord.render.view.lines import extent  # noqa: PLC0415 - loads the reader, which other formats do without

    return extent(s)


def _told_as(s: StoryStatement) -> tuple[str, ...]:
    """Return how a statement's words are to be taken, so that they never stand as the speaker's where they are not."""
    labels = ["hedged"] if s.hedges else []
    if s.act == "attitude":
        labels.append("attitude")
    if s.stance != "asserts":
        labels.append(s.stance)
    if s.anonymous:
        labels.append("anonymous")
    # What an outlet makes of a speaker is nobody's direct words, whatever marks it carries.
    if s.stance != "no_comment" and not s.hedges and s.act == "speech":
        labels.append(s.kind)
    return tuple(labels)


def _changed(u: Utterance) -> int:
    return len({v.statement for v in u.variants if any(d.kind == "changed" for d in v.differences)})
