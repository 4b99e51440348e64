"""Teams for fixed dates: fewest uncovered seats, then least cost, with bounds that hold."""

from typing import Any

import numpy as np
import pytest

from scheduler.checking.checker import PEOPLE_RULES, SHORTAGE_RULES
from scheduler.checking.facts import Facts
from scheduler.cost import make_plan, team_terms, uncovered_places
from scheduler.people.quick_teams import Assignment
from scheduler.people.team_model import TeamModel
from scheduler.run.answers import OpenSeats, TeamsAnswer
from scheduler.run.progress import Progress
from scheduler.teams.assignment import assign_teams
from scheduler.teams.duals import Duals, Objective, scaled_bound, whole_bound
from scheduler.teams.exact_search import search_teams
from scheduler.teams.relaxation import Relaxation
from scheduler.teams.rows import TeamRows
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Period, Problem, Published, TeamPrices
from scheduler.values.result import SolveParams, Status, TracePoint
from scheduler.values.value import LEADER
from tests.builders import LEEDS, LONDON, area, changed, inspector, members, review, span, team, two_areas
from tests.exact import best_teams
from tests.known import known
from tests.tiny_teams import tiny_teams

EXACT = SolveParams(team_gap_target=0.0, teams_seconds=10.0)
APART = {"jar-north": (0, 3), "jar-south": (6, 9)}
AT_ONCE = {"jar-north": (0, 3), "jar-south": (0, 3)}
SEEDS = range(25)


def two_reviews(*people: Any, **changes: Any) -> Problem:
    """North in Leeds, South in London; each needs a leader and one person for education."""
    wanted = team("education", min_members=2, min_bodies=1)
    usual: dict[str, Any] = {
        "activities": (review("north", team=wanted), review("south", team=wanted)),
        "inspectors": people,
        "team_prices": TeamPrices(per_km=1),
    }
    return two_areas(**usual | changes)


def leader(name: str, **changes: Any) -> Any:
    return inspector(name, "Ofsted", is_leader=True, **changes)


def teacher(name: str, **changes: Any) -> Any:
    return inspector(name, "CSCI", "education", **changes)


