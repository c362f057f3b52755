"""What a story is about is named by noun phrases of its reports, one thing once."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord.read.segments import Segments
from onrecord.reconcile import who_said_what
from onrecord.reconcile.issues import Phrase, Topic, key_of, merged, phrases, topics
from onrecord.reconcile.relations import meaning
from onrecord.reconcile.tellings import tellings
from onrecord.reconcile.units import units
from onrecord.reconcile.utterances import utterances
from onrecord.records import ArticleSpan, StoryActor

TEXT = (
    "Ada Holm said the night boat must stay. “The night boat feeds this town,” she told reporters. "
    "Bo Lind of the ferry company said another night boat would cost too much, and France had paid for the last one. "
    "He said the boat’s crew agreed with him."
)


def read(reader, make_article, text: str):
    """Return the reading of one report, its statements and whom it mentions."""
    readings = [reader.read(make_article(text, "a"))]
    actors, _, told = who_said_what(readings)
    return readings, told, actors


@pytest.fixture
def found(reader, make_article):
    readings, told, actors = read(reader, make_article, TEXT)
    return readings, told, actors, topics(readings, told, actors, meaning())


def test_issues_are_named_by_phrases_of_the_reports(found):
    readings, _, _, named = found
    assert named[0].name == "night boat"
    for topic in named:
        for place in topic.places:
            assert 0 <= place.start < place.end <= len(readings[0].text)
        assert topic.name in TEXT


def test_issues_take_a_phrase_and_what_it_ends_in_for_one_thing(found):
    _, _, _, named = found
    assert [t.name for t in named if "boat" in t.name.split()[-1:]] == ["night boat"]


def test_issues_are_neither_actors_nor_countries_nor_opened_by_empty_words(found):
    _, _, _, named = found
    names = {t.name for t in named}
    assert not names & {"France", "Ada Holm", "Bo Lind", "another night boat"}


def test_issues_of_one_thing_under_two_names_are_one(found):
    readings, told, actors, named = found
    ready = units(
        utterances(readings, told, actors), actors, tellings(readings, told), {r.id: Segments(r.text) for r in readings}
    )
    together = merged([named[0], named[0]], ready, meaning())
    assert len(together) == 1
    assert merged([], ready, meaning()) == []


def named_in(reader, make_article, text: str) -> set[str]:
    readings, told, actors = read(reader, make_article, text)
    return {t.name for t in topics(readings, told, actors, meaning())}


def test_issues_are_the_ending_of_a_war_and_not_the_war(reader, make_article):
    names = named_in(
        reader,
        make_article,
        "Ada Holm said the island war had cost too many lives. Bo Lind said he wanted to end the war by spring. "
        "Cy Vale told reporters that the war could last for years.",
    )
    assert "end the war" in names
    assert not {n for n in names if key_of(n)[-1:] == ("war",)} - {"end the war"}


def test_issues_are_a_war_that_somebody_calls_for_or_opposes(reader, make_article):
    names = named_in(reader, make_article, "Ada Holm said she opposed the island war from its first day.")
    assert "island war" in names


def test_issues_are_no_words_that_stand_for_others_and_none_that_praise(reader, make_article):
    names = named_in(
        reader,
        make_article,
        "Ada Holm said the town rejects the idea. Bo Lind said they had held the frankest talks about the night boat. "
        "Cy Vale said that such a move would ruin the ferry company.",
    )
    assert not names & {"idea", "move", "frankest talks"}
    assert "night boat" in names


def test_issues_are_not_what_something_is_only_called(reader, make_article):
    names = named_in(
        reader,
        make_article,
        "Ada Holm said the inspections would be “a customs house on our quay”. Bo Lind welcomed the inspections.",
    )
    assert "inspections" in names
    assert "customs house" not in names


def test_issues_are_likelier_by_what_they_mean_and_by_sides_taken(reader, make_article):
    text = (
        "Ada Holm said the town opposes the ferry strike. Bo Lind said the grey gulls had flown over the ferry. "
        "Cy Vale said the crew supports the ferry strike. Dee Roth said the grey gulls were loud."
    )
    readings, told, actors = read(reader, make_article, text)
    found = {t.name: t.chance for t in topics(readings, told, actors, meaning())}
    assert found["ferry strike"] > 2 * found["grey gulls"]


def test_issues_are_called_by_what_an_utterance_calls_them(reader, make_article):
    text = "Ada Holm said the town backs the harbour deal. Bo Lind said he rejects any agreement on the night boat."
    readings, told, actors = read(reader, make_article, text)
    ready = units(
        utterances(readings, told, actors), actors, tellings(readings, told), {r.id: Segments(r.text) for r in readings}
    )
    deal = next(t for t in topics(readings, told, actors, meaning()) if len(t.naming(ready)) == 2)
    assert sorted(deal.named_in(u) for u in ready) == ["agreement", "harbour deal"]
    assert not deal.same_name(*ready)


def a_phrase(words: str, *statements: str, chance: float = 0.2, completed: tuple[str, ...] = ()) -> Phrase:
    places = [ArticleSpan("a", n, n + 1) for n, _ in enumerate(statements)]
    return Phrase(
        tuple(words.split()), Counter([words]), Counter(completed), places, dict.fromkeys(statements), chance=chance
    )


@pytest.mark.parametrize(
    ("fuller", "name"),
    [
        ([a_phrase("ferry bill", "1", "2")], "ferry bill"),
        ([a_phrase("ferry bill", "1", "2"), a_phrase("second ferry bill", "2")], "ferry bill"),
        ([a_phrase("ferry bill", "1")], "bill"),  # may be a slip
        ([a_phrase("ferry bill", "1", "2"), a_phrase("water bill", "3", "4")], "bill"),  # two things
        ([a_phrase("Lind’s bill", "1", "2")], "bill"),  # says whose, not what
    ],
)
def test_issues_of_a_bare_noun_are_called_by_what_most_of_its_fuller_names_agree_on(fuller, name):
    bare = a_phrase("bill", "1", "2", "3", "4", chance=0.9)
    assert Topic([bare, *fuller], 0.9).name == name


@pytest.mark.parametrize(
    ("completed", "name"),
    [
        (("plan to sell the boat", "plan to sell the boat"), "plan to sell the boat"),
        (("plan to sell the boat",), "plan"),  # seldom
        (("plan to sell the boat", "plan to sell the boat", "plan to mend it", "plan for it", "plan of it"), "plan"),
    ],
)
def test_issues_of_a_bare_noun_are_called_by_what_often_completes_it(completed, name):
    assert Topic([a_phrase("plan", *"12345", completed=completed)], 0.9).name == name
    whole = a_phrase("bold plan", *"12345", completed=completed)
    assert Topic([whole], 0.9).name == "bold plan"


def test_issues_are_completed_by_the_phrase_behind_them_if_that_is_no_time(reader, make_article):
    text = (
        "Ada Holm said she opposed the mayor’s attempt to move the harbour. Bo Lind said he backed the proposal on "
        "Tuesday. Cy Vale said the attempt to move the harbour was illegal."
    )
    readings, told, actors = read(reader, make_article, text)
    found = {form for p in phrases(readings, told, actors) for form in p.completed}
    assert "attempt to move the harbour" in found
    assert not any("Tuesday" in form for form in found)
    assert all(form in text for form in found)


def test_issues_are_not_what_actors_are_mentioned_by(found):
    readings, told, actors, named = found
    boat = next(t for t in named if t.name == "night boat")
    crew = StoryActor(id="x", name="Holm Lines", kind="organisation", mentions=tuple(boat.places))
    assert "night boat" in {p.name for p in phrases(readings, told, actors)}
    assert "night boat" not in {p.name for p in phrases(readings, told, [*actors, crew])}
