"""The networks that read two texts together: inference and conflict, and where somebody stands on an issue.

One starts from the network of meanings and learns three things at once: whether one sentence entails or contradicts
another (general and news corpora), whether two statements of one story conflict or wish opposite things, and where a
speaker stands on an issue (both from the stories annotated for this project; who is for or against whom from DSE too).
Its first rounds learn from labels of whole stories, the last from pairs judged one by one. A second one learns on from
it, stances alone: from those, too, that the first was surest of, judged one by one. A third is the first with adapters,
which learn to read two statements in the passage where a report has both. Word embeddings stay as they are, so that
all networks ship with one table of them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from adapters import adapted
from annotated import AnnotatedStory, JudgedStory, ListedStory
from data import CLS, SEP, rows
from meaning import Meaning
from net import HIDDEN
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.evaluate.inference import held_out
from onrecord.reconcile.pairs import CONFLICTS, INFERENCES, LONGEST, STANCES, in_pieces, on_issue

Pieces = list[int]
Example = tuple[Pieces, Pieces, int]
"""Two texts in word pieces, and the number of the label."""
NEVER = "sick"
"""The set of inference pairs whose terms do not allow what ships to learn from it."""


@dataclass(frozen=True)
class PairSettings:
    """What the network of pairs is learned with in one round. The defaults are those of the first."""

    epochs: int = 2
    rate: float = 8e-5  # learning rate of the encoder
    head_rate: float = 4e-4
    warm_up: int = 100  # steps
    frozen: int = 2  # layers of the encoder that stay as they are
    inference_share: float = 0.3  # of the inference pairs, and of DSE's, that an epoch takes
    tasks: tuple[str, ...] = ("inference", "conflict", "stance")
    judged: bool = False  # conflicts and stances as judged pair by pair; stories' labels for the stances shown alone
    second_hand: int = 2  # times that a stance judged is taken that another tells, for what the stories have of them
    pieces: int | None = None  # word pieces of a step at most; without it, a fixed number of examples
    compiled: bool = False  # to the machine's own code, which is half as fast again; needs a C++ compiler
    beside: int = 1  # pairs of either side of a conflict with a statement that it does not conflict with
    near: int = 12  # pairs of each story that share most words, or any, without conflict
    undisputed: int = 5  # passages in which nothing is disputed, for each in which something is
    rank: int | None = None  # of adapters that learn in the place of the encoder's own weights
    off_issue: int = 1  # issues beside each statement on which it takes no side
    unlike: float = 0.3  # of DSE's sentences without stance, and of turned-round ones, that are taken
    seed: int = 0


ROUNDS = (
    PairSettings(),
    PairSettings(epochs=1, rate=5e-5, head_rate=1e-4, inference_share=1.0, seed=1),
    PairSettings(
        rate=5e-5, head_rate=1e-4, inference_share=0.5, judged=True, off_issue=0, pieces=3072, compiled=True, seed=2
    ),
    PairSettings(
        rate=4e-5, head_rate=1e-4, inference_share=0.5, judged=True, off_issue=0, pieces=3072, compiled=True, seed=3
    ),
)
"""Of the network that knows all three: the second round has all inference pairs, of which the first saw too few to know
them; the others have what was judged pair by pair, beside enough of the rest that it is not forgotten."""
SHARES = (0.0, 0.165, 0.4175, 0.4175)
"""What the weights at the end of each round count in the mean that ships (Wortsman et al. 2022)."""
LAST = PairSettings(
    epochs=3,
    rate=4e-5,
    head_rate=1e-4,
    tasks=("stance",),
    inference_share=0.5,
    judged=True,
    off_issue=0,
    pieces=3072,
    compiled=True,
    seed=12,
)
"""A last round, of the network of stances: on all that was judged, suspects too."""
LAST_SHARE = 0.5
"""What the weights at its end count beside those that it began with."""
PASSAGES = PairSettings(
    epochs=3,
    rate=1e-3,
    head_rate=3e-4,
    warm_up=60,
    frozen=0,
    tasks=("passage",),
    rank=24,
    pieces=3072,
    compiled=True,
    seed=5,
)
"""A round of the network of passages: adapters on the one that knows all."""
WEIGHTS = {
    "inference": torch.ones(len(INFERENCES)),
    "conflict": torch.tensor([1.0, 1.5, 1.0]),
    "passage": torch.tensor([1.0, 1.5, 1.0]),
    "stance": torch.tensor([1.0, 1.0, 1.2, 2.0]),
}
"""What an example of each label counts."""
SAMPLED = ("inference", "aimed")
"""What an epoch takes a share of."""
SIZES = {"inference": 32, "conflict": 24, "passage": 40, "stance": 32}
"""Examples of a step."""


class Pairs(nn.Module):
    """Encoder over both texts, told apart by a learned vector, and a head for each task over its first state and mean.

    ``word``, ``position``, ``norm`` and ``layers`` are the encoder's.
    """

    def __init__(self, start: Meaning) -> None:
        super().__init__()
        self.encoder = start
        self.side = nn.Embedding(2, HIDDEN)
        nn.init.zeros_(self.side.weight)
        self.hidden = nn.Linear(2 * HIDDEN, HIDDEN)
        self.inference = nn.Linear(HIDDEN, len(INFERENCES))
        self.conflict = nn.Linear(HIDDEN, len(CONFLICTS))
        self.passage = nn.Linear(HIDDEN, len(CONFLICTS))
        self.stance = nn.Linear(HIDDEN, len(STANCES))

    def forward(self, ids: Tensor, side: Tensor, mask: Tensor | None = None) -> Tensor:
        """Take (B, T) pieces, which text each is of, and a mask; return what the heads look at, (B, HIDDEN)."""
        e = self.encoder
        at = torch.arange(ids.shape[1], device=ids.device)
        x = e.norm(e.word(ids) + e.position(at) + self.side(side))
        x = e.onward(x, 0, len(e.layers), mask)
        if mask is None:
            mean = x.mean(1)
        else:
            share = mask.to(x.dtype)[..., None]
            mean = (x * share).sum(1) / share.sum(1)
        return F.gelu(self.hidden(torch.cat([x[:, 0], mean], -1)))


def examples(
    stories: Sequence[AnnotatedStory],
    judged: Sequence[JudgedStory],
    speakers: dict[str, dict[str, str | None]],
    data: Path,
    tokenizer: Tokenizer,
    settings: PairSettings,
) -> dict[str, list[Example]]:
    """Return what a round learns from, by task, and DSE's pairs as "aimed". ``judged`` are pairs judged one by one, for
    rounds that learn from them; ``speakers`` names who makes each statement, story by story.
    """
    rng = random.Random(settings.seed)

    def pieces(text: str) -> Pieces:
        return tokenizer.encode(text, add_special_tokens=False).ids[:LONGEST]

    found = {
        "inference": list(_inference(data, pieces)),
        "aimed": list(_aimed(data, pieces, settings, rng)),
        "stance": [e for s in stories for e in _stances(s, speakers[s.name], pieces, settings, rng)],
    }
    if settings.judged:
        sure = ((a, b, CONFLICTS.index(label)) for s in judged for a, b, label in s.conflicts if label in CONFLICTS)
        found["conflict"] = list(_in_pieces(sure, pieces))
        found["stance"] += _in_pieces((e for s in judged for e in s.stances), pieces)
        shown = [e for s in judged for e in s.second_hand if e[2]]
        found["stance"] += _in_pieces(shown * (settings.second_hand - 1), pieces)
    else:
        found["conflict"] = [e for s in stories for e in _conflicts(s, speakers[s.name], pieces, settings, rng)]
    for name, pairs in found.items():
        print(f"{name}: {len(pairs)} pairs, {sum(map(_length, pairs))} word pieces", flush=True)
    return found


def passages(stories: Iterable[ListedStory], tokenizer: Tokenizer) -> dict[str, list[Example]]:
    """Return the pairs of statements that stand near each other in an article, as a round learns from them; what is
    disputed counts as a conflict.
    """
    of_label = {**{label: n for n, label in enumerate(CONFLICTS)}, "dispute": CONFLICTS.index("conflict")}
    return {"passage": [(*in_pieces(p, tokenizer), of_label[label]) for s in stories for p, label in s.passages]}


def learn_pairs(
    net: Pairs,
    found: Mapping[str, Sequence[Example]],
    settings: PairSettings,
    keep: Callable[[Pairs], None] | None = None,
) -> Pairs:
    """Return the network, trained on by one round on its :func:`examples` or :func:`passages`. ``keep`` is called after
    each epoch.
    """
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)

    def epoch() -> list[tuple[str, list[Example]]]:
        share = settings.inference_share
        some = {name: rng.sample(pairs, int(share * len(pairs))) for name, pairs in found.items() if name in SAMPLED}
        chosen = {**found, **some, "stance": [*found.get("stance", ()), *some.get("aimed", ())]}
        chosen["passage"] = _evened(found.get("passage", ()), settings.undisputed, rng)
        steps = [
            (task, batch)
            for task in settings.tasks
            for batch in _batches(chosen[task], SIZES[task], settings.pieces, rng)
        ]
        rng.shuffle(steps)
        return steps

    device = "cuda" if torch.cuda.is_available() else "cpu"
    net = (net if settings.rank is None else adapted(net, settings.rank)).to(device).train()
    for part in (net.encoder.position, net.encoder.norm, *net.encoder.layers[: settings.frozen]):
        part.requires_grad_(False)
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}], weight_decay=0.01
    )
    read = torch.compile(net, dynamic=True) if settings.compiled else net
    epochs = [epoch() for _ in range(settings.epochs)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / settings.warm_up, 1.0) * max(0.02, 1 - s / steps)
    )
    began, step, losses = time.time(), 0, dict.fromkeys(settings.tasks, 1.0)
    for chosen in epochs:
        for task, batch in chosen:
            ids, side, mask, labels = (t.to(device) for t in tensors(batch, rng if task == "conflict" else None))
            with torch.autocast(device, dtype=torch.bfloat16):
                states = read(ids, side, mask)
            loss = F.cross_entropy(getattr(net, task)(states.float()), labels, weight=WEIGHTS[task].to(device))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder, *heads], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            losses[task] = 0.98 * losses[task] + 0.02 * loss.item()
            if step % 100 == 0:
                told = ", ".join(f"{name} {value:.3f}" for name, value in losses.items())
                print(f"pairs step {step}/{steps}: {told}; {time.time() - began:.0f} s", flush=True)
        if keep is not None:
            keep(net)
    return net.cpu().eval()


def _inference(data: Path, pieces: Callable[[str], Pieces]) -> Iterator[Example]:
    for r in rows(data / "inference" / "pairs.jsonl.gz"):
        if r["set"] != NEVER and not held_out(r):
            yield pieces(r["a"]), pieces(r["b"]), INFERENCES.index(r["label"])


def _aimed(
    data: Path, pieces: Callable[[str], Pieces], settings: PairSettings, rng: random.Random
) -> Iterator[Example]:
    """Yield who is for or against whom in DSE's sentences; the other way round, nobody said anything."""
    for r in rows(data / "stance" / "dse_train.jsonl.gz"):
        sentence = pieces(r["sentence"].replace("[", "").replace("]", ""))
        ways = pieces(on_issue(r["p"], r["q"])), pieces(on_issue(r["q"], r["p"]))
        if r["label"] == 0:
            if rng.random() < settings.unlike:
                yield sentence, rng.choice(ways), 0
            continue
        aimed, other = ways if r["label"] in (1, 3) else ways[::-1]
        yield sentence, aimed, STANCES.index("for" if r["label"] < 3 else "against")
        if rng.random() < settings.unlike:
            yield sentence, other, 0


