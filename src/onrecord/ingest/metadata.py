"""What is known about an article besides its text: checked where it comes in, completed from defaults."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

import msgspec

from onrecord.errors import InputError
from onrecord.ingest.files import quoted
from onrecord.records import Article, text_hash

Found = tuple[str, Article] | InputError
"""What reading an input comes to, piece by piece: an article with the place it stands in, or what is wrong."""


_SURROGATE = re.compile("[\ud800-\udfff]")


class Metadata(msgspec.Struct, frozen=True):
    """Defaults for articles whose own source says nothing; each means what it means in an :class:`Article`."""

    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None


def make_article(
    name: str, text: str, own: Mapping[str, str], defaults: Metadata, notes: tuple[str, ...] = ()
) -> Article:
    """Return the article: what its source says of it first, the defaults where the source is silent."""
    fields = {field: own.get(field) or getattr(defaults, field) for field in Metadata.__struct_fields__}
    return Article(id=name, text=text, sha256=text_hash(text), notes=notes, **fields)


def checked(given: Mapping[str, object], whose: str = "the article is") -> tuple[dict[str, str], list[str]]:
    """Return the fields of :class:`Metadata` in ``given`` that can be used, and what is wrong with the others.

    Empty strings and fields unknown to :class:`Metadata` count as not given. A language keeps its primary subtag
    (``en-GB`` is ``en``). ``whose`` begins the sentence that says what becomes of the articles.
    """
    fields: dict[str, str] = {}
    problems = []
    for name in Metadata.__struct_fields__:
        value = given.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        problem = string_problem(value) or _form_problem(name, str(value).strip())
        if problem:
            problems.append(f"{name} {problem}; {whose} read without it")
        else:
            fields[name] = language_code(str(value)) or "" if name == "language" else str(value).strip()
    return fields, problems


def _form_problem(name: str, value: str) -> str | None:
    if name == "published" and not is_iso(value):
        return f"{quoted(value)} is not an ISO 8601 date or date-time"
    if name == "language" and language_code(value) is None:
        return f"{quoted(value)} is not a language code like 'en'"
    return None


def is_iso(value: str) -> bool:
    """Tell whether the value is an ISO 8601 date or date-time."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def language_code(tag: str) -> str | None:
    """Return the primary subtag of a language tag (``pt_BR``: ``pt``), ``None`` where it is no such tag."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?", tag.strip())
    return match[1].lower() if match else None


def string_problem(value: object) -> str | None:
    """Say why a JSON value is not text with something in it; ``None`` where it is."""
    if value is None:
        return "is missing"
    if not isinstance(value, str):
        kinds = {bool: "true or false", int: "a number", float: "a number", list: "an array", dict: "an object"}
        return f"is {kinds.get(type(value), type(value).__name__)}, not a string"
    if not value.strip():
        return "is empty"
    if "\0" in value:
        return "has a NUL in it, so it is not text"
    if _SURROGATE.search(value):
        return "has half a surrogate pair in it, which is no character"
    return None


def parse_object(data: bytes) -> dict[str, object] | str:
    """Return the JSON object in ``data``, or what is wrong with it.

    The standard library's parser, for it lets through what can then be named or mended: lone surrogates, and the bare
    ``NaN`` that tables leave behind, which counts as null.
    """
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        return f"not UTF-8 (byte {error.start + 1})"
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg} (character {error.pos + 1})"
    except RecursionError:
        return "not read: nested too deeply"
    except ValueError:
        return "not read: a number of too many digits"
    return value if isinstance(value, dict) else "not a JSON object"
