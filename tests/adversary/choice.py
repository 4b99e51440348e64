"""One timetable for each area, as variables of the model."""

from collections.abc import Callable, Iterable
from typing import Any

from ortools.sat.python import cp_model

from tests.adversary.timetables import Timetable

Total = Any
"""A sum of variables with whole factors, or a number."""


class Choice:
    """Exactly one of the timetables of each area is chosen.

    Attributes
    ----------
    options
        Every timetable, and the variable that is 1 if it is chosen.
    """

    def __init__(self, cp: cp_model.CpModel, timetables: Iterable[Iterable[Timetable]]) -> None:
        self.options: list[tuple[Timetable, cp_model.IntVar]] = []
        for of_area in timetables:
            options = [(timetable, cp.new_bool_var("")) for timetable in of_area]
            cp.add_exactly_one([is_chosen for _, is_chosen in options])
            self.options += options

    def total(self, value: Callable[[Timetable], int]) -> Total:
        """The sum of a value over the chosen timetables."""
        return sum(value(timetable) * is_chosen for timetable, is_chosen in self.options if value(timetable))
