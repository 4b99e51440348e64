"""Weeks of an activity against measuring the changed plan again, and against trying every team and timetable."""

from collections.abc import Iterator
from itertools import combinations, permutations, product
from pathlib import Path

import pytest

from benchmarks.instances import Option
from scheduler import Plan, Problem, SolveParams
from scheduler.candidates.elsewhere import Elsewhere
from scheduler.candidates.plan_state import PlanState, UnknownActivity
from scheduler.candidates.values import Change, WeekCandidate, WeekCandidates
from scheduler.candidates.weeks import week_candidates
from scheduler.cost import make_plan
from scheduler.explaining.situation import Situation
from scheduler.values.documents import load_problem
from scheduler.values.plan import TeamMember
from scheduler.values.problem import AnonymousPool, PeriodLimit, Stage
from tests.adversary.timetables import timetables_of
from tests.builders import area, broken_rules, changed, inspector, one_area, review, span, team
from tests.changed_plans import changed_plan, new_faults, with_teams
from tests.known import known
from tests.solved import solved_plan
from tests.tiny import tiny_problem
from tests.tiny_teams import tiny_teams

DRAWN: tuple[tuple[Option, int], ...] = (
    (1, 1), (1, 4), (1, 6), (2, 2), (2, 4), (2, 6), (3, 0), (3, 1), (3, 3), (3, 5), (4, 1), (4, 2), (4, 3), (4, 5),
)  # fmt: skip
"""Programmes of three areas that have a plan; some leave places open."""


def planned(problem: Problem) -> Plan:
    return solved_plan(problem, SolveParams(dates_seconds=5, teams_seconds=5, num_workers=1))


def fixed_dates(seed: int) -> tuple[Problem, Plan]:
    """Three reviews with a few people, where travel, fairness and announced people have prices."""
    problem, starts = tiny_teams(seed)
    members = planned_members(problem, starts)
    return problem, make_plan(problem, starts, members)


def planned_members(problem: Problem, starts: dict[str, tuple[int, ...]]) -> tuple[TeamMember, ...]:
    from scheduler.teams.assignment import assign_teams

    return assign_teams(problem, starts, SolveParams(teams_seconds=5)).members


def asked(problem: Problem, plan: Plan) -> Iterator[tuple[str, WeekCandidates]]:
    state = PlanState(problem, plan)
    for activity in problem.activities:
        yield activity.id, week_candidates(state, activity.id)


def changes(answer: WeekCandidates) -> Iterator[Change]:
    for candidate in answer.weeks:
        if candidate.alone is not None:
            yield candidate.alone
        if candidate.swap is not None:
            yield candidate.swap.change


def say_what_measuring_says(problem: Problem, plan: Plan) -> int:
    """Every change costs what it says, and what fits keeps every rule; the number of changes."""
    number = 0
    for name, answer in asked(problem, plan):
        assert (answer.date_cost, answer.people_cost) == (plan.costs.date_cost, plan.costs.team_cost)
        for change in changes(answer):
            after = changed_plan(problem, plan, change)
            assert after.costs.date_cost - plan.costs.date_cost == change.rise, (name, change)
            assert after.costs.team_cost - plan.costs.team_cost == change.people_rise, (name, change)
            assert after.costs.uncovered_places - plan.costs.uncovered_places == change.more_open
            if not change.units and not change.limits:
                assert new_faults(problem, plan, after) == set(), (name, change)
            else:
                assert new_faults(problem, plan, after) or broken_rules(problem, plan), (name, change)
            number += 1
    return number


@pytest.mark.parametrize(("option", "seed"), DRAWN)
def test_a_change_costs_what_the_changed_plan_costs(option: Option, seed: int) -> None:
    problem = tiny_problem(option, seed, num_areas=3)
    assert say_what_measuring_says(problem, planned(problem)) > 10


@pytest.mark.parametrize("seed", range(12))
def test_people_cost_what_the_changed_teams_cost(seed: int) -> None:
    """Travel, reviews above the fair share, announced people who go (R059, R062)."""
    assert say_what_measuring_says(*fixed_dates(seed)) > 0


