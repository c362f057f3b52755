"""A dossier from what people annotated has their statements as they annotated them."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord.evaluate.given import given_dossier
from onrecord.read import Reader


def test_a_given_dossier_has_the_statements_and_stances_that_people_annotated(example: Path, reader: Reader):
    gold = json.loads((example / "gold.json").read_text("utf-8"))
    (story,) = given_dossier(gold, reader)["stories"]
    given = {s["id"]: s for s in story["statements"]}
    assert given.keys() == {s["id"] for s in gold["statements"]}
    stances = {s["id"]: s["stance"] for s in gold["statements"] if s.get("stance")}
    assert {"denies", "no_comment"} == set(stances.values())
    assert {key: given[key].get("stance", "asserts") for key in stances} == stances
