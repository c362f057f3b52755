"""What the commands that read articles share: their options, their errors and their progress."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import InputError, OnrecordError

if TYPE_CHECKING:
    from onrecord.ingest import Metadata
    from onrecord.records import Article, Reading

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help="Reports: .txt, .html or .jsonl files, folders of these, or - for standard input."
    ),
]
Outlet = Annotated[str | None, typer.Option(help="Outlet of reports that do not say it themselves.")]
Published = Annotated[
    str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of reports that do not say it themselves.")
]
ActorFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="Names, aliases and identifiers of actors, as CSV or FollowTheMoney JSON; may be given more than once.",
    ),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Leave out statements the reader is less sure of than this.")
]


class Inputs:
    """The articles a command was given. What cannot be read is said on stderr and remembered in ``failed``."""

    def __init__(self, paths: Iterable[str], metadata: Metadata, actors: Iterable[Path] = ()) -> None:
        self._paths, self._metadata, self._actors = list(paths), metadata, list(actors)
        self.failed = False

    def articles(self) -> Iterator[Article]:
        """Yield the articles that can be read."""
        from onrecord.ingest import ingest

        for article in ingest(self._paths, self._metadata, on_error=self.say):
            for note in article.notes:
                typer.echo(f"onrecord: {article.id}: {note}", err=True)
            yield article

    def readings(self, min_confidence: float = 0.0, meanings: bool = False) -> Iterator[Reading]:
        """Yield the readings of the articles, showing progress on a terminal; with vectors if ``meanings``."""
        from onrecord.read import Reader
        from onrecord.read.authority import with_files

        reader, authority = None, with_files(self._actors)
        with _progress() as advance:
            for article in self.articles():
                reader = reader or Reader(authority=authority, meanings=meanings)
                reading = reader.read(article)
                for note in reading.notes[len(article.notes) :]:
                    typer.echo(f"onrecord: {article.id}: {note}", err=True)
                advance()
                yield confident(reading, min_confidence)

    def say(self, error: InputError) -> None:
        """Say on stderr what cannot be read; the rest goes on."""
        self.failed = True
        typer.echo(f"onrecord: {error}", err=True)


def confident(reading: Reading, least: float) -> Reading:
    """Return the reading without the statements whose confidence is under ``least``.

    A statement nested in one that is left out is nested in what that one was nested in, if anything.
    """
    from msgspec.structs import replace

    parents = {s.id: s.parent for s in reading.statements}
    kept = {s.id for s in reading.statements if s.confidence >= least}

    def around(parent: str | None) -> str | None:
        while parent is not None and parent not in kept:
            parent = parents[parent]
        return parent

    return replace(
        reading,
        statements=tuple(replace(s, parent=around(s.parent)) for s in reading.statements if s.id in kept),
        title_statements=tuple(s for s in reading.title_statements if s.confidence >= least),
    )


@contextmanager
def _progress() -> Iterator[Callable[[], None]]:
    """Count the articles read on stderr, where that is a terminal and results do not go to it."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} articles read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("read")
        yield lambda: progress.advance(task)


@contextmanager
def writing(path: Path | None) -> Iterator[Callable[[str | bytes], None]]:
    """Give a function that writes text, as UTF-8, or bytes: to standard output at once, or to a file that appears whole
    when all is done.

    Where nothing is written, or an error ends it, a file that is there stays as it is. That the file cannot be written
    is an :class:`~onrecord.errors.OnrecordError`, raised before anything is read.
    """
    if path is None:
        yield _to_stdout
        return
    name, target = _shown(path), os.path.realpath(path)
    apart = None
    with _blaming(name):
        if os.path.exists(target) and not os.path.isfile(target):  # a device or a pipe; a folder is an error
            place = target
        else:
            place = apart = os.path.join(os.path.dirname(target), f".onrecord-{secrets.token_hex(8)}")
        file = open(place, "xb" if apart else "wb")  # noqa: SIM115 -- closed below
    written = False

    def put(content: str | bytes) -> None:
        nonlocal written
        written = True
        with _blaming(name):
            file.write(_encoded(content))
            file.flush()  # a full disk is told here, before the first of several files is replaced

    try:
        yield put
        with _blaming(name):
            file.close()
            if apart and written:
                if os.path.exists(target):
                    os.chmod(apart, os.stat(target).st_mode & 0o777)
                os.replace(apart, target)
                apart = None
    finally:
        with suppress(OSError):
            file.close()
        if apart:
            with suppress(OSError):
                os.unlink(apart)


@contextmanager
def writing_folder(path: Path, names: Collection[str]) -> Iterator[Callable[[Mapping[str, bytes]], None]]:
    """Give a function that writes these files of a folder, all at once; each appears whole when all is done.

    A folder that is not there is made, and taken away again where nothing is written. What else it holds stays. That
    it cannot be written is an :class:`~onrecord.errors.OnrecordError`, raised before anything is read.
    """
    made = not os.path.exists(path)
    if made:
        with _blaming(_shown(path)):
            path.mkdir()
    try:
        with ExitStack() as files:
            puts = {name: files.enter_context(writing(path / name)) for name in names}

            def put(contents: Mapping[str, bytes]) -> None:
                for name, content in contents.items():
                    puts[name](content)

            yield put
    finally:
        if made:
            with suppress(OSError):  # it is not empty: all went well
                path.rmdir()


def _encoded(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _to_stdout(content: str | bytes) -> None:
    with _blaming("standard output"):
        try:
            sys.stdout.buffer.write(_encoded(content))
            sys.stdout.flush()
        except OSError:
            # what could not be written stays in the buffer, and Python would try again, and say so, when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise


@contextmanager
def _blaming(name: str) -> Iterator[None]:
    """Turn an error of the operating system into one that names what cannot be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OnrecordError(f"{name}: cannot be written ({reason})") from error


def _shown(path: Path) -> str:
    from onrecord.ingest.files import shown

    return shown(str(path))
