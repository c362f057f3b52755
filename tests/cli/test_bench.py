"""``onrecord bench``: figures that anyone can measure again, or a line that says what is missing."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run


def test_bench_measures_speed_on_given_reports_and_says_what_it_could_not_read(run: Run, folder: Path) -> None:
    done = run("bench", "speed", "bridge.txt", "lost.txt", "--seconds", "0.1", "--threads", "1", "--json", cwd=folder)
    figures = json.loads(done.out)
    assert figures["articles"] == figures["threads"] == 1
    assert figures["words"] == 16
    rates = [figures[k] for k in figures if k.endswith("words_per_second")]
    assert len(rates) == 5  # reading, with vectors too, the network, and the grammars of times and of quantities
    assert min(*rates, figures["peak_memory_mib"]) > 0
    assert done.said == ["onrecord: lost.txt: no such file or folder"]
    assert done.status == 1


def test_bench_measures_nothing_where_nothing_can_be_read(run: Run, tmp_path: Path) -> None:
    done = run("bench", "speed", "lost.txt", cwd=tmp_path)
    assert done.status == 1
    assert done.out == b""
    assert done.said[0] == "onrecord: lost.txt: no such file or folder"


def test_bench_says_where_it_looked_for_corpora(run: Run, tmp_path: Path) -> None:
    done = run("bench", "quality", cwd=tmp_path)
    assert done.status == 1
    assert "ONRECORD_DATA" in done.said[0]
    done = run("bench", "quality", "--data", "empty", cwd=tmp_path)
    assert done.status == 1
    assert done.said == ["onrecord: empty: holds no attribution/polnear_dev.jsonl.gz"]
