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
    by_article: dict[str, list[StoryStatement]] = defaultdict(list)
    for statement in told:
        by_article[statement.article].append(statement)
    out = []
    for reading in readings:
        own = by_article[reading.id]
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
            )
        )
    return tuple(out)
