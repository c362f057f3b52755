"""Trained weights -> the 8-bit ONNX graphs that the package ships, and the manifest that says what outputs mean."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import onnx
import torch
from meaning import Meaning
from net import BOUND, MENTION_KINDS, NAME_KINDS, REFER, ROLES, Net, transition_scores
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from pairs import Example, Pairs
from phrases import LAYER
from smoothing import smoothed
from torch import Tensor, nn

from onrecord.read.encoder import LONGEST_SENTENCE
from onrecord.read.weights import WORDS
from onrecord.reconcile.pairs import LONGEST, LONGEST_BETWEEN, LONGEST_STATEMENT, PASSAGES_BASE

PAIR_HEAD = {"pairs.onnx": "inference", "passages.onnx": "passage", "stances.onnx": "stance"}
"""What each network that reads two texts says of them."""
REACH = {
    "pairs.onnx": 2 * LONGEST + 3,
    "passages.onnx": 2 * LONGEST_STATEMENT + LONGEST_BETWEEN + 4,
    "stances.onnx": 2 * LONGEST + 3,
}
"""Word pieces that each reads at most, special pieces included."""
SHARED = 1_000
"""Bytes from which on a tensor is looked for in another graph."""
INPUTS = ("ids", "shape", "quoted", "opens")
OUTPUTS = ("roles", "content_to_cue", "cue_to_source", "names", "mentions", "vectors")
BY_PIECE = {0: "T"}
BY_PAIR = {0: "T", 1: "T"}


class OneWindow(nn.Module):
    """The network over a single window, without a batch: what is read never depends on what is read beside it."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, shape: Tensor, quoted: Tensor, opens: Tensor) -> tuple[Tensor, ...]:
        """Take four (T,) integer tensors, special pieces included; return the heads' scores."""
        out = self.net(ids[None], shape[None], quoted[None], opens[None])
        return tuple(getattr(out, name)[0] for name in OUTPUTS)


def export(net: Net, path: Path, quantise: bool = True) -> None:
    """Write the graph. Weights are 8 bits with a scale for each channel; activations get theirs when run.

    Per channel: measured on PolNeAR's development part, a scale for each whole matrix loses two points.
    """
    example = tuple(torch.ones(32, dtype=torch.long) for _ in INPUTS)
    axes = {**dict.fromkeys((*INPUTS, *OUTPUTS), BY_PIECE), **dict.fromkeys(OUTPUTS[1:3], BY_PAIR)}
    _write(OneWindow(net.eval()), example, path, list(INPUTS), list(OUTPUTS), axes, quantise)


def _write(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
    quantise: bool,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            module,
            example,
            str(raw),
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        if quantise:
            quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
            quantize_dynamic(str(ready), str(path), per_channel=True, weight_type=QuantType.QInt8)
        else:
            path.write_bytes(raw.read_bytes())
    onnx.checker.check_model(onnx.load(str(path)))


class OneSentence(nn.Module):
    """The network of meanings over a single sentence."""

    def __init__(self, net: Meaning, phrases: nn.Linear) -> None:
        super().__init__()
        self.net, self.phrases = net, phrases

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Take (T,) pieces, special pieces included; return the vector, and the scores of each piece's label."""
        early = self.net.states(ids[None], LAYER)
        last = self.net.onward(early, LAYER, len(self.net.layers))
        return self.net.pooled(last)[0], self.phrases(early)[0]


def export_meaning(net: Meaning, phrases: nn.Linear, path: Path) -> None:
    """Write the graph that tells what a sentence means, in 8 bits like the other, without its table of word embeddings;
    positions beyond its reach go.
    """
    net = deepcopy(net)
    net.position.weight = nn.Parameter(net.position.weight[: LONGEST_SENTENCE + 2].detach().clone())
    example = (torch.ones(12, dtype=torch.long),)
    axes = {"ids": BY_PIECE, "phrases": BY_PIECE}
    _write(OneSentence(net.eval(), phrases), example, path, ["ids"], ["vector", "phrases"], axes, True)
    _share(path, WORDS)


class OnePair(nn.Module):
    """A network of pairs over a single pair."""

    def __init__(self, net: Pairs, head: str) -> None:
        super().__init__()
        self.net, self.head = net, getattr(net, head)

    def forward(self, ids: Tensor, side: Tensor) -> Tensor:
        """Take (T,) pieces and which text each is of; return the scores of the head's labels."""
        scores: Tensor = self.head(self.net(ids[None], side[None]))[0]
        return scores


def export_pairs(net: Pairs, path: Path, examples: Sequence[Example] = ()) -> None:
    """Write the graph that reads two texts together, in 8 bits, without its table of word embeddings, and without what
    it has of :data:`PASSAGES_BASE` where it is that with adapters. The file's name tells which head it has; with
    examples it is smoothed.
    """
    net = smoothed(net, examples) if examples else deepcopy(net).eval()
    place = net.encoder.position
    place.weight = nn.Parameter(place.weight[: REACH[path.name]].detach().clone())
    example = (torch.ones(12, dtype=torch.long), torch.tensor([0] * 6 + [1] * 6))
    head = PAIR_HEAD[path.name]
    axes = {"ids": BY_PIECE, "side": BY_PIECE}
    _write(OnePair(net, head), example, path, ["ids", "side"], [head], axes, True)
    _share(path, WORDS)
    if path.name == "passages.onnx":
        _share(path, PASSAGES_BASE)


def _share(path: Path, other: str) -> None:
    """Take out of a graph the tensors that another one beside it has, too; it then says at which byte of the other each
    begins.
    """
    model = onnx.load(str(path), load_external_data=False)
    there = path.with_name(other).read_bytes()
    found = [(t, there.find(t.raw_data)) for t in model.graph.initializer if len(t.raw_data) >= SHARED]
    shared = [(t, start) for t, start in found if start >= 0]
    if not shared:
        raise ValueError(f"{path}: has no weights of {other}")
    for tensor, start in shared:
        for key, value in (("location", other), ("offset", str(start)), ("length", str(len(tensor.raw_data)))):
            tensor.external_data.add(key=key, value=value)
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
    path.write_bytes(model.SerializeToString())
    onnx.checker.check_model(str(path))


def write_manifest(net: Net, folder: Path) -> None:
    """Write ``reader.json``: the hashes of graph and tokenizer, the labels, the scores of label transitions."""
    transitions, starts = (t.detach().tolist() for t in transition_scores(net))
    names = ("reader.onnx", "meaning.onnx", *PAIR_HEAD, "tokenizer.json")
    manifest = {
        "sha256": {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names if (folder / n).exists()},
        "labels": ["O", *(f"{p}-{r}" for r in ROLES for p in "BI")],
        "names": ["O", *(f"{p}-{k}" for k in NAME_KINDS for p in "BI")],
        "transitions": [[round(x, 4) for x in row] for row in transitions],
        "starts": [round(x, 4) for x in starts],
        "mentions": list(MENTION_KINDS),
        "distance": [round(x, 4) for x in net.mentions.distance.detach().tolist()],
        "bound": BOUND,
        "refer": REFER,
    }
    (folder / "reader.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
