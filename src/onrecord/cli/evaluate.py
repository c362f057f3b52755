"""``onrecord evaluate``: the measures, on anyone's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from onrecord.evaluate import Score

_COLUMNS = ("precision", "recall", "F1", "share", "n")


def evaluate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD PREDICTED", help="Pairs of files, JSON or JSON lines, gzipped or not.", show_default=False
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """Measure predictions against gold: figures in percent.

    What the gold is decides the measure. An annotated story (an object with "statements" and "articles") scores a
    dossier of `onrecord report --format json`; several such pairs are pooled. JSON lines with "attributions", with
    "labels" and "offsets", or with "timexes" score the lines of `onrecord read --format jsonl`. JSON lines with
    "story" and "articles" score those of `onrecord stories --format jsonl`; several files are joined with a comma.
    """
    import json
    import sys

    from onrecord.evaluate.files import score_files

    score = score_files(files)
    if as_json:
        typer.echo(json.dumps(score.to_dict()))
    elif sys.stdout.isatty():
        _print_rich(score)
    else:
        typer.echo(_plain(score))


def _cells(score: Score) -> tuple[list[str], list[list[str]]]:
    """Return the heads of the columns that have figures, and each line's name and cells."""
    lines = [(line.name, (line.precision, line.recall, line.f1, line.share, line.n)) for line in score.lines()]
    used = [i for i in range(len(_COLUMNS)) if any(figures[i] is not None for _, figures in lines)]
    rows = [[name, *("" if figures[i] is None else str(figures[i]) for i in used)] for name, figures in lines]
    return ["", *(_COLUMNS[i] for i in used)], rows


def _plain(score: Score) -> str:
    """Return the figures as aligned text."""
    head, rows = _cells(score)
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    table = (
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in [head, *rows]
    )
    return "\n".join([score.caption(), *(line.rstrip() for line in table)])


def _print_rich(score: Score) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    head, rows = _cells(score)
    table = Table(title=score.caption(), title_justify="left", title_style="", box=None)
    for i, name in enumerate(head):
        table.add_column(Text(name), justify="right" if i else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)