@pytest.mark.parametrize(("option", "seed"), [(1, 1), (3, 0), (3, 2), (4, 1)])
def test_a_week_alone_is_the_best_of_all_timetables_and_teams(option: Option, seed: int) -> None:
    """Least is short, then fewest places are open, then it is cheapest: tried one by one, the check as judge."""
    problem = tiny_problem(option, seed)
    plan = planned(problem)
    answer = week_candidates(PlanState(problem, plan), "jar-a1")
    told = {own.week: own.alone for own in answer.weeks if own.alone is not None}
    found: dict[int, list[tuple[bool, int, int]]] = {}
    for dates in moved_dates(problem, plan, "a1", answer.together):
        found.setdefault(dates["jar-a1"][0], []).append(tried(problem, plan, dates))
    assert set(told) == set(found)
    for week, alone in told.items():
        best = min(found[week])
        assert (alone.num_short > 0) == best[0], week
        if not best[0]:
            assert (max(0, alone.more_open), alone.rise) == best[1:], week


def moved_dates(
    problem: Problem, plan: Plan, place: str, together: tuple[str, ...]
) -> Iterator[dict[str, tuple[int, ...]]]:
    """All dates of an area in which only what moves together moves."""
    now = plan.starts()
    for timetable in timetables_of(problem, place):
        if all(weeks == now[name] for name, weeks in timetable.starts.items() if name not in together):
            yield {name: timetable.starts[name] for name in together}


def tried(problem: Problem, plan: Plan, dates: dict[str, tuple[int, ...]]) -> tuple[bool, int, int]:
    """Whether limits are short, the fewest places that stay open beyond those open now, and the rise."""
    empty = with_teams(problem, plan, dates, ())
    is_short = bool(new_faults(problem, plan, empty) - {"has_leader", "has_bodies", "team_size"})
    fullest = with_teams(problem, plan, dates, fullest_team(problem, plan, dates))
    more = max(0, fullest.costs.uncovered_places - plan.costs.uncovered_places)
    return is_short, more, empty.costs.date_cost - plan.costs.date_cost


def fullest_team(problem: Problem, plan: Plan, dates: dict[str, tuple[int, ...]]) -> tuple[TeamMember, ...]:
    """A team that breaks no rule of people and has as few places open as any, the others as they are."""
    now = plan.starts()
    reviews = [own for own in problem.activities if own.id in dates and own.team is not None]
    if all(dates[own.id] == now[own.id] for own in reviews):
        return tuple(member for member in plan.members if member.activity in dates)
    (own,) = reviews
    skills = [skill for skill, count in known(own.team).seats_by_skill().items() for _ in range(count)]
    people = [person.id for person in problem.inspectors]
    for filled in range(len(skills), -1, -1):
        for places in combinations(skills, filled):
            for chosen in permutations(people, filled):
                members = tuple(
                    TeamMember(activity=own.id, skill=skill, inspector=name)
                    for skill, name in zip(places, chosen, strict=True)
                )
                if not broken_people(problem, with_teams(problem, plan, dates, members)):
                    return members
    raise AssertionError("an empty team breaks no rule of people")


def broken_people(problem: Problem, plan: Plan) -> bool:
    """Whether a rule of the people is broken, open places aside."""
    from scheduler.checking.checker import PEOPLE_RULES, SHORTAGE_RULES
    from scheduler.checking.facts import Facts

    facts = Facts(problem, plan)
    return any(fault.rule not in SHORTAGE_RULES for rule in PEOPLE_RULES for fault in rule(facts))


def visits() -> Problem:
    """Three visits of two weeks, one at a time; one may begin early, a second one at a price."""
    stage = Stage(
        id="on_site", duration_weeks=2, pool_demand={"teams": 1}, calendars=("school",), on_site=True
    )
    return one_area(
        num_weeks=16,
        areas=tuple(area(name) for name in ("Alpha", "Beta", "Gamma")),
        activities=tuple(
            review(name, stages=(stage,), team=None, start_window=span(0, 9), urgency_price=price)
            for name, price in (("alpha", 5), ("beta", 3), ("gamma", 2))
        ),
        pools=(AnonymousPool(id="teams", units=1),),
        period_limits=(
            PeriodLimit(id="early", span=span(0, 4), kinds=("jar",), maximum=1, price=4, max_excess=1),
        ),
        inspectors=(),
    )


def week(answer: WeekCandidates, number: int) -> WeekCandidate:
    return next(own for own in answer.weeks if own.week == number)


