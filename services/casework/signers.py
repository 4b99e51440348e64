"""Who may sign a step off: who holds its sign-off role, or somebody on behalf of them, for a reason."""

from collections.abc import Iterator
from dataclasses import dataclass

from models import Activity, Step
from reports.words import list_in_words
from services.casework.contacts import Contacts, Person
from services.errors import Objection
from services.programme import Rules


@dataclass(frozen=True)
class Signer:
    """Who signs: by name or mail address; where they don't hold the role, `on_behalf_of` it or of a holder, and why."""

    name: str
    on_behalf_of: str = ""
    why: str = ""


def objections_to_signer(
    activity: Activity, step: Step, signer: Signer, rules: Rules, contacts: Contacts
) -> Iterator[Objection]:
    """What speaks against a person's signature; nothing if they may sign."""
    place, holders = f"{activity.code} {step.step_id}", contacts.holders(activity, step.sign_off)
    role = rules.of(activity).role_name(step.sign_off)
    if signer.on_behalf_of:
        if not _is_meant(signer.on_behalf_of, {step.sign_off, role}, holders):
            message = f"'{signer.on_behalf_of}' neither is nor holds the role that signs it off: {role}."
            yield Objection(place, message, f"Sign off on behalf of {step.sign_off}.")
        if not signer.why.strip():
            yield Objection(place, "signing on behalf of somebody needs a reason.", "Give it with --why.")
    elif not _is_meant(signer.name, set(), holders):
        message = f"{signer.name} does not hold the role that signs it off: {role} ({_named(holders)})."
        advice = f"Name the signer with --by, or give --on-behalf-of {step.sign_off} and --why."
        yield Objection(place, message, advice)


def _is_meant(text: str, roles: set[str], holders: list[Person]) -> bool:
    words = {*roles, *(person.name for person in holders), *(person.email for person in holders)}
    return text.strip().casefold() in {word.casefold() for word in words if word}


def _named(holders: list[Person]) -> str:
    return list_in_words([person.name for person in holders]) or "nobody holds it"
