"""The measures: how well statements, groups, times and whole dossiers agree with what people annotated.

One measure a file. Each takes the gold and the prediction as they are decoded from JSON and returns a frozen record
whose ``to_dict()`` is the JSON that ``onrecord evaluate --json`` prints:

- :func:`score_attribution`: who is credited with what, by which words, against PolNeAR's kind of annotation;
- :func:`score_items`: the same against sentences labelled token by token, CofeNet's table;
- :func:`score_stories`: dossiers against stories annotated by hand; pairs are pooled;
- :func:`score_grouping`: the grouping of articles into stories, B-cubed;
- :func:`score_times`: time expressions, TempEval-3.

All raise :class:`~onrecord.errors.InputError` where a form lacks what the measure needs.
"""

from onrecord.evaluate.attribution import (
    AttributionScore,
    expected_calibration_error,
    linked_by_confidence,
    score_attribution,
)
from onrecord.evaluate.grouping import GroupingScore, score_grouping
from onrecord.evaluate.items import ItemsScore, score_items
from onrecord.evaluate.scores import PRF, Score
from onrecord.evaluate.stories import StoriesScore, score_stories
from onrecord.evaluate.times import TimesScore, score_times

__all__ = [
    "PRF",
    "AttributionScore",
    "GroupingScore",
    "ItemsScore",
    "Score",
    "StoriesScore",
    "TimesScore",
    "expected_calibration_error",
    "linked_by_confidence",
    "score_attribution",
    "score_grouping",
    "score_items",
    "score_stories",
    "score_times",
]
