"""Means over draws with their confidence intervals."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from scheduler.values.value import Value

Z = 1.959963984540054
"""Quantile of the normal distribution for 95 per cent on both sides."""


class Estimate(Value):
    """A mean over draws, and the interval that holds the true one with about 95 per cent, from `low` to `high`."""

    mean: float
    low: float
    high: float


def mean_of(values: NDArray[np.float64]) -> Estimate:
    """The mean of independent draws, shape (draws,), with the normal interval; it stays within what was drawn."""
    mean = float(values.mean())
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    half = Z * spread / sqrt(len(values))
    least, most = float(values.min()), float(values.max())
    return Estimate(mean=mean, low=max(least, mean - half), high=min(most, mean + half))


def share_of(happened: NDArray[np.bool_]) -> Estimate:
    """How often something happened, shape (draws,), with Wilson's interval (1927), which is right near 0 and 1 too."""
    count, share = len(happened), float(happened.mean())
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z / (1 + Z * Z / count) * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return Estimate(mean=share, low=max(0.0, middle - half), high=min(1.0, middle + half))
