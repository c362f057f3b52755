"""The record as Markdown: readable as plain text, no page needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord.records import Dossier
from onrecord.render import interface
from onrecord.render.commonmark import block, count, dotted, heading, inline, quote, say, shown, table, within
from onrecord.render.view.articles import ArticleView, Passage
from onrecord.render.view.conflicts import ConflictView
from onrecord.render.view.coverage import KINDS, tellings
from onrecord.render.view.differences import Kind
from onrecord.render.view.index import IndexEntry
from onrecord.render.view.lines import SURE, Line
from onrecord.render.view.positions import ConditionView, PositionView, Stand, StickingPointView
from onrecord.render.view.primary import VERDICTS, PrimaryView
from onrecord.render.view.slices import shorten
from onrecord.render.view.speakers import LinkView, SpeakerView
from onrecord.render.view.story import StoryView
from onrecord.render.view.timeline import DayView
from onrecord.render.view.utterances import Told, UtteranceView
from onrecord.render.view.wording import day, web_address

# Characters of a line in the table of who tells it: one row of an editor's window.
LONGEST_BRIEF = 60

# As on the page: reports named for words told again; actors of a sticking point's side whose words are shown; columns
# that a table can have and still be read; numbers, or runs of them, of the lines that a report lacks.
MOST_NAMES = 3
MOST_STANDS = 3
MOST_COLUMNS = 12
MOST_RUNS = 40

# How a report tells a line, one sign wide.
MARKS = {"fullest": "●", "told": "○", "changed": "≠", "reading": "◇"}
NOT_TOLD = "·"


def to_markdown(dossier: Dossier) -> str:
    """Return the record as Markdown."""
    out = [*heading(1, say("page.title"))]
    if not dossier.stories:
        out += [say("page.no_stories"), ""]
    stories = [StoryView(story) for story in dossier.stories]
    for number, story in enumerate(stories, start=1):
        if len(stories) > 1:
            out += heading(1, say("page.story", number=number, total=len(stories)))
        out += _story(story)
    out += ["---", "", *_made(dossier, stories)]
    return "\n".join(out).rstrip("\n") + "\n"


def _numbers(utterances: Iterable[UtteranceView], most: int | None = None) -> str:
    """Return the utterances' numbers in brackets, "(1, 4–9)"; runs after the first ``most`` are left out, plainly."""
    runs: list[list[int]] = []
    for u in utterances:
        if runs and u.number == runs[-1][-1] + 1:
            runs[-1][1:] = [u.number]
        else:
            runs.append([u.number])
    more = ", …" if most is not None and len(runs) > most else ""
    return f"({', '.join('–'.join(map(str, run)) for run in runs[:most])}{more})" if runs else ""


def _story(story: StoryView) -> Iterator[str]:
    yield from _figures(story)
    yield from heading(2, say("reports.heading"))
    for article in story.articles:
        yield from _report(article)
    yield ""
    if story.conflicts:
        yield from heading(2, say("conflicts.heading"))
    for c in story.conflicts:
        yield from _conflict(c)
    yield from _record(story)
    if story.issues:
        yield from _positions(story)
    if story.sticking_points:
        yield from heading(2, say("sticking.heading"))
    for point in story.sticking_points:
        yield from _sticking_point(point)
    if story.conditions:
        yield from heading(2, say("conditions.heading"))
        yield from map(_condition, story.conditions)
        yield ""
    if story.timeline:
        yield from _timeline(story)
    if story.utterances:
        yield from heading(2, say("speakers.heading"))
        yield from _index(story.named)
    if story.unnamed:
        yield from heading(3, say("speakers.unnamed"))
        yield from _index(story.unnamed)
    if story.coverage:
        yield from _coverage(story)
    if story.primary:
        yield from heading(2, say("primary.heading"))
    for source in story.primary:
        yield from _primary(source)


