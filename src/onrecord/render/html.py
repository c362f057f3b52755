"""The record as one page: no network, no other file; scripts only add to it."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.records import Dossier
from onrecord.render.markup import body_html, language, words_html
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.coverage import CoverageView
from onrecord.render.view.lines import HEDGED
from onrecord.render.view.slices import shorten
from onrecord.render.view.story import StoryView
from onrecord.render.view.utterances import UtteranceView
from onrecord.render.view.wording import count, day, web_address

# More columns than these are too narrow to read at 1280 pixels; then the reports flow.
MOST_COLUMNS = 4

# What a report lacks is everything the others have: with a hundred reports, links by the hundred thousand. The page
# gives those that most other reports tell, and the number of the rest; JSON has them all.
MOST_LACKS = 40

# The words of a line before they are cut, visibly: some 25 lines of a narrow column. The whole stands in the full text.
LONGEST_LINE = 900

# Utterances of one side of a conflict that are shown before the others fold away.
SHOWN_OF_SIDE = 3
# Words shown away from their line (conflicts, timeline) before they are cut, visibly: some five lines of half a page.
LONGEST_AGAIN = 360

# Speakers drawn apart in a bar; a sixth shade of grey can no longer be told from its neighbours.
MOST_SHADES = 5

# A statement that the reader is less sure of than this is labelled so. Of 92 statements that the weights 1dcae757c841
# read in examples/jelan-dam, 13 lie under it: nine of them have the right content (nine tenths of the characters in
# common with a statement of gold.json), against 67 of the 79 above. The confidence is not calibrated.
SURE = 0.5

SOURCE_TITLES = {
    "single origin": "however many reports have it, they have it from one place",
    "nobody named": "no report gives the name of who said it",
}

_TEMPLATES = PackageLoader("onrecord.render")


def to_html(dossier: Dossier) -> str:
    """Return the page."""
    anchors = Anchors()
    names = (
        "main",
        "record",
        "speakers",
        "coverage",
        "primary",
        "conflicts",
        "positions",
        "sticking-points",
        "conditions",
        "timeline",
        "text",
    )
    sections = [
        {name: anchors.make(name if i == 0 else f"{name}-{i + 1}") for name in names[1:]} for i in _each(dossier)
    ]
    anchors.make(names[0])
    stories, ordinal = [], 0
    for story in dossier.stories:
        stories.append(StoryView(story, anchors, ordinal))
        ordinal += len(story.statements)
    template = _environment().get_template("page.html")
    return template.render(
        dossier=dossier,
        stories=list(zip(stories, sections, strict=True)),
        level=2 if len(stories) == 1 else 3,
        **_static(),
    )


def _each(dossier: Dossier) -> range:
    return range(len(dossier.stories))


@cache
def _environment() -> Environment:
    env = Environment(
        loader=_TEMPLATES,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(
        words=words_html, day=lambda value: day(value) or value, count=lambda n, one, many=None: count(n, one, many)
    )
    env.globals.update(
        body=body_html,
        shorten=shorten,
        longest_line=LONGEST_LINE,
        longest_again=LONGEST_AGAIN,
        shown_of_side=SHOWN_OF_SIDE,
        web_address=web_address,
        language=language,
        bars=bars,
        hedged_label=HEDGED,
        source_titles=SOURCE_TITLES,
        sure=SURE,
        most_columns=MOST_COLUMNS,
        most_lacks=MOST_LACKS,
        nearest_first=_nearest_first,
    )
    return env


@cache
def _static() -> dict[str, Markup | str]:
    """Return the page's style and script, and the policy that lets nothing else in."""
    css, js = (_TEMPLATES.get_source(_environment(), name)[0] for name in ("page.css", "page.js"))
    digest = base64.b64encode(hashlib.sha256(js.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )
    return {"css": Markup(css), "js": Markup(js), "policy": policy}


def bars(rows: Sequence[CoverageView]) -> list[list[dict[str, object]]]:
    """Return the parts of each report's bar: a name, a number of words, where it starts and how wide it is, in percent.

    The speakers with most words in all reports have the same shade in each; the longest report fills the width.
    """
    together: Counter[str] = Counter()
    for row in rows:
        together.update(row.words)
    leading = sorted(together, key=lambda name: (-together[name], name))[:MOST_SHADES]
    longest = max(1, *(row.total for row in rows))
    return [list(_bar(row, leading, longest)) for row in rows]


def _bar(row: CoverageView, leading: list[str], longest: int) -> Iterator[dict[str, object]]:
    others = {name: n for name, n in row.words.items() if name not in leading and n}
    parts = [(name, row.words.get(name, 0), f"shade-{i}") for i, name in enumerate(leading)]
    parts.append((count(len(others), "other speaker"), sum(others.values()), f"shade-{MOST_SHADES}"))
    parts.append(("nobody credited", row.record.own_words, "own"))
    position = 0
    for name, n, shade in parts:
        if n > 0:
            x, width = 100 * position / longest, 100 * n / longest
            yield {"name": name, "words": n, "x": f"{x:.2f}", "width": f"{width:.2f}", "shade": shade}
            position += n


def _nearest_first(row: CoverageView) -> list[UtteranceView]:
    """Return what a report lacks, that which most other reports tell first."""
    return sorted(row.lacks, key=lambda u: (-len(u.articles), u.number))