def test_who_is_in_the_way_makes_room_at_its_cheapest_place() -> None:
    """Alpha is there for two weeks; the cheapest place left for it is asked for, not the first one."""
    problem = visits()
    plan = make_plan(problem, {"jar-alpha": (0,), "jar-beta": (2,), "jar-gamma": (4,)}, ())
    first = week(week_candidates(PlanState(problem, plan), "jar-gamma"), 0)
    assert not known(first.alone).fits
    assert [(lack.pool, lack.units) for lack in known(first.alone).units] == [("teams", 1)]
    swap = known(first.swap)
    assert swap.moved.activities == ("jar-alpha",)
    assert (swap.moved.before, swap.moved.after) == (0, 4)
    assert swap.change.rise == 5 * 4 - 2 * 4
    assert new_faults(problem, plan, changed_plan(problem, plan, swap.change)) == set()


def test_weeks_and_who_makes_room_are_those_that_listing_everything_finds() -> None:
    """None else moves where the visit fits; otherwise the one other visit whose move costs least (R128)."""
    problem = visits()
    plan = planned(problem)
    answer = week_candidates(PlanState(problem, plan), "jar-beta")
    told = {own.week: (0 if known(own.alone).fits else 1, own.best.rise) for own in answer.weeks if own.best}
    assert told == listed(problem, plan, "jar-beta")
    assert {others for others, _ in told.values()} == {0, 1}


def listed(problem: Problem, plan: Plan, lead: str) -> dict[int, tuple[int, int]]:
    """By week: whether another visit has to move, and the least that the cost of dates rises by then."""
    now, found = plan.starts(), dict[int, tuple[int, int]]()
    for weeks in product(range(9), repeat=len(now)):
        starts = {name: (week,) for name, week in zip(now, weeks, strict=True)}
        moved = sum(starts[name] != now[name] for name in now if name != lead)
        after = make_plan(problem, starts, ())
        if moved <= 1 and not broken_rules(problem, after):
            value = moved, after.costs.date_cost - plan.costs.date_cost
            found[starts[lead][0]] = min(value, found.get(starts[lead][0], value))
    return found


def test_an_area_makes_room_if_any_of_its_stages_can_be_elsewhere() -> None:
    """The pool of one unit is wanted by the last stages of three activities of two areas."""
    case = Path(__file__).parents[3] / "explained_cases" / "later-stage-in-the-way.json"
    problem = load_problem(case.read_text())
    plan = make_plan(problem, {"A0-2": (10, 13), "A1-0": (10, 14), "A1-1": (4, 8)}, ())
    answer = week_candidates(PlanState(problem, plan), "A0-2")
    assert {own.week for own in answer.weeks if own.best is not None} == {10, 11}
    assert known(week(answer, 11).swap).moved.areas == ("A1",)


def test_every_week_of_the_window_is_told_with_the_reason_why_it_is_impossible() -> None:
    """R028: the half-term is named."""
    problem = visits()
    plan = make_plan(problem, {"jar-alpha": (0,), "jar-beta": (2,), "jar-gamma": (4,)}, ())
    answer = week_candidates(PlanState(problem, plan), "jar-alpha")
    assert sorted(own.week for own in answer.weeks) == list(range(9))
    closed = {own.week: own.impossible for own in answer.weeks if own.impossible is not None}
    assert set(closed) == {6, 7}
    assert {own.reason for own in closed.values()} == {"October half-term"}
    assert [known(own.best).rise for own in answer.weeks if own.is_present] == [0]


def test_where_nobody_could_make_room_the_open_places_are_named() -> None:
    """R057: the only leader is trained from week 5 on."""
    skills = ("safeguarding", "education")
    problem = one_area(
        num_weeks=40,
        activities=(review("north", team=team(*skills), start_window=span(0, 20), urgency_price=5),),
        inspectors=(
            inspector("ann", "Ofsted", is_leader=True, trained_from=5),
            *(inspector(name, "CSCI", *skills) for name in ("bob", "cat")),
        ),
    )
    found = week(week_candidates(PlanState(problem, planned(problem)), "jar-north"), 1)
    assert found.swap is None
    assert [place.skill for place in known(found.alone).open_places] == ["leader"]


def test_what_is_pinned_makes_no_room_and_goes_nowhere() -> None:
    problem = changed(visits(), "activities", "jar-alpha", pinned_starts=(0,))
    plan = make_plan(problem, {"jar-alpha": (0,), "jar-beta": (2,), "jar-gamma": (4,)}, ())
    state = PlanState(problem, plan)
    assert week(week_candidates(state, "jar-gamma"), 0).swap is None
    alone = [own.week for own in week_candidates(state, "jar-alpha").weeks if own.alone is not None]
    assert alone == [0]
    reasons = {known(own.impossible).why for own in week_candidates(state, "jar-alpha").weeks if own.week}
    assert reasons == {"pinned"}


