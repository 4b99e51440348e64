"""What keeps an activity in its week: how far it has come, what is confirmed or pinned, or the rules alone."""

from collections.abc import Iterator

from reports.words import capitalised, list_in_words
from scheduler.explaining.impossible_weeks import Hindrance
from scheduler.values.problem import Activity
from scheduler.values.value import Week
from services.naming.names import Names
from services.problem.present import Present
from services.problem.standing import Standing

STANDING = {
    Standing.NOTIFIED: "has had its notice: it stays where it is, unless it is named with --move",
    Standing.UNDER_WAY: "is under way: it stays where it is. Only calling it off takes it from there (jarcycle cancel)",
    Standing.DONE: "is done: it stays where it is",
}
"""What is said of an activity whose dates are settled."""

FIXED: dict[Hindrance, str] = {
    "window": "its window leaves no other",
    "pinned": "it is pinned to this one",
    "frozen": "its dates are frozen",
    "horizon": "the others run beyond the last week",
    "closed": "the others are closed",
    "later": "the others leave no week for the later stages or for what is linked with it",
}
"""What leaves an activity one week only."""


def standing_lines(names: Names, activity: str, present: Present) -> Iterator[str]:
    """What keeps an activity in its weeks: how far it has come, and what is confirmed or pinned of it (R016, R019)."""
    words = settled_words(activity, present)
    if words is not None:
        yield f"{capitalised(names.activity(activity))} {words}."
    for found in names.problem.activities:
        if found.id == activity:
            yield from _pin_lines(names, found)


def settled_words(activity: str, present: Present) -> str | None:
    """'is done: it stays where it is', or that its dates are confirmed; None if it may move (R016, R019, R043)."""
    words = STANDING.get(present.standing.get(activity, Standing.OPEN))
    if words is not None or activity not in present.firm:
        return words
    return f"has {present.firm[activity]} dates: they stay, unless it is named with --move"


def only_week_line(names: Names, activity: str, week: Week, fixed_by: Hindrance, is_settled: bool) -> str:
    """That an activity has no other week, and why; where what settles it was said already, without the reason."""
    line = f"No other week than the {names.week(week)} is open to {names.activity(activity)}"
    return f"{line}." if is_settled else f"{line}: {FIXED[fixed_by]}."


def _pin_lines(names: Names, activity: Activity) -> Iterator[str]:
    called = capitalised(names.activity(activity.id))
    if activity.pinned_starts is None and len(activity.start_window.weeks()) == 1:
        yield f"{called} may begin in this week only: a pin or its window leaves no other (jarcycle pins)."
    held = activity.team.reserved if activity.team is not None else ()
    if held:
        places = [
            f"the {names.skill(seated.skill)} place to {names.person(seated.inspector)}" for seated in held
        ]
        yield (
            f"{called} has pinned {list_in_words(places)}: nobody else gets these places, so its weeks are those in "
            "which these people are free."
        )
