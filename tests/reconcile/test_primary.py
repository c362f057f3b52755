"""A quotation is held against the source it comes from: verbatim, cut, altered, out of order, not there."""

from __future__ import annotations

import pytest

from onrecord.errors import InputError
from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import Article, PrimarySource, text_hash

SPOKEN = (
    "The ferry will not sail again this year. We asked the owners twice, and twice they refused. The pier is not safe."
)
TRANSCRIPT = (
    f"QUESTION: Will it sail?\n\nLIND: {SPOKEN}\n\nQUESTION: Who pays?\n\nLIND: The town pays, as it always has."
)


def article(key: str, text: str, **more: str) -> Article:
    return Article(key, text, text_hash(text), language="en", published="2025-03-04", **more)


def checked(
    reader: Reader, quoted: str, source: str = TRANSCRIPT, name: str | None = None, **more: str
) -> PrimarySource:
    report = article("r", f"The mayor, Ada Lind, spoke to reporters on Monday. {quoted}")
    dossier = reconcile([reader.read(report)], [(article("source", source, **more), name)])
    (found,) = dossier.stories[0].primary
    return found


@pytest.mark.parametrize(
    ("quoted", "verdict", "kinds"),
    [
        ("“We asked the owners twice, and twice they refused,” Lind said.", "verbatim", []),
        ("“The ferry will not sail again this year,” Lind said. “The pier is not safe.”", "cut", []),
        ("“We asked the owners twice … they refused,” Lind said.", "cut", []),
        ("“The ferry will never sail again this year,” Lind said.", "altered", ["changed"]),
        ("“The pier is safe,” Lind said.", "altered", ["changed"]),
        ("“The pier is not safe,” Lind said. “The ferry will not sail again this year.”", "out_of_order", []),
        ("“Nobody has told me anything about a new bridge,” Lind said.", "not_found", []),
    ],
)
def test_primary_sources_give_a_verdict(reader: Reader, quoted: str, verdict: str, kinds: list[str]) -> None:
    (check,) = checked(reader, quoted).checks
    assert check.verdict == verdict
    assert [d.kind for d in check.differences] == kinds


def test_primary_sources_show_their_own_words(reader: Reader) -> None:
    source = checked(reader, "“We asked the owners twice,” Lind said.")
    (span,) = source.checks[0].spans
    assert source.text[span.start : span.end] == "We asked the owners twice"


def test_primary_sources_check_their_speakers_alone(reader: Reader) -> None:
    source = checked(
        reader, "“We asked the owners twice,” said Bo Ek, the harbour master.\n\n“The pier is not safe,” Lind said."
    )
    assert len(source.checks) == 1


@pytest.mark.parametrize("more", [{"name": "Ada Lind"}, {"byline": "Ada Lind"}])
def test_primary_sources_without_turns_need_a_speaker(reader: Reader, more: dict[str, str]) -> None:
    (check,) = checked(reader, "“The pier is not safe,” Lind said.", SPOKEN, **more).checks
    assert check.verdict == "verbatim"


@pytest.mark.parametrize(
    ("source", "name", "reason"),
    [
        (SPOKEN, None, "--primary-speaker"),
        (SPOKEN, "Carla Voss", "nobody called"),
        (TRANSCRIPT.replace("LIND", "VOSS"), None, "do not quote"),
    ],
)
def test_primary_sources_of_nobody_are_refused(reader: Reader, source: str, name: str | None, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        checked(reader, "“The pier is not safe,” Lind said.", source, name)
