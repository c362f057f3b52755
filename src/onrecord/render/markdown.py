"""The record as Markdown (CommonMark, and what GitHub adds): readable as plain text, no page needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.records import Dossier
from onrecord.render.view.articles import ArticleView, Passage
from onrecord.render.view.differences import Kind
from onrecord.render.view.index import IndexEntry
from onrecord.render.view.lines import Line
from onrecord.render.view.primary import PrimaryView
from onrecord.render.view.slices import Run
from onrecord.render.view.speakers import SpeakerView
from onrecord.render.view.story import StoryView
from onrecord.render.view.utterances import Told, UtteranceView
from onrecord.render.view.wording import count, day, web_address

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$#]")
_LINE_START = re.compile(r"^([ \t]*)([-+=:]|\d+(?=[.)]))?", re.MULTILINE)
# What GitHub would make a link without being asked: the escape keeps the letters and breaks the address.
_ADDRESS = re.compile(r"(?i)\b(?:(?:https?|ftp|mailto|xmpp)(?=:)|www(?=\.))")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def to_markdown(dossier: Dossier) -> str:
    """Return the record as Markdown."""
    out = ["# The record", ""]
    if not dossier.stories:
        out += ["No stories: 0 reports.", ""]
    stories = [StoryView(story) for story in dossier.stories]
    for number, story in enumerate(stories, start=1):
        if len(stories) > 1:
            out += [f"# Story {number} of {len(stories)}", ""]
        out += _story(story)
    made = dossier.made_by
    out += [
        "---",
        "",
        "Every quoted line is a slice of a report; its characters are counted in Unicode code points from the "
        "report’s start, end excluded. \\[…\\] stands where text is left out. Labels, headings and numbers are "
        "Onrecord’s; words are the reports’. The SHA-256 is that of each report’s text in UTF-8.",
        "",
        *(f"- {inline(a.name)}: {a.record.sha256}" for story in stories for a in story.articles),
        "",
        f"Made by Onrecord {escape(made.version)}, weights {escape(made.weights)}, schema {escape(dossier.schema)}.",
    ]
    return "\n".join(out) + "\n"


def escape(text: str) -> str:
    """Return ``text`` such that Markdown shows it as it stands: no markup, no links, no control characters."""
    text = _SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;"))
    text = _ADDRESS.sub(r"\g<0>\\", text)
    text = _LINE_START.sub(_line_start, text)
    return _UNSEEN.sub(lambda m: f"&#{ord(m.group())};", text)


def _line_start(match: re.Match[str]) -> str:
    start = "".join("&#32;" if c == " " else "&#9;" for c in match[1])
    if not match[2]:
        return start
    return f"{start}{match[2]}\\" if match[2].isdigit() else f"{start}\\{match[2]}"


def inline(text: str) -> str:
    """Return ``text`` on one line, such that Markdown shows it as it stands."""
    return escape(" ".join(text.split()))


def _story(story: StoryView) -> Iterator[str]:
    yield "## Reports"
    yield ""
    for article in story.articles:
        yield from _report(article)
    yield ""
    total = count(len(story.record.statements), "statement")
    if len(story.articles) > 1:
        total += f" in {count(len(story.utterances), 'line')}, {len(story.several)} told by several reports"
    yield f"{total}."
    yield ""
    if story.several:
        yield "## Told by several reports"
        yield ""
    for u in story.several:
        yield from _utterance(u, story)
    if story.single:
        yield f"## {'Told by one report' if len(story.articles) > 1 else 'Record'}"
        yield ""
    for article in story.articles:
        alone = story.alone[article.index]
        if alone and len(story.articles) > 1:
            yield f"### {inline(article.name)}"
            yield ""
        for u in alone:
            yield from _utterance(u, story)
    if story.utterances:
        yield "## Speakers"
        yield ""
        yield from _index(story.named)
        if story.unnamed:
            yield "### On nobody’s name"
            yield ""
            yield from _index(story.unnamed)
    yield from _coverage(story)
    for source in story.primary:
        yield from _primary(source)
    yield from _relations(story)


def _report(article: ArticleView) -> Iterator[str]:
    a = article.record
    url = web_address(a.url)
    address = url.replace("(", "%28").replace(")", "%29") if url else None
    facts = [f"**{inline(article.name)}**"]
    facts += [inline(article.heading)] if article.heading != article.name else []
    if address:
        facts[-1] = f"[{facts[-1]}](<{address}>)"
    facts += [] if a.title else [" ".join(_slice(article.opening).split())]
    facts += [inline(a.byline)] if a.byline else []
    facts += [inline(day(a.published) or a.published) if a.published else "no date"]
    facts += [f"language: {inline(a.language)}"] if a.language and a.language != "en" else []
    facts += [count(article.statements, "statement")]
    if article.credited_in_title:
        facts.append(f"the title credits {', '.join(map(inline, article.credited_in_title))}")
    yield "- " + " · ".join(fact for fact in facts if fact)
    for note in a.notes:
        yield f"  - Note: {inline(note)}"


def _utterance(u: UtteranceView, story: StoryView) -> Iterator[str]:
    role = f", {inline(u.speaker.role)}" if u.speaker.role else ""
    level = "###" if u.shared or len(story.articles) == 1 else "####"
    yield f"{level} {u.number}. {inline(u.speaker.name)}{role}"
    yield ""
    if u.shared:
        facts = [f"{len(u.articles)} of {len(story.articles)} reports"]
        facts += map(inline, u.sources)
        facts += u.labels
        facts += [f"said {inline(u.said_on)}"] if u.said_on else []
        yield " · ".join(facts)
        yield ""
    for line in u.lines:
        yield from _line(line, u)


def _line(line: Line, u: UtteranceView) -> Iterator[str]:
    # What holds for all tellings of an utterance stands above them; an utterance of one report has no such heading.
    s, text = line.statement, line.article.record.text
    facts = [f"**{inline(line.article.name)}**"] if u.shared else []
    facts += [" ".join(f"“{inline(span.of(text))}”" for span in sorted(p for p in (s.source, s.cue) if p))]
    facts += ["fullest"] if line.fullest and u.shared else []
    facts += [label for label in line.labels if not u.shared or label not in u.labels]
    if line.said_on and not (u.shared and u.said_on):
        facts.append(f"said {inline(line.said_on)}")
    facts += [f"to “{inline(line.addressee)}”" if line.addressee else ""]
    facts += [f"“{inline(line.occasion)}”" if line.occasion else ""]
    facts += [f"characters {line.start}–{line.end}"]
    facts += [f"also in line {u.elsewhere[s.id]}"] if s.id in u.elsewhere else []
    yield " · ".join(fact for fact in facts if fact)
    yield ""
    yield from block(line.words or line.excerpt)
    if u.shared and line.differences:
        yield " · ".join(_difference(kind) for kind in line.differences)
        yield ""


def _difference(kind: Kind) -> str:
    told = ", ".join(
        " for ".join(f"“{inline(words)}”" for words in (change.own, change.fullest) if words) for change in kind.changes
    )
    more = f" and {kind.more} more" if kind.more else ""
    name = f"**{kind.name}**" if kind.warning else kind.name
    return f"{name} {told}{more}".strip()


def block(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the lines of a quotation of slices, and an empty one."""
    text = _slice(runs)
    if text:
        for line in text.split("\n"):
            yield f"> {line}".rstrip() if line.strip() else ">"
        yield ""


