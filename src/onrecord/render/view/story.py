"""A story arranged for showing."""

from __future__ import annotations

from onrecord.records import Story
from onrecord.render.view.anchors import Anchors
from onrecord.render.view.articles import Passages, article_views
from onrecord.render.view.conflicts import conflicts
from onrecord.render.view.coverage import coverage
from onrecord.render.view.facts import facts
from onrecord.render.view.index import index
from onrecord.render.view.positions import Positions
from onrecord.render.view.primary import primary
from onrecord.render.view.speakers import Speakers
from onrecord.render.view.timeline import drawing, timeline
from onrecord.render.view.utterances import Utterances, UtteranceView


class StoryView:
    """A story arranged for showing; see the attributes, all set once.

    ``several`` and ``single`` hold the utterances that several reports tell, and those that one report tells, each in
    order of first appearance; they are numbered through. ``alone`` holds the latter by report. ``line`` and
    ``utterance_of`` lead from a statement's id to where it is shown. ``named`` and ``unnamed`` are the speaker index,
    ``entry_of`` leads to an actor's entry there; ``passages`` is every passage that something refers to;
    ``disputed`` holds the ids of utterances that a conflict has on a side.
    """

    def __init__(self, story: Story, anchors: Anchors | None = None, first_ordinal: int = 0) -> None:
        anchors = anchors or Anchors()
        self.record = story
        self.articles = article_views(story, anchors)
        by_id = {a.record.id: a for a in self.articles}
        speakers = Speakers(story, by_id, anchors)
        told = Utterances(story, by_id, speakers, anchors, first_ordinal)
        self.utterances = told.all
        self.line = told.line
        self.utterance_of = told.with_statement
        self.several = tuple(u for u in self.utterances if u.shared)
        self.single = tuple(u for u in self.utterances if not u.shared)
        self.alone: dict[int, list[UtteranceView]] = {a.index: [] for a in self.articles}
        for u in self.single:
            self.alone[u.articles[0].index].append(u)
        self.named, self.unnamed = index(self.utterances)
        self.entry_of = {e.speaker.actor.id: e for e in (*self.named, *self.unnamed) if e.speaker.actor}
        self.passages = Passages(by_id, anchors)
        self.conflicts = tuple(conflicts(story, by_id, told, self.passages, anchors))
        self.disputed = frozenset(t.utterance.id for c in self.conflicts for t in c.told)
        positions = Positions(story, by_id, told, speakers, self.passages, anchors)
        self.issues, self.matrix = positions.issues, positions.matrix
        self.conditions, self.sticking_points = positions.conditions, positions.sticking_points
        self.timeline = tuple(timeline(story, told, self.passages, anchors))
        self.drawing = drawing(self.timeline)
        self.primary = tuple(primary(story, self.line, speakers))
        self.coverage = tuple(coverage(c, by_id, told, speakers) for c in story.coverage)
        self.facts = facts(story, self.utterances)
