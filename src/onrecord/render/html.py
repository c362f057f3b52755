"""The record as one page: no network, no other file; scripts only add to it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from onrecord.records import Dossier
from onrecord.render import interface
from onrecord.render.markup import body_html, language, words_html
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.coverage import KINDS, CoverageView, Telling, tellings
from onrecord.render.view.lines import HEDGED, SURE
from onrecord.render.view.primary import VERDICTS
from onrecord.render.view.slices import shorten
from onrecord.render.view.story import StoryView
from onrecord.render.view.utterances import UtteranceView
from onrecord.render.view.wording import day, web_address

# How much is shown before the rest folds away or is counted. What folds is on the page all the same; what is only
# counted is in JSON. One report or two hundred, the page is to keep its calm.
LIMITS = {
    # More columns than these are too narrow to read at 1280 pixels; then the reports flow.
    "most_columns": 4,
    # Headlines before the others fold: two rows of a wide screen.
    "most_headlines": 8,
    # Wordings of one utterance, where the reports flow: the fullest, those with changed words, what most reports have.
    "shown_of_utterance": 6,
    # Lines that one report alone tells, in its column.
    "shown_alone": 6,
    # Utterances of one side of a conflict, statements that show a position, actors of one side of a sticking point.
    "shown_of_side": 3,
    "shown_of_position": 6,
    "shown_of_sticking": 3,
    # Actors in the matrix of positions before the others fold, in a table of their own.
    "shown_of_matrix": 12,
    # Utterances of one day of the timeline: they stand in the record, and are told again here.
    "shown_of_day": 5,
    # Passages that tell one event.
    "shown_of_event": 2,
    # Lines of one person, each on one row.
    "shown_of_person": 15,
    # What a report lacks is everything the others have: with a hundred reports, links by the hundred thousand. The page
    # gives those that most other reports tell, and the number of the rest.
    "most_lacks": 40,
    # Reports that have a row of their own, and a column in the matrix; with more, the others' rows fold, and each line
    # has a strip with a stroke for every report.
    "most_matrix": 12,
    "most_strips": 60,
    # Characters of a line before it is cut, visibly: some 25 lines of a narrow column. The whole stands in the report.
    "longest_line": 900,
    # Of words shown away from their line: some five lines of half a page, two of a page, one row.
    "longest_again": 360,
    "longest_of_day": 180,
    "longest_brief": 90,
    # Statements beyond which the browser lays out what is out of sight only when it comes into sight.
    "many": 400,
}

_TEMPLATES = PackageLoader("onrecord.render")
_SECTIONS = (
    "story",
    "conflicts",
    "record",
    "positions",
    "sticking",
    "conditions",
    "timeline",
    "people",
    "coverage",
    "primary",
    "texts",
)


def to_html(dossier: Dossier, *, excerpts: bool = False) -> str:
    """Return the page; with ``excerpts`` it holds of each report only the sentences that the record refers to."""
    anchors = Anchors()
    anchors.make("main")
    sections = [
        {name: anchors.make(name if number == 1 else f"{name}-{number}") for name in _SECTIONS}
        for number in range(1, len(dossier.stories) + 1)
    ]
    stories, ordinal = [], 0
    for story in dossier.stories:
        stories.append(StoryView(story, anchors, ordinal))
        ordinal += len(story.statements)
    return (
        _environment()
        .get_template("page.html")
        .render(
            dossier=dossier,
            stories=list(zip(stories, sections, strict=True)),
            level=2 if len(stories) == 1 else 3,
            excerpts=excerpts,
            **_static(),
        )
    )


class _Flush(Extension):
    """Takes the indentation out of the templates' lines: a twentieth of a page, and never a report's words."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the template's source with every line flush left."""
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


@cache
def _environment() -> Environment:
    env = Environment(
        loader=_TEMPLATES,
        extensions=[_Flush],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(
        words=words_html,
        day=lambda value: day(value) or value,
        count=interface.count,
        quote=Markup("<q><bdi>{}</bdi></q>").format,
        bdi=Markup("<bdi>{}</bdi>").format,
        code=Markup("<code>{}</code>").format,
    )
    env.globals.update(
        LIMITS,
        t=_words,
        body=body_html,
        shorten=shorten,
        shorten_text=_shorten_text,
        web_address=web_address,
        language=language,
        bars=bars,
        strips=strips,
        tellings=tellings,
        nearest_first=_nearest_first,
        kinds=interface.texts("kinds"),
        marks=interface.texts("coverage.marks"),
        hedged_label=HEDGED,
        denies_label=interface.text("labels.denies"),
        verbatim=VERDICTS["verbatim"],
        sure=SURE,
    )
    return env


def _words(key: str, **values: object) -> Markup:
    """Return words of the interface as markup; the values are escaped where they are none."""
    return Markup(escape(interface.text(key))).format(**values)  # the words themselves are escaped first


def _shorten_text(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@cache
def _static() -> dict[str, Markup | str]:
    """Return the page's style and script with its words, and the policy that lets nothing else in."""
    css, js = (_TEMPLATES.get_source(_environment(), name)[0] for name in ("page.css", "page.js"))
    digest = base64.b64encode(hashlib.sha256(js.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src 'sha256-{digest}'"
    )
    told = {
        "dark": interface.text("page.dark"),
        "light": interface.text("page.light"),
        "shown": interface.text("tools.shown"),
        "copy_line": interface.text("tools.copy_line"),
        "copy_title": interface.text("tools.copy_title"),
        "copied": interface.text("tools.copied"),
        "not_copied": interface.text("tools.not_copied"),
    }
    words = json.dumps(told, ensure_ascii=False)
    return {"css": Markup(css), "js": Markup(js), "policy": policy, "script_words": words}


def bars(rows: Sequence[CoverageView]) -> list[tuple[CoverageView, list[dict[str, object]]]]:
    """Return each report with the parts of its bar: kind of source, its name, a number of words, where the part starts
    and how wide it is, in percent of the longest report.
    """
    longest = max((row.total for row in rows), default=0) or 1
    return [(row, list(_bar(row, longest))) for row in rows]


def _bar(row: CoverageView, longest: int) -> Iterator[dict[str, object]]:
    names = interface.texts("coverage.kinds")
    parts = [(kind if kind in KINDS else "unknown", names.get(kind, kind), n) for kind, n in row.kinds]
    parts.append(("own", interface.text("coverage.own_words"), row.record.own_words))
    position = 0
    for kind, name, n in parts:
        if n > 0:
            x, width = 100 * position / longest, 100 * n / longest
            yield {"kind": kind, "name": name, "words": n, "x": f"{x:.2f}", "width": f"{width:.2f}"}
            position += n


def strips(by_report: Mapping[int, Telling]) -> list[tuple[str, str]]:
    """Return how an utterance is told as strokes one unit wide, a path for each mark, one place for each report."""
    paths: dict[str, list[str]] = defaultdict(list)
    for place, told in sorted(by_report.items()):
        paths[told.mark].append(f"M{place} 0h1v1h-1z")
    return [(mark, "".join(path)) for mark, path in sorted(paths.items())]


def _nearest_first(row: CoverageView) -> list[UtteranceView]:
    """Return what a report lacks, that which most other reports tell first."""
    return sorted(row.lacks, key=lambda u: (-len(u.articles), u.number))