def _slice(runs: Sequence[Run]) -> str:
    # One escaping over what stands together, so that no mark can arise across two runs.
    pieces: list[str] = [""]
    for run in runs:
        if run.elided:
            pieces.append("")
        else:
            pieces[-1] += run.text
    return " *\\[…\\]* ".join(escape(piece.rstrip("\n")) for piece in pieces).rstrip(" ")


def _numbers(utterances: Iterable[UtteranceView], most: int | None = None) -> str:
    """Return the utterances' numbers, "1, 4–9"; runs after the first ``most`` are left out, plainly."""
    runs: list[list[int]] = []
    for u in utterances:
        if runs and u.number == runs[-1][-1] + 1:
            runs[-1][1:] = [u.number]
        else:
            runs.append([u.number])
    more = ", …" if most is not None and len(runs) > most else ""
    return ", ".join("–".join(map(str, run)) for run in runs[:most]) + more


def _index(entries: Iterable[IndexEntry]) -> Iterator[str]:
    for e in entries:
        s = e.speaker
        role = f", {inline(s.role)}" if s.role else ""
        role += f", also {'; '.join(map(inline, s.spellings))}" if s.spellings else ""
        told = f"{count(e.statements, 'statement')} in {count(e.articles, 'report')}"
        more = "".join(f"; {inline(words)}" for words in _known_of(s))
        yield f"- **{inline(s.name)}**{role}: {told}; {_numbers(e.utterances)}{more}"
    yield ""


def _known_of(s: SpeakerView) -> Iterator[str]:
    """Yield what is known of a speaker beside names: for whom it speaks, why it is not named, whom a file takes it
    for.
    """
    for link in s.speaks_for:
        yield f"speaks for {link.name} (by {f'“{link.words}”' if link.words else f'the file {link.file}'})"
    if s.unnamed_because:
        yield f"not named: “{s.unnamed_because}”"
    if s.may_be:
        yield f"may be {' or '.join(s.may_be)}: the text does not say"
    if s.known_as:
        yield " · ".join([f"taken for {s.known_as}", *(f"{kind} {value}" for kind, value in s.identifiers)])


