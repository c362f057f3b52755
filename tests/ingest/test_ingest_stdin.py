"""Standard input: what a user loses if these fail is the report piped in."""

from __future__ import annotations

import io
import sys

import pytest

from onrecord.ingest import Metadata, stdin


def pipe(content: bytes | str) -> io.BytesIO:
    return io.BytesIO(content if isinstance(content, bytes) else content.encode())


def test_stdin_text_is_kept_to_the_character(read):
    text = "\n\n “No,” he said.\r\nMore.\n"
    [article], errors = read("-", stdin=pipe(text), metadata=Metadata(outlet="Courier"))
    assert (article.id, article.text, article.outlet, errors) == ("stdin", text, "Courier", [])


@pytest.mark.parametrize("before", ["", "\ufeff", "\n  \n \t", "\ufeff\n"])
def test_stdin_json_lines_are_told_by_their_brace(read, before):
    content = before + '{"id": 1, "text": "A."}\n{"id": 2, "text": ""}\n{"id": 3, "text": "C."}'
    articles, errors = read("-", stdin=pipe(content))
    assert [article.id for article in articles] == ["1", "3"]
    assert errors == [f"-:{2 + before.count(chr(10))}: text is empty"]


@pytest.mark.parametrize("begins", ["<!doctype html><html>", "\n<HTML>"])
def test_stdin_page_is_told_by_its_tag(read, begins):
    content = begins + "<body><article><p>The minister said on Tuesday that the talks had failed.</p></article></body>"
    [article], errors = read("-", stdin=pipe(content))
    assert (article.id, article.text) == ("stdin", "The minister said on Tuesday that the talks had failed.")
    assert not errors


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n" * 600_000, "empty"),
        (b"\x89PNG\0", "not a text file"),
        (b"{", "JSON, but not JSON Lines"),
    ],
)
def test_stdin_without_a_report_is_named(read, content, reason):
    articles, [error] = read("-", stdin=pipe(content))
    assert not articles
    assert error.startswith(f"-: {reason}")


def test_stdin_too_large_is_named(read, monkeypatch):
    monkeypatch.setattr(stdin, "MAX_REPORT", 100)
    assert "too large for one report" in read("-", stdin=pipe("word\n" * 30))[1][0]


def test_stdin_twice_is_named(read):
    articles, errors = read("-", "-", stdin=pipe("Text."))
    assert (len(articles), errors) == (1, ["-: standard input can be read only once"])


def test_stdin_of_the_process_is_the_default(read, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe("Text.")))
    assert read("-")[0][0].text == "Text."
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-")[1] == ["-: there is no standard input"]
