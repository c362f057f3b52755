"""Who stands where is told by statements, first-hand or second-hand, and by nothing else."""

from __future__ import annotations

from onrecord.reconcile.issues import Topic
from onrecord.reconcile.positions import standing
from onrecord.records import SaidOn
from tests.reconcile.relating import Oracle, Saying, Told, one_report, report


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


def test_positions_say_whether_any_words_name_the_issue():
    told = one_report(
        ("Ada Holm", "she rejects the night boat"),
        ("Bo Lind", "he backs such a boat"),
        ("Cy Vale", "he backs the night boat"),
    )
    stand, _ = positions(told, "night boat")
    assert {p.actor: p.without_naming for p in stand.positions} == {
        "Ada Holm": False,
        "Bo Lind": True,
        "Cy Vale": False,
    }


def test_positions_against_each_other_are_a_sticking_point():
    stand, _ = positions(harbour(), "night boat")
    (point,) = stand.sticking_points
    assert (point.for_, point.against) == (("Ada Holm",), ("Bo Lind",))


def test_positions_without_first_hand_words_on_both_sides_stick_at_nothing():
    told = one_report(
        ("Ada Holm", "she rejects the night boat as a waste of public money"),
        ("Ada Holm", "Bo Lind accepts the night boat"),
        ("Bo Lind", "there was nothing new"),
    )
    stand, found = positions(told, "night boat")
    assert ("night boat", "Bo Lind", "for", True) in found
    assert stand.sticking_points == ()


def test_positions_that_are_not_sure_on_both_sides_stick_at_nothing(monkeypatch):
    monkeypatch.setattr("onrecord.reconcile.positions.STUCK", 0.99)
    stand, found = positions(harbour(), "night boat")
    assert ("night boat", "Bo Lind", "against", False) in found
    assert stand.sticking_points == ()


def test_positions_that_a_condition_makes_plain_need_no_network():
    # "Could be considered only if …" names a condition, whatever a network is sure of.
    told = one_report(
        ("Ada Holm", "the night boat could be considered only if the town paid for the crew"),
        ("Bo Lind", "he rejects the night boat as a waste"),
        ("Cy Vale", "the night boat could be late if it rains"),
    )
    _, found = positions(told, "night boat")
    assert found["night boat", "Ada Holm", "conditional", False] == ("a1",)
    assert not any(actor == "Cy Vale" for _, actor, _, _ in found)


def test_positions_bound_by_a_condition_are_conditional_and_carry_its_words():
    told = one_report(
        ("Ada Holm", "she backs the night boat only if the town pays for the crew"),
        ("Bo Lind", "he rejects the night boat"),
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


def test_positions_make_no_issue_of_what_no_words_take_sides_on_unless_it_surely_is_one():
    told = one_report(
        ("Ada Holm", "the night boat backs into the harbour"),
        ("Bo Lind", "the night boat rejects the tide"),
    )
    for chance, issues in ((0.3, []), (0.5, ["night boat"])):
        topics = [told.topic("night boat", chance)]
        stand = standing(told.units, topics, told.statements, told.actors, Oracle(by_words))
        assert [i.name for i in stand.issues] == issues


def test_positions_make_an_issue_of_what_one_names_and_another_surely_bears_on():
    told = one_report(
        ("Ada Holm", "she opposes the plan to sell the night boat"),
        ("Bo Lind", "he rejects it as a gimmick"),
        ("Cy Vale", "it rained"),
    )
    oracle = Oracle(lambda words, _: "against" if "opposes" in words or "rejects" in words else "none")
    for sure, issues in ((0.85, ["plan"]), (0.7, [])):
        oracle.sure = sure
        stand, found = positions(told, "plan", oracle=oracle)
        assert [i.name for i in stand.issues] == issues
    assert {actor for _, actor, *_ in found} == set()


def both_sides(*days: str) -> Told:
    said = [SaidOn(d, d, d) for d in days]
    return Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "she backs the night boat", said_on=said[0]),
            Saying("a2", "Ada Holm", "said", "the council rejects the night boat and its crew", said_on=said[1]),
            Saying("a3", "Bo Lind", "said", "he rejects the night boat", said_on=said[0]),
        )
    )


def test_positions_on_two_names_of_one_thing_are_told_once_unless_both_are_likely_issues():
    told = one_report(
        ("Ada Holm", "she backs the night boat and the toll"),
        ("Bo Lind", "he rejects the night boat and the toll"),
        ("Cy Vale", "he rejects the night boat"),
        ("Dee Roth", "she rejects the toll"),
        ("Eve Moor", "she rejects the toll"),
        ("Fay Lund", "she rejects the night boat"),
        ("Gil Noor", "he rejects the toll"),
    )

    def by_name(text: str, asked: str) -> str:
        return by_words(text, asked) if asked.split(": ")[1] in text else "none"

    for chance, issues in ((0.3, ["toll"]), (0.5, ["night boat", "toll"])):
        topics = [told.topic("night boat", chance), told.topic("toll", 0.6)]
        stand = standing(told.units, topics, told.statements, told.actors, Oracle(by_name))
        assert sorted(i.name for i in stand.issues) == issues


def test_positions_on_both_sides_at_one_time_are_unclear():
    _, found = positions(both_sides("2025-03-03", "2025-03-04"), "night boat")
    assert found["night boat", "Ada Holm", "unclear", False] == ("a1", "a2")
    assert ("night boat", "Ada Holm", "for", False) not in found
    assert ("night boat", "Ada Holm", "against", False) not in found


