"""How fast the reader is: words a second, start-up, memory, the share of the bare network's rate that is left, and the
rates of the grammars of times and of quantities.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

import msgspec

from onrecord.records import Article, Span, text_hash

ROUNDS = 5
"""Rounds in which a grammar is measured. The best counts: what else runs on a machine only ever slows one down."""


@dataclass(frozen=True)
class Speed:
    """What was measured. Rates are over wall-clock time with ``threads`` threads; start-up times in seconds, the median
    of five whole processes; memory in mebibytes, the most that this process held. ``words_per_second`` is reading as
    ``onrecord read`` does it, ``report_words_per_second`` with the vectors that ``onrecord report`` needs too. The
    rates of times (found and resolved) and of quantities are those of the grammars alone, in one thread, the best of
    :data:`ROUNDS`.
    """

    articles: int
    words: int
    threads: int
    words_per_second: float
    report_words_per_second: float
    articles_per_second: float
    network_words_per_second: float
    share_of_network: float
    times_words_per_second: float
    quantities_words_per_second: float
    import_seconds: float
    help_seconds: float
    load_seconds: float
    peak_memory_mib: float

    def to_dict(self) -> dict[str, object]:
        return asdict(self)


def measure(
    articles: Sequence[Article], seconds: float = 10.0, threads: int | None = None, weights: Path | None = None
) -> Speed:
    """Read the articles over and over for about ``seconds``, in turn with the bare network over the same windows.

    The bare network gets its windows ready-made and its scores are thrown away: what it takes longer than that is what
    tokens, decoding, statements and speakers cost. Each grammar is then measured for about a tenth of that time.
    """
    from onrecord.read import Reader  # noqa: PLC0415 - the time it takes is part of what is measured

    began = time.perf_counter()
    reader = Reader(weights, threads, meanings=False)
    load = time.perf_counter() - began
    bare = [reader.network_run(a) for a in articles]
    whole = Reader(weights, threads)
    for article in articles[:3]:
        reader.read(article)
        whole.read(article)
    spent_reading = spent_whole = spent_bare = 0.0
    rounds = 0
    while not rounds or spent_reading + spent_whole + spent_bare < seconds:
        began = time.perf_counter()
        for article in articles:
            reader.read(article)
        middle = time.perf_counter()
        for run in bare:
            run()
        end = time.perf_counter()
        for article in articles:
            whole.read(article)
        spent_reading += middle - began
        spent_bare += end - middle
        spent_whole += time.perf_counter() - end
        rounds += 1
    words = word_count(articles)
    rate, bare_rate = words * rounds / spent_reading, words * rounds / spent_bare
    return Speed(
        articles=len(articles),
        words=words,
        threads=reader.threads,
        words_per_second=round(rate),
        report_words_per_second=round(words * rounds / spent_whole),
        articles_per_second=round(len(articles) * rounds / spent_reading, 2),
        network_words_per_second=round(bare_rate),
        share_of_network=round(rate / bare_rate, 3),
        times_words_per_second=round(times_rate(articles, seconds / 10)),
        quantities_words_per_second=round(quantities_rate(articles, seconds / 10)),
        import_seconds=_process("-c", "import onrecord"),
        help_seconds=_process("-c", "from onrecord.cli import main; main()", "--help"),
        load_seconds=round(load, 3),
        peak_memory_mib=round(_peak(), 1),
    )


def word_count(articles: Sequence[Article]) -> int:
    """Return how many words articles have: runs of characters between white space."""
    return sum(len(article.text.split()) for article in articles)


def times_rate(articles: Sequence[Article], seconds: float = 1.0) -> float:
    """Return the words a second in which times are found and counted from the days of publication, in one thread."""
    from onrecord.read.times import find, resolve  # noqa: PLC0415
    from onrecord.read.times.calendar import day_of  # noqa: PLC0415 - loading them is part of what `measure` times

    dated = [(article.text, day_of(article.published)) for article in articles]

    def once() -> None:
        for text, published in dated:
            resolve(find(text), published)

    return word_count(articles) / _best(once, seconds)


def quantities_rate(articles: Sequence[Article], seconds: float = 1.0) -> float:
    """Return the words a second in which quantities are found, beside times found before, in one thread."""
    from onrecord.read.quantities import quantities  # noqa: PLC0415
    from onrecord.read.times import find, resolve  # noqa: PLC0415
    from onrecord.read.times.calendar import day_of  # noqa: PLC0415 - loading them is part of what `measure` times

    taken = [(a.text, [Span(t.start, t.end) for t in resolve(find(a.text), day_of(a.published))]) for a in articles]

    def once() -> None:
        for text, times in taken:
            quantities(text, times)

    return word_count(articles) / _best(once, seconds)


def _best(once: Callable[[], None], seconds: float) -> float:
    """Return the seconds a call takes in the best of :data:`ROUNDS`, which last about ``seconds`` together."""
    once()  # what is compiled or kept at first use is not what is measured
    rounds = []
    for _ in range(ROUNDS):
        began, calls, spent = time.perf_counter(), 0, 0.0
        while not calls or spent < seconds / ROUNDS:
            once()
            calls += 1
            spent = time.perf_counter() - began
        rounds.append(spent / calls)
    return min(rounds)


def sample() -> list[Article]:
    """Return the four reports of the project's example story, which ship with the package to be measured on."""
    lines = files("onrecord.evaluate").joinpath("sample.jsonl").read_bytes().splitlines()
    return [Article(sha256=text_hash(row["text"]), **row) for row in map(msgspec.json.decode, lines)]


def _process(*arguments: str) -> float:
    """Return the median wall-clock time of five runs of this Python with these arguments."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=dict(os.environ))
        times.append(time.perf_counter() - began)
    return round(sorted(times)[2], 3)


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
