"""Mistakes in seats that inspectors don't fill: saved ones, joint ones, and who is barred by rotation."""

from collections.abc import Iterator

from scheduler.validation.index import Index, finding
from scheduler.values.errors import Finding
from scheduler.values.problem import Activity, StageRef, WithinLink


def saved_and_joint_places_have_a_reason(index: Index) -> Iterator[Finding]:
    """Both refer to a stage of another activity of the area (R033, R034)."""
    for activity in index.problem.activities:
        if activity.team is None:
            continue
        for saved in activity.team.saved:
            yield from _reason(index, activity, f"saved place {saved.skill}", saved.after)
        for joint in activity.team.joint:
            yield from _reason(index, activity, f"joint place {joint.skill}", joint.beside)


def _reason(index: Index, activity: Activity, what: str, ref: StageRef) -> Iterator[Finding]:
    where = f"activity {activity.id}, {what}"
    other = index.activities.get(ref.activity)
    if index.stage(ref) is None:
        message = f"refers to the stage {ref.stage} of {ref.activity}, which does not exist."
        yield finding(where, message, "Maybe add it, or correct the name.")
    elif other is not None and (other.area != activity.area or other.id == activity.id):
        message = f"refers to {ref.activity}, which is no other activity of {activity.area}."
        yield finding(where, message, "Maybe an activity of the same area was meant.")


def joint_places_are_linked(index: Index) -> Iterator[Finding]:
    """A link keeps the other visit within an on-site stage of the team, else nobody could fill the seat (R034)."""
    within = {
        (link.inner.activity, link.inner.stage, link.outer.activity, link.outer.stage)
        for link in index.problem.links
        if isinstance(link, WithinLink)
    }
    for activity in index.problem.activities:
        stages = [stage.id for stage in activity.stages if stage.on_site and stage.uses_team]
        for place in activity.team.joint if activity.team else ():
            ref = place.beside
            if not any((ref.activity, ref.stage, activity.id, name) in within for name in stages):
                yield finding(
                    f"activity {activity.id}, joint place {place.skill}",
                    f"is filled by {ref.activity}, but no link keeps {ref.stage} within its on-site weeks (R034).",
                    "Maybe add a link of kind 'within', or let an inspector fill the seat.",
                )
