"""The page in a browser: no sideways scrolling, no errors, and what scripts add."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.records import Story
from onrecord.render import render

from .stories import dossier


def opened(browser: Any, path: Path, width: int, scheme: str, scripts: bool = True) -> tuple[Any, list[str]]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda m: messages.append(m.text))
    page.on("pageerror", lambda e: messages.append(str(e)))
    page.on("request", lambda r: messages.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto(path.as_uri())
    return page, messages


@pytest.fixture
def written(ferry: Story, tmp_path: Path) -> Path:
    path = tmp_path / "record.html"
    path.write_bytes(render(dossier(ferry), "html").encode())
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_html_fits_the_screen_without_errors(browser: Any, written: Path, width: int, scheme: str) -> None:
    page, messages = opened(browser, written, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert messages == []
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_html_text_stands_out_from_its_ground(browser: Any, written: Path, scheme: str) -> None:
    # WCAG 2.2, 1.4.3: 4.5 to 1 for all text, on whatever tint it lies.
    page, _ = opened(browser, written, 1280, scheme)
    low = page.evaluate("""() => {
      const rgb = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
      const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      const light = ([r, g, b]) => [r, g, b].map((v) => linear(v / 255))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => {
        for (; e; e = e.parentElement) {
          const c = rgb(getComputedStyle(e).backgroundColor);
          if (c.length === 3 || c[3] === 1) return c;
        }
        return [255, 255, 255];
      };
      const found = new Set();
      for (const e of document.querySelectorAll("main *, footer *, header *")) {
        if (e.closest("svg") || !Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim())) continue;
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) found.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
      }
      return [...found];
    }""")
    assert low == []
    page.context.close()


def test_html_text_in_the_page_is_the_articles_text(browser: Any, written: Path, ferry: Story) -> None:
    # A page's own parser changes line ends that are not written as references.
    page, _ = opened(browser, written, 1280, "light")
    texts = page.evaluate(
        """Array.from(document.querySelectorAll(".prose"),
      (e) => Array.from(e.querySelectorAll("p"), (p) => p.textContent).join(""))"""
    )
    assert texts == [a.text for a in ferry.articles]
    page.context.close()


def test_html_filters_and_keys_find_lines(browser: Any, written: Path) -> None:
    page, messages = opened(browser, written, 1280, "light")
    page.select_option("[data-by=speaker]", label="Bo Lind (2)")
    assert page.locator("[data-u]:visible").count() == 2
    page.select_option("[data-by=report]", label="not in Tidings")
    assert page.locator("[data-u]:visible").count() == 1
    # A link to a hidden line shows it again.
    page.evaluate("location.hash = '#u-1'")
    page.wait_for_timeout(100)
    assert page.locator("[data-u]:visible").count() == 6
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == first == "u-2"
    page.keyboard.press("t")
    assert page.evaluate("location.hash") == "#s-2-text"
    page.hover("#s-1 blockquote")
    assert page.locator("#s-1-text.on").count() == 1
    page.click("[data-theme-toggle]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert messages == []
    page.context.close()


def test_html_is_whole_without_scripts(browser: Any, written: Path) -> None:
    page, messages = opened(browser, written, 1280, "light", scripts=False)
    assert page.locator("[data-u]:visible").count() == 6
    assert page.locator("[data-tools]:visible, [data-theme-toggle]:visible").count() == 0
    assert messages == []
    page.context.close()
