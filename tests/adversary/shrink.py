"""Smaller questions about which a claim is still wrong: what a person reads."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from scheduler.validating.validation import validate
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from tests.adversary.model import Best, keeps_rules, plan_of
from tests.adversary.question import Claim, Question, Subject, answered, wrong

LISTS = (
    "activities",
    "areas",
    "links",
    "inspectors",
    "period_limits",
    "partner_limits",
    "past_reviews",
    "calendars",
    "pools",
    "periods",
    "lag_tables",
)
"""Parts of a problem that it may do without, one by one."""

PLAIN = {
    "activities": ("previous_team", "published", "short_notice", "urgency_price", "pinned_starts", "team"),
    "inspectors": (
        "absences",
        "conflicts",
        "previous_areas",
        "max_reviews",
        "rest_weeks",
        "trained_from",
        "percent",
    ),
    "pools": ("exceptions",),
}
"""Fields that may have their defaults instead."""


def smaller(subject: Subject, claim: Claim, question: Question) -> Question:
    """A question with as few parts as simple taking away leaves, about which the claim is wrong as well."""
    while True:
        better = next((less for less in _steps(question) if _is_wrong(subject, claim, less)), None)
        if better is None:
            return question
        question = better


def _is_wrong(subject: Subject, claim: Claim, question: Question) -> bool:
    return subject.suits(question.problem) and bool(wrong(claim, question, answered(subject, question)))


def _steps(question: Question) -> Iterator[Question]:
    """Questions with one part less, as far as they make sense."""
    for change in (*_without_parts(question.problem), *_plainer(question.problem)):
        try:
            problem = Problem.model_validate(change())
        except ValueError:
            continue
        if problem != question.problem and not validate(problem):
            plan = question.plan and _plan(problem, question.plan)
            if plan is None or keeps_rules(problem, plan):
                yield replace(question, problem=problem, plan=plan)


def _without_parts(problem: Problem) -> Iterator[Callable[[], dict[str, object]]]:
    for name in LISTS:
        parts = getattr(problem, name)
        for number in range(len(parts)):
            left = parts[:number] + parts[number + 1 :]
            yield (
                lambda name=name, left=left: (
                    problem.model_dump() | {name: [part.model_dump() for part in left]}
                )
            )
    yield lambda: problem.model_dump() | {"frozen_until": 0}
    yield lambda: problem.model_dump(exclude={"team_prices", "min_percent", "leader_drafts"})


def _plainer(problem: Problem) -> Iterator[Callable[[], dict[str, object]]]:
    for name, fields in PLAIN.items():
        for number, part in enumerate(getattr(problem, name)):
            for field in fields:
                default = type(part).model_fields[field].get_default(call_default_factory=True)
                if getattr(part, field) != default:
                    parts = list(getattr(problem, name))
                    parts[number] = part.model_copy(update={field: default})
                    yield lambda name=name, parts=parts: problem.model_copy(
                        update={name: tuple(parts)}
                    ).model_dump()


def _plan(problem: Problem, plan: Plan) -> Plan:
    """What is left of a plan."""
    names, people = (
        {activity.id for activity in problem.activities},
        {person.id for person in problem.inspectors},
    )
    starts = {name: weeks for name, weeks in plan.starts().items() if name in names}
    seats = {activity.id for activity in problem.activities if activity.team is not None}
    members = tuple(
        member for member in plan.members if member.activity in seats and member.inspector in people
    )
    return plan_of(problem, Best(starts, members, ()))
