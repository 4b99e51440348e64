"""Whether there is anybody at all for what the frameworks demand of the areas (R055-R060)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from config.applying import applied
from config.concern_rules import ConcernRules
from config.conditions import Circumstances
from config.findings import nearest
from config.framework import Framework
from config.framework_files import frameworks, named_frameworks
from config.team_rule import DEPUTY, Quota, TeamRule
from services.imports.checks import Sheets
from services.imports.concern import concern_by_area
from services.imports.facts import extent_of
from services.imports.problems import ImportProblem
from services.imports.reading import rows_of
from services.imports.rows import AreaRow, ProgrammeRow, RatingRow
from services.problem.focus import focus_of

NO = {"no", "n", "false", "0"}


def has_teams(sheets: Sheets) -> bool:
    """Whether a framework of the programme has teams of named people, or nobody can tell which it follows."""
    known = frameworks()
    for programme in rows_of(sheets["programme.csv"], ProgrammeRow):
        if all(name in known for name in programme.frameworks):
            followed = named_frameworks(programme.frameworks, known).values()
            return any(framework.team is not None for framework in followed)
    return True


def check_demand(
    sheets: Sheets, framework: Framework, rules: ConcernRules, planned_on: date
) -> Iterator[ImportProblem]:
    """Demand that nobody can meet, even if everybody were free (R055-R060)."""
    if framework.team is None or not all(
        sheets[f].is_whole for f in ("areas.csv", "inspectors.csv", "skills.csv")
    ):
        return
    # Also a person whose row is wrong elsewhere counts: one fault is reported once.
    inspectors = sheets["inspectors.csv"]
    people = Counter(skill for _row, skill in inspectors.codes("skills"))
    extents = {extent.id for extent in framework.extents}
    ratings: dict[str, list[RatingRow]] = defaultdict(list)
    for rating in rows_of(sheets["ratings.csv"], RatingRow):
        ratings[rating.area].append(rating)
    areas = rows_of(sheets["areas.csv"], AreaRow)
    concern = concern_by_area(areas, rows_of(sheets["ratings.csv"], RatingRow), rules, planned_on)
    reported: set[str] = set()
    for area in areas:
        extent = extent_of(area, framework, concern[area.code])
        if extent not in extents:
            message = f"framework {framework.id} has no such extent."
            yield ImportProblem("areas.csv", area.row, "extent", extent, message, nearest(extent, extents))
            continue
        focus = focus_of(ratings[area.code], framework, planned_on)
        for skill, count in applied(framework, Circumstances(extent)).places(extent, focus).items():
            if people[skill] < count and skill not in reported and skill != DEPUTY:
                reported.add(skill)
                yield _short(framework, area, skill, count, people[skill])
    yield from _leaders(sheets, framework, framework.team)
    bodies = inspectors.known("body")
    if len(bodies) < framework.team.min_bodies:
        needed = framework.team.min_bodies
        message = f"the inspectors come from {len(bodies)} body, but {framework.id} needs {needed} (R056)."
        yield ImportProblem(
            "inspectors.csv", None, "body", "", message, "Add the inspectors of another body."
        )
    yield from _quotas(sheets, framework, framework.team.quotas)


def _leaders(sheets: Sheets, framework: Framework, team: TeamRule) -> Iterator[ImportProblem]:
    """R057: as many people are able to lead as every team needs, for its leader and the deputy."""
    able = sum(word.lower() not in NO for _row, word in sheets["inspectors.csv"].codes("is_leader"))
    if able < team.num_leading:
        who = "nobody is" if able == 0 else "only one person is"
        needed = "a leader" if team.deputy_role is None else "a leader and a deputy"
        message = f"{who} qualified to lead, but {framework.id} needs {needed} in every team (R057)."
        yield ImportProblem("inspectors.csv", None, "is_leader", "", message, "Mark who is qualified.")


def _quotas(sheets: Sheets, framework: Framework, quotas: Iterable[Quota]) -> Iterator[ImportProblem]:
    """Quotas of bodies that nobody knows, or that have too few inspectors and lend nobody (R144)."""
    known = sheets["bodies.csv"].known("code")
    lent = {joint.body for joint in framework.joint_teams}
    people = Counter(body for _row, body in sheets["inspectors.csv"].codes("body"))
    for quota in quotas:
        if sheets["bodies.csv"].is_whole and quota.body not in known:
            message = f"{framework.id} has a quota for the body '{quota.body}', which is missing (R144)."
            advice = nearest(quota.body, known) or "Add it."
            yield ImportProblem("bodies.csv", None, "code", quota.body, message, advice)
        elif people[quota.body] < quota.minimum and quota.body not in lent:
            count = people[quota.body]
            there = "1 inspector comes" if count == 1 else f"{count or 'no'} inspectors come"
            wanted = f"{framework.id} needs {quota.minimum} from {quota.body} in every team"
            message = f"{wanted}, but {there} from it (R144)."
            yield ImportProblem(
                "inspectors.csv", None, "body", quota.body, message, "Add the inspectors of this body."
            )


def _short(framework: Framework, area: AreaRow, skill: str, count: int, people: int) -> ImportProblem:
    having = "1 inspector has" if people == 1 else f"{people or 'no'} inspectors have"
    message = (
        f"{framework.id} needs {count} with skill '{skill}' in {area.name} (areas.csv, row {area.row}) "
        f"and perhaps elsewhere, but {having} it (R059)."
    )
    return ImportProblem(
        "inspectors.csv", None, "skills", skill, message, "Check the spelling of the skills."
    )


def check_pools(sheets: Sheets, framework: Framework) -> Iterator[ImportProblem]:
    """Pools that a framework draws on must have a size."""
    if not sheets["pools.csv"].is_whole:
        return
    known = sheets["pools.csv"].known("code")  # also of a row that is wrong elsewhere
    for pool in framework.pools:
        if pool.id not in known:
            message = f"framework {framework.id} draws on pool '{pool.id}' ({pool.name}), which is missing."
            yield ImportProblem(
                "pools.csv", None, "code", pool.id, message, nearest(pool.id, known) or "Add it."
            )
