"""What a message would look like: a template filled from a published activity, or from a sample."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from config.findings import nearest
from config.framework import Framework
from config.framework_files import frameworks
from models import Activity
from services.casework.announcements import CANCELLED, CHANGED, JOINED, WITHDRAWN
from services.casework.contacts import Contacts
from services.casework.contacts import Person as Holder
from services.casework.review_timetable import timetable
from services.days.weeks import WEEK
from services.errors import NotFound, Refused
from services.messages.composing import DONE, EVIDENCE, REMINDER, Composer, Message
from services.messages.happened_samples import happened_in_samples
from services.messages.lines import role_words
from services.messages.offers import offer_of
from services.messages.triggers import BY_ID, FRAME, QUESTIONNAIRE
from services.messages.values import (
    Asked,
    AskedToAnswer,
    Item,
    Line,
    Moved,
    Person,
    Review,
    Side,
    distance_in_words,
    span_in_words,
)
from services.naming.steps import find_activities
from services.programme import rules_of

SAMPLE_MONDAY, SAMPLE_DAY = date(2006, 4, 24), date(2006, 2, 10)
SAMPLE_PEOPLE = (
    Person("Ann Field", "Leader of the review team", "ann.field@inspectorate.example"),
    Person("Reviews desk", "Lead inspectorate", "reviews@inspectorate.example", "020 7946 0000"),
)
SAMPLE_ROLE: Mapping[Side, str] = {
    "authority": "director of children's services",
    "inspectorate": "leader of the review team",
}
SAMPLE_ADDRESS = "https://reviews.example.org"
A_SECRET = "a-secret-of-43-letters"
"""Stands where a link has a secret that is kept nowhere."""

WHY = "here stands the planner's reason"


def previewed(
    session: Session, occasion: str, side: str | None, activity: str | None, as_of: date, address: str = ""
) -> Message:
    """The message of an occasion for a side.

    Parameters
    ----------
    side
        authority or inspectorate; None: the first that hears of it.
    activity
        A code or an area's name: the message says what is so there. None: a sample.

    Raises
    ------
    NotFound
        If there is no such occasion or activity, or if nobody of that side hears of it.
    Refused
        If the activity has no dates yet, or several are meant.
    """
    chosen = _side(occasion, side)
    rules = rules_of(session)
    as_of = SAMPLE_DAY if activity is None else as_of
    composer = Composer(session, rules, Contacts(session, rules), as_of, address)
    if activity is None:
        address = SAMPLE_ADDRESS
        review, reader = (
            sample_review(chosen),
            Holder("Jane Avon", "jane.avon@york.example", SAMPLE_ROLE[chosen]),
        )
    else:
        row = _dated(session, activity, composer)
        reader = _reader(rules.of(row), chosen, Contacts(session, rules), row)
        review = composer.review(row, reader)
    return composer.put_together(_items(occasion, review, as_of, address), reader, chosen)


def sample_review(side: Side) -> Review:
    """York's review, under the first framework of the programme: for a look at a template without any data."""
    of_programme = [found for found in frameworks().values() if found.window == "programme"]
    framework = max(of_programme, key=lambda found: (found.team is not None, len(found.evidence)))
    role = _role_of(framework, side)
    steps = timetable(framework, SAMPLE_MONDAY)
    days = {step.id: (step.start or step.day, step.day) for step in steps}
    lines = tuple(
        Line(
            step=step.id,
            name=step.name,
            kind=step.kind,
            first=days[step.id][0],
            last=days[step.id][1],
            rule=step.rule,
            who=role_words(framework, " ".join(step.who)),
            signs=role_words(framework, step.sign_off or ""),
            is_planned=step.id in {stage.id for stage in framework.stages},
            is_mine=role in step.who,
        )
        for step in steps
    )
    asked = tuple(
        Asked(
            item.name, days[item.needed_for][0], role_words(framework, item.asked_of), item.asked_of == role
        )
        for item in framework.evidence[:5]
    )
    return Review(
        code="816",
        area="York",
        name=framework.name,
        precision="final",
        lines=tuple(sorted(lines, key=lambda line: line.first)),
        asked=asked,
        people=SAMPLE_PEOPLE,
        address=f"{SAMPLE_ADDRESS}/areas/816",
    )