def test_the_best_week_comes_first_and_impossible_ones_come_last() -> None:
    problem = visits()
    plan = make_plan(problem, {"jar-alpha": (0,), "jar-beta": (2,), "jar-gamma": (4,)}, ())
    answer = week_candidates(PlanState(problem, plan), "jar-gamma")
    kinds = [0 if own.best else 1 if own.alone else 2 for own in answer.weeks]
    assert kinds == sorted(kinds)
    rises = [own.best.rise for own in answer.weeks if own.best is not None]
    assert rises == sorted(rises)
    assert [own.week for own in answer.weeks if own.is_present] == [4]


def test_people_who_would_be_freed_make_room() -> None:
    """One leader, two reviews: whoever is there now goes elsewhere with the leader."""
    skills = ("safeguarding", "education")
    problem = one_area(
        num_weeks=40,
        areas=(area("North"), area("South")),
        activities=tuple(
            review(name, team=team(*skills), start_window=span(0, 20), urgency_price=price)
            for name, price in (("north", 5), ("south", 1))
        ),
        inspectors=(
            inspector("ann", "Ofsted", is_leader=True, rest_weeks=1),
            *(inspector(name, "CSCI", *skills, rest_weeks=1) for name in ("bob", "cat", "dan", "eve")),
        ),
    )
    plan = planned(problem)
    now = plan.starts()
    asked_week = now["jar-north"][0]
    found = week(week_candidates(PlanState(problem, plan), "jar-south"), asked_week)
    assert [place.skill for place in known(found.alone).open_places] == ["leader"]
    assert known(found.swap).moved.activities == ("jar-north",)


def test_an_unknown_activity_is_told() -> None:
    problem = visits()
    plan = make_plan(problem, {"jar-alpha": (0,), "jar-beta": (2,), "jar-gamma": (4,)}, ())
    with pytest.raises(UnknownActivity, match="jar-delta"):
        week_candidates(PlanState(problem, plan), "jar-delta")


def test_a_question_leaves_the_prepared_plan_as_it_was() -> None:
    problem = tiny_problem(3, 1, num_areas=3)
    plan = planned(problem)
    state = PlanState(problem, plan)
    first = [week_candidates(state, own.id) for own in problem.activities]
    assert [week_candidates(state, own.id) for own in problem.activities] == first


def test_tables_that_were_kept_give_the_same_answers_and_those_of_another_plan_are_refused() -> None:
    problem = tiny_problem(3, 1, num_areas=3)
    plan = planned(problem)
    state = PlanState(problem, plan)
    again = known(Elsewhere.of_arrays(state.elsewhere.arrays(), state.situation))
    kept = PlanState(problem, plan)
    kept.use_tables(again)
    for own in problem.activities:
        assert week_candidates(kept, own.id) == week_candidates(state, own.id)
    other = tiny_problem(3, 1)
    assert Elsewhere.of_arrays(state.elsewhere.arrays(), Situation(other, planned(other))) is None


def test_who_has_the_last_unit_of_a_pool_makes_room_though_people_suffice() -> None:
    """Two reviews with people enough for both, and one unit of a pool."""
    stage = Stage(id="on_site", duration_weeks=2, pool_demand={"teams": 1}, uses_team=True, on_site=True)
    leaders = [inspector(name, "Ofsted", is_leader=True) for name in ("ann", "amy")]
    others = [inspector(name, "CSCI", "education") for name in ("bob", "cat", "dan", "eve")]
    problem = one_area(
        num_weeks=16,
        areas=(area("Alpha"), area("Beta")),
        activities=tuple(
            review(
                name,
                stages=(stage,),
                team=team("education", min_members=2),
                start_window=span(0, 9),
                urgency_price=price,
            )
            for name, price in (("alpha", 5), ("beta", 3))
        ),
        pools=(AnonymousPool(id="teams", units=1),),
        inspectors=(*leaders, *others),
    )
    plan = planned(problem)
    now = plan.starts()["jar-alpha"][0]
    found = week(week_candidates(PlanState(problem, plan), "jar-beta"), now)
    assert known(found.alone).open_places == ()
    assert [lack.pool for lack in known(found.alone).units] == ["teams"]
    assert known(found.swap).moved.activities == ("jar-alpha",)
    assert new_faults(problem, plan, changed_plan(problem, plan, known(found.swap).change)) == set()
