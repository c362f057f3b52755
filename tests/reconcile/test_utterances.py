"""The same words in two reports are one utterance, and what differs in them is shown."""

from __future__ import annotations

from msgspec import structs

from onrecord.reconcile import reconcile
from onrecord.records import MadeBy, Reading, Span, Statement, text_hash

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
    assert sorted(shown(dossier, variant.differences)) == ["is", "will be"]


def test_utterances_count_a_reprint_once():
    line = "“There is no agreement on monitors,” he said."
    story = reconcile([reading(k, line, "“There is no agreement on monitors,”") for k in "abc"]).stories[0]
    assert story.utterances[0].origins == 1


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