def _conflicts(
    story: AnnotatedStory,
    speakers: dict[str, str | None],
    pieces: Callable[[str], Pieces],
    settings: PairSettings,
    rng: random.Random,
) -> Iterator[Example]:
    """Yield the pairs of statements that conflict, each beside pairs of either with one that it does not conflict with,
    and pairs of the story that are near in words or chosen by chance.
    """
    units = {key: pieces(story.told(key, speakers[key])) for key in story.statements}
    keys = list(units)

    def free() -> tuple[str, str]:
        a, b = rng.sample(keys, 2)
        return (a, b) if a < b else (b, a)

    for (a, b), label in story.conflicts.items():
        yield units[a], units[b], CONFLICTS.index(label)
        for own in (a, b):
            for other in rng.sample(keys, min(settings.beside, len(keys))):
                pair = (own, other) if own < other else (other, own)
                if own != other and pair not in story.conflicts and frozenset(pair) not in story.same:
                    yield units[own], units[other], 0
    if len(keys) > 2:
        for _ in range(settings.near):
            drawn = [free() for _ in range(4)]
            a, b = max(drawn, key=lambda p: len(set(units[p[0]]) & set(units[p[1]])))
            if (a, b) not in story.conflicts:
                yield units[a], units[b], 0


def _stances(
    story: AnnotatedStory,
    speakers: dict[str, str | None],
    pieces: Callable[[str], Pieces],
    settings: PairSettings,
    rng: random.Random,
) -> Iterator[Example]:
    """Yield where statements show somebody to stand on an issue, by its name and by another of its phrases, and issues
    on which they show nothing.
    """
    units = {key: pieces(story.told(key, speakers[key])) for key in story.statements}
    linked = {(p.statement, p.issue) for p in story.positions}
    for p in story.positions:
        if p.stance in STANCES:
            actor = p.actor if p.second_hand else speakers[p.statement] or p.actor
            names = story.issues[p.issue]
            for name in (p.issue, rng.choice(names[1:])) if len(names) > 1 else (p.issue,):
                yield units[p.statement], pieces(on_issue(actor, name)), STANCES.index(p.stance)
    for key in story.statements:
        free = [issue for issue in story.issues if (key, issue) not in linked]
        for issue in rng.sample(free, min(settings.off_issue, len(free))):
            yield units[key], pieces(on_issue(speakers[key], rng.choice(story.issues[issue]))), 0