def _coverage(story: StoryView) -> Iterator[str]:
    if not story.coverage:
        return
    yield "## Coverage"
    yield ""
    yield (
        "| Report | Has | Only here | Lacks | Leads with | On nobody’s name | The outlet’s reading "
        "| Words, by who is credited | Words nobody is credited with |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in story.coverage:
        leads = f"{row.leads_with.number} {inline(row.leads_with.speaker.name)}" if row.leads_with else "–"
        words = ", ".join(f"{inline(name)} {n}" for name, n in row.words.items())
        lacks = f"{len(row.lacks)}" + (f" ({_numbers(row.lacks, most=40)})" if row.lacks else "")
        name = inline(row.article.name)
        told = [len(row.has), len(row.alone), lacks, leads, len(row.record.unnamed), len(row.record.readings), words]
        yield f"| {name} | {' | '.join(map(str, told))} | {row.record.own_words} |"
    yield ""


def _primary(p: PrimaryView) -> Iterator[str]:
    yield f"## Against the source: {inline(p.record.title or p.record.name)}"
    yield ""
    counts = ", ".join(f"{n} {name}" for name, n in p.counts) or "no quotation to check"
    yield f"{', '.join(map(inline, p.speakers))}: {counts}."
    yield ""
    for c in p.checks:
        verdict = f"**{c.verdict}**" if c.warning else c.verdict
        yield f"{verdict} · {inline(c.line.article.name)} · characters {c.line.start}–{c.line.end}"
        yield ""
        yield from block(c.line.words or c.line.excerpt)
        told = [_difference(kind) for kind in c.differences]
        if c.words and c.verdict != "verbatim":
            told.append("the source: " + " … ".join(f"“{inline(w)}”" for w in c.words))
        if told:
            yield " · ".join(told)
            yield ""


def _again(told: Told) -> Iterator[str]:
    names = ", ".join(inline(a.name) for a in told.articles)
    labels = "".join(f" · {label}" for label in told.line.labels)
    yield f"{told.utterance.number}. {inline(told.utterance.speaker.name)} · {names}{labels}".replace(". ", "\\. ", 1)
    yield ""
    yield from block(told.line.words or told.line.excerpt)


def _passage(p: Passage) -> Iterator[str]:
    yield f"{inline(p.article.name)} · nobody credited · characters {p.start}–{p.end}"
    yield ""
    yield from block([Run(p.text)])


_CONFLICTS = {
    "denial": "Denial",
    "contradiction": "Contradiction",
    "figures": "Figures",
    "position": "Opposing wishes",
}


def _relations(story: StoryView) -> Iterator[str]:
    if story.conflicts:
        yield "## Conflicts"
        yield ""
    for c in story.conflicts:
        yield f"### {_CONFLICTS[c.record.type]}" + (f": “{inline(c.about)}”" if c.about else "")
        yield ""
        if c.record.update:
            yield "The later report may bring the earlier up to date."
            yield ""
        for reason in c.why:
            words = " / ".join(f"“{inline(p.text)}” ({inline(p.article.name)})" for p in reason.words)
            yield f"- {reason.kind}: {words}"
        if c.why:
            yield ""
        for i, side in enumerate(c.sides):
            if i:
                yield "*and*"
                yield ""
            for told in side.told:
                yield from _again(told)
            for passage in side.passages:
                yield from _passage(passage)
    if story.issues:
        yield "## Positions"
        yield ""
    for issue in story.issues:
        yield f"### {inline(issue.name)}"
        yield ""
        for p in issue.positions:
            second = ", second-hand" if p.record.second_hand else ""
            condition = f", “{inline(p.condition.text)}”" if p.condition else ""
            day = f", {inline(p.when)}" if p.when else ""
            yield f"- {p.record.stance}: {inline(p.name)}{second}{day}{condition}; {_numbers(p.utterances)}"
        yield ""
    if story.sticking_points:
        yield "## Sticking points"
        yield ""
        for point in story.sticking_points:
            for_, against = (", ".join(map(inline, side)) or "–" for side in (point.for_, point.against))
            bound = f"; on conditions {', '.join(map(inline, point.conditional))}" if point.conditional else ""
            yield f"- {inline(point.name)}: for {for_}; against {against}{bound}"
        yield ""
    if story.conditions:
        yield "## Conditions"
        yield ""
        for told_of in story.conditions:
            second = ", second-hand" if told_of.record.second_hand else ""
            name, words = inline(told_of.name), inline(told_of.words.text)
            yield f"- {name}{second}: “{words}”; {_numbers(told_of.utterances)}"
        yield ""
    if story.timeline:
        yield "## Timeline"
        yield ""
    for entry in story.timeline:
        yield f"### {inline(entry.when) if entry.when else 'No day given'}{' · ahead' if entry.future else ''}"
        yield ""
        for told in entry.told:
            yield from _again(told)
        for event in entry.events:
            for passage in event:
                yield from _passage(passage)