def _figures(story: StoryView) -> Iterator[str]:
    f = story.facts
    yield from heading(2, say("facts.heading"))
    reports = count(f.reports, "report")
    if f.outlets:
        reports += f" {say('facts.outlets', outlets=count(f.outlets, 'outlet'))}"
    yield f"- {reports}" + (f", {say('facts.published')} {inline(f.published)}" if f.published else "")
    statements = count(f.statements, "statement")
    if f.reports > 1:
        statements += f" {say('facts.in_lines', lines=count(f.lines, 'line'))}"
    yield f"- {statements}" + (f", {say('facts.said')} {inline(f.said)}" if f.said else "")
    if f.reports > 1:
        independent = f", {say('facts.independent', n=f.independent)}" if f.several else ""
        yield f"- {count(f.several, 'line')} {say('facts.several')}{independent}"
    unnamed = f", {count(f.unnamed, 'statement')} {say('facts.unnamed')}" if f.unnamed else ""
    yield f"- {count(f.speakers, 'speaker')}{unnamed}"
    if f.conflicts or story.sticking_points:
        found = [count(f.conflicts, "conflict")]
        found += [count(len(story.sticking_points), "sticking_point")] if story.sticking_points else []
        yield f"- {', '.join(found)}"
    yield ""


def _report(article: ArticleView) -> Iterator[str]:
    a = article.record
    url = web_address(a.url)
    address = url.replace("(", "%28").replace(")", "%29") if url else None
    facts = [f"**{inline(article.name)}**"]
    facts += [inline(article.heading)] if article.heading != article.name else []
    if address:
        facts[-1] = f"[{facts[-1]}](<{address}>)"
    facts += [] if a.title else [" ".join(shown(article.opening).split())]
    facts += [inline(a.byline)] if a.byline else []
    facts += [inline(day(a.published) or a.published) if a.published else say("dates.none")]
    facts += [say("reports.language", language=inline(a.language))] if a.language and a.language != "en" else []
    facts += [count(article.statements, "statement")]
    if article.credited_in_title:
        facts.append(say("reports.credits", names=", ".join(map(inline, article.credited_in_title))))
    yield f"- {dotted(facts)}"
    for note in a.notes:
        yield f"  - {say('reports.note', note=inline(note))}"


def _conflict(c: ConflictView) -> Iterator[str]:
    about = f" {say('conflicts.about', words=quote(c.about))}" if c.about else ""
    yield from heading(3, say(f"conflicts.types.{c.record.type}") + about)
    if c.record.update:
        yield f"**{say('conflicts.update')}**"
        yield ""
    for i, side in enumerate(c.sides):
        if i:
            yield f"*{say('conflicts.and')}*"
            yield ""
        for told in side.told:
            yield from _again(told)
        for passage in side.passages:
            yield from _passage(passage)
    yield f"{say('conflicts.why')}:"
    yield ""
    for reason in c.why:
        words = " / ".join(f"{quote(p.text)} ({inline(p.article.name)})" for p in reason.words)
        yield f"- {inline(reason.kind)}: {words}"
    if not c.why and c.record.type == "position":
        yield f"- {say('conflicts.position_why')}"
    if c.record.score is not None:
        yield f"- {say('conflicts.score', score=f'{c.record.score:.2f}')}"
    yield ""


def _record(story: StoryView) -> Iterator[str]:
    if story.several:
        yield from heading(2, say("lines.record"))
    for u in story.several:
        yield from _utterance(u, story)
    if story.single:
        yield from heading(2, say("lines.one" if len(story.articles) > 1 else "lines.heading"))
    for article in story.articles:
        alone = story.alone[article.index]
        if alone and len(story.articles) > 1:
            yield from heading(3, inline(article.name))
        for u in alone:
            yield from _utterance(u, story)


def _utterance(u: UtteranceView, story: StoryView) -> Iterator[str]:
    role = f", {inline(u.speaker.role)}" if u.speaker.role else ""
    level = 3 if u.shared or len(story.articles) == 1 else 4
    yield from heading(level, f"{u.number}. {inline(u.speaker.name)}{role}")
    if u.shared:
        facts = [say("lines.reports_of", n=len(u.articles), total=len(story.articles))]
        facts += [inline(source.label) for source in u.sources]
        facts += map(inline, u.labels)
        facts += [say("labels.said", day=inline(u.said_on))] if u.said_on else []
        yield dotted(facts)
        yield ""
    for i, line in enumerate(u.lines):
        yield from _line(line, u, also=i > 0 and u.lines[i - 1].article is line.article)


