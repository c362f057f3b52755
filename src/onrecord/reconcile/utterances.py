"""Utterances: one act of saying, however many reports tell it. A first version that joins verbatim quotations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from onrecord.reconcile.sets import DisjointSets
from onrecord.records import ArticleSpan, Reading, Span, StoryStatement, Utterance, Variant, make_id

Key = tuple[str, str]
"""An article's id and a statement's id."""

Piece = tuple[str, str, int]
"""A piece of a statement's content: the statement's key and the piece's number."""

SHARED_WORDS = 5
"""Words in a row that two quotations share when they are the same words: four are met by chance ("we are going to")."""

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")


def words_of(text: str, spans: Iterable[Span]) -> list[tuple[str, Span]]:
    """Return the words of some spans, folded for comparison, each with where it stands."""
    out = []
    for span in spans:
        for match in _WORD.finditer(text, span.start, span.end):
            out.append((match.group().casefold().replace("’", "'"), Span(match.start(), match.end())))
    return out


def shared_quotations(readings: Sequence[Reading]) -> list[list[Piece]]:
    """Return groups of pieces of content, of more than one article each, that quote the same :data:`SHARED_WORDS` words
    in a row, or the same three or four words and nothing else.
    """
    runs: dict[tuple[str, ...], dict[Piece, None]] = defaultdict(dict)
    short: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for reading in readings:
        for statement in reading.statements:
            if statement.kind == "indirect" or statement.act != "speech":
                continue
            for k, span in enumerate(statement.content):
                folded = [w for w, _ in words_of(reading.text, (span,))]
                for i in range(len(folded) - SHARED_WORDS + 1):
                    runs[tuple(folded[i : i + SHARED_WORDS])][reading.id, statement.id, k] = None
                if 3 <= len(folded) < SHARED_WORDS and statement.kind == "direct":
                    short[tuple(folded)].append((reading.id, statement.id, k))
    groups = {tuple(sorted(group)) for group in [*map(list, runs.values()), *short.values()] if _of_several(group)}
    return [list(group) for group in sorted(groups)]


def _of_several(pieces: Iterable[Piece]) -> bool:
    return len({article for article, _, _ in pieces}) > 1


def utterances(
    readings: Sequence[Reading], told: Sequence[StoryStatement], quoted: Iterable[Sequence[Piece]]
) -> tuple[Utterance, ...]:
    """Return the utterances in the order in which their first statements stand.

    Statements of different speakers, both known, are never one. A statement that splices two sayings which another
    article tells apart stands in two utterances.
    """
    by_key = {(s.article, s.id): s for s in told}
    place = {key: i for i, key in enumerate(by_key)}
    texts = {r.id: r.text for r in readings}
    matched = [part for group in quoted for part in _of_one_speaker(group, by_key) if _of_several(part)]
    joined = DisjointSets(sorted({piece for part in matched for piece in part}))
    for part in matched:
        for piece in part[1:]:
            joined.join(part[0], piece)
    groups = _spliced(
        [sorted({piece[:2] for piece in group}, key=place.__getitem__) for group in joined.groups()], place
    )
    shared = {key for group in groups for key in group}
    groups += [[key] for key in by_key if key not in shared]
    groups.sort(key=lambda group: [place[key] for key in group])
    return tuple(_utterance([by_key[key] for key in group], texts) for group in groups)


def _of_one_speaker(pieces: Sequence[Piece], by_key: Mapping[Key, StoryStatement]) -> Iterator[list[Piece]]:
    """Yield pieces that quote the same words by their speakers; where one has none, all may be one speaker's."""
    by_speaker: dict[str | None, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_speaker[by_key[piece[:2]].speaker].append(piece)
    if None in by_speaker:
        yield list(pieces)
    else:
        yield from by_speaker.values()


def _spliced(groups: list[list[Key]], place: dict[Key, int]) -> list[list[Key]]:
    """Join groups of pieces that share a statement, unless that would put two statements of one article together that
    neither group has together: there the article tells two sayings apart.
    """
    out: list[list[Key]] = []
    for group in sorted(groups, key=lambda g: (-len(g), [place[k] for k in g])):
        for i, other in enumerate(out):
            both = sorted({*group, *other}, key=place.__getitem__)
            apart = max(_most_of_one_article(group), _most_of_one_article(other))
            if set(group) & set(other) and _most_of_one_article(both) <= apart:
                out[i] = both
                break
        else:
            out.append(group)
    return out


def _most_of_one_article(group: list[Key]) -> int:
    return max(Counter(article for article, _ in group).values())


def _utterance(statements: list[StoryStatement], texts: dict[str, str]) -> Utterance:
    length = {s.id: len(words_of(texts[s.article], s.content)) for s in statements}
    fullest = max(statements, key=lambda s: (length[s.id], s.id))
    known = [s.speaker for s in statements if s.speaker]
    return Utterance(
        id=make_id("u", *sorted(s.id for s in statements)),
        speaker=max(sorted(set(known)), key=known.count) if known else None,
        statements=tuple(s.id for s in statements),
        fullest=fullest.id,
        variants=tuple(Variant(s.id, differences(s, fullest, texts)) for s in statements if s is not fullest),
        origins=_origins(statements, texts),
    )


def differences(statement: StoryStatement, fullest: StoryStatement, texts: dict[str, str]) -> tuple[ArticleSpan, ...]:
    """Return where the wording of two statements parts: words of the one that the other has not, in both articles.

    Words of the fuller one before the first and after the last common word are left out there, not worded otherwise.
    """
    own, full = words_of(texts[statement.article], statement.content), words_of(texts[fullest.article], fullest.content)
    matcher = SequenceMatcher(None, [w for w, _ in full], [w for w, _ in own], autojunk=False)
    codes = matcher.get_opcodes()
    equal = [k for k, c in enumerate(codes) if c[0] == "equal"]
    out: list[ArticleSpan] = []
    for k, (tag, i, j, a, b) in enumerate(codes):
        if tag == "equal":
            continue
        if a < b:
            out.append(ArticleSpan(statement.article, own[a][1].start, own[b - 1][1].end))
        if i < j and equal and equal[0] < k < equal[-1] and statement.kind != "indirect":
            out.append(ArticleSpan(fullest.article, full[i][1].start, full[j - 1][1].end))
    return tuple(out)


def _origins(statements: list[StoryStatement], texts: dict[str, str]) -> int:
    """Count the tellings that are no reprint: articles whose lines around the statement are the same, word for word,
    tell it once.
    """
    lines: dict[str, set[str]] = defaultdict(set)
    for s in statements:
        text = texts[s.article]
        spans = [x for x in (s.source, s.cue, *s.content) if x is not None]
        start = text.rfind("\n", 0, min(x.start for x in spans)) + 1
        end = text.find("\n", max(x.end for x in spans))
        line = text[start : end if end >= 0 else len(text)]
        lines[s.article].add(" ".join(_WORD.findall(line.casefold())))
    told: list[set[str]] = []
    for article in lines.values():
        home = next((t for t in told if t & article), None)
        if home is None:
            told.append(set(article))
        else:
            home |= article
    return len(told)
