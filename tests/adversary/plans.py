"""Random plans of tiny problems: sound ones, but not always good ones."""

from random import Random
from zlib import crc32

from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from tests.adversary.model import BEST, Aim, Model, plan_of
from tests.adversary.timetables import Timetable


def some_plan(problem: Problem, draw: Random) -> Plan | None:
    """The best plan, one with dates by chance and as few uncovered places as these allow, or one in between.

    None if no plan keeps the rules.
    """
    salt = draw.random()

    def whim(timetable: Timetable) -> int:
        return crc32(f"{salt} {sorted(timetable.starts.items())}".encode()) % 20

    aims: tuple[tuple[Aim, ...], ...] = (BEST, ("uncovered", whim), (whim, "uncovered"))
    best = Model(problem).best(draw.choice(aims))
    return None if best is None else plan_of(problem, best)
