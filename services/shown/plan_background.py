"""What stands behind a plan beside its chart: figures, waivers, the price list it was made under, short notice."""

import json
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.prices import Prices
from models import PlanVersion
from reports.words import plural
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from services.option_words import TEAM_TERM_WORDS, TERM_WORDS
from services.plans import plan_store
from services.plans.price_lists import Priced, policy_then, terms_that_differ
from services.plans.waived_rules import ShownWaiver, waivers_in_words
from services.problem.short_notice import ShortNotice, short_notices
from services.programme import rules_of
from services.shown.version_lines import VersionLine, version_line


@dataclass(frozen=True)
class PlanPrices:
    """The price list of a plan.

    Attributes
    ----------
    policy
        Name of the policy that it is from; empty where nobody kept it.
    lines
        What is counted, and at what.
    published
        The published version, None without one or if it is this plan.
    other_terms
        Terms of the cost that this plan would count otherwise than the published one does.
    """

    policy: str
    lines: tuple[tuple[str, str], ...]
    published: int | None
    other_terms: tuple[str, ...]


@dataclass(frozen=True)
class PlanBackground:
    """A version with all that its page says before the chart; `short_notice` as on the day it is looked at (R094).

    `before` is the version that was published before it, if it is the published one.
    """

    line: VersionLine
    waived: tuple[ShownWaiver, ...]
    prices: PlanPrices
    short_notice: tuple[ShortNotice, ...]
    before: int | None


def background_of(session: Session, today: date, version: int) -> PlanBackground:
    """All of it; NotFound if there is no such version."""
    row = plan_store.find_version(session, version)
    mondays = plan_store.mondays_by_activity(session, version)
    begins = {code: min(stages.values()) for code, stages in mondays.items()}
    return PlanBackground(
        line=version_line(session, row),
        waived=waivers_in_words(session, version, rules_of(session).policy.waivers.reasons),
        prices=_prices(session, row),
        short_notice=short_notices(session, begins, today) if row.status != "superseded" else (),
        before=plan_store.published_before(session) if row.status == "published" else None,
    )


def _prices(session: Session, row: PlanVersion) -> PlanPrices:
    policy, published = policy_then(row), plan_store.published_version(session)
    names = [] if policy is None else [file for file in json.loads(row.rules) if file.startswith("policy/")]
    is_other = published is not None and published.version != row.version
    return PlanPrices(
        policy="".join(names).removeprefix("policy/").removesuffix(".toml"),
        lines=() if policy is None else price_lines(policy.prices),
        published=published.version if published is not None and is_other else None,
        other_terms=_other_terms(row, published) if published is not None and is_other else (),
    )


def price_lines(prices: Prices) -> tuple[tuple[str, str], ...]:
    """The prices of dates in words: what is counted, and at what."""
    apart = prices.apart
    return (
        ("A week of delay, for urgency 1 to 10", ", ".join(map(str, prices.urgency))),
        ("A clear week more before fieldwork", str(prices.stretch)),
        ("A week more between review and assessment (options 1 and 2)", str(prices.lag)),
        (
            "A clear week less between them (option 4)",
            f"{apart.price_per_week}, up to {plural(apart.cap_weeks, 'week')}",
        ),
    )


def _other_terms(row: PlanVersion, published: PlanVersion) -> tuple[str, ...]:
    words = TERM_WORDS | TEAM_TERM_WORDS
    found = terms_that_differ(_priced(published), [_priced(row)])
    return tuple(words.get(term, term) for term in found)


def _priced(row: PlanVersion) -> Priced:
    problem, plan = Problem.model_validate_json(row.problem_json), Plan.model_validate_json(row.plan_json)
    return Priced(f"plan {row.version}", problem, plan, policy_then(row))
