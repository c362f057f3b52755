"""Gold and predictions as files: JSON or JSON lines, gzipped or not, recognised by what is in them."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import InputError, OnrecordError
from onrecord.evaluate.attribution import score_attribution
from onrecord.evaluate.forms import Id
from onrecord.evaluate.grouping import score_grouping
from onrecord.evaluate.items import score_items
from onrecord.evaluate.scores import Score
from onrecord.evaluate.stories import count_story, pool_stories
from onrecord.evaluate.times import score_times

Row = tuple[str, dict[str, Any]]  # where it stands, as ``path:line``, and what it says
Measure = Literal["stories", "attribution", "items", "times", "grouping"]

_MARKS: tuple[tuple[Measure, frozenset[str]], ...] = (
    ("stories", frozenset({"statements", "articles"})),
    ("attribution", frozenset({"attributions"})),
    ("items", frozenset({"labels", "offsets"})),
    ("times", frozenset({"timexes"})),
    ("grouping", frozenset({"story", "articles"})),
)
"""The fields by which the gold of each measure is known, the first that fits."""


def score_files(files: Sequence[Path]) -> Score:
    """Score pairs of files, GOLD PREDICTED; what the gold is, and so the measure, is recognised by its content.

    Several pairs are pooled, which only stories can be. A path may be several joined with commas, read as one. Raises
    :class:`~onrecord.errors.OnrecordError` for a wrong number of files, :class:`~onrecord.errors.InputError` for files
    that cannot be read or do not hold what the measure needs.
    """
    if not files or len(files) % 2:
        raise OnrecordError(f"files come in pairs, GOLD PREDICTED; this is {len(files)}")
    golds = [(path, read_rows(path)) for path in files[::2]]
    measures = {recognise(path, rows) for path, rows in golds}
    if measures == {"stories"}:
        return pool_stories(
            count_story(_only(path, rows), _only(other, read_rows(other)), (str(path), str(other)))
            for (path, rows), other in zip(golds, files[1::2], strict=True)
        )
    if len(golds) > 1:
        raise OnrecordError(f"only annotated stories are pooled; give one pair of files, not {len(golds)}")
    gold, predicted = golds[0][1], read_rows(files[1])
    match measures.pop():
        case "attribution":
            return score_attribution(by_id(gold), by_id(predicted))
        case "items":
            return score_items([row for _, row in gold], by_id(predicted))
        case "times":
            return score_times(by_id(gold), by_id(predicted))
        case _:
            by_id(predicted)
            _refuse_repeated_articles(gold, lambda article: article.get("id") if isinstance(article, dict) else None)
            _refuse_repeated_articles(predicted, lambda article: article)
            return score_grouping([row for _, row in gold], [row for _, row in predicted])


def recognise(path: Path, rows: Sequence[Row]) -> Measure:
    """Return which measure the gold in ``rows`` is for, by the fields of its first row."""
    for measure, fields in _MARKS:
        if rows and fields <= rows[0][1].keys():
            return measure
    kinds = "; ".join(f"{' and '.join(sorted(fields))} ({measure})" for measure, fields in _MARKS)
    raise InputError(str(path), f"is no gold we know: its objects have none of {kinds}")


def read_rows(path: Path) -> list[Row]:
    """Return the JSON objects in a file, each with where it stands.

    A file of JSON lines has one an object a line; any other holds one object, or an array of them, or lines after all.
    A path that names no file but several joined with commas stands for these, one after the other.
    """
    if "," in str(path) and not os.path.exists(path):  # unlike Path.exists, False for names too long to be one file
        return [row for part in str(path).split(",") for row in read_rows(Path(part))]
    text = _read_text(path)
    suffixes = {suffix.lower() for suffix in path.suffixes[-2:]}
    if not suffixes & {".jsonl", ".ndjson"}:
        try:
            whole = _decode(text, str(path))
        except json.JSONDecodeError as error:
            if error.msg != "Extra data":
                raise InputError(f"{path}:{error.lineno}", f"is not JSON: {error.msg}") from None
        else:
            rows = enumerate(whole, 1) if isinstance(whole, list) else [(0, whole)]
            return [_row(f"{path}, object {number}" if number else str(path), value) for number, value in rows]
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(_row(f"{path}:{number}", _decode(line, f"{path}:{number}")))
            except json.JSONDecodeError as error:
                raise InputError(f"{path}:{number}", f"is not JSON: {error.msg}") from None
    return found


def by_id(rows: Iterable[Row]) -> dict[Id, Mapping[str, Any]]:
    """Return rows by their ``id``; raise :class:`InputError` where one has none, or the id of an earlier row."""
    found: dict[Id, Mapping[str, Any]] = {}
    for where, row in rows:
        key = row.get("id")
        if isinstance(key, bool) or not isinstance(key, str | int):
            raise InputError(where, 'has no "id"')
        if key in found:
            raise InputError(where, f"the id {key!r} occurs twice")
        found[key] = row
    return found


def _refuse_repeated_articles(rows: Iterable[Row], name: Callable[[Any], Any]) -> None:
    """Raise :class:`InputError` where an article is in two stories; shapes are for the measure to judge."""
    seen: set[Hashable] = set()
    for where, row in rows:
        articles = row.get("articles")
        for key in map(name, articles if isinstance(articles, list) else []):
            if isinstance(key, str | int):
                if key in seen:
                    raise InputError(where, f"the article {key!r} occurs twice")
                seen.add(key)


def _only(path: Path, rows: Sequence[Row]) -> dict[str, Any]:
    if len(rows) != 1:
        raise InputError(str(path), f"should hold one object, not {len(rows)}")
    return rows[0][1]


def _row(where: str, value: Any) -> Row:
    if not isinstance(value, dict):
        raise InputError(where, "is not a JSON object")
    return where, value


def _decode(text: str, where: str) -> Any:
    """Return the value of a JSON text; :class:`json.JSONDecodeError` where it is none is for the caller to place."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise InputError(where, "is JSON nested too deeply to read") from None
    except ValueError as error:
        raise InputError(where, f"is JSON that cannot be read: {error}") from None


def _read_text(path: Path) -> str:
    """Return a file's text: UTF-8, a byte order mark left out, gzipped or not by its first bytes."""
    try:
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(str(path), "no such file") from None
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 (byte {error.start})") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(str(path), "is a broken gzip file") from None
    except OSError as error:
        raise InputError(str(path), (error.strerror or str(error)).lower()) from None
