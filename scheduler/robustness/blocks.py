"""Activities that keep their place relative to each other: a visit within a review, a team lent to it (R034)."""

from scheduler.values.problem import Problem, WithinLink


def blocks(problem: Problem) -> dict[str, tuple[str, ...]]:
    """The activities that move together with each activity, itself included, in the order of the problem."""
    order = {activity.id: number for number, activity in enumerate(problem.activities)}
    block = {name: {name} for name in order}
    for one, other in _ties(problem):
        joined = block[one] | block[other]
        for name in joined:
            block[name] = joined
    return {name: tuple(sorted(own, key=order.__getitem__)) for name, own in block.items()}


def _ties(problem: Problem) -> list[tuple[str, str]]:
    ties = [
        (link.inner.activity, link.outer.activity) for link in problem.links if isinstance(link, WithinLink)
    ]
    for activity in problem.activities:
        ties += [
            (activity.id, place.beside.activity) for place in (activity.team.joint if activity.team else ())
        ]
    return ties
