"""The yearly assessments for people: what each year is for an area, how far it is, grades, inputs, conversations."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.yearly_rules import YearlyRules
from models import Area, AssessmentGrade, Conversation, YearlyAssessment, YearlyInput
from services.programme import policy_of
from services.years.roles import DaysOfYear, YearRole, days_of, has_field_exercise, role_in_words
from services.years.steps import JUDGED, PUBLISHED, STATE_WORDS


@dataclass(frozen=True)
class GradeLine:
    """The grade of a judgement in words; `from_review` is the code of the review that it comes from, if any."""

    name: str
    grade: str
    from_review: str


@dataclass(frozen=True)
class InputLine:
    """What another body gave."""

    name: str
    value: str
    source: str
    received_on: date


@dataclass(frozen=True)
class TalkLine:
    """A conversation with the authority: when, with whom, about what."""

    held_on: date
    people: tuple[str, ...]
    points: str


@dataclass(frozen=True)
class YearLine:
    """The assessment of an area in a year; `number` is that of its row.

    `role` is review, follow_up or agenda, `role_name` the same in words; `has_field` whether there is a field exercise.
    `is_late` tells that it should have been judged by now.
    """

    number: int
    area: str
    area_name: str
    year: int
    title: str
    role: str
    role_name: str
    state: str
    state_name: str
    has_field: bool
    is_late: bool
    days: DaysOfYear
    issued_on: date
    returned_on: date | None
    field_on: date | None
    judged_on: date | None
    published_on: date | None
    late_because: str
    grades: tuple[GradeLine, ...] = ()
    inputs: tuple[InputLine, ...] = ()
    talks: tuple[TalkLine, ...] = ()

    @property
    def is_judged(self) -> bool:
        """Whether there is a result."""
        return self.state in (JUDGED, PUBLISHED)


@dataclass(frozen=True)
class YearCounts:
    """How a year stands: areas by role, field exercises, and the names of areas that are not judged."""

    year: int
    title: str
    days: DaysOfYear
    num_reviews: int
    num_follow_ups: int
    num_agendas: int
    num_field: int
    not_judged: tuple[str, ...]
    is_over: bool


def year_lines(
    session: Session, as_of: date, area: str | None = None, year: int | None = None
) -> list[YearLine]:
    """The assessments, of all areas or one by its code, of all years or one: the newest year first, then by area."""
    rules = policy_of(session).yearly
    if rules is None:
        return []
    query = (
        select(YearlyAssessment, Area)
        .join(Area, col(Area.code) == col(YearlyAssessment.area_code))
        .order_by(col(YearlyAssessment.year).desc(), col(Area.name))
    )
    if area is not None:
        query = query.where(YearlyAssessment.area_code == area)
    if year is not None:
        query = query.where(YearlyAssessment.year == year)
    beside = _Beside(session, rules)
    return [_line(row, found, rules, as_of, beside) for row, found in session.exec(query)]


def years_counted(lines: Iterable[YearLine], as_of: date) -> list[YearCounts]:
    """How each year of some lines stands, the newest first."""
    by_year: dict[int, list[YearLine]] = defaultdict(list)
    for line in lines:
        by_year[line.year].append(line)
    return [_counts(found, as_of) for _year, found in sorted(by_year.items(), reverse=True)]


def _counts(lines: list[YearLine], as_of: date) -> YearCounts:
    roles, first = Counter(line.role for line in lines), lines[0]
    return YearCounts(
        year=first.year,
        title=first.title,
        days=first.days,
        num_reviews=roles[YearRole.REVIEW],
        num_follow_ups=roles[YearRole.FOLLOW_UP],
        num_agendas=roles[YearRole.AGENDA],
        num_field=sum(line.has_field for line in lines),
        not_judged=tuple(line.area_name for line in lines if not line.is_judged),
        is_over=as_of > first.days.judged_by,
    )


class _Beside:
    """Grades, inputs and conversations by the number of the assessment, read once."""

    def __init__(self, session: Session, rules: YearlyRules) -> None:
        grades: dict[int, dict[str, AssessmentGrade]] = defaultdict(dict)
        for row in session.exec(select(AssessmentGrade)):
            grades[row.assessment_id][row.judgement] = row
        self._grades, self._rules = grades, rules
        self._inputs: dict[int, list[InputLine]] = defaultdict(list)
        for given in session.exec(select(YearlyInput).order_by(col(YearlyInput.received_on))):
            name = rules.inputs.get(given.kind, given.kind)
            line = InputLine(name, given.value, given.source, given.received_on)
            self._inputs[given.assessment_id].append(line)
        self._talks: dict[int, list[TalkLine]] = defaultdict(list)
        for talk in session.exec(select(Conversation).order_by(col(Conversation.held_on))):
            people = tuple(rules.people.get(person, person) for person in talk.people.split())
            self._talks[talk.assessment_id].append(TalkLine(talk.held_on, people, talk.points))

    def grades(self, number: int) -> tuple[GradeLine, ...]:
        """In the order of the policy."""
        known = self._grades.get(number, {})
        return tuple(
            GradeLine(words, known[name].grade, known[name].from_review)
            for name, words in self._rules.judgements.items()
            if name in known
        )

    def inputs(self, number: int) -> tuple[InputLine, ...]:
        """The earliest first."""
        return tuple(self._inputs.get(number, ()))

    def talks(self, number: int) -> tuple[TalkLine, ...]:
        """The earliest first."""
        return tuple(self._talks.get(number, ()))


def _line(row: YearlyAssessment, area: Area, rules: YearlyRules, as_of: date, beside: _Beside) -> YearLine:
    days, number = days_of(row.year, rules), row.id or 0
    return YearLine(
        number=number,
        area=area.code,
        area_name=area.name,
        year=row.year,
        title=rules.title(row.year),
        role=row.role,
        role_name=role_in_words(row.role, rules),
        state=row.state,
        state_name=STATE_WORDS[row.state],
        has_field=has_field_exercise(row.year, row.role, rules),
        is_late=row.state not in (JUDGED, PUBLISHED) and as_of > days.judged_by,
        days=days,
        issued_on=row.issued_on,
        returned_on=row.returned_on,
        field_on=row.field_on,
        judged_on=row.judged_on,
        published_on=row.published_on,
        late_because=row.late_because,
        grades=beside.grades(number),
        inputs=beside.inputs(number),
        talks=beside.talks(number),
    )
