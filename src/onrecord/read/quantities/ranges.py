"""What two numbers tell together: ranges, scores of votes and games, feet with inches and dollars with cents."""

from __future__ import annotations

import re

import msgspec

from onrecord.read.quantities.amounts import Amount
from onrecord.read.quantities.counted import counted
from onrecord.read.quantities.number_forms import GAP

_LINK = re.compile(
    rf"(?P<dash>[-–]|{GAP}?-(?:to-)|{GAP}-{GAP})|(?P<to>-?{GAP}to{GAP}|-to-)|(?P<and>-?{GAP}and{GAP})"
    rf"|(?P<or>-?{GAP}or{GAP})"
)
_PARTS_OF = {
    ("ft", "in"): 12.0,
    ("lb", "oz"): 16.0,
    ("USD", "USc"): 100.0,
    ("GBP", "GBp"): 100.0,
    ("EUR", "USc"): 100.0,
}
_PARTS_OF |= {(code, "USc"): 100.0 for code in ("CAD", "AUD", "NZD", "HKD", "SGD")}
_COMPOUND_GAP = re.compile(rf"{GAP}(?:and{GAP})?|-|,{GAP}")
_INCHES_SHORT = re.compile(rf"{GAP}in(?!\w)\.?")
_CENTS = re.compile(rf"{GAP}(?:and{GAP})?")
_CLOSES = re.compile(r"[^\S\r\n]*(?:[.,;:?!)\r\n]|\Z)")
_BETWEEN = re.compile(r"(?<!\w)between (?:[a-z]+ ){0,2}\Z")
_FROM = re.compile(r"(?<!\w)from (?:[a-z]+ ){0,2}\Z")
_RANGING = re.compile(
    r"(?<!\w)(?:rang(?:e|es|ed|ing)|anywhere|var(?:y|ies|ied|ying)|estimate[sd]?|somewhere) from (?:[a-z]+ ){0,2}\Z"
)
_CHANGE = re.compile(
    r"(?<!\w)(?:r[io]se[sn]?|rising|fell|falls?|falling|fallen|gr[eo]wn?|grows|went|go|drop(?:s|ped"
    r"|ping)?|increas\w+|rais\w+|cut"
    r"|up|down|declin\w+|reduc\w+|jump\w*|climb\w*|mov\w+|sl[iu]d\w*|slip\w*|lower\w*|soar\w*|surg\w+"
    r"|dip\w*|gain\w*|los[te]\w*"
    r"|chang\w+|narrow\w*|widen\w*|shr[aiu]nk\w*|swell\w*|expand\w*|plung\w+|tumbl\w+|shift\w*|advanc\w+)(?!\w)"
)
_TALLY_BEFORE = re.compile(
    r"(?<!\w)(?:vot\w+|w[io]n\w*|beat\w*|le[ad]d?s?|leading|margin|majority|decision|ruling|ruled"
    r"|los[te]\w*|defeat\w*|scor\w+|odds"
    r"|outnumber\w*|ratio|pass\w*|reject\w*|approv\w+|split|tie[ds]?|trail\w*|victory|against|went"
    r"|deadlock\w*|edg\w+|draw|drew)(?!\w)"
)
_TALLY_AFTER = re.compile(
    rf"(?:{GAP}|-)(?:vot\w+|margin|majority|decision|ruling|ratio|lead|victory|win|odds|split|loss|against|favou?r"
    r"|in favou?r|conservative|liberal|republican|democratic|opinion|record|draw|defeat|score|chance|rout|tie|ruled"
    r"|advantage|edge)(?!\w)"
)


