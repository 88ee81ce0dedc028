"""The image tower: EfficientNet-Lite2, its 1000 class scores, and the words for those classes.

ConSE (Norouzi et al., 'Zero-Shot Learning by Convex Combination of Semantic Embeddings', 2013): a
photo's embedding is the mean of its likeliest classes' text embeddings, weighted by probability.

The network is that of Tan and Le (2019) in its Lite form: no squeeze and excitation, ReLU6, stem
and head of fixed width, TensorFlow's 'SAME' padding (the odd row or column goes below and right).
Its convolutions run in int8; quantise.py tells where their ranges come from.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper

from graph import Graph, l2
from quantise import Moments, per_row
from tensors import Tensors

SIZE = 260
MEAN = 127
SCALE = 1.0 / 128.0
BATCH_NORM_EPSILON = 1e-3

# Before VNNI, x86 adds two products of 8 bits in 16 and saturates. Seven bits leave room for that;
# depthwise kernels widen first and keep eight.
POINTWISE_LIMIT = 63
DEPTHWISE_LIMIT = 127
DEVIATIONS = 5.0


@dataclass(frozen=True)
class Stage:
    """Blocks of one width; widths and kernels are the weights' own shapes."""

    blocks: int
    stride: int
    widens: bool = True


STAGES = (
    Stage(1, 1, widens=False),
    Stage(3, 2),
    Stage(3, 2),
    Stage(4, 2),
    Stage(4, 1),
    Stage(5, 2),
    Stage(1, 1),
)


@dataclass(frozen=True)
class Activation:
    """A value of the graph: its name, its integers' scale, the mean of each channel, its side."""

    name: str
    scale: float
    mean: np.ndarray
    side: int


class _Network:
    def __init__(self, graph: Graph, weights: Tensors) -> None:
        self.graph = graph
        self.weights = weights

    def conv(self, x: Activation, conv: str, norm: str, stride: int = 1, groups: int = 1) -> str:
        """A convolution, its batch normalisation folded in and its rounding's mean taken out."""
        g = self.graph
        kernel, bias = self._folded(conv, norm)
        floor = np.maximum(np.abs(bias) / (2**30 * x.scale), 1e-12)
        limit = POINTWISE_LIMIT if groups == 1 else DEPTHWISE_LIMIT
        integers, scale = per_row(kernel, limit, floor)
        error = (integers * scale[:, None, None, None].astype(np.float64) - kernel).sum(axis=(2, 3))
        bias = bias - (error @ x.mean if groups == 1 else error[:, 0] * x.mean)
        bias_scale = scale * np.float32(x.scale)
        total = max((-(-x.side // stride) - 1) * stride + kernel.shape[-1] - x.side, 0)
        before, after = total // 2, total - total // 2
        return g.add(
            "Conv",
            x.name,
            g.dequantised(integers, scale),
            g.dequantised(np.rint(bias / bias_scale).astype(np.int32), bias_scale),
            pads=[before, before, after, after],
            strides=[stride, stride],
            group=groups,
        )

    def _folded(self, conv: str, norm: str) -> tuple[np.ndarray, np.ndarray]:
        gain, bias, mean, variance = (
            self.weights[f"{norm}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        gain = gain / np.sqrt(variance + BATCH_NORM_EPSILON)
        return self.weights[f"{conv}.weight"] * gain[:, None, None, None], bias - mean * gain

    def relu6(self, x: str, norm: str, side: int) -> Activation:
        """The bytes of 0…6 saturate where ReLU6 does, so that it needs no node of its own."""
        name, scale = self.graph.requantised(x, 0.0, 6.0)
        return Activation(name, scale, Moments.of_norm(self.weights, norm).relu6_mean(), side)

    def linear(self, x: str, moments: Moments, side: int) -> Activation:
        name, scale = self.graph.requantised(x, *moments.range(DEVIATIONS))
        return Activation(name, scale, moments.mean, side)

    def block(self, x: Activation, prefix: str, stage: Stage, stride: int) -> Activation:
        """An inverted bottleneck without its shortcut: widen, convolve each channel, narrow."""
        if stage.widens:
            norm = f"{prefix}._bn0"
            x = self.relu6(self.conv(x, f"{prefix}._expand_conv", norm), norm, x.side)
        norm, groups, side = f"{prefix}._bn1", len(x.mean), -(-x.side // stride)
        x = self.relu6(self.conv(x, f"{prefix}._depthwise_conv", norm, stride, groups), norm, side)
        norm = f"{prefix}._bn2"
        moments = Moments.of_norm(self.weights, norm)
        return self.linear(self.conv(x, f"{prefix}._project_conv", norm), moments, side)

    def stage(self, x: Activation, stage: Stage, first: int) -> Activation:
        """Blocks of one width; each but the first adds what it makes to what it was given."""
        x = self.block(x, f"_blocks.{first}", stage, stage.stride)
        moments = Moments.of_norm(self.weights, f"_blocks.{first}._bn2")
        for index in range(first + 1, first + stage.blocks):
            y = self.block(x, f"_blocks.{index}", stage, 1)
            moments = moments + Moments.of_norm(self.weights, f"_blocks.{index}._bn2")
            x = self.linear(self.graph.add("Add", x.name, y.name), moments, x.side)
        return x

    def logits(self, pixels: str) -> str:
        """The pixels are bytes already: (x − 127) / 128 is how they are read, not a step."""
        g = self.graph
        planes = g.add("Transpose", pixels, perm=[0, 3, 1, 2])
        x = Activation(g.dequantise(planes, SCALE, MEAN), SCALE, np.zeros(3), SIZE)
        x = self.relu6(self.conv(x, "_conv_stem", "_bn0", 2), "_bn0", -(-SIZE // 2))
        index = 0
        for stage in STAGES:
            x = self.stage(x, stage, index)
            index += stage.blocks
        x = self.relu6(self.conv(x, "_conv_head", "_bn1"), "_bn1", x.side)
        pooled = g.add("Flatten", g.add("GlobalAveragePool", x.name))
        weight, bias = self.weights["_fc.weight"], self.weights["_fc.bias"]
        return g.add("Gemm", pooled, g.half(weight), g.half(bias), transB=1)


def image_tower(
    weights: Tensors, classes: np.ndarray, temperature: float, top: int
) -> onnx.ModelProto:
    """Pixels → embedding. `classes` has a row for each class, in the text tower's space."""
    graph = Graph()
    logits = _Network(graph, weights).logits("pixels")
    best, index = graph.add_all("TopK", logits, graph.integers(top), outputs=2, axis=-1)
    share = graph.add("Softmax", graph.add("Div", best, graph.scalars(temperature)), axis=-1)
    rows = graph.add("Gather", graph.half(classes), index)
    weighted = graph.add("MatMul", graph.add("Unsqueeze", share, graph.integers(1)), rows)
    graph.output(l2(graph, graph.add("Squeeze", weighted, graph.integers(1))), "embedding")
    pixels = helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["n", SIZE, SIZE, 3])
    embedding = helper.make_tensor_value_info(
        "embedding", TensorProto.FLOAT, ["n", classes.shape[1]]
    )
    return graph.model("image", [pixels], [embedding])