def _line(line: Line, u: UtteranceView, *, also: bool) -> Iterator[str]:
    # What holds for all tellings of an utterance stands above them; an utterance of one report has no such heading.
    s, text = line.statement, line.article.record.text
    facts = [f"**{inline(line.article.name)}**"] if u.shared else []
    facts += [say("labels.also")] if also else []
    facts += [" ".join(quote(span.of(text)) for span in sorted(p for p in (s.source, s.cue) if p))]
    facts += [say("labels.fullest")] if line.fullest and u.shared else []
    facts += [inline(label) for label in line.labels if not u.shared or label not in u.labels]
    if line.said_on and not (u.shared and u.said_on):
        facts.append(say("labels.said", day=inline(line.said_on)))
    facts += [say("labels.to", addressee=quote(line.addressee))] if line.addressee else []
    facts += [quote(line.occasion)] if line.occasion else []
    facts += [say("labels.less_sure")] if s.confidence < SURE else []
    facts += [] if line.excerpt else [say("lines.no_words")]
    facts += [say("lines.place", start=line.start, end=line.end)]
    facts += [say("labels.also_in_line", number=u.elsewhere[s.id])] if s.id in u.elsewhere else []
    yield dotted(facts)
    yield ""
    yield from block(line.words or line.excerpt)
    if u.shared and line.differences:
        yield dotted(map(_difference, line.differences))
        yield ""


def _difference(kind: Kind) -> str:
    told = [
        say("differences_told.for", own=quote(change.own), fullest=quote(change.fullest))
        if change.own and change.fullest
        else quote(change.own or change.fullest or "")
        for change in kind.changes
    ]
    name = f"**{inline(kind.name)}**" if kind.warning else inline(kind.name)
    more = say("differences_told.more", n=kind.more) if kind.more else ""
    return " ".join(part for part in (name, ", ".join(told), more) if part)


def _again(told: Told) -> Iterator[str]:
    """Yield an utterance told again away from its line: its number, who speaks by which words, which reports, what."""
    u, line = told.utterance, told.line
    names = ", ".join(inline(a.name) for a in told.articles[:MOST_NAMES])
    if len(told.articles) > MOST_NAMES:
        names += f" {say('lines.more_reports', n=len(told.articles) - MOST_NAMES)}"
    who = f"{inline(u.speaker.name)} {quote(line.crediting)}" if line.crediting else inline(u.speaker.name)
    yield dotted([say("lines.line", number=u.number), who, names, *map(inline, line.labels)])
    yield ""
    yield from block(line.words or line.excerpt)


def _passage(p: Passage) -> Iterator[str]:
    yield dotted([inline(p.article.name), say("labels.nobody"), say("lines.place", start=p.start, end=p.end)])
    yield ""
    yield from block(p.runs)


def _positions(story: StoryView) -> Iterator[str]:
    yield from heading(2, say("positions.heading"))
    head = [say("positions.actor"), *(inline(issue.name) for issue in story.issues)]
    rows = [[_named(row.speaker), *("; ".join(map(_position, cell)) for cell in row.cells)] for row in story.matrix]
    yield from table(head, rows)
    bound = [(p, p.condition) for issue in story.issues for p in issue.positions if p.condition]
    for p, condition in bound:
        words = f"{say('positions.condition')} {quote(condition.text)}"
        yield f"- **{inline(p.speaker.name)}**, {inline(p.issue)}: {words} {_numbers(p.utterances)}".rstrip()
    if bound:
        yield ""


def _position(p: PositionView) -> str:
    facts = [say(f"positions.stances.{p.record.stance}")]
    facts += [say("labels.second_hand")] if p.record.second_hand else []
    facts += [say("labels.without_naming")] if p.record.without_naming else []
    facts += [inline(p.when)] if p.when else []
    return f"{', '.join(facts)} {_numbers(p.utterances)}".rstrip()


def _named(s: SpeakerView) -> str:
    return f"**{inline(s.name)}**" + (f", {inline(s.role)}" if s.role else "")


def _sticking_point(point: StickingPointView) -> Iterator[str]:
    yield from heading(3, inline(point.name))
    for stance, stands in (("for", point.for_), ("against", point.against), ("conditional", point.conditional)):
        if stands:
            yield f"**{say(f'positions.stances.{stance}')}**"
            yield ""
            yield from _side(stands)
    if point.conditions:
        yield f"**{say('conditions.heading')}**"
        yield ""
        yield from map(_condition, point.conditions)
        yield ""


