"""What the arrays of the search hold, and how exactly solvers of linear programs answer."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
"""Whole numbers: weeks, numbers of rows and columns, scaled prices. Costs are exact, so nothing else is summed up."""

Floats = NDArray[np.float64]
"""Amounts and prices as a linear program gives them; nothing is proven by these."""

TOLERANCE = 1e-6
"""A linear program's value within this distance of a whole number is that number."""
