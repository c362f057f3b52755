"""The short record on a terminal: who, the words cut to the width, which reports; what conflicts, what sticks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from onrecord.records import Dossier
from onrecord.render import interface
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.conflicts import ConflictView, Side
from onrecord.render.view.lines import ATTITUDE, HEDGED, Line
from onrecord.render.view.positions import Stand, StickingPointView
from onrecord.render.view.slices import Run
from onrecord.render.view.story import StoryView
from onrecord.render.view.utterances import UtteranceView
from onrecord.render.view.wording import day

# Rows shown for a story beside its reports: two screens. A line of the record has two; the rest is counted.
MOST_ROWS = 80
# Conflicts, and sticking points, that have rows of their own: with more, the lines themselves would go.
MOST_DISPUTES = 5

# Whatever could steer a terminal or turn its text around: control characters, and bidirectional ones.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Labels that are shorter here, or plain from the words: quotation marks and the crediting words stand with them.
_SHORT = {
    ATTITUDE: interface.text("labels.attitude_short"),
    **dict.fromkeys((interface.text(f"labels.{kind}") for kind in ("direct", "mixed", "indirect")), ""),
}
_WARNINGS = (HEDGED, interface.text("labels.denies"))


def print_summary(dossier: Dossier, console: Console) -> None:
    """Print the short record; see :func:`onrecord.render.summary`."""
    stories = [StoryView(story) for story in dossier.stories]
    if not stories:
        console.print(Text(interface.text("page.no_stories")))
    for number, story in enumerate(stories):
        if number:
            console.print()
        _print_story(story, console)


def clean(text: str) -> str:
    """Return text on one line, with what could steer the terminal shown as U+FFFD."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


def _print(console: Console, text: Text) -> None:
    console.print(text, no_wrap=True, overflow="ellipsis", crop=True, soft_wrap=False)


