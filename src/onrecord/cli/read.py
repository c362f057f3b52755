"""``onrecord read``: each report by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._shared import ActorFiles, Inputs, MinConfidence, Outlet, Output, Paths, Published, writing
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.records import Reading, Statement


class Format(StrEnum):
    """How ``read`` writes."""

    jsonl = "jsonl"
    table = "table"


def read(
    paths: Paths,
    format: Annotated[
        Format, typer.Option("--format", help="jsonl: a reading a line. table: a statement a line.")
    ] = Format.jsonl,
    output: Output = None,
    outlet: Outlet = None,
    published: Published = None,
    actors: ActorFiles = None,
    min_confidence: MinConfidence = 0.0,
) -> None:
    """Read each report by itself: who said what in it, with exact offsets."""
    from onrecord.ingest import Metadata
    from onrecord.records import to_json

    inputs = Inputs(paths, Metadata(outlet=outlet, published=published), actors or ())
    count = 0
    with writing(output) as put:
        for reading in inputs.readings(min_confidence):
            count += 1
            put(to_json(reading).decode() + "\n" if format is Format.jsonl else _table(reading, header=count == 1))
    if not count:
        raise OnrecordError("nothing could be read")
    if inputs.failed:
        raise typer.Exit(1)


def _table(reading: Reading, header: bool) -> str:
    """Return the statements as tab-separated lines, under the names of the columns where ``header`` is set."""
    names = {a.id: a.name for a in reading.actors}
    columns = (
        "article",
        "start",
        "speaker",
        "act",
        "kind",
        "stance",
        "confidence",
        "said_on",
        "source",
        "cue",
        "content",
    )
    rows: list[tuple[str, ...]] = [columns] if header else []

    def place(s: Statement) -> int:
        return min(x.start for x in (s.source, s.cue, *s.content) if x is not None)

    for s in reading.statements:
        slices = [x.of(reading.text) if x else "" for x in (s.source, s.cue)]
        content = " … ".join(x.of(reading.text) for x in s.content)
        speaker = names.get(s.speaker or "", "")
        day = s.said_on.value if s.said_on and s.said_on.by != "report" else ""
        start, sure = str(place(s)), f"{s.confidence:.2f}"
        rows.append((reading.id, start, speaker, s.act, s.kind, s.stance, sure, day, *slices, content))
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
