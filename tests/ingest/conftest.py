from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.ingest import ingest
from onrecord.records import Article

Read = Callable[..., tuple[list[Article], list[str]]]


@pytest.fixture
def read() -> Read:
    """Read paths to the end: the articles, and the errors as a user sees them."""

    def run(*paths: str | Path, **options: object) -> tuple[list[Article], list[str]]:
        errors: list[InputError] = []
        articles = list(ingest(paths, on_error=errors.append, **options))
        return articles, [str(error) for error in errors]

    return run


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, bytes | str], Path]:
    """Write a file in a new current folder and return the path a user would type."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: bytes | str) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
