"""The short record on a terminal: who, the words cut to the width, which reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from onrecord.records import Dossier
from onrecord.render.view.articles import ArticleView
from onrecord.render.view.lines import ATTITUDE, HEDGED, Line
from onrecord.render.view.slices import Run
from onrecord.render.view.story import StoryView
from onrecord.render.view.utterances import UtteranceView
from onrecord.render.view.wording import count, day

# Lines of the record shown for a story: with two lines each, two screens. The rest is counted.
MOST_LINES = 40

# Whatever could steer a terminal or turn its text around: control characters, and bidirectional ones.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Labels that are shorter here, or plain from the words: quotation marks and the crediting words stand with them.
_SHORT = {ATTITUDE: "attitude", "direct words": "", "mixed words": "", "indirect": ""}


def print_summary(dossier: Dossier, console: Console) -> None:
    """Print the short record; see :func:`onrecord.render.summary`."""
    stories = [StoryView(story) for story in dossier.stories]
    if not stories:
        console.print(Text("No stories: 0 reports."))
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
    for heading, utterances in _groups(story):
        console.print()
        if heading:
            _print(console, Text(heading, style="bold underline"))
        for u in utterances:
            _print_utterance(u, console, width)
        shown += len(utterances)
    console.print()
    if hidden := len(story.utterances) - shown:
        _print(console, Text(f"and {count(hidden, 'more line')}; the page has them all", style="dim"))
    counts = [
        count(len(story.articles), "report"),
        count(len(story.record.statements), "statement"),
        f"{count(len(story.several), 'line')} told by several reports",
        count(len(story.named) + len(story.unnamed), "speaker"),
    ]
    anonymous = sum(s.anonymous for s in story.record.statements)
    counts += [f"{anonymous} on nobody’s name"] if anonymous else []
    counts += [count(len(story.conflicts), "conflict")] if story.conflicts else []
    console.print(Text(" · ".join(counts)))


def _groups(story: StoryView) -> Iterator[tuple[str | None, Sequence[UtteranceView]]]:
    """Yield the lines to show, :data:`MOST_LINES` at most: what several reports tell, then of what each alone tells its
    share, so that no report stays unseen behind a long one.
    """
    left = MOST_LINES
    if story.several:
        yield "Told by several reports", story.several[:left]
        left -= len(story.several[:left])
    alone = [(article, own) for article in story.articles if (own := story.alone[article.index])]
    for number, (article, own) in enumerate(alone):
        share = max(left // (len(alone) - number), min(left, 1))
        if share:
            heading = f"Told by {clean(article.name)} alone" if len(story.articles) > 1 else None
            yield heading, own[:share]
        left -= len(own[:share])


def _print_report(article: ArticleView, console: Console) -> None:
    a = article.record
    line = Text(clean(article.name), style="bold")
    facts = [clean(day(a.published) or a.published)] if a.published else ["no date"]
    facts.append(count(article.statements, "statement"))
    tail = "  " + ", ".join(facts)
    line.truncate(max(console.width - cell_len(tail), 8), overflow="ellipsis")
    line.append(tail, style="not bold dim")
    _print(console, line)
    if article.heading != article.name:
        _print(console, Text("  " + clean(article.heading)))
    elif not a.title and article.opening:
        _print(console, Text("  " + _cut(article.opening, console.width - 2), style="dim"))
    for note in a.notes:
        _print(console, Text(f"  note: {clean(note)}", style="dim"))


def _print_utterance(u: UtteranceView, console: Console, width: int) -> None:
    line = u.fullest
    head = Text(f"{u.number:>{width}} ", style="dim")
    head.append(clean(u.speaker.name), style="not dim bold" if u.speaker.actor else "not dim")
    for label in line.labels:
        if short := _SHORT.get(label, label):
            head.append(f" · {short}", style="not dim yellow" if label in (HEDGED, "denies") else "")
    if u.shared:
        # Three names fit most screens; of more, how many there are is told first.
        several = f"{len(u.articles)} reports: " if len(u.articles) > 3 else ""
        names = ", ".join(clean(a.name) for a in u.articles)
        head.append(f"  {several}{names}", style="not dim cyan")
        changed = sum(any(kind.warning for kind in line.differences) for line in u.lines)
        if changed:
            head.append(f" · changed words in {count(changed, 'telling')}", style="not dim yellow")
    for told in u.sources:
        head.append(f" · {clean(told)}", style="not dim")
    _print(console, head)
    words = _cut(_saying(line), console.width - width - 1)
    _print(console, Text(" " * (width + 1) + words, style="italic" if line.hedged else ""))


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
    if not text:
        return "(no words given)"
    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 1)).rstrip() + "…"
