"""Folders: what a user loses if these fail is a report that was there, or an evening to a folder without end."""

from __future__ import annotations

import os

import pytest

from onrecord.ingest import folder, ingest


def test_folder_gives_its_reports_in_order(put, read):
    for name in ("b.txt", "a.TXT", "c.jsonl", "sub/0.txt", "sub/deep/1.txt"):
        put(f"d/{name}", f'{{"id": "{name}", "text": "In {name}"}}')
    articles, errors = read("d")
    assert [article.id for article in articles] == ["a", "b", "c.jsonl", "0", "1"]
    assert not errors


def test_folder_passes_over_what_is_no_report(put, read):
    put("d/a.txt", "Text.")
    for name in ("a.txt.json", "b.pdf", "gold.json", ".hidden.txt", ".git/c.txt", ".txt", "notes"):
        put(f"d/{name}", '{"title": "T"}')
    os.mkdir("d/folder.txt")
    [article], errors = read("d/")
    assert (article.id, article.title, errors) == ("a", "T", [])


def test_folder_names_its_files_as_given(put, read):
    put("d/sub/a.txt", "")
    assert read("d")[1] == ["d/sub/a.txt: empty"]


@pytest.mark.parametrize("inside", [[], ["a.pdf"], ["sub/a.doc"]])
def test_folder_without_reports_is_named(put, read, inside):
    put("other", "x")
    os.mkdir("d")
    for name in inside:
        put(f"d/{name}", "x")
    assert read("d") == ([], ["d: no reports in this folder (looked for .txt, .html, .jsonl)"])


def test_folder_in_a_circle_ends(put, read):
    put("d/a.txt", "Text.")
    os.symlink(".", "d/loop")
    os.symlink("../..", "d/up.txt")
    os.symlink("self.txt", "d/self.txt")
    articles, errors = read("d")
    assert [article.id for article in articles] == ["a"]
    assert errors == ["d/self.txt: a symbolic link that leads in a circle"]


def test_folder_that_is_itself_a_link_is_read(put, read):
    put("d/a.txt", "Text.")
    os.symlink("d", "link")
    assert len(read("link")[0]) == 1


def test_folder_that_may_not_be_listed_is_named(put, read, monkeypatch):
    put("d/a.txt", "Text.")
    put("d/closed/b.txt", "Text.")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(folder.os, "scandir", refuse)
    articles, errors = read("d")
    assert ([article.id for article in articles], errors) == (["a"], ["d/closed: permission denied"])


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.json", ".txt", "a.gz"])
def test_folder_file_of_another_format_given_directly_is_named(put, read, name):
    assert read(put(name, "Text.")) == ([], [f"{name}: not a format that is read (.txt, .html, .jsonl)"])


def test_folder_sidecars_among_the_paths_are_read_with_their_texts(put, read):
    paths = put("a.txt", "Text."), put("a.txt.json", '{"title": "T"}')
    [article], errors = read(*paths)
    assert (article.title, errors) == ("T", []), "a shell's *.txt* would end in errors"
    assert read(paths[1]) == ([], ["a.txt.json: describes a text file that was not given"])


@pytest.mark.parametrize("url", ["http://courier.example/a.html", "HTTPS://courier.example/"])
def test_folder_url_is_named(read, url):
    assert read(url) == ([], [f"{url}: URLs are not read yet: save the page and give its file"])


def test_folder_of_one_path_may_be_given_alone(put):
    path = put("a.txt", "Text.")
    assert [article.id for article in ingest(str(path))] == ["a"]
    assert [article.id for article in ingest(path)] == ["a"]
