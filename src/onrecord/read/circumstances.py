"""To whom and on what occasion something was said: found by form, in the words around cue and content."""

from __future__ import annotations

import re
from functools import cache

from onrecord.read.attributions import Attribution
from onrecord.read.segments import Segments
from onrecord.read.words import word_list
from onrecord.records import Span

_TELLING = re.compile(
    r"(?:.*\s)?(?:told|tells?|telling|asked|asks?|asking|assured?|assures|informed|reminded|warned|urged|notified"
    r"|thanked|advised|briefed|texted|emailed|called on|calls on|calling on)\Z",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = re.compile(
    r"(?:.*\s)?(?:told|tells?|telling|informed|assured?|assures|reminded|notified)\Z", re.IGNORECASE | re.DOTALL
)
_SAYING = re.compile(
    r"(?:.*\s)?(?:sa(?:id|ys?|ying)|wrote|writes?|writing|spoke|speaks?|speaking|complain(?:ed|s|ing)?|explain(?:ed|s|ing)?"
    r"|suggest(?:ed|s|ing)?|repl(?:ied|ies)|respond(?:ed|s)?|testif(?:ied|ies)|confirm(?:ed|s|ing)?|announced?|admit(?:ted|s)?"
    r"|confided|described?|recounted|apologi[sz]ed|lied|appeal(?:ed|s|ing)?)\Z",
    re.IGNORECASE | re.DOTALL,
)
_TO = re.compile(r"\s+to\s+(?=[\w“\"])")
_BREAK = re.compile(
    r"[,;:—–\"“”()]"
    r"|\s(?:that|to|on|in|at|by|during|after|before|as|when|while|last|this|they|he|she|it|we|I|you)\s"
    r"|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_NAMES = (
    r"(?:the\s|an?\s|his\s|her\s)?(?:[A-Z][\w.&’'-]*|of|the|“[^”]{1,40}”|\"[^\"]{1,40}\""
    r"|reporters|lawmakers|journalists|supporters)"
)
_DANGLING = re.compile(r"(?:\s+(?:with|on|to|for|at|in|from|by|of|the))+\Z|[.,;:]\Z")
REACH = 400
"""Characters on either side of a cue in which its occasion is looked for."""
LEAST_WORDS = 2
"""Told words that must be left when their end is cut off."""
_RELATIVE_TIME = re.compile(r"after|before|following", re.IGNORECASE)
_WHOLE = (
    r"(?=[^\w\s]|\s*\Z|\s+(?:on|in|at|by|and|but|that|where|when|while|with|from|to|after|before|last|this"
    r"|[A-Z][a-z]+day)\b)"
)
"""No noun follows: "in Tarn", but not "in the Tarn" of "in the Tarn valley"."""
ADDRESSEE_WORDS = 12
"""Words that an addressee may have."""


def addressee(text: str, segments: Segments, a: Attribution) -> Span | None:
    """Return whom the words are said to: what stands between a cue of telling and the content, or after "said to"."""
    if a.cue is None:
        return None
    sentence = segments.sentences[segments.sentence_at(a.cue.start)]
    start = a.cue.end
    if not _TELLING.match(text[a.cue.start : a.cue.end]):
        to = _TO.match(text, start, sentence.end)
        if (
            to is None
            or not _SAYING.match(text[a.cue.start : a.cue.end])
            or any(to.start() <= s.start < to.end() or s.start <= to.start() < s.end for s in a.content)
        ):
            return None
        start = to.end()
    stop = min([sentence.end, *(s.start for s in (a.source, *a.content) if s is not None and s.start >= start)])
    broken = _BREAK.search(text, start, stop)
    return _trimmed(text, start, broken.start() if broken else stop)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    if end > start and text[end - 1] == "." and text[end - 3 : end - 2] != ".":  # "in the U.S." keeps its stop
        end -= 1
    return Span(start, end) if 0 < len(text[start:end].split()) <= ADDRESSEE_WORDS else None


# -- occasion --------------------------------------------------------------------------------------------------------


@cache
def _occasion(plain: bool) -> re.Pattern[str]:
    entries = word_list("occasions")
    nouns = [e.removesuffix(" +") for e in entries if not plain or e.endswith(" +")]
    noun = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    return re.compile(
        r"(?<![\w-])(?i:in|at|on|during|over|via|after|before|through|following)\s+"
        r"(?:an?|the|his|her|their|its|this|that|another|one|two|three|several|recent|a\s+series\s+of)\s+"
        rf"(?:[\w.’'-]+\s+){{0,4}}?(?:{noun})(?![\w-])"
        rf"(?:\s+(?:with|on|to|for|at|in|from|by|of)\s+{_NAMES}(?:\s+{_NAMES})*{_WHOLE})?"
        r"|(?<![\w-])(?:on|via)\s+(?:Twitter|Facebook|Instagram|Telegram|YouTube|Truth\sSocial|X)(?!\w)"
    )


def occasion(text: str, segments: Segments, a: Attribution) -> Span | None:
    """Return the occasion or vehicle that the cue's sentence names outside the content, the nearest to the cue."""
    if a.cue is None:
        return None
    sentence = segments.sentences[segments.sentence_at(a.cue.start)]
    best: tuple[int, Span] | None = None
    first, last = max(sentence.start, a.cue.start - REACH), min(sentence.end, a.cue.end + REACH)
    for match in _occasion(False).finditer(text, first, last):
        span = Span(match.start(), match.start() + len(_DANGLING.sub("", match[0])))
        ahead = span.end <= a.cue.start
        if any(span.overlaps(s) for s in a.content) or segments.quoted[span.start]:
            continue
        if ahead and (_RELATIVE_TIME.match(text, span.start) or _put_in_between(text, a)):
            continue  # "After the call, Lind said, it rained": when it rained, not when she spoke
        apart = max(0, a.cue.start - span.end, span.start - a.cue.end)
        if best is None or apart < best[0]:
            best = apart, span
    return best[1] if best else None


def _put_in_between(text: str, a: Attribution) -> bool:
    end = max(s.end for s in (a.source, a.cue) if s is not None)
    return re.match(r",\s+[^\s“\"‘]", text[end : end + 3]) is not None


# -- told words, cut free --------------------------------------------------------------------------------------------

_WHOM = re.compile(r"(?!that\b)(?:[\w’'.-]+\s+){1,10}?(?=that\s|[“\"][^”\"]{25})")
_APPOSITION = re.compile(r"(?:an?|the)\s[^,;.“”\"]{3,80},\s+(?=\S)")
_ASIDE = re.compile(r",\s+(?:even\s+)?(?:though|although|while|whereas|despite)\s")
"""What the outlet sets against told words."""


def without_circumstances(text: str, segments: Segments, a: Attribution, content: Span) -> Span:
    """Return told words without what tells of the saying: by whom, to whom, on what occasion, against what."""
    if a.cue is None:
        return content
    content = _without_addressee(text, _without_apposition(text, a, content), a.cue)
    return _without_aside(text, segments, _without_occasion(text, segments, content))


def _without_addressee(text: str, content: Span, cue: Span) -> Span:
    """Return a content without the addressee at its head: "told [a veterans group] that the military is depleted"."""
    if not _TOLD.match(text[cue.start : cue.end]) or text[cue.end : content.start].strip():
        return content
    match = _WHOM.match(text, content.start, content.end)
    return Span(match.end(), content.end) if match else content


def _without_occasion(text: str, segments: Segments, content: Span) -> Span:
    """Return told words without the vehicle of the saying at their end: "demanded a halt [in a series of tweets]"."""
    for match in _occasion(True).finditer(text, content.start, content.end):
        told = text[content.start : match.start()].split()
        if match.end() == content.end and not segments.quoted[match.start()] and len(told) >= LEAST_WORDS:
            return Span(content.start, match.start())
    return content


def _without_apposition(text: str, a: Attribution, content: Span) -> Span:
    """Return told words without what is said of their source: "According to the Post[, a local daily], it rained"."""
    if a.source is None or a.cue is None or not a.cue.end <= a.source.start <= content.start:
        return content
    if text[a.source.end : content.start].strip() not in ("", ","):
        return content
    match = _APPOSITION.match(text, content.start, content.end)
    return Span(match.end(), content.end) if match else content


def _without_aside(text: str, segments: Segments, content: Span) -> Span:
    """Return told words without what the outlet sets against them: "urged a retraction[, though Graham said …]"."""
    if segments.quoted[content.end - 1]:
        return content
    for match in _ASIDE.finditer(text, content.start, content.end):
        if not segments.quoted[match.end()] and len(text[content.start : match.start()].split()) >= LEAST_WORDS:
            return Span(content.start, match.start())
    return content
