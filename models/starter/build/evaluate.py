"""Asks a built model for photos and prints how well it finds them.

    evaluate.py MODEL PHOTOS [--queries FILE]

Where file names are ImageNet's ('n02110958_pug.JPEG'), each name is asked for, and recall is given
for all photos and for every second one, so that what was tuned on one half shows on the other.
Then free queries, one a line of FILE (queries.txt beside this), with the photos found first.
"""

import argparse
import json
import re
import time
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image, ImageOps
from tokenizers import Tokenizer

LABELLED = re.compile(r"n\d{8}_(.+)\.jpe?g$", re.IGNORECASE)
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}
FIRST = 6


class Model:
    def __init__(self, folder: Path) -> None:
        self.manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        image, text = self.manifest["image"], self.manifest["text"]
        self._image = _session(folder / next(iter(image["files"].values())))
        self._text = _session(folder / next(iter(text["files"].values())))
        self._tokenizer = Tokenizer.from_file(str(folder / text["tokenizer"]["file"]))
        self._tokenizer.enable_truncation(text["tokenizer"]["maxTokens"])

    def pixels(self, path: Path) -> np.ndarray:
        """[1, size, size, 3] uint8, by model.json's rules for resizing and cropping."""
        image, size = self.manifest["image"], self.manifest["image"]["size"]
        filter = {"cubic": Image.Resampling.BICUBIC, "linear": Image.Resampling.BILINEAR}
        picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        if image["resize"] == "shortest-side":
            edge = min(picture.size)
            left, top = ((side - edge) / 2 for side in picture.size)
            box = (left, top, left + edge, top + edge)
        else:
            box = (0, 0, *picture.size)
        square = picture.resize((size, size), filter[image["interpolation"]], box)
        return np.asarray(square)[None]

    def photo(self, path: Path) -> np.ndarray:
        """[dimensions], of length 1."""
        feeds = {self.manifest["image"]["input"]["name"]: self.pixels(path)}
        return self._image.run(None, feeds)[0][0]

    def query(self, words: str) -> np.ndarray:
        """[dimensions], of length 1: the mean over the model's prompts."""
        inputs = self.manifest["text"]["inputs"]
        rows = []
        for prompt in self.manifest["text"]["prompts"]:
            ids = np.array([self._tokenizer.encode(prompt.replace("{}", words)).ids], np.int64)
            feeds = {inputs["ids"]: ids, inputs["mask"]: np.ones_like(ids)}
            rows.append(self._text.run(None, feeds)[0][0])
        mean = np.mean(rows, axis=0)
        return mean / np.linalg.norm(mean)


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options)


def print_recall(title: str, model: Model, paths: list[Path], photos: np.ndarray) -> None:
    """Recall@k: the share of names whose own photo is among the k nearest of these photos."""
    names = [LABELLED.match(path.name) for path in paths]
    queries = np.array([model.query(name[1].replace("_", " ")) for name in names if name])
    similar = queries @ photos.T
    rank = (similar > np.diag(similar)[:, None]).sum(axis=1)
    one, ten = (rank < 1).mean(), (rank < 10).mean()
    print(f"{title:12} {len(paths):4} photos  recall@1 {one:.3f}  recall@10 {ten:.3f}")


def print_hits(words: str, model: Model, paths: list[Path], photos: np.ndarray) -> None:
    similar = photos @ model.query(words)
    best = np.argsort(-similar, kind="stable")[:FIRST]
    hits = (f"{paths[i].stem.split('_', 1)[-1]} {similar[i]:.2f}" for i in best)
    print(f"{words:28} {', '.join(hits)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--queries", type=Path, default=Path(__file__).parent / "queries.txt")
    arguments = parser.parse_args()
    model = Model(arguments.model)
    paths = sorted(p for p in arguments.photos.iterdir() if p.suffix.lower() in PICTURES)
    started = time.perf_counter()
    photos = np.array([model.photo(path) for path in paths])
    each = (time.perf_counter() - started) / len(paths)
    print(f"{len(paths)} photos, {each * 1000:.1f} ms each with decoding, one thread")
    if all(LABELLED.match(path.name) for path in paths):
        print_recall("all", model, paths, photos)
        print_recall("even", model, paths[0::2], photos[0::2])
        print_recall("odd", model, paths[1::2], photos[1::2])
    for words in arguments.queries.read_text(encoding="utf-8").split("\n"):
        if words:
            print_hits(words, model, paths, photos)


if __name__ == "__main__":
    main()
