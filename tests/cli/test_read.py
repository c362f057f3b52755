"""``onrecord read``: whatever is wrong with one input is said and costs the others nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.cli._shared import confident
from onrecord.records import SCHEMA, MadeBy, Reading, Statement

from .conftest import BRIDGE, Run, surroundings

QUOTE = "“We will not close the bridge, whatever it costs.”"


def lines(out: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def slices(reading: dict[str, Any], text: str) -> list[str]:
    """Return the contents of a reading's statements, cut from a text."""
    return [" … ".join(text[p["start"] : p["end"]] for p in s["content"]) for s in reading["statements"]]


@pytest.fixture(scope="module")
def whole(run: Run, folder: Path) -> list[dict[str, Any]]:
    """The readings of both reports."""
    done = run("read", "bridge.txt", "again.txt", cwd=folder)
    assert (done.status, done.said) == (0, [])
    return lines(done.out)


# -- what cannot be read ---------------------------------------------------------------------------------------------


def put(name: str, content: bytes) -> Callable[[Path], list[str]]:
    def make(place: Path) -> list[str]:
        (place / name).write_bytes(content)
        return [name]

    return make


def large(place: Path) -> list[str]:
    with (place / "large.txt").open("wb") as f:
        f.truncate(50_000_000)
    return ["large.txt"]


def no_reports(place: Path) -> list[str]:
    (place / "pictures").mkdir(exist_ok=True)
    (place / "pictures" / "dam.png").write_bytes(b"\x89PNG")
    return ["pictures"]


def line(key: str, text: str = "Rain fell on the town all day, and nobody spoke of it.") -> bytes:
    return json.dumps({"id": key, "text": f"{key}: {text}"}).encode() + b"\n"


def same_article(place: Path) -> list[str]:
    shutil.copy(place / "bridge.txt", place / "copy.txt")
    return ["copy.txt"]


