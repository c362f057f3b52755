"""Ten outlets that print one agency's line are one voice, and the page says so."""

from __future__ import annotations

from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import Article, Utterance, text_hash

QUOTE = "“The ferry will not sail again before the pier has been rebuilt,”"
OTHER = "Nobody in the town was surprised. The mayor, Ada Lind, sat down and drank her tea."


def told(reader: Reader, *reports: tuple[str, str, str | None]) -> Utterance:
    """Return the utterance that all reports, each outlet, text and byline, tell."""
    articles = [
        Article(f"r{i}", text, text_hash(text), outlet=outlet, published="2025-03-04", byline=byline, language="en")
        for i, (outlet, text, byline) in enumerate(reports)
    ]
    story = reconcile([reader.read(a) for a in articles]).stories[0]
    return max(story.utterances, key=lambda u: len(u.statements))


def test_origins_of_two_reporters_are_two(reader: Reader) -> None:
    u = told(
        reader,
        ("Harbour Post", f"{QUOTE} the mayor, Ada Lind, said on Monday.\n\n{OTHER}", None),
        ("Island Courier", f"Ada Lind, who is mayor, made it plain to the council. {QUOTE} she said.", None),
    )
    assert u.origins == 2
    assert [o.by for o in u.origin] == ["own", "own"]
    assert {o.outlet for o in u.origin} == {"Harbour Post", "Island Courier"}


def test_origins_of_what_one_agency_sent_are_one(reader: Reader) -> None:
    u = told(
        reader,
        ("Harbour Post", f"PORT ANNE (Reuters) - {QUOTE} the mayor, Ada Lind, said on Monday.", None),
        ("Island Courier", f"Ada Lind, the mayor, spoke out at last. {QUOTE} Lind said.", "By Reuters"),
    )
    assert u.origins == 1
    assert u.origin[0].outlet == "Reuters"
    assert u.origin[0].by in ("dateline", "byline")
    assert len(u.origin[0].articles) == 2


def test_origins_of_what_another_outlet_was_told_are_that_outlet(reader: Reader) -> None:
    u = told(
        reader,
        ("Harbour Post", f"{QUOTE} the mayor, Ada Lind, said in her office.\n\n{OTHER}", None),
        ("Island Courier", f"{QUOTE} the mayor, Ada Lind, told the Harbour Post. The council met later.", None),
    )
    assert u.origins == 1
    assert (u.origin[0].by, u.origin[0].outlet) == ("credited", "Harbour Post")
    assert u.origin[0].spans, "the words that credit the other outlet are shown"


def test_origins_of_an_own_interview_are_own(reader: Reader) -> None:
    u = told(reader, ("Island Courier", f"{QUOTE} the mayor, Ada Lind, told the Island Courier on Monday.", None))
    assert [(o.by, o.outlet) for o in u.origin] == [("own", "Island Courier")]


def test_origins_leave_boilerplate_out(reader: Reader) -> None:
    terms = "speaking on condition of anonymity because they were not authorized to discuss the matter in public"
    u = told(
        reader,
        ("Harbour Post", f"Two officials, {terms}, said that the ferry “will not sail again before the autumn.”", None),
        (
            "Island Courier",
            f"The town waits. Two officials, {terms}, said the ferry “will not sail again before the autumn.”",
            None,
        ),
    )
    assert u.unnamed
    assert u.origins == 2
