"""Rules about a framework's team: bounds, skills that always belong to it, the choice of extents."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from config.applying import applied
from config.conditions import holds
from config.extreme_teams import team_cases
from config.findings import Found, nearest
from config.framework import Framework
from config.team_rule import DEPUTY, Extent, Quota, TeamRule


def team_findings(framework: Framework) -> Iterator[Found]:
    """Everything wrong with the team rule, the extents of fieldwork and how they are chosen."""
    yield from _skills(framework)
    yield from _extents_belong_to_a_team(framework)
    if framework.team is not None:
        yield from _quotas(framework.team)
        yield from _deputy(framework, framework.team)
        yield from dict.fromkeys(_in_each_case(framework, framework.team))
    yield from _reductions(framework)
    yield from _joint_teams(framework)
    yield from _drafts(framework)
    yield from _final(framework)
    yield from _choice(framework)


def _in_each_case(framework: Framework, team: TeamRule) -> Iterator[Found]:
    """What is wrong with the size of a team, the smallest and the largest that it can be for each extent."""
    for position, extent in enumerate(framework.extents):
        for at in team_cases(framework, extent.id):
            left = applied(framework, at)
            yield from _size(left, left.extents[position], f"extents[{position}]")
            yield from _always(left, left.extents[position], f"extents[{position}].places")
            holding = [(n, quota) for n, quota in enumerate(team.quotas) if holds(quota.only_if, at)]
            yield from _quotas_together(team, holding)
            yield from _seats_for_quotas(left, team, position, [quota for _n, quota in holding])


def _skills(framework: Framework) -> Iterator[Found]:
    used: list[tuple[str, Iterable[str]]] = [
        ("always", framework.always),
        ("local_skills", framework.local_skills),
    ]
    used += [(f"extents[{n}].places", extent.places) for n, extent in enumerate(framework.extents)]
    used += [(f"added_places[{n}].places", added.places) for n, added in enumerate(framework.added_places)]
    used += [(f"reductions[{n}].places", r.places) for n, r in enumerate(framework.reductions)]
    used += [(f"joint_teams[{n}].places", j.places) for n, j in enumerate(framework.joint_teams)]
    for key, names in used:
        for name in names:
            if name not in framework.skills:
                yield key, f"there is no skill '{name}'.", nearest(name, framework.skills)


def _extents_belong_to_a_team(framework: Framework) -> Iterator[Found]:
    if framework.team is None and framework.extents:
        yield "extents", "there is no [team].", "Add one or leave the extents out."
    if framework.team is None and framework.added_places:
        yield "added_places", "there is no [team].", "Add one or leave the places out."
    if framework.team is not None and not framework.extents:
        yield "team", "no extent says which skills the team needs.", "Add [[extents]]."
    if framework.team is not None and framework.team.min_members > framework.team.max_members:
        message = f"at least {framework.team.min_members} and at most {framework.team.max_members} members."
        yield "team.min_members", message, "Swap the two, or correct one."


def _size(framework: Framework, extent: Extent, key: str) -> Iterator[Found]:
    team = framework.team
    if team is None:
        return
    saved = [0, *(_seats_saved(extent, r.places) for r in framework.reductions)]
    largest = extent.num_places() + team.num_leading
    smallest = largest - max(saved)
    least, most = framework.team_bounds(extent.id)
    if least < team.min_members or most > team.max_members or most < least:
        message = f"allows {least} to {most} members, but the team {team.min_members} to {team.max_members}."
        yield f"{key}.min_members", message, "Keep the bounds of an extent within the team's."
    if largest > most or smallest < least:
        sizes = str(largest) if smallest == largest else f"{smallest} to {largest}"
        message = f"'{extent.id}' makes a team of {sizes}, the rule is {least} to {most}."
        yield (
            f"{key}.places",
            message,
            "Count the leader, and the deputy if there is one: they are members too.",
        )
    free = sum(skill not in extent.places for skill in framework.local_skills)
    if extent.local_places > free:
        message = (
            f"'{extent.id}' has {extent.local_places} local places but only {free} local skills are left."
        )
        yield f"{key}.local_places", message, "Add to local_skills."


def _deputy(framework: Framework, team: TeamRule) -> Iterator[Found]:
    """Somebody stands in for a leader whom there is, in a role of their own."""
    role = team.deputy_role
    if role is None:
        return
    if not team.needs_leader:
        yield (
            "team.deputy_role",
            "the team has no leader who could be away.",
            "Leave it out, or set needs_leader.",
        )
    if role in (team.leader_role, team.member_role):
        message = f"'{role}' is the role of the leader or of the other members."
        yield "team.deputy_role", message, "Give the deputy a role of their own in [roles]."
    for key, name in (("deputy_role", role), ("leader_role", team.leader_role)):
        if name not in framework.roles:
            yield f"team.{key}", f"there is no role '{name}'.", nearest(name, framework.roles)
    if DEPUTY in framework.skills:
        yield "skills", f"'{DEPUTY}' is the name of the deputy's place.", "Give the skill another name."


def _quotas(team: TeamRule) -> Iterator[Found]:
    """R144: a quota says something and fits into the team."""
    for position, quota in enumerate(team.quotas):
        key = f"team.quotas[{position}]"
        if quota.maximum is not None and quota.maximum < quota.minimum:
            message = f"at least {quota.minimum} and at most {quota.maximum} members from {quota.body}."
            yield f"{key}.minimum", message, "Swap the two, or correct one."
        if quota.minimum == 0 and quota.maximum is None:
            message = f"says nothing about {quota.body}."
            yield f"{key}.body", message, "Give a minimum or a maximum, or leave the quota out."
        if quota.minimum > team.max_members:
            message = f"{quota.minimum} members from {quota.body}, but a team has at most {team.max_members}."
            yield f"{key}.minimum", message, "Lower it, or raise max_members."


def _quotas_together(team: TeamRule, quotas: Sequence[tuple[int, Quota]]) -> Iterator[Found]:
    """R144: of the quotas that hold, each body has one, and together they fit into the team."""
    named = Counter(quota.body for _position, quota in quotas)
    for position, quota in quotas:
        if named[quota.body] > 1:
            key = f"team.quotas[{position}].body"
            yield key, f"'{quota.body}' has {named[quota.body]} quotas.", "Join them to one."
    together = sum(quota.minimum for _position, quota in quotas)
    if together > team.max_members and all(quota.minimum <= team.max_members for _n, quota in quotas):
        message = f"they ask for {together} members together, but a team has at most {team.max_members}."
        yield "team.quotas", message, "Lower the minima, or raise max_members."


def _seats_for_quotas(
    framework: Framework, team: TeamRule, position: int, quotas: Sequence[Quota]
) -> Iterator[Found]:
    """R144: an extent has a seat for each member that the quotas ask for, also where seats are saved."""
    together, extent = sum(quota.minimum for quota in quotas), framework.extents[position]
    saved = max((_seats_saved(extent, r.places) for r in framework.reductions), default=0)
    smallest = extent.num_places() + team.num_leading - saved
    if smallest < together <= team.max_members:
        message = f"'{extent.id}' makes a team of {smallest}, but the quotas ask for {together} members."
        yield f"extents[{position}].places", message, "Add places, or lower a minimum in team.quotas."


def _seats_saved(extent: Extent, saved: dict[str, int]) -> int:
    return sum(min(count, extent.places.get(skill, 0)) for skill, count in saved.items())


def _always(framework: Framework, extent: Extent, key: str) -> Iterator[Found]:
    """R080, R081: what is always covered stays covered, also where seats are saved."""
    for skill in framework.always:
        saved = max((r.places.get(skill, 0) for r in framework.reductions), default=0)
        if extent.places.get(skill, 0) - saved < 1:
            message = f"'{skill}' is always covered, but '{extent.id}' may leave it without a place."
            yield key, message, f"Add {skill} = 1, or don't save it."


def _reductions(framework: Framework) -> Iterator[Found]:
    for position, reduction in enumerate(framework.reductions):
        if reduction.after == framework.kind:
            message = f"'{reduction.after}' is the kind of this framework itself."
            yield f"reductions[{position}].after", message, "Name the kind that comes before."


def _joint_teams(framework: Framework) -> Iterator[Found]:
    """R034, R035: the other activity is of another kind, and the team is on site at some time."""
    for position, joint in enumerate(framework.joint_teams):
        if joint.beside == framework.kind:
            message = f"'{joint.beside}' is the kind of this framework itself."
            yield f"joint_teams[{position}].beside", message, "Name the kind that runs beside it."
        if not any(stage.on_site and stage.uses_team for stage in framework.stages):
            message = "the team is never on site, so nobody could join it there."
            yield (
                f"joint_teams[{position}].beside",
                message,
                "Set on_site for a stage that uses the team.",
            )


def _final(framework: Framework) -> Iterator[Found]:
    """R061: the team is final after a stage, for a later one."""
    if framework.team is None or framework.team.final_after is None:
        return
    name, stages = framework.team.final_after, [stage.id for stage in framework.stages]
    if name not in stages:
        yield "team.final_after", f"there is no planned stage '{name}'.", nearest(name, stages)
    elif name == stages[-1]:
        message = f"'{name}' is the last stage; no team is needed after it."
        yield "team.final_after", message, "Name an earlier stage, or leave it out."


def _drafts(framework: Framework) -> Iterator[Found]:
    """R052: the draft is due so many weeks after the last stage with the team."""
    if framework.team is None or framework.team.drafts_until is None:
        return
    name = framework.team.drafts_until
    steps = {step.id: step for step in framework.steps}
    if name not in steps:
        yield "team.drafts_until", f"there is no step '{name}'.", nearest(name, steps)
        return
    last = next((stage.id for stage in reversed(framework.stages) if stage.uses_team), "")
    if any(
        count is None or (count.counted_from, count.direction) != (last, "after") or not count.in_weeks()
        for count in (steps[name].due, *steps[name].due_if)
    ):
        message = f"'{name}' is not due so many weeks after '{last}', the last stage with the team."
        yield "team.drafts_until", message, "Name the deadline of the draft report."


def _choice(framework: Framework) -> Iterator[Found]:
    choice = framework.extent_choice
    if choice is None:
        if framework.extents:
            yield "extent_choice", "nothing says which area gets which extent.", "Add [extent_choice]."
        return
    sizes = {extent.id: extent.num_places() for extent in framework.extents}
    for position, row in enumerate(choice.rows):
        for column in ("small", "medium", "large"):
            name = getattr(row, column)
            if name not in sizes:
                key = f"extent_choice.rows[{position}].{column}"
                yield key, f"there is no extent '{name}'.", nearest(name, sizes)
    yield from _choice_grows(framework, sizes)


def _choice_grows(framework: Framework, sizes: dict[str, int]) -> Iterator[Found]:
    """R077: more need or risk never means less fieldwork."""
    choice = framework.extent_choice
    assert choice is not None
    if choice.large_from <= choice.medium_from:
        message = f"large areas start at {choice.large_from}, medium ones at {choice.medium_from}."
        yield "extent_choice.large_from", message, "Swap the two, or correct one."
    if choice.rows[0].urgency_from != 1:
        advice = "Start the first row at urgency 1."
        yield "extent_choice.rows[0].urgency_from", "areas of urgency 1 have no row.", advice
    for position, (lower, upper) in enumerate(zip(choice.rows, choice.rows[1:], strict=False), start=1):
        key = f"extent_choice.rows[{position}]"
        if upper.urgency_from <= lower.urgency_from:
            yield f"{key}.urgency_from", "the rows do not rise in urgency.", "Sort them."
        for column in ("small", "medium", "large"):
            few, many = sizes.get(getattr(lower, column), 0), sizes.get(getattr(upper, column), 0)
            if many < few:
                message = "a more urgent area gets less fieldwork than a less urgent one."
                yield f"{key}.{column}", message, "Swap the extents, or correct one."