BAD: dict[str, tuple[Callable[[Path], list[str]], str, list[str]]] = {
    # what is given, what is said of it, and the ids of the articles in it that are read all the same
    "an empty file": (put("empty.txt", b""), r"empty\.txt: empty", []),
    "a binary file": (put("song.txt", bytes(range(256)) * 9), r"song\.txt: not a text file", []),
    "50 MB": (large, r"large\.txt: 50 MB: too large for one report \(limit 10 MB\)", []),
    "a folder without reports": (no_reports, r"pictures: no reports in this folder \(looked for \.txt", []),
    "a missing file": (lambda _: ["lost.txt"], r"lost\.txt: no such file or folder", []),
    "a format that is not read": (put("a.docx", b"PK"), r"a\.docx: not a format that is read \(\.txt", []),
    "a broken line": (
        put("lines.jsonl", line("one") + b'{"id": "two", "text": "He sa\n' + line("three")),
        r"lines\.jsonl:2: not JSON",
        ["one", "three"],
    ),
    "a page without text": (put("page.html", b"<html><body></body></html>"), r"page\.html: no article text", []),
    "an article twice": (same_article, r"copy\.txt: the same article as bridge\.txt; left out", []),
    "an id twice": (
        put("ids.jsonl", line("four") + line("bridge")),
        r"ids\.jsonl:2: id 'bridge' was already taken by bridge\.txt; ids\.jsonl:2 is left out",
        ["four"],
    ),
    "a broken sidecar": (
        lambda place: put("five.txt.json", b"{")(place) and put("five.txt", line("five"))(place),
        r"five\.txt\.json: not JSON.*; the article is read without it",
        ["five"],
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_read_names_what_is_wrong_and_reads_the_rest(run: Run, tmp_path: Path, kind: str) -> None:
    make, message, also = BAD[kind]
    (tmp_path / "bridge.txt").write_bytes(BRIDGE.encode())
    done = run("read", "bridge.txt", *make(tmp_path), cwd=tmp_path)
    assert done.status == 1
    assert len(done.said) == 1
    assert re.match("onrecord: " + message, done.said[0])
    assert [r["id"] for r in lines(done.out)] == ["bridge", *also]
    assert QUOTE in slices(lines(done.out)[0], BRIDGE)


@pytest.mark.parametrize("kind", [k for k in BAD if not BAD[k][2] and k != "an article twice"])
def test_read_that_finds_nothing_leaves_the_file_that_is_there(run: Run, tmp_path: Path, kind: str) -> None:
    make, message, _ = BAD[kind]
    before = tmp_path / "out.jsonl"
    before.write_text("yesterday's\n")
    there = {p.name for p in tmp_path.iterdir()}
    done = run("read", *(given := make(tmp_path)), "-o", "out.jsonl", cwd=tmp_path)
    assert done.status == 1
    assert re.match("onrecord: " + message, done.said[0])
    assert done.said[1:] == ["onrecord: nothing could be read"]
    assert before.read_text() == "yesterday's\n"
    assert {p.name for p in tmp_path.iterdir()} <= there | set(given)


def test_read_says_when_metadata_given_for_all_is_none(run: Run, folder: Path) -> None:
    done = run("read", "bridge.txt", "--published", "last week", "--outlet", "The Post", cwd=folder)
    assert done.status == 1
    assert re.match("onrecord: metadata: published 'last week' is not an ISO 8601 date", done.said[0])
    assert [(r["outlet"], r["published"]) for r in lines(done.out)] == [("The Post", None)]


@pytest.mark.parametrize("target", ["nowhere/out.jsonl", "."])
def test_read_says_at_once_that_its_output_cannot_be_written(run: Run, folder: Path, target: str) -> None:
    done = run("read", "bridge.txt", "lost.txt", "-o", target, cwd=folder)
    assert done.status == 1
    assert len(done.said) == 1, "an hour's reading must not come before it"
    assert re.match(rf"onrecord: {re.escape(target)}: cannot be written \((no such file|is a directory)", done.said[0])
    assert not (folder / "nowhere").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_read_says_that_the_disk_is_full(run: Run, folder: Path) -> None:
    done = run("read", "bridge.txt", "-o", "/dev/full", cwd=folder)
    assert done.status == 1
    assert done.said == ["onrecord: /dev/full: cannot be written (no space left on device)"]
    command = f'"{sys.executable}" -m onrecord read bridge.txt > /dev/full'
    shell = subprocess.run(
        command, shell=True, cwd=folder, env=surroundings(), check=False, stderr=subprocess.PIPE, text=True
    )
    assert shell.returncode == 1
    assert shell.stderr == "onrecord: standard output: cannot be written (no space left on device)\n"


def test_read_ends_quietly_when_nobody_reads_on(folder: Path) -> None:
    command = f'"{sys.executable}" -m onrecord read bridge.txt again.txt | head -c 5'
    done = subprocess.run(command, shell=True, cwd=folder, env=surroundings(), check=True, capture_output=True)
    assert done.stdout == b'{"sch'
    assert done.stderr == b""


# -- what is odd but can be read -------------------------------------------------------------------------------------

BEYOND = (
    "🛳️𝔸𝕟𝕟 𐍈 was there. Then the mayor, Ann Lee, said 👩‍👩‍👧: “We will not close the bridge 🌉, whatever it costs.”\n"
)
WINDOWS = "Bridge to stay\r\n\r\nThe town waited.\r\n\r\n" + BRIDGE.replace("\n", "\r\n")
GERMAN = (
    "Die Bürgermeisterin sagte am Montag: „Wir werden die Brücke nicht schließen, was immer es kostet.“ "
    "Der Rat der Stadt hatte zuvor lange darüber gestritten und am Ende nichts beschlossen.\n"
)


@pytest.fixture(scope="module")
def odd(run: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, Any]], list[str], Path]:
    place = tmp_path_factory.mktemp("odd")
    (place / "beyond.txt").write_bytes(BEYOND.encode())
    (place / "windows.txt").write_bytes(WINDOWS.encode())
    (place / "marked.txt").write_bytes(b"\xef\xbb\xbf" + ("Again. " + BRIDGE).encode())
    (place / "german.txt").write_bytes(GERMAN.encode())
    done = run("read", place, cwd=place)
    assert done.status == 0, "what is odd is no error"
    return {r["id"]: r for r in lines(done.out)}, done.said, place


@pytest.mark.parametrize(
    ("key", "quote"),
    [
        ("beyond", "“We will not close the bridge 🌉, whatever it costs.”"),
        ("windows", QUOTE),
        ("marked", QUOTE),
        ("german", "„Wir werden die Brücke nicht schließen, was immer es kostet.“"),
    ],
)
def test_read_gives_offsets_that_hold_in_the_file_itself(odd: Any, key: str, quote: str) -> None:
    reading, file = odd[0][key], odd[2] / f"{key}.txt"
    text = file.read_bytes().decode("utf-8-sig")
    assert reading["text"] == text
    assert quote in slices(reading, text)


def test_read_says_of_another_language_how_far_it_is_read(odd: Any) -> None:
    readings, said, _ = odd
    assert said == ["onrecord: german: not in English: only its quotations are read, without speakers"]
    assert [(s["source"], s["cue"], s["speaker"]) for s in readings["german"]["statements"]] == [(None, None, None)]
    assert readings["german"]["actors"] == []


# -- how it writes ---------------------------------------------------------------------------------------------------


