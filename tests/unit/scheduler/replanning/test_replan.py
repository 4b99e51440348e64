"""Replanning moves as few published dates as possible, says what is proven, and keeps the rest (R094)."""

from collections.abc import Iterator

import pytest

from scheduler.check import check
from scheduler.cost import make_plan
from scheduler.errors import InvalidProblem
from scheduler.events import (
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.people.teams import assign_teams
from scheduler.plan import Plan
from scheduler.problem import PeriodLimit, Problem, TeamPrices
from scheduler.replan import replan
from scheduler.replanning.difference import difference, in_words
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.result import SolveParams, Status, TracePoint
from scheduler.value import LEADER
from tests.adversary.model import Model
from tests.adversary.timetables import Timetable
from tests.builders import span
from tests.exact import cheapest_dates
from tests.replanning import STARTS, published, replanned, short_handed, three_reviews
from tests.tiny import tiny_problem


def starts(found: ReplanResult) -> dict[str, tuple[int, ...]]:
    assert found.main is not None
    return found.main.plan.starts()


def figures(found: ReplanResult) -> tuple[int, int, int, bool]:
    """Moved, uncovered, people changed, proven."""
    main = found.main
    assert main is not None
    return main.moved, main.uncovered, main.people_changed, found.is_proven_fewest


def test_an_absence_that_others_can_cover_moves_nothing():
    found = replanned(three_reviews(), InspectorAbsence(inspector="ann", weeks=span(10, 11)))
    assert figures(found) == (0, 0, 1, True)
    assert starts(found) == STARTS
    assert found.status is Status.OPTIMAL


def test_an_absence_of_the_only_leader_moves_one_review_and_that_is_proven():
    found = replanned(short_handed(), InspectorAbsence(inspector="ann", weeks=span(10, 11)))
    assert figures(found) == (1, 0, 0, True)
    assert found.moved_bound == 1
    assert {name for name, own in starts(found).items() if own != STARTS[name]} == {"jar-south"}


def test_an_absence_in_other_weeks_changes_nothing():
    found = replanned(short_handed(), InspectorAbsence(inspector="ann", weeks=span(30, 40)))
    assert figures(found) == (0, 0, 0, True)
    assert found.main is not None
    assert found.main.words == ("Nothing changes.",)


def test_who_has_resigned_leaves_what_is_to_come_and_keeps_what_is_over():
    found = replanned(three_reviews(), Resignation(inspector="ann", from_week=8), now_week=8)
    assert figures(found) == (0, 0, 2, True)
    assert found.main is not None
    leaders = {own.activity: own.inspector for own in found.main.plan.members if own.skill == LEADER}
    assert leaders == {"jar-north": "ann", "jar-south": "dan", "jar-west": "dan"}


def test_without_anybody_to_take_over_the_places_stay_uncovered_and_that_is_proven():
    found = replanned(short_handed(), Resignation(inspector="ann", from_week=8), now_week=8)
    assert figures(found) == (0, 2, 2, True)
    assert found.uncovered_bound == 2


def test_places_that_were_uncovered_before_do_not_speak_against_a_proof():
    """South had no leader; nothing of that is the event's."""
    problem = three_reviews()
    members = tuple(
        own for own in published(problem).members if (own.activity, own.skill) != ("jar-south", LEADER)
    )
    before = make_plan(problem, STARTS, members)
    found = replanned(problem, InspectorAbsence(inspector="eve", weeks=span(30, 32)), before)
    assert figures(found) == (0, 1, 0, True)


def test_a_conflict_brings_somebody_else():
    found = replanned(three_reviews(), NewConflict(inspector="cat", area="south"))
    assert figures(found) == (0, 0, 1, True)


def test_a_postponed_review_moves_and_only_that():
    found = replanned(short_handed(), Postponement(activity="jar-south", not_before=12))
    assert figures(found)[0] == 1
    assert starts(found)["jar-south"][0] >= 12
    assert all(starts(found)[name] == STARTS[name] for name in ("jar-north", "jar-west"))


def test_a_closed_month_moves_what_lies_in_it():
    found = replanned(three_reviews(), ClosedWeeks(area="south", weeks=span(12, 16)))
    assert figures(found)[::3] == (1, True)
    fieldwork = starts(found)["jar-south"][1]
    assert fieldwork + 2 <= 12 or fieldwork >= 16


def test_a_review_is_pulled_forward_within_its_weeks():
    found = replanned(short_handed(), CriticalIncident(area="west", within_weeks=6, activity="jar-west"))
    assert figures(found)[::3] == (1, True)
    assert starts(found)["jar-west"][0] <= 6


def test_a_new_short_notice_activity_gets_a_team_and_moves_nothing_if_people_suffice():
    loyal = three_reviews(team_prices=TeamPrices(per_person_changed=1000))
    found = replanned(loyal, CriticalIncident(area="west", within_weeks=6, like="jar-west"))
    assert figures(found) == (0, 0, 0, True)
    assert found.main is not None
    assert found.main.difference.moved[0].is_new
    assert 0 <= starts(found)["jar-west-incident"][0] <= 6


def test_people_are_exchanged_where_that_costs_less():
    event = CriticalIncident(area="west", within_weeks=6, like="jar-west")
    free, loyal = (
        replanned(three_reviews(team_prices=TeamPrices(per_person_changed=price)), event).main
        for price in (0, 1000)
    )
    assert free is not None
    assert loyal is not None
    assert (free.people_changed, loyal.people_changed) == (2, 0)
    assert free.plan.costs.team_cost < loyal.plan.costs.team_cost


def test_a_late_finish_that_runs_into_the_next_review_changes_its_people():
    """Fieldwork in weeks 5 and 6 lasts until week 10 and its rest, when the next analysis begins."""
    found = replanned(three_reviews(), LateFinish(activity="jar-north", weeks=4), now_week=6)
    assert figures(found) == (0, 0, 2, True)
    found = replanned(short_handed(), LateFinish(activity="jar-north", weeks=4), now_week=6)
    assert figures(found) == (1, 0, 0, True)


def test_the_frozen_zone_is_kept_even_if_a_place_stays_uncovered():
    """R094: ann is away when the review in the zone begins; its date stays."""
    event = InspectorAbsence(inspector="ann", weeks=span(10, 11))
    found = replanned(short_handed(), event, now_week=6, frozen_weeks=6)
    assert figures(found) == (0, 1, 1, True)
    assert starts(found)["jar-south"] == STARTS["jar-south"]


def test_a_full_period_makes_another_one_leave():
    """At most one review before week 6: the one pulled forward displaces the one that is there."""
    early = PeriodLimit(id="early", span=span(0, 7), kinds=("jar",), maximum=1)
    problem = three_reviews(period_limits=(early,))
    event = CriticalIncident(area="west", within_weeks=5, activity="jar-west")
    found = replanned(problem, event)
    assert figures(found)[::3] == (2, True)
    assert starts(found)["jar-north"][0] >= 7


def test_a_full_period_of_frozen_reviews_makes_an_incident_impossible_and_that_is_proven():
    """R014, R094: the one review that may begin before week 7 has begun."""
    early = PeriodLimit(id="early", span=span(0, 8), kinds=("jar",), maximum=1)
    event = CriticalIncident(area="west", within_weeks=3, activity="jar-west")
    found = replanned(three_reviews(period_limits=(early,)), event, now_week=4)
    assert (found.status, found.choices) == (Status.INFEASIBLE, ())
    assert "period:early:max. Maybe raise that limit" in found.remarks[0]


def test_alternatives_are_never_worse_in_what_they_are_named_for():
    event = InspectorAbsence(inspector="ann", weeks=span(10, 11))
    found = replanned(three_reviews(), event, with_alternatives=True)
    by_name = {name: choice for choice in found.choices for name in choice.names}
    assert by_name["fewest_moves"].moved == 0
    assert by_name["fewest_people"].people_changed == 0
    assert by_name["fewest_people"].moved == 1
    assert by_name["lowest_cost"].cost == min(choice.cost for choice in found.choices)


@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_an_early_end_keeps_the_published_plan(how: str):
    """R094: nothing half-done leaves; what must move has no dates yet, so there is no new plan."""

    def interrupt() -> bool:
        raise KeyboardInterrupt

    problem = three_reviews()
    event = Postponement(activity="jar-south", not_before=12)
    stop = {"stop": lambda: True, "interrupt": interrupt}[how]
    found = replan(problem, published(problem), event, ReplanParams(), stop=stop)
    assert (found.choices, found.status, found.was_stopped) == ((), Status.UNKNOWN, True)
    assert "the published plan stays" in found.remarks[-1]


def test_progress_tells_moves_and_bound():
    heard: list[TracePoint] = []
    problem = short_handed()
    event = InspectorAbsence(inspector="ann", weeks=span(10, 11))
    replan(problem, published(problem), event, ReplanParams(num_workers=1), heard.append)
    assert {point.phase for point in heard} == {"moves"}
    assert (heard[-1].incumbent, heard[-1].bound) == (1, 1)


def test_an_answer_survives_a_round_trip():
    found = replanned(three_reviews(), NewConflict(inspector="cat", area="south"))
    assert ReplanResult.model_validate_json(found.model_dump_json()) == found


def test_differences_are_told_in_words_with_their_reasons():
    found = replanned(short_handed(), Postponement(activity="jar-south", not_before=12))
    assert found.main is not None
    told = "\n".join(found.main.words)
    assert "South: jar-south moves: analysis 14 November 2005 -> " in told
    assert "(it cannot keep its dates)" in told
    assert "Costs: urgency +" in told
    found = replanned(three_reviews(), InspectorAbsence(inspector="ann", weeks=span(10, 11)))
    assert found.main is not None
    wanted = "South: jar-south, leader: ann -> dan (ann is not there in all of its weeks)."
    assert wanted in found.main.words


def test_an_empty_seat_is_told_as_nobodys():
    problem = three_reviews()
    before = published(problem)
    after = make_plan(problem, STARTS, before.members[1:])
    told = in_words(problem, difference(problem, before, after))
    assert any("-> NOBODY" in line for line in told)
    assert "Uncovered places: 0 -> 1." in told


def tiny_plan(seed: int) -> tuple[Problem, Plan]:
    problem = tiny_problem((1, 2, 3, 4)[seed % 4], seed)
    best = cheapest_dates(problem, covered=True)
    assert best is not None
    teams = assign_teams(problem, best[1], SolveParams(teams_seconds=5))
    return problem, make_plan(problem, best[1], teams.members)


def tiny_events(plan: Plan) -> Iterator[Event]:
    """Events that move dates, about the first review and its first member."""
    member = plan.members[0]
    week, area = plan.starts()[member.activity][0], member.activity.removeprefix("jar-")
    yield Postponement(activity=member.activity, not_before=min(15, week + 2))
    yield CriticalIncident(area=area, within_weeks=3, activity=member.activity)
    yield CriticalIncident(area=area, within_weeks=3, like=member.activity)
    yield InspectorAbsence(inspector=member.inspector, weeks=span(week, week + 3))
    yield ClosedWeeks(area=area, weeks=span(week, week + 2))


@pytest.mark.parametrize("seed", [14, 20, 28])
def test_no_plan_of_a_tiny_problem_moves_fewer(seed: int):
    """Compared with the exact model."""
    problem, plan = tiny_plan(seed)
    compared = 0
    for event in tiny_events(plan):
        try:
            found = replanned(problem, event, plan)
        except InvalidProblem:
            continue
        fewest = fewest_moves(found.problem)
        main = found.main
        if fewest is None:
            assert main is None or main.uncovered > 0
            continue
        assert main is not None
        assert (main.uncovered, main.moved, found.moved_bound) == (0, fewest, fewest)
        assert check(found.problem, main.plan) == ()
        compared += 1
    assert compared


def fewest_moves(problem: Problem) -> int | None:
    """Of all plans that cover every place; None if there are none."""
    announced = {own.id: own.published.starts for own in problem.activities if own.published}

    def moves(timetable: Timetable) -> int:
        return sum(announced.get(name, weeks) != weeks for name, weeks in timetable.starts.items())

    best = Model(problem).limit("uncovered", 0).best((moves,))
    return None if best is None else best.values[0]
