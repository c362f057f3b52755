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


def test_actors_know_a_newspaper_by_its_place_and_its_editorial_as_its_own(speakers):
    text = LEAD + "The Dorne newspaper said it was over. The newspaper’s editorial said it was not."
    told = ("The Dorne newspaper", "said", "it was over"), ("The newspaper’s editorial", "said", "it was not")
    who, _, _ = speakers(text, *told)
    assert who == ["Dorne newspaper", "Dorne newspaper"]


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
    assert [(p.name, len(p.names)) for p in people.persons] == [("Henrik Dahl", 2), ("Karin Dahl", 2)]


def test_people_show_a_surname_that_may_be_either_of_two():
    text = "Henrik Dahl left.\n\nKarin Dahl stayed.\n\nDahl said nothing."
    people = People(text, Segments(text), names_of(text, "Henrik Dahl", "Karin Dahl", "Dahl"))
    unclear = people.persons[-1]
    assert (unclear.name, [c.name for c in unclear.candidates]) == ("Dahl", ["Henrik Dahl", "Karin Dahl"])


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Henrik Dahl left. His daughter Karin Dahl stayed.\n\nDahl said nothing.", "Henrik Dahl"),
        ("Henrik Dahl left.\n\nKarin Dahl stayed. Dahl said nothing.", "Karin Dahl"),
        ("Minister Henrik Dahl left. Karin Dahl stayed.\n\nThe minister was angry. Dahl said nothing.", "Henrik Dahl"),
        ("Henrik Dahl left. Karin Dahl stayed. Ms. Karin Dahl smiled.\n\nMs. Dahl said nothing.", "Karin Dahl"),
    ],
)
def test_people_tell_two_of_one_surname_apart_by_what_the_text_says(text, owner):
    people = People(text, Segments(text), names_of(text, "Henrik Dahl", "Karin Dahl"))
    assert people.of(people.names[-1]).name == owner


def test_people_find_a_name_the_network_missed():
    text = "Henrik Dahl left. Later Dahl came back."
    people = People(text, Segments(text), names_of(text, "Henrik Dahl"))
    assert [n.text for n in people.persons[0].names] == ["Henrik Dahl", "Dahl"]


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


def test_actors_let_the_text_tell_a_gender(speakers):
    text = "Paul Orr left. Anna Lind spoke after the talks, and she looked tired.\n\n“It is over,” he added."
    who, _, _ = speakers(text, ("he", "added", "“It is over,”"))
    assert who == ["Paul Orr"]


def test_actors_credit_a_document_to_whoever_it_is_by(speakers):
    text = "Lind’s statement said it was over. The statement added that it was late. A memo seen by Reuters said no."
    who, told, _ = speakers(
        text,
        ("Lind’s statement", "said", "it was over"),
        ("The statement", "added", "that it was late"),
        ("A memo seen by Reuters", "said", "no"),
        persons=("Lind",),
        places=("Reuters",),
    )
    assert who == ["Lind", "Lind", "A memo seen by Reuters"]
    assert [s.source_kind for s in told] == ["document"] * 3


def test_actors_say_why_a_source_is_not_named(speakers):
    text = "An official, who spoke on condition of anonymity because the talks are secret, said it was over."
    _, told, cast = speakers(text, (text[: text.index(" said")], "said", "it was over"), persons=())
    assert told[0].source_kind == "unnamed"
    reason = cast[0].anonymity[0]
    assert reason.text == "who spoke on condition of anonymity because the talks are secret"
    assert reason.span.of(text) == reason.text


def test_actors_keep_one_source_apart_from_several(speakers):
    text = "Two people familiar with the talks said it was over. The source familiar with them said it was hard."
    who, _, _ = speakers(
        text,
        ("Two people familiar with the talks", "said", "it was over"),
        ("The source familiar with them", "said", "it was hard"),
        persons=(),
    )
    assert who[0] != who[1]


def test_actors_know_a_group_by_its_members(speakers):
    text = LEAD + "Lind and Orr said it was over. In Rome, Anna Lind and Paul Orr said it was late."
    who, told, cast = speakers(
        text,
        ("Lind and Orr", "said", "it was over"),
        ("Anna Lind and Paul Orr", "said", "it was late"),
        persons=("Anna Lind", "Paul Orr", "Lind", "Orr"),
    )
    assert who == ["Lind and Orr"] * 2
    names = {a.id: a.name for a in cast}
    assert next([names[m] for m in a.members] for a in cast if a.kind == "group") == ["Anna Lind", "Paul Orr"]
    assert told[0].source_kind == "collective"


def test_actors_know_an_agency(speakers):
    text = "Reuters reported that it was over."
    _, told, cast = speakers(text, ("Reuters", "reported", "that it was over"), persons=(), places=("Reuters",))
    assert (told[0].source_kind, cast[0].agency) == ("outlet", True)


