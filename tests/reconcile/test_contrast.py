"""A report sets one statement against another by its own words, beside it."""

from __future__ import annotations

import pytest

from onrecord.reconcile.contrast import BESIDE, all_set_against, contrast, passages, set_against
from onrecord.reconcile.pairs import Passage
from onrecord.records import Span
from tests.reconcile.relating import Saying, Told, report

WARNED = Saying("a1", "Ada Holm", "said", "the town was warned")
NEVER = "nobody had told the harbour"


def two(**second: str) -> Told:
    told = {"cue": "said", **second}
    return Told(report("a", WARNED, Saying("a2", "Bo Lind", words=NEVER, **told)))


@pytest.mark.parametrize(
    ("second", "word"),
    [
        ({"lead": "But "}, "But"),
        ({"lead": "The council saw it otherwise, however. "}, "however"),
        ({"cue": "countered that"}, "countered"),
        ({"cue": "pushed back, saying"}, "pushed"),
        ({"cue": "shrugged off the fear and said"}, "shrugged"),
        ({"lead": "That account differs from that of others. "}, "differs"),
        ({"cue": "however said"}, "however"),
        ({}, None),
        ({"cue": "gave no other answer but said"}, None),
        ({"cue": "declined to respond and said"}, None),
        ({"lead": "Back in the town, "}, None),
        ({"cue": "added"}, None),
    ],
)
def test_contrast_is_told_by_the_words_that_lead_to_the_second(second, word):
    told = two(**second)
    found = set_against(*told.units)
    assert (found and told.readings[0].text[found[1].start : found[1].end]) == word
    assert (contrast(*told.units).answers > 0.5) == (word is not None)
    assert contrast(*told.units) == contrast(*reversed(told.units))


def test_contrast_fades_with_the_words_between():
    near, far = (
        Told(report("a", WARNED, Saying("a2", "Bo Lind", "said", NEVER, lead="The boat left at nine. " * n + "But ")))
        for n in (1, 30)
    )
    assert contrast(*near.units).answers > 0.8
    assert 0 < contrast(*far.units).answers < 0.2
    assert set_against(*near.units)
    assert set_against(*far.units) is None


def and_a_third(speaker: str) -> Told:
    """Return a story in which "But" leads to the second of three statements, and nothing to the third."""
    second = Saying("a2", "Bo Lind", "said", NEVER, lead="But ")
    return Told(report("a", WARNED, second, Saying("a3", speaker, "said", "the siren was silent")))


def test_contrast_with_the_second_is_not_with_a_third():
    told = and_a_third("Cy Vale")
    first, second, third = told.units
    assert contrast(first, second).answers > contrast(second, third).answers == contrast(first, third).answers == 0
    assert all_set_against(told.units) == {(0, 1)}


def test_contrast_goes_on_with_who_is_set_against():
    first, _, third = and_a_third("Bo Lind").units
    assert contrast(first, third).answers > 0.5


def test_contrast_by_a_concession_stands_before_the_first():
    conceded = Saying("a1", "Ada Holm", "said", "the town was warned", lead="While ", end=", ")
    told = Told(report("a", conceded, Saying("a2", "Bo Lind", "said", NEVER)))
    assert contrast(*told.units).answers > 0.5


def test_contrast_with_what_an_answer_tells_is_with_that_alone():
    words = "the claim of Bo Lind that nobody had told the harbour"
    told = Told(
        report(
            "a",
            WARNED,
            Saying("a2", "Cy Vale", "dismissed", words, stance="denies"),
        )
    )
    reading, statements = told.readings[0], told.statements
    at = reading.text.index(NEVER)
    inner = type(statements[0])(
        **{
            **{name: getattr(statements[1], name) for name in statements[1].__struct_fields__},
            "id": "a3",
            "speaker": "Bo Lind",
            "stance": "asserts",
            "parent": "a2",
            "source": None,
            "cue": None,
            "content": (Span(at, at + len(NEVER)),),
        }
    )
    told = Told((reading, [*statements, inner]))
    by_id = {u.statement.id: u for u in told.units}
    assert contrast(by_id["a2"], by_id["a3"]).answers == 1
    assert contrast(by_id["a1"], by_id["a2"]).answers == 0
    assert contrast(by_id["a1"], by_id["a3"]).answers == 0


def test_contrast_is_none_between_reports():
    told = Told(report("a", WARNED), report("b", Saying("b1", "Bo Lind", "denied", NEVER, lead="But ")))
    assert contrast(*told.units) == (0, 0)
    assert all_set_against(told.units) == set()


def test_claims_are_what_a_report_calls_one_beside_what_follows():
    told = Told(
        report("a", Saying("a1", "Ada Holm", "claimed", "the town was warned"), Saying("a2", "Bo Lind", "said", NEVER))
    )
    assert contrast(*told.units).claims > 0.8
    assert contrast(*two().units).claims == 0


def test_contrast_is_not_told_by_a_speakers_own_words():
    long = "the boat leaves at nine but never at noon, " * 40
    told = Told(
        report(
            "a",
            WARNED,
            Saying("a2", "Bo Lind", "said", long.rstrip(", ")),
            Saying("a3", "Bo Lind", "said", NEVER),
        )
    )
    third = told.units[2]
    assert [w.folded for w in third.telling.lead] == ["bo", "lind", "said"]


def test_passages_are_of_statements_near_each_other_in_one_report_whichever_comes_first():
    told = two(lead="But ")
    found = [Passage("Ada Holm: said the town was warned", ".\nBut Bo Lind ", f"Bo Lind: said {NEVER}")]
    assert list(passages(*told.units)) == list(passages(*reversed(told.units))) == found
    apart = Told(report("a", WARNED), report("b", Saying("b1", "Bo Lind", "said", NEVER)))
    assert not list(passages(*apart.units))


def test_passages_end_where_too_many_statements_stand_between():
    others = [Saying(f"a{n}", "Cy Vale", "said", f"boat number {n} had left") for n in range(2, 2 + BESIDE)]
    told = Told(report("a", WARNED, *others, Saying("a9", "Bo Lind", "said", NEVER)))
    first, *_, before, last = told.units
    assert list(passages(first, before))
    assert not list(passages(first, last))
