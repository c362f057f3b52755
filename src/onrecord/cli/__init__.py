"""The command line: one file a command."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from onrecord import __version__
from onrecord.errors import OnrecordError

app = typer.Typer(
    name="onrecord",
    help="Who said what: reads several reports of one event and returns the record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def onrecord(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Who said what: reads several reports of one event and returns the record."""


def _mount() -> None:
    from onrecord.cli.bench import bench
    from onrecord.cli.compare import compare
    from onrecord.cli.evaluate import evaluate
    from onrecord.cli.read import read
    from onrecord.cli.report import report

    app.command("report")(report)
    app.command("read")(read)
    app.command("compare")(compare)
    app.command("evaluate")(evaluate)
    app.add_typer(bench, name="bench")


_mount()


def main() -> None:
    """Run the command line; an error that a user can cause is one line on stderr and exit status 1."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # closed by whoever started us: what goes there, goes nowhere
            setattr(sys, stream, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 -- for as long as we run
    try:
        app()
    except OnrecordError as error:
        typer.echo(f"onrecord: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # whoever read our output has left: nothing is wrong, and nothing more can be said
        sys.stderr.close()
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)
