"""Rules that a plan breaks and that a planner may set aside when it is published, each for a reason (R094).

A rule gives way where people could live with it: weeks, links, limits, rest, the make-up of a team. What cannot be,
what would be unfair, and what a plan wrongly says of itself stays refused: one person in two places, somebody who is
absent, not trained or has a conflict of interest, an activity without dates.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from config.findings import nearest
from models import PlanVersion, PlanWaiver
from scheduler.checking.checker import check
from scheduler.checking.facts import Facts
from scheduler.values.violations import Violation
from services.audit import Word
from services.casework.waiver_reasons import WaiverReason, objections_to_reason, reason_in_words
from services.doors import Advice
from services.errors import Objection
from services.plans import plan_store

WAIVABLE_RULES: Mapping[str, str] = {
    "outside_window": "Outside its window",
    "stage_lag": "Too few or too many clear weeks between stages",
    "closed_week": "In a closed week or a school holiday",
    "frozen_dates": "Confirmed dates move",
    "frozen_zone": "Moves or begins within the frozen weeks",
    "lag_link": "Review and assessment too near or too far apart",
    "within_link": "The assessment lies outside the fieldwork",
    "clear_link": "Activities of an area too near each other",
    "period_maximum": "Too many begin in a period",
    "period_minimum": "Too few begin in a period",
    "partner_limit": "Too many areas of one partner at once",
    "rest": "Too little rest between reviews",
    "too_many_reviews": "More reviews than a person's yearly maximum",
    "drafting": "A leader drafts too many reports at a time",
    "rotation": "The same area twice running",
    "leader_missing": "A team without a leader",
    "too_few_bodies": "A team from one body only",
    "quota_maximum": "Too many members of one body",
    "quota_minimum": "Too few members of one body",
    "team_size": "A team of another size",
}
"""The rules that may be waived, in a planner's words; the names are those of `Violation`."""


@dataclass(frozen=True)
class ShownWaiver:
    """A waiver as it is shown: which rule, where, what breaks it, why it was waived, and by whom."""

    rule: str
    place: str
    message: str
    reason: str
    who: str


def violations_of(session: Session, version: int) -> tuple[Violation, ...]:
    """Everything that a stored plan breaks, waived or not."""
    stored = plan_store.load_plan(session, version)
    return check(stored.problem, stored.plan)


def waivers_of(session: Session, version: int) -> list[PlanWaiver]:
    """What was waived for a version, in the order in which it was kept."""
    query = select(PlanWaiver).where(PlanWaiver.plan_version == version)
    return list(session.exec(query.order_by(col(PlanWaiver.id))))


def waivers_in_words(session: Session, version: int, known: Mapping[str, str]) -> tuple[ShownWaiver, ...]:
    """What was waived for a version; `known` are the policy's reasons by code."""
    return tuple(
        ShownWaiver(
            WAIVABLE_RULES.get(row.rule, row.rule),
            row.place,
            row.message,
            reason_in_words(row.code, row.why, known),
            row.waived_by,
        )
        for row in waivers_of(session, version)
    )


def not_waived(session: Session, version: int, found: Iterable[Violation]) -> list[Violation]:
    """Those of a version's violations that nobody has waived yet."""
    known = {(row.rule, row.place, row.message) for row in waivers_of(session, version)}
    return [broken for broken in found if (broken.rule, broken.place, broken.message) not in known]


def objections_to_rules(
    session: Session, version: int, reasons: Mapping[str, WaiverReason], known: Mapping[str, str]
) -> Iterator[Objection]:
    """Each rule that the plan breaks without a waiver, and each waiver that makes no sense.

    Parameters
    ----------
    reasons
        By the rules that are to be waived with this publication.
    known
        The policy's reasons by code.
    """
    found = violations_of(session, version)
    for violation in not_waived(session, version, found):
        place = f"{violation.rule}, {violation.place}"
        if violation.rule not in WAIVABLE_RULES:
            advice = "Change the plan or solve again: this cannot be waived."
            yield Objection(place, violation.message, advice, violation.requirement)
        elif violation.rule not in reasons:
            words = WAIVABLE_RULES[violation.rule]
            advice = Advice(
                f"Change the plan, solve again, or waive {violation.rule} for a reason.",
                f"Change the plan, solve again, or choose why this rule is waived: '{words}'.",
            )
            yield Objection(place, violation.message, advice, violation.requirement)
    broken = {violation.rule for violation in found}
    for rule, reason in reasons.items():
        for objection in objections_to_reason(f"waiver of {rule}", reason, known, "R094"):
            yield replace(
                objection, field=""
            )  # each rule has a reason of its own: the place says of which it is
        if rule not in WAIVABLE_RULES and rule not in broken:
            message = "there is no such rule that may be waived."
            yield Objection(f"waiver of {rule}", message, nearest(rule, WAIVABLE_RULES))
        elif rule not in broken:
            yield Objection(f"waiver of {rule}", "the plan keeps this rule.", "Leave the waiver out.")


def keep_waivers(
    session: Session, row: PlanVersion, reasons: Mapping[str, WaiverReason], word: Word
) -> list[PlanWaiver]:
    """Store a waiver for each violation of the rules that are waived; returns the new ones."""
    if not reasons:
        return []
    assert row.version is not None
    stored = plan_store.load_plan(session, row.version)
    facts = Facts(stored.problem, stored.plan)
    codes = {facts.place(activity): activity.id for activity in stored.problem.activities}
    kept = [
        PlanWaiver(
            plan_version=row.version,
            rule=violation.rule,
            place=violation.place,
            message=violation.message,
            requirement=violation.requirement,
            activity_code=codes.get(violation.place, ""),
            code=reasons[violation.rule].code,
            why=reasons[violation.rule].why,
            waived_by=word.who,
            waived_at=word.at,
        )
        for violation in dict.fromkeys(not_waived(session, row.version, check(stored.problem, stored.plan)))
        if violation.rule in reasons
    ]
    session.add_all(kept)
    return kept
