"""Why two utterances conflict, in the words of the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product

from onrecord.reconcile.accounts import told_apart
from onrecord.reconcile.contrast import set_against
from onrecord.reconcile.issues import Topic
from onrecord.reconcile.positions import Evidence
from onrecord.reconcile.units import Unit
from onrecord.reconcile.wording import Word, base
from onrecord.reconcile.words import opposites, word_set
from onrecord.records import ArticleSpan, Reason, ReasonKind, Span

AROUND = 4
"""Words after a negation of which the other side must have one, for it to negate what that side says."""
SUBJECT = 2
"""Words before a negation among which its subject stands: "I would not"; and behind, among which its verb does."""


class Opposed:
    """Tells how surely two utterances show opposite stances on one issue."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._stances: dict[str, list[Evidence]] = defaultdict(list)
        for e in evidence:
            self._stances[e.unit.id].append(e)

    def of(self, a: Unit, b: Unit) -> tuple[float, float]:
        """Return the chance by first-hand words; and that one tells of the other's speaker what these words exclude."""
        first, second = 0.0, 0.0
        for x, y in self.pairs(a, b):
            chance = x.chance * y.chance
            if not x.second_hand and not y.second_hand:
                first = max(first, chance)
            else:
                second = max(second, chance)
        return first, second

    def pairs(self, a: Unit, b: Unit) -> Iterator[tuple[Evidence, Evidence]]:
        """Yield opposite stances of two actors, or of one actor by own words and by another's."""
        for x, y in self._opposite(a, b):
            if not x.second_hand and not y.second_hand:
                if x.actor != y.actor:
                    yield x, y
            elif x.second_hand != y.second_hand:
                told, own, of = (a, b, y.actor) if y.second_hand else (b, a, x.actor)
                if of in told.principals and of not in own.principals:
                    yield x, y

    def first_hand(self, a: Unit, b: Unit) -> bool:
        """Tell whether all opposite stances of two utterances are their speakers' own, told of nobody else."""
        return not any(x.second_hand or y.second_hand for x, y in self._opposite(a, b))

    def _opposite(self, a: Unit, b: Unit) -> Iterator[tuple[Evidence, Evidence]]:
        for x, y in product(self._stances.get(a.id, ()), self._stances.get(b.id, ())):
            if x.topic is y.topic and {x.stance, y.stance} == {"for", "against"}:
                yield x, y

    def topic(self, a: Unit, b: Unit) -> Topic | None:
        """Return the surest issue on which both take a side."""
        both = [
            (-min(x.chance, y.chance), x.topic.name, x.topic)
            for x, y in product(self._stances.get(a.id, ()), self._stances.get(b.id, ()))
            if x.topic is y.topic
        ]
        return min(both, key=lambda each: each[:2])[2] if both else None


def about_the_other(a: Unit, b: Unit) -> int:
    """Return how many of two utterances mention the other's speaker, or whom that one speaks for."""
    return any(m in b.principals for m in a.mentioned) + any(m in a.principals for m in b.mentioned)


def negators(u: Unit) -> list[Word]:
    """Return the words of an utterance that negate."""
    return [w for w in u.telling.words if w.folded in word_set("negators")]


def opposite_words(a: Unit, b: Unit) -> Iterator[tuple[Word, Word]]:
    """Yield the first words of two utterances that are opposites, for each two sets of opposites."""
    for one, other in _opposites():
        for x, y in ((one, other), (other, one)):
            if x.isdisjoint(a.telling.all_bases) or y.isdisjoint(b.telling.all_bases):
                continue
            left = next((w for w in a.telling.words if w.base in x), None)
            right = next((w for w in b.telling.words if w.base in y), None)
            if left is not None and right is not None:
                yield left, right


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((frozenset(map(base, a)), frozenset(map(base, b))) for a, b in opposites())


def reasons(a: Unit, b: Unit, opposed: Opposed) -> tuple[Reason, ...]:
    """Return why two utterances conflict, the plainest reasons first."""
    return tuple(
        dict.fromkeys(
            [
                *_denials(a, b),
                *_told(a, b),
                *_set_against(a, b),
                *_stances(a, b, opposed),
                *_on_behalf(a, b),
                *_words(a, b),
                *_negated(a, b),
            ]
        )
    )


def _denials(a: Unit, b: Unit) -> Iterator[Reason]:
    for u, left in ((a, True), (b, False)):
        denying = next((t.statement for t in u.tellings if t.statement.stance == "denies" and t.statement.cue), None)
        if denying is not None and denying.cue is not None:
            yield _one_sided("denial", denying.article, denying.cue, left)


