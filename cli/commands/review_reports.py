"""`report`: the report of a review is written part by part, commented on, shown and exported (R066, R083-R087)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.files import read_text, require_writable, write_bytes
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from models import session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.casework.reporting.comments import NewComment, add_comment, answer_comment
from services.casework.reporting.linked_reports import NewLink, link_report, unlink_report
from services.casework.reporting.texts import write_part
from services.naming.steps import find_activity
from services.shown.report import ReportView, report_view
from services.shown.report_exports import Excerpt, ReportFormat, export_report, report_for
from services.shown.shown_plan import Audience

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="Its number.")]


def show(activity: arguments.OneActivity, as_json: arguments.Json = False) -> None:
    """Show the parts of a report, comments on the draft, the versions that others have, and who gets the grades."""
    with session(open_database(), read_only=True) as opened:
        found = find_activity(opened, activity)
        view = report_view(opened, found)
    if as_json:
        print_json({"activity": found.code, "report": view})
        return
    if not view.parts:
        say("Its framework has no report.")
    else:
        parts = [(part.id, part.name, str(len(part.text)), part.state) for part in view.parts]
        print_table(f"Report of {found.code}", ("part", "name", "letters", "state"), parts)
    if view.comments:
        comments = [
            (str(row.number), row.organisation, row.about, row.text, row.answer or "none yet")
            for row in view.comments
        ]
        print_table("Comments on the draft", ("number", "from", "on", "comment", "answer"), comments)
    for line in _lines(view):
        say(line)


@changing(on_behalf_of=True)
def write(
    activity: arguments.OneActivity,
    part: Annotated[
        str, typer.Argument(metavar="PART", help="A section, or an aspect of it: management.leadership.")
    ],
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The text, as a file; a blank line ends a paragraph.")
    ] = None,
    text: Annotated[str, typer.Option(metavar="TEXT", help="The text itself.")] = "",
    edition: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="NUMBER",
            help="The edition that you saw, 0 for none; refused if there is a newer one.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Write a part of a report anew; earlier editions stay."""
    if (file is None) == (not text):
        raise WrongUsage("a part needs one text. Give either --file or --text.")
    words = text
    if file is not None:
        words = read_text(file)

    def change(opened: Session) -> int:
        code = find_activity(opened, activity).code
        return write_part(opened, code, part, words, asked.word, seen=edition).edition

    kept = asked.changed(change)
    if asked.as_json:
        print_json({"part": part, "edition": kept})
    else:
        say(f"{part} is kept as edition {kept}.")


@changing(on_behalf_of=True)
def comment(
    activity: arguments.OneActivity,
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="From whom it is.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What it says.")],
    part: Annotated[
        str, typer.Option(metavar="PART", help="The part of the report that it is about; default: the whole.")
    ] = "",
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it came; default: today.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Record a comment of an organisation on the draft."""
    day = arguments.parse_day(on, "--on") if on else None

    def change(opened: Session) -> int:
        code = find_activity(opened, activity).code
        return add_comment(opened, code, NewComment(organisation, text, part, day), asked.word).number

    number = asked.changed(change)
    if asked.as_json:
        print_json({"comment": number})
    else:
        say(f"Comment {number} is recorded.")


@changing(on_behalf_of=True)
def answer(
    activity: arguments.OneActivity,
    number: Number,
    state: Annotated[str, typer.Argument(metavar="ANSWER", help="accepted or refused.")] = "",
    *,
    asked: Asked,
) -> None:
    """Accept a comment on the draft, or refuse it with a reason."""

    def change(opened: Session) -> str:
        return answer_comment(opened, find_activity(opened, activity).code, number, state, asked.word).state

    said = asked.changed(change)
    if asked.as_json:
        print_json({"comment": number, "state": said})
    else:
        say(f"Comment {number} is {said}.")


@changing(on_behalf_of=True)
def link(
    activity: arguments.OneActivity,
    service: Annotated[str, typer.Argument(metavar="SERVICE", help="The service that it is about.")],
    title: Annotated[str, typer.Option(metavar="TEXT", help="What the report is called.")] = "",
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where it is, such as https://council.example/youth.pdf.")
    ] = "",
    summary: Annotated[str, typer.Option(metavar="TEXT", help="What it found, in short.")] = "",
    *,
    asked: Asked,
) -> None:
    """Name a report of its own on one service, with its findings in short."""

    def change(opened: Session) -> int:
        code = find_activity(opened, activity).code
        return link_report(opened, code, NewLink(service, title, address, summary), asked.word).id or 0

    number = asked.changed(change)
    if asked.as_json:
        print_json({"report": number})
    else:
        say(f"Report {number} on {service} is named.")


@changing(on_behalf_of=True)
def unlink(activity: arguments.OneActivity, number: Number, *, asked: Asked) -> None:
    """Take out a report on one service again, with a reason."""

    def change(opened: Session) -> str:
        return unlink_report(opened, find_activity(opened, activity).code, number, asked.word).service

    service = asked.changed(change)
    if asked.as_json:
        print_json({"report": number})
    else:
        say(f"The report on {service} is taken out.")


def export(
    activity: arguments.OneActivity,
    output: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
    format: Annotated[
        ReportFormat | None, typer.Option(help="What it is written as; default: by the file's ending.")
    ] = None,
    only: Annotated[
        Excerpt, typer.Option(help="All of it, or the summary for the public or for children alone.")
    ] = Excerpt.WHOLE,
    for_authority: Annotated[
        bool, typer.Option("--for-authority", help="The newest version that its authority was sent.")
    ] = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Write a report as a page, as a document for a word processor, or as a printed file."""
    endings = {kind.value: kind for kind in ReportFormat}
    kind = format or endings.get(output.suffix.removeprefix(".").lower())
    if kind is None:
        raise WrongUsage(f"{output} has no ending of a report. Name it like report.html, or give --format.")
    require_writable(output)
    with session(open_database(), read_only=True) as opened:
        audience = Audience.AUTHORITY if for_authority else Audience.INSPECTORATE
        report = report_for(opened, find_activity(opened, activity), audience, arguments.today(as_of))
    file = export_report(report, kind, only)
    write_bytes(output, file.content)
    if as_json:
        print_json({"file": str(output), "version": report.version, "on": report.on})
    else:
        say(f"{output}: {report.title}, {report.version.lower()}.")


def _lines(view: ReportView) -> Iterator[str]:
    for row in view.linked:
        yield f"Report {row.id} on {row.service}: {row.title}. {row.summary}"
    for version in view.versions:
        yield f"{version.name}: {date_in_words(version.on)}."
    for fed in view.feeds:
        yield f"{fed.name}{f', {fed.counts_from}' if fed.counts_from else ''}: {fed.in_words}."
    for fed in view.inputs:
        day = date_in_words(fed.published_on)
        yield f"Input of {fed.of} {fed.activity}, published on {day}: {fed.in_words}."
