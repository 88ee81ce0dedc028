"""Writes the convolution that cuts a picture into patches as the matrix product that it is.

Where strides are as long as the kernel, each patch is seen once: cut the picture into rows of a
patch each, and the convolution is a MatMul with its own weights, number for number. As a convolution
it would stay in float32, and be the most expensive operator of an int8 ViT-B/32.
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

# Two pictures: a batch must stay one. Sums in another order differ by less than this.
BATCH, TOLERANCE = 2, 1e-3


def patches_as_matrix(source: Path, target: Path, size: int) -> bool:
    """Writes `target` where `source` has such a convolution, and answers whether it has.

    `size` is that of the pictures, in pixels. Raises ValueError where both answer differently.
    """
    model = onnx.load(source)
    for position, node in enumerate(model.graph.node):
        weight = patch_weight(model.graph, node, size)
        if weight is None:
            continue
        nodes, tensors = as_matrix(node, weight, size)
        model.graph.node.remove(node)
        for i, each in enumerate(nodes):
            model.graph.node.insert(position + i, each)
        drop_unused(model.graph, node.input[1])
        model.graph.initializer.extend(tensors)
        onnx.save(model, target)
        require_same_answers(source, target, node.input[0], (BATCH, weight.shape[1], size, size))
        return True
    return False


def drop_unused(graph: onnx.GraphProto, name: str) -> None:
    if any(name in node.input for node in graph.node):
        return
    graph.initializer.remove(next(each for each in graph.initializer if each.name == name))


def require_same_answers(one: Path, other: Path, name: str, shape: tuple[int, ...]) -> None:
    pictures = np.random.default_rng(1).uniform(-1, 1, shape).astype(np.float32)
    expected, answers = (
        onnxruntime.InferenceSession(str(each), providers=["CPUExecutionProvider"]).run(
            None, {name: pictures}
        )
        for each in (one, other)
    )
    for left, right in zip(expected, answers, strict=True):
        if np.abs(left - right).max() > TOLERANCE * np.abs(left).max():
            raise ValueError("written with patches as a matrix, the tower answers differently")


def patch_weight(graph: onnx.GraphProto, node: onnx.NodeProto, size: int) -> np.ndarray | None:
    """Channels out × channels in × side × side, where the node cuts what comes in into patches."""
    if node.op_type != "Conv" or node.input[0] not in {each.name for each in graph.input}:
        return None
    named = {each.name: each for each in graph.initializer}
    if node.input[1] not in named:
        return None
    weight = numpy_helper.to_array(named[node.input[1]])
    side = weight.shape[-1]
    given = {each.name: helper.get_attribute_value(each) for each in node.attribute}
    is_patch = (
        weight.ndim == 4
        and weight.shape[2] == side
        and size % side == 0
        and list(given.get("strides", [1, 1])) == [side, side]
        and list(given.get("dilations", [1, 1])) == [1, 1]
        and not any(given.get("pads", []))
        and given.get("group", 1) == 1
        and given.get("auto_pad", b"NOTSET") in (b"NOTSET", b"VALID")
    )
    return weight if is_patch else None


def as_matrix(
    conv: onnx.NodeProto, weight: np.ndarray, size: int
) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
    """n × c × size × size → n × patches × (c · side · side) → n × patches × d → n × d × grid × grid."""
    out, channels, side, _ = weight.shape
    grid = size // side
    name = conv.output[0]
    tensors = [
        constant(f"{name}/cut", [0, channels, grid, side, grid, side]),
        constant(f"{name}/rows", [0, grid * grid, channels * side * side]),
        constant(f"{name}/grid", [0, out, grid, grid]),
        numpy_helper.from_array(np.ascontiguousarray(weight.reshape(out, -1).T), f"{name}/weight"),
    ]
    steps = [
        ("Reshape", [conv.input[0], f"{name}/cut"], {}),
        ("Transpose", [], {"perm": [0, 2, 4, 1, 3, 5]}),
        ("Reshape", [f"{name}/rows"], {}),
        ("MatMul", [f"{name}/weight"], {}),
        *([("Add", [conv.input[2]], {})] if len(conv.input) > 2 else []),
        ("Transpose", [], {"perm": [0, 2, 1]}),
        ("Reshape", [f"{name}/grid"], {}),
    ]
    nodes = []
    last: list[str] = []
    for i, (operator, inputs, attributes) in enumerate(steps):
        result = name if i == len(steps) - 1 else f"{name}/{i}"
        nodes.append(helper.make_node(operator, [*last, *inputs], [result], **attributes))
        last = [result]
    return nodes, tensors


def constant(name: str, values: list[int]) -> onnx.TensorProto:
    return numpy_helper.from_array(np.array(values, np.int64), name)
