"""``onrecord report``: the main job, several reports in, one record out."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli._shared import ActorFiles, Inputs, MinConfidence, Outlet, Output, Paths, Published, writing
from onrecord.errors import OnrecordError


class Format(StrEnum):
    """How ``report`` writes."""

    html = "html"
    json = "json"
    md = "md"


_SUFFIXES = {".html": Format.html, ".htm": Format.html, ".json": Format.json, ".md": Format.md, ".markdown": Format.md}


def report(
    paths: Paths,
    output: Output = None,
    format: Annotated[
        Format | None,
        typer.Option("--format", help="Default: by the suffix of -o; the short record on a terminal; json in a pipe."),
    ] = None,
    outlet: Outlet = None,
    published: Published = None,
    actors: ActorFiles = None,
    min_confidence: MinConfidence = 0.0,
    primary: Annotated[
        list[Path] | None,
        typer.Option(
            "--primary",
            help="A transcript, post or official text to check its speaker’s quotations against; may be given again.",
        ),
    ] = None,
    primary_speaker: Annotated[
        str | None, typer.Option("--primary-speaker", help="Who speaks in --primary, where it does not say.")
    ] = None,
) -> None:
    """Read several reports of one event and write the record: one dossier."""
    chosen = _format(output, format)
    from onrecord.ingest import Metadata, ingest

    if primary_speaker is not None and not primary:
        raise OnrecordError("--primary-speaker says who speaks in a source: give it with --primary FILE")

    inputs = Inputs(paths, Metadata(outlet=outlet, published=published), actors or ())
    with writing(output) as put:
        sources = list(ingest(primary or (), on_error=inputs.say))
        readings = list(inputs.readings(min_confidence, meanings=True))
        if not readings:
            raise OnrecordError("nothing could be read, so there is no record")
        from onrecord.reconcile import reconcile, strangers

        for stranger in strangers(readings):
            typer.echo(
                f"onrecord: {stranger.id}: names nobody whom the other reports name; does it belong to this story?",
                err=True,
            )
        dossier = reconcile(readings, [(source, primary_speaker) for source in sources], inputs.say)
        if chosen is None:
            from rich.console import Console

            from onrecord.render import summary

            summary(dossier, Console())
        else:
            from onrecord.render import render

            put(render(dossier, chosen.value))
    if inputs.failed:
        raise typer.Exit(1)


def _format(output: object, wanted: Format | None) -> Format | None:
    if wanted is not None:
        return wanted
    if isinstance(output, Path):
        suffix = output.suffix.lower()
        if suffix not in _SUFFIXES:
            raise OnrecordError(f"{output}: no format has this suffix (.html, .json, .md); name one with --format")
        return _SUFFIXES[suffix]
    return None if sys.stdout.isatty() else Format.json
