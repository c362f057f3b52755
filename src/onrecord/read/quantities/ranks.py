"""Ordinals and ranks: "the third round", "second-largest", "No. 2", "ranked fifth"."""

from __future__ import annotations

import re

import msgspec

from onrecord.read.quantities.amounts import Amount, made
from onrecord.read.quantities.counted import OF, counted
from onrecord.read.quantities.not_counted import OPENS
from onrecord.read.quantities.number_forms import GAP
from onrecord.records import Quantity

_NUMBERED = re.compile(r"(?<!\w)(?:nos?\. ?|numbers? |#)\Z")
_SUPERLATIVE = re.compile(
    rf"(?:{GAP}|-)((?:most|least|best|worst)(?:[ -][a-z]+)?"
    r"|[a-z]{2,12}(?<!inter)(?<!for)(?<!qu)(?<!int)(?<!har)est(?!\w))"
)
_RANKED = re.compile(
    r"(?<!\w)(?:rank(?:ed|s|ing)?|placed|finish(?:ed|es|ing)?|c[ao]m(?:e|es|ing)) (?:in )?(?:an? "
    r"|the )?(?:[a-z]+ )?\Z"
)
_PLACE = re.compile(r" place(?!\w)")
_DETERMINER = re.compile(
    r"(?:(?<!\w)(?:the|an?|his|her|its|their|our|my|your|this|that|another|every|each|any)|['’]s"
    r"|s['’]) (?:[a-z]+ )?\Z"
)
_COMMON_ORDINALS = re.compile(
    rf"{GAP}(?:time|times|lady|ladies|amendment|half|hand|half's|name|names|glance|place|grade|grader"
    rf"|graders|floor|circuit|congress|party|class|person"
    r"|step|steps|thing|things|one|ones|days?|weeks?|months?|years?|hours?|minutes?|seconds?"
    r"|responders?|century|centuries|quarter|base|couple|few|thought|look|world war|world)(?!\w)"
)


def number_sign(low: str, a: Amount) -> int | None:
    """Return where "No. 2", "number two" or "#2" starts, ``None`` where the number is no rank."""
    if a.form != "cardinal" or a.scale != 1 or a.to is not None or a.value >= 1000:
        return None
    if low[max(0, a.start - 2) : a.start].strip(" ").isdigit():
        return None
    match = _NUMBERED.search(low, max(0, a.start - 9), a.start)
    return match.start() if match else None


def place(text: str, low: str, a: Amount) -> Quantity | None:
    """Return "the third round" as an ordinal, "second-largest" and "ranked fifth" as ranks, else nothing."""
    if OF.match(low, a.end):
        return None
    if best := _SUPERLATIVE.match(low, a.end):
        rank = msgspec.structs.replace(a, end=best.end())
        return made(rank, "rank", counted(text, low, rank.end, many=False), None)
    if a.words and text[a.at].isupper() and not OPENS.search(text, max(0, a.start - 6), a.start):
        return None
    ranked = _RANKED.search(low, max(0, a.start - 24), a.start)
    of = counted(text, low, a.end, many=False)
    if place := _PLACE.match(low, a.end):
        if low.endswith("in the ", 0, a.start):
            return None
        return made(msgspec.structs.replace(a, end=place.end()), "rank", None, None)
    if ranked and of is None:
        return made(a, "rank", None, None)
    if of is None or low.startswith("-", a.end) or _COMMON_ORDINALS.match(low, a.end):
        return None
    determined = _DETERMINER.search(low, max(0, a.start - 18), a.start) is not None
    return made(a, "ordinal", of, None) if determined else None
