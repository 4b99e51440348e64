"""The texts of a report (R084, R185): each part in editions, so that nobody overwrites unseen what others wrote."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from config.findings import nearest
from config.reporting import Part
from models import Activity, ReportText
from services.audit import Word
from services.casework.contacts import OPERATIONS
from services.casework.reporting.line_changes import list_changes
from services.casework.reporting.report_case import ReportCase
from services.doors import DECIDE_AGAIN, Advice
from services.errors import AlreadySo, NotFound, Objection

WRITE = "write report"


def write_part(
    session: Session, code: str, part: str, text: str, word: Word, *, seen: int | None = None
) -> ReportText:
    """Keep a new edition of a part of the report.

    Parameters
    ----------
    part
        A section, or an aspect of one: 'management.leadership'.
    seen
        The edition that the writer had before them, 0 for none; refused if there is a newer one. None: whatever there
        is.

    Raises
    ------
    NotFound
        If there is no such part.
    Refused
        If somebody wrote since, if the text is too long, if the report is published, by somebody without the role.
    """
    case = ReportCase(session, code, word)
    found = _part(case, part)
    newest = newest_texts(session, case.activity).get(found.id)
    edition, wanted = (0, "") if newest is None else (newest.edition, newest.text), _tidy(text)
    if edition[1] == wanted:
        raise AlreadySo.because(case.place(found.id), "that is its text.")
    roles = (*found.section.who, OPERATIONS)
    case.refuse(
        [
            *case.objections_to_state(),
            *_changed_since(case, found, newest, seen),
            *_length(case, found, wanted),
            *case.objections_to_speaker(roles, found.section.due_at),
        ]
    )
    row = ReportText(
        activity_id=case.number,
        part=found.id,
        edition=edition[0] + 1,
        text=wanted,
        written_by=word.who,
        written_at=word.at,
        written_on=word.as_of,
    )
    session.add(row)
    session.flush()
    told = {"edition": row.edition, "letters": len(wanted)}
    case.audit(WRITE, found.id, before={"letters": len(edition[1])}, after=told)
    return row


def newest_texts(session: Session, activity: Activity) -> dict[str, ReportText]:
    """The edition that holds of each part that was ever written."""
    query = select(ReportText).where(ReportText.activity_id == activity.id)
    return {row.part: row for row in session.exec(query.order_by(col(ReportText.edition)))}


def editions_of(session: Session, activity: Activity, part: str) -> list[ReportText]:
    """Every edition of a part, the oldest first."""
    query = select(ReportText).where(ReportText.activity_id == activity.id, ReportText.part == part)
    return list(session.exec(query.order_by(col(ReportText.edition))))


def _part(case: ReportCase, name: str) -> Part:
    parts = {part.id: part for part in case.report_rules().parts()}
    if name not in parts:
        raise NotFound(case.place(name), "the report has no such part.", nearest(name, parts))
    return parts[name]


def _tidy(text: str) -> str:
    """Lines end as ours do, and without blanks; forms and files of other systems end them otherwise."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _changed_since(
    case: ReportCase, part: Part, newest: ReportText | None, seen: int | None
) -> Iterator[Objection]:
    if newest is None or seen is None or seen == newest.edition:
        return
    editions = {row.edition: row.text for row in editions_of(case.session, case.activity, part.id)}
    changes = list_changes(editions.get(seen, ""), newest.text)
    message = f"{newest.written_by} wrote it since: it is at edition {newest.edition} now. {changes}"
    advice = Advice(f"Read the difference, then repeat this with --edition {newest.edition}.", DECIDE_AGAIN)
    yield Objection(case.place(part.id), message, advice, field="text")


def _length(case: ReportCase, part: Part, text: str) -> Iterator[Objection]:
    most = part.section.most_letters
    if len(text) > most:
        message = f"it has {len(text):,} letters, and {most:,} at most are taken."
        yield Objection(case.place(part.id), message, "Shorten it.", field="text")
