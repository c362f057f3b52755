"""The records that flow through Onrecord, and their JSON forms.

Every record is frozen: a stage adds records, it does not mend what an earlier stage gave. All offsets are Unicode code
points into the text of an :class:`Article`, end excluded. Ids are made of the article's hash and of spans, not of the
order of things, so that links outlive new weights where the words are the same.

This module imports no stage.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

SCHEMA = "onrecord/1"

Act = Literal["speech", "attitude"]
Kind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "no_comment"]
ActorKind = Literal["person", "organisation", "government", "group", "document", "unnamed", "unknown"]
ConflictType = Literal["denial", "contradiction", "figures", "position"]
SourceKind = Literal["named", "unnamed", "collective", "document", "outlet", "unknown"]


class Record(msgspec.Struct, frozen=True):
    """Base of all records: immutable, compared by value."""


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of an article's text: code points ``start`` to ``end``, end excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    @staticmethod
    def around(parts: Sequence[Span]) -> Span:
        """Return the stretch from the first to the last of some parts, at least one."""
        return Span(min(p.start for p in parts), max(p.end for p in parts))


class MadeBy(Record, frozen=True):
    """What made an output: the package's version, the hash of the weights that read, and the options, as they were
    given, that bear on what is found or shown.
    """

    version: str
    weights: str
    options: tuple[str, ...] = ()


class Article(Record, frozen=True):
    """One report. ``text`` is never altered after ingestion.

    ``published`` is an ISO 8601 date or date-time as its source gave it; ``language`` an ISO 639-1 code, ``None`` where
    nobody said. ``notes`` is what ingestion has to say about the article: "decoded as windows-1252".
    """

    id: str
    text: str
    sha256: str
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


class SaidOn(Record, frozen=True):
    """When something was said: a TIMEX3 value, the days from first to last, and what tells it.

    ``by`` says what: a time beside the cue (``clause``), the day of the occasion that the text dates elsewhere
    (``occasion``), another report of the same story (``story``). By ``report`` all that is known is that the report
    came after: ``from`` is ``None`` then, and the value ``PAST_REF`` where the saying has no one day ("has often
    said").
    """

    value: str
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    by: Literal["clause", "occasion", "story", "report"] = "clause"
    span: Span | None = None


class Statement(Record, frozen=True):
    """One attribution in one article.

    ``source``, ``cue`` and ``content`` are spans of the article's text; ``speaker`` is the id of an actor, or ``None``
    where the article does not make plain who it is. ``partial_quotes`` are quotations of a few words within indirect
    speech, whose marks are the outlet's; ``items`` are the members of a list that the content is ("that …, that … and
    that …"). ``source_kind`` says what the words rest on: somebody ``named``, somebody ``unnamed``, several people
    together (``collective``: "Democrats", "officials"), a ``document`` (whoever wrote it is the speaker, where the
    text tells), another ``outlet`` or agency. ``times`` and ``quantities`` are the indices, among the article's, of
    those that its content speaks of. ``confidence`` is the chance that people hold source, cue and content together
    in the same way.
    """

    id: str
    act: Act
    kind: Kind
    stance: Stance
    anonymous: bool
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    speaker: str | None = None
    hedges: tuple[Span, ...] = ()
    partial_quotes: tuple[Span, ...] = ()
    items: tuple[Span, ...] = ()
    parent: str | None = None
    addressee: Span | None = None
    occasion: Span | None = None
    said_on: SaidOn | None = None
    times: tuple[int, ...] = ()
    quantities: tuple[int, ...] = ()
    source_kind: SourceKind = "unknown"
    confidence: float = 1.0


class TitleSpan(Record, frozen=True):
    """A stretch of an article's title, not of its text: code points ``start`` to ``end``, end excluded."""

    start: int
    end: int
    in_: Literal["title"] = msgspec.field(name="in", default="title")


class TitleStatement(Record, frozen=True):
    """What a title claims that somebody said: a text of its own, so its statements are kept apart from the text's.

    ``speaker`` is an actor of the article, where the title's source is one.
    """

    id: str
    act: Act
    kind: Kind
    stance: Stance
    source: TitleSpan | None
    cue: TitleSpan | None
    content: tuple[TitleSpan, ...]
    speaker: str | None = None
    hedges: tuple[TitleSpan, ...] = ()
    confidence: float = 1.0


class Role(Record, frozen=True):
    """What a text calls an actor: "Kremlin spokesperson", with the span that says so."""

    text: str
    span: Span


class SpeaksFor(Record, frozen=True):
    """A link from an actor to the actor it speaks for, with its evidence: a span, or the data file it comes from."""

    actor: str
    span: Span | None = None
    source: str | None = None


class AuthorityMatch(Record, frozen=True):
    """The entry of an authority file that an actor is taken for: its name, the file, the actor's name that matched,
    and the name of the entry for whom it speaks.
    """

    name: str
    file: str
    called: str
    speaks_for: str | None = None


class Actor(Record, frozen=True):
    """Somebody who is referred to in one article, with every place that refers to it.

    ``roles`` are what the text calls the actor, offices and positions; ``anonymity`` holds the words that say why a
    source is not named. ``members`` are the actors that a group is made of, where it names them; ``candidates`` those
    that a name may mean which two share: such a mention stays with the text's own words. ``agency`` marks a news
    agency.
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    roles: tuple[Role, ...] = ()
    speaks_for: tuple[SpeaksFor, ...] = ()
    anonymity: tuple[Role, ...] = ()
    members: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    agency: bool = False
    identifiers: dict[str, str] = {}
    authority: AuthorityMatch | None = None


class TimeExpression(Record, frozen=True):
    """A TIMEX3 expression and the interval it resolves to."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None


class Period(Record, frozen=True):
    """A stretch of time that times of the text bound: "from 2014 to 2018", "since August".

    ``from`` and ``to`` are its first and last day, ``None`` where it is open or nobody knows; ``times`` are the indices
    of the times that bound it among the article's.
    """

    start: int
    end: int
    relation: Literal["range", "since", "after", "before", "until", "by"]
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    times: tuple[int, ...] = ()


class Quantity(Record, frozen=True):
    """A number with its unit and modifier; ``to`` closes a range, or is the other side of a ``score``.

    ``kind`` says what is told: a ``count`` of things, ``money``, ``percent`` (any share of a whole: "52 percent of",
    "two thirds of"), a ``measure``, an ``age`` ("a 44-year-old", "in his 50s": 50 to 59), a bare ``number``, an
    ``ordinal`` ("the third round"), a ``rank`` ("No. 2"), a ``score`` ("3-2"). ``unit`` is a symbol of
    ``read/words/units.csv``, for money a currency's ISO 4217 code, for an age "year", "month", "week" or "day". ``of``
    is what is counted. ``modifier`` is one of "about", "nearly", "more than", "at least", "less than", "at most" and
    "multiples" ("dozens": several times the value). ``base_value`` and ``base_to`` are in ``base_unit``, so that
    quantities in different units compare.
    """

    start: int
    end: int
    value: float
    to: float | None = None
    unit: str | None = None
    of: Span | None = None
    modifier: str | None = None
    kind: Literal["count", "money", "percent", "measure", "age", "number", "ordinal", "rank", "score"] = "number"
    base_value: float | None = None
    base_to: float | None = None
    base_unit: str | None = None


class Passage(Record, frozen=True):
    """A stretch of narration that a time dates: what the report tells in its own words to have happened.

    ``time`` is the index of the time among the article's; ``value``, ``from`` and ``to`` are its own, or those of the
    period that it bounds; ``actors`` are those whom the passage mentions.
    """

    start: int
    end: int
    time: int
    value: str
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    actors: tuple[str, ...] = ()


class Credit(Record, frozen=True):
    """An agency or another outlet that an article credits with its text, in its dateline or its byline.

    ``span`` is where the text says so; a byline is no part of the text.
    """

    name: str
    by: Literal["dateline", "byline"]
    span: Span | None = None


class Meaning(Record, frozen=True):
    """What a sentence of a statement's content means: a vector of 8-bit numbers, to be compared by its angle with
    others.

    ``start`` and ``end`` are where the sentence, or the part of it that is content, stands in the article; ``phrases``
    are the noun phrases in it, without what determines them ("border wall").
    """

    statement: str
    start: int
    end: int
    vector: bytes
    phrases: tuple[Span, ...] = ()


class Reading(Record, frozen=True):
    """Everything found in one article. Its JSON form is a line of ``onrecord read --format jsonl``.

    ``meanings`` are there in memory only: the JSON form has none, since their last bits differ between processors.
    """

    schema: str
    made_by: MadeBy
    id: str
    sha256: str
    text: str
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    statements: tuple[Statement, ...] = ()
    title_statements: tuple[TitleStatement, ...] = ()
    actors: tuple[Actor, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    periods: tuple[Period, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    passages: tuple[Passage, ...] = ()
    credits: tuple[Credit, ...] = ()
    notes: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] | msgspec.UnsetType = msgspec.UNSET


class ArticleSpan(Record, frozen=True):
    """A span of one of a story's articles."""

    article: str
    start: int
    end: int


class StoryArticle(Record, frozen=True):
    """An article as a dossier holds it: what it is and the hash of its text, with the text itself and its times,
    periods and quantities.
    """

    id: str
    sha256: str
    text: str
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    title_statements: tuple[TitleStatement, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    periods: tuple[Period, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    credits: tuple[Credit, ...] = ()
    notes: tuple[str, ...] = ()


class StoryRole(Record, frozen=True):
    """What a text calls an actor, and where."""

    text: str
    span: ArticleSpan


class StoryLink(Record, frozen=True):
    """A story-wide :class:`SpeaksFor`."""

    actor: str
    span: ArticleSpan | None = None
    source: str | None = None


class StoryActor(Record, frozen=True):
    """An actor across the articles of a story."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    mentions: tuple[ArticleSpan, ...] = ()
    roles: tuple[StoryRole, ...] = ()
    speaks_for: tuple[StoryLink, ...] = ()
    anonymity: tuple[StoryRole, ...] = ()
    members: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    agency: bool = False
    identifiers: dict[str, str] = {}
    authority: AuthorityMatch | None = None


class StoryStatement(Statement, frozen=True, kw_only=True):
    """A statement with the article it stands in; ``speaker`` is story-wide."""

    article: str


DifferenceKind = Literal[
    "cut",
    "ellipsis",
    "added",
    "insertion",
    "spelling",
    "shift",
    "changed",
    "order",
    "paraphrase",
    "speaker",
    "date",
]


class Difference(Record, frozen=True):
    """Where one statement's wording parts from the fullest of its utterance, and of what kind that is.

    ``own`` are the words of the statement's own article, ``fullest`` those of the fullest's; either is ``None`` where
    that side has none. Words left out are a ``cut``, an ``ellipsis`` where dots say so, words that the fullest lacks
    ``added``, words in brackets an ``insertion``. ``spelling`` and ``shift`` (tense and person, as in indirect speech)
    leave the words what they were; ``order`` moves them; ``changed`` puts other words into what both quote, or drops
    words without which the sense is another: a warning. ``paraphrase`` is the article's own wording; ``speaker`` and
    ``date`` credit somebody else, another day.
    """

    kind: DifferenceKind
    own: ArticleSpan | None = None
    fullest: ArticleSpan | None = None


class Variant(Record, frozen=True):
    """How one statement's wording differs from the fullest of its utterance."""

    statement: str
    differences: tuple[Difference, ...] = ()


class Origin(Record, frozen=True):
    """Where tellings of an utterance come from: one outlet's own reporting, or an agency's or another outlet's.

    ``articles`` are those that have it from there; ``outlet`` its name, where one is known. ``by`` says what tells:
    nothing but the article itself (``own``), a ``dateline`` or ``byline``, words of the text that credit another outlet
    (``credited``: "told the Times"), or narration around the words that articles have in common (``reprint``).
    ``spans`` are the words that say so.
    """

    articles: tuple[str, ...]
    outlet: str | None
    by: Literal["own", "dateline", "byline", "credited", "reprint"]
    spans: tuple[ArticleSpan, ...] = ()


class Utterance(Record, frozen=True):
    """One act of saying, however many articles tell it.

    ``origins`` counts the independent tellings, which ``origin`` lists: articles that share an agency's text, or that
    credit one and the same outlet, count once. ``unnamed`` where it rests on nobody's name, in whichever article.
    """

    id: str
    speaker: str | None
    statements: tuple[str, ...]
    fullest: str
    variants: tuple[Variant, ...] = ()
    origins: int = 1
    origin: tuple[Origin, ...] = ()
    unnamed: bool = False


class Coverage(Record, frozen=True):
    """What one article has of a story.

    ``utterances`` and ``lacks`` are ids, ``alone`` those that no other article has; ``leads_with`` is the first
    statement's utterance, which stands behind ``words_before`` words. ``words_by_actor`` counts the words of content
    credited to each actor, ``words_by_source_kind`` to each kind of source; ``own_words`` counts the words nobody is
    credited with. ``unnamed`` are statements of sources without a name, ``readings`` those that the outlet
    characterises ("appeared to reject"): its reading, not the speaker's words.
    """

    article: str
    utterances: tuple[str, ...]
    lacks: tuple[str, ...]
    leads_with: str | None
    words_by_actor: dict[str, int]
    words_by_source_kind: dict[str, int]
    own_words: int
    alone: tuple[str, ...] = ()
    words_before: int = 0
    unnamed: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


PrimaryVerdict = Literal["verbatim", "cut", "altered", "out_of_order", "not_found"]


class PrimaryCheck(Record, frozen=True):
    """What a primary source says of a statement's quoted words.

    ``verbatim``: they stand there so; ``cut``: with words left out between or within; ``altered``: with other words,
    which ``differences`` names (``own`` in the report, ``fullest`` in the source); ``out_of_order``: in another order;
    ``not_found``: not all of them are in this source. ``spans`` are where the quoted stretches stand in the source.
    """

    statement: str
    verdict: PrimaryVerdict
    spans: tuple[ArticleSpan, ...] = ()
    differences: tuple[Difference, ...] = ()


class PrimarySource(Record, frozen=True):
    """A transcript, a post, an official text, with what it says of its speakers' quotations in the reports.

    Spans name it by ``id``; ``name`` is what it was called when it was given.
    """

    id: str
    name: str
    sha256: str
    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    speakers: tuple[str, ...] = ()
    checks: tuple[PrimaryCheck, ...] = ()


ReasonKind = Literal["denial", "negation", "opposites", "figures", "on_behalf", "stances", "told", "set_against"]


class Reason(Record, frozen=True):
    """Why a conflict is one, in the words of the reports: what stands on either side, or on one alone.

    ``kind``: a ``denial`` (the words that deny); a ``negation`` (on one side only); ``opposites`` (words that exclude
    each other); ``figures``; ``on_behalf`` (one side's words about the other's speaker); ``stances`` (the
    names under which either side is for, or against, one issue); ``told`` (the very claim, told within its denial);
    ``set_against`` (the report's own word before one side that sets it against the other: "but", "rejected").
    """

    kind: ReasonKind
    a: ArticleSpan | None = None
    b: ArticleSpan | None = None


class Conflict(Record, frozen=True):
    """Statements or passages that cannot both be true, or of which one denies the other.

    ``about`` is what both sides name, as a report has it; ``why`` is empty only where a sticking point is told again as
    opposing wishes. ``score`` is the chance of the surest pair. ``update`` marks figures of which the later may have
    replaced the earlier.
    """

    id: str
    type: ConflictType
    a: tuple[str, ...]
    b: tuple[str, ...]
    a_passages: tuple[ArticleSpan, ...] = ()
    b_passages: tuple[ArticleSpan, ...] = ()
    about: str | None = None
    why: tuple[Reason, ...] = ()
    score: float | None = None
    update: bool = False


class Issue(Record, frozen=True):
    """What is at stake, as the reports name it."""

    id: str
    name: str
    mentions: tuple[ArticleSpan, ...] = ()


class Position(Record, frozen=True):
    """An actor's stance on an issue, with the statements it rests on, in the order of the reports.

    ``second_hand`` where others tell it of the actor; ``without_naming`` where none of the statements names the issue,
    but they bear on it. ``from`` and ``to`` are the first and last day on which these were said, as far as reports
    tell; ``strongest`` is the statement that shows it most surely, ``score`` how surely.
    """

    actor: str
    issue: str
    stance: Literal["for", "against", "conditional", "unclear"]
    statements: tuple[str, ...]
    condition: ArticleSpan | None = None
    second_hand: bool = False
    without_naming: bool = False
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    score: float | None = None
    strongest: str | None = None


class NamedCondition(Record, frozen=True):
    """A condition that an actor names, in the words of a report, with the issues that the statement bears on.

    ``second_hand`` where somebody else tells it of the actor; ``demanded`` where the report's cue demands it ("insists
    on").
    """

    actor: str
    statement: str
    span: ArticleSpan
    issues: tuple[str, ...] = ()
    second_hand: bool = False
    demanded: bool = False


class StickingPoint(Record, frozen=True):
    """An issue with actors on both sides, the surest first; ``conditions`` are indices of the story's."""

    issue: str
    for_: tuple[str, ...] = msgspec.field(name="for", default=())
    against: tuple[str, ...] = ()
    conditional: tuple[str, ...] = ()
    conditions: tuple[int, ...] = ()


class TimelineEntry(Record, frozen=True):
    """What was said, or happened, on a day: a TIMEX3 value and the days from first to last.

    Without a day the value is ``XXXX-XX-XX``. ``future`` marks what lay ahead of every report that tells it.
    """

    id: str
    value: str
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    kind: Literal["statement", "event"] = "statement"
    statements: tuple[str, ...] = ()
    passages: tuple[ArticleSpan, ...] = ()
    future: bool = False


class Story(Record, frozen=True):
    """The articles that report one event, with everything related across them."""

    id: str
    articles: tuple[StoryArticle, ...]
    actors: tuple[StoryActor, ...]
    statements: tuple[StoryStatement, ...]
    utterances: tuple[Utterance, ...]
    conflicts: tuple[Conflict, ...] = ()
    issues: tuple[Issue, ...] = ()
    positions: tuple[Position, ...] = ()
    sticking_points: tuple[StickingPoint, ...] = ()
    conditions: tuple[NamedCondition, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    primary: tuple[PrimarySource, ...] = ()


class Dossier(Record, frozen=True):
    """The whole record. Its JSON form is what ``onrecord report --format json`` writes."""

    schema: str
    made_by: MadeBy
    stories: tuple[Story, ...]


class ArticleChange(Record, frozen=True):
    """An article that a later dossier has and an earlier one has not, or the other way round, or with another text."""

    id: str
    change: Literal["new", "edited", "gone"]
    outlet: str | None = None
    old_sha256: str | None = None
    new_sha256: str | None = None


class UtteranceChange(Record, frozen=True):
    """An utterance that is new in a later dossier, gone from it, or told by other articles than before.

    ``id`` and ``fullest`` are of the later dossier, of the earlier one where it is ``gone``; ``speaker`` is a name;
    ``told_by`` are the articles that tell it now and did not, ``no_longer`` those that did and do not.
    """

    id: str
    change: Literal["new", "told by more", "told by fewer", "gone"]
    speaker: str | None
    fullest: str
    told_by: tuple[str, ...] = ()
    no_longer: tuple[str, ...] = ()


class Edit(Record, frozen=True):
    """What became of a statement of an article whose text was edited.

    ``old`` and ``new`` are ids of statements in the earlier and the later dossier; the ``own`` words of a difference
    are the later ones, ``fullest`` are the earlier.
    """

    article: str
    change: Literal["unchanged", "altered", "added", "dropped"]
    old: str | None
    new: str | None
    differences: tuple[Difference, ...] = ()


class Comparison(Record, frozen=True):
    """What changed between two dossiers of one story. Its JSON form is what ``onrecord compare --format json`` writes.

    ``edits`` are the statements of edited articles that are not what they were.
    """

    schema: str
    old_made_by: MadeBy
    new_made_by: MadeBy
    articles: tuple[ArticleChange, ...]
    utterances: tuple[UtteranceChange, ...]
    edits: tuple[Edit, ...]


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 form, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def make_id(prefix: str, *parts: object) -> str:
    """Return a short stable id: the prefix and twelve hexadecimal digits of the SHA-256 of the parts.

    Forty-eight bits: among a million ids of one story the odds of any collision are one in five hundred.
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    return f"{prefix}-{digest[:12]}"


def span_key(spans: Iterable[Span]) -> str:
    """Return the spans as a string for :func:`make_id`."""
    return " ".join(f"{s.start}:{s.end}" for s in spans)


def to_json(record: Record) -> bytes:
    """Return the record's JSON form: fields in the order they are declared, UTF-8, one line."""
    if isinstance(record, Reading):
        record = msgspec.structs.replace(record, meanings=msgspec.UNSET)
    return msgspec.json.encode(record)


def json_schema(record: type[msgspec.Struct], *, written: bool = True) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of a record's JSON form.

    What Onrecord writes has every field, so each is required and none has a default. With ``written`` false, fields
    that have a default may be missing, as they may in what Onrecord reads.
    """
    (schema,), definitions = msgspec.json.schema_components([record])
    for definition in list(definitions.values()):
        if "description" in definition:
            definition["description"] = _plain(definition["description"])
        if definition.get("title") == "Reading":
            definition["properties"].pop("meanings", None)  # in memory only
            definitions.pop("Meaning", None)
        if written and "properties" in definition:
            definition["required"] = list(definition["properties"])
            for field in definition["properties"].values():
                field.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _plain(docstring: str) -> str:
    """Return a docstring as plain text, a paragraph a line, in the words of JSON."""
    text = re.sub(r":class:`[~.\w]*?(\w+)`", r"\1", docstring.strip().replace("``None``", "null").replace("``", ""))
    return re.sub(r" *\n(\n?) *", lambda gap: "\n" if gap[1] else " ", text)
