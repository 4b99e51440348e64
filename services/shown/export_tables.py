"""The rows of a plan's workbook and CSV: stages, team places, deadlines, the option each area follows (R039)."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from sqlmodel import Session, select

from config.framework import Framework
from config.links import Pair
from config.team_rule import DEPUTY
from models import Body, Inspector, Skill
from reports.plan_tables import DeadlineRow, PlanBook, ProgrammeRow, TeamRow
from reports.table import Cell
from reports.words import capitalised, date_in_words, gap_in_words, list_in_words
from scheduler.values.problem import ApartLink, LagLink, Link, Problem, WithinLink
from scheduler.values.result import gap_if_known
from scheduler.values.value import LEADER
from services.casework.steps import LEFT_OUT
from services.option_words import TERM_WORDS
from services.plans.freshness import is_stale
from services.plans.plan_store import StoredPlan, load_plan
from services.shown.chart_words import finding, which_plan
from services.shown.evidence import evidence_rows
from services.shown.shown_plan import Audience, PlanView, ShownActivity
from services.shown.shown_steps import STATE_WORDS, ShownStep, StepsOf


def plan_book(session: Session, view: PlanView, as_of: date) -> PlanBook:
    """The workbook of a plan: Programme, Teams, Deadlines, Evidence and About."""
    steps_of = StepsOf(session)
    steps = {activity.row.code: steps_of(activity) for activity in view.activities}
    is_outdated = is_stale(session, view.version)
    return PlanBook(
        title=which_plan(view, as_of, is_outdated),
        programme=tuple(
            row
            for activity in view.activities
            for row in programme_rows(view, activity, steps[activity.row.code])
        ),
        teams=team_rows(session, view),
        deadlines=deadline_rows(view, steps),
        evidence=evidence_rows(session, view, as_of),
        about=about(view, load_plan(session, view.number), is_outdated),
    )


def all_programme_rows(session: Session, view: PlanView) -> tuple[ProgrammeRow, ...]:
    """The lines of the Programme sheet alone."""
    steps_of = StepsOf(session)
    return tuple(
        row for activity in view.activities for row in programme_rows(view, activity, steps_of(activity))
    )


def programme_rows(view: PlanView, activity: ShownActivity, steps: Iterable[ShownStep]) -> list[ProgrammeRow]:
    """A row for each stage of an activity, in the order of dates."""
    stages = sorted((step for step in steps if step.kind == "stage"), key=lambda step: (step.start, step.end))
    return [
        ProgrammeRow(
            area_code=activity.area.code,
            area=activity.area.name,
            region=activity.area.region,
            activity=activity.framework.name,
            stage=step.name,
            start=step.start,
            end=step.end,
            status=activity.row.precision or view.version.status,
            option=_option(view, activity),
            leader=_leader(activity),
            is_pinned=activity.is_pinned and step.step_id in activity.stages,
            remark=_remark(activity, step),
        )
        for step in stages
    ]


def team_rows(session: Session, view: PlanView) -> tuple[TeamRow, ...]:
    """A row for each place of each team, from the team's first week to its last; the leader first."""
    named = {row.code: row.name for row in session.exec(select(Skill))}
    skills = named | {LEADER: "Team leader", DEPUTY: "Deputy leader"}
    bodies = {row.code: row.name for row in session.exec(select(Body))}
    return tuple(
        TeamRow(
            area_code=activity.area.code,
            area=activity.area.name,
            activity=activity.framework.name,
            start=activity.first_day,
            end=activity.end,
            place=skills.get(seat.skill, seat.skill),
            inspector=seat.person.name if seat.person else "",
            body=_body(seat.person, bodies),
            is_leader=seat.skill == LEADER,
        )
        for activity in view.activities
        for seat in sorted(activity.team, key=lambda seat: seat.skill != LEADER)
    )


def _body(person: Inspector | None, bodies: Mapping[str, str]) -> str:
    """The name of somebody's body; who volunteers is marked (R005)."""
    if person is None:
        return ""
    name = bodies.get(person.body_code, person.body_code)
    return f"{name} (voluntary)" if person.is_voluntary else name


def deadline_rows(view: PlanView, steps: dict[str, tuple[ShownStep, ...]]) -> tuple[DeadlineRow, ...]:
    """A row for each milestone and deadline, by date."""
    rows = [
        DeadlineRow(
            area_code=activity.area.code,
            area=activity.area.name,
            activity=activity.framework.name,
            name=step.name,
            due=step.start,
            rule="; ".join(filter(None, (step.rule, step.notes, _waived(step)))),
            who=roles_in_words(activity.framework, step.who),
            is_hard=step.is_hard,
            state=_state(step),
            done_on=step.done_on,
        )
        for activity in view.activities
        for step in steps[activity.row.code]
        if step.kind != "stage" and step.state not in LEFT_OUT
    ]
    return tuple(sorted(rows, key=lambda row: (row.due, row.area, row.activity, row.name)))


