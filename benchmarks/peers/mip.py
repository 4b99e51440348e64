"""The arrays of a mixed-integer program, written row by row."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

INFINITY = float("inf")


@dataclass(frozen=True)
class Expression:
    """A linear expression: coefficients by column, and a constant."""

    terms: dict[int, float]
    constant: float

    def __sub__(self, other: "Expression") -> "Expression":
        terms = dict(self.terms)
        for column, coefficient in other.terms.items():
            terms[column] = terms.get(column, 0.0) - coefficient
        return Expression({c: v for c, v in terms.items() if v}, self.constant - other.constant)

    def scaled(self, factor: float) -> "Expression":
        """The expression so many times."""
        return Expression({c: factor * v for c, v in self.terms.items()}, factor * self.constant)

    def value(self, values: NDArray[np.float64]) -> float:
        """The value at given values of all columns."""
        return self.constant + sum(float(values[c]) * v for c, v in self.terms.items())


@dataclass
class MipBuilder:
    """Minimises `offset + cost @ x` under rows `row_lower <= A x <= row_upper`; A is stored row by row.

    Attributes
    ----------
    first
        Where each row begins in `index` and `value`, and their length at the end.
    """

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_integer: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    first: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    offset: float = 0.0

    def column(self, lower: float, upper: float, is_integer: bool = False) -> Expression:
        """A new column without cost."""
        self.cost.append(0.0)
        self.lower.append(lower)
        self.upper.append(upper)
        self.is_integer.append(is_integer)
        return Expression({len(self.cost) - 1: 1.0}, 0.0)

    def charge(self, expression: Expression, price: float) -> None:
        """Let an expression cost so much a unit."""
        self.offset += price * expression.constant
        for column, coefficient in expression.terms.items():
            self.cost[column] += price * coefficient

    def at_most(self, expression: Expression, bound: float) -> None:
        """expression <= bound."""
        self._row(expression, -INFINITY, bound)

    def equal(self, expression: Expression, bound: float) -> None:
        """expression == bound."""
        self._row(expression, bound, bound)

    def _row(self, expression: Expression, lower: float, upper: float) -> None:
        lower, upper = lower - expression.constant, upper - expression.constant
        if not expression.terms and lower <= 0 <= upper:
            return
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.index += expression.terms.keys()
        self.value += expression.terms.values()
        self.first.append(len(self.index))
