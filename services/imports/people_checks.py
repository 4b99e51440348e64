"""Whether everybody has a part: contacts in roles that there are, areas that can be told, bodies with a duty."""

from collections.abc import Iterator, Mapping

from config.findings import nearest
from config.framework import Framework
from config.framework_files import frameworks
from config.policy import Policy, load_policy, policies
from services.casework.contacts import OPERATIONS
from services.imports.checks import Sheets
from services.imports.problems import ImportProblem
from services.imports.reading import rows_of
from services.imports.rows import AreaRow, BodyRow, ContactRow, InspectorRow, ProgrammeRow


def check_people(sheets: Sheets, known: Mapping[str, Framework]) -> Iterator[ImportProblem]:
    """Everything that is wrong with who is told and who takes part; `known` are the programme's frameworks.

    A contact may also hold a role of another framework, for a programme to come.
    """
    policy, every = policy_in(sheets), frameworks()
    yield from _roles(sheets, every, policy)
    if any(policy.evidence.co_ordinator in framework.roles for framework in known.values()):
        yield from _nobody_to_tell(sheets, every, policy)
    yield from _without_duty(sheets)


def policy_in(sheets: Sheets) -> Policy:
    """The policy that the programme names, if there is such a one, else the default."""
    names = [row.policy for row in rows_of(sheets["programme.csv"], ProgrammeRow)]
    return load_policy(names[0] if names and names[0] in policies() else "default")


def roles_for_contacts(known: Mapping[str, Framework], policy: Policy) -> set[str]:
    """Roles that a contact may hold: those of the frameworks, and those that stand in for them or above them."""
    rules = policy.reminders
    found = {OPERATIONS, *rules.stand_ins, *rules.stand_ins.values(), *rules.ladders}
    found |= {role for ladder in rules.ladders.values() for role in ladder}
    found |= {role for framework in known.values() for role in framework.roles}
    return found - _of_teams(known)


def _of_teams(known: Mapping[str, Framework]) -> set[str]:
    return {role for framework in known.values() for role in framework.team_roles}


def _roles(sheets: Sheets, known: Mapping[str, Framework], policy: Policy) -> Iterator[ImportProblem]:
    """A role that no framework has would never be asked for, and its holder never told."""
    roles, teams = roles_for_contacts(known, policy), _of_teams(known)
    for row in rows_of(sheets["contacts.csv"], ContactRow):
        if row.role in teams:
            message = "the team of the published plan holds this role, not a contact."
            yield ImportProblem("contacts.csv", row.row, "role", row.role, message, "Delete the row.")
        elif row.role not in roles:
            message = "this role is unknown: no framework has it."
            yield ImportProblem("contacts.csv", row.row, "role", row.role, message, nearest(row.role, roles))


def _nobody_to_tell(
    sheets: Sheets, known: Mapping[str, Framework], policy: Policy
) -> Iterator[ImportProblem]:
    """Every area has a director, or an officer named by the chief executive (R064)."""
    if not sheets["contacts.csv"].is_whole:
        return
    co_ordinator = policy.evidence.co_ordinator
    roles = {co_ordinator, *policy.reminders.stand_ins_of(co_ordinator)}
    # Also a contact whose role or other cell is wrong counts: one fault is reported once.
    others = (roles_for_contacts(known, policy) | _of_teams(known)) - roles
    cells = [row_cells for _row, row_cells in sheets["contacts.csv"].cells]
    told = {row_cells.get("area") for row_cells in cells if row_cells.get("role") not in others}
    for area in rows_of(sheets["areas.csv"], AreaRow):
        if area.code not in told:
            message = (
                f"{area.name} has neither a director nor a nominated officer, so nobody can be notified."
            )
            advice = "Add a row to contacts.csv (R064)."
            yield ImportProblem("areas.csv", area.row, "code", area.code, message, advice)


def _without_duty(sheets: Sheets) -> Iterator[ImportProblem]:
    """R005: a body without the duty to take part lends people only if they volunteer."""
    bodies = {body.code: body for body in rows_of(sheets["bodies.csv"], BodyRow)}
    for person in rows_of(sheets["inspectors.csv"], InspectorRow):
        body = bodies.get(person.body)
        if body is not None and not body.has_duty and not person.voluntary:
            message = f"{body.code} has no duty to take part, so {person.name} may be in no team."
            advice = "Write yes in the column voluntary if they take part all the same, else delete the row."
            yield ImportProblem("inspectors.csv", person.row, "body", person.body, message, advice)
