"""Onrecord: who said what, to whom and when, across the reports of one event.

>>> import onrecord
>>> dossier = onrecord.report(["report-a.txt", "report-b.txt"])

The stages, each one function in a package of its name: :func:`onrecord.ingest.ingest`, :func:`onrecord.read.read`,
:func:`onrecord.reconcile.reconcile`, :func:`onrecord.render.render`. :func:`report` runs the first three.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from onrecord.ingest import Metadata
    from onrecord.records import Dossier

__all__ = ["__version__", "report"]

__version__ = "0.1.0"


def report(paths: Iterable[str | PathLike[str]], metadata: Metadata | None = None) -> Dossier:
    """Read the reports at these paths with the shipped weights and return their dossier, taken as one story.

    ``metadata`` fills what the reports do not say of themselves. Raises :class:`onrecord.errors.InputError` for the
    first input that cannot be read.
    """
    # the weights and what runs them load only here, so that `import onrecord` answers at once
    from onrecord.ingest import Metadata, ingest  # noqa: PLC0415
    from onrecord.read import read  # noqa: PLC0415
    from onrecord.reconcile import reconcile  # noqa: PLC0415

    return reconcile([read(article) for article in ingest(paths, metadata or Metadata())])
