"""``onrecord evaluate`` as a user calls it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from onrecord.cli.evaluate import evaluate
from onrecord.errors import InputError, OnrecordError

from . import test_attribution, test_grouping, test_items, test_stories, test_times
from .dossiers import make_dossier
from .perturb import run_scorer, write_rows

app = typer.Typer()
app.command()(evaluate)


def run(*args: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def fail(*files: Path) -> str:
    with pytest.raises(OnrecordError) as raised:
        evaluate(list(files), as_json=True)
    message = str(raised.value)
    assert "\n" not in message
    return message


def rows_of(by_id: dict) -> list[dict]:
    return [{"id": key, **row} for key, row in by_id.items()]


@pytest.fixture
def gold(tmp_path) -> Path:
    return write_rows(tmp_path / "gold.jsonl", rows_of(test_attribution.GOLD))


@pytest.fixture
def predicted(tmp_path) -> Path:
    found = test_attribution.statements(test_attribution.ANN)
    return write_rows(tmp_path / "predicted.jsonl", rows_of(found))


def test_command_recognises_attribution(gold, predicted):
    figures = json.loads(run(gold, predicted, "--json"))
    assert figures["linked"] == {"precision": 100.0, "recall": 50.0, "f1": 66.7}


def test_command_recognises_items(tmp_path):
    items = write_rows(tmp_path / "items.jsonl", test_items.ITEMS)
    found = write_rows(tmp_path / "p.jsonl", rows_of(test_items.predicted(test_items.RIGHT)))
    assert json.loads(run(items, found, "--json"))["content"]["f1"] == 100.0


def test_command_recognises_times(tmp_path):
    gold = write_rows(tmp_path / "g.jsonl", rows_of(test_times.GOLD))
    found = write_rows(tmp_path / "p.jsonl", rows_of(test_times.times((25, 28, "2024-05"))))
    assert json.loads(run(gold, found, "--json"))["value_f1"] == 66.7


def test_command_recognises_grouping_and_joins_files_with_commas(tmp_path):
    halves = [write_rows(tmp_path / f"g{i}.jsonl", [row]) for i, row in enumerate(test_grouping.GOLD)]
    found = write_rows(tmp_path / "s.jsonl", [{"id": "all", "articles": ["a", "b", "c", "d"]}])
    assert json.loads(run(",".join(map(str, halves)), found, "--json"))["precision"] == 62.5
    many = ",".join([str(halves[0])] + [f"{'x' * 200}.jsonl"] * 40)
    assert fail(Path(many), found) == f"{'x' * 200}.jsonl: no such file"


def test_command_recognises_stories_and_pools_them(tmp_path):
    gold, dossier, empty = (tmp_path / name for name in ("gold.json", "dossier.json", "empty.json"))
    gold.write_text(json.dumps(test_stories.GOLD, indent=1))
    dossier.write_text(json.dumps(make_dossier(test_stories.GOLD)))
    empty.write_text('{"stories": []}')
    assert json.loads(run(gold, dossier, "--json"))["statements"]["recall"] == 100.0
    assert json.loads(run(gold, dossier, gold, empty, "--json"))["statements"]["recall"] == 50.0


def test_command_prints_a_plain_table_into_a_pipe(gold, predicted):
    lines = run(gold, predicted).splitlines()
    assert lines[0] == "1 articles"
    assert lines[1].split() == ["precision", "recall", "F1"]
    assert lines[-1].split() == ["linked", "100.0", "50.0", "66.7"]
    assert not any(line != line.rstrip() or "\x1b" in line for line in lines)


def test_command_prints_a_table_on_a_terminal(gold, predicted, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    evaluate([gold, predicted])
    assert "66.7" in capsys.readouterr().out


def test_command_reads_gzip_byte_order_marks_arrays_and_single_objects(gold, predicted, tmp_path):
    expected = run(gold, predicted, "--json")
    zipped, array, marked = tmp_path / "gold.jsonl.gz", tmp_path / "predicted.json", tmp_path / "marked.json"
    zipped.write_bytes(gzip.compress(gold.read_bytes()))
    array.write_text(json.dumps(rows_of(test_attribution.statements(test_attribution.ANN)), indent=2))
    marked.write_bytes(b"\xef\xbb\xbf" + predicted.read_bytes())
    assert run(zipped, array, "--json") == expected
    assert run(zipped, marked, "--json") == expected


def test_command_keeps_line_separators_within_strings(tmp_path):
    row = {"id": "a", "text": "x\u2028\u0085y said z", "attributions": []}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf8")
    found = write_rows(tmp_path / "p.jsonl", [{"id": "a", "statements": []}])
    assert json.loads(run(gold, found, "--json"))["articles"] == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_command_refuses_files_that_do_not_pair_up(gold, count):
    assert fail(*[gold] * count) == f"files come in pairs, GOLD PREDICTED; this is {count}"


def test_command_refuses_to_pool_what_is_not_a_story(gold, predicted):
    assert "only annotated stories are pooled" in fail(gold, predicted, gold, predicted)


def test_command_names_a_missing_file_and_a_folder(gold, tmp_path):
    assert fail(gold, tmp_path / "nothing.jsonl") == f"{tmp_path / 'nothing.jsonl'}: no such file"
    assert fail(gold, tmp_path) == f"{tmp_path}: is a directory"


def test_command_numbers_the_broken_line(gold, tmp_path):
    broken = tmp_path / "p.jsonl"
    broken.write_text('{"id": "x", "statements": []}\n\n{"id": "a", "statements": [}\n')
    assert fail(gold, broken).startswith(f"{broken}:3: is not JSON")
    broken.write_text('{"id": "x", "statements": []}\n[1]\n')
    assert fail(gold, broken) == f"{broken}:2: is not a JSON object"
    pretty = tmp_path / "p.json"
    pretty.write_text('{\n "id": "a",\n "statements": nothing\n}\n')
    assert fail(gold, pretty).startswith(f"{pretty}:3: is not JSON")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe{}", "is not UTF-8 (byte 0)"),
        (gzip.compress(b'{"id": "a", "statements": []}')[:-9], "is a broken gzip file"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", "cannot be read"),
    ],
)
def test_command_names_files_that_cannot_be_decoded(gold, tmp_path, data, reason):
    path = tmp_path / "p.jsonl"
    path.write_bytes(data)
    assert reason in fail(gold, path)


def test_command_refuses_an_id_twice(gold, tmp_path):
    row = {"id": "a", "statements": []}
    assert fail(gold, write_rows(tmp_path / "p.jsonl", [row, row])).endswith("p.jsonl:2: the id 'a' occurs twice")
    assert 'has no "id"' in fail(gold, write_rows(tmp_path / "p.jsonl", [{"statements": []}]))


def test_command_refuses_an_article_in_two_stories(tmp_path):
    gold = write_rows(tmp_path / "g.jsonl", test_grouping.GOLD)
    found = write_rows(tmp_path / "s.jsonl", [{"id": 1, "articles": ["a"]}, {"id": 2, "articles": ["a"]}])
    assert fail(gold, found).endswith("s.jsonl:2: the article 'a' occurs twice")


def test_command_names_a_span_outside_the_text(gold, tmp_path):
    found = write_rows(tmp_path / "p.jsonl", rows_of(test_attribution.statements({"cue": {"start": 1, "end": 999}})))
    assert fail(gold, found) == "predicted article a: span 1-999 lies outside the text"


def test_command_names_gold_that_it_does_not_know(predicted, tmp_path):
    message = fail(predicted, predicted)
    assert message.startswith(f"{predicted}: is no gold we know")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    assert "is no gold we know" in fail(empty, predicted)


def test_command_names_the_file_of_a_story_that_lacks_something(tmp_path):
    gold, dossier = tmp_path / "gold.json", tmp_path / "dossier.json"
    gold.write_text(json.dumps(test_stories.GOLD))
    dossier.write_text('{"stories": [{"actors": []}]}')
    with pytest.raises(InputError, match="statements") as raised:
        evaluate([gold, dossier])
    assert raised.value.where == str(dossier)


def test_command_prints_what_the_reference_prints(shared, tmp_path):
    gold = shared / "data/stories/stream_dev_gold.jsonl.gz"
    stories = write_rows(tmp_path / "s.jsonl", [{"id": "one", "articles": ["seesaw-000-0", "seesaw-001-0"]}])
    assert json.loads(run(gold, stories, "--json")) == run_scorer(shared, "grouping", gold, stories)