def _side(stands: Sequence[Stand]) -> Iterator[str]:
    """Yield the strongest words of the surest on a side, then the names of the others."""
    others = []
    for i, stand in enumerate(stands):
        if i < MOST_STANDS and stand.position and stand.position.told:
            yield from _again(stand.position.told[0])
        else:
            numbers = _numbers(stand.position.utterances) if stand.position else ""
            others.append(f"{inline(stand.speaker.name)} {numbers}".rstrip())
    if others:
        names = ", ".join(others)
        yield say("sticking.others", names=names) if len(others) < len(stands) else names
        yield ""


def _condition(c: ConditionView) -> str:
    second = f", {say('labels.second_hand')}" if c.record.second_hand else ""
    return f"- **{inline(c.speaker.name)}**: {quote(c.words.text)}{second} {_numbers(c.utterances)}".rstrip()


def _timeline(story: StoryView) -> Iterator[str]:
    yield from heading(2, say("timeline.heading"))
    dated = [d for d in story.timeline if d.when]
    for d in dated:
        if not d.future:
            yield from _day(d, 3)
    ahead = [d for d in dated if d.future]
    if ahead:
        yield from heading(3, say("timeline.ahead"))
    for d in ahead:
        yield from _day(d, 4)
    for d in story.timeline:
        if not d.when:
            yield from _undated(d)


def _day(d: DayView, level: int) -> Iterator[str]:
    yield from heading(level, inline(d.when or ""))
    for told in d.told:
        yield from _again(told)
    for event in d.events:
        for passage in event:
            yield from _passage(passage)


def _undated(d: DayView) -> Iterator[str]:
    """Yield what no report dates: the numbers of the lines are enough, their words stand in the record."""
    yield from heading(3, say("timeline.undated"))
    if d.told:
        words = say("timeline.undated_of", n=count(len(d.told), "line"))
        yield f"{words} {_numbers(told.utterance for told in d.told)}"
        yield ""
    for event in d.events:
        for passage in event:
            yield from _passage(passage)


def _index(entries: Iterable[IndexEntry]) -> Iterator[str]:
    for e in entries:
        told = say("speakers.told", statements=count(e.statements, "statement"), reports=count(e.articles, "report"))
        also = ", ".join(map(inline, e.speaker.spellings))
        name = _named(e.speaker) + (f", {say('speakers.also', names=also)}" if also else "")
        yield f"- {dotted([f'{name}: {told} {_numbers(e.utterances)}', *_known_of(e.speaker)])}"
    yield ""


def _known_of(s: SpeakerView) -> Iterator[str]:
    """Yield what is known of a speaker beside its names: roles, who speaks for whom, why it is not named, whom a file
    takes it for.
    """
    yield from map(inline, s.roles)
    for link in s.speaks_for:
        by = _by(link)
        yield say("speakers.speaks_for", name=inline(link.name)) + (f" ({by})" if by else "")
    if s.spoken_for:
        names = ", ".join(dict.fromkeys(inline(link.name) for link in s.spoken_for))
        yield say("speakers.spoken_for", names=names)
    if s.unnamed_because:
        yield say("speakers.not_named", words=quote(s.unnamed_because))
    if s.may_be:
        yield say("speakers.may_be", names=f" {say('speakers.or')} ".join(map(inline, s.may_be)))
    if s.known_as:
        yield say("speakers.known_as", entry=inline(s.known_as))
        yield from (f"{inline(kind)} {inline(value)}" for kind, value in s.identifiers)


def _by(link: LinkView) -> str:
    if link.words:
        return say("speakers.by_words", words=quote(link.words))
    return say("speakers.by_file", file=inline(link.file)) if link.file else ""


