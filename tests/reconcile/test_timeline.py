"""The timeline and days across reports: whoever loses one reads one event as two, two as one, or a guess as a day."""

from __future__ import annotations

import time

import pytest
from msgspec.structs import replace

from onrecord.read import Reader
from onrecord.reconcile import reconcile
from onrecord.records import Article, Story, TimelineEntry, text_hash, to_json

POST = Article(
    "post",
    text := (
        "TARN — The council closed the Quay Bridge in Tarn on Monday, and traffic was turned back.\n\n"
        "“The bridge is not safe to cross any more,” Mayor Ada Orr told reporters on Monday.\n\n"
        "Engineers from Lind and Sons are to begin repairs at the bridge in Tarn on June 2.\n"
    ),
    text_hash(text),
    outlet="The Post",
    published="2031-05-14",
)
ECHO = Article(
    "echo",
    text := (
        "TARN — Traffic was turned back in Tarn after the council closed its Quay Bridge Monday.\n\n"
        "Mayor Ada Orr said: “The bridge is not safe to cross any more.”\n\n"
        "The old mill was sold in 1990, long before. A market opens in the square on Friday morning.\n"
    ),
    text_hash(text),
    outlet="The Echo",
    published="2031-05-14",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def story(reader: Reader, *articles: Article) -> Story:
    return reconcile([reader.read(a) for a in articles]).stories[0]


def words(s: Story, entry: TimelineEntry) -> list[str]:
    texts = {a.id: a.text for a in s.articles}
    return [texts[p.article][p.start : p.end] for p in entry.passages]


def test_one_event_of_two_reports_is_one_entry_with_both_sources(reader: Reader) -> None:
    s = story(reader, POST, ECHO)
    (entry,) = [e for e in s.timeline if e.kind == "event" and e.value == "2031-05-12"]
    assert {p.article for p in entry.passages} == {"post", "echo"}


def test_agency_copy_that_names_nobody_is_one_event_in_every_report(reader: Reader) -> None:
    copy = "The work broke down in 2021, when nobody could settle where the old road should run.\n"
    first, second = (replace(a, text=(t := f"{a.text}\n{copy}"), sha256=text_hash(t)) for a in (POST, ECHO))
    s = story(reader, first, second)
    (entry,) = [e for e in s.timeline if e.value == "2021"]
    assert {p.article for p in entry.passages} == {"echo", "post"}
    # The same words told of another day are another event.
    other = replace(second, text=(t := second.text.replace("2021", "2020")), sha256=text_hash(t))
    assert {e.value for e in story(reader, first, other).timeline if e.kind == "event"} >= {"2020", "2021"}


def test_what_lies_ahead_is_marked_and_other_events_stay_apart(reader: Reader) -> None:
    s = story(reader, POST, ECHO)
    events = {e.value: e.future for e in s.timeline if e.kind == "event"}
    assert events["2031-06-02"]
    assert not events["2031-05-12"]
    assert not events["1990"]


def test_another_report_gives_the_day_of_an_utterance(reader: Reader) -> None:
    s = story(reader, POST, ECHO)
    said = {t.article: t.said_on for t in s.statements if t.kind == "direct"}
    assert said["post"] is not None
    assert (said["post"].from_, said["post"].by) == ("2031-05-12", "clause")
    assert said["echo"] is not None
    assert (said["echo"].from_, said["echo"].by, said["echo"].span) == ("2031-05-12", "story", None)
    alone = story(reader, ECHO)
    assert {t.said_on.by for t in alone.statements if t.kind == "direct" and t.said_on} == {"report"}


def test_entries_stand_in_the_order_of_days_and_the_undated_at_the_end(reader: Reader) -> None:
    undated = Article("note", text := "“It will hold for years,” said Bo Lind, an engineer.\n", text_hash(text))
    s = story(reader, POST, ECHO, undated)
    days = [e.from_ for e in s.timeline]
    known = [d for d in days if d]
    assert known == sorted(known)
    assert days[: len(known)] == known
    assert [e.value for e in s.timeline if e.from_ is None] == ["XXXX-XX-XX"]


def test_the_order_of_the_reports_changes_nothing(reader: Reader) -> None:
    readings = [reader.read(a) for a in (POST, ECHO)]
    one, two = (reconcile(r).stories[0].timeline for r in (readings, readings[::-1]))
    assert [to_json(e) for e in one] == [to_json(e) for e in two]


def test_every_entry_rests_on_words_of_a_report(reader: Reader) -> None:
    s = story(reader, POST, ECHO)
    assert all(e.statements or all(words(s, e)) for e in s.timeline)
    assert len({e.id for e in s.timeline}) == len(s.timeline)


def test_hundreds_of_reports_of_one_day_take_time_in_proportion(reader: Reader) -> None:
    reading = reader.read(POST)

    def spent(n: int) -> float:
        readings = [replace(reading, id=f"r{i}", sha256=f"{i:064}") for i in range(n)]
        from onrecord.reconcile.timeline import timeline

        began = time.perf_counter()
        timeline(readings, {}, (), ())
        return time.perf_counter() - began

    spent(20)
    short, long = max(spent(50), 0.002), spent(800)
    assert long < 16 * short * 5, (short, long)
