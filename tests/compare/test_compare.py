"""What is new since, what is gone, and what an outlet did to a quotation after it was published."""

from __future__ import annotations

import msgspec

from onrecord.compare import compare
from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import Article, Comparison, Dossier, Span, text_hash
from onrecord.render.comparison import comparison_markdown

LEAD = "The mayor, Ada Lind, spoke to the council on Monday."
SAID = "“The ferry will not sail again this year,” Lind said."
ALTERED = "“The ferry will not sail again this winter,” Lind said."
DROPPED = "“The pier has been unsafe for a long time,” Lind added."
ADDED = "“Nobody asked the islanders what they want,” said Bo Ek, the harbour master."


def dossier(reader: Reader, **texts: str) -> Dossier:
    return reconcile(
        [
            reader.read(Article(key, text, text_hash(text), outlet=key.title(), published="2025-03-04", language="en"))
            for key, text in texts.items()
        ]
    )


def changes(comparison: Comparison) -> list[tuple[str, str]]:
    return [(a.id, a.change) for a in comparison.articles]


def test_compare_finds_nothing_in_the_same_dossier(reader: Reader) -> None:
    one = dossier(reader, post=f"{LEAD} {SAID}", courier=f"{LEAD} {DROPPED}")
    found = compare(one, dossier(reader, courier=f"{LEAD} {DROPPED}", post=f"{LEAD} {SAID}"))
    assert (found.articles, found.utterances, found.edits) == ((), (), ())
    assert "Nothing" in comparison_markdown(found, one, one)


def test_compare_tells_new_reports_and_what_they_say(reader: Reader) -> None:
    old = dossier(reader, post=f"{LEAD} {SAID}")
    new = dossier(reader, post=f"{LEAD} {SAID}", courier=f"{LEAD} {SAID} {ADDED}")
    found = compare(old, new)
    assert changes(found) == [("courier", "new")]
    told = {(u.change, u.speaker, u.told_by) for u in found.utterances}
    assert ("told by more", "Ada Lind", ("courier",)) in told
    assert ("new", "Bo Ek", ("courier",)) in told
    assert [(u.change, u.no_longer) for u in compare(new, old).utterances if u.speaker == "Bo Ek"] == [
        ("gone", ("courier",))
    ]
    page = comparison_markdown(found, old, new)
    assert "## New reports\n\n- Courier\n" in page
    assert "## Told by more reports (1 line)\n\n**Ada Lind** · now in Courier\n" in page
    assert "## No longer told" in comparison_markdown(compare(new, old), new, old)


def test_compare_tells_what_an_edit_did_to_quotations(reader: Reader) -> None:
    old = dossier(reader, post=f"{LEAD} {SAID}\n\n{DROPPED}")
    new = dossier(reader, post=f"{LEAD} {ALTERED}\n\n{ADDED}")
    found = compare(old, new)
    assert changes(found) == [("post", "edited")]
    edits = {e.change: e for e in found.edits}
    assert set(edits) == {"altered", "dropped", "added"}
    (difference,) = edits["altered"].differences
    assert difference.kind == "changed"
    texts = [d.stories[0].articles[0].text for d in (new, old)]
    spans = [difference.own, difference.fullest]
    assert [t[s.start : s.end] for t, s in zip(texts, spans, strict=True)] == ["winter", "year"]
    page = comparison_markdown(found, old, new)
    for words in ("this winter", "this year", "unsafe for a long time", "what they want"):
        assert words in page
    assert "changed words “winter” for “year”" in page
    assert "before\n\n> “The ferry will not sail again this year,”\n\nafter\n" in page


def test_compare_passes_over_what_an_edit_left(reader: Reader) -> None:
    old = dossier(reader, post=f"{LEAD} {SAID}")
    found = compare(old, dossier(reader, post=f"{LEAD} The council applauded. {SAID}"))
    assert changes(found) == [("post", "edited")]
    assert found.edits == ()
    assert found.utterances == ()


def test_compare_takes_no_other_reading_for_an_edit(reader: Reader) -> None:
    old = dossier(reader, post=f"{LEAD} {SAID}")
    later = msgspec.structs.replace(old.stories[0].statements[0], content=(Span(0, 10),), id="s-other")
    story = msgspec.structs.replace(old.stories[0], statements=(later,), utterances=())
    longer = old.stories[0].articles[0].text + " The sun shone."
    article = msgspec.structs.replace(old.stories[0].articles[0], text=longer, sha256=text_hash(longer))
    new = msgspec.structs.replace(old, stories=(msgspec.structs.replace(story, articles=(article,)),))
    assert compare(old, new).edits == ()
