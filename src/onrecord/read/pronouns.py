"""Whom "he", "she" and "they" mean: candidates by what the text allows, ranked by the network and by who speaks.

A mention ranker (Denis and Baldridge 2008; Lee et al. 2017): each earlier mention of a candidate has a score, a sum of
weighted features, and the candidate of the best one is meant. The network's feature compares the pronoun with the
mention; the rest is what news does with pronouns: who spoke last goes on speaking, and a subject goes on being the
subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from onrecord.read.mentions import Links
from onrecord.read.people import gender_of
from onrecord.read.segments import Segments
from onrecord.records import Span

SINGULAR = frozenset(["he", "she", "him", "her", "his", "himself", "herself"])
PLURAL = frozenset(["they", "them", "their", "themselves"])
NEUTER = frozenset(["it", "its", "itself"])
NEARBY = 4
"""Sentences back in which a pronoun finds whom it means; sentences that open within a quotation do not count."""
OPENING = 25
"""Characters from the start of a sentence within which somebody mentioned is who it is about."""
_SUBJECT = re.compile(
    r"(?:\s\([^)]{1,40}\))?(?:\s(?:of|from)\s(?:[A-Z][\w.]+\s?){1,3})?(?:,\s[^.;“”\"]{2,90}?)?,?\s(?:\w+ly\s|also\s|then\s|(?:him|her)self,?\s)?"
    r"(?:sa(?:id|ys)|told|tells|wrote|writes|spoke|made|took|gave|went|left|met|stood|put|is|was|has|had|will|would|did|does"
    r"|could|can|may|might|should|must|[a-z]{2,}ed|[a-z]{3,}(?<!s)s)\b(?!\sby\b)"
)
"""What follows a subject: its verb, maybe after an apposition."""


_OBJECT = re.compile(
    r"(?:him|her)(?=[.,;:!?”\"]|\s(?:about|and|at|by|for|from|in|of|on|that|to|when|with)\b|\s*\Z)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:—–“”\"]|\b(?:that|and|but|because|when|while|after|before|if|who|which|as)\b")


class Weights(msgspec.Struct, frozen=True):
    """What the features of a mention weigh: the mean of two fits by logistic regression, over the annotated stories
    that rules are tuned on, the example story and, at a sixteenth of their weight, GAP's validation part.
    """

    network: float = 0.46  # its score for pronoun and mention
    spoke: float = 1.05  # the candidate spoke last, in this paragraph or the one before
    subject: float = 0.46  # the mention is followed by a verb
    opens: float = 0.1  # it opens its sentence
    here: float = -0.05  # it is in the pronoun's own sentence
    back: float = -2.2  # for each sentence back
    quoted: float = -1.65  # it stands in a quotation that the pronoun is not in
    owning: float = -0.35  # it is a possessor
    agrees: float = 1.25  # the text has told the candidate's gender, and it is the pronoun's


WEIGHTS = Weights()
SURE = 1.5
"""By how much the best candidate must beat the next for the pronoun to tell its gender."""


class Features(NamedTuple):
    """The features of one mention, in the order of :class:`Weights`."""

    network: float
    spoke: bool
    subject: bool
    opens: bool
    here: bool
    back: int
    quoted: bool
    owning: bool
    agrees: bool


class Candidate(Protocol):
    """Somebody with mentions, in the order of the text; ``gender`` is "m", "f", or ``None`` where nothing tells it."""

    mentions: list[Span]
    gender: str | None


C = TypeVar("C", bound=Candidate)


class Pronouns:
    """Finds whom pronouns of one text mean. ``links`` are the network's; without them the rest decides."""

    def __init__(self, text: str, segments: Segments, links: Links | None, weights: Weights = WEIGHTS) -> None:
        self.text, self.segments, self.links = text, segments, links
        self._weights: tuple[float, ...] = msgspec.structs.astuple(weights)

    def sentences_between(self, first: Span, last: Span) -> int:
        """Count the sentences that open after one span, up to another, outside of quotations."""
        opened = self.segments.sentences[
            self.segments.sentence_at(first.start) + 1 : self.segments.sentence_at(last.start) + 1
        ]
        return sum(not self.segments.quoted[s.start] for s in opened)

    def best(
        self, pronoun: Span, candidates: Iterable[C], spoke: C | None = None, content: Sequence[Span] = ()
    ) -> tuple[C, float] | None:
        """Return the candidate whom a pronoun means, and by how much it beats the next.

        ``spoke`` is who spoke last nearby; what stands within ``content``, the pronoun's own words, means somebody
        else.
        """
        gender = gender_of([pronoun.of(self.text).lower()])
        scored = []
        for i, candidate in enumerate(candidates):
            agrees = gender is not None and candidate.gender == gender
            given = self.features(pronoun, candidate, candidate is spoke, agrees, content)
            scores = [self._score(f) for f in given]
            if scores:
                scored.append((max(scores), -i, candidate))
        scored.sort(key=lambda x: x[:2], reverse=True)
        if not scored:
            return (spoke, 0.0) if spoke is not None else None
        return scored[0][2], scored[0][0] - scored[1][0] if len(scored) > 1 else 2 * SURE

    def _score(self, features: Features) -> float:
        return sum(w * x for w, x in zip(self._weights, features, strict=True))

    def features(
        self, pronoun: Span, candidate: Candidate, spoke: bool, agrees: bool, content: Sequence[Span] = ()
    ) -> Iterable[Features]:
        """Yield the features of a candidate's mentions within reach before a pronoun, the last one first."""
        for i in range(bisect_left(candidate.mentions, pronoun) - 1, -1, -1):
            mention = candidate.mentions[i]
            if mention.end > pronoun.start or any(mention in piece for piece in content):
                continue
            back = self.sentences_between(mention, pronoun)
            if back > NEARBY:
                break
            sentence = self.segments.sentences[self.segments.sentence_at(mention.start)]
            if pronoun.start < sentence.end and self._bound(mention, pronoun):
                continue
            yield Features(
                network=self.links.score(pronoun, mention) if self.links is not None else 0.0,
                spoke=spoke,
                subject=_SUBJECT.match(self.text, mention.end, sentence.end) is not None,
                opens=mention.start < sentence.start + OPENING,
                here=sentence.start <= pronoun.start < sentence.end,
                back=back,
                quoted=bool(self.segments.quoted[mention.start]) and not self.segments.quoted[pronoun.start],
                owning=self.text[mention.end : mention.end + 2] in ("’s", "'s"),
                agrees=agrees,
            )

    def _bound(self, mention: Span, pronoun: Span) -> bool:
        """Tell whether a pronoun is an object in the clause of a mention, and so means somebody else (Chomsky 1981,
        principle B): "Orr wrote to her".
        """
        if not _OBJECT.match(self.text, pronoun.start):
            return False
        return _CLAUSE.search(self.text, mention.end, pronoun.start) is None
