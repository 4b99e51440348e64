"""The plan that moves the fewest weeks in all, from the search for the dates of whole programmes, and its proof.

The problem after an event is solved at other prices: each week by which a stage moves costs `per_week` divided by the
number of its activity's stages, and nothing else costs anything. An activity moves by as many weeks as the stage that
moves furthest, no fewer than the mean of its stages: what is proven of these costs holds for the weeks of every plan
that leaves no place open.
"""

from collections import Counter
from dataclasses import dataclass
from math import lcm
from typing import TypeVar, cast

from scheduler.dates.running import Running
from scheduler.dates.search import find_dates
from scheduler.nearby.model import Aim
from scheduler.nearby.people import Schedule
from scheduler.replanning.context import Ground
from scheduler.run.answers import DatesAnswer
from scheduler.run.progress import Progress
from scheduler.values.plan import TeamMember
from scheduler.values.problem import (
    Activity,
    Link,
    PartnerLimit,
    PeriodLimit,
    Place,
    Problem,
)
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER, Starts

AIMS: tuple[Aim, ...] = ("uncovered", "weeks", "moves", "cost")

SHARE_OF_DATES = 0.7
"""Share of the time for dates; the rest is for people."""

Rule = TypeVar("Rule", bound=Link | PeriodLimit | PartnerLimit)

NEAREST = 6
"""Timetables from which each unit that moves chooses, beside those of the dates that were found."""


@dataclass
class NearestDates:
    """Looks for the fewest weeks moved in all beside as few open places as `best` has, or fewer where that is possible.

    Attributes
    ----------
    best
        The best schedule so far, at first some schedule of all activities.
    bound
        No plan without an open place moves fewer weeks; 0 where `best` leaves one open.
    """

    ground: Ground
    best: Schedule
    progress: Progress
    bound: int = 0

    def run(self) -> Schedule:
        """The best schedule found."""
        ground, most_open = self.ground, self.ground.open_seats(self.best)
        if most_open:
            self._look(ground.problem, most_open)
        if ground.weeks(self.best) and ground.open_seats(self.best) == most_open:
            self._look(without_open_places(ground, self.best), most_open)
        return self.best

    def _look(self, problem: Problem, most_open: int) -> None:
        """Find dates with which all seats of a problem could be filled, then people for them."""
        if self.progress.must_end():
            return
        priced, per_week = priced_by_weeks(problem)
        dates = self._dates(priced)
        if dates.starts is not None and not self.progress.must_end():
            self._take(dates.starts, most_open)
        if dates.bound is not None and not self.ground.open_seats(self.best):
            self.bound = -(-dates.bound // per_week)

    def _dates(self, problem: Problem) -> DatesAnswer:
        limits = self.ground.limits
        params = SolveParams(seed=limits.seed, num_workers=limits.num_workers)
        run = Running.begin(problem, params, stop=self.progress.must_end)
        seconds = self.progress.seconds_left() * SHARE_OF_DATES
        return find_dates(
            run, run.prepared.rows(whole_teams=True), self.best.starts, seconds, only_columns=True
        )

    def _take(self, starts: Starts, most_open: int) -> None:
        """Find people for these dates, or for some near them; other teams keep theirs as far as they can."""
        ground, units = self.ground, self.ground.units
        schedule = Schedule(dict(starts), self._staying(starts))
        moved = [name for name, weeks in units.published.items() if starts[name] != weeks]
        moving = list(dict.fromkeys([*units.forced, *(units.unit_of[name] for name in moved)]))
        choices = ground.near_choices(schedule, moving, NEAREST)
        short = [name for name in ground.short_of(schedule) if units.unit_of[name] not in moving]
        found = ground.solve(schedule, choices, AIMS, short, most_open=most_open, progress=self.progress)
        if found is not None and self._rank(found) < self._rank(self.best):
            self.best = found

    def _rank(self, schedule: Schedule) -> tuple[int, int]:
        return self.ground.open_seats(schedule), self.ground.weeks(schedule)

    def _staying(self, starts: Starts) -> tuple[TeamMember, ...]:
        """The people of what keeps its published dates."""
        kept = self.ground.kept
        return tuple(
            member for member in kept.members if kept.starts[member.activity] == starts[member.activity]
        )


def priced_by_weeks(problem: Problem) -> tuple[Problem, int]:
    """The problem in which nothing costs but the weeks by which announced activities move; the price of a week."""
    counts = [len(activity.stages) for activity in problem.activities if activity.published]
    per_week = lcm(*counts)

    def priced(activity: Activity) -> Activity:
        stages = tuple(stage.model_copy(update={"stretch_price": 0}) for stage in activity.stages)
        price = {"move_price": 0, "move_price_per_week": per_week // len(stages)}
        published = activity.published and activity.published.model_copy(update=price)
        return activity.model_copy(update={"stages": stages, "urgency_price": 0, "published": published})

    update = {
        "links": tuple(map(_free, problem.links)),
        "period_limits": tuple(map(_free, problem.period_limits)),
        "partner_limits": tuple(map(_free, problem.partner_limits)),
    }
    return problem.with_activities(priced).model_copy(update=update), per_week


def _free(rule: Rule) -> Rule:
    """The same rule without its price, if it has one."""
    prices = {name: 0 for name in ("price", "price_per_week") if getattr(rule, name, None) is not None}
    return cast(Rule, rule.model_copy(update=prices))


def without_open_places(ground: Ground, schedule: Schedule) -> Problem:
    """The problem that asks for nobody in the seats that a schedule leaves open."""
    filled = Counter((member.activity, member.skill) for member in schedule.members)

    def asking(activity: Activity) -> Activity:
        team = activity.team
        if team is None:
            return activity
        counts = {skill: filled[activity.id, skill] for skill in team.seats_by_skill()}
        if sum(counts.values()) == team.seats():
            return activity
        needs_leader = counts.pop(LEADER, 0) > 0
        places = tuple(Place(skill=skill, count=count) for skill, count in counts.items() if count)
        asked = {
            "places": places,
            "needs_leader": needs_leader,
            "min_bodies": 1,
            "quotas": (),
            "reserved": (),
        }
        return activity.model_copy(update={"team": team.model_copy(update=asked)})

    return ground.problem.with_activities(asking)
