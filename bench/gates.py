"""The quality gates: the shipped weights, measured on development parts, against pinned floors.

usage: gates.py          exits with 1 when a floor is missed

A floor lies one point under what was measured when it was pinned; lowering one is a decision that its commit explains.
Corpora are not part of this repository: they are looked for in $ONRECORD_DATA and in ../shared; without them only the
example story and the speed are measured, and that is said.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from onrecord.evaluate.quality import (
    CALIBRATION,
    KEPT_ASIDE,
    OUTER,
    Row,
    corpora,
    example_rows,
    network_rows,
    recognizers_rows,
    time_rows,
)
from onrecord.evaluate.recognizers import DATES
from onrecord.evaluate.speed import measure, sample, times_rate
from onrecord.read import Reader

ROOT = Path(__file__).resolve().parent.parent

KEPT = f"TempEval-3's TimeBank and AQUAINT, {KEPT_ASIDE}"
FLOORS = {
    # (figure, without a count in brackets behind it; corpus begins with): floor
    ("source, exact, in sentences", "PolNeAR"): 80.5,
    ("cue, exact, in sentences", "PolNeAR"): 72.5,
    ("content, exact, in sentences", "PolNeAR"): 67.5,
    (f"source, exact, in sentences, {OUTER}", "PolNeAR"): 81.1,
    (f"cue, exact, in sentences, {OUTER}", "PolNeAR"): 73.0,
    (f"content, exact, in sentences, {OUTER}", "PolNeAR"): 68.9,
    ("linked attributions", "PolNeAR"): 66.3,
    (f"linked attributions, {OUTER}", "PolNeAR"): 66.8,
    ("statements", "annotated stories, all"): 85.4,
    ("kind", "annotated stories, all"): 96.3,
    ("speaker", "annotated stories, all"): 94.4,
    ("people", "annotated stories, all"): 87.2,
    ("anonymous", "annotated stories, all"): 87.9,
    ("same utterance", "annotated stories, all"): 63.9,
    ("same utterance, statements and speakers given", "annotated stories, all"): 73.2,
    ("conflicts", "annotated stories, all"): 44.5,
    ("conflicts, statements and speakers given", "annotated stories, all"): 44.0,
    ("positions", "annotated stories, all"): 44.0,
    ("positions, statements and speakers given", "annotated stories, all"): 54.5,
    ("inference, accuracy", "Emergent, one group of five, kept from training"): 65.7,
    ("inference, contradiction F1", "Emergent, one group of five, kept from training"): 67.8,
    ("inference, contradiction F1", "Emergent, without debunking words"): 59.5,
    ("inference, accuracy", "RTE-3"): 59.9,
    ("stances between entities, F1", "SEESAW"): 15.5,
    ("speaks for", "annotated stories, all"): 69.6,
    ("day of saying", "annotated stories, all"): 83.0,
    ("pronouns, F1", "GAP"): 65.2,
    ("chains, CoNLL F1", "GUM"): 48.4,
    ("times, relaxed F1", KEPT): 92.4,
    ("times, strict F1", KEPT): 87.2,
    ("times, value F1", KEPT): 79.3,
    ("NumberModel", "Recognizers-Text"): 92.3,
    ("PercentModel", "Recognizers-Text"): 77.6,
    ("CurrencyModel", "Recognizers-Text"): 90.3,
    ("DimensionModel", "Recognizers-Text"): 90.4,
    (DATES, "Recognizers-Text"): 89.0,
    ("statements", "jelan-dam"): 88.1,
    ("day of saying", "jelan-dam"): 81.1,
}
COUNT = re.compile(r" \(\d+ [a-z]+\)\Z")
"""How many statements or cases a figure rests on."""
CALIBRATION_CEILING = 5.0
"""Percent, where 2.3 was measured."""
WORDS_PER_SECOND = 2500.0
"""On two cores, where 4,400 were measured: machines that CI runs on drift by a third and more."""
SHARE_OF_NETWORK = 0.55
"""Of the bare network's rate in the same run, where 0.69 to 0.74 were measured: this does not drift."""
SHARE_WITH_VECTORS = 0.6
"""Of the rate without them, where 0.69 to 0.77 were measured."""
TIMES_WORDS_PER_SECOND = 150_000.0
"""In one thread, where 200,000 are the aim: the gate leaves a quarter, since machines drift. On one whose plain Python
ran at half speed and back within a minute, 80,000 to 185,000 were measured: so it may try again, and the best counts.
"""
TRIES = 5
WEIGHTS_MIB = 57.0


