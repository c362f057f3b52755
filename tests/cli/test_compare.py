"""``onrecord compare``: two dossiers on disk, one page that says what changed, one line for what cannot be read."""

from __future__ import annotations

import json

import pytest

from onrecord.schemas import schema


@pytest.fixture(scope="module")
def dossiers(run, folder, tmp_path_factory):
    place = tmp_path_factory.mktemp("dossiers")
    assert run("report", "bridge.txt", "-o", place / "old.json", cwd=folder).status == 0
    assert run("report", "bridge.txt", "again.txt", "-o", place / "new.json", cwd=folder).status == 0
    (place / "not.json").write_text('{"schema": "onrecord/1"}', "utf-8")
    (place / "altered.json").write_bytes((place / "old.json").read_bytes().replace(b"bridge,", b"bridge.", 1))
    return place


def test_compare_prints_what_is_new(run, dossiers):
    done = run("compare", "old.json", "new.json", cwd=dossiers)
    assert done.status == 0
    assert "New reports" in done.out.decode()
    assert "Told by more reports" in done.out.decode()


def test_compare_writes_json_of_its_schema(run, dossiers):
    import jsonschema

    done = run("compare", "old.json", "new.json", "-o", "changes.json", cwd=dossiers)
    assert done.status == 0
    found = json.loads((dossiers / "changes.json").read_bytes())
    jsonschema.Draft202012Validator(schema("comparison")).validate(found)
    assert [a["change"] for a in found["articles"]] == ["new"]


@pytest.mark.parametrize(
    ("old", "reason"),
    [("nowhere.json", "nowhere.json"), ("not.json", "is no dossier"), ("altered.json", "sha256")],
)
def test_compare_names_what_is_no_dossier(run, dossiers, old, reason):
    done = run("compare", old, "new.json", cwd=dossiers)
    assert done.status == 1
    assert reason in done.said[-1]


def test_compare_knows_its_formats(run, dossiers):
    done = run("compare", "old.json", "new.json", "-o", "changes.xyz", cwd=dossiers)
    assert done.status == 1
    assert ".json, .md" in done.said[-1]
