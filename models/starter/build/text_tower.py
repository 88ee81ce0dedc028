"""The text tower: MiniLM (Wang et al. 2020; a BERT of six layers), mean over tokens, L2.

Two builds of one graph: `exact` in float32, to embed the class names, and the one that ships, whose
matrices and word table lie there in 8 bits. The matrices are widened once, when the model is loaded:
what searches lose by 8 bits they lose by rounding what goes through them, and words are few.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from graph import Graph, l2
from quantise import per_row
from tensors import Tensors

LAYERS = 6
HEADS = 12
EPSILON = 1e-12


class _Encoder:
    def __init__(self, graph: Graph, weights: Tensors, exact: bool) -> None:
        self.graph = graph
        self.weights = weights
        self.exact = exact
        self.width = weights["embeddings.word_embeddings.weight"].shape[1]

    def word_vectors(self, ids: str) -> str:
        g, table = self.graph, self.weights["embeddings.word_embeddings.weight"]
        if self.exact:
            return g.add("Gather", g.constant(table), ids)
        rows, scale = per_row(table, 127)
        picked = g.add("Cast", g.add("Gather", g.constant(rows), ids), to=TensorProto.FLOAT)
        return g.add("Mul", picked, g.add("Gather", g.constant(scale[:, None]), ids))

    def linear(self, x: str, name: str) -> str:
        g = self.graph
        weight, bias = self.weights[f"{name}.weight"], g.constant(self.weights[f"{name}.bias"])
        if self.exact:
            return g.add("Add", g.add("MatMul", x, g.constant(weight.T)), bias)
        rows, scale = per_row(weight, 127)
        widened = g.add("Cast", g.constant(rows.T), to=TensorProto.FLOAT)
        return g.add("Add", g.add("MatMul", x, g.add("Mul", widened, g.constant(scale))), bias)

    def norm(self, x: str, name: str) -> str:
        g, w = self.graph, self.weights
        scale, bias = g.constant(w[f"{name}.weight"]), g.constant(w[f"{name}.bias"])
        return g.add("LayerNormalization", x, scale, bias, axis=-1, epsilon=EPSILON)

    def gelu(self, x: str) -> str:
        g = self.graph
        erf = g.add("Erf", g.add("Div", x, g.scalars(2.0**0.5)))
        return g.add("Mul", g.add("Mul", x, g.add("Add", erf, g.scalars(1.0))), g.scalars(0.5))

    def heads(self, x: str, perm: list[int]) -> str:
        g = self.graph
        split = g.add("Reshape", x, g.integers(0, 0, HEADS, self.width // HEADS))
        return g.add("Transpose", split, perm=perm)

    def attention(self, x: str, bias: str, name: str) -> str:
        g = self.graph
        query = self.heads(self.linear(x, f"{name}.self.query"), [0, 2, 1, 3])
        key = self.heads(self.linear(x, f"{name}.self.key"), [0, 2, 3, 1])
        value = self.heads(self.linear(x, f"{name}.self.value"), [0, 2, 1, 3])
        root = g.scalars((self.width / HEADS) ** 0.5)
        scores = g.add("Add", g.add("Div", g.add("MatMul", query, key), root), bias)
        mixed = g.add("MatMul", g.add("Softmax", scores, axis=-1), value)
        joined = g.add("Transpose", mixed, perm=[0, 2, 1, 3])
        return self.linear(
            g.add("Reshape", joined, g.integers(0, 0, self.width)), f"{name}.output.dense"
        )

    def embeddings(self, ids: str) -> str:
        """Word + position + the type of a first sentence, a constant here, then the norm."""
        g, w = self.graph, self.weights
        table = w["embeddings.position_embeddings.weight"]
        place = table + w["embeddings.token_type_embeddings.weight"][0]
        length = g.add("Gather", g.add("Shape", ids), g.integers(1))
        places = g.add("Slice", g.half(place), g.integers(0), length, g.integers(0))
        return self.norm(g.add("Add", self.word_vectors(ids), places), "embeddings.LayerNorm")

    def tokens(self, ids: str, mask: str) -> str:
        """Token vectors [n, tokens, width]; `mask` is float, 1 for a token and 0 for padding."""
        g = self.graph
        hidden = g.add("Mul", g.add("Sub", mask, g.scalars(1.0)), g.scalars(1e9))
        bias = g.add("Unsqueeze", hidden, g.integers(1, 2))
        x = self.embeddings(ids)
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            attended = self.attention(x, bias, f"{name}.attention")
            x = self.norm(g.add("Add", x, attended), f"{name}.attention.output.LayerNorm")
            inner = self.gelu(self.linear(x, f"{name}.intermediate.dense"))
            outer = self.linear(inner, f"{name}.output.dense")
            x = self.norm(g.add("Add", x, outer), f"{name}.output.LayerNorm")
        return x


def text_tower(weights: Tensors, exact: bool, centre: np.ndarray | None = None) -> onnx.ModelProto:
    """Token ids → embedding; `centre` is taken away before the last L2."""
    graph = Graph()
    encoder = _Encoder(graph, weights, exact)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    tokens = encoder.tokens("input_ids", mask)
    weight = graph.add("Unsqueeze", mask, graph.integers(2))
    total = graph.add("ReduceSum", graph.add("Mul", tokens, weight), graph.integers(1), keepdims=0)
    embedding = l2(graph, total)
    if centre is not None:
        embedding = l2(graph, graph.add("Sub", embedding, graph.half(centre)))
    graph.output(embedding, "embedding")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", encoder.width])
    return graph.model("text", inputs, [output])