def _told(a: Unit, b: Unit) -> Iterator[Reason]:
    """Yield the claim that one side denies, where it is told within the denial."""
    for u, other, left in ((a, b, False), (b, a, True)):
        denials = {t.statement.id for t in u.tellings if t.statement.stance == "denies"}
        for t in other.tellings:
            if t.statement.parent in denials:
                s = t.statement
                yield _one_sided("told", s.article, Span(s.content[0].start, s.content[-1].end), left)
                break


def _set_against(a: Unit, b: Unit) -> Iterator[Reason]:
    """Yield the word by which a report sets one side against the other, unless it is the cue of a denial."""
    found = set_against(a, b) or next(((x.telling, x.words) for x in told_apart((a, b))), None)
    if found is not None:
        telling, word = found
        article = telling.statement.article
        denials = (t.statement for t in (*a.tellings, *b.tellings) if t.statement.stance == "denies")
        cues = [s.cue for s in denials if s.article == article and s.cue is not None]
        if not any(cue.start <= word.start < cue.end for cue in cues):
            yield _one_sided("set_against", article, word, telling in a.tellings)


def _stances(a: Unit, b: Unit, opposed: Opposed) -> Iterator[Reason]:
    for x, _ in sorted(opposed.pairs(a, b), key=lambda each: (-each[0].chance * each[1].chance, each[0].topic.name)):
        left, right = _named(x.topic, a), _named(x.topic, b)
        if left is not None and right is not None:
            yield Reason("stances", left, right)
            return


def _named(topic: Topic, u: Unit) -> ArticleSpan | None:
    """Return where the fullest words of an utterance name an issue."""
    s = u.statement
    own = (p for p in topic.places if p.article == s.article)
    return next((p for p in own if any(c.start <= p.start and p.end <= c.end for c in s.content)), None)


def _on_behalf(a: Unit, b: Unit) -> Iterator[Reason]:
    for u, other, left in ((a, b, True), (b, a, False)):
        s = u.statement
        for m in u.places[s.article]:
            if m.actor in other.principals and any(c.start <= m.start and m.end <= c.end for c in s.content):
                yield _one_sided("on_behalf", s.article, Span(m.start, m.end), left)
                break


def _words(a: Unit, b: Unit) -> Iterator[Reason]:
    for x, y in opposite_words(a, b):
        yield Reason("opposites", _place(a, x.span), _place(b, y.span))


def _negated(a: Unit, b: Unit) -> Iterator[Reason]:
    """Yield a negation of which only one side has one, before words that the other has too."""
    for u, other, left in ((a, b, True), (b, a, False)):
        if negators(other):
            continue
        words = u.telling.words
        for i, w in enumerate(words):
            if w.folded not in word_set("negators") or (
                _of_oneself(words, i) and u.principals.isdisjoint(other.mentioned)
            ):
                continue
            end = next((k for k in range(i, len(words)) if words[k].closes), i)
            shared = [x for x in words[i + 1 : min(i + AROUND, end) + 1] if x.base in other.telling.content]
            if shared:
                start = _beginning(u.telling.text, w.span.start)
                yield _one_sided("negation", u.statement.article, Span(start, shared[-1].span.end), left)
                break


def _of_oneself(words: Sequence[Word], at: int) -> bool:
    """Tell whether who speaks says of himself alone what a negation negates: "I would not use the word", but not "I do
    not think that …".
    """
    before, behind = words[max(0, at - SUBJECT) : at], words[at + 1 : at + 1 + AROUND]
    own = any(x.folded in ("i", "we") for x in before)
    return own and not any(x.folded in word_set("thinking") for x in behind[:SUBJECT])


def _beginning(text: str, start: int) -> int:
    """Return where the word begins that a negation is the end of: "wouldn't" for "n't"."""
    while start and text[start - 1].isalnum():
        start -= 1
    return start


def _place(u: Unit, span: Span) -> ArticleSpan:
    return ArticleSpan(u.statement.article, span.start, span.end)


def _one_sided(kind: ReasonKind, article: str, span: Span, left: bool) -> Reason:
    place = ArticleSpan(article, span.start, span.end)
    return Reason(kind, place, None) if left else Reason(kind, None, place)


def subject(a: Unit, b: Unit, opposed: Opposed, topics: Sequence[Topic]) -> str | None:
    """Return what both sides speak of, as a report names it: an issue, else the likeliest phrase that both have."""
    topic = opposed.topic(a, b)
    if topic is not None:
        return topic.name
    own = set(a.utterance.statements), set(b.utterance.statements)
    return next((t.name for t in topics if t.statements & own[0] and t.statements & own[1]), None)
