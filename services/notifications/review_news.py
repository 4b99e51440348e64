"""Reports for the partners who get them, and accepted statements of proposed action (R066, R083, R092)."""

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from models import ActionStatement, Activity, Circulation, Partner, Step
from services.casework.contacts import Contacts, Person
from services.casework.follow_up.rows import recommendations_of
from services.casework.follow_up.statements import ACCEPTED, statement_of
from services.casework.steps import last_day
from services.messages.single_messages import SingleMessage
from services.messages.triggers import REPORT, STATEMENT
from services.messages.values import Happened
from services.notifications.recent import first_day_of_news, item_about
from services.programme import Rules, rules_of

DRAFT, PUBLISHED = "draft", "published"


def about_reports(session: Session, as_of: date, address: str) -> Iterator[SingleMessage]:
    """To each partner the draft that was ticked as sent to it lately, and later that the report is published."""
    rules = rules_of(session)
    for sent, activity, partner in session.exec(_sent_or_published_lately(as_of)).all():
        for happened in _of_report(session, rules, sent, activity, as_of):
            if first_day_of_news(as_of) <= happened.on <= as_of:
                item = item_about(session, activity.area_code, rules.of(activity).name, happened, address)
                reader = Person(partner.chief_officer, partner.email, "partner", telephone=partner.telephone)
                key = f"{activity.code}|{sent.step_id}|{partner.name}|{happened.step}|{happened.on}"
                yield SingleMessage(REPORT, key, item, reader, "authority")


def _sent_or_published_lately(as_of: date) -> "Select[Circulation, Activity, Partner]":
    """Drafts that were ticked as sent lately, and those of activities of which a step was done lately."""
    first = first_day_of_news(as_of)
    moved = select(Step.activity_id).where(col(Step.actual_on).between(first, as_of))
    return (
        select(Circulation, Activity, Partner)
        .join(Activity, col(Activity.id) == col(Circulation.activity_id))
        .join(
            Partner,
            (col(Partner.area_code) == col(Activity.area_code))
            & (col(Partner.name) == col(Circulation.organisation)),
        )
        .where(Activity.state != "cancelled", Partner.email != "")
        .where(
            or_(
                col(Circulation.sent_on).between(first, as_of),
                col(Circulation.activity_id).in_(moved),
            )
        )
        .order_by(col(Circulation.id))
    )


def _of_report(
    session: Session, rules: Rules, sent: Circulation, activity: Activity, as_of: date
) -> Iterator[Happened]:
    """That the draft was sent, with the day for comments if it is still to come; and that the report is published."""
    report = rules.of(activity).report
    steps = {row.step_id: row for row in session.exec(select(Step).where(Step.activity_id == activity.id))}
    comments = steps.get(report.comments_at) if report else None
    comments_by = last_day(comments) if comments and comments.state != "done" else None
    is_to_come = comments_by is not None and comments_by >= as_of
    yield Happened(sent.organisation, sent.sent_on, step=DRAFT, due_on=comments_by if is_to_come else None)
    out = steps.get(report.published_at) if report else None
    if out is not None and out.state == "done" and out.actual_on is not None:
        yield Happened(sent.organisation, out.actual_on, step=PUBLISHED)


def about_statements(session: Session, as_of: date, address: str) -> Iterator[SingleMessage]:
    """Each statement that was accepted lately, to the roles that its framework names (R092)."""
    query = (
        select(ActionStatement, Activity)
        .join(Activity, col(Activity.id) == col(ActionStatement.activity_id))
        .where(ActionStatement.state == ACCEPTED)
        .where(col(ActionStatement.decided_on).between(first_day_of_news(as_of), as_of))
        .order_by(col(ActionStatement.id))
    )
    rules = rules_of(session)
    contacts = Contacts(session, rules)
    for statement, activity in session.exec(query).all():
        follow_up = rules.of(activity).follow_up
        if follow_up is None or statement_of(session, activity.id) is not statement:
            continue  # another one has taken its place
        happened = _of_statement(session, statement, activity)
        item = item_about(session, activity.area_code, rules.of(activity).name, happened, address)
        for role in follow_up.accepted_to:
            for reader in contacts.holders(activity, role):
                key = f"{activity.code}|{statement.received_on}|{happened.on}"
                yield SingleMessage(STATEMENT, key, item, reader, "inspectorate")


def _of_statement(session: Session, statement: ActionStatement, activity: Activity) -> Happened:
    assert statement.decided_on is not None  # it is accepted
    found = [row for row in recommendations_of(session, activity) if row.withdrawn_on is None]
    return Happened(
        "statement",
        statement.decided_on,
        by=statement.decided_by,
        received_on=statement.received_on,
        lines=tuple(f"{row.number}. {row.text}" for row in found),
    )