def test_positions_that_change_over_months_are_both_kept():
    _, found = positions(both_sides("2025-01-03", "2025-03-04"), "night boat")
    assert found["night boat", "Ada Holm", "for", False] == ("a1",)
    assert found["night boat", "Ada Holm", "against", False] == ("a2",)


def test_positions_follow_the_side_with_much_more_evidence():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "she backs the night boat"),
            Saying("a2", "Ada Holm", "wrote", "everybody backs the night boat in winter"),
            Saying("a3", "Ada Holm", "said", "the council rejects the night boat and its crew"),
        )
    )
    _, found = positions(told, "night boat")
    assert found["night boat", "Ada Holm", "for", False] == ("a1", "a2")
    assert {stance for _, _, stance, _ in found} == {"for"}


def test_positions_are_not_taken_on_what_words_name_beside_their_matter():
    told = one_report(
        ("Ada Holm", "she rejects the toll as part of any harbour deal"),
        ("Bo Lind", "he backs the harbour deal"),
        ("Cy Vale", "he backs the harbour deal"),
    )
    _, found = positions(told, "harbour deal")
    assert {actor for _, actor, _, _ in found} == {"Bo Lind", "Cy Vale"}


def of_others(text: str, asked: str) -> str:
    """Take a side for those whom the speaker speaks of, as the words have it."""
    actor = asked.split(":", maxsplit=1)[0]
    if text.startswith(actor):
        return "none"
    return "against" if f"{actor} rejects" in text or f"{actor} will not" in text or "fury" in text else "for"


def test_positions_that_another_tells_need_to_be_told_surely():
    told = one_report(
        ("Ada Holm", "what Bo Lind has in mind is the night boat"),
        ("Ada Holm", "what drives Cy Vale to fury is the night boat"),
        ("Bo Lind", "nothing new"),
        ("Cy Vale", "nothing new"),
    )
    oracle = Oracle(of_others)
    for sure, any_shown in ((0.98, True), (0.95, False)):
        oracle.sure = sure
        stand, found = positions(told, "night boat", oracle=oracle)
        assert {e.actor for e in stand.shown} == {"Bo Lind", "Cy Vale"}
        assert any(second_hand for _, _, _, second_hand in found) is any_shown


def test_positions_that_another_tells_by_a_verb_of_acceptance_or_refusal_are_plain():
    told = one_report(
        ("Ada Holm", "Bo Lind accepts the idea of the night boat"),
        ("Ada Holm", "Cy Vale will not accept the night boat"),
        ("Ada Holm", "Dee Roth rejects the night boat"),
        ("Ada Holm", "Eve Moor accepts that with a cold spring the plan for a night boat may fail"),
        *((who, "nothing new") for who in ("Bo Lind", "Cy Vale", "Dee Roth", "Eve Moor")),
    )
    oracle = Oracle(of_others)
    oracle.sure = 0.4
    _, found = positions(told, "night boat", oracle=oracle)
    assert {(actor, stance) for _, actor, stance, _ in found} == {
        ("Bo Lind", "for"),
        ("Cy Vale", "against"),
        ("Dee Roth", "against"),
    }


def test_positions_are_not_those_of_one_who_is_named_behind_the_issue():
    told = one_report(
        ("Ada Holm", "she rejects the night boat"),
        ("Ada Holm", "everybody rejects the night boat, as the meeting with Bo Lind showed"),
        ("Bo Lind", "nothing new"),
    )

    def stance(text: str, asked: str) -> str:
        return "against" if asked.startswith(("Ada", "Bo")) and "night boat" in text else "none"

    stand, found = positions(told, "night boat", oracle=Oracle(stance))
    assert any(e.actor == "Bo Lind" for e in stand.shown)
    assert {actor for _, actor, _, _ in found} == {"Ada Holm"}


def test_positions_ask_by_the_name_that_the_words_have():
    told = harbour_by_two_names()
    ferry, boat = told.topic("evening ferry"), told.topic("night boat")
    oracle = Oracle(by_words)
    standing(told.units, [Topic([*ferry.phrases, *boat.phrases], 0.5)], told.statements, told.actors, oracle)
    asked = {(a.split(" ")[0], b) for a, b in oracle.asked}
    assert asked == {("Ada", "Ada Holm: evening ferry"), ("Bo", "Bo Lind: night boat")}


def harbour_by_two_names() -> Told:
    return one_report(
        ("Ada Holm", "she backs the evening ferry"),
        ("Bo Lind", "he rejects the night boat"),
    )


def test_positions_by_words_that_name_no_issue_say_nothing_against_words_that_do():
    told = one_report(
        ("Ada Holm", "she backs the night boat"),
        ("Ada Holm", "she rejects the whole scheme of a boat by night, and the boat too"),
        ("Bo Lind", "he rejects the night boat"),
    )
    stand, found = positions(told, "night boat")
    assert ("Ada Holm", "against") in {(e.actor, e.stance) for e in stand.shown}
    assert {stance for _, actor, stance, _ in found if actor == "Ada Holm"} == {"for"}


def test_positions_are_not_those_of_one_who_only_owns_what_is_spoken_of():
    told = one_report(
        ("Ada Holm", "she rejects the night boat"),
        ("Ada Holm", "Bo Lind's book on the night boat is late"),
        ("Bo Lind", "nothing new"),
    )

    def stance(text: str, asked: str) -> str:
        return "against" if asked.startswith(("Ada", "Bo")) and "night boat" in text else "none"

    _, found = positions(told, "night boat", oracle=Oracle(stance))
    assert {actor for _, actor, _, _ in found} == {"Ada Holm"}