def who(answer: TeamsAnswer, activity: str) -> set[str]:
    return {member.inspector for member in answer.members if member.activity == activity}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_is_the_optimum_and_its_bounds_meet_it(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    uncovered, cost = best_teams(problem, starts)
    answer = assign_teams(problem, starts, EXACT)
    assert (answer.uncovered, answer.figures.cost) == (uncovered, cost)
    assert (answer.uncovered_bound, answer.figures.bound) == (uncovered, cost)
    assert answer.figures.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_costs_what_it_says_and_keeps_the_rules_of_people(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    answer = assign_teams(problem, starts, EXACT)
    assert answer.figures.cost == sum(team_terms(problem, starts, answer.members).values())
    assert answer.uncovered == uncovered_places(problem, answer.members)
    assert answer.uncovered == sum(own.count for own in answer.open_seats)
    facts = Facts(problem, make_plan(problem, starts, answer.members))
    broken = {found.rule for rule in PEOPLE_RULES for found in rule(facts)}
    assert broken <= SHORTAGE_RULES


@pytest.mark.parametrize("seed", SEEDS)
def test_the_exact_search_alone_finds_and_proves_the_optimum(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    model = TeamModel(problem, starts)
    price = 10**5
    found: list[Assignment] = []
    objective = Objective(model.cost, price, with_shares=True)
    everything = np.arange(model.num_columns)
    bound = search_teams(
        TeamRows(model), everything, objective, Assignment(model), EXACT, 10.0, lambda: False, found.append
    )
    uncovered, cost = best_teams(problem, starts)
    assert (found[-1].uncovered, found[-1].cost()) == (uncovered, cost)
    assert bound == price * uncovered + cost


@pytest.mark.parametrize("seed", SEEDS)
def test_a_relaxation_never_exceeds_the_optimum(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    uncovered, cost = best_teams(problem, starts)
    model = TeamModel(problem, starts)
    goals = (
        (Objective.of_uncovered(model), uncovered),
        (Objective.of_cost(model, uncovered), cost - model.constant),
    )
    for objective, optimum in goals:
        relaxed = known(Relaxation(model, TeamRows(model), objective).solve(Progress("teams", 10.0)))
        assert optimum - 1 <= whole_bound(relaxed.bound) <= optimum


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bound_holds_for_any_prices_however_bad(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    uncovered, cost = best_teams(problem, starts)
    model = TeamModel(problem, starts)
    rows = TeamRows(model)
    draw = np.random.default_rng(seed)
    keys = list(rows.keys(range(model.num_persons), range(len(model.reviews))))
    priced = []
    for key in keys:
        row = rows.row(key)
        most = 400_000 if row.price is None else row.price * 1000
        priced.append((row, int(draw.integers(0, most + 1)) if draw.random() < 0.5 else 0))
    duals = Duals(draw.integers(-200_000, 400_000, len(model.seats)), tuple(priced), int(draw.integers(0, 9)))
    objective = Objective.of_cost(model, uncovered)
    assert whole_bound(scaled_bound(model, objective, duals)) <= cost - model.constant


def test_two_reviews_at_once_need_two_people_for_a_skill() -> None:
    problem = two_reviews(leader("ann"), leader("bob"), teacher("cat"))
    assert assign_teams(problem, APART, EXACT).uncovered == 0
    short = assign_teams(problem, AT_ONCE, EXACT)
    assert (short.uncovered, short.uncovered_bound) == (1, 1)
    assert [own.skill for own in short.open_seats] == ["education"]


def test_a_seat_that_nobody_can_fill_is_named_with_its_skill() -> None:
    answer = assign_teams(two_reviews(leader("ann")), APART, EXACT)
    assert answer.open_seats == (
        OpenSeats(activity="jar-north", skill="education", count=1),
        OpenSeats(activity="jar-south", skill="education", count=1),
    )


def test_without_any_inspector_every_seat_is_uncovered_and_the_answer_is_proven() -> None:
    answer = assign_teams(two_reviews(), APART, EXACT)
    assert (answer.uncovered, answer.uncovered_bound, answer.members) == (4, 4, ())
    assert answer.figures.status is Status.OPTIMAL


def test_without_any_team_there_is_nothing_to_do() -> None:
    problem = two_reviews(activities=(review("north", team=None), review("south", team=None)))
    answer = assign_teams(problem, APART, EXACT)
    assert (answer.uncovered, answer.figures.cost, answer.figures.bound) == (0, 0, 0)


def test_a_seat_stays_uncovered_rather_than_that_all_come_from_one_body_r056() -> None:
    wanted = team("education", "safeguarding", min_bodies=2)
    same = (
        leader("ann"),
        inspector("bob", "Ofsted", "education"),
        inspector("cat", "Ofsted", "safeguarding"),
    )
    alone = two_reviews(*same, areas=(area("North"),), activities=(review("north", team=wanted),))
    assert assign_teams(alone, {"jar-north": (0, 3)}, EXACT).uncovered == 1
    mixed = changed(alone, "inspectors", "cat", body="CSCI")
    assert assign_teams(mixed, {"jar-north": (0, 3)}, EXACT).uncovered == 0


def test_people_travel_as_little_as_possible() -> None:
    problem = two_reviews(
        leader("ann"), leader("bob", home=LONDON), teacher("cat", home=LONDON), teacher("dan", home=LEEDS)
    )
    answer = assign_teams(problem, AT_ONCE, EXACT)
    assert (who(answer, "jar-north"), who(answer, "jar-south")) == ({"ann", "dan"}, {"bob", "cat"})
    assert answer.figures.cost == 0


def test_a_fair_share_of_reviews_can_be_worth_a_journey() -> None:
    far = (leader("bob", home=LONDON), teacher("dan", home=LONDON))
    problem = two_reviews(leader("ann"), teacher("cat"), *far, areas=(area("North"), area("South")))
    year = (Period(id="FY", kind="financial_year", span=span(0, 52)),)

    def prices(price: int) -> TeamPrices:
        return TeamPrices(per_km=1, per_review_over_share=price, fair_share=1)

    cheap = changed_prices(problem, prices(10), year)
    assert who(assign_teams(cheap, APART, EXACT), "jar-south") == {"ann", "cat"}
    dear = assign_teams(changed_prices(problem, prices(1000), year), APART, EXACT)
    assert who(dear, "jar-north") | who(dear, "jar-south") == {"ann", "bob", "cat", "dan"}


def changed_prices(problem: Problem, prices: TeamPrices, periods: tuple[Period, ...]) -> Problem:
    return problem.model_copy(update={"team_prices": prices, "periods": periods})


@pytest.mark.parametrize(("price", "kept"), [(1000, True), (10, False)])
def test_an_announced_member_stays_if_a_change_is_dear(price: int, kept: bool) -> None:
    wanted = team("education", min_members=2, min_bodies=1)
    announced = Published(starts=(0, 3), members=("bob", "cat"))
    problem = two_reviews(
        leader("ann"),
        leader("bob", home=LONDON),
        teacher("cat"),
        activities=(review("north", team=wanted, published=announced),),
        team_prices=TeamPrices(per_km=1, per_person_changed=price),
    )
    answer = assign_teams(problem, {"jar-north": (0, 3)}, EXACT)
    assert ("bob" in who(answer, "jar-north")) is kept
    assert answer.figures.bound == answer.figures.cost


@pytest.mark.parametrize("seed", range(8))
def test_without_time_there_is_still_an_answer_with_a_valid_bound(seed: int) -> None:
    problem, starts = tiny_teams(seed)
    uncovered, cost = best_teams(problem, starts)
    answer = assign_teams(problem, starts, EXACT.model_copy(update={"teams_seconds": 0.0}))
    assert answer.uncovered_bound <= uncovered <= answer.uncovered
    assert answer.uncovered > uncovered or known(answer.figures.bound) <= cost <= (answer.figures.cost or 0)


def test_a_stop_request_keeps_the_best_teams() -> None:
    problem, starts = tiny_teams(1)
    answer = assign_teams(problem, starts, EXACT, stop=lambda: True)
    assert answer.was_stopped
    assert answer.uncovered == uncovered_places(problem, answer.members)
    assert any("Stopped" in remark for remark in answer.figures.remarks)


def test_an_interrupt_keeps_the_best_teams() -> None:
    def interrupt() -> bool:
        raise KeyboardInterrupt

    problem, starts = tiny_teams(1)
    answer = assign_teams(problem, starts, EXACT, stop=interrupt)
    assert answer.was_stopped
    assert answer.uncovered == uncovered_places(problem, answer.members)
    assert any("Interrupted" in remark for remark in answer.figures.remarks)


def test_a_listener_hears_of_uncovered_seats_and_of_cost() -> None:
    heard: list[TracePoint] = []
    answer = assign_teams(two_reviews(leader("ann"), teacher("cat")), APART, EXACT, listener=heard.append)
    assert [point for point in heard if point.phase == "uncovered"][-1].incumbent == 0
    last = [point for point in heard if point.phase == "teams"][-1]
    assert (last.incumbent, last.bound) == (answer.figures.cost, answer.figures.bound)
    assert sorted(heard, key=lambda point: point.seconds) == list(answer.trace)


def test_hinted_teams_are_kept_when_there_is_no_time_for_better_ones() -> None:
    problem = two_reviews(
        leader("ann"),
        leader("bob", home=LONDON),
        teacher("cat"),
        areas=(area("North", LONDON), area("South")),
    )
    at_first_sight = assign_teams(problem, AT_ONCE, EXACT.model_copy(update={"teams_seconds": 0.0}))
    hint = members({"jar-north": {LEADER: "bob", "education": "cat"}, "jar-south": {LEADER: "ann"}})
    hinted = assign_teams(problem, AT_ONCE, EXACT.model_copy(update={"teams_seconds": 0.0}), hint=hint)
    assert hinted.rank <= at_first_sight.rank
    assert who(hinted, "jar-south") >= {"ann"}


def test_a_hint_that_breaks_rules_does_no_harm() -> None:
    problem = two_reviews(leader("ann"), leader("bob"), teacher("cat"))
    nonsense = (
        TeamMember(activity="jar-north", skill=LEADER, inspector="cat"),
        TeamMember(activity="jar-west", skill="education", inspector="zoe"),
    )
    assert assign_teams(problem, APART, EXACT, hint=nonsense).uncovered == 0


def test_the_same_input_gives_the_same_cost() -> None:
    problem, starts = tiny_teams(7)
    one, two = (assign_teams(problem, starts, EXACT) for _ in range(2))
    assert one.rank == two.rank
