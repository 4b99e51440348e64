"""Rules that dates break, each for somebody's waiver: weeks too close, too far, too long or closed; days too late."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from config.framework import Framework
from config.steps import PlannedStage
from reports.words import date_in_words, plural
from services.days.planned_days import last_friday, stage_days
from services.days.weeks import bank_holiday_closures, christmas_closures, monday_of, week_monday


class BrokenRule(NamedTuple):
    """A rule that dates break: its name and by what (`found`), which tell it from any other; and the same in words."""

    rule: str
    found: str
    words: str


def named_together(broken: Iterable[BrokenRule]) -> str:
    """Their names and what breaks them in one text, equal if and only if they are the same; empty if there are none."""
    return " ".join(f"{rule.rule}={rule.found}" for rule in broken)


def stage_waivers(
    framework: Framework, stage: PlannedStage, begins: Mapping[str, date], actuals: Mapping[str, date]
) -> list[BrokenRule]:
    """All of them, none if every rule about the stage's weeks is kept.

    School holidays differ by area and are the plan's business; bank holidays and Christmas hold everywhere.
    """
    return [
        *_clear_weeks(framework, stage, begins, actuals),
        *_limits(framework, stage, begins, actuals),
        *closed_weeks(stage, begins[stage.id]),
        *_beyond_its_weeks(stage, begins[stage.id]),
    ]


def clear_weeks_before(
    framework: Framework, stage: PlannedStage, begins: Mapping[str, date], actuals: Mapping[str, date]
) -> int:
    """Whole weeks between the end of the stage before this one and its own; the first stage has none before it."""
    before = framework.stages[framework.stages.index(stage) - 1].id
    ended = monday_of(last_day(framework, before, begins, actuals))
    return (begins[stage.id] - ended).days // 7 - 1


def last_day(
    framework: Framework, stage_id: str, begins: Mapping[str, date], actuals: Mapping[str, date]
) -> date:
    """A planned stage's last day: the actual one if it is known, else the one planned."""
    return actuals.get(stage_id) or stage_days(framework.stage(stage_id), begins[stage_id])[1]


def _clear_weeks(
    framework: Framework, stage: PlannedStage, begins: Mapping[str, date], actuals: Mapping[str, date]
) -> Iterator[BrokenRule]:
    """R049: two clear weeks, three over a school holiday."""
    if stage == framework.stages[0]:
        return
    yield from wrong_clear_weeks(stage, clear_weeks_before(framework, stage, begins, actuals))


def wrong_clear_weeks(stage: PlannedStage, clear: int) -> Iterator[BrokenRule]:
    """That more or fewer clear weeks lie before a stage than its framework allows (R049)."""
    if not stage.min_clear_weeks <= clear <= stage.max_clear_weeks:
        rule = f"{stage.min_clear_weeks} to {stage.max_clear_weeks}"
        words = f"{plural(clear, 'clear week lies', 'clear weeks lie')} before it, the rule is {rule}"
        yield BrokenRule("clear_weeks", str(clear), f"{words}{cited(stage.requirements)}")


def _limits(
    framework: Framework, stage: PlannedStage, begins: Mapping[str, date], actuals: Mapping[str, date]
) -> Iterator[BrokenRule]:
    """R050: analysis and fieldwork together within six weeks."""
    for limit in framework.limits:
        if limit.last != stage.id or limit.first not in begins:
            continue
        days = (last_day(framework, stage.id, begins, actuals) - begins[limit.first]).days + 1
        weeks = -(-days // 7)
        if weeks > limit.max_weeks:
            first, last = (framework.step(name).in_rules() for name in (limit.first, limit.last))
            words = f"{first} to {last} takes {weeks} weeks, the rule is {limit.max_weeks}"
            yield BrokenRule("whole_weeks", str(weeks), f"{words}{cited(limit.requirements)}")


def closed_weeks(stage: PlannedStage, begins: date) -> Iterator[BrokenRule]:
    """Bank holidays and the Christmas closure in the weeks of a stage that avoids them (R049)."""
    monday = monday_of(begins)
    if "bank_holiday_weeks" in stage.avoids:
        for closure in bank_holiday_closures(monday, stage.occupied_weeks()):
            found = str(week_monday(monday, closure.span.first))
            yield BrokenRule("bank_holiday", found, f"its weeks have a bank holiday ({closure.reason})")
    if "christmas" in stage.avoids and christmas_closures(monday, stage.occupied_weeks()):
        yield BrokenRule("christmas", str(monday), "it falls in the Christmas closure")


def _beyond_its_weeks(stage: PlannedStage, begins: date) -> Iterator[BrokenRule]:
    """The plan keeps whole weeks for a stage in working days; bank holidays may carry it into one more."""
    last, friday = stage_days(stage, begins)[1], last_friday(stage, begins)
    if last > friday:
        words = f"it lasts until {date_in_words(last)}, the plan keeps its weeks to {date_in_words(friday)}"
        yield BrokenRule("beyond_its_weeks", str(last), words)


def cited(requirements: tuple[str, ...]) -> str:
    """The numbers of requirements in brackets; empty for none."""
    return f" ({', '.join(requirements)})" if requirements else ""
