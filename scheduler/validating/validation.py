"""Is a problem sound? All mistakes are collected and reported together, each with its place and an advice."""

from collections.abc import Callable, Iterator

from scheduler.validating import dates, limits, people
from scheduler.validating import index as names
from scheduler.validating.index import Index
from scheduler.values.errors import Finding, InvalidProblem
from scheduler.values.problem import Problem

CHECKS: tuple[Callable[[Index], Iterator[Finding]], ...] = (
    dates.horizon_is_sound,
    names.names_are_unique,
    names.references_exist,
    names.link_references_exist,
    dates.windows_are_sound,
    dates.spans_have_weeks,
    limits.numbers_are_sensible,
    dates.lags_are_sound,
    dates.published_dates_are_complete,
    dates.pins_keep_the_rules,
    dates.pins_keep_links,
    dates.activities_can_start,
    limits.links_stay_in_an_area,
    limits.lag_tables_are_complete,
    limits.links_join_two_stages,
    people.team_sizes_are_allowed,
    people.people_at_work_have_seats,
    people.bodies_suffice,
    people.quotas_are_sound,
    people.skills_exist,
    people.leader_is_no_skill,
    limits.period_limits_are_sound,
    limits.pools_suffice,
    dates.frozen_dates_keep_the_rules,
    dates.frozen_zone_leaves_weeks,
    people.saved_and_joint_places_have_a_reason,
    people.joint_places_are_linked,
    people.past_reviews_are_sound,
    people.drafting_ends,
    limits.sums_stay_exact,
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
