"""A BERT encoder as an ONNX graph, written node by node from its weights, so that no other framework is needed."""

from collections.abc import Mapping
from itertools import count
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
INPUT = "tokens"
OUTPUT = "states"

Weights = Mapping[str, NDArray[np.float32]]


class _Graph:
    """Nodes in the order of their making; every method returns the name of the tensor that it makes."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self._numbers = count()

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{next(self._numbers)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def whole_numbers(self, *values: int) -> str:
        return self.constant(f"whole{values}", np.array(values, dtype=np.int64))

    def linear(self, at: str, x: str) -> str:
        weight = self.constant(f"{at}.weight", self.weights[f"{at}.weight"].T)
        return self.node("Add", self.node("MatMul", x, weight), self.constant(f"{at}.bias", self.weights[f"{at}.bias"]))

    def norm(self, at: str, x: str, epsilon: float) -> str:
        parts = [self.constant(f"{at}.{part}", self.weights[f"{at}.{part}"]) for part in ("weight", "bias")]
        return self.node("LayerNormalization", x, *parts, axis=-1, epsilon=epsilon)


def build(weights: Weights, *, layers: int, heads: int, epsilon: float) -> onnx.ModelProto:
    """Build the graph: token ids of one text, shape (1, n), to the last layer's states, shape (1, n, size).

    It takes no mask, since texts are run one at a time (``training.encoder.encoder``), and no segments: all is the
    first. After Devlin et al. (2019), "BERT: pre-training of deep bidirectional transformers".

    Raises:
        KeyError: a weight is missing.
    """
    graph = _Graph(weights)
    x = graph.norm("embeddings.LayerNorm", _embedded(graph), epsilon)
    for number in range(layers):
        layer = f"encoder.layer.{number}"
        attended = graph.linear(
            f"{layer}.attention.output.dense", _attention(graph, f"{layer}.attention.self", x, heads)
        )
        x = graph.norm(f"{layer}.attention.output.LayerNorm", graph.node("Add", attended, x), epsilon)
        inner = graph.node("Gelu", graph.linear(f"{layer}.intermediate.dense", x))
        outer = graph.linear(f"{layer}.output.dense", inner)
        x = graph.norm(f"{layer}.output.LayerNorm", graph.node("Add", outer, x), epsilon)
    graph.nodes.append(helper.make_node("Identity", [x], [OUTPUT], OUTPUT))
    return _model(graph)


def _embedded(graph: _Graph) -> str:
    """Word and place of each token; the embedding of the one segment is part of every place's."""
    weights = graph.weights
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"])
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    places = graph.constant("places", weights["embeddings.position_embeddings.weight"] + segment)
    length = graph.node("Shape", INPUT, start=1, end=2)
    here = graph.node("Slice", places, graph.whole_numbers(0), length, graph.whole_numbers(0))
    return graph.node("Add", graph.node("Gather", words, INPUT), here)


def _attention(graph: _Graph, at: str, x: str, heads: int) -> str:
    """Scaled dot-product attention over all tokens, by head."""
    apart = graph.whole_numbers(0, 0, heads, -1)
    query, key, value = (
        graph.node("Transpose", graph.node("Reshape", graph.linear(f"{at}.{part}", x), apart), perm=order)
        for part, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3)))
    )
    size = len(graph.weights[f"{at}.query.bias"]) // heads
    scale = graph.constant("scale", np.array(size**-0.5, dtype=np.float32))
    shares = graph.node("Softmax", graph.node("Mul", graph.node("MatMul", query, key), scale), axis=-1)
    read = graph.node("Transpose", graph.node("MatMul", shares, value), perm=(0, 2, 1, 3))
    return graph.node("Reshape", read, graph.whole_numbers(0, 0, -1))


def _model(graph: _Graph) -> onnx.ModelProto:
    size = len(graph.weights["embeddings.LayerNorm.bias"])
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info(INPUT, TensorProto.INT64, (1, "length"))],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, (1, "length", size))],
        list(graph.constants.values()),
    )
    opset = helper.make_opsetid("", OPSET)
    found = helper.make_model(made, opset_imports=[opset], ir_version=helper.find_min_ir_version_for([opset]))
    onnx.checker.check_model(found, full_check=True)
    return found
