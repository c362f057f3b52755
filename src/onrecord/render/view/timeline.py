"""What was said and what happened, day by day, and the drawing of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.records import Story, TimelineEntry
from onrecord.render import interface
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import Passage, Passages
from onrecord.render.view.utterances import Told, Utterances
from onrecord.render.view.wording import when

# Speakers with a row of their own in the drawing; more rows than fingers cannot be compared by eye.
MOST_LANES = 9
# Of a bubble, in pixels: the least that can be seen well, and the most that a lane holds.
LEAST_SIZE, MOST_SIZE = 5, 13
# Heights and widths of the drawing's parts, in pixels: a lane, a column, the days above, the names at the left.
LANE, COLUMN, HEAD, NAMES = 30, 80, 54, 180


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, with the utterances said on it and the events of it, each event with every passage that tells it.

    ``when`` is ``None`` for what no report dates; ``year`` is the first year, empty where nobody knows it; ``brief`` is
    the day without it. ``future`` marks what lay ahead of the reports.
    """

    when: str | None
    brief: str
    year: str
    future: bool
    told: tuple[Told, ...]
    events: tuple[tuple[Passage, ...], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """How many utterances, or events, a lane has on a day: its middle, half its width, and what it tells."""

    x: int
    y: int
    size: int
    event: bool
    n: int
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The timeline drawn: a lane for each speaker, the last for the reports' own words, and a column for each day.

    ``years`` stand where a new one begins; ``ahead`` is where the days ahead of the reports begin, ``None`` without
    any. All in pixels.
    """

    width: int
    height: int
    columns: tuple[tuple[int, DayView], ...]
    years: tuple[tuple[int, str], ...]
    lanes: tuple[tuple[int, str], ...]
    bubbles: tuple[Bubble, ...]
    ahead: int | None


def timeline(story: Story, utterances: Utterances, passages: Passages, anchors: Anchors) -> Iterator[DayView]:
    """Yield the days in their order, entries of one day together, those of a "Monday" that no report dates as well;
    what has no day at all comes last.
    """
    groups: dict[tuple[str | None, bool], list[TimelineEntry]] = defaultdict(list)
    for entry in story.timeline:
        groups[_when(entry), entry.future].append(entry)
    for (told_when, future), entries in sorted(groups.items(), key=lambda group: group[0][0] is None):
        told = utterances.told([i for e in entries for i in e.statements])
        events = tuple(tuple(passages.at(p) for p in e.passages) for e in entries if e.passages)
        first = entries[0]
        year = (first.from_ or "")[:4]
        brief = (told_when or "").removesuffix(year).rstrip() if len(first.value) > len(year) else told_when or ""
        anchor = anchors.make(f"day-{first.id}")
        yield DayView(told_when, brief, year, future, told, events, anchor)


def _when(entry: TimelineEntry) -> str | None:
    told = when(entry.value, entry.from_, entry.to)
    return interface.text("dates.since", day=told) if told and entry.from_ and entry.to is None else told


def drawing(days: Sequence[DayView]) -> Drawing | None:
    """Return the drawing of the days whose year is known; ``None`` where nothing was said on two of them."""
    dated = [day for day in days if day.year]
    if sum(bool(day.told) for day in dated) < 2:
        return None
    speakers = {t.utterance.speaker.key: t.utterance.speaker for day in dated for t in day.told}
    totals = Counter(t.utterance.speaker.key for day in dated for t in day.told)
    leading = [key for key, _ in totals.most_common(MOST_LANES if len(totals) <= MOST_LANES else MOST_LANES - 1)]
    lanes = [speakers[key].name for key in leading]
    lane_of = {key: i for i, key in enumerate(leading)}
    if len(totals) > len(leading):
        lanes.append(interface.text("timeline.others"))
    if any(day.events for day in dated):
        lanes.append(interface.text("timeline.reports"))
    rows = [(HEAD + LANE * i + LANE // 2, name) for i, name in enumerate(lanes)]
    columns = tuple((NAMES + COLUMN * i + COLUMN // 2, day) for i, day in enumerate(dated))
    bubbles = []
    for x, day in columns:
        of_day = Counter(lane_of.get(t.utterance.speaker.key, len(leading)) for t in day.told)
        if day.events:
            of_day[len(lanes) - 1] = len(day.events)
        for lane, n in sorted(of_day.items()):
            size = min(round(LEAST_SIZE * n**0.5) + (n > 1), MOST_SIZE)
            event = lane == len(lanes) - 1 and bool(day.events)
            bubbles.append(Bubble(x, rows[lane][0], size, event, n, rows[lane][1], str(day.when)))
    years: list[tuple[int, str]] = []
    for x, day in columns:
        if day.brief != day.when and (not years or years[-1][1] != day.year):
            years.append((x, day.year))
    ahead = next((x - COLUMN // 2 for x, day in columns if day.future), None)
    height = HEAD + LANE * len(lanes) + 6
    return Drawing(NAMES + COLUMN * len(columns), height, columns, tuple(years), tuple(rows), tuple(bubbles), ahead)
