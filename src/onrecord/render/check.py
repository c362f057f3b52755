"""The check before anything is shown: the reports' hashes, every span, every id."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.errors import OnrecordError
from onrecord.records import ArticleSpan, Dossier, Span, Story, text_hash


def check(dossier: Dossier) -> None:
    """Make sure that what will be shown is what the reports hold.

    Raises :class:`~onrecord.errors.OnrecordError` for a text whose SHA-256 is not the one given, a span outside its
    article, or an id that nothing has.
    """
    for story in dossier.stories:
        _check_story(story)


def _check_story(story: Story) -> None:
    lengths: dict[str, int] = {}
    for article in story.articles:
        if text_hash(article.text) != article.sha256:
            raise OnrecordError(f"{article.id}: the text is not the one that its sha256 names")
        if article.id in lengths:
            raise OnrecordError(f"{article.id}: two articles of story {story.id} have this id")
        lengths[article.id] = len(article.text)

    for source in story.primary:
        if text_hash(source.text) != source.sha256:
            raise OnrecordError(f"{source.name}: the text is not the one that its sha256 names")
        lengths[source.id] = len(source.text)

    def known(kind: str, ids: Iterable[str | None], among: Iterable[str]) -> None:
        for unknown in {i for i in ids if i is not None}.difference(among):
            raise OnrecordError(f"{story.id}: there is no {kind} {unknown}")

    def within(article: str, spans: Iterable[Span | ArticleSpan | None]) -> None:
        for span in spans:
            if span is not None and not 0 <= span.start <= span.end <= lengths[article]:
                raise OnrecordError(f"{article}: characters {span.start} to {span.end} lie outside its text")

    def placed(spans: Iterable[ArticleSpan | None]) -> None:
        for span in spans:
            if span is not None:
                known("article", [span.article], lengths)
                within(span.article, [span])

    statements = {s.id for s in story.statements}
    actors = {a.id for a in story.actors}
    utterances = {u.id for u in story.utterances}
    issues = {i.id for i in story.issues}
    if len(statements) < len(story.statements) or len(utterances) < len(story.utterances):
        raise OnrecordError(f"{story.id}: two statements or two utterances have one id")
    for s in story.statements:
        known("article", [s.article], lengths)
        known("actor", [s.speaker], actors)
        said_on = s.said_on.span if s.said_on else None
        within(s.article, [s.source, s.cue, *s.content, *s.hedges, s.addressee, s.occasion, said_on])
    for actor in story.actors:
        told = (*actor.roles, *actor.anonymity)
        placed([*actor.mentions, *(r.span for r in told), *(link.span for link in actor.speaks_for)])
        known("actor", [*(link.actor for link in actor.speaks_for), *actor.members, *actor.candidates], actors)
    for u in story.utterances:
        known("actor", [u.speaker], actors)
        known("statement", [*u.statements, u.fullest, *(v.statement for v in u.variants)], statements)
        placed(span for v in u.variants for d in v.differences for span in (d.own, d.fullest))
        known("article", [a for o in u.origin for a in o.articles], lengths)
        placed(span for o in u.origin for span in o.spans)
    for source in story.primary:
        known("actor", source.speakers, actors)
        known("statement", [c.statement for c in source.checks], statements)
        placed(x for c in source.checks for x in (*c.spans, *(y for d in c.differences for y in (d.own, d.fullest))))
    for c in story.conflicts:
        known("statement", [*c.a, *c.b], statements)
        placed([*c.a_passages, *c.b_passages, *(span for r in c.why for span in (r.a, r.b))])
    for issue in story.issues:
        placed(issue.mentions)
    for p in story.positions:
        known("actor", [p.actor], actors)
        known("issue", [p.issue], issues)
        known("statement", [*p.statements, p.strongest], statements)
        placed([p.condition])
    for condition in story.conditions:
        known("actor", [condition.actor], actors)
        known("issue", condition.issues, issues)
        known("statement", [condition.statement], statements)
        placed([condition.span])
    for point in story.sticking_points:
        known("issue", [point.issue], issues)
        known("actor", [*point.for_, *point.against, *point.conditional], actors)
        known("condition", map(str, point.conditions), {str(i) for i in range(len(story.conditions))})
    for entry in story.timeline:
        known("statement", entry.statements, statements)
        placed(entry.passages)
    for coverage in story.coverage:
        known("article", [coverage.article], lengths)
        covered = [*coverage.utterances, *coverage.lacks, *coverage.alone, coverage.leads_with]
        known("utterance", covered, utterances)
        known("statement", [*coverage.unnamed, *coverage.readings], statements)
