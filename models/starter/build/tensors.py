"""Reads weights out of a legacy PyTorch checkpoint or a safetensors file, without either library.

The checkpoint is a pickle, which can name any callable, so the unpickler here knows four names and
refuses the rest.
"""

import io
import json
import pickle
import struct
from collections import OrderedDict
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

Tensors = dict[str, np.ndarray]

_MAGIC = 0x1950A86A20F9469CFC6C
_DTYPES: dict[str, np.dtype] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}
_SAFETENSORS_DTYPES: dict[str, np.dtype] = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}


class _Storage:
    """A flat array whose numbers follow the pickles, in the order of the storages' keys."""

    def __init__(self, dtype: np.dtype, length: int) -> None:
        self.dtype = dtype
        self.length = length
        self.values = np.empty(0, dtype)


class _View:
    """A tensor as the checkpoint describes it: a shape and strides laid over a storage."""

    def __init__(
        self,
        storage: _Storage,
        offset: int,
        shape: tuple[int, ...],
        strides: tuple[int, ...],
        *_: Any,
    ) -> None:
        self.storage = storage
        self.offset = offset
        self.shape = shape
        self.strides = strides

    def array(self) -> np.ndarray:
        start = self.storage.values[self.offset :]
        strides = [stride * start.itemsize for stride in self.strides]
        return np.ascontiguousarray(as_strided(start, self.shape, strides, writeable=False))


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _View
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if module == "torch" and name in _DTYPES:
            return _DTYPES[name]
        raise pickle.UnpicklingError(f"a checkpoint of weights has no use for {module}.{name}")

    def persistent_load(self, pid: Any) -> _Storage:
        _, dtype, key, _, length, _ = pid
        return self.storages.setdefault(key, _Storage(dtype, length))


def read_checkpoint(data: bytes) -> Tensors:
    """Tensors of a state dict saved by `torch.save` before PyTorch 1.6."""
    stream = io.BytesIO(data)
    if pickle.load(stream) != _MAGIC:
        raise ValueError("not a legacy PyTorch checkpoint")
    for _ in ("protocol version", "system info"):
        _Unpickler(stream).load()
    unpickler = _Unpickler(stream)
    state: dict[str, _View] = unpickler.load()
    for key in _Unpickler(stream).load():
        storage = unpickler.storages[key]
        (length,) = struct.unpack("<q", stream.read(8))
        if length != storage.length:
            raise ValueError(f"storage {key}: expected {storage.length} numbers, found {length}")
        size = length * storage.dtype.itemsize
        storage.values = np.frombuffer(stream.read(size), storage.dtype)
    return {name: view.array() for name, view in state.items()}


def read_safetensors(data: bytes) -> Tensors:
    """Tensors of a safetensors file: a length, a JSON header, then the numbers."""
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    body = memoryview(data)[8 + size :]
    tensors: Tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        dtype = _SAFETENSORS_DTYPES[entry["dtype"]]
        flat = np.frombuffer(body[start:end], dtype)
        tensors[name] = flat.reshape(entry["shape"])
    return tensors
