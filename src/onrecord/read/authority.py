"""Authority files: who is known beside the reports, under which names, and for whom a capital or a seat speaks.

One ships with the package (governments, capitals, seats, international bodies, news agencies); users may add their own,
as CSV or in FollowTheMoney's JSON. Matches are by whole names only, and a name that two entries have matches neither.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.records import Actor, ActorKind, AuthorityMatch

_COLUMNS = ("name", "kind", "aliases", "adjectives", "speaks_for", "holder")
_KINDS: dict[str, ActorKind] = {
    "person": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "agency": "organisation",
    "company": "organisation",
    "government": "government",
    "capital": "government",
    "seat": "government",
    "group": "group",
    "document": "document",
}
_SCHEMATA: dict[str, ActorKind] = {
    "Person": "person",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
    "Group": "group",
}
"""FollowTheMoney's schemata that can speak; entities of other schemata are passed over."""
_FITTING: dict[ActorKind, frozenset[ActorKind]] = {
    "person": frozenset(["person"]),
    "organisation": frozenset(["organisation", "government", "unknown"]),
    "government": frozenset(["organisation", "government", "unknown"]),
    "group": frozenset(["group", "organisation", "unknown"]),
    "document": frozenset(["document", "unknown"]),
}
"""Kinds of actors that an entry of a kind can be."""


_SHORT = 6
"""Letters of an abbreviation, at most."""


class Entry(msgspec.Struct, frozen=True):
    """One line of an authority file. ``speaks_for`` is another entry's name; ``holder`` the office whose holder's seat
    it is; ``agency`` marks a news agency.
    """

    name: str
    kind: ActorKind | None
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    speaks_for: str | None
    identifiers: dict[str, str]
    file: str
    agency: bool = False
    holder: str | None = None


class Authority:
    """Entries of one or more authority files; where two files know a name, the first file's entry counts."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._by_adjective: dict[str, Entry] = {}
        for entry in self.entries:
            for key in dict.fromkeys(normal(n) for n in (entry.name, *entry.names)):
                known = self._by_name[key]
                if not known or known[0].file == entry.file:
                    known.append(entry)
            for adjective in entry.adjectives:
                self._by_adjective.setdefault(adjective, entry)

    def named(self, name: str, kind: ActorKind | None = None) -> Entry | None:
        """Return the entry of this name that can be an actor of this kind, where there is one only."""
        fitting = [
            e
            for e in self._by_name.get(normal(name), ())
            if kind is None or e.kind is None or kind in _FITTING.get(e.kind, (kind,))
        ]
        return fitting[0] if len(fitting) == 1 else None

    def of_adjective(self, word: str) -> Entry | None:
        """Return the government that an adjective belongs to: "French"."""
        return self._by_adjective.get(word)

    def entry_of(self, actor: Actor) -> tuple[Entry, str] | None:
        """Return the one entry that an actor's names match, with the name that matched; where they disagree, none."""
        found = {
            e.name: (e, name)
            for name in (*actor.aliases, actor.name)
            if (e := self.named(name, actor.kind)) is not None
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def match(self, actor: Actor) -> Actor:
        """Return an actor with the identifiers of its entry, and with what matched."""
        found = self.entry_of(actor)
        if found is None:
            return actor
        entry, called = found
        return msgspec.structs.replace(
            actor,
            identifiers={**actor.identifiers, **entry.identifiers},
            authority=AuthorityMatch(entry.name, entry.file, called, entry.speaks_for),
            agency=entry.agency,
            kind=entry.kind if actor.kind in ("unknown", "organisation") and entry.kind else actor.kind,
        )


@cache
def shipped() -> Authority:
    """Return the authority file that comes with the package."""
    text = files("onrecord.read.words").joinpath("authority.csv").read_text("utf-8")
    return Authority(_from_csv(text, "authority.csv"))


def with_files(paths: Iterable[Path]) -> Authority:
    """Return the shipped entries behind those of some files. Raises :class:`InputError` for one that cannot be read."""
    return Authority([*(e for p in paths for e in read_entries(p)), *shipped().entries])


def read_entries(path: Path) -> list[Entry]:
    """Return the entries of a CSV file, or of FollowTheMoney entities as JSON (one, a list, or one a line)."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({(error.strerror or str(error)).lower()})") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8 text") from error
    if text.lstrip()[:1] in ("{", "["):
        return _from_ftm(text, path)
    return _from_csv(text, path.name, str(path))


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """Return a name as it is compared: without case, accents, article, possessive ending and doubled spaces. A short
    name in capitals keeps them: WHO is not "who".
    """
    if name.isupper() and len(name) <= _SHORT:
        return name.replace(".", "")
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().removesuffix("'s").strip()
    return " ".join(plain.removeprefix("the ").split())


def _from_csv(text: str, file: str, where: str | None = None) -> list[Entry]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    if "name" not in (rows.fieldnames or ()):
        raise InputError(where or file, 'has no column "name" in its first line')
    out = []
    for number, row in enumerate(rows, start=2):
        fields = {k: (v or "").strip() for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)}
        if not fields["name"]:
            raise InputError(where or file, f"row {number} has no name")
        kind = fields.get("kind", "").casefold()
        if kind and kind not in _KINDS:
            raise InputError(where or file, f"row {number}: no kind is called {kind!r} ({', '.join(_KINDS)})")
        out.append(
            Entry(
                name=fields["name"],
                kind=_KINDS[kind] if kind else None,
                names=_listed(fields.get("aliases", "")),
                adjectives=_listed(fields.get("adjectives", "")),
                speaks_for=fields.get("speaks_for") or None,
                identifiers={k: v for k, v in fields.items() if k not in _COLUMNS and v},
                file=file,
                agency=kind == "agency",
                holder=fields.get("holder") or None,
            )
        )
    return out


def _listed(field: str) -> tuple[str, ...]:
    return tuple(x.strip() for x in field.replace("|", ";").split(";") if x.strip())


def _from_ftm(text: str, path: Path) -> list[Entry]:
    try:
        try:
            whole: Any = msgspec.json.decode(text)
        except msgspec.DecodeError:
            whole = [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]
    except msgspec.DecodeError as error:
        raise InputError(str(path), f"is neither JSON nor JSON Lines ({error})") from error
    out = []
    for number, entity in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        properties = entity.get("properties") if isinstance(entity, dict) else None
        if not isinstance(properties, dict) or not isinstance(entity.get("schema"), str):
            raise InputError(str(path), f"entity {number} has no schema and properties, as FollowTheMoney's have")
        if entity["schema"] in _SCHEMATA:
            values = {k: [str(x) for x in (v if isinstance(v, list) else [v])] for k, v in properties.items()}
            names = [n for k in ("name", "alias", "weakAlias", "previousName") for n in values.get(k, ())]
            if not names:
                raise InputError(str(path), f"entity {number} has no name")
            told = {"ftm": entity.get("id"), "wikidata": values.get("wikidataId"), "office": values.get("position")}
            out.append(
                Entry(
                    name=names[0],
                    kind=_SCHEMATA[entity["schema"]],
                    names=tuple(names[1:]),
                    adjectives=(),
                    speaks_for=None,
                    identifiers={k: v if isinstance(v, str) else "; ".join(v) for k, v in told.items() if v},
                    file=path.name,
                )
            )
    return out
