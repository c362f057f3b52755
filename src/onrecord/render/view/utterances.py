"""Acts of saying, numbered: the lines of every report that tells each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import Origin, Story, StoryStatement, Utterance
from onrecord.render import interface
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.differences import changed_in_others, kinds, marks
from onrecord.render.view.lines import Line, extent, line
from onrecord.render.view.speakers import Speakers, SpeakerView


@dataclass(frozen=True, slots=True)
class Source:
    """What there is to say of an utterance's origins, and what that means."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which an utterance is worded: the line of the first report that has it, and those of the others."""

    line: Line
    same: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """An act of saying, numbered as shown. ``labels`` and ``said_on`` hold for all its lines; ``sources`` says on how
    many origins it rests, and on whose; ``elsewhere`` are the numbers of utterances that its statements tell too.
    """

    number: int
    id: str
    speaker: SpeakerView
    lines: tuple[Line, ...]
    articles: tuple[ArticleView, ...]
    origins: int
    sources: tuple[Source, ...]
    elsewhere: Mapping[str, int]
    labels: tuple[str, ...]
    said_on: str | None
    anchor: str

    @property
    def shared(self) -> bool:
        """Whether more than one report tells it."""
        return len(self.articles) > 1

    @property
    def attitude(self) -> bool:
        """Whether it is a belief or wish credited without a saying."""
        return all(line.statement.act == "attitude" for line in self.lines)

    @property
    def fullest(self) -> Line:
        """The line with the fullest wording."""
        return next((line for line in self.lines if line.fullest), self.lines[0])

    @property
    def unnamed(self) -> bool:
        """Whether it rests on nobody's name."""
        return all(line.statement.anonymous for line in self.lines)

    @property
    def weightiest_first(self) -> list[Line]:
        """The lines: the fullest first, then those with changed words, then the rest in the order of the reports."""
        return sorted(self.lines, key=lambda line: (not line.fullest, not line.warning))

    @property
    def wordings(self) -> list[Wording]:
        """The lines by their words: the fullest first, then those with changed words, then what most reports have."""
        groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
        for one in self.weightiest_first:
            text = "".join(run.text for run in one.words or one.excerpt)
            groups[(*one.labels, *re.findall(r"\w+", text.casefold()))].append(one)
        found = [Wording(lines[0], tuple(lines[1:])) for lines in groups.values()]
        return sorted(found, key=lambda w: (not w.line.fullest, not w.line.warning, -len(w.same)))

    def of(self, article: ArticleView) -> list[Line]:
        """Return the lines that stand in ``article``."""
        return [line for line in self.lines if line.article is article]


@dataclass(frozen=True, slots=True)
class Told:
    """An utterance told again away from its line: which of its lines to show, and the reports in question."""

    utterance: UtteranceView
    line: Line
    articles: tuple[ArticleView, ...]


