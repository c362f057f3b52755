"""Stances between entities are asked for those that a sentence names."""

from __future__ import annotations

from onrecord.evaluate.entity_stances import stance_sentences


def test_entity_stances_are_asked_of_entities_that_the_sentence_names():
    article = {
        "sentences": ["Nobody came.", "Ada Holm praised the ferry company."],
        "annotation": {
            "entity lists": [["Ada Holm"], ["the ferry company"], ["Bo Lind"]],
            "sentence-level stances": {
                "1": [{"subject": "Ada Holm", "sentiment": "POS", "object": "the ferry company"}],
                "7": [{"subject": "Bo Lind", "sentiment": "NEG", "object": "Ada Holm"}],
            },
        },
    }
    (sentence,) = stance_sentences([{"articles": [article]}])
    assert sentence.entities == ("Ada Holm", "the ferry company")
    assert ("Ada Holm", "the ferry company") in sentence.pairs
    assert sentence.stances == {("Ada Holm", "POS", "the ferry company")}
