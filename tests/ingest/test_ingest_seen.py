"""Doubles: what a user loses if these fail is a count of who carried what that can be relied on."""

from __future__ import annotations

import json
import os


def test_seen_same_path_twice_is_one_article(put, read):
    path = put("a.txt", "Text.")
    articles, errors = read(path, "./a.txt", path)
    assert len(articles) == 1
    assert errors == ["./a.txt: the same article as a.txt; left out", "a.txt: the same article as a.txt; left out"]


def test_seen_file_and_its_folder_are_one_article(put, read):
    path = put("d/a.txt", "Text.")
    os.symlink("a.txt", "d/b.txt")
    articles, errors = read("d", path)
    assert len(articles) == 1
    assert errors == [f"{name}: the same article as d/a.txt; left out" for name in ("d/b.txt", "d/a.txt")]


def test_seen_collection_twice_is_one_error(put, read):
    path = put("a.jsonl", '{"id": 1, "text": "A."}\n{"id": 2, "text": "B."}')
    articles, errors = read(path, path)
    assert len(articles) == 2
    assert errors == ["a.jsonl: the same articles as a.jsonl; left out"]


def test_seen_id_twice_names_both_places(put, read):
    put("one/a.txt", "First.")
    put("two.jsonl", '{"id": "a", "text": "Second."}')
    articles, errors = read("one", "two.jsonl")
    assert [article.text for article in articles] == ["First."]
    assert errors == ["two.jsonl:1: id 'a' was already taken by one/a.txt; two.jsonl:1 is left out"]


def rows(put, *outlets):
    return put(
        "a.jsonl", "".join(json.dumps({"id": n, "text": "T.", "outlet": o}) + "\n" for n, o in enumerate(outlets, 1))
    )


def test_seen_copy_in_another_outlet_is_kept(put, read):
    articles, errors = read(rows(put, "Courier", "Citizen", "Courier"))
    assert [article.outlet for article in articles] == ["Courier", "Citizen"], "who carried a wire report would be lost"
    assert errors == ["a.jsonl:3: the same article as a.jsonl:1; left out"]


def test_seen_copy_without_an_outlet_is_left_out(put, read):
    assert read(rows(put, "Courier", None))[1] == ["a.jsonl:2: the same article as a.jsonl:1; left out"]
    assert read(rows(put, None, "Courier", None))[1] == [
        "a.jsonl:2: the same article as a.jsonl:1; left out",
        "a.jsonl:3: the same article as a.jsonl:1; left out",
    ]


def test_seen_nothing_of_an_earlier_run(put, read):
    path = put("a.txt", "Text.")
    assert len(read(path)[0]) == len(read(path)[0]) == 1
