"""Quantities: figures that can be compared across reports, and numbers that must not be taken for them."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read.quantities import quantities
from onrecord.records import Span

PIECES = (
    "1 2,345 .5 ½ one two hundred million and a half third thirds dozen of in out minus - – $ % C$ € EUR km m "
    "5ft 6 inches dollars cents percent 9:30 İ ٣ \n first second-largest dozens several to from between voted "
    "men, soldiers. The Big No. more than about or so + the Lind 1994 May 10-20 3-2 year-old aged in his 50s , age"
)
NUMBERY = st.lists(st.sampled_from(PIECES.split(" ")), max_size=30).map(" ".join)
HOSTILE = ["1 1 1 1 ", "one hundred and one hundred and ", "$$$$", "1,1,1,1,", "1", "one-", "hundreds of thousands of "]


def only(text):
    (quantity,) = quantities(text)
    return quantity


def words(text):
    return [text[q.start : q.end] for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("It cost $48 million.", "$48 million", 48e6, "USD"),
        ("It cost US$5bn.", "US$5bn", 5e9, "USD"),
        ("It cost C$40.", "C$40", 40, "CAD"),
        ("It cost HK$ 10.5 million.", "HK$ 10.5 million", 10.5e6, "HKD"),
        ("They gave us $5 million.", "$5 million", 5e6, "USD"),
        ("It cost £1.2m.", "£1.2m", 1.2e6, "GBP"),
        ("It cost 20,000 Swiss francs.", "20,000 Swiss francs", 20_000, "CHF"),
        ("It cost 300 francs.", "300 francs", 300, "franc"),
        ("It cost 75 USD million.", "75 USD million", 75e6, "USD"),
        ("It cost 30 MEUR.", "30 MEUR", 30e6, "EUR"),
        ("It cost EUR 125.", "EUR 125", 125, "EUR"),
        ("It cost 50 cents.", "50 cents", 50, "USc"),
        ("It cost 13 dollars and 45 cents.", "13 dollars and 45 cents", 13.45, "USD"),
        ("It cost 4 million pounds.", "4 million pounds", 4e6, "GBP"),
        ("It lost $5 (five).", "$5", 5, "USD"),
        ("It lost -$5 a share.", "-$5", -5, "USD"),
        ("It won 52.3 per cent.", "52.3 per cent", 52.3, "%"),
        ("It rose 3 percentage points.", "3 percentage points", 3, "pp"),
        ("It is 90 sq km.", "90 sq km", 90, "km2"),
        ("It is a 12-mile strip.", "12-mile", 12, "mi"),
        ("It is 5 ft 6 in tall.", "5 ft 6 in", 5.5, "ft"),
        ("The 6-foot-3 guard left.", "6-foot-3", 6.25, "ft"),
        ("It weighs 4 million pounds of beef.", "4 million pounds", 4e6, "lb"),
        ("It is -5 degrees Celsius.", "-5 degrees Celsius", -5, "°C"),
        ("It is 48m long.", "48m", 48, "m"),
    ],
)
def test_a_number_has_its_unit(text, span, value, unit):
    first = quantities(text)[0]
    assert text[first.start : first.end] == span
    assert first.value == pytest.approx(value)
    assert first.unit == unit


@pytest.mark.parametrize(
    ("a", "b", "relative"),
    [
        ("They took 90 sq km.", "They took 34.75 square miles.", 1e-3),
        ("It weighs 2 tons.", "It weighs 1.814 tonnes.", 1e-3),
        ("Winds of 60 mph blew.", "Winds of 96.56 km/h blew.", 1e-3),
        ("It was 20 degrees Celsius.", "It was 68 degrees Fahrenheit.", 1e-6),
        ("It cost 50 cents.", "It cost $0.50.", 1e-9),
        ("Two thirds of the seats fell.", "Some 66.67 percent of the seats fell.", 1e-3),
        ("One in four voters came.", "A quarter of the voters came.", 1e-9),
        ("Some 5m people came.", "Some 5 million people came.", 1e-9),
    ],
)
def test_different_units_compare(a, b, relative):
    left, right = only(a), only(b)
    assert left.base_unit == right.base_unit
    assert left.base_value == pytest.approx(right.base_value, rel=relative)


@pytest.mark.parametrize(
    ("text", "of", "kind"),
    [
        ("They lost 34 troops.", "troops", "count"),
        ("They buried 11 French soldiers on the hill.", "French soldiers", "count"),
        ("Three of the hostages came home.", "hostages", "count"),
        ("He sent $48 million in aid to the town.", "aid", "money"),
        ("They hold 90 sq km of territory near Tarn.", "territory", "measure"),
        ("Some 52 percent of voters agreed.", "voters", "percent"),
        ("Some 52 percent of the vote went to Lind.", "vote", "percent"),
        ("Half the council left.", "council", "percent"),
        ("One in ten Tarn voters stayed.", "Tarn voters", "percent"),
        ("They signed a $15 million contract.", "contract", "money"),
        ("They put a 20 percent tariff on steel.", "tariff", "percent"),
        ("They bought a 10-gallon water cooler.", "water cooler", "measure"),
        ("A 12-member panel met.", "member", "count"),
        ("Police found 34 more bodies.", "bodies", "count"),
        ("At least 12 dead were found.", "dead", "count"),
        ("They hold two black and Hispanic seats.", "black and Hispanic seats", "count"),
        ("They need 20 swing-state voters soon.", "swing-state voters", "count"),
        ("They lost one soldier.", "soldier", "count"),
        ("They lost 14 men and women.", "men and women", "count"),
        ("They lost 34 of them.", None, "number"),
        ("They lost 20 sports cars yesterday.", "sports cars", "count"),
        ("The count reached 34.", None, "number"),
        ("They killed 34 and left.", None, "number"),
        ("The three met.", None, None),
    ],
)
def test_what_is_counted_is_the_noun_that_follows(text, of, kind):
    found = quantities(text)
    assert [(q.of and q.of.of(text), q.kind) for q in found] == ([(of, kind)] if kind else [])


def test_a_part_is_of_what_the_whole_counts():
    text = "They hold 15 of 34 provinces."
    assert [(q.value, q.of.of(text)) for q in quantities(text)] == [(15, "provinces"), (34, "provinces")]


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("About 34 troops left.", "about"),
        ("Some 34 troops left.", "about"),
        ("An estimated 34 troops left.", "about"),
        ("34 or so troops left.", "about"),
        ("Almost 34 troops left.", "nearly"),
        ("Just under 34 troops left.", "nearly"),
        ("Over 34 troops left.", "more than"),
        ("More than 34 troops left.", "more than"),
        ("At least 34 troops left.", "at least"),
        ("No fewer than 34 troops left.", "at least"),
        ("34 or more troops left.", "at least"),
        ("34+ troops left.", "at least"),
        ("Fewer than 34 troops left.", "less than"),
        ("Up to 34 troops left.", "at most"),
        ("As many as 34 troops left.", "at most"),
        ("No more than 34 troops left.", "at most"),
        ("Dozens of troops left.", "multiples"),
        ("They asked about 34 troops.", None),
        ("Lost control over the 34 troops.", None),
        ("34 troops left.", None),
    ],
)
def test_what_softens_a_figure_has_one_word(text, modifier):
    quantity = only(text)
    assert quantity.modifier == modifier
    assert quantity.of is not None
    assert quantity.of.of(text) == "troops"


@pytest.mark.parametrize(
    ("text", "span", "value", "to"),
    [
        ("between 10 and 20 soldiers", "10 and 20", 10, 20),
        ("10 to 20 per cent", "10 to 20 per cent", 10, 20),
        ("$5-10 million", "$5-10 million", 5e6, 10e6),
        ("between $5 and $10 million", "$5 and $10 million", 5e6, 10e6),
        ("5 to 10 million people", "5 to 10 million", 5e6, 10e6),
        ("prices ranging from $3 to $5", "$3 to $5", 3, 5),
        ("two or three soldiers", "two or three", 2, 3),
        ("10–15 km", "10–15 km", 10, 15),
    ],
)
def test_a_range_is_one_quantity(text, span, value, to):
    quantity = only(text)
    assert (text[quantity.start : quantity.end], quantity.value, quantity.to) == (span, value, to)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("It rose from 3% to 5%.", ["3%", "5%"]),
        ("It rose 3 percent to 25 percent.", ["3 percent", "25 percent"]),
        ("It cut the force from 500 to 300 men.", ["500", "300"]),
        ("Both 10 soldiers and 20 sailors left.", ["10", "20"]),
        ("It fell 12 cents to $3.40.", ["12 cents", "$3.40"]),
    ],
)
def test_a_change_is_two_quantities(text, spans):
    assert words(text) == spans


@pytest.mark.parametrize(
    ("text", "span", "value", "to"),
    [
        ("Tarn won 3-2.", "3-2", 3, 2),
        ("Tarn lost 2-3.", "2-3", 2, 3),
        ("They voted 52-48 to wait.", "52-48", 52, 48),
        ("It was a 5-to-4 ruling.", "5-to-4", 5, 4),
        ("It passed 217 to 213.", "217 to 213", 217, 213),
        ("The odds were 3 to 1.", "3 to 1", 3, 1),
    ],
)
def test_votes_and_games_are_scores(text, span, value, to):
    quantity = only(text)
    assert (text[quantity.start : quantity.end], quantity.value, quantity.to) == (span, value, to)
    assert quantity.kind == "score"


@pytest.mark.parametrize(
    ("text", "span", "kind"),
    [
        ("It was the third round of talks.", "third", "ordinal"),
        ("It was the 45th president.", "45th", "ordinal"),
        ("It is the second-largest city.", "second-largest", "rank"),
        ("It is the fourth most populous state.", "fourth most populous", "rank"),
        ("He is the No. 2 official.", "No. 2", "rank"),
        ("It ranked fifth.", "fifth", "rank"),
        ("He finished in third place.", "third place", "rank"),
    ],
)
def test_ordinals_and_ranks_are_kept_from_counts(text, span, kind):
    quantity = only(text)
    assert (text[quantity.start : quantity.end], quantity.kind) == (span, kind)


@pytest.mark.parametrize(
    "text",
    [
        "The Boeing 737 jets, the G7, the F-16 and Covid-19 came up.",
        "They cited Article 5, Title 42 rules, H.R. 3 and S.B. 202.",
        "They met in Room 101 off Highway 61.",
        "The Fortune 500 companies met at 34 West Harbour Street.",
        "It was so in 1994, in the 1990s and by the 2016 elections.",
        "It was so at 9:30 on May 4, or September 16-19.",
        "They waited three days, a two-week truce, 24 hours.",
        "They waited two to three years.",
        "Lind, 43, said so.",
        "In Tarn, 34, most of them young, left.",
        "At Upper Tarn, 34, most of them young, left.",
        "No one, the one who left, one of the reasons, at one point.",
        "The first lady spoke for the first time of first-degree murder.",
        "He flew on Air Force One and met the Big Three and the Group of 7.",
        "Call 555-0134, or 911.",
        "A second later, the second one left.",
        "1) They left. 2) They came back.",
        "A four-star general made a one-sided case around the clock, 24-7.",
    ],
)
def test_numbers_that_count_nothing_are_left_out(text):
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "span", "value", "to", "modifier"),
    [
        ("A 44-year-old protester fell.", "44-year-old", 44, None, None),
        ("It is nearly 60 years old.", "60 years old", 60, None, "nearly"),
        ("At ninety years of age he left.", "ninety years of age", 90, None, None),
        ("A woman aged 44 fell.", "aged 44", 44, None, None),
        ("Orr, age 44, fell.", "age 44", 44, None, None),
        ("He left at the age of 12.", "age of 12", 12, None, None),
        ("Those under the age of 18 stayed.", "age of 18", 18, None, "less than"),
        ("Children under 5 stayed.", "5", 5, None, "less than"),
        ("Voters 65 and older stayed.", "65", 65, None, "at least"),
        ("People aged 18 to 34 stayed.", "aged 18 to 34", 18, 34, None),
        ("People between the ages of 18 and 34 stayed.", "ages of 18 and 34", 18, 34, None),
        ("The 18- to 34-year-olds stayed.", "18- to 34-year-olds", 18, 34, None),
        ("He is in his 50s.", "50s", 50, 59, None),
        ("She is in her early thirties.", "thirties", 30, 39, None),
        ("Mia Orr, 44, fell.", "44", 44, None, None),
        ("They met president Orr, 44, there.", "44", 44, None, None),
        ("The driver, 44, fell.", "44", 44, None, None),
    ],
)
def test_ages_are_told_and_not_counted(text, span, value, to, modifier):
    age = only(text)
    assert (age.kind, text[age.start : age.end]) == ("age", span)
    assert (age.value, age.to, age.unit, age.modifier) == (value, to, "year", modifier)


def test_ages_in_months_compare_with_years():
    age = only("An 8-month-old boy fell.")
    assert (age.value, age.unit, age.base_unit) == (8, "month", "year")
    assert age.base_value == pytest.approx(8 / 12)
    assert only("A girl aged six months fell.").base_value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("A 44-year-old protester fell.", "protester"),
        ("They met 44-year-old Mia Orr there.", "Mia Orr"),
        ("Her 14-year-old son attends.", "son"),
        ("He is 44 years old and well.", None),
        ("The 44-year-old, who fell, left.", None),
    ],
)
def test_an_age_is_of_the_noun_that_it_describes(text, of):
    age = only(text)
    assert (age.of and age.of.of(text)) == of


def test_a_figure_between_figures_is_left_out():
    assert words("The code was 3 1 4 1 5.") == ["3", "5"]


def test_nothing_is_read_within_a_time_expression():
    text = "In the space of 40 sittings they lost 34 troops."
    assert words(text) == ["40", "34"]
    start = text.index("40")
    assert [text[q.start : q.end] for q in quantities(text, [Span(start, start + len("40 sittings"))])] == ["34"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(NUMBERY, NUMBERY.map(lambda t: t.replace(" ", "")), st.text(max_size=80)))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    found = quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(q.of is None or (q.end <= q.of.start < q.of.end <= len(text)) for q in found)
    assert all(q.to is None or q.kind == "score" or q.value < q.to for q in found)


@pytest.mark.parametrize(
    "piece",
    [*HOSTILE, "12 men and ", "$5 to ", "more than 3 ", "12 Big ", "12 of ", "1 a-", "Mia Orr, 44, ", "aged 4, "],
)
def test_time_grows_with_the_text_and_not_faster(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        begun = time.process_time()
        quantities(text)
        return time.process_time() - begun

    assert min(seconds(100_000), seconds(100_000)) < 30 * max(seconds(12_500), 0.01)
