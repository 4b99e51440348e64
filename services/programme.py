"""The one programme of a database, and the rules it follows: its policy and the frameworks of its activities."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from config.framework import Framework
from config.framework_files import find_framework, frameworks
from config.policy import Policy, load_policy
from models import Activity, Programme
from services.conditions import Conditions
from services.doors import Advice
from services.errors import NotFound, Refused
from services.kept_frameworks import kept_for, read_kept


@dataclass(frozen=True)
class Rules:
    """Policy, frameworks as their files have them, and by fingerprint as activities follow them; read once."""

    policy: Policy
    frameworks: Mapping[str, Framework]
    kept: Mapping[str, Framework] = field(default_factory=dict)
    conditions: Conditions | None = None

    def of(self, activity: Activity) -> Framework:
        """The framework that an activity follows, in the text of its publication; before it, that of the file.

        What depends on a grade, the extent or the scope is there only if its condition holds.

        Raises
        ------
        InvalidFramework
            If it was not published, and its file has gone.
        """
        framework = self.whole(activity)
        return framework if self.conditions is None else self.conditions.left_of(framework, activity)

    def whole(self, activity: Activity) -> Framework:
        """The same with all of its steps, whatever was judged."""
        return kept_for(activity, self.kept) or find_framework(activity.framework_id, self.frameworks)


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


def require_pair(session: Session) -> None:
    """Refused if the policy names no pair of kinds: then there is nothing that options could sequence (R030-R037)."""
    policy = find_programme(session).policy
    if load_policy(policy).programme.pair is None:
        message = f"policy {policy} names no pair of kinds, so every option would give the same plan."
        advice = Advice(
            "Leave out --option, and solve with: jarcycle solve",
            "Solve without an option, on the page Plans.",
        )
        raise Refused.because("option", message, advice)


def rules_of(session: Session) -> Rules:
    """The policy of the programme and all frameworks; the files are read once for a session."""
    rules = session.info.get("rules")
    if not isinstance(rules, Rules):
        rules = session.info["rules"] = Rules(
            policy_of(session), frameworks(), read_kept(session), Conditions(session)
        )
    return rules


def forget_rules(session: Session) -> None:
    """Read them again where they are asked for next: an activity follows another text now."""
    session.info.pop("rules", None)