class Utterances:
    """The utterances of a story, those of most reports first, then in order of first appearance.

    A statement that no utterance has makes one alone; one that two have keeps the line of the first in ``line``.
    ``first_ordinal`` numbers the statements through the stories of a page.
    """

    def __init__(
        self,
        story: Story,
        articles: Mapping[str, ArticleView],
        speakers: Speakers,
        anchors: Anchors,
        first_ordinal: int = 0,
    ) -> None:
        self._articles = articles
        self._texts = {key: a.record.text for key, a in articles.items()}
        self._speakers = speakers
        self._anchors = anchors
        self._ordinals = {s.id: first_ordinal + i for i, s in enumerate(story.statements)}
        self._places: dict[str, str] = {}
        self._told_in: dict[str, int] = {}
        ordered = enumerate(_in_order(story, articles), start=1)
        self.all = tuple(self._view(number, u, members) for number, (u, members) in ordered)
        self.by_id = {u.id: u for u in self.all}
        self.line: dict[str, Line] = {}
        self.with_statement: dict[str, UtteranceView] = {}
        for u in self.all:
            for one in u.lines:
                self.line.setdefault(one.statement.id, one)
                self.with_statement.setdefault(one.statement.id, u)

    def telling(self, statements: Iterable[str]) -> tuple[UtteranceView, ...]:
        """Return the utterances that the statements with these ids tell, each once, as numbered."""
        return _numbered(self.with_statement[i] for i in statements)

    def of_ids(self, ids: Iterable[str]) -> tuple[UtteranceView, ...]:
        """Return the utterances with these ids, as numbered; those without a statement are not shown anywhere."""
        return _numbered(self.by_id[i] for i in ids if i in self.by_id)

    def told(self, ids: Sequence[str]) -> tuple[Told, ...]:
        """Return the utterances that these statements tell, each in the fullest words of these statements alone.

        Two tellings of one utterance may be the sides of a conflict or lie on two days. Where one statement tells two
        utterances, its words are shown once if another statement of its kind can stand for the second.
        """
        among, shown, told = set(ids), set[str](), []
        for u in self.telling(ids):
            lines = [line for line in u.lines if line.statement.id in among]
            fullest = max(lines, key=_fullness)
            alike = [line for line in lines if line.statement.kind == fullest.statement.kind]
            fresh = max((line for line in alike if line.statement.id not in shown), key=_fullness, default=fullest)
            shown.add(fresh.statement.id)
            told.append(Told(u, fresh, tuple(dict.fromkeys(line.article for line in lines))))
        return tuple(told)

    def _view(self, number: int, u: Utterance, members: Sequence[StoryStatement]) -> UtteranceView:
        anchor = self._anchors.make(u.id)
        differences = {v.statement: v.differences for v in u.variants}
        lines = [
            line(
                s,
                self._articles[s.article],
                self._speakers.of(s.speaker),
                kinds(differences.get(s.id, ()), self._texts),
                changed_in_others(differences.values(), self._articles[s.article])
                if s.id == u.fullest
                else marks(differences.get(s.id, ()), self._articles[s.article]),
                fullest=s.id == u.fullest,
                ordinal=self._ordinals[s.id],
                anchor=self._anchors.make(s.id),
                place=self._place(s),
            )
            for s in members
        ]
        elsewhere = {s.id: self._told_in[s.id] for s in members if s.id in self._told_in}
        self._told_in.update((s.id, number) for s in members if s.id not in self._told_in)
        days = list(dict.fromkeys(line.said_on for line in lines if line.said_on))
        by_others = all(s.said_on is None or s.said_on.by in ("story", "report") for s in members)
        return UtteranceView(
            number=number,
            id=u.id,
            speaker=self._speakers.of(u.speaker or next((s.speaker for s in members if s.speaker), None)),
            lines=tuple(lines),
            articles=tuple(dict.fromkeys(line.article for line in lines)),
            origins=u.origins,
            sources=tuple(_sources(u, len({s.article for s in members}))),
            elsewhere=elsewhere,
            labels=tuple(label for label in lines[0].labels if all(label in line.labels for line in lines)),
            said_on=days[0] + (interface.text("labels.by_others") if by_others else "") if len(days) == 1 else None,
            anchor=anchor,
        )

    def _place(self, s: StoryStatement) -> str:
        if s.id not in self._places:
            start, end = extent(s)
            self._places[s.id] = self._anchors.make(f"{s.id}-text") if start < end else self._articles[s.article].anchor
        return self._places[s.id]


def _fullness(line: Line) -> tuple[bool, int]:
    return line.fullest, sum(len(run.text) for run in line.words)


def _sources(u: Utterance, articles: int) -> Iterator[Source]:
    """Yield what there is to say of an utterance's origins: how few they are, through whom, that nobody is named."""
    if articles > 1 and u.origins == 1:
        yield Source(interface.text("lines.single_origin"), interface.text("lines.single_origin_title"))
    elif u.origins < articles:
        yield Source(interface.text("lines.origins", n=u.origins), interface.text("lines.origin_title"))
    for outlet in dict.fromkeys(o.outlet for o in u.origin if o.outlet and _from_another(o)):
        yield Source(interface.text("lines.via", outlet=outlet), interface.text("lines.origin_title"))
    if u.unnamed and u.statements:
        yield Source(interface.text("lines.nobody_named"), interface.text("lines.nobody_named_title"))


def _from_another(o: Origin) -> bool:
    return o.by in ("credited", "dateline", "byline")


def _in_order(story: Story, articles: Mapping[str, ArticleView]) -> list[tuple[Utterance, list[StoryStatement]]]:
    """Return the utterances with their statements, both in the order in which they are shown."""
    statements = {s.id: s for s in story.statements}
    grouped = {i for u in story.utterances for i in u.statements}
    alone = (Utterance(s.id, s.speaker, (s.id,), s.id) for s in story.statements if s.id not in grouped)

    def place(s: StoryStatement) -> tuple[int, tuple[int, int], str]:
        return articles[s.article].index, extent(s), s.id

    found = []
    for u in (*story.utterances, *alone):
        members = sorted((statements[i] for i in dict.fromkeys(u.statements)), key=place)
        if members:
            reports = len({s.article for s in members})
            found.append((-reports, [place(s)[:2] for s in members], u.id, u, members))
    found.sort(key=lambda item: item[:3])
    return [(u, members) for *_, u, members in found]


def _numbered(utterances: Iterable[UtteranceView]) -> tuple[UtteranceView, ...]:
    return tuple(sorted({u.number: u for u in utterances}.values(), key=lambda u: u.number))