def _evened(examples: Sequence[Example], others: int, rng: random.Random) -> list[Example]:
    """Return the examples that have a label, and of those labelled "none" so many for each conflict."""
    none = [e for e in examples if e[2] == CONFLICTS.index("none")]
    conflicts = sum(e[2] == CONFLICTS.index("conflict") for e in examples)
    return [e for e in examples if e[2]] + rng.sample(none, min(len(none), others * conflicts))


def _in_pieces(examples: Iterable[tuple[str, str, int]], pieces: Callable[[str], Pieces]) -> Iterator[Example]:
    for a, b, label in examples:
        yield pieces(a), pieces(b), label


def _batches(examples: Sequence[Example], size: int, most: int | None, rng: random.Random) -> Iterator[list[Example]]:
    """Yield batches of examples of about one length: of so many, or of as many as have so many word pieces at most."""
    shuffled = list(examples)
    rng.shuffle(shuffled)
    for start in range(0, len(shuffled), size * 40):
        chunk = sorted(shuffled[start : start + size * 40], key=_length)
        batch: list[Example] = []
        for e in chunk:
            if len(batch) == size if most is None else batch and (len(batch) + 1) * _length(e) > most:
                yield batch
                batch = []
            batch.append(e)
        yield batch


def _length(e: Example) -> int:
    """Return how many word pieces the network reads of both texts, special pieces included."""
    return len(e[0]) + len(e[1]) + 3


def tensors(batch: Sequence[Example], turns: random.Random | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return pieces, sides and mask, (B, T), and labels, (B,); with ``turns``, half of the pairs the other way round,
    for a relation that has no direction.
    """
    length = max(map(_length, batch))
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    side, mask = torch.zeros_like(ids), torch.zeros(ids.shape, dtype=torch.bool)
    for row, (one, other, _) in enumerate(batch):
        a, b = (other, one) if turns is not None and turns.random() < 0.5 else (one, other)
        whole = [CLS, *a, SEP, *b, SEP]
        ids[row, : len(whole)] = torch.tensor(whole)
        side[row, len(a) + 2 : len(whole)] = 1
        mask[row, : len(whole)] = True
    return ids, side, mask, torch.tensor([label for _, _, label in batch])
