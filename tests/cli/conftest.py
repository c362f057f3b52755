"""The command as users start it: a process of its own, with what it says and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import onrecord

SOURCES = str(Path(onrecord.__file__).resolve().parents[1])

BRIDGE = "The mayor, Ann Lee, said on Monday: “We will not close the bridge, whatever it costs.”\n"
AGAIN = (
    "Bridge to stay\n\nAnn Lee said that the bridge would stay open. “We will not close the bridge, whatever it costs,”"
    " she told reporters.\n\nOfficials said the council believed that the mayor had promised too much.\n"
)


@dataclass(frozen=True)
class Done:
    """A command that has ended. ``said`` are the lines of stderr."""

    status: int
    out: bytes
    said: list[str]


Run = Callable[..., Done]


def surroundings(**more: str) -> dict[str, str]:
    """Return an environment in which the package is found and no corpora are."""
    kept = {name: value for name, value in os.environ.items() if name != "ONRECORD_DATA"}
    path = os.pathsep.join([SOURCES, *filter(None, [kept.get("PYTHONPATH")])])
    return {**kept, "PYTHONPATH": path, **more}


@pytest.fixture(scope="session")
def run() -> Run:
    """Run the command in a folder. Whatever happens, no user sees a traceback or a line that is not ours."""

    def go(*arguments: str | Path, cwd: Path, stdin: bytes = b"", seed: str = "0") -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            env=surroundings(PYTHONHASHSEED=seed),
            timeout=120,
            check=False,
        )
        said = done.stderr.decode().splitlines()
        assert "Traceback" not in done.stderr.decode(), done.stderr.decode()
        assert done.returncode in (0, 1, 2)
        return Done(done.returncode, done.stdout, said)

    return go


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two short reports of one event."""
    place = tmp_path_factory.mktemp("reports")
    (place / "bridge.txt").write_bytes(BRIDGE.encode())
    (place / "again.txt").write_bytes(AGAIN.encode())
    return place
