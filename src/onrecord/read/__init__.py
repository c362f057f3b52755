"""Article -> Reading: what one report says, found by a trained network and the typography of the text.

An article is read alone: its reading never depends on what else is read with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from onrecord import __version__
from onrecord.read.actors import actors
from onrecord.read.attributions import Attribution, attributions
from onrecord.read.authority import Authority, shipped
from onrecord.read.chains import chains
from onrecord.read.credits import credits_of
from onrecord.read.encoder import Encoder, Scores
from onrecord.read.inner import nouns_of_saying, told_within
from onrecord.read.languages import is_english
from onrecord.read.meaning import meanings
from onrecord.read.mentions import Links
from onrecord.read.names import names
from onrecord.read.passages import passages
from onrecord.read.quantities import quantities
from onrecord.read.said_on import dated, spoken, within
from onrecord.read.segments import Segments
from onrecord.read.statements import quotations_only, statements
from onrecord.read.times import find, resolve
from onrecord.read.times.calendar import day_of
from onrecord.read.times.periods import periods
from onrecord.read.titles import colon_claims, in_title
from onrecord.read.turns import signed, turns
from onrecord.records import SCHEMA, Actor, Article, MadeBy, Reading, Span, Statement, TitleStatement

__all__ = ["NOT_ENGLISH", "Reader", "read"]

NOT_ENGLISH = "not in English: only its quotations are read, without speakers"

_Found = tuple[list[Statement], list[Actor], tuple[str, ...]]


class Reader:
    """Reads articles with one loaded set of weights.

    ``weights`` is a folder with ``reader.onnx``, ``tokenizer.json`` and ``reader.json``, by default the shipped one;
    ``authority`` knows actors by their names, by default the shipped file's governments, bodies and agencies. Without
    ``meanings`` statements get no vectors, which only what relates statements needs; reading is faster by a third.
    """

    def __init__(
        self,
        weights: Path | None = None,
        threads: int | None = None,
        authority: Authority | None = None,
        meanings: bool = True,
    ) -> None:
        self._meanings = meanings
        self._encoder = Encoder(weights, threads)
        self._authority = authority or shipped()

    @property
    def made_by(self) -> MadeBy:
        """What outputs say of their making."""
        return MadeBy(__version__, self._encoder.weights)

    @property
    def threads(self) -> int:
        """How many windows are read at once."""
        return self._encoder.threads

    def network_run(self, article: Article) -> Callable[[], None]:
        """Return a call that runs nothing but the network over the article: what speed is measured against."""
        return self._encoder.bare(article.text, Segments(article.text))

    def chains(self, article: Article) -> list[list[Span]]:
        """Return everything that an English article mentions, in chains of spans that mean the same, names and
        pronouns, persons and things; the chains of a single mention too.
        """
        segments = Segments(article.text)
        scores = self._encoder.score(article.text, segments)
        if not len(scores.tokens):
            return []
        _, cast = self._spoken(article, segments, scores)
        return chains(article.text, segments, Links(scores, self._encoder.manifest), cast)

    def read(self, article: Article) -> Reading:
        """Read one article."""
        segments = Segments(article.text)
        english = is_english(article)
        told, cast, notes = self._english(article, segments) if english else _foreign(article, segments)
        reading = Reading(
            schema=SCHEMA,
            made_by=self.made_by,
            id=article.id,
            outlet=article.outlet,
            published=article.published,
            title=article.title,
            byline=article.byline,
            url=article.url,
            language=article.language,
            sha256=article.sha256,
            text=article.text,
            statements=tuple(told),
            title_statements=self._title(article, cast) if english else (),
            actors=tuple(cast),
            credits=credits_of(article, segments, self._authority),
            notes=(*article.notes, *notes),
        )
        if not english:
            return reading
        reading = _timed(reading, segments)
        return self.telling(reading, reading.statements) if self._meanings else reading

    def telling(self, reading: Reading, statements: Iterable[Statement]) -> Reading:
        """Return a reading with other statements, and what they mean: those that people found, say."""
        told = tuple(statements)
        found = meanings(reading.text, Segments(reading.text), told, self._encoder.meaning)
        return replace(reading, statements=told, meanings=found)

    def _english(self, article: Article, segments: Segments) -> _Found:
        told, cast = self._spoken(article, segments, self._encoder.score(article.text, segments))
        return told, cast, ()

    def _spoken(self, article: Article, segments: Segments, scores: Scores) -> tuple[list[Statement], list[Actor]]:
        found = statements(article, segments, self._told(article.text, segments, scores))
        manifest = self._encoder.manifest
        links = Links(scores, manifest) if len(scores.tokens) else None
        return actors(article, segments, names(article.text, scores, manifest), found, links, self._authority)

    def _told(self, text: str, segments: Segments, scores: Scores) -> list[Attribution]:
        told = attributions(scores, self._encoder.manifest)
        told += told_within(text, segments, scores, self._encoder.manifest, told)
        return [*told, *nouns_of_saying(text, segments, told), *turns(text, segments), *signed(text, segments)]

    def _title(self, article: Article, cast: list[Actor]) -> tuple[TitleStatement, ...]:
        if not article.title:
            return ()
        title = replace(article, text=article.title)
        segments = Segments(title.text)
        told = colon_claims(title.text, cast)
        told = told or self._told(title.text, segments, self._encoder.score(title.text, segments))
        return in_title(article, segments, statements(title, segments, told), cast)


def _timed(reading: Reading, segments: Segments) -> Reading:
    """Return a reading with its times and quantities, and when its statements were made.

    What a quotation speaks of counts from the day on which it was spoken, which the times outside it tell first.
    """
    text, cast, published = reading.text, reading.actors, day_of(reading.published)
    found = find(text)
    times = resolve(found, published)
    told = dated(text, segments, reading.statements, cast, times, published)
    days = [each for each in spoken(told) if each[1] != published]
    times = resolve(found, published, days) if days else times
    bounded = periods(text, times)
    counted = quantities(text, [Span(t.start, t.end) for t in times])
    speaks_of = [(within(s, times), within(s, counted)) for s in told]
    told = [replace(s, times=at, quantities=of) for s, (at, of) in zip(told, speaks_of, strict=True)]
    return replace(
        reading,
        statements=tuple(told),
        times=tuple(times),
        periods=tuple(bounded),
        quantities=tuple(counted),
        passages=tuple(passages(text, segments, told, cast, times, bounded)),
    )


def _foreign(article: Article, segments: Segments) -> _Found:
    return quotations_only(article, segments), [], (NOT_ENGLISH,)


@cache
def _shipped() -> Reader:
    return Reader()


def read(article: Article) -> Reading:
    """Read one article with the shipped weights, loaded once."""
    return _shipped().read(article)
