"""The index: every speaker with what is credited to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.render.view.speakers import SpeakerView
from onrecord.render.view.utterances import UtteranceView


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A speaker with everything credited to it."""

    speaker: SpeakerView
    utterances: tuple[UtteranceView, ...]
    statements: int
    articles: int


def index(utterances: Iterable[UtteranceView]) -> tuple[tuple[IndexEntry, ...], tuple[IndexEntry, ...]]:
    """Return the speakers with a name, and those without; in both, who is credited most comes first."""
    by_speaker: dict[str, list[UtteranceView]] = defaultdict(list)
    for u in utterances:
        by_speaker[u.speaker.key].append(u)
    named: list[IndexEntry] = []
    unnamed: list[IndexEntry] = []
    for own in by_speaker.values():
        speaker = own[0].speaker
        lines = {line.statement.id: line for u in own for line in u.lines}.values()
        entry = IndexEntry(speaker, tuple(own), len(lines), len({line.article.index for line in lines}))
        nameless = speaker.actor is None or speaker.actor.kind == "unnamed"
        (unnamed if nameless or all(line.statement.anonymous for line in lines) else named).append(entry)
    return _most_first(named), _most_first(unnamed)


def _most_first(entries: list[IndexEntry]) -> tuple[IndexEntry, ...]:
    def key(e: IndexEntry) -> tuple[bool, int, str, str]:
        return e.speaker.actor is None, -e.statements, e.speaker.name.casefold(), e.speaker.key

    return tuple(sorted(entries, key=key))
