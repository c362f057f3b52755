"""Clock times."""

from __future__ import annotations

from onrecord.read.times.amounts import cardinal
from onrecord.read.times.meaning import Meaning, means
from onrecord.read.times.place import Place


@means("clock")
def _clock(p: Place) -> Meaning | None:
    words = p.all()
    figures = next((w for w in words if w[0].isdecimal()), None)
    whole = p.caught("whole") or p.caught("year")
    if whole:
        if len(whole[0]) != 4:
            return None
        hour, minute = int(whole[0][:2]), int(whole[0][2:])
    else:
        hour = int(figures) if figures and figures.isdecimal() else cardinal(p.caught("NW") or p.caught("number")) or 0
        second = [w for w in words[words.index(":") + 1 :] if w.isdecimal()] if ":" in words else []
        minute = int(second[0]) if second else 0
        if second and len(second[0]) != 2:
            return None
    noon = {"a": 0, "am": 0, "p": 12, "pm": 12}.get((p.caught("AMPM") or [""])[0])
    part = p.value("part")
    if noon is None and part:
        noon = 0 if part == "MO" else 12
    if noon is not None and hour <= 12:
        hour = hour % 12 + noon
    if hour > 24 or minute > 59:
        return None
    zone = p.look("zone", p.caught("ZONE")) or ""
    return _at_clock(p, f"{hour:02}:{minute:02}", zone)


def _at_clock(p: Place, clock: str, zone: str = "") -> Meaning:
    return Meaning("TIME", f"XXXX-XX-XXT{clock}", p.mod, (zone, zone) if zone else None, "clock")


@means("noon")
def _noon(p: Place) -> Meaning | None:
    return _at_clock(p, p.value("noon") or "12:00")
