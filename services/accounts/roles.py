"""Roles of accounts: what somebody does in the programme, and to which person, area or body it ties them."""

from enum import StrEnum


class Role(StrEnum):
    """What an account may do is said per role; an account has one or more."""

    PLANNER = "planner"
    PUBLISHER = "publisher"
    TEAM_LEADER = "team_leader"
    INSPECTOR = "inspector"
    BODY = "body"
    AUTHORITY = "authority"
    PREPARATION = "preparation"
    OPERATOR = "operator"
    VIEWER = "viewer"


ROLE_WORDS = {
    Role.PLANNER: "planner",
    Role.PUBLISHER: "publisher",
    Role.TEAM_LEADER: "team leader",
    Role.INSPECTOR: "inspector",
    Role.BODY: "body",
    Role.AUTHORITY: "authority",
    Role.PREPARATION: "preparation group",
    Role.OPERATOR: "operator",
    Role.VIEWER: "viewer",
}

OF_AREA = frozenset({Role.AUTHORITY, Role.PREPARATION})
"""Roles of the authority's side: they see their own area's published and announced facts, and nothing else (R068)."""

OF_INSPECTORATE = frozenset(Role) - OF_AREA
"""Roles of the inspectorate's side: they may know of what is not announced."""

OF_PROGRAMME = OF_INSPECTORATE - {Role.BODY}
"""Roles of the whole programme: whoever is only of a body sees what is of that body, and nothing else."""

OF_PERSON = frozenset({Role.TEAM_LEADER, Role.INSPECTOR})
"""Roles of a person of the programme's inspectors."""


def roles_of(text: str) -> frozenset[Role]:
    """Roles as a row keeps them, separated by spaces; one that a later version knew is left out."""
    known = set(Role)
    return frozenset(Role(word) for word in text.split() if word in known)
