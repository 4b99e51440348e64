"""What can be wrong with one count of days, whatever it is counted from."""

from collections.abc import Iterator

from config.findings import Found
from config.steps import Count

LEAVE_IT_OUT = "Leave it out."


def findings_in_count(count: Count, is_bound: bool) -> Iterator[Found]:
    """Everything wrong with it, as (key within the count, message, advice).

    Parameters
    ----------
    is_bound
        Whether it bounds another count (`not_after`, `not_before`): then nothing bounds it.
    """
    if count.fixed_day is None:
        yield from _amount(count)
    else:
        yield from _fixed_day(count)
    if count.unit != "working_days" and count.on_non_working_day is None:
        what = f"a count of {count.unit.replace('_', ' ')}" if count.unit else "a fixed day"
        message = f"{what} may end on a day that is not a working day."
        yield "on_non_working_day", message, "Write 'previous', 'next' or 'keep'."
    for key in count.bounds() if is_bound else ():
        message = "a count that bounds another has no bounds of its own."
        yield key, message, "Put it beside the other bound, or leave it out."


def _amount(count: Count) -> Iterator[Found]:
    if count.amount is None:
        advice = "Add amount and unit, or fixed_day."
        yield "amount", "the count does not say how far, or to which day of the year.", advice
    if count.unit is None:
        advice = "Write 'working_days', 'calendar_days', 'weeks' or 'months'."
        yield "unit", "the count does not say in which unit.", advice
    if count.amount == 0 and count.first_day_counts:
        unit = (count.unit or "days").replace("_", " ")
        yield "first_day_counts", f"a count of 0 {unit} has no first day.", LEAVE_IT_OUT
    if count.unit == "months" and count.without_school_holidays:
        message = "a month can't be counted without its school holidays."
        yield "without_school_holidays", message, "Count in weeks, working_days or calendar_days."


def _fixed_day(count: Count) -> Iterator[Found]:
    for key, is_given in (
        ("amount", count.amount is not None),
        ("unit", count.unit is not None),
        ("first_day_counts", count.first_day_counts),
        ("without_school_holidays", count.without_school_holidays),
    ):
        if is_given:
            yield key, f"the day is fixed ({count.fixed_day}), nothing is counted.", LEAVE_IT_OUT
    if count.fixed_day in ("02-30", "02-31", "04-31", "06-31", "09-31", "11-31"):
        yield (
            "fixed_day",
            f"there is no day {count.fixed_day} in any year.",
            "Write month and day, such as 11-30.",
        )
