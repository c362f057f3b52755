"""What relates the utterances of a story: conflicts, issues, positions, sticking points, conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.read.encoder import MeaningNetwork
from onrecord.read.segments import Segments
from onrecord.read.weights import Weights
from onrecord.reconcile.conflicts import conflicts
from onrecord.reconcile.issues import merged, topics
from onrecord.reconcile.pairs import PairNetwork, shipped
from onrecord.reconcile.positions import standing
from onrecord.reconcile.tellings import Telling
from onrecord.reconcile.units import units
from onrecord.records import (
    Conflict,
    Issue,
    NamedCondition,
    Position,
    Reading,
    StickingPoint,
    StoryActor,
    StoryStatement,
    Utterance,
)

TOPICS = 32
"""Phrases that may become issues."""


@dataclass(frozen=True)
class Relations:
    """The relations of a story, as its record has them."""

    conflicts: tuple[Conflict, ...]
    issues: tuple[Issue, ...]
    positions: tuple[Position, ...]
    sticking_points: tuple[StickingPoint, ...]
    conditions: tuple[NamedCondition, ...]


@cache
def meaning() -> MeaningNetwork:
    """Return the network of meanings that ships with the package."""
    return MeaningNetwork(Weights())


def relations(
    readings: Sequence[Reading],
    told: Sequence[StoryStatement],
    said: Sequence[Utterance],
    actors: Sequence[StoryActor],
    found: Mapping[str, Telling],
    network: PairNetwork | None = None,
) -> Relations:
    """Return what relates utterances; ``found`` are the story's tellings, ``network`` is by default the shipped one."""
    network = network or shipped()
    segments = {r.id: Segments(r.text) for r in readings}
    ready = units(said, actors, found, segments)
    named = merged(topics(readings, told, actors, meaning())[:TOPICS], ready, meaning())
    stand = standing(ready, named, told, actors, network)
    return Relations(
        conflicts=conflicts(readings, told, ready, named, stand, segments, network),
        issues=stand.issues,
        positions=stand.positions,
        sticking_points=stand.sticking_points,
        conditions=stand.conditions,
    )
