"""One person under two names splits the record; two persons under one falsify it."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from onrecord.reconcile import reconcile, strangers
from onrecord.reconcile.actors import story_actors
from onrecord.records import Actor, AuthorityMatch, MadeBy, Reading, Role, Span, Statement, text_hash

WORDS = "“We are weeks away from a signature,”"


def reading(key: str, name: str, kind: str = "person", words: str = WORDS) -> Reading:
    text = f"{words} {name} said."
    span, content = Span(len(words) + 1, len(words) + 1 + len(name)), Span(0, len(words))
    statement = Statement(
        id=f"s-{key}",
        act="speech",
        kind="direct",
        stance="asserts",
        anonymous=kind == "unnamed",
        source=span,
        cue=None,
        content=(content,),
        speaker=f"a-{key}",
    )
    actor = Actor(f"a-{key}", name, kind, mentions=(span,))
    return Reading("onrecord/1", MadeBy("0", "w"), key, text_hash(text), text, statements=(statement,), actors=(actor,))


def speakers(*readings: Reading) -> int:
    return len({s.speaker for s in reconcile(readings).stories[0].statements})


@pytest.mark.parametrize(
    ("a", "b", "kind", "number"),
    [
        ("Anna Lind", "Anna Lind", "person", 1),
        ("Anna Lind", "Lind", "person", 1),
        ("Anna B. Lind", "Anna Lind", "person", 1),
        ("Anna Lind Jr.", "Anna Lind", "person", 1),
        ("A. Lind", "B. Lind", "person", 2),
        ("the Orangery", "The Orangery", "organisation", 1),
        ("Anna Lind", "Paul Orr", "person", 2),
        ("the Department of Justice", "the U.S. Justice Department", "organisation", 1),
        ("the Health Department", "the Justice Department", "organisation", 2),
        ("an official", "an official", "unnamed", 2),
    ],
)
def test_actors_are_one_where_their_names_make_it_certain(a, b, kind, number):
    assert speakers(reading("a", a, kind, "“No.”"), reading("b", b, kind, "“Yes.”")) == number


def test_actors_of_two_spellings_are_one_where_the_same_words_are_theirs():
    assert speakers(reading("a", "Anna Lind"), reading("b", "Anna Lund")) == 1
    assert speakers(reading("a", "Anna Lind", words="“No.”"), reading("b", "Anna Lund")) == 2


def test_actors_of_one_description_are_one_where_the_same_words_are_theirs():
    two, other = "two people familiar with the talks", "Two people familiar with the talks"
    assert speakers(reading("a", two, "unnamed"), reading("b", other, "unnamed")) == 1
    assert speakers(reading("a", two, "unnamed", "“No.”"), reading("b", other, "unnamed")) == 2
    assert speakers(reading("a", two, "unnamed"), reading("b", "an aide", "unnamed")) == 2


def with_roles(key: str, name: str, *roles: str) -> Reading:
    made = reading(key, name, words=f"“{key}.”")
    span = made.actors[0].mentions[0]
    return replace(made, actors=(replace(made.actors[0], roles=tuple(Role(r, span) for r in roles)),))


def test_actors_of_a_surname_alone_are_whoever_has_the_same_role():
    anna, paul = with_roles("a", "Anna Lind", "Senator"), with_roles("b", "Paul Lind", "Judge")
    assert speakers(anna, paul, with_roles("c", "Lind", "Judge")) == 2
    assert speakers(anna, paul, with_roles("c", "Lind")) == 3


def test_actors_known_by_a_role_are_whom_another_report_gives_it():
    named = with_roles("a", "Anna Lind", "the president of Castrel")
    assert speakers(named, with_roles("b", "Castrel’s president")) == 1
    assert speakers(named, with_roles("b", "president")) == 2


def test_actors_that_a_file_knows_as_one_are_one():
    match = AuthorityMatch("Anna Lind", "people.csv", "La Lind")
    a, b = reading("a", "Anna Lind", words="“No.”"), reading("b", "La Lind", words="“Yes.”")
    b = replace(b, actors=(replace(b.actors[0], authority=match, identifiers={"wikidata": "Q42"}),))
    a = replace(a, actors=(replace(a.actors[0], authority=match, identifiers={"wikidata": "Q42"}),))
    story = reconcile([a, b]).stories[0]
    assert [(x.name, x.identifiers) for x in story.actors] == [("Anna Lind", {"wikidata": "Q42"})]


def test_actors_of_a_seat_speak_for_a_government_that_another_report_has():
    russia = AuthorityMatch("Russia", "authority.csv", "Russia")
    kremlin = AuthorityMatch("Kremlin", "authority.csv", "Kremlin", "Russia")
    a, b = reading("a", "Russia", "government"), reading("b", "Kremlin", "government")
    a = replace(a, actors=(replace(a.actors[0], authority=russia),))
    b = replace(b, actors=(replace(b.actors[0], authority=kremlin),))
    actors = {x.name: x for x in reconcile([a, b]).stories[0].actors}
    assert [(link.actor, link.source) for link in actors["Kremlin"].speaks_for] == [
        (actors["Russia"].id, "authority.csv")
    ]


def test_actors_are_joined_in_time_that_grows_with_the_reports():
    names = [f"{first} {last}" for first in ("Anna", "Paul", "Mei", "Omar") for last in ("Lind", "Orr", "Dahl", "Sato")]

    def spent(n: int) -> float:
        readings = [reading(f"r{i}", names[i % len(names)], words=f"“Word{i} is out.”") for i in range(n)]
        began = time.perf_counter()
        story_actors(readings, [])
        return time.perf_counter() - began

    spent(50)
    few, many = min(spent(200) for _ in range(3)), min(spent(1600) for _ in range(3))
    assert many < 8 * few * 4


def test_actors_of_other_names_stay_two_though_the_same_words_are_theirs():
    assert speakers(reading("a", "Rustam Chalik"), reading("b", "Anna Lind")) == 2


def test_actors_tell_a_report_that_names_nobody_else_does():
    readings = [reading("a", "Anna Lind"), reading("b", "Anna Lind"), reading("c", "Paul Orr")]
    assert [r.id for r in strangers(readings)] == ["c"]
