"""What people say in the course of a review: grades, fieldwork, its team, who got the draft, whom to ask about it."""

from dataclasses import replace

from sqlmodel import Session

from config.codes import in_name
from console.asking import Button, Choices, Field, boxes_of
from console.forms import Form
from console.saying import ON_TODAY, Saying
from reports.words import date_in_words, list_in_words, plural
from services.audit import Word
from services.casework import circulation
from services.casework.contact_points import name_contact_point
from services.casework.final_team import confirm_team, withdraw_confirmation
from services.casework.signers import Signer
from services.casework.specification import specify
from services.errors import AlreadySo, Objection, Refused
from services.plans.judged import judge_and_mark
from services.shown.activity_forms import ActivityForm, Slot

NO_FIELDWORK, TAKE_BACK = "no-fieldwork", "undo"


def _judge(opened: Session, found: ActivityForm, form: Form, word: Word) -> str:
    given = {slot.id: grade for slot in found.slots if (grade := form.text(_field(slot)))}
    if not given:
        name = _field(found.slots[0]) if found.slots else ""
        raise Refused([Objection("grades", "no grade is chosen.", "Choose at least one.", field=name)])
    signer = Signer(word.who, word.on_behalf_of, word.note)
    day = form.day("decided_on") or word.as_of
    said = replace(word, on_behalf_of="")
    judged = judge_and_mark(opened, found.number, given, day, said, signer)
    moved = f" {plural(len(judged.moved), 'date')} moved with it." if judged.moved else ""
    overall = judged.overall.grade or "not given"
    return f"{plural(len(given), 'grade is', 'grades are')} recorded. Overall: {overall}.{moved}"


def _field(slot: Slot) -> str:
    return f"grade-{slot.id}"


def _grades(found: ActivityForm) -> tuple[Field, ...]:
    fields = [
        Field(
            _field(slot),
            slot.name,
            kind="choice",
            choices=[(grade, grade) for grade in slot.scale],
            nothing=f"As it is: {slot.grade}" if slot.grade else "Not judged",
        )
        for slot in found.slots
    ]
    return (*fields, Field("decided_on", "Day on which it was decided", ON_TODAY))


def _specify(opened: Session, found: ActivityForm, form: Form, word: Word) -> str:
    """Every theme that was chosen; all that is wrong with any of them is told together."""
    wrong: list[Objection] = []
    known: list[AlreadySo] = []
    decided = []
    for theme in found.themes:
        field = f"fieldwork-{theme.id}"
        if not (chosen := form.text(field)):
            continue
        reason = None if chosen == NO_FIELDWORK else chosen
        try:
            decided.append(specify(opened, found.code, theme.id, reason, word).name)
        except AlreadySo as same:
            known.append(same)
        except Refused as error:
            wrong += [
                Objection(line.place, f"{theme.name}: {line.message}", line.advice, field=line.field or field)
                for line in error.findings
                if isinstance(line, Objection)
            ]
    if wrong:
        raise Refused(wrong)
    if known and not decided:
        raise known[0]
    if not decided:
        first = f"fieldwork-{found.themes[0].id}" if found.themes else ""
        raise Refused([Objection("themes", "nothing is chosen.", "Decide about a theme.", field=first)])
    return f"Decided about {list_in_words(decided)}."


def _themes(found: ActivityForm) -> tuple[Field, ...]:
    yes = [(code, f"Yes: {words}") for code, words in found.reasons]
    no = [(NO_FIELDWORK, "No: existing evidence is enough")]
    return tuple(
        Field(
            f"fieldwork-{theme.id}",
            f"Fieldwork on {theme.name}",
            kind="choice",
            choices=yes if theme.id in found.always else yes + no,
            nothing={True: f"Yes ({theme.reason})", False: "No", None: "Not decided"}[theme.has_fieldwork],
        )
        for theme in found.themes
    )


def _circulate(opened: Session, found: ActivityForm, form: Form, word: Word) -> str:
    names = dict(_organisations(found))
    ticked = [names[key] for key in boxes_of(form, "to", _organisations(found))]
    if not ticked:
        raise Refused([Objection("to", "nobody is ticked.", "Tick at least one organisation.", field="to")])
    if form.text(TAKE_BACK):
        circulation.take_back_circulation(opened, found.code, ticked, word)
        return f"It was not sent to {list_in_words(ticked)} after all."
    day = form.day("sent_on") or word.as_of
    circulation.circulate(opened, found.code, ticked, day, word)
    return f"It was sent to {list_in_words(ticked)} on {date_in_words(day)}."