@pytest.mark.parametrize(
    ("text", "persons", "places", "links"),
    [
        ("Kremlin spokesperson Carl Dahl said no.", ("Carl Dahl",), ("Kremlin",), {("Carl Dahl", "Kremlin")}),
        ("Orr’s spokesman, Carl Dahl, said no.", ("Carl Dahl", "Orr"), (), {("Carl Dahl", "Orr")}),
        ("Carl Dahl, a lawyer for Orr, said no.", ("Carl Dahl", "Orr"), (), {("Carl Dahl", "Orr")}),
        ("Carl Dahl, a former spokesman for Orr, said no.", ("Carl Dahl", "Orr"), (), set()),
        ("French Foreign Minister Carl Dahl left France.", ("Carl Dahl",), ("France",), {("Carl Dahl", "France")}),
        ("U.S. ambassador to France Carl Dahl said no.", ("Carl Dahl",), ("France",), set()),
        ("Texas Attorney General Carl Dahl said no.", ("Carl Dahl",), ("Texas",), set()),
        ("Carl Dahl met Orr’s sister.", ("Carl Dahl", "Orr"), (), set()),
    ],
)
def test_actors_speak_for_whom_the_words_say(speakers, text, persons, places, links):
    _, _, cast = speakers(text, persons=persons, places=places)
    names = {a.id: a.name for a in cast}
    assert {(a.name, names[link.actor]) for a in cast for link in a.speaks_for} == links
    for link in (link for a in cast for link in a.speaks_for):
        assert link.span.of(text) in text


def test_actors_that_are_capitals_speak_for_their_governments(speakers):
    text = "Moscow said it was over. Russia said it was late."
    _, _, cast = speakers(
        text,
        ("Moscow", "said", "it was over"),
        ("Russia", "said", "it was late"),
        persons=(),
        places=("Moscow", "Russia"),
    )
    names = {a.id: a.name for a in cast}
    assert [(a.name, names[link.actor], link.source) for a in cast for link in a.speaks_for] == [
        ("Moscow", "Russia", "authority.csv")
    ]
    assert next(a.identifiers for a in cast if a.name == "Russia") == {"geonames": "2017370", "iso3166": "RU"}


def test_actors_name_later_whom_a_lead_is_about(speakers):
    text = "An officer said it was over. Carl Dahl, a lieutenant colonel, said it was late."
    told = (("An officer", "said", "it was over"), ("Carl Dahl, a lieutenant colonel,", "said", "it was late"))
    who, statements, _ = speakers(text, *told, persons=("Carl Dahl",))
    assert (who, [s.anonymous for s in statements]) == (["Carl Dahl"] * 2, [False, False])
    text += " The officer said no."
    who, statements, _ = speakers(text, *told, ("The officer", "said", "no"), persons=("Carl Dahl",))
    assert [s.anonymous for s in statements] == [True, False, True]


def test_actors_credit_a_document_to_whom_the_text_elsewhere_says_it_is_by(speakers):
    text = "The report said it was over. The Lind Institute released the report on Monday."
    who, _, _ = speakers(text, ("The report", "said", "it was over"), persons=(), places=("Lind Institute",))
    assert who == ["Lind Institute"]


def test_actors_know_a_body_by_its_last_word(speakers):
    text = (
        "The Ilmara Basin Commission met. The commission said it was over. The commission’s own note said it was late."
    )
    who, _, _ = speakers(
        text,
        ("The commission", "said", "it was over"),
        ("The commission’s own note", "said", "it was late"),
        persons=(),
        places=("Ilmara Basin Commission",),
    )
    assert who == ["Ilmara Basin Commission"] * 2


def test_actors_know_an_abbreviation(speakers):
    text = "The Lower Ilmara Growers Union (LIGU) met. LIGU said it was over."
    who, _, cast = speakers(
        text, ("LIGU", "said", "it was over"), persons=(), places=("Lower Ilmara Growers Union", "LIGU")
    )
    assert who == ["LIGU"]  # as the text calls it most
    assert "Lower Ilmara Growers Union" in cast[0].aliases


def test_actors_are_mentioned_by_their_pronouns_too(reader, make_article):
    text = (
        "Ms. Anna Lind left on Monday. She was tired. Paul Orr wrote to her. “She is tired,” Lind said of her sister."
    )
    lind = next(a for a in reader.read(make_article(text)).actors if a.name == "Anna Lind")
    assert [m.of(text) for m in lind.mentions][:3] == ["Anna Lind", "She", "her"]
    assert not any(m.start == text.index("“She") + 1 for m in lind.mentions)


def test_chains_hold_what_means_the_same(reader, make_article):
    text = "Anna Lind signed the treaty on Monday. She said the treaty was good. The weather was bad."
    chains = [[s.of(text) for s in chain] for chain in reader.chains(make_article(text, language="en"))]
    assert ["Anna Lind", "She"] in chains
    assert ["the treaty", "the treaty"] in chains
    assert reader.chains(make_article("", language="en")) == []
