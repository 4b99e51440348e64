"""Versions of a report: as it was when a step was signed off, and who else may see it from then on (R066, R083)."""

from collections.abc import Iterator
from datetime import date

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from config.framework import Framework
from config.reporting import Section
from models import Activity, Area, ReportText, ReportVersion, Step
from reports.reported import Found, Grade, Outcome, Passage, Reported, ServiceReport
from services.audit import Word
from services.casework.judging import judgements_of
from services.casework.reporting.findings import KIND_WORDS, FindingKind, findings_of
from services.casework.reporting.linked_reports import linked_reports_of
from services.casework.reporting.texts import newest_texts
from services.casework.steps import steps_of
from services.programme import rules_of

WORKING = "Being written"
"""The version that nobody else has."""

_DOCUMENT = TypeAdapter(Reported)


def keep_version(session: Session, activity: Activity, step: Step, word: Word) -> None:
    """Keep the report as it is, if its framework says so of the step that was signed off."""
    report = rules_of(session).of(activity).report
    if report is None or step.step_id not in report.versions:
        return
    on = step.actual_on or word.as_of
    document = written_now(session, activity, on, report.versions[step.step_id])
    session.add(
        ReportVersion(
            activity_id=activity.id or 0,
            step_id=step.step_id,
            document=_DOCUMENT.dump_json(document).decode(),
            kept_by=word.who,
            kept_at=word.at,
            kept_on=word.as_of,
        )
    )
    session.flush()


def versions_of(session: Session, activity: Activity) -> dict[str, Reported]:
    """The versions that others have, by step, the oldest first: those whose step is done."""
    report = rules_of(session).of(activity).report
    if report is None:
        return {}
    done = {step.step_id for step in steps_of(session, activity) if step.state == "done"}
    query = select(ReportVersion).where(ReportVersion.activity_id == activity.id)
    newest = {row.step_id: row for row in session.exec(query.order_by(col(ReportVersion.id)))}
    return {
        step: _DOCUMENT.validate_json(newest[step].document)
        for step in report.versions
        if step in newest and step in done
    }


def published_report(session: Session, activity: Activity) -> Reported | None:
    """The report as it was published; None before, or if that was taken back."""
    report = rules_of(session).of(activity).report
    return None if report is None else versions_of(session, activity).get(report.published_at)


def written_now(session: Session, activity: Activity, on: date, version: str = WORKING) -> Reported:
    """The report as it stands, whoever may see it."""
    framework = rules_of(session).of(activity)
    assert framework.report is not None  # whoever asks has looked
    texts = newest_texts(session, activity)
    sections = tuple(_passage(section, texts) for section in framework.report.sections)
    alone = {
        section.id: passage for section, passage in zip(framework.report.sections, sections, strict=True)
    }
    return Reported(
        code=activity.code,
        name=framework.name,
        area=session.get_one(Area, activity.area_code).name,
        version=version,
        on=on,
        grades=tuple(_grades(session, activity, framework)),
        sections=sections,
        outcomes=tuple(_outcomes(session, activity, framework)),
        linked=tuple(
            ServiceReport(row.service, row.title, row.link, row.summary)
            for row in linked_reports_of(session, activity)
        ),
        summary=alone[framework.report.public_summary],
        children=alone[framework.report.children_summary],
    )


def _passage(section: Section, texts: dict[str, ReportText]) -> Passage:
    written = [(part, texts[part.id].text if part.id in texts else "") for part in section.parts()]
    if section.aspects:
        return Passage(section.name, "", tuple(Passage(part.aspect, text) for part, text in written))
    return Passage(section.name, written[0][1])


def _grades(session: Session, activity: Activity, framework: Framework) -> Iterator[Grade]:
    grades = judgements_of(session, activity).grades
    for slot in framework.judgements:
        if slot.id in grades:
            yield Grade(slot.id, slot.name, grades[slot.id], slot.scale[-1])


def _outcomes(session: Session, activity: Activity, framework: Framework) -> Iterator[Outcome]:
    """Findings by outcome; those of contributions outside a narrow scope stand under theirs all the same."""
    rows, rules = findings_of(session, activity), framework.findings
    causes = {} if rules is None else {**rules.causes, **rules.not_judged}
    for outcome, name in framework.outcomes.items():
        found = tuple(
            Found(
                contribution.name,
                KIND_WORDS[FindingKind(row.kind)],
                row.text,
                causes.get(row.cause, row.cause),
                row.managed,
                row.services,
            )
            for contribution in framework.contributions
            if contribution.outcome == outcome
            for row in rows
            if row.contribution == contribution.id
        )
        if found:
            yield Outcome(name, found)
