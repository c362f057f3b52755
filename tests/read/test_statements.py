"""What a statement is called decides how it is taken: said or believed, quoted or told, denied or not answered."""

from __future__ import annotations

import pytest

from onrecord.read.attributions import Attribution
from onrecord.read.languages import is_english
from onrecord.read.segments import Segments
from onrecord.read.statements import quotations_only, statements
from onrecord.records import Span


@pytest.fixture
def tell(make_article):
    """Makes the statements of a text from the words of each attribution: (source, cue, content…), in order."""

    def make(text, *attributions, certainty=0.9):
        def span(words):
            start = text.index(words)
            return Span(start, start + len(words))

        found = [
            Attribution(span(s) if s else None, span(c) if c else None, tuple(map(span, content)), certainty)
            for s, c, *content in attributions
        ]
        return statements(make_article(text), Segments(text), found)

    return make


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We will wait,” Lind said.", "“We will wait,”", "direct"),
        ("Lind said they would wait.", "they would wait", "indirect"),
        ("Lind said they would “wait and see” in May.", "they would “wait and see” in May", "mixed"),
        ("‘We will wait,’ Lind said.", "‘We will wait,’", "direct"),
    ],
)
def test_statements_tell_direct_from_indirect_and_mixed(tell, text, content, kind):
    assert [s.kind for s in tell(text, ("Lind", "said", content))] == [kind]


def test_statements_take_the_marks_of_a_quotation_that_the_network_left_out(tell):
    text = "“We will wait,” Lind said."
    (statement,) = tell(text, ("Lind", "said", "We will wait"))
    assert [s.of(text) for s in statement.content] == ["“We will wait,”"]


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("said", "speech"),
        ("hopes", "attitude"),
        ("is worried", "attitude"),
        ("vowed", "speech"),
        ("will seek", "attitude"),
        ("plans to announce", "speech"),
    ],
)
def test_statements_tell_a_saying_from_an_attitude(tell, cue, act):
    assert [s.act for s in tell(f"Lind {cue} the bridge will open.", ("Lind", cue, "the bridge will open"))] == [act]


@pytest.mark.parametrize(
    ("text", "cue", "content", "act"),
    [
        ("Parliament passed a law against it.", "passed", "a law against it", "attitude"),
        ("Lind declared a national emergency.", "declared", "a national emergency", "attitude"),
        ("Lind declared that the emergency was over.", "declared", "that the emergency was over", "speech"),
        ("Lind passed on “a warning to us all”.", "passed on", "“a warning to us all”", "speech"),
    ],
)
def test_statements_tell_a_saying_from_a_deed(tell, text, cue, content, act):
    assert [s.act for s in tell(text, (text.split()[0], cue, content))] == [act]


def test_statements_end_indirect_words_with_their_sentence_and_let_quotations_go_on(tell):
    text = "Lind said it was late. The council met. “We wait. And wait,” Horn said."
    indirect, direct = tell(
        text, ("Lind", "said", "it was late. The council met"), ("Horn", "said", "“We wait. And wait,”")
    )
    assert [c.of(text) for c in indirect.content] == ["it was late"]
    assert [c.of(text) for c in direct.content] == ["“We wait. And wait,”"]


def test_statements_go_on_behind_a_credit_put_in_between(tell):
    text = "At that point, Lind said, the gates were shut. The council, Horn said, met."
    cut, whole = tell(text, ("Lind", "said", "At that point"), ("Horn", "said", "The council", "met"))
    assert [c.of(text) for c in cut.content] == ["At that point", "the gates were shut"]
    assert [c.of(text) for c in whole.content] == ["The council", "met"]


def test_statements_leave_out_what_is_told_of_a_source_before_its_cue(tell):
    text = "The aides, who asked to discuss the matter freely, said the gates were shut."
    (statement,) = tell(text, ("The aides", "said", "the matter freely", "the gates were shut"))
    assert [c.of(text) for c in statement.content] == ["the gates were shut"]


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("The Orangery has appeared to reject the plan for the dam.", "has appeared to reject", "The Orangery"),
        ("Ada Lind was accused of the plan for the dam.", "was accused of", None),
        ("It questions the plan for the dam.", "questions", None),
        ("Nobody in Tarn rejected the plan for the dam.", "rejected", None),
    ],
)
def test_statements_give_a_cue_the_name_that_opens_its_sentence(tell, text, cue, source):
    (statement,) = tell(text, (None, cue, "the plan for the dam"))
    assert (statement.source and statement.source.of(text)) == source