def test_read_writes_each_report_when_it_is_read(folder: Path, tmp_path: Path) -> None:
    # Two promises at once, for both need a moment between two reports: a line leaves as soon as it is there, and a file
    # that vanishes meanwhile costs nothing but itself.
    for name in ("bridge.txt", "again.txt"):
        shutil.copy(folder / name, tmp_path)
    command = [sys.executable, "-m", "onrecord", "read", "bridge.txt", "-", "again.txt"]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, cwd=tmp_path, env=surroundings(), **pipes) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        first = process.stdout.readline()  # would wait for ever if lines were held back: standard input is still open
        (tmp_path / "again.txt").unlink()
        out, err = process.communicate(line("late"), timeout=60)
    assert json.loads(first)["id"] == "bridge"
    assert [r["id"] for r in lines(out)] == ["late"]
    assert err.decode() == "onrecord: again.txt: no such file or folder\n"
    assert process.returncode == 1


def test_read_writes_the_same_bytes_to_a_file_whatever_the_hash_seed(
    run: Run, folder: Path, whole: list[dict[str, Any]]
) -> None:
    before = {p.name for p in folder.iterdir()}
    done = run("read", "bridge.txt", "again.txt", "-o", "out.jsonl", cwd=folder, seed="77")
    assert (done.status, done.out, done.said) == (0, b"", [])
    written = (folder / "out.jsonl").read_bytes()
    assert lines(written) == whole
    assert written == b"".join(msgspec.json.encode(r) + b"\n" for r in whole)
    assert {p.name for p in folder.iterdir()} == before | {"out.jsonl"}


def test_read_takes_articles_from_standard_input(run: Run, folder: Path, whole: list[dict[str, Any]]) -> None:
    given = json.dumps({"id": "bridge", "text": BRIDGE}).encode()
    done = run("read", "-", cwd=folder, stdin=given)
    assert (done.status, done.said) == (0, [])
    assert lines(done.out) == whole[:1]


def test_read_as_a_table_has_a_line_for_each_statement(run: Run, folder: Path, whole: list[dict[str, Any]]) -> None:
    done = run("read", "bridge.txt", "again.txt", "--format", "table", cwd=folder)
    rows = [row.split("\t") for row in done.out.decode().splitlines()]
    assert len(rows) == 1 + sum(len(r["statements"]) for r in whole)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][:3] == ["article", "start", "speaker"]
    assert [row[-1] for row in rows if row[0] == "bridge"] == slices(whole[0], BRIDGE)
    assert [row[rows[0].index("said_on")] for row in rows if row[0] == "bridge"] == ["XXXX-WXX-1"]


# -- how sure ---------------------------------------------------------------------------------------------------------


def test_read_leaves_out_what_it_is_less_sure_of(run: Run, folder: Path, whole: list[dict[str, Any]]) -> None:
    sure = sorted({s["confidence"] for r in whole for s in r["statements"]})
    least = sure[len(sure) // 2]
    done = run("read", "bridge.txt", "again.txt", "--min-confidence", str(least), cwd=folder)
    kept = [s["id"] for r in lines(done.out) for s in r["statements"]]
    assert kept == [s["id"] for r in whole for s in r["statements"] if s["confidence"] >= least]
    assert 0 < len(kept) < sum(len(r["statements"]) for r in whole)


@pytest.mark.parametrize("least", ["2", "-1", "nan", "much"])
def test_read_takes_no_confidence_that_is_none(run: Run, folder: Path, least: str) -> None:
    done = run("read", "bridge.txt", "--min-confidence", least, cwd=folder)
    assert done.status == 2
    assert done.out == b""


def nested(*confidences: float) -> Reading:
    """A reading with statements s0, s1 …, each nested in the one before."""
    told = tuple(
        Statement(f"s{i}", "speech", "indirect", "asserts", False, None, None, (), parent=f"s{i - 1}" if i else None)
        for i in range(len(confidences))
    )
    told = tuple(msgspec.structs.replace(s, confidence=c) for s, c in zip(told, confidences, strict=True))
    return Reading(SCHEMA, MadeBy("0", "0"), "a", "00", "", statements=told)


@pytest.mark.parametrize(
    ("confidences", "parents"),
    [
        ((0.9, 0.9, 0.9), {"s0": None, "s1": "s0", "s2": "s1"}),
        ((0.9, 0.2, 0.9), {"s0": None, "s2": "s0"}),
        ((0.2, 0.9, 0.9), {"s1": None, "s2": "s1"}),
        ((0.2, 0.2, 0.9), {"s2": None}),
        ((0.9, 0.9, 0.2), {"s0": None, "s1": "s0"}),
        ((0.2, 0.2, 0.2), {}),
    ],
)
def test_read_leaves_no_statement_within_one_that_it_left_out(
    confidences: tuple[float, ...], parents: dict[str, str | None]
) -> None:
    # A parent that nothing has breaks whoever follows it.
    reading = nested(*confidences)
    assert {s.id: s.parent for s in confident(reading, 0.5).statements} == parents
    assert confident(reading, 0.0) == reading
