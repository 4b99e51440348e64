"""Plans whose dates break a rule of one area."""

from random import Random

from scheduler.values.problem import Problem, Published
from tests.builders import changed, span
from tests.corruptions.draft import Draft, corruption, loose


def shifted_stage(draft: Draft, draw: Random) -> None:
    """Fieldwork of the south two to four weeks later, while its analysis stays (R049)."""
    draft.starts("jar-south")[1] += draw.randint(2, 4)


def fieldwork_before_its_time(draft: Draft, draw: Random) -> None:
    draft.starts("jar-south")[1] -= draw.randint(2, 3)


def swapped_weeks(draft: Draft, _: Random) -> None:
    """Fieldwork first, then the analysis."""
    draft.starts("jar-south").reverse()


def closed_week(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[:] = [draw.choice([15, 16, 17])]


def analysis_while_offices_are_closed(draft: Draft, draw: Random) -> None:
    first = draw.choice([16, 17])
    draft.starts("jar-south")[:] = [first, first + 4]


def school_holiday(draft: Draft, _: Random) -> None:
    draft.starts("jar-north")[:] = [4, 7]


def before_its_window(draft: Draft, draw: Random) -> None:
    draft.starts("ca-south")[0] -= draw.randint(1, 3)


def after_its_window(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[0] = draw.randint(70, 100)


def negative_week(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[0], draft.honest = -draw.randint(1, 9), False


def beyond_the_horizon(draft: Draft, draw: Random) -> None:
    draft.starts("ca-north")[0], draft.honest = draw.randint(103, 10**6), False


def pin_moved(draft: Draft, draw: Random) -> None:
    draft.starts("yot-north")[0] += draw.choice([-1, 1])


def late_pin(draft: Draft, _: Random) -> None:
    """Within its window, and yet not where it is pinned (R017)."""
    draft.starts("fostering-south")[0] += 1


def broken_lag_link(draft: Draft, draw: Random) -> None:
    """R030: too early after the review, or too late."""
    draft.starts("ca-north")[0] = draw.choice([37, 38, 52, 53, 54])


def broken_within_link(draft: Draft, draw: Random) -> None:
    """R034: the assessment outside the fieldwork."""
    draft.starts("ca-south")[0] += draw.choice([-2, -1, 1, 2])


def confirmed_date_moved(draft: Draft, draw: Random) -> None:
    """R016: a review whose dates are confirmed starts a week or two later."""
    draft.starts("jar-north")[:] = draw.choice([[9, 12], [9, 13]])


def into_the_frozen_zone(draft: Draft, draw: Random) -> None:
    """R019: an assessment that was not announced for the frozen weeks starts there."""
    draft.starts("ca-north")[0] = draw.randint(0, 4)


def windows() -> Problem:
    """Without links, and the assessment of the south only from week 24 on."""
    return changed(loose(), "activities", "ca-south", start_window=span(24, 60))


def confirmed() -> Problem:
    """Without links; the dates of the north are confirmed as they are."""
    known = Published(starts=(8, 11), is_frozen=True)
    return changed(loose(), "activities", "jar-north", published=known)


def frozen() -> Problem:
    """Without links; nothing that is not announced starts in the first five weeks."""
    return loose().model_copy(update={"frozen_until": 5})


def trained() -> Problem:
    """Without links; everybody is trained."""
    return changed(loose(), "inspectors", "eve", trained_from=0)


DATES = (
    corruption(shifted_stage, "stage_lag", problem=loose),
    corruption(fieldwork_before_its_time, "stage_lag", problem=loose),
    corruption(swapped_weeks, "stage_lag", problem=loose),
    corruption(closed_week, "closed_week", problem=loose),
    corruption(analysis_while_offices_are_closed, "closed_week", problem=trained),
    corruption(school_holiday, "closed_week", problem=loose),
    corruption(before_its_window, "outside_window", problem=windows),
    corruption(after_its_window, "outside_window", problem=loose),
    corruption(negative_week, "outside_window", "outside_horizon", problem=loose),
    corruption(beyond_the_horizon, "outside_window", "outside_horizon", problem=loose),
    corruption(pin_moved, "outside_window", "pin_moved", problem=loose),
    corruption(late_pin, "pin_moved", problem=loose),
    corruption(broken_lag_link, "lag_link"),
    corruption(broken_within_link, "within_link"),
    corruption(confirmed_date_moved, "frozen_dates", problem=confirmed),
    corruption(into_the_frozen_zone, "frozen_zone", problem=frozen),
)