def test_statements_take_a_feeling_in_quoted_words_for_a_saying(tell):
    text = "Lind thinks “the bridge will never open again.”"
    assert tell(text, ("Lind", "thinks", "“the bridge will never open again.”"))[0].act == "speech"


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("denied", "any delay", "denies"),
        ("dismissed", "the figures", "denies"),
        ("brushed off", "their complaints", "denies"),
        ("has never denied", "the delay", "asserts"),
        ("refused to dismiss", "the figures", "asserts"),
        ("declined", "to comment", "no_comment"),
        ("did not respond to", "a request for comment", "no_comment"),
        ("said", "he had nothing to add to this", "no_comment"),
        ("said", "the bridge is safe", "asserts"),
    ],
)
def test_statements_tell_denials_and_refusals(tell, cue, content, stance):
    assert [s.stance for s in tell(f"Lind {cue} {content}.", ("Lind", cue, content))] == [stance]


def test_statements_keep_the_outlets_hedges_apart_from_the_words(tell):
    text = "The ministry effectively rejected the plan."
    (statement,) = tell(text, ("The ministry", "rejected", "the plan"))
    assert [h.of(text) for h in statement.hedges] == ["effectively"]


def test_statements_give_a_quotation_without_a_cue_to_the_statement_before(tell):
    text = "“We will wait,” Lind said.\n“The bridge can stand for a hundred years.”"
    (statement,) = tell(text, ("Lind", "said", "“We will wait,”"))
    assert [s.of(text) for s in statement.content] == ["“We will wait,”", "“The bridge can stand for a hundred years.”"]


def test_statements_do_not_take_a_title_for_more_of_the_quotation(tell):
    text = "“We will wait,” Lind said.\n“The Long Bridge” opened in May."
    (statement,) = tell(text, ("Lind", "said", "“We will wait,”"))
    assert len(statement.content) == 1


def test_statements_leave_out_what_nobody_is_credited_with(tell):
    text = "The bridge, to open in May, was seen by many."
    assert tell(text, (None, "was seen by", "many"), certainty=0.2) == []
    assert tell(text, (None, None, "The bridge, to open in May,")) == []


def test_statements_note_the_statement_they_stand_in(tell):
    text = "Lind said the mayor told her to wait."
    outer, inner = tell(text, ("Lind", "said", "the mayor told her to wait"), ("the mayor", "told", "to wait"))
    assert (outer.parent, inner.parent) == (None, outer.id)


def test_statements_have_ids_that_do_not_depend_on_what_else_is_found(tell):
    text = "Lind said the bridge is safe. Orr denied any delay."
    both = tell(text, ("Lind", "said", "the bridge is safe"), ("Orr", "denied", "any delay"))
    alone = tell(text, ("Orr", "denied", "any delay"))
    assert both[1].id == alone[0].id


def test_statements_of_another_language_are_its_quotations(make_article):
    text = "Der Kanzler reiste ab. „Wir haben in dieser Frage keine Eile“, sagte er. Das „Nein“ blieb."
    article = make_article(text)
    assert [s.content[0].of(text) for s in quotations_only(article, Segments(text))] == [
        "„Wir haben in dieser Frage keine Eile“"
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "The minister said on Monday that the talks would go on for as long as they must, and that nobody left.",
            True,
        ),
        (
            "Der Minister sagte am Montag, die Gespräche würden so lange dauern wie nötig, und niemand sei gegangen.",
            False,
        ),
        (
            "Le ministre a dit lundi que les discussions dureraient aussi longtemps que nécessaire, sans exception.",
            False,
        ),
        ("El ministro dijo el lunes que las conversaciones durarían tanto como fuera necesario, sin excepción.", False),
        ("De minister zei maandag dat de gesprekken zo lang zouden duren als nodig is en dat niemand vertrok.", False),
        ("Too short.", True),
    ],
)
def test_statements_are_read_in_english_only(make_article, text, english):
    assert is_english(make_article(text)) is english
