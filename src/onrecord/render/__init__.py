"""Dossier -> text in a format: a page, JSON, Markdown, the short record on a terminal; or tables, as CSV or Parquet.

Nothing here writes a sentence about the world. Words shown as said are cut from the reports when they are shown, after
the reports' hashes and every span have been checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from onrecord import records
from onrecord.errors import OnrecordError
from onrecord.render.check import check
from onrecord.render.tables import Column, Table, tables, to_csv, to_parquet

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Column", "Format", "Table", "render", "summary", "tables", "to_csv", "to_parquet"]

Format = Literal["html", "json", "md"]


_NO_EXCERPTS = {
    "json": "JSON holds the texts that its spans count in",
    "md": "Markdown never holds more of a report than what the record quotes",
}


def render(dossier: records.Dossier, format: Format, *, excerpts: bool = False) -> str:
    """Return the dossier as one text.

    ``html`` is a page that needs nothing else, neither files nor network; ``json`` the whole record, indented; ``md``
    the record as Markdown (CommonMark). The same dossier gives the same characters. With ``excerpts`` a page holds of
    each report only the sentences that the record refers to, for publishing where the full texts may not be.

    Raises :class:`~onrecord.errors.OnrecordError` where the dossier does not hold together: a text that is not the one
    its hash names, a span outside its article, an id that nothing has; and for ``excerpts`` of what is no page.
    """
    if excerpts and format != "html":
        raise OnrecordError(f"excerpts are of a page: {_NO_EXCERPTS.get(format, 'this is another format')}")
    check(dossier)
    match format:
        case "json":
            return msgspec.json.format(records.to_json(dossier), indent=2).decode() + "\n"
        case "html":
            from onrecord.render.html import to_html  # noqa: PLC0415 - a terminal needs no templates

            return to_html(dossier, excerpts=excerpts)
        case "md":
            from onrecord.render.markdown import to_markdown  # noqa: PLC0415

            return to_markdown(dossier)
    raise OnrecordError(f"{format}: not a format; there are {', '.join(get_args(Format))}")


def summary(dossier: records.Dossier, console: Console) -> None:
    """Print the short record: who said what, which reports have it, and counts, cut to the console's width.

    Raises :class:`~onrecord.errors.OnrecordError` as :func:`render` does.
    """
    from onrecord.render.terminal import print_summary  # noqa: PLC0415

    check(dossier)
    print_summary(dossier, console)