def _side(occasion: str, side: str | None) -> Side:
    if occasion not in BY_ID:
        raise NotFound(occasion, "there is no such occasion.", nearest(occasion, BY_ID))
    sides = BY_ID[occasion].sides
    chosen = next((known for known in sides if side in (None, known)), None)
    if chosen is None:
        raise NotFound(f"{occasion} {side}", "nobody of that side hears of it.", nearest(str(side), sides))
    return chosen


def _dated(session: Session, text: str, composer: Composer) -> Activity:
    found = [row for row in find_activities(session, text) if composer.steps_of(row)]
    if not found:
        raise Refused.because(text, "it has no dates yet.", "Publish a plan first.")
    if len(found) > 1:
        codes = ", ".join(row.code for row in found)
        raise Refused.because(text, "several activities are meant.", f"Name one of them: {codes}.")
    return found[0]


def _reader(framework: Framework, side: Side, contacts: Contacts, activity: Activity) -> Holder:
    role = _role_of(framework, side)
    found = contacts.holders(activity, role)
    return found[0] if found else Holder("Nobody yet", "", role)


def _role_of(framework: Framework, side: Side) -> str:
    """The role whose holder reads a preview: who gets the notice, or who gives it."""
    notice = framework.notice
    if notice is None:
        return next(iter(framework.roles))
    return next(iter(notice.told if side == "authority" else notice.who))


def _items(occasion: str, review: Review, as_of: date, address: str) -> Mapping[str, list[Item]]:
    whole = Item(review, role=review.people[0].role if review.people else "")
    if occasion == FRAME.id:
        return {**_items(REMINDER, review, as_of, address), **_items(DONE, review, as_of, address)}
    if occasion == CHANGED:
        moved = (Moved(line.name, _a_week_earlier(line), line.when, line.rule) for line in review.stages)
        return {occasion: [replace(whole, moved=tuple(moved), why=WHY)]}
    if occasion in (CANCELLED, WITHDRAWN):
        return {occasion: [replace(whole, why=WHY)]}
    if occasion == EVIDENCE and not review.asked:
        message = "nothing is asked of it at present."
        raise Refused.because(review.code, message, "Leave the activity out to see a sample.")
    if occasion == EVIDENCE:
        day = review.asked[0].due_on
        line = Line("evidence", "Evidence", "deadline", day, day)
        return {occasion: [replace(whole, line=line, asked=review.asked)]}
    if occasion == DONE:
        line = replace(review.lines[0], is_done=True)
        return {occasion: [replace(whole, line=line, when=f"Done on {line.when}.")]}
    if occasion == REMINDER:
        line = next(
            (line for line in review.lines if not line.is_done and line.last >= as_of), review.lines[-1]
        )
        when = f"Due {line.when} ({distance_in_words(line.last, as_of)})."
        return {occasion: [replace(whole, line=line, when=when, timing="ahead")]}
    if occasion == JOINED:
        offer = offer_of(review.code, "I001", as_of + 2 * WEEK, address)
        return {occasion: [replace(whole, offer=offer)]}
    if occasion == QUESTIONNAIRE:
        reply_by = as_of + 2 * WEEK
        link = f"{address}/answers/{A_SECRET}" if address else ""
        asked = AskedToAnswer(review.name, 9, reply_by, link)
        return {occasion: [replace(whole, to_answer=asked)]}
    if happened := happened_in_samples(as_of).get(occasion):
        return {occasion: [replace(whole, happened=happened)]}
    return {occasion: [whole]}


def _a_week_earlier(line: Line) -> str:
    return span_in_words(line.first - WEEK, line.last - WEEK)
