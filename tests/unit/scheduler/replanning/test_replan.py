"""Replanning moves as few published dates as possible, says what is proven, and keeps the rest (R094)."""

from collections.abc import Iterator
from typing import Any

import pytest

from scheduler.checking.checker import check
from scheduler.cost import make_plan
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
from scheduler.events.applying import apply
from scheduler.events.settled import Settled
from scheduler.events.stability import StabilityRule
from scheduler.replanning.anew import planned_anew
from scheduler.replanning.context import Ground
from scheduler.replanning.differences import difference, in_words
from scheduler.replanning.replanner import replan
from scheduler.replanning.result import ReplanParams, ReplanResult
from scheduler.run.progress import Progress
from scheduler.teams.assignment import assign_teams
from scheduler.values.errors import InvalidProblem
from scheduler.values.plan import Plan
from scheduler.values.problem import (
    AnonymousPool,
    PartnerLimit,
    Period,
    PeriodLimit,
    Problem,
    Stage,
    TeamPrices,
)
from scheduler.values.result import SolveParams, Status, TracePoint
from scheduler.values.value import LEADER
from tests.adversary.model import Model
from tests.adversary.timetables import Timetable
from tests.builders import changed, review, span
from tests.exact import cheapest_dates
from tests.known import known
from tests.replanning import STARTS, published, replanned, short_handed, three_reviews
from tests.tiny import tiny_problem


def starts(found: ReplanResult) -> dict[str, tuple[int, ...]]:
    return known(found.main).plan.starts()


def figures(found: ReplanResult) -> tuple[int, int, int, bool]:
    """Moved, uncovered, people changed, proven."""
    main = known(found.main)
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
    assert known(found.main).words == ("Nothing changes.",)


def test_who_has_resigned_leaves_what_is_to_come_and_keeps_what_is_over():
    found = replanned(three_reviews(), Resignation(inspector="ann", from_week=8), now_week=8)
    assert figures(found) == (0, 0, 2, True)
    leaders = {own.activity: own.inspector for own in known(found.main).plan.members if own.skill == LEADER}
    assert leaders == {"jar-north": "ann", "jar-south": "dan", "jar-west": "dan"}


def test_who_has_not_begun_yet_may_resign():
    """There is no week left in which they are trained and there: they fill no seat, and that is no mistake."""
    problem = changed(three_reviews(), "inspectors", "dan", trained_from=30)
    found = replanned(problem, Resignation(inspector="dan", from_week=8), now_week=8)
    assert figures(found) == (0, 0, 0, True)


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
    assert (found.status, found.uncovered_bound) == (Status.FEASIBLE, 0)
    assert "It is proven that at least 0 must stay uncovered" in found.remarks[-1]


def test_optimal_is_only_what_leaves_no_more_places_uncovered_than_proven():
    """Without ann nobody leads, or dan does: each is proven."""
    for people, uncovered in ((short_handed().inspectors, 1), (three_reviews().inspectors, 0)):
        problem = three_reviews(inspectors=people)
        event = InspectorAbsence(inspector="ann", weeks=span(0, 52))
        found = replanned(problem, event, now_week=0, with_alternatives=True)
        fewest = min(choice.uncovered for choice in found.choices)
        assert found.uncovered_bound == fewest == 3 * uncovered
        assert (found.status is Status.OPTIMAL) == (found.main.uncovered == fewest)


def one_team_at_a_time(last: int, **changes: Any) -> Problem:
    """Inspections of three weeks by the same team, of which the second and third may start until `last`."""
    visiting = Stage(id="visit", duration_weeks=3, pool_demand={"camhs": 1})
    begun = Stage(id="prepare", duration_weeks=1)
    later = visiting.model_copy(update={"lag_min_weeks": 9, "lag_max_weeks": 9})
    activities = (
        review("north", stages=(begun, later), start_window=span(8, 9), team=None),
        review("south", stages=(visiting,), start_window=span(11, 17), team=None),
        review("west", stages=(visiting,), start_window=span(14, last + 1), team=None),
    )
    pools = (AnonymousPool(id="camhs", units=1),)
    return three_reviews(**{"activities": activities, "pools": pools} | changes)


