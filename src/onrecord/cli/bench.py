"""``onrecord bench``: the project's own figures, measured again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.evaluate.quality import Row

bench = typer.Typer(help="Measure quality and speed.", no_args_is_help=True, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@bench.command()
def quality(
    data: Annotated[Path | None, typer.Option(help="Folder of corpora; by default $ONRECORD_DATA.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure what is shipped on development parts, beside published figures and what two annotators reach."""
    from onrecord.evaluate.quality import (
        corpora,
        network_rows,
        recognizers_rows,
        time_rows,
    )
    from onrecord.read import Reader

    folder, reader = corpora(data), Reader()
    rows = network_rows(folder, reader)
    rows += time_rows(folder) + recognizers_rows(folder)
    if as_json:
        from dataclasses import asdict

        import msgspec

        made = msgspec.to_builtins(reader.made_by)
        typer.echo(msgspec.json.encode({"made_by": made, "rows": [asdict(r) for r in rows]}).decode())
        return
    typer.echo(_table(rows))


def _table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table a corpus."""
    out: list[str] = []
    on = None
    for row in rows:
        if row.on != on:
            on = row.on
            out += ["", f"{on}:", "", "| figure | here | two annotators | published |", "|---|---|---|---|"]
        out.append(
            f"| {row.figure} | {row.value:.1f} | {'' if row.people is None else row.people} | {row.published or ''} |"
        )
    return "\n".join(out[1:])


@bench.command()
def speed(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH...]", help="Reports to read; by default a text of its own.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to measure.")] = 10.0,
    threads: Annotated[int | None, typer.Option(min=1, help="Windows read at once; by default one a core.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure words and articles a second, start-up, memory, and the rates of the network and of the grammars."""
    from onrecord.cli._shared import Inputs
    from onrecord.evaluate.speed import measure, sample
    from onrecord.ingest import Metadata

    inputs = Inputs(paths or (), Metadata())
    articles = list(inputs.articles()) if paths else sample()
    if not articles:
        raise OnrecordError("nothing could be read, so there is nothing to measure")
    found = measure(articles, seconds, threads).to_dict()
    if as_json:
        import msgspec

        typer.echo(msgspec.json.encode(found).decode())
    else:
        for name, value in found.items():
            typer.echo(f"{name.replace('_', ' '):28} {value}")
    if inputs.failed:
        raise typer.Exit(1)
