"""The measure of numbers and quantities: strict about what is found, fair about how it is written."""

from __future__ import annotations

import pytest

from onrecord.evaluate.recognizers import expected_answers, score_recognizers


def case(spec, text, *results, n=1):
    rows = []
    for words, resolution in results:
        start = len(text[: text.index(words)].encode("utf-16-le")) // 2
        rows.append({"Text": words, "Start": start, "End": start + len(words) - 1, "Resolution": resolution})
    return {"spec": spec, "n": n, "Input": text, "Results": rows}


NUMBER = {"value": "34"}
MONEY = {"value": "5000000", "unit": "United States dollar", "isoCurrency": "USD"}


@pytest.mark.parametrize(
    ("row", "right"),
    [
        (case("NumberModel", "They saw 34 boats.", ("34", NUMBER)), 1),
        (case("NumberModel", "They saw 34 boats.", ("34", {"value": "35"})), 0),
        (case("NumberModel", "They saw 34 boats and 2 cars.", ("34", NUMBER)), 0),
        (case("NumberModel", "They saw 34 boats.", ("34 boats", NUMBER)), 0),
        (case("NumberModel", "They saw boats."), 1),
        (case("NumberModel", "🚤🚤 They saw 34 boats.", ("34", NUMBER)), 1),
        (case("PercentModel", "It fell 34% at 6 km.", ("34%", {"value": "34%"})), 1),
        (case("CurrencyModel", "It cost US$5 million.", ("US$5 million", MONEY)), 1),
        (case("CurrencyModel", "It cost C$5 million.", ("C$5 million", MONEY)), 0),
        (case("CurrencyModel", "The dollar fell.", ("dollar", {"value": None, "unit": "Dollar"})), 0),
        (
            case("DimensionModel", "It is 34 pounds.", ("34 pounds", {**NUMBER, "unit": "Pound", "subtype": "Weight"})),
            1,
        ),
        (case("DimensionModel", "It is 34 degrees."), 1),
    ],
)
def test_a_case_is_right_when_exactly_its_expressions_are_found(row, right):
    share = score_recognizers([row])[row["spec"]]
    assert (share.right, share.total) == (right, 1)


def test_the_cases_that_fail_are_named():
    rows = [case("NumberModel", "It saw 34.", n=7), case("NumberModel", "It saw.", n=8), {"spec": "AgeModel", "n": 9}]
    share = score_recognizers(rows)["NumberModel"]
    assert (share.percent, share.failing) == (50.0, (7,))


def test_an_expression_without_a_value_cannot_be_met():
    assert expected_answers(case("CurrencyModel", "The dollar.", ("dollar", {"value": None, "unit": "Dollar"}))) is None
