"""Plans that are not what they should be a plan of."""

from datetime import timedelta
from random import Random

from scheduler.values.value import LEADER
from tests.corruptions.draft import Draft, corruption, loose


def missing_activity(draft: Draft, draw: Random) -> None:
    name = draw.choice(["ca-north", "ca-south", "fostering-south"])
    draft.dates, draft.honest = [item for item in draft.dates if item[0] != name], False


def activity_twice(draft: Draft, draw: Random) -> None:
    draft.dates.append(draw.choice(draft.dates))


def activity_twice_at_other_dates(draft: Draft, draw: Random) -> None:
    name, starts = draw.choice(draft.dates)
    draft.dates.append((name, [week + 1 for week in starts]))
    draft.honest = False


def unknown_activity(draft: Draft, draw: Random) -> None:
    draft.dates.append((f"ca-area-{draw.randrange(100)}", [draw.randrange(100)]))


def extra_stage(draft: Draft, draw: Random) -> None:
    name = draw.choice(["jar-north", "ca-south", "yot-north"])
    draft.starts(name).append(draft.starts(name)[-1] + draw.randint(2, 9))
    draft.honest = False


def stage_left_out(draft: Draft, draw: Random) -> None:
    draft.starts(draw.choice(["jar-north", "jar-south"])).pop()
    draft.honest = False


def seats_of_an_unknown_activity(draft: Draft, draw: Random) -> None:
    draft.seats.append((f"jar-{draw.choice(['east', 'west'])}", LEADER, "ann"))
    draft.honest = False


def seats_of_an_activity_without_team(draft: Draft, draw: Random) -> None:
    draft.seats.append((draw.choice(["ca-north", "yot-north"]), "camhs", "cat"))
    draft.honest = False


def other_problem(draft: Draft, draw: Random) -> None:
    digits = list(draft.problem.hash)
    number = draw.randrange(len(digits))
    digits[number] = "0" if digits[number] != "0" else "1"
    draft.said["problem_hash"] = "".join(digits)


def other_monday(draft: Draft, draw: Random) -> None:
    weeks = draw.choice([-1, 1, 52])
    draft.said["first_monday"] = draft.problem.first_monday + timedelta(weeks=weeks)


SHAPE = (
    corruption(missing_activity, "activity_missing"),
    corruption(activity_twice, "activity_twice"),
    corruption(activity_twice_at_other_dates, "activity_twice"),
    corruption(unknown_activity, "activity_unknown"),
    corruption(extra_stage, "stages_missing"),
    corruption(stage_left_out, "stages_missing", problem=loose),
    corruption(seats_of_an_unknown_activity, "team_of_unknown_activity"),
    corruption(seats_of_an_activity_without_team, "too_many_members"),
    corruption(other_problem, "other_problem"),
    corruption(other_monday, "other_first_monday"),
)
