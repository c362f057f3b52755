"""A wrong identifier sends a reader to somebody else's page: names match whole, and only where one entry has them."""

from __future__ import annotations

import json

import pytest

from onrecord.errors import InputError
from onrecord.read.authority import read_entries, shipped, with_files
from onrecord.records import Actor, Span


def actor(name, kind, *aliases):
    return Actor("a-1", name, kind, aliases, (Span(0, 1),))


def write(tmp_path, text, name="people.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_authority_gives_the_ids_of_a_csv_file_and_says_what_matched(tmp_path):
    path = write(tmp_path, "name,aliases,kind,wikidata,office\nAnna Lind,A. B. Lind; La Lind,person,Q42,minister\n")
    found = with_files([path]).match(actor("La Lind", "person"))
    assert found.identifiers == {"wikidata": "Q42", "office": "minister"}
    assert (found.authority.name, found.authority.file, found.authority.called) == (
        "Anna Lind",
        "people.csv",
        "La Lind",
    )


@pytest.mark.parametrize("lines", [True, False])
def test_authority_reads_follow_the_money(tmp_path, lines):
    entities = [
        {
            "id": "x1",
            "schema": "Person",
            "properties": {"name": ["Anna Lind"], "alias": ["La Lind"], "wikidataId": ["Q42"]},
        },
        {"id": "x2", "schema": "Vessel", "properties": {"name": ["Anna Lind"]}},
    ]
    text = "\n".join(map(json.dumps, entities)) if lines else json.dumps(entities)
    found = with_files([write(tmp_path, text, "ftm.json")]).match(actor("Anna Lind", "person", "Lind"))
    assert found.identifiers == {"ftm": "x1", "wikidata": "Q42"}


def test_authority_does_not_choose_between_two_of_one_name(tmp_path):
    path = write(tmp_path, "name,kind,wikidata\nAnna Lind,person,Q1\nAnna Lind,person,Q2\n")
    assert with_files([path]).match(actor("Anna Lind", "person")).identifiers == {}


def test_authority_of_the_user_comes_before_the_shipped_one(tmp_path):
    path = write(tmp_path, "name,kind,wikidata\nRussia,government,Q159\n")
    assert with_files([path]).match(actor("Russia", "government")).identifiers == {"wikidata": "Q159"}


@pytest.mark.parametrize(
    ("name", "kind", "entry"),
    [
        ("Moscow", "government", "Moscow"),
        ("the Kremlin", "organisation", "Kremlin"),
        ("WHO", "organisation", "World Health Organization"),
        ("who", "organisation", None),
        ("Jordan", "person", None),
        ("Elysee", "government", "Élysée"),
        ("Moscow Times", "organisation", None),
    ],
)
def test_authority_ships_governments_seats_and_bodies(name, kind, entry):
    match = shipped().match(actor(name, kind)).authority
    assert (match.name if match else None) == entry


def test_authority_ships_entries_that_hold_together():
    names = [e.name for e in shipped().entries]
    assert len(set(names)) == len(names) > 400
    for entry in shipped().entries:
        assert entry.speaks_for is None or entry.speaks_for in names
        assert entry.kind is not None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Anna Lind,Q42\n", 'no column "name"'),
        ("name,kind\nAnna Lind,wizard\n", "no kind is called 'wizard'"),
        ("name,kind\n,person\n", "row 2 has no name"),
        ("{not json", "neither JSON nor JSON Lines"),
        ('[{"id": "x"}]', "no schema and properties"),
        ('{"id": "x", "schema": "Person", "properties": {}}', "has no name"),
    ],
)
def test_authority_files_that_cannot_be_used_say_why(tmp_path, text, reason):
    with pytest.raises(InputError, match=reason):
        read_entries(write(tmp_path, text))


def test_authority_files_that_are_no_text_say_so(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b"name\n\xff\xfe\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read_entries(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_entries(tmp_path / "none.csv")