TEAM_STARTS = {"jar-north": (8, 18), "jar-south": (11,), "jar-west": (14,)}
INCIDENT = CriticalIncident(area="north", within_weeks=1, like="jar-north")


def test_who_makes_room_for_another_may_need_room_itself():
    """The new visit takes the team in week 11, the second has to wait for it, and the third for the second."""
    problem = one_team_at_a_time(last=23)
    found = replanned(problem, INCIDENT, make_plan(problem, TEAM_STARTS, ()))
    assert figures(found) == (2, 0, 0, True)
    assert starts(found)["jar-west"] == (21,)


def test_that_there_is_no_room_at_the_end_of_such_a_chain_is_proven():
    problem = one_team_at_a_time(last=20)
    found = replanned(problem, INCIDENT, make_plan(problem, TEAM_STARTS, ()))
    assert (found.status, found.choices) == (Status.INFEASIBLE, ())
    assert "There is no room for jar-north-incident, jar-south, jar-west" in found.remarks[0]


def test_as_a_last_resort_the_whole_programme_is_planned_anew():
    for last, is_impossible in ((23, False), (20, True)):
        problem = one_team_at_a_time(last)
        before = make_plan(problem, TEAM_STARTS, ())
        after = apply(problem, before, INCIDENT, 0, StabilityRule(frozen_weeks=0))
        ground = Ground(after, before, ReplanParams(num_workers=1), Progress("moves", 10.0))
        schedule, is_proven = planned_anew(ground)
        assert is_proven == is_impossible
        assert (schedule is None) == is_impossible
        if schedule is not None:
            assert check(after, make_plan(after, schedule.starts, schedule.members)) == ()


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
    assert known(found.main).difference.moved[0].is_new
    assert 0 <= starts(found)["jar-west-incident"][0] <= 6


def test_people_are_exchanged_where_that_costs_less():
    event = CriticalIncident(area="west", within_weeks=6, like="jar-west")
    free, loyal = (
        known(replanned(three_reviews(team_prices=TeamPrices(per_person_changed=price)), event).main)
        for price in (0, 1000)
    )
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
    assert "period:early:max. Raise that limit" in found.remarks[0]


def test_people_at_work_stay_though_elsewhere_they_would_fill_more_places():
    """R094: the first review lasts until the others are over; its two people would fill four places there."""
    event = LateFinish(activity="jar-north", weeks=20)
    found = replanned(short_handed(), event, now_week=6, frozen_weeks=30)
    assert figures(found) == (0, 4, 4, True)
    team = [member.inspector for member in known(found.main).plan.members]
    assert sorted(team) == ["ann", "cat"]


def one_visit_at_a_time() -> Problem:
    """The police can be on site in one area at a time."""
    police = PartnerLimit(
        id="police", areas=("north", "south", "west"), kinds=("jar",), maximum=1, max_excess=0, price=1
    )
    return three_reviews(partner_limits=(police,))


def test_a_late_finish_that_fills_a_shared_row_moves_the_fewest_others():
    """R094, R128: the first visit lasts until week 21, so the second one in week 13 has to wait."""
    found = replanned(one_visit_at_a_time(), LateFinish(activity="jar-north", weeks=15), now_week=6)
    assert (found.status, *figures(found)[:2]) == (Status.OPTIMAL, 1, 0)
    assert starts(found)["jar-south"][1] >= 22
    assert starts(found)["jar-west"] == STARTS["jar-west"]


def test_a_late_finish_that_fills_a_shared_row_of_frozen_dates_is_proven_impossible():
    """R019, R128: nobody who is on site then may move."""
    event = LateFinish(activity="jar-north", weeks=15)
    found = replanned(one_visit_at_a_time(), event, now_week=6, frozen_weeks=30)
    assert (found.status, found.choices) == (Status.INFEASIBLE, ())