def joined(low: str, amounts: list[Amount]) -> list[Amount]:
    """Join what tells one quantity together: ranges, scores, feet and inches."""
    joined: list[Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        if last is not None and last.to is None and amount.start - last.end <= 12:
            both = _compound(low, last, amount) or _range(low, last, amount)
            if both is not None:
                joined[-1] = both
                continue
        joined.append(amount)
    return joined


def linked(low: str, end: int, start: int) -> bool:
    """Tell whether what stands between two numbers makes them the ends of a range."""
    return 0 < start - end <= 6 and _LINK.fullmatch(low, end, start) is not None


def _compound(low: str, a: Amount, b: Amount) -> Amount | None:
    """Join "5 ft 2 in", "13 dollars and 45 cents", "15 dollars 50"."""
    if a.unit is None or b.form in ("ordinal", "ratio") or a.scale != 1 or b.scale != 1 or b.value < 0:
        return None
    between = low[a.end : b.start]
    if b.unit is not None:
        parts = _PARTS_OF.get((a.unit.symbol, b.unit.symbol))
        if parts is None or b.value >= parts or not _COMPOUND_GAP.fullmatch(between):
            return None
        return msgspec.structs.replace(a, end=b.end, stop=b.stop, value=a.value + b.value / parts)
    whole = b.form == "cardinal" and not b.words and 1 <= b.value < 100 and _CLOSES.match(low, b.end) is not None
    if a.name == "ft" and b.value < 12 and between == " " and (inches := _INCHES_SHORT.match(low, b.end)):
        return msgspec.structs.replace(a, end=inches.end(), stop=b.stop, value=a.value + b.value / 12)
    if not whole or not a.name.startswith("dollar") or not _CENTS.fullmatch(between):
        return None
    if _BETWEEN.search(low, max(0, a.start - 25), a.start):
        return None
    return msgspec.structs.replace(a, end=b.end, stop=b.stop, value=a.value + b.value / 100)


def _range(low: str, a: Amount, b: Amount) -> Amount | None:
    """Join the ends of a range or the sides of a score."""
    link = _LINK.fullmatch(low[a.end : b.start])
    if link is None or {a.form, b.form} & {"ordinal", "ratio", "multiple"} or b.value < 0:
        return None
    alike = a.unit is None or b.unit is None or a.unit == b.unit
    leads = a.unit is not None and a.unit.kind in ("money", "age") and a.start < a.at
    if not alike or (a.unit is not None and b.unit is None and not leads):
        return None
    value, unit = a.value, b.unit or a.unit
    if a.scale == 1 and b.scale > 1 and value < max(10, 1000 * (b.scale > 1000)) and value * b.scale < b.value:
        value *= b.scale
    both = msgspec.structs.replace(
        a, end=b.end, stop=b.stop, value=value, to=b.value, unit=unit, name=a.name or b.name, scale=b.scale
    )
    if _is_score(low, a, b, link):
        return msgspec.structs.replace(both, score=True)
    return both if value < b.value and _is_range(low, a, b, link) else None


def _is_range(low: str, a: Amount, b: Amount, link: re.Match[str]) -> bool:
    """Tell a range from a change ("rose from 3% to 5%") and from two amounts that happen to stand side by side."""
    if link.lastgroup == "and":
        return _BETWEEN.search(low, max(0, a.start - 25), a.start) is not None
    if link.lastgroup == "or":
        return (a.unit is None or a.unit == b.unit) and a.form == b.form == "cardinal" and b.value <= 2 * a.value
    if link.lastgroup == "dash":
        return (
            not (low[link.start() : link.end()].isspace()) and (a.words == b.words) and not low.startswith("-", b.end)
        )
    if _FROM.search(low, max(0, a.start - 22), a.start):
        if _RANGING.search(low, max(0, a.start - 34), a.start):
            return True
        return a.unit is None and b.unit is not None and not _CHANGE.search(low, max(0, a.start - 60), a.start)
    own = a.unit is not None and a.end > a.stop
    return not own or not _CHANGE.search(low, max(0, a.start - 30), a.start)


def _is_score(low: str, a: Amount, b: Amount, link: re.Match[str]) -> bool:
    """Tell the sides of a vote or a game: the greater first, or beside words of winning and losing."""
    whole = a.form == b.form == "cardinal" and a.scale == b.scale == 1 and a.unit is None and b.unit is None
    if not whole or link.lastgroup not in ("dash", "to") or a.value > 9999:
        return False
    told = _TALLY_AFTER.match(low, b.end) is not None
    told = told or _TALLY_BEFORE.search(low, max(0, a.start - 40), a.start) is not None
    if link.lastgroup == "to" and link[0] != "-to-":
        return a.value > b.value and (told or b.value == 1)
    return a.value >= b.value or (told and not counted(low, low, b.end, many=True))
