"""Publish a plan, and arrange at once what follows from its dates."""

from datetime import date
from typing import Any

from prefect import State, flow, task
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.artifacts.programme_artifacts import show_programme
from flows.horizon import arrange_stage_runs
from flows.stage_runs import Reconciled
from models import session
from reports.words import plural
from services.audit import Word
from services.bootstrap import day_of, now, open_engine
from services.plans.publication import Precision, Publication, Waiver
from services.plans.publication import publish as publish_plan


def _name() -> str:
    given = {"precision": "indicative", **flow_run.parameters}
    return f"Publish plan {given['version']} ({given['precision']})"


@flow(name="publish", flow_run_name=_name)
def publish(
    version: int,
    precision: Precision = Precision.INDICATIVE,
    reason: str = "",
    waivers: list[Waiver] | None = None,
    moving: list[str] | None = None,
    who: str = "operations",
    as_of: date | None = None,
) -> State[Any]:
    """Make a plan the published programme: indicative, confirmed or final (R016-R018).

    Every activity gets its steps on real dates, moved ones take their reminders and stage runs along. What has had its
    notice moves only if `moving` names its code.
    """
    day = day_of(as_of)
    word = Word(who, now(), day, reason)
    publication = publish_version(version, precision, word, waivers or [], moving or [])
    runs = arrange_stage_runs(day)
    show_programme(day)
    return Completed(message=_in_words(publication, runs))


@task(task_run_name="plan {version}")
def publish_version(
    version: int, precision: Precision, word: Word, waivers: list[Waiver], moving: list[str]
) -> Publication:
    """Publish in one transaction: all of it or nothing."""
    with session(open_engine()) as opened:
        return publish_plan(opened, version, precision, word, frozenset(waivers), moving)


def _in_words(publication: Publication, runs: Reconciled) -> str:
    if not publication.is_news:
        return f"Plan {publication.version} is already published as {publication.precision.value}."
    activities = plural(publication.activities, "activity", "activities")
    return (
        f"Plan {publication.version} is published as {publication.precision.value}: {activities}, "
        f"{publication.new} of them new, {plural(len(publication.moved), 'stage')} moved; "
        f"{plural(len(runs.created), 'stage run')} arranged, {len(runs.deleted)} superseded."
    )
