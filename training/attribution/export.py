"""Write the trained encoder as an ONNX file with its weights in bytes: a quarter of the size, to be widened on loading.

Each matrix is stored as whole numbers from -127 to 127 with one scale for each column (for each row of the table of
word pieces): rounding that the figures of the model do not show.
"""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.attribution.encoder import Encoder, encoder_folder

OPSET = 17
LARGE = 10_000
"""Numbers from which a matrix is stored as bytes."""


class _Hidden(nn.Module):
    """The encoder as it is exported: pieces and their mask in, their vectors out."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden: Tensor = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden


def write_encoder(encoder: Encoder, folder: Path) -> None:
    """Write ``encoder.onnx`` and ``tokenizer.json`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "encoder.onnx"
    encoder.model.set_attn_implementation("eager")
    sample = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "mask", "hidden")}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Hidden(encoder.model.eval()),
            (sample, sample),
            str(path),
            input_names=["ids", "mask"],
            output_names=["hidden"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load(str(path))
    _narrow(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    shutil.copyfile(encoder_folder() / "tokenizer.json", folder / "tokenizer.json")


def _narrow(graph: onnx.GraphProto) -> None:
    """Replace the large matrices of a graph by bytes and the nodes that widen them."""
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < LARGE:
            continue
        graph.initializer.remove(weight)
        users = [node for node in graph.node if weight.name in node.input]
        if all(node.op_type == "Gather" for node in users):
            _narrow_table(graph, weight.name, values, users)
        else:
            _narrow_matrix(graph, weight.name, values)


def _bytes(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a matrix as bytes, and the scale of each column (axis 1) or row (axis 0)."""
    scale = np.maximum(np.abs(values).max(1 - axis), 1e-12) / 127
    divided = values / (scale[None] if axis == 1 else scale[:, None])
    return np.round(divided).astype(np.int8), scale.astype(np.float32)


def _narrow_matrix(graph: onnx.GraphProto, name: str, values: np.ndarray) -> None:
    stored, scale = _bytes(values, 1)
    graph.initializer.extend(
        [numpy_helper.from_array(stored, f"{name}.bytes"), numpy_helper.from_array(scale, f"{name}.scale")]
    )
    widen = helper.make_node("DequantizeLinear", [f"{name}.bytes", f"{name}.scale"], [name], f"{name}.widen", axis=1)
    graph.node.insert(0, widen)


def _narrow_table(graph: onnx.GraphProto, name: str, values: np.ndarray, users: list[onnx.NodeProto]) -> None:
    """A table of which few rows are wanted at a time: these are widened when they are looked up."""
    stored, scale = _bytes(values, 0)
    graph.initializer.extend(
        [numpy_helper.from_array(stored, f"{name}.bytes"), numpy_helper.from_array(scale[:, None], f"{name}.scale")]
    )
    for node in users:
        out, looked_up = node.output[0], node.input[1]
        made = [
            helper.make_node("Gather", [f"{name}.bytes", looked_up], [f"{out}.bytes"], axis=0),
            helper.make_node("Cast", [f"{out}.bytes"], [f"{out}.wide"], to=TensorProto.FLOAT),
            helper.make_node("Gather", [f"{name}.scale", looked_up], [f"{out}.scale"], axis=0),
            helper.make_node("Mul", [f"{out}.wide", f"{out}.scale"], [out]),
        ]
        place = list(graph.node).index(node)
        graph.node.remove(node)
        for offset, one in enumerate(made):
            graph.node.insert(place + offset, one)