def _coverage(story: StoryView) -> Iterator[str]:
    yield from heading(2, say("coverage.heading"))
    all_ = len(story.utterances)
    rows = []
    for row in story.coverage:
        leads = "–"
        if u := row.leads_with:
            after = count(row.record.words_before, "word") if row.record.words_before else ""
            leads = f"{u.number} {inline(u.speaker.name)}" + (
                f", {say('coverage.after', words=after)}" if after else ""
            )
        rows.append(
            [
                inline(row.article.name),
                f"{len(row.has)} {say('coverage.has_of', all=all_)}",
                str(len(row.alone)),
                f"{len(row.lacks)} {_numbers(row.lacks, MOST_RUNS)}".rstrip(),
                leads,
                str(len(row.record.unnamed)),
                str(len(row.record.readings)),
            ]
        )
    head = (
        "coverage.report",
        "coverage.has",
        "coverage.only_here_head",
        "coverage.lacks",
        "coverage.leads_with",
        "coverage.unnamed_head",
        "coverage.readings_head",
    )
    yield from table([say(key) for key in head], rows)
    yield from _words(story)
    if story.several:
        yield from _matrix(story)


def _words(story: StoryView) -> Iterator[str]:
    """Yield how many words of each report rest on what, and on whom."""
    names = interface.texts("coverage.kinds")
    by_kind = [dict(r.kinds) for r in story.coverage]
    found_in_any = {kind for found in by_kind for kind in found}
    kinds = [kind for kind in KINDS if kind in found_in_any] + sorted(found_in_any - set(KINDS))
    yield from heading(3, say("coverage.words"))
    head = [say("coverage.report"), *(inline(names.get(kind, kind)) for kind in kinds), say("coverage.own_words")]
    rows = (
        [inline(r.article.name), *(str(found.get(kind, 0)) for kind in kinds), str(r.record.own_words)]
        for r, found in zip(story.coverage, by_kind, strict=True)
    )
    yield from table(head, rows)
    yield from heading(3, say("coverage.words_by_speaker"))
    for r in story.coverage:
        words = ", ".join(f"{inline(name)} {n}" for name, n in r.words.items())
        yield f"- **{inline(r.article.name)}**: {words or '–'}"
    yield ""


def _matrix(story: StoryView) -> Iterator[str]:
    """Yield which report tells which shared line: a column for each report, of many reports a row of signs."""
    yield from heading(3, say("coverage.matrix"))
    yield dotted(f"{MARKS[mark]} {inline(name)}" for mark, name in interface.texts("coverage.marks").items())
    yield ""
    narrow = len(story.articles) > MOST_COLUMNS
    head = [say("markdown.strip")] if narrow else [inline(a.name) for a in story.articles]
    rows = []
    for u in story.several:
        told = tellings(u)
        signs = [MARKS[told[a.index].mark] if a.index in told else NOT_TOLD for a in story.articles]
        words = " ".join(shown(shorten(u.fullest.words or u.fullest.excerpt, LONGEST_BRIEF)).split())
        label = f"{u.number} **{inline(u.speaker.name)}** {words}".rstrip()
        rows.append([label, *(["".join(signs)] if narrow else ["" if s == NOT_TOLD else s for s in signs])])
    yield from table([say("coverage.line"), *head], rows)


def _primary(p: PrimaryView) -> Iterator[str]:
    yield from heading(3, inline(p.record.title or p.record.name))
    counts = ", ".join(f"{n} {inline(name)}" for name, n in p.counts) or say("primary.none")
    yield f"{', '.join(map(inline, p.speakers))}: {counts}"
    yield ""
    for c in p.checks:
        verdict = f"**{inline(c.verdict)}**" if c.warning else inline(c.verdict)
        place = say("lines.place", start=c.line.start, end=c.line.end)
        yield dotted([verdict, inline(c.line.article.name), place])
        yield ""
        yield from block(c.line.words or c.line.excerpt)
        told = [_difference(kind) for kind in c.differences]
        if c.words and c.verdict != VERDICTS["verbatim"]:
            told.append(say("primary.source", words=" … ".join(map(quote, c.words))))
        if told:
            yield dotted(told)
            yield ""


def _made(dossier: Dossier, stories: Sequence[StoryView]) -> Iterator[str]:
    made = dossier.made_by
    yield from heading(2, say("made.heading"))
    for key in ("made.promise", "made.markdown", "made.limits"):
        yield say(key)
        yield ""
    by = say("made.by", version=within(made.version), weights=within(made.weights), schema=within(dossier.schema))
    yield by + (f" {say('made.options', options=within(' '.join(made.options)))}" if made.options else "")
    yield ""
    sums = [f"- {inline(a.name)}: {a.record.sha256}" for story in stories for a in story.articles]
    if sums:
        yield f"{say('made.sums')}:"
        yield ""
        yield from sums
