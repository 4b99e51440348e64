"""Who may say something of an activity: roles that the policy names, or somebody on behalf of them, with a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.framework import Framework
from models import Activity
from reports.words import list_in_words
from services.audit import Word
from services.casework.contacts import OPERATIONS, Contacts, Person
from services.doors import SAY_WHY, Advice
from services.errors import Objection


@dataclass(frozen=True)
class Subject:
    """What is spoken of: an activity, perhaps a step of it, and the role that was asked for evidence."""

    place: str
    activity: Activity
    step: str = ""
    asked: str = ""


def objections_to_speaker(
    subject: Subject, may: Sequence[str], word: Word, contacts: Contacts
) -> Iterator[Objection]:
    """What speaks against a person's saying something; nothing if they may.

    Who is nobody of the programme's people types for the planner: what they say is the word of operations.

    Parameters
    ----------
    may
        Roles; 'signs' and 'acts' are those of the step, 'circulates' is who sends its document, 'asked' who was asked.
    """
    framework = contacts.rules.of(subject.activity)
    roles = list(dict.fromkeys(_roles(subject, may, framework)))
    people = {role: contacts.holders(subject.activity, role) for role in roles}
    holders = {
        text.casefold() for found in people.values() for who in found for text in (who.name, who.email)
    }
    names = {text.casefold() for role in roles for text in (role, framework.role_name(role))}
    whom, who = word.on_behalf_of.strip().casefold(), word.who.strip().casefold()
    if whom and not word.note.strip():
        message = "saying this on behalf of somebody needs a reason."
        yield Objection(
            subject.place, message, Advice("Give it with --why, or --note.", SAY_WHY.on_page), field="why"
        )
    if (whom in names | holders) if whom else (who in holders):
        return
    if not whom and OPERATIONS in roles and not contacts.is_known(who):
        return
    told = list_in_words([f"{framework.role_name(role)} ({_named(people[role])})" for role in roles])
    message = f"{word.on_behalf_of or word.who} may not say this. Those who may: {told}."
    advice = Advice(
        f"Let one of them say it, or give --on-behalf-of {roles[0] if roles else OPERATIONS} and a reason.",
        "Let one of them say it, or choose on whose behalf you say it, and say why.",
    )
    yield Objection(subject.place, message, advice, field="on_behalf_of")


def _roles(subject: Subject, may: Sequence[str], framework: Framework) -> Iterator[str]:
    rule = framework.step(subject.step) if subject.step and framework.has_step(subject.step) else None
    for name in may:
        if name == "asked":
            yield from filter(None, [subject.asked])
        elif name == "signs":
            yield from filter(None, [rule and rule.sign_off])
        elif name == "circulates":
            yield from filter(None, [rule and rule.circulated_by])
        elif name == "acts":
            yield from rule.who if rule is not None else ()
        else:
            yield name


def _named(people: Sequence[Person]) -> str:
    return list_in_words([person.name for person in people]) or "nobody holds it"
