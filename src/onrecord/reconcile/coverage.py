"""Coverage: what each report has, lacks and leads with, and on whose words it rests."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.records import Coverage, Reading, StoryStatement, Utterance

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def coverage(
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    said: Sequence[Utterance],
) -> tuple[Coverage, ...]:
    """Return one entry an article, in the order of the readings.

    An article lacks an utterance that at least one other tells. Words of nested statements count for the inner speaker
    as well as for the outer one.
    """
    homes: dict[str, list[str]] = defaultdict(list)
    for utterance in said:
        for key in utterance.statements:
            homes[key].append(utterance.id)
    article = {s.id: s.article for s in told}
    by_article: dict[str, list[StoryStatement]] = defaultdict(list)
    for statement in told:
        by_article[statement.article].append(statement)
    alone = {u.id for u in said if len({article[key] for key in u.statements}) == 1}
    out = []
    for reading in readings:
        own = sorted(by_article[reading.id], key=_start)
        has = dict.fromkeys(u for s in own for u in homes[s.id])
        by_actor: Counter[str] = Counter()
        by_kind: Counter[str] = Counter()
        covered = bytearray(len(reading.text))
        for statement in own:
            count = 0
            for span in statement.content:
                count += len(_WORD.findall(reading.text, span.start, span.end))
                covered[span.start : span.end] = b"\x01" * (span.end - span.start)
            if statement.speaker:
                by_actor[statement.speaker] += count
            by_kind[statement.source_kind] += count
        out.append(
            Coverage(
                article=reading.id,
                utterances=tuple(has),
                lacks=tuple(u.id for u in said if u.id not in has),
                leads_with=next(iter(has), None),
                words_by_actor=dict(by_actor.most_common()),
                words_by_source_kind=dict(by_kind.most_common()),
                own_words=sum(not covered[m.start()] for m in _WORD.finditer(reading.text)),
                alone=tuple(u for u in has if u in alone),
                words_before=len(_WORD.findall(reading.text, 0, _start(own[0])[0])) if own else 0,
                unnamed=tuple(s.id for s in own if s.anonymous or s.source_kind == "unnamed"),
                readings=tuple(s.id for s in own if s.hedges),
            )
        )
    return tuple(out)


def _start(s: StoryStatement) -> tuple[int, str]:
    """Return where a statement begins, whichever of its parts comes first, and its id."""
    return min((x.start for x in (s.source, s.cue, *s.content) if x is not None), default=0), s.id
