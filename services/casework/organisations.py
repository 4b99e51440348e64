"""Organisations of an area as roles: a partner is spoken to through its chief officer (R004, R066)."""

import re

from sqlmodel import Session, select

from models import Partner

PARTNER = "partner_"
"""What the role of a partner begins with; no framework names one."""


def partner_role(name: str) -> str:
    """The role of the partner of a name: 'partner_york_primary_care_trust'."""
    return PARTNER + re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def partner_of(session: Session, area_code: str, role: str) -> Partner | None:
    """The partner of an area that a role stands for; None for any other role, or one that has left."""
    if not role.startswith(PARTNER):
        return None
    partners = session.exec(select(Partner).where(Partner.area_code == area_code))
    return next((partner for partner in partners if partner_role(partner.name) == role), None)
