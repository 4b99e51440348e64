"""What a message says: facts of the tables as values for the templates, and the templates' words put into one text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from sqlmodel import Session, col, select

from models import Activity, Area, Evidence, EvidenceNeed, PlanVersion, Step
from reports.ics import CalendarEvent, EventStatus, calendar_bytes, event_uid
from reports.words import date_in_words, list_in_words
from services import audit
from services.casework.announcements import CANCELLED, LEFT, NOTICE, News, span_of
from services.casework.contacts import Contacts
from services.casework.contacts import Person as Holder
from services.casework.evidence.reminding import ASKED, SERVED, is_about_evidence, said_of_evidence, spoken_of
from services.casework.evidence.states import OPEN
from services.messages.contents import SINGLE_WORDS, Content, Due, latest_of
from services.messages.lines import (
    as_it_was_told,
    line_of,
    links_of,
    questions_of,
    role_words,
    timing_of,
    when_in_words,
)
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

DATED = frozenset({"stage", "milestone"})
"""Kinds of step that a calendar shows: deadlines take no time of anybody's."""


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
        return self.put_together(items, content.person, self._side(content), self._events(content))

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
        """What is said on each occasion. A notice says all of its review: what is asked for is not said again."""
        noticed = {news.activity.id for news in content.news if news.occasion == NOTICE}
        found: dict[str, list[Item]] = {}
        for news in content.news:
            found.setdefault(news.occasion, []).append(self.item_of(news))
        for due in latest_of(content.due):
            if not (due.reminder.rule == ASKED and due.activity.id in noticed):
                occasion = _OCCASION_OF_RULE.get(due.reminder.rule, REMINDER)
                found.setdefault(occasion, []).append(self._item_of_due(due, content.person))
        for of_occasion in found.values():
            of_occasion.sort(key=lambda item: (item.line.first if item.line else date.min, item.review.area))
        return found

    def item_of(self, news: News) -> Item:
        """News of an activity for a person."""
        is_off = news.occasion in (LEFT, CANCELLED)
        review = self.review(news.activity, news.person, with_all=is_off)
        if is_off:
            review = as_it_was_told(review, news.days)
        return Item(
            review=review,
            role=self._role(news.activity, news.person.role),
            moved=tuple(self._moved(news)),
            why=self._why_cancelled(news) if news.occasion == CANCELLED else self._why(news),
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

    def _asked(self, due: Due) -> tuple[Asked, ...]:
        items = spoken_of(self._session, due.reminder, self._contacts)
        return tuple(Asked(item.name, item.due_on, "", is_mine=True) for item in items)

    def _moved(self, news: News) -> Iterable[Moved]:
        steps = {step.step_id: step for step in self.steps_of(news.activity)}
        for step_id, span in news.before.items():
            step = steps[step_id]
            yield Moved(step.name, span_in_words(*span), span_in_words(*span_of(step)), step.rule)

    def _why(self, news: News) -> str:
        """The reason for changed dates: that of the plan, or what happened to the steps that they count from."""
        if not news.before:
            return ""
        if news.is_new_plan:
            plan = self._session.get(PlanVersion, news.activity.plan_version)
            return (plan.reason if plan else "").rstrip(".") or "a new plan was published"
        steps = {step.step_id: step for step in self.steps_of(news.activity)}
        moved = [steps[step] for step in news.before]
        origins = {
            step.counted_from: steps[step.counted_from] for step in moved if step.counted_from in steps
        }
        reasons = [
            f"{origin.name} was done on {date_in_words(origin.actual_on)}"
            for origin in origins.values()
            if origin.actual_on is not None
        ]
        reasons += [f"another day was agreed for {step.name}" for step in moved if step.agreed_on is not None]
        return list_in_words(list(dict.fromkeys(reasons))) or "the steps before have moved"

    def _why_cancelled(self, news: News) -> str:
        """The reason that was given for the last word about the activity as a whole."""
        found = audit.entries(self._session, news.activity.code)
        return next((entry.why.rstrip(".") for entry in found if entry.why), "")

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
        rows = self._session.exec(
            select(Activity).where(col(Activity.code).in_(codes)).order_by(col(Activity.code))
        )
        known = (self._rules.of(row).roles.get(person.role) for row in rows)
        return next(filter(None, known), person.role.replace("_", " ").capitalize())

    def _role(self, activity: Activity, role: str) -> str:
        return role_words(self._rules.of(activity), role)

    def _events(self, content: Content) -> Iterable[CalendarEvent]:
        """Stages and meetings of what is told, each once, under the identities of the calendar feeds."""
        found: dict[str, CalendarEvent] = {}
        for news in content.news:
            is_off = news.occasion in (LEFT, CANCELLED)
            for step in self.steps_of(news.activity):
                if step.kind in DATED and step.step_id in news.days:
                    event = self._event(news.activity, step, is_off)
                    found[event.uid] = event
        for due in content.due:
            is_of_step = due.reminder.rule not in SINGLE_WORDS and not is_about_evidence(due.reminder)
            if due.step.kind in DATED and is_of_step:
                event = self._event(due.activity, due.step, False)
                found.setdefault(event.uid, event)
        return found.values()

    def _event(self, activity: Activity, step: Step, is_off: bool) -> CalendarEvent:
        framework, area = self._rules.of(activity), self._areas[activity.area_code]
        is_firm = activity.precision in ("confirmed", "final")
        firm = EventStatus.CONFIRMED if is_firm else EventStatus.TENTATIVE
        return CalendarEvent(
            uid=event_uid(activity.code, step.step_id),
            name=f"{area.name}: {framework.name}, {step.name}",
            start=span_of(step)[0],
            end=span_of(step)[1] + timedelta(days=1),
            sequence=activity.revision + is_off,  # a calendar takes a cancellation only under a higher number
            status=EventStatus.CANCELLED if is_off else firm,
            categories=(framework.name,),
            changed_at=datetime.combine(step.dated_on or self._as_of, time(), UTC),
        )

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.code: area for area in self._session.exec(select(Area))}

    @cached_property
    def _evidence(self) -> dict[int, list[Evidence]]:
        """What was asked for and is still to come, by the activity that needs it."""
        query = (
            select(EvidenceNeed.activity_id, Evidence)
            .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
            .where(col(Evidence.state).in_(OPEN))
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


_OCCASION_OF_RULE = {"done": DONE, "undone": DONE, ASKED: EVIDENCE, SERVED: EVIDENCE}
"""Of the rules of single words; any other reminds."""
