"""A record that credits the wrong person is worse than none: these are the pointings back that must be right."""

from __future__ import annotations

import pytest

from onrecord.read.actors import actors
from onrecord.read.names import Name
from onrecord.read.people import People, office_after, office_before
from onrecord.read.segments import Segments
from onrecord.records import Span, Statement

LEAD = "Foreign Minister Anna Lind met the French president, Paul Orr, on Monday. "


def names_of(text, *persons, places=()):
    found = []
    for kind, words in (("PERSON", persons), ("ORGANIZATION", places)):
        for word in words:
            start = text.find(word)
            while start >= 0:
                found.append(Name(Span(start, start + len(word)), kind, word))
                start = text.find(word, start + 1)
    return sorted(found, key=lambda n: n.span)


@pytest.fixture
def speakers(make_article):
    """Gives the names of the speakers of statements, each (source, cue, content) by its words, after the lead."""

    def resolve(text, *told, persons=("Anna Lind", "Paul Orr"), places=()):
        statements = []
        for i, (source, cue, content) in enumerate(told):
            at = text.index(f"{source} {cue}")
            spans = [Span(at, at + len(source)), Span(at + len(source) + 1, at + len(source) + 1 + len(cue))]
            start = text.index(content)
            spans.append(Span(start, start + len(content)))
            kind = "direct" if content.startswith("“") else "indirect"
            statements.append(
                Statement(
                    id=f"s{i}",
                    act="speech",
                    kind=kind,
                    stance="asserts",
                    anonymous=False,
                    source=spans[0],
                    cue=spans[1],
                    content=(spans[2],),
                )
            )
        resolved, cast = actors(make_article(text), Segments(text), names_of(text, *persons, places=places), statements)
        known = {a.id: a.name for a in cast}
        return [known.get(s.speaker) for s in resolved], resolved, cast

    return resolve


def test_actors_know_a_surname_and_an_honorific(speakers):
    text = LEAD + "Lind said it was over. Mr. Orr said it was not."
    who, _, _ = speakers(text, ("Lind", "said", "it was over"), ("Mr. Orr", "said", "it was not"))
    assert who == ["Anna Lind", "Paul Orr"]


def test_actors_know_an_office_by_what_the_report_says(speakers):
    text = LEAD + "The French president said it was over. The minister said it was not."
    who, _, _ = speakers(text, ("The French president", "said", "it was over"), ("The minister", "said", "it was not"))
    assert who == ["Paul Orr", "Anna Lind"]


def test_actors_do_not_give_an_office_to_whom_it_was_not_given(speakers):
    text = LEAD + "The German president said it was over."
    who, _, _ = speakers(text, ("The German president", "said", "it was over"))
    assert who == ["German president"]


def test_actors_follow_a_pronoun_to_who_spoke_last(speakers):
    text = LEAD + "Orr said it was over. “We are going home now,” he added."
    who, _, _ = speakers(text, ("Orr", "said", "it was over"), ("he", "added", "“We are going home now,”"))
    assert who == ["Paul Orr", "Paul Orr"]


def test_actors_do_not_give_a_pronoun_to_the_other_gender(speakers):
    text = "Mr. Paul Orr met Ms. Anna Lind. Orr said it was over. She agreed it was over."
    who, _, _ = speakers(text, ("Orr", "said", "it was over"), ("She", "agreed", "it was over"))
    assert who == ["Paul Orr", "Anna Lind"]


def test_actors_keep_the_spokesman_apart_from_whom_he_speaks_for(speakers):
    text = "Orr’s spokesman, Carl Dahl, said it was over. A spokesman for Lind said it was not."
    who, told, _ = speakers(
        text,
        ("Orr’s spokesman, Carl Dahl,", "said", "it was over"),
        ("A spokesman for Lind", "said", "it was not"),
        persons=("Orr", "Carl Dahl", "Lind"),
    )
    assert who == ["Carl Dahl", "A spokesman for Lind"]
    assert [s.anonymous for s in told] == [False, True]


def test_actors_know_the_unnamed_source_again(speakers):
    text = "Two people familiar with the talks said it was over. The sources said it was hard."
    who, told, _ = speakers(
        text, ("Two people familiar with the talks", "said", "it was over"), ("The sources", "said", "it was hard")
    )
    assert who == ["Two people familiar with the talks"] * 2
    assert all(s.anonymous for s in told)


def test_actors_take_two_names_for_a_group(speakers):
    text = LEAD + "Lind and Orr said it was over."
    who, _, _ = speakers(
        text, ("Lind and Orr", "said", "it was over"), persons=("Anna Lind", "Paul Orr", "Lind", "Orr")
    )
    assert who == ["Lind and Orr"]


def test_actors_say_nothing_where_nothing_is_known(speakers):
    text = "He said it was over. You know it was not."
    who, _, _ = speakers(text, ("He", "said", "it was over"), ("You", "know", "it was not"), persons=())
    assert who == [None, None]


def test_people_keep_two_of_one_surname_apart():
    text = "Henrik Dahl left. Karin Dahl stayed. Ms. Karin Dahl spoke; Henrik Dahl did not."
    people = People(text, Segments(text), names_of(text, "Henrik Dahl", "Karin Dahl"))
    assert [(p.name, len(p.mentions)) for p in people.persons] == [("Henrik Dahl", 2), ("Karin Dahl", 2)]


def test_people_find_a_name_the_network_missed():
    text = "Henrik Dahl left. Later Dahl came back."
    people = People(text, Segments(text), names_of(text, "Henrik Dahl"))
    assert [n.text for n in people.persons[0].mentions] == ["Henrik Dahl", "Dahl"]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Kremlin spokesperson Carl Dahl left.", "Kremlin spokesperson", None),
        ("She met the French president, Carl Dahl, there.", "the French president", None),
        ("Carl Dahl, a former adviser on trade, left.", None, "a former adviser on trade"),
        ("On Monday Carl Dahl left.", None, None),
        ("When he saw Carl Dahl, who left, he stayed.", None, None),
    ],
)
def test_people_take_offices_from_the_words_around_a_name(text, before, after):
    start = text.index("Carl Dahl")
    name = Span(start, start + len("Carl Dahl"))
    found = office_before(text, Segments(text), name), office_after(text, name)
    assert tuple(r.text if r else None for r in found) == (before, after)


def test_a_first_name_that_an_editor_added_is_part_of_the_name(reader, make_article):
    text = (
        "“We have heard leaders like [French] President [Emmanuel] Macron offer to do just that,” Hughes said.\n\n"
        "“We want a deal,” Macron said."
    )
    assert "Emmanuel Macron" in {a.name for a in reader.read(make_article(text)).actors}
