"""Bytes as text: by mark, by declaration, as UTF-8, and only then by recognition, which is said."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import InputError

_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))  # escape switches character sets in ISO-2022

_ODD = re.compile(
    r"""(?<=[a-zß-öø-ÿ])[À-ÖØ-Þ]                # a capital after a small letter: KOI8-R, Macintosh
      | (?<=[^\W\d_])[¡¢£¤¥¦¨±²³¶¹¸¼½¾¿](?!\W)  # a sign within a word: Polish, DOS code pages
      | (?<=[^\W\d_])[¹³¿]                      # a sign that ends a word: Polish
      | [ýþðÝÞÐ]                                # frequent in misread Turkish""",
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")


def decode(data: bytes, where: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text and what must be said about how it was found.

    A byte order mark decides and is no part of the text; line ends stay as they are. ``declared`` is a codec that the
    data itself names. Bytes that are not text are an :class:`InputError`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, where), ()
    data = data.removeprefix(codecs.BOM_UTF8)
    if looks_binary(data):
        raise InputError(where, "not a text file")
    # Text that is valid UTF-8 by chance is rare, pages saved as UTF-8 with their old declaration are not; but the
    # seven-bit codes of Japan are always valid UTF-8.
    seven_bit = declared is not None and declared.startswith("iso2022")
    for name in (declared, "utf-8") if seven_bit else ("utf-8", declared):
        if name is not None and (text := _strictly(data, name)) is not None:
            return text, ()
    text, note = _recognised(data, where)
    return text, (note,)


def looks_binary(data: bytes) -> bool:
    """Tell whether the bytes are no text: a NUL, or more than one control character in a hundred."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return b"\0" in data or controls > max(2, len(data) // 100)


def _marked(data: bytes, encoding: str, where: str) -> str:
    text = _strictly(data, encoding)
    if text is None:
        raise InputError(where, f"begins like {encoding[:6].upper()} but is not")
    if looks_binary(text.encode("utf-8")):
        raise InputError(where, "not a text file")
    return text


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _recognised(data: bytes, where: str) -> tuple[str, str]:
    """Return the text and a note for bytes that are not UTF-8 and declare nothing true."""
    damaged = data.decode("utf-8", "replace")
    whole = sum(c > "\x7f" and c != "\ufffd" for c in damaged)
    lost = damaged.count("\ufffd") - data.count("\ufffd".encode())
    if whole > 2 * lost:  # a file cut short or spoilt in places: another encoding would spoil all the rest
        return damaged, f"decoded as utf-8; characters lost, now U+FFFD: {lost}"
    western = _strictly(data, "cp1252")
    if western is not None and _plausibly_western(western):
        return western, "decoded as windows-1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- few files need it

    best = from_bytes(data).best()
    if best is not None and (text := _strictly(data, best.encoding)) is not None:
        return text, f"decoded as {best.encoding.replace('cp125', 'windows-125')}"
    if western is not None:
        return western, "decoded as windows-1252"
    raise InputError(where, "not a text file (no encoding fits its bytes)")


def _plausibly_western(text: str) -> bool:
    """Tell whether text read as windows-1252 looks like a Western language.

    The recogniser alone takes English with typographic quotes for DOS code page 852, and German, Spanish and Swedish
    for windows-1250; its guess is for what this refuses. Bounds tried on a news sentence in each of 14 languages and
    their 8-bit encodings: Czech and Hungarian in windows-1250 are still taken for Western.
    """
    high = [c for c in text if c > "\x7f"]
    letters = _LETTER.findall(text)
    foreign = sum(c > "\x7f" for c in letters)
    return foreign <= 0.3 * len(letters) and len(_ODD.findall(text)) <= 0.2 * len(high)
