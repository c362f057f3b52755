"""Saved pages: what a user loses if these fail is the report among the menus, or who published it and when."""

from __future__ import annotations

import subprocess
import sys

import pytest

from onrecord.ingest import Metadata
from onrecord.ingest import html as html_module
from onrecord.ingest.html import declared_encoding

BODY = (
    "<nav><a href='/news'>News</a> <a href='/sport'>Sport</a></nav><article><h1>Talks fail at the dam</h1>"
    "<p>The minister said on Tuesday that the talks at the dam had failed: “There is no agreement.”</p>"
    "<p>Her neighbour’s spokesman would not comment on the recollections of a head of state, he said.</p>"
    "<p>Experts from both countries are due to meet again on the shore of the lake next week.</p></article>"
    "<section class='comments'><p>I never liked that minister, wrote a reader.</p></section>"
    "<footer><p>© 2024 All rights reserved</p></footer>"
)
HEAD = (
    '<meta property="og:site_name" content="VPB World"><meta property="og:title" content="Talks fail">'
    '<meta name="author" content="Signe Haldorn"><link rel="canonical" href="https://world.vpb.example/1">'
    '<meta property="article:published_time" content="2024-10-16T11:25:00+02:00">'
)


def page(head: str = "", body: str = BODY, charset: str | None = "utf-8", lang: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!DOCTYPE html>\n<html{lang}><head>{meta}{head}</head><body>{body}</body></html>"


def test_html_gives_the_report_and_not_the_page(put, read):
    [article], errors = read(put("a.html", page()))
    assert (article.id, errors) == ("a", [])
    assert "“There is no agreement.”" in article.text
    for other in ("Sport", "never liked", "All rights"):
        assert other not in article.text, "a menu or a reader's comment would be quoted as the report's"


def test_html_metadata_comes_from_the_page(put, read):
    [article], errors = read(put("a.htm", page(HEAD, lang=' lang="en-GB"')), metadata=Metadata(outlet="Other"))
    assert not errors
    assert (article.outlet, article.title, article.byline) == ("VPB World", "Talks fail", "Signe Haldorn")
    assert (article.url, article.language) == ("https://world.vpb.example/1", "en")
    assert article.published == "2024-10-16T11:25:00+02:00", "“today” in the report would lack its hour"


def test_html_day_alone_is_kept_where_the_page_has_no_time(put, read):
    [article], _ = read(put("a.html", page('<meta name="date" content="2024-10-16">')))
    assert article.published == "2024-10-16"


def test_html_time_comes_from_json_ld(put, read):
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-10-16T09:00:00Z"}</script>'
    )
    [article], _ = read(put("a.html", page(script)))
    assert article.published == "2024-10-16T09:00:00Z"


def test_html_copyright_year_is_no_publication_date(put, read):
    [article], _ = read(put("a.html", page()))
    assert article.published is None, "“on Tuesday” would be resolved against the first of January"


def test_html_day_that_the_page_does_not_state_is_said(put, read):
    [article], _ = read(put("a.html", page(body=BODY.replace("Tuesday", "Tuesday 2024-10-15"))))
    assert article.published == "2024-10-15"
    assert article.notes == ("published 2024-10-15: not stated in the page's metadata, found elsewhere in it",)


def test_html_day_in_the_address_is_stated(put, read):
    [article], _ = read(put("a.html", page('<link rel="canonical" href="https://courier.example/2024/10/16/dam">')))
    assert (article.published, article.notes) == ("2024-10-16", ())


def test_html_outlet_falls_back_on_the_host(put, read):
    [article], _ = read(put("a.html", page('<link rel="canonical" href="https://www.courier.example/1">')))
    assert article.outlet == "courier.example"


def test_html_options_fill_what_the_page_lacks(put, read):
    [article], _ = read(put("a.html", page()), metadata=Metadata(outlet="Courier", published="2024-10-16"))
    assert (article.outlet, article.published) == ("Courier", "2024-10-16")


@pytest.mark.parametrize(
    ("charset", "encoding", "word"),
    [
        ("windows-1252", "cp1252", "“Größe”"),
        ("iso-8859-1", "cp1252", "“Größe”"),
        ("windows-1250", "cp1250", "“Příliš žluťoučký”"),
        ("shift_jis", "cp932", "大臣は火曜日"),
        ("iso-2022-jp", "iso2022_jp", "大臣は火曜日"),
        ("gb2312", "gb18030", "部长星期二"),
        ("iso-8859-1", "utf-8", "“Größe”"),
        ("no-such-charset", "utf-8", "“Größe”"),
        ("utf-16", "utf-8", "“Größe”"),
        (None, "utf-8", "“Größe”"),
        (None, "utf-16", "“Größe”"),
    ],
)
def test_html_declared_encoding_counts(put, read, charset, encoding, word):
    body = "<article><p>The minister said on Tuesday that the talks had failed, in a word: " + word + ".</p></article>"
    data = page(body=body, charset=charset).encode(encoding)
    [article], errors = read(put("a.html", data))
    assert word in article.text, "the page would be quoted in mojibake"
    assert (article.notes, errors) == ((), [])


def test_html_undeclared_legacy_encoding_is_said(put, read):
    [article], _ = read(put("a.html", page(charset=None).encode("cp1252")))
    assert "neighbour’s" in article.text
    assert article.notes == ("decoded as windows-1252",)


@pytest.mark.parametrize("label", [b"utf-7", b"idna", b"hex", b"unicode_escape", b"utf-16"])
def test_html_page_cannot_choose_a_codec_that_is_no_encoding_of_the_web(label):
    assert declared_encoding(b'<meta charset="' + label + b'">') is None


@pytest.mark.parametrize(
    "content",
    [
        "<!DOCTYPE html><html><head><title>x</title></head><body></body></html>",
        "<html><body><script>app()</script></body></html>",
        "just words",
        "<",
        "<div>" * 100_000 + "deep",
    ],
)
def test_html_without_article_is_named(put, read, content, caplog, capfd):
    assert read(put("a.html", content)) == ([], ["a.html: no article text found in this page"])
    assert capfd.readouterr() == ("", ""), "the library's own complaints would stand beside ours"


def test_html_empty_or_binary_is_named(put, read):
    assert read(put("a.html", " \n"))[1] == ["a.html: empty"]
    assert read(put("b.html", b"\x89PNG\0\0"))[1] == ["b.html: not a text file"]


def test_html_that_upsets_the_library_is_named(put, read, monkeypatch):
    import trafilatura

    def upset(*_: object, **__: object) -> None:
        raise AssertionError("internal")

    monkeypatch.setattr(trafilatura, "bare_extraction", upset)
    articles, errors = read(put("a.html", page()), put("b.txt", "Text."))
    assert errors == ["a.html: this page cannot be read (AssertionError)"]
    assert [article.id for article in articles] == ["b"], "one page would end the run with a traceback"


def test_html_markup_is_bounded_before_it_is_parsed(put, read, monkeypatch):
    monkeypatch.setattr(html_module, "_extract", lambda *_: pytest.fail("parsed"))
    path = put("a.html", "x")
    with open(path, "r+b") as file:
        file.truncate(11_000_000)
    assert "11 MB: too large" in read(path)[1][0]


def test_html_libraries_are_loaded_for_pages_alone():
    code = (
        "import io, sys\nfrom onrecord.ingest import ingest\nlist(ingest(['-'], stdin=io.BytesIO(b'Text.')))\n"
        "assert not {'trafilatura', 'lxml', 'charset_normalizer'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
