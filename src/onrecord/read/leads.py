"""Leads that name later whom they are about: "An Army officer told lawmakers …", and then the officer's name.

The delayed-identification lead is a form of its own in news. It is told from words of somebody who stays unnamed by
what is missing: no word of anonymity, no "the officer" later on, no other unnamed source before a person speaks by
name who was not named before and holds no office that nobody calls "an official".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.read.others import Other, Speaker
from onrecord.read.people import Person, office_words
from onrecord.read.segments import Segments
from onrecord.read.sources import Source
from onrecord.read.words import word_list
from onrecord.records import Span, Statement

_SENTENCES = 8
"""Sentences of a report within which it names whom its lead is about."""
_PRONOUN = len("himself")
"""Letters of a mention that can be a pronoun, at most."""


def named_later(
    segments: Segments, found: Sequence[Statement], speakers: Mapping[str, Speaker | None]
) -> tuple[Other, Person] | None:
    """Return a lead's unnamed subject and the person whom the report then names."""
    told = [(s.source, who) for s in found if (who := speakers[s.id]) is not None and s.source is not None]
    lead = segments.sentences[0] if segments.sentences else Span(0, 0)
    unnamed = [who for source, who in told if source.start < lead.end and isinstance(who, Other)]
    subject = next((o for o in unnamed if o.kind == "unnamed" and o.source and o.source.indefinite), None)
    if subject is None or subject.source is None or subject.plural or subject.anonymity:
        return None
    if any(m.start >= lead.end and m.end - m.start > _PRONOUN for m in subject.mentions):
        return None
    limit = segments.sentences[min(len(segments.sentences), _SENTENCES) - 1].end
    after = [who for source, who in told if lead.end <= source.start < limit and who is not subject]
    if any(isinstance(who, Other) and who.kind == "unnamed" for who in after):
        return None
    person = next((who for who in after if isinstance(who, Person)), None)
    if person is None or person.names[0].span.start < lead.end or not _may_be(person, subject.source):
        return None
    return subject, person


def _may_be(person: Person, described: Source) -> bool:
    offices = {w for r in person.roles for w in office_words(r.text) if w in word_list("offices")}
    return described.head in offices or not offices & word_list("elected")