def test_a_minimum_that_an_event_leaves_out_of_reach_is_proven_and_named():
    """R014, R094: both reviews must begin in weeks 2 to 10, but one finds them closed, so no row of its own is used."""
    both = PeriodLimit(id="both", span=span(2, 11), kinds=("jar",), areas=("north", "south"), minimum=2)
    event = ClosedWeeks(area="south", weeks=span(2, 14))
    found = replanned(three_reviews(period_limits=(both,)), event)
    assert (found.status, found.choices) == (Status.INFEASIBLE, ())
    assert "Proven to be short: both by 1. Change that limit" in found.remarks[0]


def test_a_minimum_that_another_review_can_reach_is_kept_after_an_event():
    """R014, R094: the review that leaves the period makes another one move into it."""
    two = PeriodLimit(id="two", span=span(2, 11), kinds=("jar",), minimum=2)
    found = replanned(three_reviews(period_limits=(two,)), ClosedWeeks(area="south", weeks=span(2, 14)))
    assert figures(found)[:2] == (2, 0)
    assert starts(found)["jar-west"][0] < 11


def test_alternatives_are_never_worse_in_what_they_are_named_for():
    event = InspectorAbsence(inspector="ann", weeks=span(10, 11))
    found = replanned(three_reviews(), event, with_alternatives=True, seconds=60.0)
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
    main = known(found.main)
    told = "\n".join(main.words)
    assert "South: jar-south moves: analysis 14 November 2005 -> " in told
    assert "(it cannot keep its dates)" in told
    assert "Costs: urgency +" in told
    found = replanned(three_reviews(), InspectorAbsence(inspector="ann", weeks=span(10, 11)))
    wanted = "South: jar-south, leader: ann -> dan (ann is not there in all of its weeks)."
    assert wanted in known(found.main).words


def test_an_empty_seat_is_told_as_nobodys():
    problem = three_reviews()
    before = published(problem)
    after = make_plan(problem, STARTS, before.members[1:])
    told = in_words(problem, difference(problem, before, after))
    assert any("-> NOBODY" in line for line in told)
    assert "Uncovered places: 0 -> 1." in told


def tiny_plan(seed: int) -> tuple[Problem, Plan]:
    problem = tiny_problem((1, 2, 3, 4)[seed % 4], seed)
    best = known(cheapest_dates(problem, covered=True))
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
        if fewest is None:
            assert found.main is None or found.main.uncovered > 0
            continue
        main = known(found.main)
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


def team_of(found: ReplanResult, name: str) -> list[str]:
    """People of a review in the first plan of an answer."""
    return sorted(own.inspector for own in known(found.main).plan.members if own.activity == name)


def test_the_team_of_a_review_that_must_itself_move_is_neither_exchanged_nor_filled_up():
    """R019, R043: the analysis takes longer, so the fieldwork is put later; its people go on."""
    loyal = three_reviews(team_prices=TeamPrices(per_km=1, per_person_changed=0))
    event = LateFinish(activity="jar-north", weeks=3, stage="analysis")
    found = replanned(loyal, event, now_week=3)
    assert starts(found)["jar-north"][1] > STARTS["jar-north"][1]
    assert team_of(found, "jar-north") == ["ann", "cat"]
    short = tuple(own for own in published(loyal).members if own != published(loyal).members[0])
    found = replanned(loyal, event, make_plan(loyal, STARTS, short), now_week=3)
    assert len(team_of(found, "jar-north")) == 1


