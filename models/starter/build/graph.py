"""A thin layer over onnx.helper: adds nodes by operator name and hands out names in order."""

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 9


class Graph:
    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []
        self._count = 0

    def add(self, op: str, *inputs: str, **attributes: Any) -> str:
        """Adds a node with one output; returns that output's name."""
        return self.add_all(op, *inputs, outputs=1, **attributes)[0]

    def add_all(self, op: str, *inputs: str, outputs: int, **attributes: Any) -> list[str]:
        """Adds a node with several outputs; returns their names."""
        names = [self._name(op.lower()) for _ in range(outputs)]
        self._nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names

    def output(self, source: str, name: str) -> None:
        self._nodes.append(helper.make_node("Identity", [source], [name]))

    def constant(self, values: np.ndarray) -> str:
        """Stores an array as it is."""
        name = self._name("constant")
        self._initializers.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    def scalars(self, *values: float) -> str:
        return self.constant(np.array(values, np.float32))

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def half(self, values: np.ndarray) -> str:
        """Stores an array as float16; the cast to float32 is folded when the model is loaded."""
        return self.add("Cast", self.constant(values.astype(np.float16)), to=TensorProto.FLOAT)

    def dequantised(self, integers: np.ndarray, scale: np.ndarray) -> str:
        """Stores integers with a scale for each row."""
        zero = self.constant(np.zeros(len(scale), integers.dtype))
        stored, scales = self.constant(integers), self.constant(scale)
        return self.add("DequantizeLinear", stored, scales, zero, axis=0)

    def dequantise(self, x: str, scale: float, zero: int) -> str:
        return self.add("DequantizeLinear", x, *self._bytes(scale, zero))

    def requantised(self, x: str, low: float, high: float) -> tuple[str, float]:
        """Rounds to the bytes of low…high, saturating; returns the value's name and the scale."""
        scale = float(np.float32((high - low) / 255.0))
        step = self._bytes(scale, round(-low / scale))
        return self.add("DequantizeLinear", self.add("QuantizeLinear", x, *step), *step), scale

    def model(
        self,
        name: str,
        inputs: list[onnx.ValueInfoProto],
        outputs: list[onnx.ValueInfoProto],
    ) -> onnx.ModelProto:
        graph = helper.make_graph(self._nodes, name, inputs, outputs, self._initializers)
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="ocelli",
        )
        onnx.checker.check_model(model, full_check=True)
        return model

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"

    def _bytes(self, scale: float, zero: int) -> tuple[str, str]:
        return (
            self.constant(np.array(scale, np.float32)),
            self.constant(np.array(zero, np.uint8)),
        )


def l2(graph: Graph, x: str) -> str:
    """Divides each row by its length; a row of zeros stays zeros."""
    squares = graph.add("ReduceSumSquare", x, axes=[-1], keepdims=1)
    length = graph.add("Sqrt", graph.add("Max", squares, graph.scalars(1e-12)))
    return graph.add("Div", x, length)
