"""To whom and on what occasion: told apart from the words themselves."""

from __future__ import annotations

import pytest

from onrecord.read.attributions import Attribution
from onrecord.read.circumstances import addressee, occasion, without_circumstances
from onrecord.read.segments import Segments
from onrecord.records import Span


def place(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def attribution(text, source, cue, content):
    return Attribution(place(text, source), place(text, cue), (place(text, content),), 0.9)


@pytest.mark.parametrize(
    ("text", "cue", "content", "whom"),
    [
        ("“We will wait,” Lind told reporters on Monday.", "told", "“We will wait,”", "reporters"),
        ("Lind told the Harbour Post by telephone that it was late.", "told", "that it was late", "the Harbour Post"),
        ("Lind said to her deputy that it was late.", "said", "that it was late", "her deputy"),
        ("Lind said to wait.", "said", "to wait", None),
        ("Lind assured on Monday that it was safe.", "assured", "that it was safe", None),
        ("Lind said that it was late.", "said", "that it was late", None),
        ("Lind is expected to be heard.", "is expected", "to be heard", None),
    ],
)
def test_the_addressee_stands_between_telling_and_what_is_told(text, cue, content, whom):
    found = addressee(text, Segments(text), attribution(text, "Lind", cue, content))
    assert (found and found.of(text)) == whom


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("“We will wait,” Lind said in an interview with the Harbour Post.", "in an interview with the Harbour Post"),
        ("At a news conference in Tarn, Lind said “We will wait,” and left.", "At a news conference in Tarn"),
        ("“We will wait,” Lind said on Twitter.", "on Twitter"),
        ("“We will wait,” Lind said during a meeting at the Tarn House.", "during a meeting at the Tarn House"),
        ("“We will wait,” Lind said at a briefing in the Tarn valley.", "at a briefing"),
        ("“We will wait,” Lind said on Monday.", None),
        ("“We will wait,” Lind announced on X.", "on X"),
        ("Lind said “We will wait in a meeting room.”", None),
        ("After the briefing, Lind said “We will wait.”", None),
        ("At a meeting in Tarn, Lind said, her aide “left in anger.”", None),
        ("In an interview, Lind said, “We will wait.”", "In an interview"),
    ],
)
def test_the_occasion_is_named_outside_the_words(text, where):
    quoted = text[text.index("“") : text.index("”") + 1]
    found = occasion(
        text, Segments(text), attribution(text, "Lind", "announced on X" if "announced" in text else "said", quoted)
    )
    assert (found and found.of(text)) == where


@pytest.mark.parametrize(
    ("text", "cue", "content", "left"),
    [
        (
            "Lind demanded a halt to the works in a series of tweets.",
            "demanded",
            "a halt to the works in a series of tweets",
            "a halt to the works ",
        ),
        (
            "Lind told a crowd of farmers that the dam was safe.",
            "told",
            "a crowd of farmers that the dam was safe",
            "that the dam was safe",
        ),
        (
            "Lind urged a new vote, though her party was against it.",
            "urged",
            "a new vote, though her party was against it",
            "a new vote",
        ),
        ("Lind proposed to say so in a letter.", "proposed", "to say so in a letter", "to say so "),
        ("Lind said “so, though late, in a letter.”", "said", "“so, though late, in a letter.”", None),
        (
            "According to Lind, a former governor, the dam was safe.",
            "According to",
            "a former governor, the dam was safe",
            "the dam was safe",
        ),
        ("Lind read in a statement.", "read", "in a statement", None),
    ],
)
def test_told_words_are_cut_free_of_what_tells_of_the_saying(text, cue, content, left):
    kept = without_circumstances(text, Segments(text), attribution(text, "Lind", cue, content), place(text, content))
    assert kept.of(text) == (content if left is None else left)
