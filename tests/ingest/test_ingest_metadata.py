"""Metadata: what a user loses if these fail is the outlet, the day, or an article for the sake of its byline."""

from __future__ import annotations

import json
import os

import pytest

from onrecord.errors import InputError
from onrecord.ingest import Metadata, ingest
from onrecord.ingest import text as text_module


def test_metadata_sidecar_tells_the_metadata(put, read):
    sidecar = {
        "outlet": "The Courier ",
        "published": "2024-10-16T05:30:00+02:00",
        "title": "Talks fail",
        "byline": "E. Farrowe",
        "url": "https://courier.example/1",
        "language": "en-GB",
        "section": ["unknown fields", "are ignored"],
        "text": "not this",
    }
    put("a.txt.json", "\ufeff" + json.dumps(sidecar))
    [article], errors = read(put("a.txt", "Text."))
    assert not errors
    assert (article.id, article.text, article.outlet, article.language) == ("a", "Text.", "The Courier", "en")
    assert (article.published, article.title) == ("2024-10-16T05:30:00+02:00", "Talks fail")
    assert (article.byline, article.url) == ("E. Farrowe", "https://courier.example/1")


def test_metadata_options_fill_only_what_the_sidecar_lacks(put, read):
    put("a.txt.json", '{"outlet": "The Courier", "title": "", "byline": null}')
    options = Metadata(outlet="Other", title="Title", byline="By", published="2024-10-16", language="en")
    [article], errors = read(put("a.txt", "Text."), metadata=options)
    assert (article.outlet, article.title, article.byline) == ("The Courier", "Title", "By")
    assert (article.published, article.language, errors) == ("2024-10-16", "en", [])


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes (character 2)"),
        ("[]", "not a JSON object"),
        (b"\xff", "not UTF-8 (byte 1)"),
        ("[" * 100_000, "not read: nested too deeply"),
        ('{"n": ' + "9" * 5000 + "}", "not read: a number of too many digits"),
    ],
)
def test_metadata_broken_sidecar_is_named_and_the_article_read(put, read, sidecar, reason):
    put("a.txt.json", sidecar)
    [article], errors = read(put("a.txt", "Text."), metadata=Metadata(outlet="Courier"))
    assert errors == [f"a.txt.json: {reason}; the article is read without it"]
    assert (article.text, article.outlet) == ("Text.", "Courier")


def test_metadata_sidecar_too_large_or_no_file_is_named(put, read, monkeypatch):
    monkeypatch.setattr(text_module, "MAX_SIDECAR", 100_000)
    put("a.txt.json", " " * 100_001)
    os.mkfifo("b.txt.json")
    os.symlink("nowhere", "c.txt.json")
    articles, errors = read(put("a.txt", "A."), put("b.txt", "B."), put("c.txt", "C."))
    assert len(articles) == 3
    assert errors == [
        "a.txt.json: over 0.1 MB; the article is read without it",
        "b.txt.json: not a file; the article is read without it",
        "c.txt.json: no such file or folder; the article is read without it",
    ]


def test_metadata_sidecar_fields_of_the_wrong_type_are_named_and_the_others_kept(put, read):
    put("a.txt.json", '{"outlet": 7, "byline": ["A", "B"], "title": "T\\ud800", "language": "English", "url": "u"}')
    [article], errors = read(put("a.txt", "Text."))
    assert errors == [
        "a.txt.json: outlet is a number, not a string; the article is read without it",
        "a.txt.json: title has half a surrogate pair in it, which is no character; the article is read without it",
        "a.txt.json: byline is an array, not a string; the article is read without it",
        "a.txt.json: language 'English' is not a language code like 'en'; the article is read without it",
    ]
    assert (article.outlet, article.url) == (None, "u")


def test_metadata_sidecar_id_takes_the_place_of_the_name(put, read):
    put("a.txt.json", '{"id": 17}')
    put("b.txt.json", '{"id": {}}')
    articles, errors = read(put("a.txt", "A."), put("b.txt", "B."))
    assert [article.id for article in articles] == ["17", "b"]
    assert errors == ["b.txt.json: id is an object, not a string; the file's name is taken"]


@pytest.mark.parametrize("date", ["2024-10-16", "2024-10-16T05:30:00Z", "2024-10-16 05:30+02:00"])
def test_metadata_publication_date_is_kept_as_given(put, read, date):
    put("a.txt.json", json.dumps({"published": date}))
    [article], errors = read(put("a.txt", "Text."))
    assert (article.published, errors) == (date, [])


@pytest.mark.parametrize("date", ["16 October 2024", "2024-13-01", "2024", "x" * 100])
def test_metadata_publication_date_that_is_none_is_named(put, read, date):
    put("a.txt.json", json.dumps({"published": date}))
    [article], [error] = read(put("a.txt", "Text."))
    assert article.published is None, "“on Tuesday” would be resolved against a date that is none"
    assert error.startswith(f"a.txt.json: published '{date[:60]}")
    assert error.endswith("' is not an ISO 8601 date or date-time; the article is read without it")


def test_metadata_options_that_cannot_be_used_are_named_once(put, read):
    paths = put("a.txt", "A."), put("b.txt", "B.")
    articles, errors = read(*paths, metadata=Metadata(published="yesterday", outlet="Courier"))
    reason = "published 'yesterday' is not an ISO 8601 date or date-time; articles are read without it"
    assert errors == [f"metadata: {reason}"]
    assert [(article.published, article.outlet) for article in articles] == [(None, "Courier")] * 2
    with pytest.raises(InputError, match="yesterday"):
        ingest(paths, Metadata(published="yesterday"))
