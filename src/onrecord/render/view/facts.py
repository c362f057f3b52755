"""A story in figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.records import Story
from onrecord.render.view.utterances import UtteranceView
from onrecord.render.view.wording import days

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Facts:
    """A story in figures: ``published`` and ``said`` are the days from the first to the last, ``None`` without any;
    ``independent`` are utterances that reports have from more than one origin; ``unnamed`` are statements.
    """

    reports: int
    outlets: int
    published: str | None
    said: str | None
    statements: int
    lines: int
    several: int
    independent: int
    speakers: int
    conflicts: int
    unnamed: int


def facts(story: Story, utterances: Sequence[UtteranceView]) -> Facts:
    """Return the story's figures."""
    said = [e for e in story.timeline if e.kind == "statement" and not e.future]
    return Facts(
        reports=len(story.articles),
        outlets=len({a.outlet for a in story.articles if a.outlet}),
        published=_days(a.published for a in story.articles),
        said=_days(day for e in said if e.from_ and e.to for day in (e.from_, e.to)),
        statements=len(story.statements),
        lines=len(utterances),
        several=sum(u.shared for u in utterances),
        independent=sum(u.shared and u.origins > 1 for u in utterances),
        speakers=len({u.speaker.key for u in utterances}),
        conflicts=len(story.conflicts),
        unnamed=sum(s.anonymous for s in story.statements),
    )


def _days(values: Iterable[str | None]) -> str | None:
    found = sorted(value[:10] for value in values if value and _DAY.match(value))
    return days(found[0], found[-1]) if found else None
