from __future__ import annotations

import copy
import json
from collections import defaultdict

import pytest

from onrecord.errors import InputError
from onrecord.evaluate import score_stories

from .dossiers import make_dossier
from .perturb import load_scorer, run_scorer

GOLD = {
    "articles": [{"id": "a", "text": "x" * 100}, {"id": "b", "text": "x" * 100}],
    "statements": [
        {"id": "A1", "article": "a", "speaker": "Ann Lee", "kind": "direct", "spans": [[0, 10]]},
        {"id": "A2", "article": "a", "speaker": "Bob", "kind": "mixed", "spans": [[20, 30]], "stance": "denies"},
        {"id": "B1", "article": "b", "speaker": "Ann Lee", "kind": "direct", "spans": [[0, 10]]},
        {"id": "B2", "article": "b", "speaker": "an aide", "speaker_kind": "unnamed", "kind": "indirect",
         "spans": [[40, 50]], "anonymous": True},
    ],
    "same": [["A1", "B1"]],
    "conflicts": [
        {"a": ["A1", "B1"], "b": ["A2"], "type": "denial"},
        {"a": ["A1"], "b": ["B2"], "type": "position"},
    ],
    "speakers": {"Ann Lee": ["the mayor"], "Bob": [], "an aide": []},
    "said_on": {"A1": "2024-05-06", "A2": "2024-05"},
    "speaks_for": [["Bob", "Ann Lee"]],
    "positions": [
        {"actor": "Ann Lee", "issue": "tax", "stance": "for", "statements": ["A1", "B1"]},
        {"actor": "Bob", "issue": "tax", "stance": "against", "statements": ["A2"]},
    ],
}  # fmt: skip
COUNTED = ("statements", "people", "same", "conflicts", "anonymous", "denies", "speaks_for", "positions")
SHARES = ("kind", "speaker", "said_on")


@pytest.fixture
def dossier() -> dict:
    """A dossier without a fault, to be spoiled in one place."""
    return make_dossier(GOLD)


def statement(dossier: dict, article: str, start: int) -> dict:
    found = [
        s for s in dossier["stories"][0]["statements"] if (s["article"], s["content"][0]["start"]) == (article, start)
    ]
    return found[0]


def prf(figures) -> tuple[float, float, float, int]:
    return figures.precision, figures.recall, figures.f1, figures.n


def test_stories_perfect_dossier_is_100(dossier):
    score = score_stories([(GOLD, dossier)])
    n = {
        "statements": 4,
        "people": 1,
        "same": 1,
        "conflicts": 1,
        "anonymous": 1,
        "denies": 1,
        "speaks_for": 1,
        "positions": 2,
    }
    assert {name: prf(getattr(score, name)) for name in COUNTED} == {k: (100.0, 100.0, 100.0, n[k]) for k in COUNTED}
    assert [getattr(score, name).percent for name in SHARES] == [100.0, 100.0, 100.0]
    assert score.to_dict()["kind"] == 100.0


def test_stories_statement_answers_at_half_of_the_characters(dossier):
    statement(dossier, "a", 0)["content"] = [{"start": 0, "end": 5}]  # 5 of 10
    statement(dossier, "b", 0)["content"] = [{"start": 0, "end": 4}]  # 4 of 10: one wrong, one missed
    assert prf(score_stories([(GOLD, dossier)]).statements) == (75.0, 75.0, 75.0, 4)


def test_stories_attitudes_and_empty_statements_are_left_out(dossier):
    extra = {**statement(dossier, "a", 0), "id": "extra", "act": "attitude", "content": [{"start": 60, "end": 70}]}
    dossier["stories"][0]["statements"] += [extra, {**extra, "id": "empty", "act": "speech", "content": []}]
    assert score_stories([(GOLD, dossier)]).statements.precision == 100.0


def test_stories_speaker_is_known_by_the_name_shown_and_not_by_aliases(dossier):
    actor = next(a for a in dossier["stories"][0]["actors"] if a["name"] == "Ann Lee")
    actor["name"] = "The Mayor's"  # the gold knows her as "the mayor": case, article and possessive do not count
    assert score_stories([(GOLD, dossier)]).speaker.percent == 100.0
    actor.update(name="Mayor of Springfield", aliases=["Ann Lee"])
    share = score_stories([(GOLD, dossier)]).speaker
    assert (share.percent, share.n) == (33.3, 3)  # Bob's is right; the aide has no name and is not asked for


def test_stories_one_wrong_speaker_costs_the_pairs_of_people(dossier):
    bob = statement(dossier, "a", 20)["speaker"]
    statement(dossier, "b", 0)["speaker"] = bob  # said: A2 = B1 (wrong); not said: A1 = B1
    assert prf(score_stories([(GOLD, dossier)]).people) == (0.0, 0.0, 0.0, 1)


