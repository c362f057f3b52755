"""The schemas that ship: whoever builds on our output builds on them, so both must say the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from onrecord.ingest import Metadata, ingest
from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import (
    SCHEMA,
    Article,
    ArticleSpan,
    Conflict,
    Dossier,
    Issue,
    NamedCondition,
    Position,
    Quantity,
    Reading,
    Reason,
    SaidOn,
    Span,
    SpeaksFor,
    StickingPoint,
    StoryLink,
    TimeExpression,
    TimelineEntry,
    to_json,
)
from onrecord.render import render
from onrecord.schemas import Name, made, schema, write

jsonschema = pytest.importorskip("jsonschema")

SPAN = {"start", "end"}
PLACE = {"article", "start", "end"}
ARTICLE = {"id", "outlet", "published", "title", "byline", "url", "language", "sha256", "text", "notes"}
SAID = {"id", "act", "kind", "stance", "anonymous", "source", "cue", "content", "speaker", "hedges", "parent"}
SAID |= {"partial_quotes", "items", "addressee", "occasion", "said_on", "source_kind", "confidence"}
SAID |= {"times", "quantities"}
TITLE = {"id", "act", "kind", "stance", "source", "cue", "content", "speaker", "hedges", "confidence"}
ACTOR = {"id", "name", "kind", "aliases", "mentions", "roles", "speaks_for", "identifiers"}
ACTOR |= {"anonymity", "members", "candidates", "agency", "authority"}
MATCH = {"name", "file", "called", "speaks_for"}
# Every key of every object, as the design gives them. Others may build on each, so none may go in silence.
READING = {
    "Reading": {"schema", "made_by", *ARTICLE, "statements", "title_statements", "actors", "times", "quantities"}
    | {"periods", "passages", "credits"},
    "MadeBy": {"version", "weights", "options"},
    "Span": SPAN,
    "TitleStatement": TITLE,
    "TitleSpan": {*SPAN, "in"},
    "Statement": SAID,
    "SaidOn": {"value", "from", "to", "by", "span"},
    "Actor": ACTOR,
    "AuthorityMatch": MATCH,
    "Role": {"text", "span"},
    "SpeaksFor": {"actor", "span", "source"},
    "TimeExpression": {"start", "end", "type", "value", "mod", "from", "to"},
    "Period": {"start", "end", "relation", "from", "to", "times"},
    "Quantity": {"start", "end", "value", "to", "unit", "of", "modifier", "kind"}
    | {"base_value", "base_to", "base_unit"},
    "Passage": {"start", "end", "time", "value", "from", "to", "actors"},
    "Credit": {"name", "by", "span"},
}
DOSSIER = {
    "Dossier": {"schema", "made_by", "stories"},
    "MadeBy": READING["MadeBy"],
    "Story": {"id", "articles", "actors", "statements", "utterances", "conflicts", "issues", "positions"}
    | {"sticking_points", "conditions", "timeline", "coverage", "primary"},
    "StoryArticle": {*ARTICLE, "title_statements", "times", "periods", "quantities", "credits"},
    "Credit": READING["Credit"],
    "TitleStatement": TITLE,
    "TitleSpan": {*SPAN, "in"},
    "StoryActor": ACTOR,
    "AuthorityMatch": MATCH,
    "StoryRole": {"text", "span"},
    "StoryLink": {"actor", "span", "source"},
    "StoryStatement": {*SAID, "article"},
    "SaidOn": READING["SaidOn"],
    "Span": SPAN,
    "TimeExpression": READING["TimeExpression"],
    "Period": READING["Period"],
    "Quantity": READING["Quantity"],
    "ArticleSpan": PLACE,
    "Utterance": {"id", "speaker", "statements", "fullest", "variants", "origins", "origin", "unnamed"},
    "Variant": {"statement", "differences"},
    "Difference": {"kind", "own", "fullest"},
    "Origin": {"articles", "outlet", "by", "spans"},
    "PrimarySource": {"id", "name", "sha256", "text", "title", "url", "published", "speakers", "checks"},
    "PrimaryCheck": {"statement", "verdict", "spans", "differences"},
    "Conflict": {"id", "type", "a", "b", "a_passages", "b_passages", "about", "why", "score", "update"},
    "Reason": {"kind", "a", "b"},
    "Issue": {"id", "name", "mentions"},
    "Position": {
        "actor",
        "issue",
        "stance",
        "condition",
        "second_hand",
        "without_naming",
        "statements",
        "from",
        "to",
        "score",
        "strongest",
    },
    "NamedCondition": {"actor", "statement", "span", "issues", "second_hand", "demanded"},
    "StickingPoint": {"issue", "for", "against", "conditional", "conditions"},
    "TimelineEntry": {"id", "value", "from", "to", "kind", "statements", "passages", "future"},
    "Coverage": {"article", "utterances", "lacks", "leads_with", "words_by_actor", "words_by_source_kind", "own_words"}
    | {"alone", "words_before", "unnamed", "readings"},
}


def errors(name: Name, instance: object) -> list[str]:
    """Return what is wrong with an instance, keys that its schema does not know included."""
    found = schema(name)
    for definition in found["$defs"].values():
        if "properties" in definition and name != "article":
            definition["additionalProperties"] = False
    validator = jsonschema.Draft202012Validator(found)
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(instance)]


@pytest.mark.parametrize("name", get_args(Name))
def test_schemas_are_those_of_the_records(name: Name) -> None:
    shipped = json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
    assert shipped == made(name), "the records have changed: run `python -m onrecord.schemas` and commit the files"


@pytest.mark.parametrize("name", get_args(Name))
def test_schemas_are_written_as_they_ship(name: Name, tmp_path: Path) -> None:
    write(tmp_path)
    assert json.loads((tmp_path / f"{name}.schema.json").read_bytes()) == schema(name)
    assert (tmp_path / f"{name}.schema.json").read_text("utf-8") == made(name)


@pytest.mark.parametrize("name", get_args(Name))
def test_schemas_are_schemas_of_the_draft_they_name(name: Name) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert "``" not in made(name)
    assert ":class:" not in made(name)


def test_schemas_have_no_other_names() -> None:
    with pytest.raises(ValueError, match="there are article, reading, dossier"):
        schema("../../errors")  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "design"), [("reading", READING), ("dossier", DOSSIER)])
def test_schemas_require_every_key_of_the_design(name: Name, design: dict[str, set[str]]) -> None:
    definitions = schema(name)["$defs"]
    assert {d: set(definitions[d]["properties"]) for d in definitions} == design
    assert {d: set(definitions[d]["required"]) for d in definitions} == design


# -- held against what is written ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def readings(reader: Reader, story: list[Article]) -> list[Reading]:
    return [reader.read(article) for article in story]


@pytest.fixture(scope="module")
def odd(reader: Reader, make_article: Callable[..., Article]) -> list[Reading]:
    """Readings with nothing in them, and with everything that an article can have."""
    about = {
        "outlet": "The Post",
        "published": "2031-05-06T07:08:09+02:00",
        "title": "Bridge to stay",
        "byline": "Cy Vale",
        "url": "https://post.example/bridge?a=1&b=2",
        "language": "en",
    }
    full = make_article("Ann Lee, the mayor, said that “we will not close the bridge”.\n", "full", **about)
    full = msgspec.structs.replace(full, notes=("decoded as windows-1252",))
    bare = make_article("Rain fell on the town all day.\n", "bare")
    foreign = make_article(
        "„Wir werden die Brücke nicht schließen, was immer es kostet“, sagte sie dem Rat der Stadt.", "de"
    )
    read = [reader.read(a) for a in (full, bare, foreign)]
    assert [bool(r.statements) for r in read] == [True, False, True]
    assert all(getattr(read[0], field) for field in ARTICLE)
    return read


def filled(reading: Reading) -> Reading:
    """Return the reading with whatever it may have and does not."""
    span = Span(0, 3)
    said = SaidOn("2031-05-05", "2031-05-05", "2031-05-05", "occasion", span)
    first = msgspec.structs.replace(
        reading.statements[0], hedges=(span,), parent="s-1", addressee=span, occasion=span, said_on=said
    )
    links = (SpeaksFor("a-1", span), SpeaksFor("a-2", None, "capitals"))
    actor = msgspec.structs.replace(reading.actors[0], speaks_for=links, identifiers={"wikidata": "Q1"})
    return msgspec.structs.replace(
        reading,
        statements=(first, *reading.statements[1:]),
        actors=(actor, *reading.actors[1:]),
        times=(TimeExpression(0, 3, "DATE", "2031-W19"), TimeExpression(0, 3, "DATE", "2031", "START", "2031", "2032")),
        quantities=(Quantity(0, 3, 4), Quantity(0, 3, 1.5, 2.5, "USD", span, "about")),
    )


def whole(dossier: Dossier) -> Dossier:
    """Return the dossier with whatever a story may have and this one does not."""
    (story,) = dossier.stories
    place = ArticleSpan(story.articles[0].id, 0, 3)
    told, actor = story.statements[0].id, story.actors[0]
    linked = msgspec.structs.replace(
        actor, speaks_for=(StoryLink(actor.id, place), StoryLink(actor.id, None, "capitals"))
    )
    changed = msgspec.structs.replace(
        story,
        actors=(linked, *story.actors[1:]),
        conflicts=(
            Conflict("c-1", "denial", (told,), (), (), (place,), "the bridge", (Reason("negation", place),), 0.5),
            Conflict("c-2", "position", (told,), (told,)),
        ),
        issues=(Issue("i-1", "the bridge", (place,)),),
        positions=(
            Position(actor.id, "i-1", "conditional", (told,), place, True),
            Position(actor.id, "i-1", "for", ()),
        ),
        sticking_points=(StickingPoint("i-1", (actor.id,), (), (actor.id,), (0,)),),
        conditions=(NamedCondition(actor.id, told, place, ("i-1",), True, True),),
        timeline=(TimelineEntry("t-1", "2031-05-05", "2031-05-05", "2031-05-06", "event", (told,), (place,), True),),
    )
    return msgspec.structs.replace(dossier, stories=(changed,))


def test_schemas_hold_for_readings(readings: list[Reading], odd: list[Reading]) -> None:
    for reading in [*readings, *odd, filled(odd[0])]:
        assert errors("reading", json.loads(to_json(reading))) == [], reading.id


def test_schemas_hold_for_dossiers(readings: list[Reading], odd: list[Reading]) -> None:
    for told in (readings, odd, odd[1:2]):
        dossier = reconcile(told)
        assert errors("dossier", json.loads(render(dossier, "json"))) == []
    assert errors("dossier", json.loads(render(whole(reconcile(readings)), "json"))) == []
    assert errors("dossier", json.loads(to_json(Dossier(SCHEMA, odd[0].made_by, ())))) == []


def objects(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from objects(child)


def test_schemas_miss_no_key_that_is_missing(odd: list[Reading]) -> None:
    # A schema that everything fits would pass all of the above.
    reading = json.loads(to_json(filled(odd[0])))
    for node in objects(reading):
        for key in [k for k in node if k != "wikidata"]:
            value = node.pop(key)
            assert errors("reading", reading), f"{key} is not missed"
            node[key] = value
        node["extra"] = 1
        assert errors("reading", reading) or "wikidata" in node
        del node["extra"]
    assert errors("reading", reading) == []
    assert errors("reading", {**reading, "schema": "onrecord/2"})


# -- held against what is read ---------------------------------------------------------------------------------------

TEXT = "Ann Lee said that the bridge would stay."


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ({"id": "a", "text": TEXT}, True),
        ({"id": 7, "text": TEXT, "outlet": None, "title": "", "language": ""}, True),
        ({"id": "a", "text": TEXT, "language": "en-GB", "published": "2031-05-06", "anything": {"else": 1}}, True),
        ({"id": "a", "text": TEXT, "byline": "x", "url": "https://post.example", "outlet": "y", "title": "z"}, True),
        ({"id": "a"}, False),
        ({"text": TEXT}, False),
        ({"id": "", "text": TEXT}, False),
        ({"id": None, "text": TEXT}, False),
        ({"id": 1.5, "text": TEXT}, False),
        ({"id": True, "text": TEXT}, False),
        ({"id": "a", "text": " \n"}, False),
        ({"id": "a", "text": ["x"]}, False),
        ({"id": "a", "text": TEXT, "outlet": 3}, False),
        ({"id": "a", "text": TEXT, "title": ["x"]}, False),
        ({"id": "a", "text": TEXT, "language": "English please"}, False),
        (["a"], False),
    ],
)
def test_schemas_take_the_articles_that_are_read_without_a_word(line: object, fits: bool, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(line) + "\n")
    said: list[object] = []
    list(ingest([path], on_error=said.append))
    assert (not errors("article", line), not said) == (fits, fits)


def test_schemas_know_every_field_of_an_article() -> None:
    assert set(schema("article")["$defs"]["ArticleLine"]["properties"]) == {"id", "text", *Metadata.__struct_fields__}
