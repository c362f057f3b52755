"""``onrecord report``: the record, in the format that the file's name asks for, the same whatever happens around it."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli._shared import writing_folder
from onrecord.errors import OnrecordError
from onrecord.render.tables import NAMES

from .conftest import Run, surroundings

QUOTE = "“We will not close the bridge, whatever it costs"
ELSEWHERE = "In Lisbon, the novelist Rui Falcão said that his next book would be about the sea.\n"


@pytest.fixture(scope="module")
def piped(run: Run, folder: Path) -> bytes:
    """What goes into a pipe."""
    done = run("report", "bridge.txt", "again.txt", cwd=folder)
    assert (done.status, done.said) == (0, [])
    return done.out


def shown(path: Path) -> str:
    return path.read_bytes().decode()


def test_report_writes_json_into_a_pipe(piped: bytes) -> None:
    (story,) = json.loads(piped)["stories"]
    texts = {a["id"]: a["text"] for a in story["articles"]}
    assert sorted(texts) == ["again", "bridge"]
    cut = [texts[s["article"]][p["start"] : p["end"]] for s in story["statements"] for p in s["content"]]
    assert sum(c.startswith(QUOTE) for c in cut) == 2


@pytest.mark.parametrize(
    ("name", "begins"), [("r.html", "<!doctype html>"), ("r.MD", "# The record\n"), ("r.json", '{\n  "schema": ')]
)
def test_report_writes_what_the_suffix_says_and_the_same_bytes_again(
    run: Run, folder: Path, piped: bytes, name: str, begins: str
) -> None:
    for seed in ("0", "12345"):
        done = run("report", "bridge.txt", "again.txt", "-o", f"{seed}-{name}", cwd=folder, seed=seed)
        assert (done.status, done.out, done.said) == (0, b"", [])
    first, second = (folder / f"{seed}-{name}" for seed in ("0", "12345"))
    assert first.read_bytes() == second.read_bytes()
    assert shown(first).lower().startswith(begins.lower())
    assert QUOTE in shown(first)
    if name == "r.json":
        assert first.read_bytes() == piped


def test_report_gives_the_same_ids_in_whatever_order_reports_come(run: Run, folder: Path, piped: bytes) -> None:
    # Links into a record, and corrections to it, must outlive the next run.
    done = run("report", "again.txt", "bridge.txt", cwd=folder, seed="5")
    (one,), (other,) = (json.loads(out)["stories"] for out in (piped, done.out))
    assert one["id"] == other["id"]
    for part in ("articles", "actors", "statements", "utterances"):
        assert {x["id"] for x in one[part]} == {x["id"] for x in other[part]}, part
    speakers, others = ({s["id"]: s["speaker"] for s in story["statements"]} for story in (one, other))
    assert speakers == others


def test_report_shows_the_short_record_on_a_terminal(folder: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "report", "bridge.txt", "again.txt"]
    environment = surroundings(COLUMNS="100", TERM="dumb")
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        out = b""
        try:
            while piece := os.read(ours, 65536):
                out += piece
        except OSError:  # how Linux says that the other end of a terminal is closed
            pass
        assert process.wait(60) == 0
    os.close(ours)
    assert not out.startswith(b"{")
    assert QUOTE in out.decode()
    assert "Ann Lee" in out.decode()


def test_report_keeps_to_what_can_be_read_and_fails_for_the_rest(run: Run, folder: Path, piped: bytes) -> None:
    done = run("report", "bridge.txt", "lost.txt", "again.txt", "-o", "rest.json", cwd=folder)
    assert done.status == 1
    assert done.said == ["onrecord: lost.txt: no such file or folder"]
    assert (folder / "rest.json").read_bytes() == piped


@pytest.mark.parametrize("given", ["lost.txt", "nothing"])
def test_report_of_nothing_leaves_the_file_that_is_there(run: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "r.html").write_text("yesterday's")
    done = run("report", given, "-o", "r.html", cwd=tmp_path)
    assert done.status == 1
    assert done.said[0].startswith(f"onrecord: {given}: no ")
    assert done.said[1:] == ["onrecord: nothing could be read, so there is no record"]
    assert shown(tmp_path / "r.html") == "yesterday's"
    assert {p.name for p in tmp_path.iterdir()} == {"nothing", "r.html"}


def test_report_does_not_know_every_suffix(run: Run, folder: Path) -> None:
    done = run("report", "bridge.txt", "-o", "record.pdf", cwd=folder)
    assert done.status == 1
    assert done.said == ["onrecord: record.pdf: no format has this suffix (.html, .json, .md); name one with --format"]
    assert not (folder / "record.pdf").exists()


def test_report_writes_into_no_folder_that_does_not_exist(run: Run, folder: Path) -> None:
    done = run("report", "bridge.txt", "-o", "nowhere/record.html", cwd=folder)
    assert done.status == 1
    assert done.said == ["onrecord: nowhere/record.html: cannot be written (no such file or directory)"]
    assert not (folder / "nowhere").exists()


def test_report_replaces_a_file_but_neither_its_permissions_nor_a_link_to_it(
    run: Run, tmp_path: Path, folder: Path
) -> None:
    kept = tmp_path / "kept"
    kept.write_text("yesterday's")
    kept.chmod(0o600)
    (tmp_path / "latest").symlink_to("kept")
    done = run("report", folder / "bridge.txt", "-o", "latest", "--format", "md", cwd=tmp_path)
    assert (done.status, done.said) == (0, [])
    assert (tmp_path / "latest").is_symlink()
    assert shown(kept).startswith("# The record")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_report_of_words_that_it_is_not_sure_of_is_a_record_without_statements(run: Run, folder: Path) -> None:
    done = run("report", "bridge.txt", "-", "--min-confidence", "1", cwd=folder, stdin=ELSEWHERE.encode())
    (story,) = json.loads(done.out)["stories"]
    assert [a["id"] for a in story["articles"]] == ["bridge", "stdin"]
    assert story["statements"] == story["utterances"] == []


def test_report_asks_whether_a_stranger_belongs_to_the_story(run: Run, folder: Path) -> None:
    done = run("report", "bridge.txt", "again.txt", "-", cwd=folder, stdin=ELSEWHERE.encode())
    assert done.status == 0
    assert any(re.match("onrecord: stdin: names nobody whom the other reports name", said) for said in done.said)
    assert not any("bridge" in said or "again" in said for said in done.said)


def test_report_of_the_example_reads_text_and_page(run: Run, example: Path, tmp_path: Path) -> None:
    done = run("report", example, "-o", "dam.json", cwd=tmp_path)
    assert done.status == 0
    story: Any = json.loads(shown(tmp_path / "dam.json"))["stories"][0]
    assert {a["id"] for a in story["articles"]} == {"lisande-courier", "new-citizen", "transmeridian", "vpb-world"}
    assert all(a["outlet"] and a["published"] and a["title"] for a in story["articles"])


def test_report_knows_actors_by_the_users_files(run: Run, folder: Path) -> None:
    (folder / "people.csv").write_text("name,aliases,kind,wikidata\nAnn Lee,Mayor Lee,person,Q42\n", "utf-8")
    done = run("report", "bridge.txt", "again.txt", "--actors", "people.csv", cwd=folder)
    assert (done.status, done.said) == (0, [])
    (lee,) = (a for a in json.loads(done.out)["stories"][0]["actors"] if a["name"] == "Ann Lee")
    assert lee["identifiers"] == {"wikidata": "Q42"}
    assert (lee["authority"]["name"], lee["authority"]["file"]) == ("Ann Lee", "people.csv")
    page = run("report", "bridge.txt", "--actors", "people.csv", "--format", "html", cwd=folder)
    assert "Ann Lee in people.csv" in page.out.decode()


@pytest.mark.parametrize(("text", "reason"), [("who,id\nAnn Lee,Q42\n", 'no column "name"'), (None, "cannot be read")])
def test_report_says_what_is_wrong_with_a_file_of_actors(run: Run, folder: Path, text: str | None, reason: str) -> None:
    if text is not None:
        (folder / "wrong.csv").write_text(text, "utf-8")
    name = "wrong.csv" if text is not None else "none.csv"
    done = run("report", "bridge.txt", "--actors", name, cwd=folder)
    assert (done.status, done.out) == (1, b"")
    assert len(done.said) == 1
    assert name in done.said[0]
    assert reason in done.said[0]


def test_report_checks_quotations_against_a_primary_source(run, folder, tmp_path):
    (tmp_path / "speech.txt").write_text("We will not shut the bridge, whatever it costs. That is my promise.", "utf-8")
    out = tmp_path / "d.json"
    done = run(
        "report",
        "bridge.txt",
        "again.txt",
        "--primary",
        tmp_path / "speech.txt",
        "--primary-speaker",
        "Ann Lee",
        "-o",
        out,
        cwd=folder,
    )
    assert done.status == 0, done.said
    (source,) = json.loads(out.read_bytes())["stories"][0]["primary"]
    assert {c["verdict"] for c in source["checks"]} == {"altered"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--primary", "nothing.txt", "--primary-speaker", "Ann Lee"], "nothing.txt"),
        (["--primary", "again.txt", "--primary-speaker", "Bo Nobody"], "quote nobody called Bo Nobody"),
    ],
)
def test_report_goes_on_without_a_primary_source_that_is_of_no_use(run, folder, arguments, reason):
    done = run("report", "bridge.txt", *arguments, "--format", "md", cwd=folder)
    assert done.status == 1
    assert any(reason in line for line in done.said)
    assert b"We will not close the bridge" in done.out


def test_report_wants_a_source_for_its_speaker(run, folder):
    done = run("report", "bridge.txt", "--primary-speaker", "Ann Lee", cwd=folder)
    assert done.status == 1
    assert "--primary" in done.said[-1]


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_report_writes_tables_into_a_folder_and_leaves_what_else_is_there(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    paths = (folder / "bridge.txt", folder / "again.txt")
    done = run("report", *paths, "-o", "new", "--format", "csv", cwd=tmp_path)
    assert (done.status, done.out, done.said) == (0, b"", [])
    assert set(files(tmp_path / "new")) == {f"{name}.csv" for name in NAMES}
    with (tmp_path / "new" / "statements.csv").open(encoding="utf-8-sig", newline="") as lines:
        told = list(csv.DictReader(lines))
    assert sum(row["content"].startswith(QUOTE) for row in told) == 2
    assert {row["article"] for row in told} == {"bridge", "again"}

    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "notes.txt").write_text("mine")
    (tmp_path / "old" / "reports.csv").write_text("yesterday's")
    again = run("report", *paths, "-o", "old", "--format", "csv", cwd=tmp_path, seed="12345")
    assert again.status == 0
    assert files(tmp_path / "old") == {**files(tmp_path / "new"), "notes.txt": b"mine"}


def test_report_writes_parquet(run: Run, folder: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'onrecord[tables]'")
    done = run("report", folder / "bridge.txt", "-o", "tables", "--format", "parquet", cwd=tmp_path)
    assert (done.status, done.out, done.said) == (0, b"", [])
    assert set(files(tmp_path / "tables")) == {f"{name}.parquet" for name in NAMES}
    told = pq.read_table(tmp_path / "tables" / "statements.parquet").to_pylist()
    assert any(row["content"].startswith(QUOTE) for row in told)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "csv"], "csv is several tables: name a folder with -o FOLDER --format csv"),
        (
            ["--format", "csv", "-o", "record.html"],
            "record.html: is a file, and csv is several tables: name a folder with -o FOLDER --format csv",
        ),
        (
            ["-o", "tables.csv"],
            "tables.csv: is a file’s name, and csv is several tables: name a folder with -o FOLDER --format csv",
        ),
        (
            ["--format", "csv", "-o", "t.parquet"],
            "t.parquet: is a file’s name, and csv is several tables: name a folder with -o FOLDER --format csv",
        ),
        (["--format", "csv", "-o", "no/where"], "no/where: cannot be written (no such file or directory)"),
        (["--format", "csv", "-o", "taken"], "taken/statements.csv: cannot be written (is a directory)"),
    ],
)
def test_report_says_before_it_reads_where_tables_cannot_go(
    run: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "record.html").write_text("yesterday's")
    (tmp_path / "taken" / "statements.csv").mkdir(parents=True)
    done = run("report", "lost.txt", *arguments, cwd=tmp_path)  # were it read, the first line would be about lost.txt
    assert (done.status, done.out, done.said) == (1, b"", [f"onrecord: {said}"])
    assert {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")} == {
        "record.html",
        "taken",
        os.path.join("taken", "statements.csv"),
    }


def test_report_takes_a_folder_by_its_name_whatever_that_is(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "monday.csv").mkdir()
    done = run("report", folder / "bridge.txt", "-o", "monday.csv", cwd=tmp_path)
    assert (done.status, done.said) == (0, [])
    assert set(files(tmp_path / "monday.csv")) == {f"{name}.csv" for name in NAMES}


def test_report_says_what_parquet_needs_before_it_reads(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('as if it were not installed')\n")
    done = run("report", "lost.txt", "-o", "tables", "--format", "parquet", cwd=tmp_path)
    assert (done.status, done.out) == (1, b"")
    assert done.said == ["onrecord: Parquet needs pyarrow: pip install 'onrecord[tables]'"]
    assert not (tmp_path / "tables").exists()


def test_report_of_nothing_leaves_the_tables_that_are_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "reports.csv").write_text("yesterday's")
    for name in ("old", "new"):
        done = run("report", "lost.txt", "-o", name, "--format", "csv", cwd=tmp_path)
        assert done.status == 1
        assert done.said[-1] == "onrecord: nothing could be read, so there is no record"
    assert files(tmp_path / "old") == {"reports.csv": b"yesterday's"}
    assert not (tmp_path / "new").exists()


def test_writing_folder_replaces_all_tables_or_none(tmp_path: Path) -> None:
    # A full disk between two tables must not leave one of today beside one of yesterday.
    (tmp_path / "a").write_text("yesterday's")
    (tmp_path / "b").symlink_to("/dev/full")
    with pytest.raises(OnrecordError, match="b: cannot be written"), writing_folder(tmp_path, ["a", "b"]) as put:
        put({"a": b"today's", "b": b"new"})
    assert {p.name for p in tmp_path.iterdir()} == {"a", "b"}
    assert (tmp_path / "a").read_bytes() == b"yesterday's"
    (tmp_path / "b").unlink()
    with writing_folder(tmp_path, ["a", "b"]) as put:
        put({"a": b"today's", "b": b"new"})
    assert files(tmp_path) == {"a": b"today's", "b": b"new"}