def about(view: PlanView, stored: StoredPlan, is_outdated: bool) -> tuple[tuple[str, Cell], ...]:
    """What the plan is, in words: finding, figures with their bounds, and what it was made from."""
    row, costs = view.version, stored.plan.costs
    facts: list[tuple[str, Cell]] = [
        ("Finding", finding(view)),
        ("Version", view.number),
        ("Option", row.option),
        ("Status", row.status),
    ]
    if row.published_at is not None:
        facts.append(("Published on", date_in_words(row.published_at.date())))
    if view.audience is Audience.AUTHORITY:
        return tuple(facts)
    facts += [
        ("Made from the latest facts and rules", not is_outdated),
        ("Cost of dates", row.date_cost),
        ("Proven bound of dates", row.date_bound),
        ("Dates", capitalised(gap_in_words(gap_if_known(row.date_cost, row.date_bound)))),
        *((f"Dates: {TERM_WORDS.get(term, term)}", cost) for term, cost in costs.date_terms.items()),
        ("Uncovered places", row.uncovered_places),
        ("Cost of teams", row.team_cost),
        ("Proven bound of teams", row.team_bound),
        ("Teams", capitalised(gap_in_words(gap_if_known(row.team_cost, row.team_bound)))),
        ("Seed", row.seed),
        ("Problem", stored.problem.name),
        ("Hash of the problem", row.problem_hash),
        (
            "Solved with",
            ", ".join(f"{name} {number}" for name, number in sorted(stored.result.versions.items())),
        ),
        ("Made by", row.created_by),
        ("Made at", f"{row.created_at:%Y-%m-%d %H:%M} UTC"),
    ]
    return tuple(facts)


def roles_in_words(framework: Framework, roles: Iterable[str]) -> str:
    """Roles by their short names: "Director of children's services and leader of the review team"."""
    names = [framework.role_name(role).split(",")[0] for role in roles]
    return capitalised(list_in_words([name[:1].lower() + name[1:] for name in names]))


def _option(view: PlanView, activity: ShownActivity) -> str:
    """The sequencing option that holds in the area (R039)."""
    if view.version.option != "mixed":
        return view.version.option
    wanted = "programme's" if activity.area.option is None else str(activity.area.option)
    pair = view.rules.policy.programme.pair
    return options_of_document(view.version.problem_json, pair).get(activity.area.code, wanted)


def _leader(activity: ShownActivity) -> str:
    return next((seat.person.name for seat in activity.team if seat.skill == LEADER and seat.person), "")


def _remark(activity: ShownActivity, step: ShownStep) -> str:
    before = activity.published.get(step.step_id)
    words = [_state(step), step.notes, _waived(step)]
    if before is not None and before.start != activity.stages[step.step_id].start:
        words.append(f"published for {date_in_words(before.start)}")
    return "; ".join(filter(None, words))


def _waived(step: ShownStep) -> str:
    """'waived: signed off without Hypotheses for fieldwork: Illness'; empty where nothing is."""
    return f"waived: {'; '.join(step.waivers)}" if step.waivers else ""


def _state(step: ShownStep) -> str:
    """How far a step is; nothing of one that is only planned."""
    return "" if step.state == "planned" else STATE_WORDS[step.state]


def followed_options(problem: Problem, pair: Pair | None) -> dict[str, str]:
    """Option by area, '1' to '4' (R030-R036); areas without both activities of the pair are left out."""
    if pair is None:
        return {}
    activities, found = {activity.id: activity for activity in problem.activities}, {}
    for link in problem.links:
        first, other = (activities[end.activity] for end in link.ends)
        option = _option_of(link, first.kind, pair)
        if option is not None and {first.kind, other.kind} == {pair.first, pair.second}:
            found[first.area] = option
    return found


def _option_of(link: Link, first_kind: str, pair: Pair) -> str | None:
    if isinstance(link, LagLink):
        return "1" if first_kind == pair.first else "2"
    if isinstance(link, WithinLink):
        return "3"
    return "4" if isinstance(link, ApartLink) else None


@lru_cache(maxsize=4)
def options_of_document(problem_json: str, pair: Pair | None) -> dict[str, str]:
    """The same from a stored problem; kept, because a table asks once for each of its rows."""
    return followed_options(Problem.model_validate_json(problem_json), pair)
