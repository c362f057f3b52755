"""Who stands where is told by statements, first-hand or second-hand, and by nothing else."""

from __future__ import annotations

from onrecord.reconcile.positions import standing
from tests.reconcile.relating import Oracle, Saying, Told, report


def by_words(text: str, asked: str) -> str:
    """Take "backs" and "rejects" at their word, for the speaker alone."""
    actor = asked.split(":", maxsplit=1)[0]
    if not text.startswith(actor):
        return "for" if f"{actor} accepts" in text else "none"
    return "for" if "backs" in text else "against" if "rejects" in text else "none"


def harbour() -> Told:
    return Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "she backs the night boat and its crew"),
            Saying("a2", "Bo Lind", "said", "he rejects the night boat as a waste"),
            Saying("a3", "Cy Vale", "said", "Bo Lind accepts the night boat after all"),
            Saying("a4", "Dee Roth", "said", "the weather was fine"),
        ),
        report("b", Saying("b1", "Ada Holm", "wrote", "everybody backs the night boat in winter")),
    )


def positions(told: Told, *phrases: str, oracle: Oracle | None = None):
    topics = [told.topic(p) for p in phrases]
    stand = standing(told.units, topics, told.statements, told.actors, oracle or Oracle(by_words))
    name = {i.id: i.name for i in stand.issues}
    return stand, {(name[p.issue], p.actor, p.stance, p.second_hand): p.statements for p in stand.positions}


def test_positions_rest_on_the_statements_that_show_them():
    _, found = positions(harbour(), "night boat")
    assert found["night boat", "Ada Holm", "for", False] == ("a1", "b1")
    assert found["night boat", "Bo Lind", "against", False] == ("a2",)
    assert not any(actor == "Dee Roth" for _, actor, _, _ in found)


def test_positions_that_another_tells_are_second_hand():
    _, found = positions(harbour(), "night boat")
    assert found["night boat", "Bo Lind", "for", True] == ("a3",)


def test_positions_make_an_issue_of_what_somebody_takes_a_side_on_alone():
    stand, _ = positions(harbour(), "night boat", "weather")
    assert [i.name for i in stand.issues] == ["night boat"]
    assert [(m.article, m.end - m.start) for m in stand.issues[0].mentions] == [("a", 10)] * 3 + [("b", 10)]


def test_positions_against_each_other_are_a_sticking_point():
    stand, _ = positions(harbour(), "night boat")
    (point,) = stand.sticking_points
    assert (point.for_, point.against) == (("Ada Holm",), ("Bo Lind",))


def test_positions_without_first_hand_words_on_both_sides_stick_at_nothing():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "she rejects the night boat as a waste of public money"),
            Saying("a2", "Ada Holm", "said", "Bo Lind accepts the night boat"),
            Saying("a3", "Bo Lind", "said", "there was nothing new"),
        )
    )
    stand, found = positions(told, "night boat")
    assert ("night boat", "Bo Lind", "for", True) in found
    assert stand.sticking_points == ()


def test_positions_that_are_not_sure_on_both_sides_stick_at_nothing(monkeypatch):
    monkeypatch.setattr("onrecord.reconcile.positions.STUCK", 0.95)
    stand, found = positions(harbour(), "night boat")
    assert ("night boat", "Bo Lind", "against", False) in found
    assert stand.sticking_points == ()


def test_positions_bound_by_a_condition_are_conditional_and_carry_its_words():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "she backs the night boat only if the town pays for the crew"),
            Saying("a2", "Bo Lind", "said", "he rejects the night boat"),
        )
    )
    stand, found = positions(told, "night boat")
    assert ("night boat", "Ada Holm", "conditional", False) in found
    held = next(p for p in stand.positions if p.stance == "conditional")
    assert told.words(held.condition) == "only if the town pays for the crew"
    (condition,) = stand.conditions
    assert (condition.actor, condition.second_hand) == ("Ada Holm", False)
    assert condition.issues == (stand.issues[0].id,)


def test_positions_of_many_utterances_ask_the_network_no_more_than_is_allowed(monkeypatch):
    monkeypatch.setattr("onrecord.reconcile.positions.ASKED", 3)
    oracle = Oracle(by_words)
    positions(harbour(), "night boat", oracle=oracle)
    assert len(oracle.asked) == 3
