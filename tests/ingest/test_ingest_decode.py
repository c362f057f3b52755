"""Bytes as text: what a user loses if these fail is every direct quotation, for want of its quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest.decode import decode

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(
    lambda text: text.strip() and not text.startswith("\ufeff")
)


@given(TEXTS)
def test_decode_round_trips_whatever_it_says(text):
    assert decode(text.encode(), "x") == (text, ()), "a report would be quoted with other characters than its own"


@given(TEXTS)
def test_decode_round_trips_in_utf_16(text):
    assert decode(b"\xff\xfe" + text.encode("utf-16-le"), "x") == (text, ())


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_decode_byte_order_mark_is_no_part_of_the_text(put, read, mark):
    [article], errors = read(put("a.txt", "Ministers “agreed”.\r\n".encode(mark)))
    assert article.text == "Ministers “agreed”.\r\n"
    assert not errors
    assert not article.notes


def test_decode_broken_utf_16_is_named(put, read):
    _, errors = read(put("a.txt", b"\xff\xfea"))
    assert errors == ["a.txt: begins like UTF-16 but is not"]


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("The minister said: “We won’t sign” – a deal worth €5m.", "cp1252", "windows-1252"),
        ("No one was hurt at the café in the old town on Tuesday.", "latin-1", "windows-1252"),
        ("Der Minister sagte, die Gespräche müssten über „größere“ Fragen gehen.", "cp1252", "windows-1252"),
        ("El ministro señaló que la reunión se celebrará mañana.", "cp1252", "windows-1252"),
        ("Министр заявил, что переговоры будут продолжены на следующей неделе.", "cp1251", "windows-1251"),
        ("Министр заявил, что переговоры будут продолжены на следующей неделе.", "koi8_r", "koi8_r"),
        ("Minister powiedział w środę, że rozmowy zostaną wznowione, gdyż chcą.", "cp1250", "windows-1250"),
    ],
)
def test_decode_in_a_legacy_encoding_is_recognised_and_said(put, read, text, encoding, said):
    [article], errors = read(put("a.txt", text.encode(encoding)))
    assert article.text == text, "quotation marks would be lost, and with them every direct quotation"
    assert article.notes == (f"decoded as {said}",)
    assert not errors


def test_decode_with_a_spoilt_place_stays_utf_8(put, read):
    data = "“Não”, disse ela. “Não é verdade”, repetiu.".encode()
    [article], _ = read(put("a.txt", data + b"\xe2\x80"))
    assert article.text == data.decode() + "\ufffd", "one cut character would turn all others into mojibake"
    assert article.notes == ("decoded as utf-8; characters lost, now U+FFFD: 1",)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.4\n" + bytes(range(1, 256)) * 4, b"\xff\xfe\0\0a\0\0\0\0\0\0\0"],
    ids=["png", "pdf", "utf-32 with a NUL"],
)
def test_decode_that_is_none_is_refused(put, read, data):
    articles, errors = read(put("a.txt", data))
    assert (articles, errors) == ([], ["a.txt: not a text file"]), "a picture would be read as a report"
