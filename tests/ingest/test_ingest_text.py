"""Text files: what a user loses if these fail is the text itself, its offsets, or the reason why there is none."""

from __future__ import annotations

import os
import sys

import pytest

from onrecord.errors import InputError
from onrecord.ingest import files, ingest
from onrecord.records import text_hash


def test_text_keeps_every_character(put, read):
    text = "\n “No,” he said.\r\nThe \t river…\r\n\r\n"
    [article], errors = read(put("a.report.txt", text))
    assert article.text == text, "offsets would not hold in the file"
    assert (article.id, article.sha256, article.notes, errors) == ("a.report", text_hash(text), (), [])


def test_text_offsets_count_code_points_beyond_the_basic_plane(put, read):
    [article], _ = read(put("a.txt", "😀𝔸 said: “yes”"))
    assert article.text[3:7] == "said", "every span after an emoji would be shifted"


@pytest.mark.parametrize("content", ["", " \r\n\t ", "\ufeff"])
def test_text_empty_is_named(put, read, content):
    assert read(put("a.txt", content)) == ([], ["a.txt: empty"])


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_text_too_large_is_refused_by_its_size(put, read, name):
    path = put(name, "x")
    os.truncate(path, 50_000_000)
    reason = "50 MB: too large for one report (limit 10 MB); a collection belongs in .jsonl"
    assert read(path) == ([], [f"{name}: {reason}"])


def test_text_growing_while_it_is_read_stays_bounded(put, read, monkeypatch):
    path = put("a.txt", "x" * 30)
    monkeypatch.setattr(files, "MAX_REPORT", 20)
    monkeypatch.setattr(files, "file_status", lambda path: os.stat_result([0] * 10))
    assert "too large for one report" in read(path)[1][0]


def test_text_missing_is_named_as_given(put, read):
    present = put("b.txt", "Here.")
    articles, errors = read("folder/../a.txt", present)
    assert errors == ["folder/../a.txt: no such file or folder"]
    assert [article.id for article in articles] == ["b"], "one missing file would cost all the others"


def test_text_unreadable_is_named(put, read, monkeypatch):
    path = put("a.txt", "x")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "open", refuse, raising=False)
    assert read(path) == ([], ["a.txt: permission denied"])


def test_text_vanished_between_listing_and_reading_is_named(put, read):
    put("reports/a.txt", "One.")
    put("reports/b.txt", "Two.")
    errors = []
    articles = ingest(["reports"], on_error=errors.append)
    assert next(articles).id == "a"
    os.remove("reports/b.txt")
    assert not list(articles)
    assert [str(error) for error in errors] == [f"{os.path.join('reports', 'b.txt')}: no such file or folder"]


def test_text_path_that_cannot_be_one_is_named(read):
    assert read("a\0.txt") == ([], ["a\\x00.txt: not a path"])


def test_text_pipe_is_not_waited_for(put, read):
    put("b.txt", "Here.")
    os.mkfifo("a.txt")
    assert read("a.txt")[1] == ["a.txt: not a file"], "reading a folder with a pipe in it would never end"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes only there")
def test_text_file_name_that_is_not_utf_8_gives_a_usable_id(put, read):
    put("b.txt", "x")
    with open(b"caf\xe9\n.txt", "wb") as file:
        file.write(b"Text.")
    [article], errors = read(os.fsdecode(b"caf\xe9\n.txt"))
    article.id.encode()
    assert (article.id, errors) == ("caf\\udce9\\n", []), "the dossier could not be written as UTF-8"


def test_text_strict_reading_raises_the_first_error(put):
    path = put("b.txt", "Text.")
    articles = ingest([path, "a.txt", path])
    assert next(articles).id == "b"
    with pytest.raises(InputError, match=r"a\.txt: no such file") as raised:
        next(articles)
    assert raised.value.where == "a.txt"
