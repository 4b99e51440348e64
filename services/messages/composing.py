"""What a message says: facts of the tables as values for the templates, and the templates' words put into one text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlmodel import Session, col, select

from config.framework import role_in_words
from models import Activity, Area, Evidence, EvidenceNeed, Step
from reports.ics import CalendarEvent, calendar_bytes
from reports.words import list_in_words
from services.casework import reminders
from services.casework.announcements import NOTICE, OVER, News
from services.casework.contacts import Contacts
from services.casework.contacts import Person as Holder
from services.casework.evidence.reminding import ASKED, SERVED, is_about_evidence, said_of_evidence, spoken_of
from services.casework.evidence.states import OPEN
from services.casework.follow_up.reminding import is_about_follow_up, said_of_follow_up
from services.casework.organisations import partner_of
from services.messages.attached_dates import AttachedDates
from services.messages.contents import Content, Due, latest_of
from services.messages.lines import (
    as_it_was_told,
    line_of,
    links_of,
    questions_of,
    role_words,
    timing_of,
    when_in_words,
)
from services.messages.offers import Offers
from services.messages.reasons import why
from services.messages.templates import words_of
from services.messages.triggers import BY_ID, FRAME, OCCASIONS
from services.messages.values import (
    Asked,
    Frame,
    Item,
    Line,
    Moved,
    Person,
    Review,
    Section,
    Side,
    span_in_words,
)
from services.programme import Rules

REMINDER, DONE, EVIDENCE = "reminder", "done", "evidence"
NAMED_BY_THE_FIRST = (REMINDER, DONE, EVIDENCE)
"""Occasions whose subject names the first of several things."""

SAID_BY_NOTICES = (ASKED, reminders.DONE)
"""Rules of reminders that a notice of the same activity leaves nothing to say of."""


@dataclass(frozen=True)
class Message:
    """What one person is told on a day. `occasions` are those of its sections; `calendar` is iCalendar or empty."""

    subject: str
    body: str
    occasions: tuple[str, ...]
    calendar: str = ""


class Composer:
    """Makes messages of one day; areas, steps and requests are read once."""

    def __init__(
        self, session: Session, rules: Rules, contacts: Contacts, as_of: date, address: str = ""
    ) -> None:
        self._session, self._rules, self._contacts = session, rules, contacts
        self._as_of, self._address = as_of, address
        self._steps: dict[int, list[Step]] = {}

    def message(self, content: Content) -> Message:
        """Everything that there is to say to a person in one message."""
        items = self.items(content)
        return self.put_together(items, content.person, self._side(content), self._dates.events(content))

    def put_together(
        self,
        items: Mapping[str, list[Item]],
        person: Holder,
        side: Side,
        events: Iterable[CalendarEvent] = (),
    ) -> Message:
        """Items by occasion, in the order of the occasions, in their frame."""
        reader = Person(person.name, self._reader_role(items, person), person.email)
        sections = {
            occasion.id: _say(occasion.id, side, items[occasion.id], reader, self._as_of)
            for occasion in OCCASIONS
            if items.get(occasion.id)
        }
        reviews = [item.review for found in items.values() for item in found]
        first = next(iter(sections))
        unnamed = len(items[first]) - 1 if first in NAMED_BY_THE_FIRST else 0
        more = unnamed + len(sections) - 1
        frame = Frame(
            reader, tuple(sections.values()), questions_of(reviews), links_of(reviews, self._address), more
        )
        whole = words_of(FRAME.id, side).say({**vars(frame), "today": self._as_of})
        found = list(events)
        name = list_in_words(sorted({review.area for review in reviews}))
        calendar = calendar_bytes(name, found, self._as_of).decode() if found else ""
        return Message(whole.subject, whole.text + "\n", tuple(sections), calendar)

    def items(self, content: Content) -> dict[str, list[Item]]:
        """What is said on each occasion; what a notice says of its review is not said again."""
        noticed = {news.activity.id for news in content.news if news.occasion == NOTICE}
        found: dict[str, list[Item]] = {}
        for news in content.news:
            found.setdefault(news.occasion, []).append(self.item_of(news))
        for due in latest_of(content.due):
            if not (due.reminder.rule in SAID_BY_NOTICES and due.activity.id in noticed):
                occasion = _OCCASION_OF_RULE.get(due.reminder.rule, REMINDER)
                found.setdefault(occasion, []).append(self._item_of_due(due, content.person))
        for of_occasion in found.values():
            of_occasion.sort(key=lambda item: (item.line.first if item.line else date.min, item.review.area))
        return found

    def item_of(self, news: News) -> Item:
        """News of an activity for a person."""
        is_off = news.occasion in OVER
        review = self.review(news.activity, news.person, with_all=is_off)
        if is_off:
            review = as_it_was_told(review, news.days)
        return Item(
            review=review,
            role=self._role(news.activity, news.person.role),
            moved=tuple(self._moved(news)),
            why=why(self._session, news, self._rules.of(news.activity), self.steps_of(news.activity)),
            is_anew=news.is_anew,
            offer=self._offers.of(news),
        )

    def review(self, activity: Activity, person: Holder, with_all: bool = False) -> Review:
        """An activity as one reader sees it; `with_all` also the steps that are not to come any more."""
        framework, area = self._rules.of(activity), self._areas[activity.area_code]
        mine = {person.role, person.asked_for}
        steps = [step for step in self.steps_of(activity) if with_all or step.state != "superseded"]
        lines = sorted((line_of(step, framework, mine) for step in steps), key=lambda line: line.first)
        asked = (
            Asked(row.name, row.due_on, role_words(framework, row.asked_of), row.asked_of in mine)
            for row in self._evidence.get(activity.id or 0, [])
        )
        return Review(
            code=activity.code,
            area=area.name,
            name=framework.name,
            precision=activity.precision or "",
            lines=tuple(lines),
            asked=tuple(asked),
            people=self._people(activity, person),
            address=f"{self._address}/areas/{area.code}" if self._address else "",
        )

    def steps_of(self, activity: Activity) -> list[Step]:
        """The steps of an activity in their order, also those that are not to come any more."""
        key = activity.id or 0
        if key not in self._steps:
            query = select(Step).where(Step.activity_id == key).order_by(col(Step.position))
            self._steps[key] = list(self._session.exec(query))
        return self._steps[key]

    def _item_of_due(self, due: Due, person: Holder) -> Item:
        reminder, framework = due.reminder, self._rules.of(due.activity)
        reader = replace(person, asked_for=reminder.role)
        line = line_of(due.step, framework, {reminder.role})
        if is_about_evidence(reminder):
            line = self._line_of_evidence(due)
        elif is_about_follow_up(reminder):
            line = self._line_of_follow_up(due)
        return Item(
            review=self.review(due.activity, reader),
            role=self._role(due.activity, reminder.role),
            line=line,
            when=when_in_words(line, reminder, self._as_of),
            timing=timing_of(line, reminder, self._as_of),
            asked=self._asked(due) if reminder.rule == ASKED else (),
        )

    def _line_of_evidence(self, due: Due) -> Line:
        """What is said of evidence, as a deadline of its own."""
        said = said_of_evidence(self._session, due.reminder, self._contacts)
        day = due.reminder.due_on
        who = self._role(due.activity, due.reminder.role)
        return Line(due.step.step_id, said.title, "deadline", day, day, who=who, note=said.remark)

    def _line_of_follow_up(self, due: Due) -> Line:
        """What owners are to do, or monitors look at, as a deadline of its own."""
        said = said_of_follow_up(self._session, due.reminder, self._contacts)
        day = due.reminder.due_on
        who = said.who or self._role(due.activity, due.reminder.role)
        return Line(due.step.step_id, said.title, "deadline", day, day, who=who, note=said.remark)

    def _asked(self, due: Due) -> tuple[Asked, ...]:
        items = spoken_of(self._session, due.reminder, self._contacts)
        return tuple(Asked(item.name, item.due_on, "", is_mine=True) for item in items)

    def _moved(self, news: News) -> Iterable[Moved]:
        steps = {step.step_id: step for step in self.steps_of(news.activity)}
        for step_id, span in news.before.items():
            step, now = steps[step_id], news.days.get(step_id)
            before, after = (span_in_words(*found) if found else "" for found in (span, now))
            yield Moved(step.name, before, after, step.rule if now else "")

    def _people(self, activity: Activity, reader: Holder) -> tuple[Person, ...]:
        """Whom to ask: the leader of the team and the contact point; nobody asks themselves."""
        leading = self._rules.of(activity).team_roles[:1]
        holders = [holder for role in leading for holder in self._contacts.holders(activity, role)]
        leaders = [holder for holder in holders if holder.role in leading]
        point = self._contacts.contact_point(activity)
        found: dict[str, Person] = {}
        for holder in (*leaders, *((point,) if point else ())):
            if holder.mailbox != reader.mailbox:
                words = self._role(activity, holder.role)
                found.setdefault(holder.mailbox, Person(holder.name, words, holder.email, holder.telephone))
        return tuple(found.values())

    def _side(self, content: Content) -> Side:
        """The inspectorate's side if a person has any role there in what is said."""
        roles = [(news.activity, news.person.role) for news in content.news]
        roles += [(due.activity, due.reminder.role) for due in content.due]
        is_inside = any(self._contacts.is_inside(activity, role) for activity, role in roles)
        return "inspectorate" if is_inside else "authority"

    def _reader_role(self, items: Mapping[str, list[Item]], person: Holder) -> str:
        """The role under which a person is known, as the first framework that has it calls it."""
        codes = {item.review.code for found in items.values() for item in found}
        query = select(Activity).where(col(Activity.code).in_(codes)).order_by(col(Activity.code))
        rows = self._session.exec(query).all()
        for row in rows:
            if (partner := partner_of(self._session, row.area_code, person.role)) is not None:
                return partner.name
        known = (self._rules.of(row).roles.get(person.role) for row in rows)
        return next(filter(None, known), role_in_words(person.role))

    def _role(self, activity: Activity, role: str) -> str:
        partner = partner_of(self._session, activity.area_code, role)
        return partner.name if partner is not None else role_words(self._rules.of(activity), role)

    @cached_property
    def _offers(self) -> Offers:
        return Offers(self._session, self._rules, self._as_of, self._address)

    @cached_property
    def _dates(self) -> AttachedDates:
        return AttachedDates(self._session, self._rules, self._areas, self.steps_of)

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.code: area for area in self._session.exec(select(Area))}

    @cached_property
    def _evidence(self) -> dict[int, list[Evidence]]:
        """What was asked for and is still to come, by the activity that needs it."""
        query = (
            select(EvidenceNeed.activity_id, Evidence)
            .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
            .where(col(Evidence.state).in_(OPEN), col(EvidenceNeed.was_asked))
            .order_by(col(Evidence.due_on), col(Evidence.id))
        )
        found: dict[int, list[Evidence]] = {}
        for activity_id, evidence in self._session.exec(query):
            found.setdefault(activity_id, []).append(evidence)
        return found


def _say(occasion: str, side: Side, items: list[Item], reader: Person, as_of: date) -> Section:
    # What only one side hears is said in its words, also where the reader is of both.
    known = BY_ID[occasion].sides
    words = words_of(occasion, side if side in known else known[0])
    return words.say({"items": items, "person": reader, "today": as_of})


_OCCASION_OF_RULE = {reminders.DONE: DONE, reminders.UNDONE: DONE, ASKED: EVIDENCE, SERVED: EVIDENCE}
"""Of the rules of single words; any other reminds."""
