"""Price lists: what each term of the cost is counted at, so that costs are compared under one list only.

A plan is priced by the policy and the facts of its solve. When these change, its cost says something else than that of
a plan made later. Here a plan is counted again at the prices of another one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from config.findings import InvalidFile
from config.policy import Policy
from models import PlanVersion
from scheduler.cost import costs
from scheduler.values.plan import Costs, Plan
from scheduler.values.problem import Activity, ApartLink, LagLink, Link, NearLink, Problem
from services.problem.rule_files import RuleFiles

Prices = Mapping[tuple[str, ...], Mapping[str, Any]]
"""The changes that make a part of a problem one of a list, by what names that part."""


class Priced(NamedTuple):
    """A plan with its problem; `policy` is the one of its solve, where that is known."""

    name: str
    problem: Problem
    plan: Plan
    policy: Policy | None = None


def policy_then(row: PlanVersion | None) -> Policy | None:
    """The policy under which a stored version was made; None if nobody kept it."""
    if row is None or not row.rules:
        return None
    try:
        return RuleFiles.of_documents(json.loads(row.rules)).policy
    except (InvalidFile, ValidationError):
        return None


def under(prices: Priced, priced: Priced) -> Costs:
    """What a plan costs at the prices of another one's solve, and against the dates that were published then.

    What those prices say nothing of keeps its own: a link that only another option makes, say, where the policy of
    that solve is not known.
    """
    found = costs(_repriced(priced.problem, prices), priced.plan.starts(), priced.plan.members)
    late = _weeks_between(prices.problem, priced.problem)
    per_week = {activity.id: activity.urgency_price for activity in prices.problem.activities}
    starts = priced.plan.starts()
    urgency = found.date_terms["urgency"] + late * sum(per_week.get(code, 0) for code in starts)
    return found.model_copy(update={"date_terms": {**found.date_terms, "urgency": urgency}})


def one_list(plans: Sequence[Priced]) -> Priced | None:
    """One of the plans at whose prices all of them cost what they say; None if they have several price lists."""
    return next((priced for priced in plans if not terms_that_differ(priced, plans)), None)


def terms_that_differ(prices: Priced, plans: Sequence[Priced]) -> tuple[str, ...]:
    """The terms of the cost that plans count otherwise than at the prices of one of them."""
    found: dict[str, None] = {}
    for priced in plans:
        said, again = priced.plan.costs, under(prices, priced)
        for before, after in ((said.date_terms, again.date_terms), (said.team_terms, again.team_terms)):
            found |= {term: None for term in after if after[term] != before.get(term, 0)}
    return tuple(found)


def _weeks_between(problem: Problem, later: Problem) -> int:
    """Weeks from week 0 of a problem to that of another one; negative if that begins earlier."""
    return (later.first_monday - problem.first_monday).days // 7


def _repriced(problem: Problem, prices: Priced) -> Problem:
    known, source = dict(_prices(prices.problem, prices.policy)), prices.problem
    kinds = {activity.id: activity.kind for activity in problem.activities}
    activities = {activity.id: activity for activity in source.activities}
    late = _weeks_between(problem, source)
    return problem.model_copy(
        update={
            "activities": tuple(
                _activity(activity, activities.get(activity.id), late, known)
                for activity in problem.activities
            ),
            "links": tuple(
                link.model_copy(update=dict(known.get(_link_key(link, kinds), {}))) for link in problem.links
            ),
            "period_limits": tuple(
                limit.model_copy(update=dict(known.get(("period", limit.id), {})))
                if limit.price is not None
                else limit
                for limit in problem.period_limits
            ),
            "partner_limits": tuple(
                limit.model_copy(update=dict(known.get(("partner", limit.id), {})))
                for limit in problem.partner_limits
            ),
            "team_prices": source.team_prices,
        }
    )


def _activity(activity: Activity, priced: Activity | None, late: int, known: Prices) -> Activity:
    """An activity with the price of its delay, of its longer gaps, and of what was announced at a solve."""
    stages = tuple(
        stage.model_copy(update=dict(known.get(("stretch", activity.kind, stage.id), {})))
        for stage in activity.stages
    )
    if priced is None:
        return activity.model_copy(update={"stages": stages})
    announced = priced.published
    if announced is not None:
        weeks = tuple(week + late for week in announced.starts)
        announced = announced.model_copy(update={"starts": weeks})
    if announced is not None and len(announced.starts) != len(stages):
        announced = None
    return activity.model_copy(
        update={"stages": stages, "urgency_price": priced.urgency_price, "published": announced}
    )


def _prices(
    problem: Problem, policy: Policy | None
) -> Iterator[tuple[tuple[str, ...], Mapping[str, int | None]]]:
    """The list of a problem; what options make of the pair is priced by the policy."""
    if policy is not None and policy.programme.pair is not None:
        pair = tuple(sorted((policy.programme.pair.first, policy.programme.pair.second)))
        apart = policy.prices.apart
        yield ("lag", "sequencing", *pair), {"price_per_week": policy.prices.lag}
        yield (
            ("apart", "sequencing", *pair),
            {"price_per_week": apart.price_per_week, "cap_weeks": apart.cap_weeks},
        )
    kinds = {activity.id: activity.kind for activity in problem.activities}
    for activity in problem.activities:
        for stage in activity.stages:
            yield ("stretch", activity.kind, stage.id), {"stretch_price": stage.stretch_price}
    for link in problem.links:
        if isinstance(link, LagLink):
            yield _link_key(link, kinds), {"price_per_week": link.price_per_week}
        elif isinstance(link, ApartLink | NearLink):
            cap = {"price_per_week": link.price_per_week, "cap_weeks": link.cap_weeks}
            yield _link_key(link, kinds), cap
    for limit in problem.period_limits:
        if limit.price is not None:
            yield ("period", limit.id), {"price": limit.price}
    for partner in problem.partner_limits:
        yield ("partner", partner.id), {"price": partner.price}


def _link_key(link: Link, kinds: Mapping[str, str]) -> tuple[str, ...]:
    term = getattr(link, "term", "")
    return (link.kind, term, *sorted(kinds[end.activity] for end in link.ends))
