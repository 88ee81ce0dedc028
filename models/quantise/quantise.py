"""Gives a model folder int8 towers beside its float32 ones, and a model.json that lists both.

Only MatMul and Gemm are quantised, where one side is a weight: in a transformer that is nearly all
of the work and nearly none of the loss. The convolution that cuts a picture into patches is such a
product too, and written as one first (patches.py). Whether a model's int8 may be used is not decided
here: the app compares it with float32 on the machine that it is to run on.
"""

import argparse
import hashlib
import json
import logging
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import onnx
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic

from patches import patches_as_matrix

QUANTISED = ("MatMul", "Gemm")

# What a quantised MatMul becomes, and what folding constants may write anew. Anything else that
# appears means that another kind of operator was quantised too.
MAY_APPEAR = {"DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Add", "Reshape"}

# Beyond 2 GB a protobuf holds no weights.
MOST_BYTES_WITHIN = 1_900_000_000


def quantise_tower(source: Path, target: Path, picture_size: int | None) -> None:
    """Writes `target`, or raises ValueError where it would not be what it should be.

    `picture_size` is the side of the pictures that an image tower sees, in pixels.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folded, quantised = Path(scratch) / "folded.onnx", Path(scratch) / "int8.onnx"
        fold_constants(source, folded)
        if picture_size is not None and model_bytes(source) <= MOST_BYTES_WITHIN:
            cut = Path(scratch) / "cut.onnx"
            folded = cut if patches_as_matrix(folded, cut, picture_size) else folded
        quantize_dynamic(
            folded,
            quantised,
            op_types_to_quantize=list(QUANTISED),
            # A scale for each column of the weights costs no time and loses less.
            per_channel=True,
            # Unsigned weights have no fast kernel: four times slower than these.
            weight_type=QuantType.QInt8,
        )
        require_only_matrices(operators(folded), operators(quantised))
        shutil.copyfile(quantised, target)


def fold_constants(source: Path, target: Path) -> None:
    """Some exports transpose a weight in the graph; only what lies there as a weight is quantised."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    if model_bytes(source) > MOST_BYTES_WITHIN:
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_file_name", f"{target.name}.weights"
        )
        options.add_session_config_entry(
            "session.optimized_model_external_initializers_min_size_in_bytes", "1024"
        )
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])


def model_bytes(source: Path) -> int:
    beside = sum(each.stat().st_size for each in source.parent.glob(f"{source.name}[._]*"))
    return source.stat().st_size + beside


def operators(path: Path) -> Counter[str]:
    return Counter(node.op_type for node in onnx.load(path, load_external_data=False).graph.node)


def require_only_matrices(before: Counter[str], after: Counter[str]) -> None:
    gone = set(before - after) - set(QUANTISED)
    new = set(after - before) - MAY_APPEAR
    if gone or new:
        raise ValueError(f"other operators were touched: {sorted(gone | new)}")
    if after["MatMulInteger"] == 0:
        raise ValueError("it has no MatMul or Gemm with a weight, so nothing was quantised")


def quantise_model(folder: Path, output: Path) -> None:
    manifest: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    output.mkdir(parents=True, exist_ok=True)
    if output.resolve() != folder.resolve():
        copy_files(manifest, folder, output)
    for tower in ("image", "text"):
        files: dict[str, str] = manifest[tower]["files"]
        if "float32" not in files:
            print(f"{tower}: there is no float32 tower to make int8 from; it stays as it is")
            continue
        require_listed(manifest, files["float32"])
        name = files.get("int8") or f"{files['float32'].removesuffix('.onnx')}.int8.onnx"
        # Pictures that lie in memory with their channels last are turned before they are cut.
        planes = tower == "image" and manifest["image"]["input"]["layout"] == "NCHW"
        size = manifest["image"]["size"] if planes else None
        quantise_tower(folder / files["float32"], output / name, size)
        files["int8"] = name
        entry = describe(output, name)
        others = [each for each in manifest["files"] if each["path"] != name]
        manifest["files"] = [*others, entry]
        print(f"{tower}: {name}, {entry['bytes'] / 1e6:.1f} MB")
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (output / "model.json").write_text(text + "\n", encoding="utf-8")


def require_listed(manifest: dict[str, Any], name: str) -> None:
    if all(each["path"] != name for each in manifest["files"]):
        raise ValueError(f"model.json does not list {name}: run scripts/listModelFiles.mjs first")


def copy_files(manifest: dict[str, Any], folder: Path, output: Path) -> None:
    for each in manifest["files"]:
        target = output / each["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / each["path"], target)


def describe(folder: Path, name: str) -> dict[str, Any]:
    data = (folder / name).read_bytes()
    return {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path, help="a folder with a model.json")
    arguments.add_argument("output", type=Path, nargs="?", help="default: the same folder")
    given = arguments.parse_args()
    # It recommends a pre-processing that does what fold_constants has done.
    logging.getLogger().setLevel(logging.ERROR)
    try:
        quantise_model(given.model, given.output or given.model)
    except (OSError, ValueError, KeyError) as error:
        print(f"{given.model}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