def main() -> int:
    reader = Reader()
    rows = example_rows(ROOT / "examples" / "jelan-dam" / "gold.json", reader)
    beside = ROOT.parent / "shared"
    folder = Path(os.environ["ONRECORD_DATA"]) if "ONRECORD_DATA" in os.environ else beside if beside.is_dir() else None
    if folder is None:
        print("no corpora: the figures on corpora and on the annotated stories are not measured")
    else:
        data = corpora(folder)
        rows += network_rows(data, reader)
        rows += time_rows(data) + recognizers_rows(data)
    missed = [line for row in rows for line in _check(row)]
    if folder is not None:
        missed += [
            f"{figure}, {on}: not measured" for figure, on in FLOORS if not any(_is_of(r, figure, on) for r in rows)
        ]
    speed = measure(sample(), seconds=10)
    share = f"{speed.share_of_network:.0%} of the bare network's rate"
    told = f"{speed.words_per_second:.0f} words/s, {speed.report_words_per_second:.0f} with vectors"
    print(f"{told}, with {speed.threads} threads, {share}")
    if speed.threads >= 2 and speed.words_per_second < WORDS_PER_SECOND:
        missed.append(f"speed: {speed.words_per_second:.0f} words/s is under {WORDS_PER_SECOND:.0f}")
    if speed.report_words_per_second < SHARE_WITH_VECTORS * speed.words_per_second:
        missed.append(f"speed: with vectors {speed.report_words_per_second:.0f} words/s, too little of that without")
    if speed.share_of_network < SHARE_OF_NETWORK:
        missed.append(f"speed: {speed.share_of_network:.2f} of the network's rate is under {SHARE_OF_NETWORK}")
    times, quantities, tries = speed.times_words_per_second, speed.quantities_words_per_second, 1
    while times < TIMES_WORDS_PER_SECOND and tries < TRIES:
        times, tries = max(times, times_rate(sample(), seconds=2)), tries + 1
    print(f"{times:.0f} words/s for times, {quantities:.0f} words/s for quantities, each in one thread")
    if times < TIMES_WORDS_PER_SECOND:
        missed.append(f"times: {times:.0f} words/s is under {TIMES_WORDS_PER_SECOND:.0f}")
    size = sum(p.stat().st_size for p in (ROOT / "src" / "onrecord" / "models").iterdir() if p.is_file()) / 2**20
    print(f"{size:.1f} MiB of weights")
    if size > WEIGHTS_MIB:
        missed.append(f"weights: {size:.1f} MiB is over {WEIGHTS_MIB:.0f}")
    for line in missed:
        print(f"MISSED {line}")
    return 1 if missed else 0


def _check(row: Row) -> list[str]:
    if row.figure == CALIBRATION:
        print(f"{row.value:6.1f}  (at most {CALIBRATION_CEILING:.1f}) {row.figure}: {row.on}")
        return [f"{row.figure}: {row.value} is over {CALIBRATION_CEILING}"] if row.value > CALIBRATION_CEILING else []
    floor = next((floor for (figure, on), floor in FLOORS.items() if _is_of(row, figure, on)), None)
    print(f"{row.value:6.1f}  {'' if floor is None else f'(floor {floor:.1f})':14}  {row.figure}: {row.on}")
    return [f"{row.figure}, {row.on}: {row.value} is under {floor}"] if floor is not None and row.value < floor else []


def _is_of(row: Row, figure: str, on: str) -> bool:
    return COUNT.sub("", row.figure) == figure and row.on.startswith(on)


if __name__ == "__main__":
    sys.exit(main())
