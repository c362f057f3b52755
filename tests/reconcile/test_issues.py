"""What a story is about is named by noun phrases of its reports, one thing once."""

from __future__ import annotations

import pytest

from onrecord.read.segments import Segments
from onrecord.reconcile import who_said_what
from onrecord.reconcile.issues import merged, topics
from onrecord.reconcile.relations import meaning
from onrecord.reconcile.tellings import tellings
from onrecord.reconcile.units import units
from onrecord.reconcile.utterances import utterances

TEXT = (
    "Ada Holm said the night boat must stay. “The night boat feeds this town,” she told reporters. "
    "Bo Lind of the ferry company said another night boat would cost too much, and France had paid for the last one. "
    "He said the boat’s crew agreed with him."
)


@pytest.fixture
def found(reader, make_article):
    readings = [reader.read(make_article(TEXT, "a"))]
    actors, _, told = who_said_what(readings)
    return readings, told, actors, topics(readings, told, actors)


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
