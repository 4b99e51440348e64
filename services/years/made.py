"""Making the assessments of a year: one of each area, with the role that its review gives to the year (R021, R107)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.policy import Policy
from config.yearly_rules import YearlyRules
from models import Activity, Area, Programme, Step, YearlyAssessment
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.doors import MAKE_YEAR
from services.errors import NotFound, Objection, Refused
from services.naming.areas import find_area
from services.programme import policy_of
from services.years.roles import days_of, review_years, role_in

OPEN_STATES = ("issued", "returned")
"""States of an assessment whose role still follows the dates of its area's review."""


@dataclass(frozen=True)
class MadeYear:
    """What was made of a year: how many areas got an assessment, and how many have another role now."""

    year: int
    added: int
    changed: int


@dataclass(frozen=True)
class Report:
    """A review of an area: its code, and the day on which its report is out, or is planned to be."""

    activity: str
    out_on: date


def yearly_rules(session: Session) -> YearlyRules:
    """What the programme's policy says of yearly assessments; Refused if it has none."""
    rules = policy_of(session).yearly
    if rules is None:
        advice = "Add [yearly] to the policy of the programme."
        raise Refused([Objection("policy", "it has no yearly assessment of areas.", advice, "R107")])
    return rules


def make_year(session: Session, year: int, word: Word) -> MadeYear:
    """Give every area its assessment of a year, and bring the roles of those up to date that are not yet examined.

    Raises
    ------
    Refused
        Before the day of the yearly run, or if the policy has no yearly assessment.
    """
    rules, made_on = yearly_rules(session), days_of(year, yearly_rules(session)).made_on
    if word.as_of < made_on:
        message = f"it is made on {date_in_words(made_on)}, and today is {date_in_words(word.as_of)}."
        raise Refused([Objection(rules.title(year), message, "Wait until then, or check the year.", "R111")])
    reports = reports_by_area(session, policy_of(session))
    known = {
        row.area_code: row
        for row in session.exec(select(YearlyAssessment).where(YearlyAssessment.year == year))
    }
    added = changed = 0
    for area in session.exec(select(Area).order_by(col(Area.code))):
        reviewed = review_years((report.out_on for report in reports.get(area.code, ())), rules)
        role, row = role_in(year, reviewed), known.get(area.code)
        if row is None:
            session.add(YearlyAssessment(area_code=area.code, year=year, role=role, issued_on=made_on))
            added += 1
        elif row.state in OPEN_STATES and row.role != role:
            row.role = role
            session.add(row)
            changed += 1
    session.flush()
    if added or changed:
        after = {"areas": added, "other roles": changed}
        audit.record_word(session, word, "make year", f"assessments {year}", after=after)
    return MadeYear(year, added, changed)


def make_what_is_due(session: Session, word: Word) -> MadeYear | None:
    """What the yearly run does on a day: nothing before its day, before the programme, or after its last report."""
    programme, rules = session.get(Programme, 1), policy_of(session).yearly
    if programme is None or rules is None:
        return None
    year = word.as_of.year
    made_on = days_of(year, rules).made_on
    is_of_programme = programme.planned_on <= made_on and year <= programme.last_start_on.year + 1
    return make_year(session, year, word) if is_of_programme and made_on <= word.as_of else None


def reports_by_area(session: Session, policy: Policy) -> dict[str, list[Report]]:
    """The reviews of each area by the day on which their reports are out: the actual one, else the planned one."""
    found: dict[str, list[Report]] = defaultdict(list)
    if policy.yearly is None:
        return found
    query = (
        select(Activity, Step)
        .join(Step, col(Step.activity_id) == col(Activity.id))
        .where(Activity.kind == policy.main_kind, Activity.state != "cancelled")
        .where(Step.step_id == policy.yearly.report_step)
    )
    for activity, step in session.exec(query):
        out_on = step.actual_on or step.due_on
        if out_on is not None:
            found[activity.area_code].append(Report(activity.code, out_on))
    return found


def find_assessment(session: Session, area: str, year: int) -> YearlyAssessment:
    """The assessment of an area, by name or code, in a year; NotFound if that year was not made."""
    code, rules = find_area(session, area).code, yearly_rules(session)
    query = select(YearlyAssessment).where(YearlyAssessment.area_code == code, YearlyAssessment.year == year)
    found = session.exec(query).one_or_none()
    if found is None:
        message = f"there is no {rules.title(year)} of this area."
        raise NotFound(code, message, MAKE_YEAR.advise("Make the year first", year=year))
    return found