def _organisations(found: ActivityForm) -> Choices:
    recipients = () if found.circulation is None else found.circulation.recipients
    return [(in_name(recipient.organisation), recipient.organisation) for recipient in recipients]


def _recipients(found: ActivityForm) -> tuple[Field, ...]:
    recipients = () if found.circulation is None else found.circulation.recipients
    boxes = [
        (
            in_name(recipient.organisation),
            recipient.organisation
            + (f" (sent {date_in_words(recipient.sent_on)})" if recipient.sent_on else ""),
        )
        for recipient in recipients
    ]
    what = "" if found.circulation is None else found.circulation.step_name
    return (
        Field("to", f"Who got {what}", kind="boxes", choices=boxes),
        Field("sent_on", "Day on which it was sent", ON_TODAY),
    )


def _name_point(opened: Session, found: ActivityForm, form: Form, word: Word) -> str:
    name, email = form.text("contact_name"), form.text("contact_email")
    named = name_contact_point(opened, found.code, name, email, form.text("contact_telephone"), word)
    return f"Questions go to {named.person.name if named.person else 'nobody'}."


def _confirm_team(opened: Session, found: ActivityForm, _form: Form, word: Word) -> str:
    confirm_team(opened, found.code, word)
    return f"The team of {found.code} is final."


def _withdraw_team(opened: Session, found: ActivityForm, _form: Form, word: Word) -> str:
    withdraw_confirmation(opened, found.code, word)
    return f"The team of {found.code} is provisional again."


def _contact_fields(_found: ActivityForm) -> tuple[Field, ...]:
    return (
        Field("contact_name", "Name", "Leave all three blank for whoever holds the framework's role."),
        Field("contact_email", "Mail address", "Such as name@council.example."),
        Field("contact_telephone", "Telephone number", "Such as 020 7946 0103."),
    )


def _named(found: ActivityForm) -> dict[str, str]:
    person = found.point.person
    if person is None or not found.point.is_named:
        return {}
    return {
        "contact_name": person.name,
        "contact_email": person.email,
        "contact_telephone": person.telephone,
    }


def _is_sent(found: ActivityForm) -> bool:
    listed = found.circulation
    return found.is_published and listed is not None and listed.out_on is not None and bool(listed.recipients)


CASEWORK: tuple[Saying[ActivityForm], ...] = (
    Saying(
        "judge",
        "Record grades",
        "Record grades: {}",
        (Button("Record"),),
        _judge,
        lambda found: found.is_published and bool(found.slots),
        _grades,
        why="Why: for a correction, or on whose behalf",
    ),
    Saying(
        "specify",
        "Decide about fieldwork",
        "Decide about fieldwork: {}",
        (Button("Decide"),),
        _specify,
        lambda found: found.is_published and found.is_living and bool(found.themes),
        _themes,
    ),
    Saying(
        "confirm-team",
        "Confirm the team",
        "Confirm the team: {}",
        (Button("Confirm"),),
        _confirm_team,
        lambda found: found.is_published and found.team is not None and found.team.is_due,
        why="Remark",
    ),
    Saying(
        "withdraw-team",
        "Make the team provisional again",
        "Make the team provisional again: {}",
        (Button("Withdraw"),),
        _withdraw_team,
        lambda found: found.is_published and found.team is not None and found.team.is_final,
    ),
    Saying(
        "circulate",
        "Tick who got the draft",
        "Who got the draft: {}",
        (Button("It was sent"), Button("It was not sent after all", TAKE_BACK, is_secondary=True)),
        _circulate,
        _is_sent,
        _recipients,
        why="Why it was not sent, or a remark",
    ),
    Saying(
        "contact-point",
        "Name whom to ask",
        "Whom to ask about it: {}",
        (Button("Save"),),
        _name_point,
        lambda found: found.is_published and found.is_living,
        _contact_fields,
        filled=_named,
    ),
)
"""What can be said of a review under way, in the order in which the area's page offers it."""
