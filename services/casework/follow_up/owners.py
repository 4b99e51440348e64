"""Who may own a recommendation, and who monitors what they do: parts of the council, and the area's partners (R090)."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from config.follow_up import FollowUpRules
from config.framework import Framework
from models import Body, Partner
from services.casework.contacts import OPERATIONS
from services.casework.organisations import partner_role
from services.naming.named import Named, find_named


@dataclass(frozen=True)
class Owner:
    """An organisation: its name, the code of its kind, and its monitor (a policy's key or a body's code)."""

    name: str
    kind: str
    monitor: str


def owners_of(session: Session, area_code: str, rules: FollowUpRules) -> list[Owner]:
    """Everybody who may own a recommendation in an area: the parts of its council, then its partners by name.

    The kind of an owner says who monitors it; where the policy does not, the body that partners.csv names does.
    """
    council = [Owner(name, kind, rules.monitor_of(kind)) for kind, name in rules.council.items()]
    partners = session.exec(select(Partner).where(Partner.area_code == area_code).order_by(col(Partner.name)))
    return council + [
        Owner(
            partner.name,
            partner.kind,
            rules.monitor_of(partner.kind) or rules.monitor_for(partner.monitor_code or ""),
        )
        for partner in partners
    ]


def find_owner(session: Session, area_code: str, text: str, rules: FollowUpRules) -> Owner:
    """The owner that a text names, a part of the council also by its code; NotFound with those that are similar."""
    owners = {owner.name: owner for owner in owners_of(session, area_code, rules)}
    known = [
        Named(name, name, (owner.kind,) if owner.kind in rules.council else ())
        for name, owner in owners.items()
    ]
    otherwise = f"Name one of: {', '.join(owners)}."
    return owners[find_named("organisation", text, known, otherwise).code]


def role_of(owner: str, kind: str, framework: Framework, rules: FollowUpRules) -> str:
    """The role that acts for an owner: a partner's own; for the council whoever acts in the statement (R092)."""
    if kind not in rules.council:
        return partner_role(owner)
    return next(council_roles(framework), OPERATIONS)


def council_roles(framework: Framework) -> Iterator[str]:
    """The roles that act for the council: those of the statement, else those who are told of the publication."""
    rule = framework.follow_up
    if rule is None:
        return
    if rule.statement_at is not None and framework.has_step(rule.statement_at):
        yield from framework.step(rule.statement_at).who
    if framework.has_step(rule.published_at):
        yield from framework.step(rule.published_at).told


def monitor_in_words(session: Session, monitor: str, rules: FollowUpRules) -> str:
    """The name of a monitor; blank for none."""
    if monitor in rules.monitors:
        return rules.monitors[monitor].name
    body = session.get(Body, monitor) if monitor else None
    return monitor if body is None else body.name


def contact_of(monitor: str, rules: FollowUpRules) -> str:
    """The role that speaks for a monitor; blank where the policy names none."""
    return (rules.monitors[monitor].contact or "") if monitor in rules.monitors else ""


def find_monitor(session: Session, text: str, rules: FollowUpRules) -> str:
    """The monitor that a text names: its key, its name, or the code of its body; NotFound with similar ones."""
    named = [
        Named(name, monitor.name, (monitor.body,) if monitor.body else ())
        for name, monitor in rules.monitors.items()
    ]
    taken = {monitor.body for monitor in rules.monitors.values()}
    named += [Named(body.code, body.name) for body in session.exec(select(Body)) if body.code not in taken]
    otherwise = f"Name one of: {', '.join(monitor.code for monitor in named)}."
    return find_named("monitor", text, named, otherwise).code
