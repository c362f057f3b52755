"""Primary sources, with what they say of each quotation checked against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.records import PrimarySource, Story
from onrecord.render import interface
from onrecord.render.view.differences import Kind, kinds
from onrecord.render.view.lines import Line
from onrecord.render.view.speakers import Speakers

VERDICTS = interface.texts("primary.verdicts")
"""What the interface calls each verdict, the weightiest first."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """A line of a report against the source: the verdict, the source's own words, how the wording differs."""

    line: Line
    verdict: str
    warning: bool
    words: tuple[str, ...]
    differences: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class PrimaryView:
    """A primary source, who speaks in it, how many of the quotations have which verdict, and all of them."""

    record: PrimarySource
    speakers: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    checks: tuple[CheckView, ...]


def primary(story: Story, lines: Mapping[str, Line], speakers: Speakers) -> Iterator[PrimaryView]:
    """Yield the story's primary sources."""
    order = list(VERDICTS)
    for source in story.primary:
        texts = {**{a.id: a.text for a in story.articles}, source.id: source.text}
        checks = [
            CheckView(
                line=lines[c.statement],
                verdict=VERDICTS[c.verdict],
                warning=c.verdict == "altered",
                words=tuple(source.text[s.start : s.end] for s in c.spans),
                differences=kinds(c.differences, texts),
            )
            for c in sorted(source.checks, key=lambda c: order.index(c.verdict))
        ]
        counts = Counter(c.verdict for c in checks)
        told = tuple((name, counts[name]) for name in VERDICTS.values() if counts[name])
        yield PrimaryView(source, tuple(speakers.name(a) for a in source.speakers), told, tuple(checks))
