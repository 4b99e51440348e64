"""The one programme of a database, and the rules it follows: its policy and the frameworks of its activities."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from config.framework import Framework
from config.framework_files import find_framework, frameworks
from config.policy import Policy, load_policy
from models import Activity, Programme
from services.errors import NotFound


@dataclass(frozen=True)
class Rules:
    """Policy and frameworks, read once for a use case."""

    policy: Policy
    frameworks: Mapping[str, Framework]

    def of(self, activity: Activity) -> Framework:
        """The framework that an activity follows; InvalidFramework if its file has gone."""
        return find_framework(activity.framework_id, self.frameworks)


def find_programme(session: Session) -> Programme:
    """The programme; NotFound before anything was imported."""
    found = session.get(Programme, 1)
    if found is None:
        raise NotFound("programme", "there is none yet.", "Import one, or start with the example.")
    return found


def policy_of(session: Session) -> Policy:
    """The policy that the programme names; the default one before there is a programme."""
    found = session.get(Programme, 1)
    return load_policy(found.policy if found else "default")


def rules_of(session: Session) -> Rules:
    """The policy of the programme and all frameworks; the files are read once for a session."""
    rules = session.info.get("rules")
    if not isinstance(rules, Rules):
        rules = session.info["rules"] = Rules(policy_of(session), frameworks())
    return rules
