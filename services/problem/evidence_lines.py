"""The lines of evidence about areas: ratings that were imported, and yearly assessments that are out (R024, R110)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.policy import Policy
from models import AssessmentGrade, Programme, Rating, YearlyAssessment
from services.problem.concern import Line


@dataclass(frozen=True)
class AssessmentLine:
    """A grade of a yearly assessment that is out, as a line of evidence; one of an example is made up, as if drawn."""

    measure: str
    value: str
    published_on: date
    source: str
    is_drawn: bool


def lines_by_area(session: Session, policy: Policy) -> Mapping[str, Sequence[Line]]:
    """Every line about each area, by its code."""
    found: dict[str, list[Line]] = defaultdict(list)
    for rating in session.exec(select(Rating)):
        found[rating.area_code].append(rating)
    for area, lines in assessment_lines(session, policy).items():
        found[area] += lines
    return found


def assessment_lines(session: Session, policy: Policy) -> Mapping[str, Sequence[Line]]:
    """What yearly assessments say, for the measures that the policy takes from them, by area (R024, R110)."""
    found: dict[str, list[Line]] = defaultdict(list)
    if policy.yearly is None:
        return found
    programme = session.get(Programme, 1)
    is_made_up = programme is not None and programme.is_demo
    measures = {judgement: measure for measure, judgement in policy.yearly.measures.items()}
    query = (
        select(YearlyAssessment, AssessmentGrade)
        .join(AssessmentGrade, col(AssessmentGrade.assessment_id) == col(YearlyAssessment.id))
        .where(col(YearlyAssessment.published_on).is_not(None))
    )
    for row, given in session.exec(query):
        if given.judgement in measures and row.published_on is not None:
            source = policy.yearly.title(row.year)
            line = AssessmentLine(
                measures[given.judgement], given.grade, row.published_on, source, is_made_up
            )
            found[row.area_code].append(line)
    return found
