"""The command line as a whole: it answers at once, in its own words, and loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import __version__

from .conftest import Run, surroundings

HEAVY = ("torch", "numpy", "onnxruntime", "tokenizers", "trafilatura", "lxml", "jinja2", "pyarrow")
HELP = """
import sys
from onrecord.cli import main
sys.argv = ["onrecord", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code
"""


def python(code: str, cwd: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=surroundings(), check=True, capture_output=True, text=True
    ).stdout


def test_main_says_its_version(run: Run, tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.status, done.out.decode(), done.said) == (0, f"onrecord {__version__}\n", [])


@pytest.mark.parametrize("arguments", [["--help"], []])
def test_main_names_its_commands(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=tmp_path)
    shown = done.out.decode() + "\n".join(done.said)
    assert all(f"\n  {command} " in shown for command in ("report", "read", "evaluate", "bench"))


@pytest.mark.parametrize("arguments", [["raed", "x.txt"], ["read"], ["report"], ["read", "x.txt", "--format", "docx"]])
def test_main_tells_a_call_that_it_cannot_understand_from_input_that_it_cannot_read(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.status == 2
    assert done.out == b""
    assert done.said


# The import and --help are what a shell or an editor's plug-in waits for: 0.1 and 0.25 s on one core of 2024.
@pytest.mark.parametrize("code", ["import onrecord", HELP], ids=["import", "help"])
def test_main_answers_within_half_a_second(tmp_path: Path, code: str) -> None:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        python(code, tmp_path)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.5, times


@pytest.mark.parametrize("code", ["import onrecord", HELP], ids=["import", "help"])
def test_main_loads_no_network_before_it_reads(tmp_path: Path, code: str) -> None:
    shown = python(f"{code}\nimport sys\nprint([m for m in {HEAVY} if m in sys.modules])", tmp_path)
    assert shown.splitlines()[-1] == "[]"


def test_main_runs_where_nobody_listens(folder: Path) -> None:
    # A timer's job may have no standard streams at all.
    command = f'"{sys.executable}" -m onrecord read bridge.txt -o closed.jsonl <&- >&- 2>&-'
    done = subprocess.run(command, shell=True, cwd=folder, env=surroundings(), check=False)
    assert done.returncode == 0
    assert (folder / "closed.jsonl").read_bytes().startswith(b'{"schema":')
