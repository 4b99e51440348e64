"""Lines of the people of one body, of whom every team of some activities needs a few (R144).

Like the lines of skills: work by week, the rest after it, and what people may begin in a year.
"""

from urllib.parse import quote

import numpy as np

from scheduler.dates.lines import Line
from scheduler.people.capacity import People
from scheduler.values.problem import Problem
from scheduler.values.row_facts import RowName


def body_lines(problem: Problem, people: People, whole_teams: bool) -> list[Line]:
    """The lines of every body with a minimum; rest and years only `whole_teams`."""
    lines = []
    for body in people.bodies:
        lines.append(_weekly_line(people, body, with_rest=False))
        if whole_teams and people.rest_weeks > 0:
            lines.append(_weekly_line(people, body, with_rest=True))
        if whole_teams:
            lines += _yearly_lines(problem, people, body)
    return lines


def _weekly_line(people: People, body: str, with_rest: bool) -> Line:
    return Line(
        RowName(kind="rest" if with_rest else "people", body=body),
        ("rest:" if with_rest else "") + f"body:{quote(body)}",
        people.lately_of(body) if with_rest else people.available_of(body),
        None,
        lambda profile: dict(profile.bodies).get(body, 0),
        with_rest=with_rest,
    )


def _yearly_lines(problem: Problem, people: People, body: str) -> list[Line]:
    most = [(period, people.yearly_of(body, period.kind)) for period in problem.periods]
    return [
        Line(
            RowName(kind="yearly", body=body, owner=period.id),
            f"yearly:{quote(period.kind)}:{quote(period.id)}:body:{quote(body)}",
            np.array([units]),
            period.span,
            lambda profile: dict(profile.first_bodies).get(body, 0),
        )
        for period, units in most
        if units is not None
    ]
