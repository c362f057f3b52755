"""The invented story, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.records import Story

from .stories import ferry_story


@pytest.fixture
def ferry() -> Story:
    return ferry_story()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium; without one the test is skipped with the reason, and fails where CI is set."""

    def without(reason: str) -> None:
        if os.environ.get("CI"):
            pytest.fail(f"a missing browser is a failure in CI: {reason}")
        pytest.skip(reason)

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        without("no chromium, chromium-browser or google-chrome on the path")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without("the package playwright is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
