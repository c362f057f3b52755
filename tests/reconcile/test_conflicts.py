"""What cannot both be true is one card, with both sides' words and why it is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unittest.mock import patch

import msgspec
import numpy as np
import pytest

from onrecord.reconcile.conflicts import conflicts
from onrecord.reconcile.issues import Topic
from onrecord.reconcile.positions import standing
from onrecord.reconcile.units import Unit
from onrecord.reconcile.weighing import FEATURES, Weighed, Weigher, weighed
from tests.reconcile.relating import Oracle, Saying, Told, alike, one_report, report


def by(feature: str) -> Weigher:
    """Weigh one feature alone."""
    return Weigher(weights={**dict.fromkeys(FEATURES, 0.0), feature: 10.0}, offset=-5.0, sure=0.9, join=0.8)


BY_NETWORK = by("conflict_beside")
Rule = Callable[[str, str], str]


def warned(a: str, b: str) -> str:
    """Conflict: one says that the town was warned, the other that it never was."""
    never = ["never" in x or "denied" in x for x in (a, b)]
    return "conflict" if "warned" in a and "warned" in b and never[0] != never[1] else "none"


def always(a: str, b: str) -> str:
    """Conflict, whatever they say."""
    return "conflict"


def found(
    told: Told,
    *phrases: str,
    rule: Rule = lambda a, b: "none",
    oracle: Oracle | None = None,
    weigher: Weigher = BY_NETWORK,
):
    """Return the conflicts of a story; of any two statements, near or not, the network says what a rule says."""

    def ruled(told: Sequence[Unit], *rest: Any) -> Weighed:
        real = weighed(told, *rest)
        by_rule = [rule(told[i].as_told, told[j].as_told) != "none" for i, j in real.pairs]
        column = FEATURES.index("conflict_beside")
        real.rows[:, column] = np.maximum(real.rows[:, column], by_rule)
        return real

    oracle = oracle or Oracle()
    topics = [told.topic(p) for p in phrases]
    stand = standing(told.units, topics, told.statements, told.actors, oracle)
    with patch("onrecord.reconcile.conflicts.weighed", ruled):
        return conflicts(told.readings, told.statements, told.units, topics, stand, told.segments, oracle, weigher)


def ferry() -> Told:
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned of the cut in March"),
            Saying("a2", "Bo Lind", "denied", "that the town had been warned", stance="denies"),
        ),
        report(
            "b",
            Saying("b1", "Cy Vale", "said", "the town was never warned of any cut"),
            Saying("b2", "Dee Roth", "said", "the boat leaves at nine"),
        ),
    )
    return alike(told, {"a1"}, {"a2", "b1"}, {"b2"})


def test_conflicts_over_one_thing_are_one_card():
    (card,) = found(ferry(), "town", rule=warned)
    assert {frozenset(card.a), frozenset(card.b)} == {frozenset({"a1"}), frozenset({"a2", "b1"})}
    assert card.about == "town"
    assert card.score > 0.9


@pytest.mark.parametrize(("groups", "cards"), [(({"a1", "a2"}, {"a3"}), 1), (({"a1"}, {"a2"}, {"a3"}), 2)])
def test_conflicts_with_one_answer_to_two_matters_are_two_cards(groups, cards):
    told = one_report(
        ("Ada Holm", "the town was warned of the cut in March"),
        ("Cy Vale", "the crews had been warned long before"),
        ("Bo Lind", "neither town nor crews were ever warned, never once"),
    )
    conflicts_found = found(alike(told, *groups), rule=warned)
    assert len(conflicts_found) == cards
    assert {i for c in conflicts_found for i in (*c.a, *c.b)} == {"a1", "a2", "a3"}


@pytest.mark.parametrize(("shared", "cards"), [((), 2), (({"a1", "a2"},), 1)])
def test_conflicts_with_one_answer_to_two_people_are_one_card_where_these_speak_of_one_matter(shared, cards):
    told = one_report(
        ("Ada Holm", "the town was warned of the cut in March"),
        ("Cy Vale", "the crews had been warned long before"),
        ("Bo Lind", "neither town nor crews were ever warned, never once"),
    )
    own = [{"a1"}, {"a1"}, {"a2"}, {"a2"}, {"a3"}]  # a third of their meaning is one, too little to join a side
    conflicts_found = found(alike(told, *own, *shared), rule=warned)
    assert len(conflicts_found) == cards
    assert not any("a3" in side and len(side) > 1 for c in conflicts_found for side in (c.a, c.b))


@pytest.mark.parametrize(("groups", "others"), [(({"a1"}, {"a2"}, {"a3"}), set()), (({"a1"}, {"a2", "a3"}), {"a3"})])
def test_conflicts_of_a_denial_and_what_it_tells_are_with_each_other_and_their_like(groups, others):
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "denied", "what Bo Lind had claimed, that it was warned", stance="denies"),
            Saying("a2", "Bo Lind", "claimed", "the town was warned", parent="a1"),
            Saying("a3", "Cy Vale", "said", "the crews had been warned long before", lead="But "),
        )
    )
    found_of = {i for c in found(alike(told, *groups), rule=always) for i in (*c.a, *c.b)}
    assert found_of == {"a1", "a2"} | others


def test_conflicts_do_not_put_on_one_side_who_are_set_against_each_other():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned of the cut in March"),
            Saying("a2", "Bo Lind", "said", "the town was never warned of any cut", lead="But "),
            Saying("a3", "Cy Vale", "said", "nobody was told of the cut in March", lead="But "),
        )
    )
    for rule, cards in ((always, 3), (lambda a, b: "conflict" if "Ada" in a + b else "none", 1)):
        of_one = found(alike(told, {"a1", "a2", "a3"}), rule=rule)
        assert len(of_one) == cards


@pytest.mark.parametrize(("cue", "stance", "cards"), [("denied", "denies", 1), ("recalled", "asserts", 0)])
def test_conflicts_weigh_what_is_told_within_another_statement_unless_that_denies_it(cue, stance, cards):
    weigher = msgspec.structs.replace(BY_NETWORK, weights={**BY_NETWORK.weights, "told_within": -20.0})
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", cue, "what Bo Lind had claimed, that it was never warned", stance=stance),
            Saying("a2", "Bo Lind", "claimed", "the town was warned", parent="a1"),
        )
    )
    assert len(found(told, rule=always)) == 1
    assert len(found(told, rule=always, weigher=weigher)) == cards


def test_conflicts_say_why_in_the_words_of_the_reports():
    told = ferry()
    (card,) = found(told, "town", rule=warned)
    assert card.type == "denial"
    why = {r.kind: (told.words(r.a), told.words(r.b)) for r in card.why}
    assert "denied" in why["denial"]


@pytest.mark.parametrize("negation", ["was never", "wasn’t"])
def test_conflicts_tell_a_negation_in_whole_words(negation):
    told = one_report(("Ada Holm", "the town was warned"), ("Bo Lind", f"the town {negation} warned at all"))
    (card,) = found(told, rule=always)
    (why,) = [told.words(r.a or r.b) for r in card.why if r.kind == "negation"]
    assert why == f"{negation.removeprefix('was ')} warned"


def test_conflicts_between_a_claim_about_somebody_and_their_own_words_are_one_card():
    told = one_report(
        ("Ada Holm", "Bo Lind accepts the night boat without any reserve"),
        ("Ada Holm", "in her view Bo Lind accepts the night boat since the spring"),
        ("Bo Lind", "he rejects the night boat as a waste of money"),
    )

    def stance(text: str, asked: str) -> str:
        if asked.startswith("Bo Lind"):
            return "against" if "rejects" in text else "for" if "Bo Lind accepts" in text else "none"
        return "none"

    told_sure = Oracle(stance=stance)
    told_sure.sure = 0.97
    (card,) = found(told, "night boat", oracle=told_sure)
    assert (card.type, set(card.a), card.b) == ("contradiction", {"a1", "a2"}, ("a3",))
    assert {r.kind for r in card.why} >= {"stances", "on_behalf"}


@pytest.mark.parametrize(("claim", "cards"), [("accepts", 1), ("is glad of", 0)])
def test_conflicts_of_a_claim_with_own_words_need_it_to_be_sure_or_plain(claim, cards):
    told = one_report(
        ("Ada Holm", f"Bo Lind {claim} the night boat without any reserve"),
        ("Bo Lind", "he rejects the night boat as a waste of money"),
    )

    def stance(text: str, asked: str) -> str:
        return "none" if not asked.startswith("Bo Lind") else "against" if "rejects" in text else "for"

    in_doubt = Oracle(stance=stance)
    in_doubt.sure = 0.91
    assert len(found(told, "night boat", oracle=in_doubt)) == cards


@pytest.mark.parametrize(("phrases", "cards"), [(("town",), 1), ((), 2)])
def test_conflicts_between_the_same_people_over_one_thing_are_one_card(phrases, cards):
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned of the cut in March"),
            Saying("a2", "Bo Lind", "denied", "that the town had been warned", stance="denies"),
        ),
        report(
            "b",
            Saying("b1", "Ada Holm", "said", "letters about the boats reached the whole town"),
            Saying("b2", "Bo Lind", "said", "no letters ever came to anybody in town"),
        ),
    )

    def parted(a: str, b: str) -> str:
        return "conflict" if any(word in a and word in b for word in ("warned", "letters")) else "none"

    conflicts_found = found(told, *phrases, rule=parted)
    assert len(conflicts_found) == cards
    assert {i for c in conflicts_found for i in (*c.a, *c.b)} == {"a1", "a2", "b1", "b2"}
    assert not any({"a1", "a2"} <= {*side} for c in conflicts_found for side in (c.a, c.b))


def test_conflicts_without_a_sure_pair_are_none():
    assert found(ferry()) == ()


def test_conflicts_of_figures_stand_between_passages_that_nobody_is_credited_with(reader, make_article):
    from onrecord.reconcile import reconcile

    six = make_article("The flood left six houses in the lower valley without a roof on Friday.", "a")
    nine = make_article("Nobody was hurt. The flood left nine houses in the lower valley without a roof.", "b")
    story = reconcile([reader.read(six), reader.read(nine)]).stories[0]
    (card,) = [c for c in story.conflicts if c.type == "figures"]
    text = {"a": six.text, "b": nine.text}
    assert (card.a, card.b) == ((), ())
    assert [text[p.article][p.start : p.end] for p in (*card.a_passages, *card.b_passages)] == [
        "The flood left six houses in the lower valley without a roof on Friday.",
        "The flood left nine houses in the lower valley without a roof.",
    ]


@pytest.mark.parametrize("thing", [" engineers", ""])
def test_conflicts_of_figures_in_one_saying_are_one_card_however_many_report_it(reader, make_article, thing):
    from onrecord.reconcile import reconcile

    words = "“We will send {} to the bridge before the winter,” Mayor Ada Orr told reporters in Tarn."
    told = [make_article(words.format(f"{n}{thing}"), key) for n, key in ((60, "a"), (16, "b"), (16, "c"), (60, "d"))]
    story = reconcile([reader.read(a) for a in told]).stories[0]
    (card,) = [c for c in story.conflicts if c.type == "figures"]
    where = {s.id: s.article for s in story.statements}
    sixteen, sixty = sorted(({where[s] for s in side} for side in (card.a, card.b)), key=lambda told: "b" not in told)
    assert sixteen == {"b", "c"}
    assert sixty
    assert sixty <= {"a", "d"}


def test_conflicts_of_wishes_are_one_card_an_issue():
    told = one_report(
        ("Ada Holm", "she backs the night boat and its crew"),
        ("Bo Lind", "he rejects the night boat as a waste"),
        ("Cy Vale", "she rejects the night boat too"),
    )
    stance = Oracle(stance=lambda a, b: "for" if "backs" in a else "against" if "rejects" in a else "none")
    (card,) = found(told, "night boat", oracle=stance)
    assert (card.type, card.a, set(card.b)) == ("position", ("a1",), {"a2", "a3"})
    assert card.about == "night boat"


@pytest.mark.parametrize("turned", [False, True])
def test_conflicts_do_not_depend_on_the_order_of_reports(turned, reader, story):
    from onrecord.reconcile import reconcile
    from onrecord.records import to_json

    readings = [reader.read(a) for a in story]
    assert to_json(reconcile(readings[::-1] if turned else readings)) == to_json(reconcile(readings))


def test_conflicts_of_a_claim_with_own_words_need_both_to_call_it_by_one_name():
    told = one_report(
        ("Ada Holm", "Bo Lind accepts the night boat without any reserve"),
        ("Bo Lind", "he rejects the evening ferry as a waste of money"),
    )

    def stance(text: str, asked: str) -> str:
        if asked.startswith("Bo Lind"):
            return "against" if "rejects" in text else "for" if "Bo Lind accepts" in text else "none"
        return "none"

    boat, ferries = told.topic("night boat"), told.topic("evening ferry")
    oracle = Oracle(stance=stance)
    stand = standing(told.units, [Topic([*boat.phrases, *ferries.phrases], 0.5)], told.statements, told.actors, oracle)
    assert {e.second_hand for e in stand.shown} == {True, False}
    cards = conflicts(told.readings, told.statements, told.units, [boat], stand, told.segments, oracle, BY_NETWORK)
    assert cards == ()


@pytest.mark.parametrize(("lead", "kind"), [("", "position"), ("But ", "contradiction")])
def test_conflicts_that_only_opposite_stances_tell_are_opposing_wishes(lead, kind):
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "she backs the night boat and its crew"),
            Saying("a2", "Bo Lind", "said", "he rejects the night boat as a waste", lead=lead),
        )
    )
    stance = Oracle(stance=lambda a, b: "for" if "backs" in a else "against" if "rejects" in a else "none")
    (card,) = found(told, "night boat", oracle=stance, rule=always)
    assert "stances" in {r.kind for r in card.why}
    assert card.type == kind


def test_conflicts_that_the_network_takes_for_opposing_wishes_are_called_so():
    told = one_report(("Ada Holm", "the boat should leave at nine"), ("Bo Lind", "the boat should never leave at nine"))
    for label, kind in (("position", "position"), ("conflict", "contradiction")):
        beside = Oracle(passage=lambda p, label=label: label)
        either = by("beside")
        (card,) = found(told, oracle=beside, weigher=either)
        assert card.type == kind


@pytest.mark.parametrize(
    ("cue", "stance", "kinds"), [("said", "asserts", {"set_against"}), ("denied", "denies", {"denial"})]
)
def test_conflicts_name_the_word_that_sets_one_side_against_the_other(cue, stance, kinds):
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned"),
            Saying(
                "a2", "Bo Lind", cue, "nobody had told the harbour", lead="But " if cue == "said" else "", stance=stance
            ),
        )
    )
    (card,) = found(told, rule=always)
    assert {r.kind for r in card.why} == kinds
    (reason,) = card.why
    assert told.words(reason.a or reason.b) == ("But" if cue == "said" else "denied")


def test_conflicts_that_a_report_tells_are_found_among_hundreds_of_sayings():
    sayings = [Saying(f"b{n}", "Cy Vale", "said", f"boat {n} leaves at {n}") for n in range(310)]
    told = Told(
        report("b", *sayings),
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned"),
            Saying("a2", "Bo Lind", "said", "nobody had told the harbour", lead="But "),
        ),
    )
    told = alike(told, {s.key for s in sayings}, {"a1"}, {"a2"})
    (card,) = found(told, weigher=by("answers"))
    assert {*card.a, *card.b} == {"a1", "a2"}


def test_conflicts_are_told_by_the_passage_where_a_report_has_both():
    first = Saying("a1", "Ada Holm", "said", "the town was warned")
    second = Saying("a2", "Bo Lind", "said", "nobody had told the harbour", lead="But ")
    answered = Oracle(passage=lambda p: "conflict" if "But" in p.between and "harbour" in p.second else "none")
    (card,) = found(Told(report("a", first, second)), oracle=answered, weigher=by("conflict_beside"))
    assert {*card.a, *card.b} == {"a1", "a2"}
    assert not found(Told(report("a", first), report("b", second)), oracle=answered, weigher=by("conflict_beside"))


@pytest.mark.parametrize(("lead", "cards"), [("", 0), ("But ", 1)])
def test_conflicts_that_no_words_tell_are_not_shown(lead, cards):
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town had word of the cut"),
            Saying("a2", "Bo Lind", "said", "Ada Holm had told the harbour", lead=lead),
        )
    )
    assert len(found(told, rule=always)) == cards


@pytest.mark.parametrize("speaker", ["Bo Lind", "Ada Holm"])
def test_conflicts_that_a_report_itself_tells_need_no_network(speaker):
    words = "gave a different account" if speaker == "Bo Lind" else "later changed her account"
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned"),
            Saying("a2", speaker, f"{words}, saying", "nobody had told the harbour"),
        )
    )
    (card,) = found(told)
    assert (card.type, card.a, card.b) == ("contradiction", ("a1",), ("a2",))
    (reason,) = card.why
    assert (reason.kind, told.words(reason.b)) == ("set_against", words.removeprefix("gave a ").removeprefix("later "))


def test_conflicts_of_somebody_with_himself_do_not_join_those_with_others():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned"),
            Saying("a2", "Bo Lind", "said", "nobody had told the harbour", lead="But "),
            Saying("a3", "Ada Holm", "later changed her account, saying", "nobody had told the harbour of it"),
        )
    )
    with_others = found(alike(told, {"a1"}, {"a2", "a3"}), rule=lambda a, b: always(a, b) if "Bo" in a + b else "none")
    assert sorted((c.a, c.b) for c in with_others) == [(("a1",), ("a2",)), (("a1",), ("a3",))]


@pytest.mark.parametrize(("cue", "kind"), [("called for", "position"), ("spoke of", "contradiction")])
def test_conflicts_of_two_demands_are_opposing_wishes(cue, kind):
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "demanded", "a night boat"),
            Saying("a2", "Bo Lind", cue, "an end to any boat", lead="But "),
        )
    )
    (card,) = found(told, rule=always)
    assert card.type == kind


@pytest.mark.parametrize(
    ("words", "negates"),
    [
        ("I would not use the word", False),
        ("I do not think they used the word", True),
        ("nobody would use the word", True),
        ("we never told the word to Ada Holm", False),
    ],
)
def test_conflicts_are_not_told_by_what_somebody_denies_of_himself(words, negates):
    told = one_report(("Ada Holm", "the mayor used the word and told it to all"), ("Bo Lind", words))
    cards = found(told, rule=always)
    assert any(r.kind == "negation" for c in cards for r in c.why) == negates


def test_conflicts_are_told_by_what_somebody_denies_of_himself_where_that_was_said_of_him():
    told = one_report(("Ada Holm", "Bo Lind used the word"), ("Bo Lind", "I never used the word"))
    (card,) = found(told, rule=always)
    assert "negation" in {r.kind for r in card.why}


@pytest.mark.parametrize(("end", "others"), [(", though ", set()), (". ", {"a1"})])
def test_conflicts_of_a_denial_are_with_what_the_same_sentence_sets_it_against(end, others):
    told = Told(
        report(
            "a",
            Saying("a1", "Cy Vale", "said", "the boat leaves at nine"),
            Saying("a2", "Ada Holm", "said", "the town would pay", end=end),
            Saying("a3", "Bo Lind", "rejected", "any share of it", stance="denies"),
        )
    )
    of_the_denial = [c for c in found(alike(told, {"a1"}, {"a2"}, {"a3"}), rule=always) if "a3" in (*c.a, *c.b)]
    assert {i for c in of_the_denial for i in (*c.a, *c.b)} - {"a2", "a3"} == others


def test_conflicts_stand_in_order_the_surest_first():
    told = Told(
        report(
            "a",
            Saying("a1", "Ada Holm", "said", "the town was warned"),
            Saying("a2", "Bo Lind", "gave a different account, saying", "nobody had told the harbour"),
            Saying("a3", "Cy Vale", "said", "the boat leaves at nine"),
            Saying("a4", "Dee Roth", "said", "not one crew is left", lead="But "),
        )
    )
    cards = found(
        alike(told, {"a1"}, {"a2"}, {"a3"}, {"a4"}),
        rule=lambda a, b: "conflict" if "Cy" in a + b and "Dee" in a + b else "none",
    )
    assert [c.a + c.b for c in cards] == [("a3", "a4"), ("a1", "a2")]
    assert cards[0].score > cards[1].score
