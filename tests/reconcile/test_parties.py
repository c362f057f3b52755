"""The party of an actor is what the reports' words around the name tell."""

from __future__ import annotations

import pytest

from onrecord.reconcile.parties import parties
from onrecord.records import ArticleSpan, StoryActor, StoryLink


def actor(text: str, name: str, **fields: object) -> StoryActor:
    at = text.index(name)
    return StoryActor(id=name, name=name, kind="person", mentions=(ArticleSpan("a", at, at + len(name)),), **fields)


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Senator Ann Vale (D-Calif.) said no.", "Ann Vale", "democrat"),
        ("Ann Vale, R-Tex., said no.", "Ann Vale", "republican"),
        ("Ann Vale, a Republican, said no.", "Ann Vale", "republican"),
        ("The Republican leader Ann Vale said no.", "Ann Vale", "republican"),
        ("Another Republican, Sen. Ann Vale, said no.", "Ann Vale", "republican"),
        ("House Democrats said no.", "House Democrats", "democrat"),
        ("Labour's Ann Vale said no.", "Ann Vale", "labour"),
        ("It was opposed by Democrats. Ann Vale said no.", "Ann Vale", None),
        ("Democrats and Ann Vale said no.", "Ann Vale", None),
        ("Ann Vale (Dorne) said no.", "Ann Vale", None),
        ("Ann Vale said no to a Republican.", "Ann Vale", None),
    ],
)
def test_parties_are_told_by_the_words_around_a_name(text, name, party):
    assert parties([actor(text, name)], {"a": text}).get(name) == party


def test_parties_of_who_speaks_for_somebody_are_theirs():
    text = "Ann Vale (D-Calif.) stayed away. Bo Lind said no."
    found = parties([actor(text, "Ann Vale"), actor(text, "Bo Lind", speaks_for=(StoryLink("Ann Vale"),))], {"a": text})
    assert found == {"Ann Vale": "democrat", "Bo Lind": "democrat"}


def test_parties_told_two_ways_are_not_told():
    text = "Ann Vale (D-Calif.) met Ann Vale (R-Tex.)."
    places = tuple(ArticleSpan("a", i, i + 8) for i in range(len(text)) if text.startswith("Ann Vale", i))
    assert parties([StoryActor(id="x", name="Ann Vale", kind="person", mentions=places)], {"a": text}) == {}