def test_stories_same_is_a_mean_over_groups(dossier):
    story = dossier["stories"][0]
    story["utterances"].append({"statements": [statement(dossier, "a", 20)["id"], statement(dossier, "b", 40)["id"]]})
    assert prf(score_stories([(GOLD, dossier)]).same) == (50.0, 100.0, 66.7, 1)


def test_stories_conflict_is_worth_the_share_of_its_pairs(dossier):
    # Two pairs of the predicted conflict lie across the gold one, B2 against A2 does not: precision 2/3, recall 1.
    dossier["stories"][0]["conflicts"][0]["a"].append(statement(dossier, "b", 40)["id"])
    assert prf(score_stories([(GOLD, dossier)]).conflicts) == (66.7, 100.0, 80.0, 1)


def test_stories_pairs_across_a_gold_position_are_not_counted(dossier):
    dossier["stories"][0]["conflicts"][1]["type"] = "denial"  # A1 against B2: opposing wishes in the gold
    assert score_stories([(GOLD, dossier)]).conflicts.precision == 100.0


def test_stories_pairs_in_conflict_count_although_they_are_a_position_too(dossier):
    both = {**GOLD, "conflicts": [*GOLD["conflicts"], {"a": ["A2"], "b": ["A1"], "type": "position"}]}
    assert prf(score_stories([(both, dossier)]).conflicts) == (100.0, 100.0, 100.0, 1)
    assert len(dossier["stories"][0]["conflicts"]) == 2  # its own position is left out
    del dossier["stories"][0]["conflicts"][0]["a"][1]  # what is left is the pair that is both
    assert prf(score_stories([(both, dossier)]).conflicts) == (100.0, 100.0, 100.0, 1)


def test_stories_days_may_be_finer_than_the_gold_but_not_coarser(dossier):
    statement(dossier, "a", 20)["said_on"] = {"from": "2024-05-31"}  # the gold: some day in May
    assert score_stories([(GOLD, dossier)]).said_on.percent == 100.0
    statement(dossier, "a", 0)["said_on"] = {"from": "2024-05"}  # the gold: 6 May
    assert score_stories([(GOLD, dossier)]).said_on.percent == 50.0


def test_stories_positions_need_the_stance_and_a_shared_statement(dossier):
    dossier["stories"][0]["positions"][0]["stance"] = "conditional"
    assert prf(score_stories([(GOLD, dossier)]).positions) == (50.0, 50.0, 50.0, 2)


def test_stories_pool_counts_and_not_percentages(dossier):
    empty = {"stories": []}
    assert prf(score_stories([(GOLD, dossier), (GOLD, empty)]).statements) == (100.0, 50.0, 66.7, 8)


def test_stories_refuse_repeated_ids_and_spans_outside_the_text(dossier):
    twice = copy.deepcopy(dossier)
    twice["stories"].append(twice["stories"][0])
    with pytest.raises(InputError, match=r"dossier: statements: the id .* occurs twice"):
        score_stories([(GOLD, twice)])
    statement(dossier, "b", 0)["content"] = [{"start": 95, "end": 101}]
    with pytest.raises(InputError, match="span 95-101 lies outside the text"):
        score_stories([(GOLD, dossier)])
    with pytest.raises(InputError, match=r"gold story: .*`same`"):
        score_stories([({k: v for k, v in GOLD.items() if k != "same"}, dossier)])


def test_stories_agree_with_the_reference_on_every_annotated_story(shared):
    reference = load_scorer(shared, "stories")
    paths = sorted((shared / "data/annotated").glob("*.json"))
    assert paths
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf8"))
        for rate in (0.0, 0.1, 0.4):
            for seed in range(6):
                dossier = make_dossier(gold, rate, seed)
                theirs = reference.report(defaultdict(float, reference.tally(gold, dossier)))
                assert score_stories([(gold, dossier)]).to_dict() == theirs, (path.name, rate, seed)


def test_stories_agree_with_the_reference_pooled(shared, tmp_path):
    files = []
    for path in sorted((shared / "data/annotated").glob("*.json")):
        made = tmp_path / path.name
        made.write_text(json.dumps(make_dossier(json.loads(path.read_text(encoding="utf8")), 0.2, 7)), encoding="utf8")
        files += [path, made]
    pairs = [(json.loads(g.read_text(encoding="utf8")), json.loads(d.read_text(encoding="utf8")))
             for g, d in zip(files[::2], files[1::2], strict=True)]  # fmt: skip
    score = score_stories(pairs)
    assert score.to_dict() == run_scorer(shared, "stories", *files)
    assert all(0 < figure.f1 < 100 for figure in (score.statements, score.same, score.conflicts, score.positions))
