"""The statement of other inspections in an area: today's inspections, what becomes of them, and when (R119)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from config.inspection_files import read_registers
from config.inspections import InspectionRegister, InspectionType
from models import Activity, Area, SettingResult
from reports.words import plural
from services.inspections.due import DueInspection, days_of_reviews, due_inspections
from services.inspections.overlaps import Allocation, allocate
from services.inspections.relating import WITHIN, Days
from services.inspections.visits import JointVisit, joint_visits
from services.programme import rules_of
from services.shown.shown_plan import Audience

GRADES = {4: "Outstanding", 3: "Good", 2: "Adequate", 1: "Inadequate"}


@dataclass(frozen=True)
class ResultLine:
    """What an inspection of a setting found of one outcome, in words; evidence for the review (R102, R175)."""

    outcome: str
    place: str
    type: str
    sector: str
    found_on: date
    grade: str
    commissioner: str


@dataclass(frozen=True)
class Burden:
    """What an area is spared (R123): types that are subsumed, visits, and areas of inspection looked at twice."""

    num_subsumed: int
    num_partly: int
    num_within: int
    num_visits: int
    num_overlaps: int

    @property
    def in_words(self) -> str:
        """The figures in a sentence."""
        return (
            f"{plural(self.num_subsumed, 'type')} of inspection subsumed and {self.num_partly} in part; "
            f"{plural(self.num_within, 'inspection')} within the review; {plural(self.num_visits, 'visit')} saved "
            f"by joint visits; {plural(self.num_overlaps, 'area')} of inspection left to another inspection."
        )


@dataclass(frozen=True)
class Statement:
    """The statement of an area on a day; without a register there is nothing to say on that day.

    `types` are all of the register, `inspections` those that are due, `visits` those that serve several of them at one
    place, `studies` the thematic ones that are built into its reviews (R106).
    """

    area: str
    area_code: str
    as_of: date
    register: InspectionRegister | None
    types: tuple[InspectionType, ...] = ()
    inspections: tuple[DueInspection, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    visits: tuple[JointVisit, ...] = ()
    results: tuple[ResultLine, ...] = ()
    studies: tuple[str, ...] = ()
    burden: Burden | None = None


def statement_of(
    session: Session, area: Area, as_of: date, audience: Audience = Audience.INSPECTORATE
) -> Statement:
    """The statement of an area (R119).

    An authority sees the register and what it was told of: of a review that is not announced nothing follows (R068).
    Results of settings are the inspectorates' evidence.
    """
    register = _register_on(as_of)
    if register is None:
        return Statement(area.name, area.code, as_of, None)
    reviews = days_of_reviews(session, area.code, register)
    inspections = due_inspections(session, area.code, register, as_of, reviews)
    if audience is Audience.AUTHORITY:
        told = tuple(_as_told(one) for one in inspections if one.is_told)
        return Statement(area.name, area.code, as_of, register, register.types, told)
    allocations, visits = allocate(register, inspections), joint_visits(inspections)
    return Statement(
        area=area.name,
        area_code=area.code,
        as_of=as_of,
        register=register,
        types=register.types,
        inspections=inspections,
        allocations=allocations,
        visits=visits,
        results=_results(session, area.code, register),
        studies=_studies(register, reviews),
        burden=_burden(register, as_of, inspections, allocations, visits),
    )


def _as_told(one: DueInspection) -> DueInspection:
    # How it lies to the review, and what that costs, would tell when the review is.
    return replace(one, relation=None, overlaps=(), price=None)


def results_of(session: Session, area: str, as_of: date) -> tuple[ResultLine, ...]:
    """What inspections of settings in an area found: evidence for the contributions of a review (R102, R175)."""
    register = _register_on(as_of)
    return () if register is None else _results(session, area, register)


def _register_on(day: date) -> InspectionRegister | None:
    return next((one for one in read_registers().values() if one.holds_on(day)), None)


def _results(session: Session, area: str, register: InspectionRegister) -> tuple[ResultLine, ...]:
    """Results by outcome, the newest first."""
    names = _outcome_names(session, area, register)
    rows = session.exec(
        select(SettingResult)
        .where(SettingResult.area_code == area)
        .order_by(col(SettingResult.outcome), col(SettingResult.found_on).desc(), col(SettingResult.place))
    )
    found = []
    for row in rows:
        kind = register.type_of(row.type)
        if kind is not None:
            found.append(
                ResultLine(
                    names.get(row.outcome, row.outcome),
                    row.place,
                    kind.name,
                    row.sector.capitalize(),
                    row.found_on,
                    GRADES[row.grade],
                    row.commissioner,
                )
            )
    return tuple(found)


def _outcome_names(session: Session, area: str, register: InspectionRegister) -> dict[str, str]:
    query = select(Activity).where(Activity.area_code == area, Activity.kind == register.review)
    review = session.exec(query).first()
    return {} if review is None else dict(rules_of(session).of(review).outcomes)


def _studies(register: InspectionRegister, reviews: tuple[Days, ...]) -> tuple[str, ...]:
    return tuple(
        study.name
        for study in register.studies
        if any(study.from_on <= review.earliest_on < study.until_on for review in reviews)
    )


def _burden(
    register: InspectionRegister,
    as_of: date,
    inspections: tuple[DueInspection, ...],
    allocations: tuple[Allocation, ...],
    visits: tuple[JointVisit, ...],
) -> Burden:
    return Burden(
        num_subsumed=sum(one.ends_on is not None and one.ends_on <= as_of for one in register.types),
        num_partly=sum(one.subsumed == "partly" for one in register.types),
        num_within=sum(one.relation is not None and one.relation.where == WITHIN for one in inspections),
        num_visits=sum(len(visit.inspections) - 1 for visit in visits),
        num_overlaps=sum(allocation.by is not None for allocation in allocations),
    )