def _print_story(story: StoryView, console: Console) -> None:
    for article in story.articles:
        _print_report(article, console)
    shown = 0
    width = len(str(len(story.utterances)))
    disputes = list(_disputes(story, console.width, width))
    for heading, utterances in _groups(story, (MOST_ROWS - len(disputes)) // 2):
        console.print()
        if heading:
            _print(console, _heading(heading))
        for u in utterances:
            _print_utterance(u, console, width)
        shown += len(utterances)
    if hidden := len(story.utterances) - shown:
        console.print()
        _print(console, _more(hidden, "more_line"))
    for row in disputes:
        _print(console, row)
    console.print()
    console.print(Text(" · ".join(_counts(story))))


def _counts(story: StoryView) -> Iterator[str]:
    f = story.facts
    yield interface.count(f.reports, "report")
    yield interface.count(f.statements, "statement")
    yield interface.text("terminal.several", lines=interface.count(f.several, "line"))
    yield interface.count(f.speakers, "speaker")
    if f.unnamed:
        yield interface.text("terminal.unnamed", n=f.unnamed)
    if f.conflicts:
        yield interface.count(f.conflicts, "conflict")
    if story.sticking_points:
        yield interface.count(len(story.sticking_points), "sticking_point")


def _groups(story: StoryView, left: int) -> Iterator[tuple[str | None, Sequence[UtteranceView]]]:
    """Yield ``left`` lines to show, at most: what several reports tell, then of what each alone tells its share, so
    that no report stays unseen behind a long one.
    """
    if story.several:
        yield interface.text("lines.record"), story.several[:left]
        left -= len(story.several[:left])
    alone = [(article, own) for article in story.articles if (own := story.alone[article.index])]
    for number, (article, own) in enumerate(alone):
        share = max(left // (len(alone) - number), min(left, 1))
        if share:
            several = len(story.articles) > 1
            yield interface.text("lines.alone", report=clean(article.name)) if several else None, own[:share]
        left -= len(own[:share])


def _disputes(story: StoryView, columns: int, width: int) -> Iterator[Text]:
    """Yield the rows of the conflicts and the sticking points, cut to ``columns``; numbers are ``width`` wide."""
    if story.conflicts:
        yield Text()
        yield _heading(interface.text("conflicts.heading"))
    for c in story.conflicts[:MOST_DISPUTES]:
        yield _conflict(c)
        yield from _sides(c, columns, width)
    if (hidden := len(story.conflicts) - MOST_DISPUTES) > 0:
        yield _more(hidden, "more_conflict")
    if story.sticking_points:
        yield Text()
        yield _heading(interface.text("sticking.heading"))
    for point in story.sticking_points[:MOST_DISPUTES]:
        yield _sticking_point(point, columns)
    if (hidden := len(story.sticking_points) - MOST_DISPUTES) > 0:
        yield _more(hidden, "more_sticking_point")


def _conflict(c: ConflictView) -> Text:
    row = Text(interface.text(f"conflicts.types.{c.record.type}"), style="yellow")
    if c.about:
        about = interface.text("labels.quote", words=clean(c.about))
        row.append(f" {interface.text('conflicts.about', words=about)}", style="not yellow")
    if c.record.score is not None:
        row.append(f" · {interface.text('conflicts.score', score=f'{c.record.score:.2f}')}", style="not yellow dim")
    if c.record.update:
        row.append(f" · {interface.text('conflicts.update')}", style="not yellow")
    return row


def _sides(c: ConflictView, columns: int, width: int) -> Iterator[Text]:
    """Yield a row for each side: the first line of it, else the first passage; its number leads to the line."""
    first = [_first(side) for side in c.sides if side.told or side.passages]
    of_one = len({name for _, name, _, _ in first}) < len(first)
    for number, name, article, runs in first:
        # Where one speaker is on both sides, the reports tell them apart.
        who = f"{clean(name)} ({clean(article.name)})" if of_one and name != article.name else clean(name)
        row = Text(f"{number:>{width}} ", style="dim")
        # A long name leaves at least half of the row to the words.
        row.append(f"{_fit(who, columns // 2)}: ", style="not dim bold")
        row.append(_cut(runs, columns - row.cell_len), style="not dim")
        yield row


def _first(side: Side) -> tuple[str, str, ArticleView, Sequence[Run]]:
    if side.told:
        line = side.told[0].line
        return str(side.told[0].utterance.number), side.told[0].utterance.speaker.name, line.article, _saying(line)
    passage = side.passages[0]
    return "", passage.article.name, passage.article, passage.runs


def _sticking_point(point: StickingPointView, columns: int) -> Text:
    def told(issue: str, supporters: str, opponents: str) -> str:
        return interface.text("terminal.sticking", issue=issue, supporters=supporters, opponents=opponents)

    def names(stands: Sequence[Stand]) -> str:
        return ", ".join(clean(stand.speaker.name) for stand in stands) or "–"

    issue, for_, against = clean(point.name), names(point.for_), names(point.against)
    if cell_len(whole := told(issue, for_, against)) <= columns:
        return Text(whole)
    # Neither a long issue nor many on one side leave the other side unseen.
    issue = _fit(issue, columns // 3)
    room = columns - cell_len(told(issue, "", ""))
    supporters = _fit(for_, max(room - cell_len(against), room // 2))
    return Text(told(issue, supporters, _fit(against, max(room - cell_len(supporters), room // 2))))


def _heading(words: str) -> Text:
    return Text(words, style="bold underline")


def _more(n: int, noun: str) -> Text:
    return Text(interface.text("terminal.more", more=interface.count(n, noun)), style="dim")


def _print_report(article: ArticleView, console: Console) -> None:
    a = article.record
    line = Text(clean(article.name), style="bold")
    facts = [clean(day(a.published) or a.published)] if a.published else [interface.text("dates.none")]
    facts.append(interface.count(article.statements, "statement"))
    tail = "  " + ", ".join(facts)
    line.truncate(max(console.width - cell_len(tail), 8), overflow="ellipsis")
    line.append(tail, style="not bold dim")
    _print(console, line)
    if article.heading != article.name:
        _print(console, Text("  " + clean(article.heading)))
    elif not a.title and article.opening:
        _print(console, Text("  " + _cut(article.opening, console.width - 2), style="dim"))
    for note in a.notes:
        _print(console, Text(f"  {interface.text('reports.note', note=clean(note))}", style="dim"))


def _print_utterance(u: UtteranceView, console: Console, width: int) -> None:
    line = u.fullest
    head = Text(f"{u.number:>{width}} ", style="dim")
    head.append(clean(u.speaker.name), style="not dim bold" if u.speaker.actor else "not dim")
    for label in line.labels:
        if short := _SHORT.get(label, label):
            head.append(f" · {short}", style="not dim yellow" if label in _WARNINGS else "")
    if u.shared:
        # A warning stands before the names: these are cut where they are too many for the screen.
        changed = sum(any(kind.warning for kind in line.differences) for line in u.lines)
        if changed:
            tellings = interface.count(changed, "telling")
            words = interface.text("differences_told.changed_in", tellings=tellings)
            head.append(f" · {words}", style="not dim yellow")
        # Three names fit most screens; of more, how many there are is told first.
        several = f"{interface.count(len(u.articles), 'report')}: " if len(u.articles) > 3 else ""
        names = ", ".join(clean(a.name) for a in u.articles)
        head.append(f"  {several}{names}", style="not dim cyan")
    for source in u.sources:
        head.append(f" · {clean(source.label)}", style="not dim")
    _print(console, head)
    said = _cut(_saying(line), console.width - width - 1)
    _print(console, Text(" " * (width + 1) + said, style="italic" if line.hedged else ""))


def _saying(line: Line) -> Sequence[Run]:
    """Return direct words alone; what is not direct with the crediting words before it, without which "the criticism"
    says nothing.
    """
    if line.statement.kind == "direct" and not line.hedged:
        return line.words or line.excerpt
    telling = [bool(run.roles & {"cue", "hedge", "content"}) for run in line.excerpt]
    first = telling.index(True) if True in telling else 0
    said = [i for i, run in enumerate(line.excerpt) if "content" in run.roles]
    return line.excerpt[first : said[-1] + 1 if said else None]


def _cut(runs: Sequence[Run], width: int) -> str:
    # Far more than any width: a cell is at least one character wide in all but combining marks.
    text = clean("".join(" […] " if run.elided else run.text[:2000] for run in runs[:50]))
    return _fit(text or interface.text("lines.no_words_short"), width)


def _fit(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 1)).rstrip() + "…"
