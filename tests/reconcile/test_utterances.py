"""The same words in two reports are one utterance, and what differs in them is shown."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import structs

from onrecord.ingest import ingest
from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import Article, MadeBy, Reading, Span, Statement, text_hash, to_json

SHORTER = "“There is no agreement on monitors,”"
LONGER = "“There is no agreement on monitors at all.”"


def reading(key: str, text: str, *quoted: str, speaker: str | None = None) -> Reading:
    statements = []
    for i, words in enumerate(quoted):
        start = text.index(words)
        statements.append(
            Statement(
                id=f"{key}{i}",
                act="speech",
                kind="direct",
                stance="asserts",
                anonymous=False,
                source=None,
                cue=None,
                content=(Span(start, start + len(words)),),
                speaker=speaker,
            )
        )
    return Reading("onrecord/1", MadeBy("0", "w"), key, text_hash(text), text, statements=tuple(statements))


def shown(dossier, spans):
    texts = {a.id: a.text for a in dossier.stories[0].articles}
    return [texts[s.article][s.start : s.end] for s in spans]


def test_utterances_join_a_verbatim_quotation_across_reports():
    a = reading("a", f"{SHORTER} he said.", SHORTER)
    b = reading("b", f"He said: {LONGER}", LONGER)
    story = reconcile([a, b]).stories[0]
    assert [u.statements for u in story.utterances] == [("a0", "b0")]
    assert story.utterances[0].fullest == "b0"


def test_utterances_keep_other_words_apart():
    a = reading("a", f"{SHORTER} he said.", SHORTER)
    b = reading("b", "“We are weeks away from a signature,” she said.", "“We are weeks away from a signature,”")
    assert len(reconcile([a, b]).stories[0].utterances) == 2


def test_utterances_show_a_word_that_changes_the_sense_in_both_reports():
    here, there = "“There is no agreement on any monitors now,”", "“There will be no agreement on any monitors now,”"
    a, b = reading("a", f"{here} he said.", here), reading("b", f"{there} he said.", there)
    dossier = reconcile([a, b])
    (variant,) = dossier.stories[0].utterances[0].variants
    (difference,) = variant.differences
    assert difference.kind == "changed"
    assert sorted(shown(dossier, [difference.own, difference.fullest])) == ["is", "will be"]


def test_utterances_count_a_reprint_once():
    line = "“There is no agreement on monitors,” he said before he left the hall by a side door with two guards."
    story = reconcile([reading(k, line, "“There is no agreement on monitors,”") for k in "abc"]).stories[0]
    (utterance,) = story.utterances
    assert utterance.origins == 1
    assert [(o.by, o.articles) for o in utterance.origin] == [("reprint", ("a", "b", "c"))]


def test_utterances_that_two_reports_quote_alike_have_two_origins():
    line = "“There is no agreement on monitors,” he said."
    story = reconcile([reading(k, line, "“There is no agreement on monitors,”") for k in "ab"]).stories[0]
    assert story.utterances[0].origins == 2


def test_utterances_keep_two_sayings_apart_that_one_report_splices():
    first, second = "“I put the question to him twice,”", "“We are weeks away from a signature.”"
    whole = f"{first} she said. {second}"
    spliced = reading("a", whole, first)
    piece = Span(whole.index(second), whole.index(second) + len(second))
    one = structs.replace(spliced.statements[0], content=(*spliced.statements[0].content, piece))
    spliced = structs.replace(spliced, statements=(one,))
    apart = reading("b", f"{first} she said. Later: {second}", first, second)
    story = reconcile([spliced, apart]).stories[0]
    assert [u.statements for u in story.utterances] == [("a0", "b0"), ("a0", "b1")]


def test_utterances_do_not_depend_on_the_order_of_reports():
    a = reading("a", f"{SHORTER} he said.", SHORTER)
    b = reading("b", f"He said: {LONGER}", LONGER)
    one, other = reconcile([a, b]).stories[0], reconcile([b, a]).stories[0]
    assert one.id == other.id
    assert {u.id for u in one.utterances} == {u.id for u in other.utterances}
    assert one.utterances[0].fullest == other.utterances[0].fullest


def test_utterances_and_all_else_are_the_same_bytes_in_any_order(reader: Reader, example: Path) -> None:
    readings = [reader.read(a) for a in ingest([example])]
    there, back = (to_json(reconcile(order)) for order in (readings, readings[::-1]))
    assert there == back


def test_utterances_join_paraphrases_and_cuts_but_not_other_words_on_the_matter(reader: Reader) -> None:
    texts = {
        "a": "The mayor, Ada Lind, said on Monday that the ferry would stay in port until the pier had been rebuilt.",
        "b": "“The ferry will stay in port until the pier has been rebuilt,” Ada Lind, the mayor, said on Monday.",
        "c": "“We have asked the owners of the ferry for their papers,” the mayor, Ada Lind, said on Monday.",
    }
    made = [Article(k, t, text_hash(t), published="2025-03-04", language="en") for k, t in texts.items()]
    story = reconcile([reader.read(a) for a in made]).stories[0]
    article = {s.id: s.article for s in story.statements}
    assert sorted(sorted(article[i] for i in u.statements) for u in story.utterances) == [["a", "b"], ["c"]]


def test_utterances_of_readings_without_vectors_join_by_their_words(reader: Reader) -> None:
    here, there = (
        "“There is no agreement on any monitors now,”",
        "“There is no agreement on any monitors now, and none”",
    )
    readings = [reading("a", f"{here} he said.", here), reading("b", f"{there} he said.", there)]
    assert all(r.meanings is msgspec.UNSET for r in readings)
    assert len(reconcile(readings).stories[0].utterances) == 1


def test_readings_have_vectors_in_memory_alone(reader: Reader) -> None:
    text = "“The ferry will stay in port,” said Ada Lind, the mayor."
    told = reader.read(Article("a", text, text_hash(text), language="en"))
    assert told.meanings
    assert all(m.statement in {s.id for s in told.statements} for m in told.meanings)
    assert b"meanings" not in to_json(told)


def test_utterances_stand_alone_where_no_words_are_given():
    silent = reading("a", f"{SHORTER} he said. Asked again, he was silent.", SHORTER)
    first = silent.statements[0]
    nothing = structs.replace(first, id="a1", kind="indirect", stance="no_comment", cue=Span(40, 45), content=())
    story = reconcile([structs.replace(silent, statements=(first, nothing))]).stories[0]
    assert [u.statements for u in story.utterances] == [("a0",), ("a1",)]
