"""Dossiers made from annotated stories: faithful, or spoiled the same way each time."""

from __future__ import annotations

from random import Random
from typing import Any

from .perturb import spoil_spans


class Spoiler:
    """Decides what goes wrong; at ``rate`` 0 nothing does."""

    def __init__(self, rate: float, seed: int) -> None:
        self.rate = rate
        self.random = Random(seed)

    def strikes(self, weight: float = 1.0) -> bool:
        return self.random.random() < self.rate * weight

    def one_of(self, things: list) -> Any:
        return self.random.choice(things)


def make_dossier(gold: dict[str, Any], rate: float = 0.0, seed: int = 0) -> dict[str, Any]:
    """Return the dossier that a system would give which is right but for the given rate of faults."""
    spoil = Spoiler(rate, seed)
    actors = _actors(gold, spoil)
    actor_of = {a["canonical"]: a["id"] for a in actors}
    statements, ids = _statements(gold, actor_of, spoil)
    utterances = []
    for group in gold["same"]:
        members = [f"st-{ids[i]}" for i in group if i in ids and not spoil.strikes(0.5)]
        if spoil.strikes(0.5) and statements:
            members.append(spoil.one_of(statements)["id"])
        half = len(members) // 2 if spoil.strikes(0.5) else 0
        utterances += [{"id": f"ut-{len(utterances)}", "statements": m} for m in (members[:half], members[half:]) if m]
    return {
        "schema": "onrecord/1",
        "stories": [
            {
                "id": "story-1",
                "actors": [{k: v for k, v in a.items() if k != "canonical"} for a in actors],
                "statements": statements,
                "utterances": utterances,
                "conflicts": _conflicts(gold, ids, spoil, statements),
                "positions": _positions(gold, ids, actor_of, spoil),
            }
        ],
    }


def _actors(gold: dict[str, Any], spoil: Spoiler) -> list[dict[str, Any]]:
    names = {s["speaker"]: gold["speakers"].get(s["speaker"], []) for s in gold["statements"]} | gold["speakers"]
    names |= {name: [] for link in gold.get("speaks_for", []) for name in link if name not in names}
    names |= {p["actor"]: [] for p in gold.get("positions", []) if p["actor"] not in names}
    ids = {name: f"ac-{number}" for number, name in enumerate(names)}
    actors = []
    for name, aliases in names.items():
        shown = name
        if spoil.strikes(0.3):
            shown = spoil.one_of(aliases) if aliases else None
        links = [b for a, b in gold.get("speaks_for", []) if a == name and not spoil.strikes()]
        if spoil.strikes(0.2):
            links.append(spoil.one_of(list(names)))
        actors.append(
            {
                "canonical": name,
                "id": ids[name],
                "name": shown,
                "aliases": [alias for alias in aliases if not spoil.strikes()],
                "speaks_for": [{"actor": ids[b], "source": "made"} for b in dict.fromkeys(links)],
            }
        )
    return actors


def _statements(
    gold: dict[str, Any], actor_of: dict[str, str], spoil: Spoiler
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the dossier's statements, and for each gold statement that is in it the number of its own."""
    lengths = {a["id"]: len(a["text"]) for a in gold["articles"]}
    statements, ids = [], {}
    for number, said in enumerate(gold["statements"]):
        content = [{"start": a, "end": b} for a, b in said["spans"]]
        if spoil.strikes():
            content = spoil_spans(said["spans"], lengths[said["article"]], spoil.random)
        if spoil.strikes(0.5):
            continue
        speaker = actor_of[said["speaker"]]
        if spoil.strikes():
            speaker = spoil.one_of([None, "ac-unknown", *actor_of.values()])
        ids[said["id"]] = str(999 - number)  # so that ids are not in the gold's order
        day = gold.get("said_on", {}).get(said["id"])
        if day and spoil.strikes():
            day = spoil.one_of([None, day[:4], "2001-01-01"])
        statements.append(
            {
                "id": f"st-{999 - number}",
                "article": said["article"],
                "speaker": speaker,
                "act": "attitude" if spoil.strikes(0.2) else "speech",
                "kind": spoil.one_of(["direct", "indirect", "mixed"]) if spoil.strikes() else said["kind"],
                "content": content,
                "anonymous": bool(said.get("anonymous")) ^ spoil.strikes(0.5),
                "stance": "denies" if spoil.strikes(0.5) else said.get("stance", "asserts"),
                "said_on": {"value": day, "from": day, "to": day} if day else None,
            }
        )
        if spoil.strikes(0.3):  # the same words told twice: a tie
            statements.append({**statements[-1], "id": f"st-{999 - number}-again"})
    spoil.random.shuffle(statements)
    return statements, ids


def _conflicts(
    gold: dict[str, Any], ids: dict[str, str], spoil: Spoiler, statements: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    conflicts = []
    for conflict in gold["conflicts"]:
        a, b = ([f"st-{ids[i]}" for i in conflict[side] if i in ids and not spoil.strikes()] for side in "ab")
        if spoil.strikes() and statements:
            a.append(spoil.one_of(statements)["id"])
        if spoil.strikes():
            a, b = b, a
        kind = conflict["type"]
        if spoil.strikes(0.3):
            kind = "denial" if kind == "position" else "position"
        if not spoil.strikes(0.5):
            conflicts.append({"id": f"co-{len(conflicts)}", "type": kind, "a": a, "b": b})
    return conflicts


def _positions(
    gold: dict[str, Any], ids: dict[str, str], actor_of: dict[str, str], spoil: Spoiler
) -> list[dict[str, Any]]:
    positions = []
    for position in gold.get("positions", []):
        stance = spoil.one_of(["for", "against", "unclear"]) if spoil.strikes() else position["stance"]
        actor = spoil.one_of(list(actor_of.values())) if spoil.strikes(0.5) else actor_of[position["actor"]]
        evidence = [f"st-{ids[i]}" for i in position["statements"] if i in ids and not spoil.strikes()]
        positions.append({"actor": actor, "issue": position["issue"], "stance": stance, "statements": evidence})
        if spoil.strikes(0.3):
            positions.append(dict(positions[-1]))
    return positions
