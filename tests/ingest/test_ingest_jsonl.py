"""JSON Lines: what a user loses if these fail is the other ninety-nine thousand articles of the file."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest import Metadata, ingest, jsonl

GOOD = '{"id": "good", "text": "Good."}'


def line(**fields: object) -> str:
    return json.dumps(fields) + "\n"


def test_jsonl_gives_every_field(put, read):
    fields = {
        "outlet": "Courier",
        "published": "2024-10-16",
        "title": "T",
        "byline": "B",
        "url": "https://c.example",
        "language": "en",
    }
    [article], errors = read(put("a.jsonl", line(id="1", text=" A\r\n😀 ", extra=[1], **fields)))
    assert not errors
    assert (article.id, article.text) == ("1", " A\r\n😀 ")
    assert {name: getattr(article, name) for name in fields} == fields


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(str.strip),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", ""]),
)
def test_jsonl_text_round_trips_whatever_it_says(text, escaped, end):
    written = json.dumps({"id": "x", "text": text}, ensure_ascii=escaped) + end
    [article] = ingest(["-"], stdin=io.BytesIO(written.encode()))
    assert article.text == text, "a report would be quoted with other characters than its own"


def test_jsonl_own_data_comes_before_options(put, read):
    path = put("a.jsonl", line(id=1, text="A.", outlet="Courier") + line(id=2, text="B."))
    articles, _ = read(path, metadata=Metadata(outlet="Other", language="en"))
    assert [(a.id, a.outlet, a.language) for a in articles] == [("1", "Courier", "en"), ("2", "Other", "en")]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('{"id": "x", "text":', "not JSON: Expecting value (character 20)"),
        ("{}", "id is missing"),
        ('{"id": " ", "text": "A."}', "id is empty"),
        ('{"id": null, "text": "A."}', "id is missing"),
        ('{"id": true, "text": "A."}', "id is true or false, not a string"),
        ('{"id": 1.5, "text": "A."}', "id is a number, not a string"),
        ('{"id": "x"}', "text is missing"),
        ('{"id": "x", "text": " \\n"}', "text is empty"),
        ('{"id": "x", "text": ["A."]}', "text is an array, not a string"),
        ('{"id": "x", "text": "A\\u0000"}', "text has a NUL in it, so it is not text"),
        ('{"id": "x", "text": "\\ud800 A."}', "text has half a surrogate pair in it, which is no character"),
        ('{"id": "x", "text": "' + "\\u0001" * 9 + '"}', "text is not text: too many control characters"),
        ('["x"]', "not a JSON object"),
        ('"x"', "not a JSON object"),
        (b'{"id": "x", "text": "\xff"}', "not UTF-8 (byte 22)"),
        ("[" * 100_000, "not read: nested too deeply"),
        ('{"id": ' + "9" * 5000 + "}", "not read: a number of too many digits"),
    ],
)
def test_jsonl_broken_line_is_named_and_the_others_read(put, read, broken, reason):
    broken = broken.encode() if isinstance(broken, str) else broken
    path = put("a.jsonl", GOOD.encode() + b"\n\n" + broken + b"\n" + line(id="last", text="Last.").encode())
    articles, errors = read(path)
    assert errors == [f"a.jsonl:3: {reason}"]
    assert [article.id for article in articles] == ["good", "last"]


def test_jsonl_metadata_that_cannot_be_used_costs_the_field_alone(put, read):
    path = put("a.jsonl", line(id="x", text="A.", outlet="Courier", byline=["A", "B"], published="16/10/2024"))
    [article], errors = read(path)
    assert errors == [
        "a.jsonl:1: published '16/10/2024' is not an ISO 8601 date or date-time; the article is read without it",
        "a.jsonl:1: byline is an array, not a string; the article is read without it",
    ]
    assert (article.outlet, article.published, article.byline) == ("Courier", None, None)


def test_jsonl_nan_of_a_table_counts_as_nothing(put, read):
    [article], errors = read(put("a.jsonl", '{"id": "x", "text": "A.", "byline": NaN}'))
    assert (article.byline, errors) == (None, [])


def test_jsonl_byte_order_mark_and_crlf_do_not_matter(put, read):
    articles, errors = read(put("a.jsonl", "\ufeff\r\n" + GOOD + "\r\n"))
    assert ([article.text for article in articles], errors) == (["Good."], [])
    assert read(put("b.jsonl", "\ufeff" + GOOD))[1] == []


def test_jsonl_compressed_is_read(put, read):
    articles, errors = read(put("a.JSONL.gz", gzip.compress(GOOD.encode())))
    assert ([article.id for article in articles], errors) == (["good"], [])


@pytest.mark.parametrize("spoil", [lambda data: data[:-4], lambda data: b"x" + data, lambda data: data[:20] + b"xxxx"])
def test_jsonl_broken_compression_is_named(put, read, spoil):
    _, errors = read(put("a.jsonl.gz", spoil(gzip.compress((GOOD + "\n").encode() * 9))))
    assert errors[-1] == "a.jsonl.gz: broken gzip data; what comes before it was read"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("\n \r\n", "empty"),
        ("[\n" + GOOD + "\n]", "JSON, but not JSON Lines: one object a line is wanted"),
        ('{\n  "id": "x"\n}', "JSON, but not JSON Lines: one object a line is wanted"),
        (GOOD.encode("utf-16"), "UTF-16: JSON Lines are read as UTF-8"),
        (b"\x89PNG\0\0\n\0\n\0", "not a text file"),
    ],
)
def test_jsonl_that_is_none_is_named_once(put, read, content, reason):
    assert read(put("a.jsonl", content)) == ([], [f"a.jsonl: {reason}"]), "a user would get an error for each line"


@pytest.mark.parametrize("compressed", [False, True])
def test_jsonl_line_without_end_is_skipped_in_bounded_memory(put, read, monkeypatch, compressed):
    monkeypatch.setattr(jsonl, "MAX_LINE", 1000)
    long = line(id="long", text="x" * 200_000)
    data = (GOOD + "\n" + long + line(id="last", text="Last.") + long[:-1]).encode()
    path = put("a.jsonl.gz", gzip.compress(data)) if compressed else put("a.jsonl", data)
    articles, errors = read(path)
    assert [article.id for article in articles] == ["good", "last"]
    assert errors == [f"{path}:{number}: a line over 0.1 MB; left out" for number in (2, 4)]


def test_jsonl_line_at_the_bound_is_read(put, read, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_LINE", len(GOOD))
    assert len(read(put("a.jsonl", GOOD + "\n" + line(id=1, text="")))[0]) == 1


def test_jsonl_text_too_large_for_one_report_is_named(put, read, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_REPORT", 100)
    _, [error] = read(put("a.jsonl", line(id="x", text="x" * 200_000)))
    assert error.startswith("a.jsonl:1: 0.2 MB: too large for one report")


def test_jsonl_is_read_as_it_is_asked_for(put):
    class Endless:
        def __init__(self) -> None:
            self.given = 0

        def readline(self, size: int, /) -> bytes:
            self.given += 1
            return line(id=self.given, text=f"Report {self.given}.").encode()

    stream = Endless()
    articles = ingest(["-"], stdin=stream)
    assert [next(articles).id for _ in range(3)] == ["1", "2", "3"]
    assert stream.given == 3, "a file of a hundred thousand articles would be read whole before the first comes out"
