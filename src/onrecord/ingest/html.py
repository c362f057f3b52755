"""Saved pages: the report's text and what the page says of it, as trafilatura finds them."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError
from onrecord.ingest.decode import decode
from onrecord.ingest.files import read_report, shown
from onrecord.ingest.metadata import Found, Metadata, checked, is_iso, language_code, make_article
from onrecord.ingest.text import stem
from onrecord.records import Article

_PRESCAN = 4096
"""Bytes in which a declaration is looked for: four times the HTML standard's, for pages saved with a preface."""
_DECLARED = re.compile(
    rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w:.-]+)|<\?xml[^>]*?encoding\s*=\s*["']([\w:.-]+)""", re.I
)

# Python's codecs for the encodings of the WHATWG Encoding Standard (section 4.2). A page may name no other: Python has
# codecs that are no encodings, or slow on input made for it. UTF-16 is left out, as there: a declaration that can
# be read byte by byte is not in it.
_OF_THE_WEB = re.compile(r"utf-8|ascii|cp\d+|iso8859-\d+|koi8-[ru]|mac-\w+|big5\w*|gb\w+|euc_\w+|shift_jis|iso2022_jp")
# The standard's meaning of a label where Python's is narrower.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_TIMES = (
    '//meta[@property="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
)
_TIME_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_JSON = '//script[@type="application/ld+json"]/text()'
_STATEMENTS = ("//meta/@content", "//@datetime", _JSON)
_LANGUAGES = (
    "/html/@lang",
    '//meta[@property="og:locale"]/@content',
    '//meta[@http-equiv="content-language"]/@content',
)
_DATES = {"original_date": True, "extensive_search": False}
"""htmldate's extensive search makes a report of the year in its copyright notice: © 2024 becomes 1 January 2024."""


def read_page(path: str, defaults: Metadata) -> Iterator[Found]:
    """Yield the article of a saved page. The id is the file's stem."""
    where = shown(path)
    yield where, page_article(read_report(path), where, stem(path), defaults)


def page_article(data: bytes, where: str, name: str, defaults: Metadata) -> Article:
    """Return the article of a page. Its text is what trafilatura yields, with ``favor_precision``."""
    if not data.strip():
        raise InputError(where, "empty")
    markup, notes = decode(data, where, declared_encoding(data))
    text, own, more = _extract(markup, where)
    if not text.strip():
        raise InputError(where, "no article text found in this page")
    return make_article(name, text, own, defaults, notes + more)


def declared_encoding(data: bytes) -> str | None:
    """Return the codec for the encoding that a page declares near its beginning, if it is one of the web's."""
    match = _DECLARED.search(data[:_PRESCAN])
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name) if _OF_THE_WEB.fullmatch(name) else None


def _extract(markup: str, where: str) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Return the report's text, the page's metadata and what must be said about them."""
    import trafilatura  # noqa: PLC0415 -- slow to import, and only pages need it

    for logger in ("trafilatura", "htmldate", "courlan"):  # they speak of pages; this package names the page itself
        logging.getLogger(logger).addHandler(logging.NullHandler())
    try:
        # As text, not bytes: trafilatura guesses at an encoding where the page declares one, and unpacks archives.
        tree = trafilatura.load_html(markup)
        if tree is None:
            return "", {}, ()
        stated = _Stated(tree)
        found: Any = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            include_tables=False,
            favor_precision=True,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
        )
    except Exception as error:  # whatever a page from outside sets off in a library must not end the others' reading
        raise InputError(where, f"this page cannot be read ({type(error).__name__})") from error
    if found is None:
        return "", {}, ()
    own, _ = checked(
        {
            "outlet": found.sitename or found.hostname,
            "published": found.date and stated.time_on(found.date),
            "title": found.title,
            "byline": found.author,
            "url": found.url,
            "language": stated.language,
        }
    )
    day = own.get("published", "")[:10]
    known = not day or day in stated.words or day.replace("-", "/") in own.get("url", "")
    notes = () if known else (f"published {day}: not stated in the page's metadata, found elsewhere in it",)
    return found.text or "", own, notes


class _Stated:
    """What a page states in so many words, where trafilatura finds the day among all that it says."""

    def __init__(self, tree: Any) -> None:
        scripts = "\n".join(map(str, tree.xpath(_JSON)))
        times = [str(value).strip() for path in _TIMES for value in tree.xpath(path)]
        self._times = [time for time in times + _TIME_IN_JSON.findall(scripts) if is_iso(time)]
        self.words = "\n".join(str(value) for path in _STATEMENTS for value in tree.xpath(path))
        languages = (str(value) for path in _LANGUAGES for value in tree.xpath(path))
        self.language = next(filter(language_code, languages), None)

    def time_on(self, day: str) -> str:
        """Return the stated time of publication that falls on the day, or the day."""
        return next((time for time in self._times if time.startswith(day)), day)