def test_a_stand_in_has_to_be_free_from_now_on_only():
    """R019: dan was on leave while the analysis was done, in another quarter; ann falls ill before the fieldwork."""
    quarters = (
        Period(id="Q3", kind="quarter", span=span(0, 4)),
        Period(id="Q4", kind="quarter", span=span(4, 52)),
    )
    problem = three_reviews(periods=quarters)
    problem = changed(problem, "inspectors", "dan", absences=({"span": {"first": 2, "end": 3}},))
    event = InspectorAbsence(inspector="ann", weeks=span(5, 7))
    found = replanned(problem, event, now_week=4, frozen_weeks=6)
    assert figures(found) == (0, 0, 1, True)
    assert team_of(found, "jar-north") == ["cat", "dan"]


def test_absences_that_are_over_exchange_nobody():
    """R019: ann was away in a week of the analysis, which is told afterwards, and is there again."""
    event = InspectorAbsence(inspector="ann", weeks=span(4, 5))
    found = replanned(three_reviews(), event, now_week=4, frozen_weeks=6)
    assert figures(found) == (0, 0, 0, True)


WEST = CriticalIncident(area="west", within_weeks=1, like="jar-west")
"""A review that begins in week 9 or 10, when ann and cat are in the south (weeks 10, 13 and 14)."""


def test_an_incident_that_cannot_be_staffed_says_whose_review_could_give_people_and_which_later_week_works():
    """R094: the southern review begins within the frozen zone."""
    found = replanned(short_handed(), WEST, now_week=9, frozen_weeks=3)
    lacks = known(found.unstaffed)
    assert (lacks.activity, lacks.has_nobody) == ("jar-west-incident", True)
    assert {(seat.skill, seat.count) for seat in lacks.open_seats} == {(LEADER, 1), ("education", 1)}
    (donor,) = lacks.donors
    assert (donor.activity, donor.hold, donor.is_enough) == ("jar-south", "frozen", True)
    hindered = ((own.inspector, own.skill, known(own.hindrance)) for own in lacks.stand_ins)
    assert {(name, skill, found.why, found.activities) for name, skill, found in hindered} == {
        ("ann", LEADER, "busy", ("jar-south",)),
        ("cat", "education", "busy", ("jar-south",)),
    }
    assert lacks.later_week == 11


def test_a_review_that_could_give_people_is_moved_once_it_is_named():
    """R019, R094."""
    settled = Settled(named=("jar-south",))
    found = replanned(short_handed(), WEST, now_week=9, frozen_weeks=3, settled=settled)
    assert (figures(found)[:2], found.unstaffed) == ((1, 0), None)
    notified = Settled(notified=("jar-south",))
    found = replanned(short_handed(), WEST, now_week=9, settled=notified)
    assert [(donor.activity, donor.hold) for donor in known(found.unstaffed).donors] == [
        ("jar-south", "notified")
    ]


def test_an_incident_with_a_team_lacks_nothing():
    event = CriticalIncident(area="west", within_weeks=6, like="jar-west")
    assert replanned(three_reviews(), event).unstaffed is None
    absence = InspectorAbsence(inspector="ann", weeks=span(0, 52))
    assert replanned(short_handed(), absence).unstaffed is None


def test_what_is_under_way_and_leaves_an_incident_no_dates_is_named():
    """R019, R043: the one team is in the south until week 13; without that it could come."""
    problem = one_team_at_a_time(last=20)
    settled = Settled(under_way=("jar-south",), notified=("jar-west",))
    found = replanned(problem, INCIDENT, make_plan(problem, TEAM_STARTS, ()), settled=settled)
    assert (found.status, found.choices) == (Status.INFEASIBLE, ())
    assert [(own.activity, own.hold) for own in found.in_the_way] == [("jar-south", "under_way")]


def test_a_stage_that_has_begun_goes_on_whatever_closes():
    """R019, R043: the fieldwork of weeks 5 and 6 is open when its second week is closed."""
    found = replanned(three_reviews(), ClosedWeeks(area="north", weeks=span(6, 7)), now_week=6)
    assert (found.status, figures(found)[:2]) == (Status.OPTIMAL, (0, 0))
