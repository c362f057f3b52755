"""Trained weights -> the 8-bit ONNX graphs that the package ships, and the manifest that says what outputs mean."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import onnx
import torch
from meaning import Meaning
from net import BOUND, MENTION_KINDS, NAME_KINDS, REFER, ROLES, Net, transition_scores
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from onrecord.read.encoder import LONGEST_SENTENCE

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

    def __init__(self, net: Meaning) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor) -> Tensor:
        """Take (T,) pieces, special pieces included; return the vector."""
        return self.net(ids[None])[0]


def export_meaning(net: Meaning, path: Path) -> None:
    """Write the graph that tells what a sentence means, in 8 bits like the other; positions beyond its reach go."""
    net.position.weight = nn.Parameter(net.position.weight[: LONGEST_SENTENCE + 2].detach().clone())
    example = (torch.ones(12, dtype=torch.long),)
    _write(OneSentence(net.eval()), example, path, ["ids"], ["vector"], {"ids": BY_PIECE}, True)


def write_manifest(net: Net, folder: Path) -> None:
    """Write ``reader.json``: the hashes of graph and tokenizer, the labels, the scores of label transitions."""
    transitions, starts = (t.detach().tolist() for t in transition_scores(net))
    names = ("reader.onnx", "meaning.onnx", "tokenizer.json")
    manifest = {
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names},
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
