"""Is a problem sound? All mistakes are collected and reported together, each with its place and an advice."""

from collections.abc import Callable, Iterator

from scheduler.errors import Finding, InvalidProblem
from scheduler.problem import Problem
from scheduler.validation import (
    frozen,
    limits,
    links,
    names,
    numbers,
    past,
    pinned,
    places,
    prices,
    spans,
    teams,
    times,
)
from scheduler.validation.index import Index

CHECKS: tuple[Callable[[Index], Iterator[Finding]], ...] = (
    times.horizon_is_sound,
    names.names_are_unique,
    names.references_exist,
    names.link_references_exist,
    times.windows_are_sound,
    spans.spans_have_weeks,
    numbers.numbers_are_sensible,
    times.lags_are_sound,
    times.published_dates_are_complete,
    times.pins_keep_the_rules,
    pinned.pins_keep_links,
    times.activities_can_start,
    links.links_stay_in_an_area,
    links.lag_tables_are_complete,
    links.links_form_no_circle,
    teams.team_sizes_are_allowed,
    teams.bodies_suffice,
    teams.skills_exist,
    teams.leader_is_no_skill,
    limits.period_limits_are_sound,
    limits.pools_suffice,
    frozen.frozen_dates_keep_the_rules,
    frozen.frozen_zone_leaves_weeks,
    places.saved_and_joint_places_have_a_reason,
    places.joint_places_are_linked,
    past.past_reviews_are_sound,
    past.drafting_ends,
    prices.sums_stay_exact,
)


def validate(problem: Problem) -> tuple[Finding, ...]:
    """Everything about a problem that makes no sense, or that no plan could ever satisfy on its own.

    Whether a sound problem has a plan at all is another question: the capacity pre-check and the solver
    answer it.

    Returns
    -------
    Empty if the problem is sound.
    """
    index = Index(problem)
    return tuple(dict.fromkeys(found for check in CHECKS for found in check(index)))


def require_valid(problem: Problem) -> None:
    """Raise if a problem is not sound.

    Raises
    ------
    InvalidProblem
        With everything that `validate` finds.
    """
    findings = validate(problem)
    if findings:
        raise InvalidProblem(findings)
