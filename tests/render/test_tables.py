"""The dossier as tables: what a spreadsheet or a data frame reads back is what the reports say."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.errors import OnrecordError
from onrecord.records import (
    ArticleSpan,
    Conflict,
    Difference,
    Dossier,
    Issue,
    Position,
    Reason,
    Span,
    Story,
    StoryActor,
    StoryStatement,
    Utterance,
    Variant,
)
from onrecord.render import Table, tables, to_csv, to_parquet
from onrecord.render.tables import NAMES, writer

from .stories import article, dossier, statement, story

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"
# The columns whose cells show words of the reports.
WORDS = {
    "reports": (),
    "statements": ("source", "cue", "content", "hedges", "addressee", "occasion"),
    "utterances": ("words",),
    "conflicts": ("about", "words"),
    "positions": ("issue_name", "condition", "words"),
    "actors": ("roles",),
}


def parquet() -> Any:
    return pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'onrecord[tables]'")


def rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip((c.name for c in table.columns), row, strict=True)) for row in table.rows]


def from_csv(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(table).decode("utf-8-sig"), newline="")))


def words(d: Dossier) -> Iterable[str]:
    """Yield every cell that shows words."""
    for name, table in tables(d).items():
        for row in rows(table):
            for column in WORDS[name]:
                cell = row[column]
                yield from cell if isinstance(cell, tuple) else [cell] if cell is not None else []


def one(**fields: Any) -> Dossier:
    """Make a dossier of one report with one statement: "Ada said x." with these fields."""
    a = article("a", fields.pop("text", "Ada said the boat sails."), **fields.pop("about", {}))
    s = statement("s-1", a, "Ada", "said", *fields.pop("content", ["the boat sails"]), speaker="p-ada", **fields)
    return dossier(
        story(
            a,
            actors=(StoryActor("p-ada", "Ada", "person"),),
            statements=(s,),
            utterances=(Utterance("u-1", "p-ada", ("s-1",), "s-1"),),
        )
    )


def test_tables_show_no_word_that_is_not_a_slice_of_a_report(ferry: Story) -> None:
    texts = [a.text for a in ferry.articles]
    shown = list(words(dossier(ferry)))
    assert len(shown) > 40
    assert all(any(piece in text for text in texts) for cell in shown for piece in cell.split(" […] "))


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("ab =+-@,;\"'“\t\r\n🛳\u2028＝"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4),
)
def test_tables_of_any_text_and_spans_read_back_as_the_slices_that_they_are(
    text: str, places: list[tuple[int, int]]
) -> None:
    spans = tuple(Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in places)
    a = article("a", text)
    s = StoryStatement(
        id="s",
        act="speech",
        kind="direct",
        stance="asserts",
        anonymous=False,
        source=spans[0] if spans else None,
        cue=spans[-1] if spans else None,
        content=spans[1:],
        hedges=spans[:1],
        article="a",
    )
    d = dossier(story(a, statements=(s,), utterances=(Utterance("u", None, ("s",), "s"),)))
    found = tables(d)["statements"]
    (row,), (read,) = rows(found), from_csv(found)
    # No piece of content is lost, none but white space is added, and pieces come in the order of the text.
    pieces = (row["content"] or "").split(" […] ")
    end = 0
    for piece in pieces:
        end = text.index(piece, end) + len(piece)
    inside = {i for span in spans[1:] for i in range(span.start, span.end)}
    assert "".join("".join(pieces).split()) == "".join("".join(text[i] for i in sorted(inside)).split())
    for column in ("source", "cue", "content"):
        cell = row[column] or ""
        assert read[column] == (f"'{cell}" if cell and cell[0] in "=+-@\t\r\n＝" else cell)
    assert all(cell in text for cell in (row["source"], row["cue"], *row["hedges"]) if cell)


def test_tables_are_the_same_bytes_for_the_same_dossier(ferry: Story) -> None:
    for name, table in tables(dossier(ferry)).items():
        assert to_csv(table) == to_csv(tables(dossier(ferry))[name])


def test_csv_opens_in_excel_and_in_python(ferry: Story) -> None:
    written = to_csv(tables(dossier(ferry))["statements"])
    assert written.startswith("\ufeffstory,id,article".encode())  # without the mark Excel reads “ as â€œ
    assert written.endswith(b"\r\n")
    assert len(from_csv(tables(dossier(ferry))["statements"])) == len(ferry.statements)
    read = from_csv(tables(dossier(ferry))["statements"])[1]
    assert read["content"] == "“We lose money on every crossing, and <b>nobody</b> likes it,”"
    assert (read["anonymous"], read["confidence"], read["hedges"]) == ("false", "1.0", "")


@pytest.mark.parametrize("begins", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx", "＝1"])
def test_csv_runs_no_words_from_outside_as_a_formula(begins: str) -> None:
    d = one(text=f"{begins} Ada said", content=[begins], about={"title": begins, "outlet": begins, "url": begins})
    found = tables(d)
    (read,) = from_csv(found["statements"])
    assert (read["content"], read["outlet"], read["url"]) == (f"'{begins}",) * 3
    assert from_csv(found["reports"])[0]["title"] == from_csv(found["utterances"])[0]["words"] == f"'{begins}"
    cells = [cell for table in found.values() for r in from_csv(table) for cell in r.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert rows(found["statements"])[0]["content"] == begins


def test_parquet_holds_words_lists_and_truth_values_as_they_are(ferry: Story) -> None:
    pq = parquet()
    boat = replace(ferry.statements[0], hedges=ferry.statements[4].hedges)
    told = dossier(replace(ferry, statements=(boat, *ferry.statements[1:])))
    for table in tables(told).values():
        read = pq.read_table(io.BytesIO(to_parquet(table)))
        assert read.to_pylist() == [
            {k: list(v) if isinstance(v, tuple) else v for k, v in r.items()} for r in rows(table)
        ]
        assert to_parquet(table) == to_parquet(table)
    kinds = {f.name: str(f.type) for f in pq.read_schema(io.BytesIO(to_parquet(tables(told)["statements"])))}
    assert re.fullmatch(r"list<\w+: string>", kinds["hedges"])
    assert (kinds["anonymous"], kinds["start"], kinds["confidence"]) == ("bool", "int64", "double")


def test_parquet_keeps_words_that_csv_has_to_guard() -> None:
    pq = parquet()
    table = tables(one(text="=1 Ada said", content=["=1"]))["statements"]
    assert pq.read_table(io.BytesIO(to_parquet(table))).column("content").to_pylist() == ["=1"]


def test_tables_of_no_stories_have_their_columns() -> None:
    found = tables(dossier())
    assert tuple(found) == NAMES
    assert all(to_csv(table).count(b"\r\n") == 1 for table in found.values())
    pq = parquet()
    for table in found.values():
        assert pq.read_table(io.BytesIO(to_parquet(table))).column_names == [c.name for c in table.columns]


def test_tables_hold_all_stories(ferry: Story) -> None:
    found = tables(dossier(ferry, replace(ferry, id="story-2")))
    for name, table in found.items():
        assert {r["story"] for r in rows(table)} == {"story-1", "story-2"}, name


def test_tables_say_how_words_were_told_so_that_no_reading_passes_for_a_quotation(ferry: Story) -> None:
    told = {r["id"]: r["told_as"] for r in rows(tables(dossier(ferry))["utterances"])}
    assert told["u-5"] == ("hedged",)
    assert told["u-4"] == ("denies", "indirect")
    assert told["u-6"] == ("attitude",)
    assert told["u-3"] == ("anonymous", "indirect")
    (position,) = (r for r in rows(tables(dossier(ferry))["positions"]) if r["actor"] == "p-bo")
    assert position["words"] is None  # nothing says which statement shows it
    assert position["condition"] == "night boat"


def test_tables_tell_an_utterance_with_its_reports_and_changed_words(ferry: Story) -> None:
    place = ArticleSpan("tidings", 18, 21)
    utterances = [
        replace(u, variants=(Variant("t-1", (Difference("changed", place),)),)) if u.id == "u-2" else u
        for u in ferry.utterances
    ]
    found = rows(tables(dossier(replace(ferry, utterances=tuple(utterances))))["utterances"])
    (row,) = (r for r in found if r["id"] == "u-2")
    assert (row["reports"], row["origins"], row["changed"]) == (2, 2, 1)
    assert row["outlets"] == ("Harbour Post", "Tidings")
    assert row["articles"] == ("harbour-post", "tidings")
    assert (row["statements"], row["fullest"]) == (("s-2", "t-1"), "s-2")
    told = {r["id"]: r["utterances"] for r in rows(tables(dossier(ferry))["statements"])}
    assert told["t-1"] == ("u-2",)


def test_tables_give_both_sides_of_a_conflict_with_the_words_that_make_it_one(ferry: Story) -> None:
    table = tables(dossier(ferry))["conflicts"]
    first = [r for r in rows(table) if r["conflict"] == "c-1"]
    assert [(r["side"], r["statement"], r["article"]) for r in first] == [
        ("a", "s-1", "harbour-post"),
        ("b", "s-4", "harbour-post"),
        ("b", None, "tidings"),
    ]
    assert {r["why"] for r in first} == {'denial "denied"'}
    assert [r["speaker_name"] for r in first] == ["Ada Ström", "Bo Lind", None]
    assert first[2]["words"] == "Night boat to go"
    text = ferry.articles[0].text
    assert text[first[0]["start"] : first[0]["end"]].endswith("said")
    rise, fall = (Reason("opposites", ArticleSpan("tidings", a, b)) for a, b in ((0, 5), (6, 10)))
    two = Conflict("c-3", "contradiction", ("s-1",), ("t-2",), why=(replace(rise, b=fall.a), Reason("told")))
    (row, _) = rows(tables(dossier(replace(ferry, conflicts=(two,))))["conflicts"])
    assert row["why"] == 'opposites "Night" / "boat"; told'


def test_tables_leave_out_names_that_no_report_has(ferry: Story) -> None:
    found = rows(tables(dossier(ferry))["conflicts"])
    assert {(r["conflict"], r["about"]) for r in found} == {("c-1", "the town"), ("c-2", None)}
    for mentions, name in (((ArticleSpan("tidings", 0, 10),), "Night boat"), ((), None)):
        issue = Issue("i-1", "Made up", mentions)
        told = tables(dossier(replace(ferry, issues=(issue,))))["positions"]
        assert {r["issue_name"] for r in rows(told)} == {name}


def test_tables_tell_a_refusal_to_comment_by_the_words_that_say_so() -> None:
    d = one(text="Ada said nothing.", content=[], stance="no_comment", kind="indirect")
    found = tables(d)
    assert rows(found["statements"])[0]["content"] is None
    assert rows(found["utterances"])[0]["words"] == "Ada said"
    assert rows(found["utterances"])[0]["told_as"] == ("no_comment",)


def test_tables_place_statements_where_they_stand(ferry: Story) -> None:
    texts = {a.id: a.text for a in ferry.articles}
    for row in rows(tables(dossier(ferry))["statements"]):
        text = texts[row["article"]]
        spans = [tuple(map(int, place.split(".."))) for place in row["content_spans"]]
        assert " […] ".join(text[a:b] for a, b in spans) == row["content"]
        assert row["content"] in text[row["start"] : row["end"]]


def test_tables_of_a_dossier_that_does_not_hold_together_are_refused(ferry: Story) -> None:
    a, b = ferry.articles
    with pytest.raises(OnrecordError, match="sha256"):
        tables(dossier(replace(ferry, articles=(a, replace(b, text=b.text + "!")))))
    lost = Position("p-bo", "i-1", "for", ("s-5",), strongest="s-99")
    with pytest.raises(OnrecordError, match="s-99"):
        tables(dossier(replace(ferry, positions=(lost,))))


def test_writer_says_what_parquet_needs_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(OnrecordError, match=re.escape("pip install 'onrecord[tables]'")):
        writer("parquet")
    assert writer("csv") is to_csv


def test_render_loads_neither_pyarrow_nor_the_reader_by_itself() -> None:
    code = "import sys, onrecord.render; print([m for m in ('pyarrow', 'onnxruntime') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_docs_tell_of_every_column_and_of_no_other() -> None:
    parts = re.split(r"^\*\*(\w+)\*\*", DOCS.read_text("utf-8"), flags=re.MULTILINE)
    told = {
        name: {c for line in re.findall(r"^\| (`.*?) \|", part, re.MULTILINE) for c in re.findall(r"`(\w+)`", line)}
        for name, part in zip(parts[1::2], parts[2::2], strict=True)
    }
    assert told == {n: {c.name for c in t.columns} - {"story"} for n, t in tables(dossier()).items()}
