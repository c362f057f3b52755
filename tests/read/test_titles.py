"""The statements of a title."""

from __future__ import annotations

import pytest

from onrecord.records import TitleSpan

TEXT = (
    "The minister of waters, Ada Lind, defended the plan on Monday. “The dam will be closed in spring,” Lind told "
    "reporters in Tarn. Governor Piet Horn said that the plan was a mistake."
)


@pytest.mark.parametrize(
    ("title", "source", "words"),
    [
        ("Lind: Dam will be closed in spring", "Lind", "Dam will be closed in spring"),
        ("Dam will be closed in spring: Lind", "Lind", "Dam will be closed in spring"),
    ],
)
def test_a_title_with_a_name_and_a_colon_claims_a_statement(reader, make_article, title, source, words):
    reading = reader.read(make_article(TEXT, title=title))
    (claim,) = reading.title_statements
    assert title[claim.source.start : claim.source.end] == source
    assert [title[c.start : c.end] for c in claim.content] == [words]
    assert claim.kind == "indirect"
    assert {a.id: a.name for a in reading.actors}[claim.speaker] == "Ada Lind"


def test_a_title_is_read_as_a_text_of_its_own(reader, make_article):
    title = "Horn says plan to close the dam is a mistake"
    reading = reader.read(make_article(TEXT, title=title))
    (claim,) = reading.title_statements
    assert isinstance(claim.source, TitleSpan)
    assert claim.source.in_ == "title"
    assert title[claim.cue.start : claim.cue.end] == "says"
    assert reading.statements == reader.read(make_article(TEXT)).statements


@pytest.mark.parametrize("title", ["Update: the dam is closed", "Dam closed in Tarn", "", None])
def test_a_title_without_a_known_name_claims_nothing(reader, make_article, title):
    assert reader.read(make_article(TEXT, title=title)).title_statements == ()
