"""The rows of ``bench quality``: which documents a figure rests on, and what it can be held against."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict

import pytest

from onrecord.errors import InputError
from onrecord.evaluate.quality import KEPT_ASIDE, WRITTEN_ON, recognizers_rows, time_rows


def write(path, rows):
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)


def document(at, value):
    text = "They met on 5 May 2018."
    return {"id": f"d{at}", "published": None, "text": text, "timexes": [{"start": 12, "end": 22, "value": value}]}


def test_every_fifth_document_is_measured_apart(tmp_path):
    wrong, right = "2018-05-06", "2018-05-05"
    rows = [document(at, wrong if at in (4, 7) else right) for at in range(9)]
    write(tmp_path / "time" / "tempeval3_tbaq.jsonl.gz", rows)
    found = time_rows(tmp_path)
    kept = [row for row in found if KEPT_ASIDE in row.on]
    seen = [row for row in found if WRITTEN_ON in row.on]
    assert len(kept) + len(seen) == len(found)
    assert [row.value for row in kept] == [100.0, 100.0, 0.0]  # the one document, d4, has a wrong value
    assert [row.value for row in seen] == [100.0, 100.0, 87.5]  # d7 of eight
    assert [row.on.rpartition(" ")[2] for row in (kept[0], seen[0])] == ["(1)", "(8)"]
    assert [row.published.split()[1] for row in kept] == ["90.3", "81.3", "77.6"]


def test_times_count_from_the_day_of_publication(tmp_path):
    row = {
        "id": "a",
        "published": "2018-05-29",
        "text": "They met today.",
        "timexes": [{"start": 9, "end": 14, "value": "2018-05-29"}],
    }
    write(tmp_path / "time" / "tempeval3_tbaq.jsonl.gz", [row])
    assert [r.value for r in time_rows(tmp_path) if WRITTEN_ON in r.on] == [100.0, 100.0, 100.0]


def test_cases_are_counted_and_those_left_out_are_named(tmp_path):
    value = {"Text": "34", "Start": 9, "End": 10, "Resolution": {"value": "34"}}
    cases = [
        {"spec": "NumberModel", "n": 1, "Input": "They saw 34 boats.", "Results": [value]},
        {"spec": "NumberModel", "n": 2, "Input": "They saw 35 boats.", "Results": [value]},
        {"spec": "DateTimeModel", "n": 1, "Input": "They saw boats.", "Results": []},
    ]
    write(tmp_path / "time" / "recognizers_specs.jsonl.gz", cases)
    rows = recognizers_rows(tmp_path)
    assert asdict(rows[0]) | {"on": ""} == {
        "figure": "NumberModel (2 cases)", "on": "", "value": 50.0, "people": None, "published": None,
    }  # fmt: skip
    assert len(rows) == 5
    assert [row.on.partition("; ")[2] for row in rows] == [*[""] * 4, "1 cases of other kinds are left out (1 none)"]


def test_a_corpus_that_is_missing_is_named(tmp_path):
    with pytest.raises(InputError, match=r"recognizers_specs\.jsonl\.gz: no such file"):
        recognizers_rows(tmp_path)
