"""Who may sign a step off or judge: who holds the role, or somebody on behalf of them, for a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models import Activity
from reports.words import list_in_words
from services.casework.contacts import Contacts, Person
from services.doors import SAY_WHY, Advice
from services.errors import Objection


@dataclass(frozen=True)
class Signer:
    """Who signs: by name or mail address; where they don't hold the role, `on_behalf_of` it or of a holder, and why."""

    name: str
    on_behalf_of: str = ""
    why: str = ""


@dataclass(frozen=True)
class Task:
    """What is to be signed, on which day, and which of these roles may: 'signs it off', 'judges it'."""

    place: str
    roles: tuple[str, ...]
    on: date
    verb: str = "signs it off"


def objections_to_signer(
    activity: Activity, task: Task, signer: Signer, contacts: Contacts
) -> Iterator[Objection]:
    """What speaks against a person's signature; nothing if they may sign.

    The deputy may sign what the leader signs, on a day on which the leader is away.
    """
    holders = [
        person
        for role in task.roles
        for person in (*contacts.holders(activity, role), *contacts.deputising(activity, role, task.on))
    ]
    names = [contacts.rules.of(activity).role_name(role) for role in task.roles]
    role, first = " or ".join(names), task.roles[0]
    if signer.on_behalf_of:
        if not _is_meant(signer.on_behalf_of, {*task.roles, *names}, holders):
            message = f"'{signer.on_behalf_of}' neither is nor holds the role that {task.verb}: {role}."
            yield Objection(
                task.place,
                message,
                Advice(f"Give --on-behalf-of {first}.", f"Choose the role: {role}."),
                field="on_behalf_of",
            )
        if not signer.why.strip():
            message = "signing on behalf of somebody needs a reason."
            yield Objection(task.place, message, SAY_WHY, field="why")
    elif not _is_meant(signer.name, set(), holders):
        message = f"{signer.name} does not hold the role that {task.verb}: {role} ({_named(holders)})."
        advice = Advice(
            f"Name the signer with --by, or give --on-behalf-of {first} and --why.",
            "Choose on whose behalf you say it, and say why.",
        )
        yield Objection(task.place, message, advice, field="on_behalf_of")


def _is_meant(text: str, roles: set[str], holders: list[Person]) -> bool:
    words = {*roles, *(person.name for person in holders), *(person.email for person in holders)}
    return text.strip().casefold() in {word.casefold() for word in words if word}


def _named(holders: list[Person]) -> str:
    return list_in_words([person.name for person in holders]) or "nobody holds it"
