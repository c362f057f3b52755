"""The forms of gold and predictions that the measures read: fields that no measure needs are not looked at."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from onrecord.errors import InputError

Id = str | int
Form = TypeVar("Form")


class SpanForm(msgspec.Struct, frozen=True):
    """A span as an object; offsets are code points, end excluded."""

    start: int
    end: int


Spans = SpanForm | list[SpanForm | tuple[int, int]] | None
"""One span, several (objects or pairs), or none."""


class AttributionForm(msgspec.Struct, frozen=True):
    """An attribution, gold or predicted: the spans of its three roles, and how sure a prediction is."""

    source: Spans = None
    cue: Spans = None
    content: Spans = None
    confidence: float = 1.0

    def spans(self, role: str) -> list[tuple[int, int]]:
        """Return the spans of ``source``, ``cue`` or ``content`` as pairs."""
        value: Spans = getattr(self, role)
        pieces = [value] if isinstance(value, SpanForm) else value or []
        return [(p.start, p.end) if isinstance(p, SpanForm) else p for p in pieces]


class ReadArticle(msgspec.Struct, frozen=True):
    """A predicted article: a line of ``onrecord read --format jsonl``."""

    statements: list[AttributionForm]


def as_form(value: Any, form: type[Form], where: str) -> Form:
    """Return a decoded JSON value as a typed form; raise :class:`InputError` that names what is missing or wrong."""
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        raise InputError(where, str(error)) from None


def check_span(start: int, end: int, length: float, where: str) -> None:
    """Raise :class:`InputError` unless the span holds a character and lies in a text of ``length`` characters."""
    if not 0 <= start < end <= length:
        raise InputError(where, f"span {start}-{end} lies outside the text")


def code_points(text: str, offset: int) -> int:
    """Return an offset in UTF-16 units as one in code points."""
    return len(text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le", "ignore"))
