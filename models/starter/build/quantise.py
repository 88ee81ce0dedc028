"""Arithmetic of int8: rows of weights, and what batch normalisation says of activations.

No photo is needed to choose the ranges: a batch normalisation states the mean (its bias) and the
deviation (its weight) of what leaves it. After Nagel et al., 'Data-Free Quantization Through
Weight Equalization and Bias Correction', 2019.
"""

import math
from dataclasses import dataclass

import numpy as np

from tensors import Tensors

_erf = np.vectorize(math.erf, otypes=[np.float64])


@dataclass(frozen=True)
class Moments:
    """Mean and variance of each channel."""

    mean: np.ndarray
    variance: np.ndarray

    @staticmethod
    def of_norm(weights: Tensors, norm: str) -> "Moments":
        gain = weights[f"{norm}.weight"].astype(np.float64)
        return Moments(weights[f"{norm}.bias"].astype(np.float64), gain**2)

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.mean + other.mean, self.variance + other.variance)

    def range(self, deviations: float) -> tuple[float, float]:
        """What holds zero and this many deviations of every channel."""
        reach = deviations * np.sqrt(self.variance)
        low, high = (self.mean - reach).min(), (self.mean + reach).max()
        return min(float(low), 0.0), max(float(high), 0.0)

    def relu6_mean(self) -> np.ndarray:
        """Mean of each channel after ReLU6, if it is normally distributed before."""
        deviation = np.sqrt(self.variance) + 1e-12
        low, high = -self.mean / deviation, (6.0 - self.mean) / deviation
        inside = self.mean * (_below(high) - _below(low))
        return inside + deviation * (_density(low) - _density(high)) + 6.0 * (1.0 - _below(high))


def _below(x: np.ndarray) -> np.ndarray:
    return 0.5 * (1.0 + _erf(x / math.sqrt(2.0)))


def _density(x: np.ndarray) -> np.ndarray:
    return np.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)


def per_row(
    weights: np.ndarray, limit: int, floor: np.ndarray | float = 1e-12
) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric integers up to ±limit and a float32 scale, at least `floor`, for each row."""
    flat = weights.reshape(len(weights), -1).astype(np.float64)
    scale = np.maximum(np.abs(flat).max(axis=1) / limit, floor).astype(np.float32)
    integers = np.clip(np.rint(flat / scale[:, None]), -limit, limit)
    return integers.reshape(weights.shape).astype(np.int8), scale
