"""``onrecord report``: the main job, several reports in, one record out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from onrecord.cli._shared import (
    ActorFiles,
    Inputs,
    MinConfidence,
    Outlet,
    Output,
    Paths,
    Published,
    writing,
    writing_folder,
)
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Dossier
    from onrecord.render import Format as TextFormat
    from onrecord.render.tables import TableFormat


class Format(StrEnum):
    """How ``report`` writes."""

    html = "html"
    json = "json"
    md = "md"
    csv = "csv"
    parquet = "parquet"


_SUFFIXES = {
    ".html": Format.html,
    ".htm": Format.html,
    ".json": Format.json,
    ".md": Format.md,
    ".markdown": Format.md,
    ".csv": Format.csv,
    ".parquet": Format.parquet,
}


def report(
    paths: Paths,
    output: Output = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="Default: by the suffix of -o; the short record on a terminal; json in a pipe. csv and parquet are "
            "several tables, written into a folder that -o names.",
        ),
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
    excerpts: Annotated[
        bool,
        typer.Option(
            "--excerpts",
            help="A page with only those sentences of the reports that the record refers to, for publishing.",
        ),
    ] = False,
) -> None:
    """Read several reports of one event and write the record: one dossier."""
    chosen = _format(output, format)
    from onrecord.ingest import Metadata, ingest

    if primary_speaker is not None and not primary:
        raise OnrecordError("--primary-speaker says who speaks in a source: give it with --primary FILE")
    if excerpts and chosen is not Format.html:
        raise OnrecordError("--excerpts is for a page: give it with -o FILE.html")

    inputs = Inputs(paths, Metadata(outlet=outlet, published=published), actors or ())
    with _opened(output, chosen, excerpts) as write:
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
        write(_with_options(dossier, _options(actors, min_confidence, primary, primary_speaker, excerpts)))
    if inputs.failed:
        raise typer.Exit(1)


@contextmanager
def _opened(output: Path | None, chosen: Format | None, excerpts: bool) -> Iterator[Callable[[Dossier], None]]:
    """Give what writes the dossier. What cannot be written is told now, before anything is read."""
    if chosen is Format.csv or chosen is Format.parquet:
        from onrecord.render.tables import NAMES, tables, writer

        suffix = cast("TableFormat", chosen.value)
        to_bytes = writer(suffix)
        with writing_folder(_folder(output, chosen), [f"{name}.{suffix}" for name in NAMES]) as put_all:
            yield lambda dossier: put_all({f"{n}.{suffix}": to_bytes(t) for n, t in tables(dossier).items()})
        return
    with writing(output) as put:

        def write(dossier: Dossier) -> None:
            if chosen is None:
                from rich.console import Console

                from onrecord.render import summary

                summary(dossier, Console())
            else:
                from onrecord.render import render

                put(render(dossier, cast("TextFormat", chosen.value), excerpts=excerpts))

        yield write


def _folder(output: Path | None, chosen: Format) -> Path:
    """Return the folder for tables; a name that looks like a file's is taken for one unless it is a folder already."""
    named = f"name a folder with -o FOLDER --format {chosen.value}"
    if output is None:
        raise OnrecordError(f"{chosen.value} is several tables: {named}")
    if not os.path.isdir(output):
        if os.path.exists(output):
            raise OnrecordError(f"{output}: is a file, and {chosen.value} is several tables: {named}")
        if output.suffix.lower() in _SUFFIXES:
            raise OnrecordError(f"{output}: is a file’s name, and {chosen.value} is several tables: {named}")
    return output


def _options(
    actors: list[Path] | None,
    min_confidence: float,
    primary: list[Path] | None,
    primary_speaker: str | None,
    excerpts: bool,
) -> Iterator[str]:
    """Yield the options that bear on the record, files by their names: a folder of ours is nobody's business."""
    yield from (f"--actors {path.name}" for path in actors or ())
    if min_confidence > 0:
        yield f"--min-confidence {min_confidence:g}"
    yield from (f"--primary {path.name}" for path in primary or ())
    if primary_speaker is not None:
        yield f"--primary-speaker {primary_speaker}"
    if excerpts:
        yield "--excerpts"


def _with_options(dossier: Dossier, options: Iterable[str]) -> Dossier:
    from msgspec.structs import replace

    return replace(dossier, made_by=replace(dossier.made_by, options=tuple(options)))


def _format(output: object, wanted: Format | None) -> Format | None:
    if wanted is not None:
        return wanted
    if isinstance(output, Path):
        suffix = output.suffix.lower()
        if suffix not in _SUFFIXES:
            raise OnrecordError(f"{output}: no format has this suffix (.html, .json, .md); name one with --format")
        return _SUFFIXES[suffix]
    return None if sys.stdout.isatty() else Format.json
