"""Plans whose people cannot do what they are asked to."""

from random import Random
from typing import Any

from scheduler.values.problem import Absence, BodyQuota, PastReview, Problem, Seated
from scheduler.values.value import LEADER
from tests.builders import changed, inspector, span, team
from tests.complete import complete
from tests.corruptions.draft import Draft, corruption, loose


def unknown_person(draft: Draft, draw: Random) -> None:
    draft.put("jar-south", draw.choice(["safeguarding", "education"]), f"zoe-{draw.randrange(9)}")
    draft.honest = False


def double_booked_person(draft: Draft, draw: Random) -> None:
    """Ann leads the north and is in the south's team, too: that comes into her weeks."""
    draft.starts("jar-south")[:] = draw.choice([[8, 11], [8, 12], [9, 12]])


def rest_violated(draft: Draft, draw: Random) -> None:
    """Ann rests until week 19, and begins in it."""
    draft.starts("jar-south")[:] = draw.choice([[19, 22], [19, 23]])


def absent_person(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "education", "fay")


def part_timer(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "education", "gus")


def untrained_person(draft: Draft, draw: Random) -> None:
    """R062: Eve is trained from week 18 on."""
    draft.put("jar-north", "safeguarding", "eve")
    draft.put("jar-south", "safeguarding", draw.choice(["hal", "ivy"]))


def conflict_of_interest(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "safeguarding", "bob")


def same_area_again(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "education", "jim")


def wrong_skill(draft: Draft, draw: Random) -> None:
    draft.put("jar-south", draw.choice(["safeguarding", "education"]), "kit")


def somebody_leads_who_may_not(draft: Draft, draw: Random) -> None:
    draft.put("jar-south", LEADER, draw.choice(["hal", "ivy"]))


def nobody_leads(draft: Draft, draw: Random) -> None:
    draft.leave(draw.choice(["jar-north", "jar-south"]), LEADER)


def one_body_only(draft: Draft, _: Random) -> None:
    """R056: all three from CSCI."""
    draft.put("jar-south", LEADER, "lea")
    draft.put("jar-south", "education", "ivy")


def too_few_of_a_body(draft: Draft, _: Random) -> None:
    """R144: Ann alone was of Ofsted."""
    draft.put("jar-south", "education", "ivy")


def too_many_of_a_body(draft: Draft, _: Random) -> None:
    """R144: Ann and May are both of Ofsted."""
    draft.put("jar-south", LEADER, "ann")
    draft.put("jar-south", "education", "may")


def one_person_on_two_seats(draft: Draft, _: Random) -> None:
    """R059: Dan leads and teaches at once."""
    draft.put("jar-south", "education", "dan")


def a_seat_nobody_asked_for(draft: Draft, draw: Random) -> None:
    draft.seats.append(("jar-south", draw.choice(["camhs", "education"]), "kit"))
    if draft.seats[-1][1] == "education":
        draft.seats[-1] = ("jar-south", "education", "hal")


def a_team_larger_than_its_extent(draft: Draft, _: Random) -> None:
    """R055: a fourth member where fieldwork is for three."""
    draft.seats.append(("jar-south", "education", "hal"))


def too_many_reviews_in_a_year(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "education", "may")
    draft.put("jar-north", "camhs", "may")


def too_many_reports_at_a_time(draft: Draft, _: Random) -> None:
    """R052: Dan still drafts another report."""
    draft.put("jar-south", LEADER, "dan")
    draft.put("jar-north", LEADER, "dan")


def no_rest_after_a_review_that_is_done(draft: Draft, _: Random) -> None:
    draft.put("jar-north", "safeguarding", "ned")


def taken_out_at_work(draft: Draft, draw: Random) -> None:
    """R019, R043: whoever is at work stays."""
    draft.leave("jar-south", draw.choice(["safeguarding", "education"]))


def exchanged_at_work(draft: Draft, draw: Random) -> None:
    draft.put("jar-south", draw.choice(["safeguarding", "education"]), draw.choice(["hal", "ivy"]))


def in_a_seat_kept_for_somebody_else(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "education", "hal")


def in_another_seat_than_their_own(draft: Draft, _: Random) -> None:
    draft.put("jar-south", "safeguarding", "ann")
    draft.put("jar-south", "education", "hal")


FURTHER = (
    inspector("fay", "Ofsted", "education", absences=(Absence(span=span(24, 25)),)),
    inspector("gus", "Ofsted", "education", percent=60),
    inspector("hal", "CSCI", "safeguarding", "education"),
    inspector("ivy", "CSCI", "safeguarding", "education"),
    inspector("jim", "Ofsted", "education", previous_areas=("south",)),
    inspector("kit", "Ofsted", "camhs"),
    inspector("lea", "CSCI", is_leader=True),
    inspector("may", "Ofsted", "education", "camhs", max_reviews={"financial_year": 1}),
    inspector("ned", "CSCI", "safeguarding", rest_weeks=2),
)


def staffed(**changes: Any) -> Problem:
    """Without links and limits, but with more people."""
    people = (*complete().inspectors, *FURTHER)
    return loose().model_copy(update={"inspectors": people, **changes})


def small() -> Problem:
    """The review of the south is for three people."""
    return changed(
        staffed(), "activities", "jar-south", team=team("safeguarding", "education", max_members=3)
    )


def asked_of(minimum: int, maximum: int | None) -> Problem:
    """The review of the south has a quota of Ofsted."""
    quota = BodyQuota(body="Ofsted", minimum=minimum, maximum=maximum)
    return changed(
        staffed(), "activities", "jar-south", team=team("safeguarding", "education", quotas=(quota,))
    )


def restless() -> Problem:
    """Everybody is trained, Ann needs no rest."""
    problem = changed(staffed(), "inspectors", "ann", rest_weeks=0)
    return changed(problem, "inspectors", "eve", trained_from=0)


def tired() -> Problem:
    """Ann rests for seven weeks after a review."""
    return changed(staffed(), "inspectors", "ann", rest_weeks=7)


def drafting() -> Problem:
    """A report takes fifteen weeks, and nobody drafts two at a time."""
    slow = team("safeguarding", "camhs", drafting_weeks=15)
    problem = changed(staffed(leader_drafts=1), "activities", "jar-north", team=slow)
    return changed(
        problem, "activities", "jar-south", team=team("safeguarding", "education", drafting_weeks=15)
    )


def at_work() -> Problem:
    """The review of the south has begun, with the people of the good plan."""
    people = (("safeguarding", "eve"), ("education", "ann"), (LEADER, "dan"))
    seats = tuple(Seated(skill=skill, inspector=name) for skill, name in people)
    return changed(
        staffed(), "activities", "jar-south", team=team("safeguarding", "education", at_work=seats)
    )


def reserved() -> Problem:
    """The seat of education in the south is kept for Ann."""
    kept = (Seated(skill="education", inspector="ann"),)
    own = team("safeguarding", "education", reserved=kept)
    return changed(staffed(), "activities", "jar-south", team=own)


def reserved_for_one_who_knows_both() -> Problem:
    """The same, and Ann could have the seat of safeguarding as well."""
    return changed(reserved(), "inspectors", "ann", skills=("education", "safeguarding"))


def reviewed() -> Problem:
    """Ned was at work in week 7 for a review that is done."""
    return staffed(past_reviews=(PastReview(id="old", area="south", team_weeks=(6, 7), members=("ned",)),))


PEOPLE = (
    corruption(unknown_person, "inspector_unknown", problem=staffed),
    corruption(double_booked_person, "two_reviews_in_a_week", problem=restless),
    corruption(rest_violated, "rest", problem=tired),
    corruption(absent_person, "absent", problem=staffed),
    corruption(part_timer, "absent", problem=staffed),
    corruption(untrained_person, "untrained", problem=staffed),
    corruption(conflict_of_interest, "conflict_of_interest", problem=staffed),
    corruption(same_area_again, "rotation", problem=staffed),
    corruption(wrong_skill, "lacking_skill", problem=staffed),
    corruption(somebody_leads_who_may_not, "leader_unqualified", problem=staffed),
    corruption(nobody_leads, "leader_missing", problem=staffed),
    corruption(one_body_only, "too_few_bodies", problem=staffed),
    corruption(too_few_of_a_body, "quota_minimum", problem=lambda: asked_of(1, None)),
    corruption(too_many_of_a_body, "quota_maximum", problem=lambda: asked_of(0, 1)),
    corruption(one_person_on_two_seats, "two_seats", problem=staffed),
    corruption(a_seat_nobody_asked_for, "too_many_members", problem=staffed),
    corruption(a_team_larger_than_its_extent, "too_many_members", "team_size", problem=small),
    corruption(too_many_reviews_in_a_year, "too_many_reviews", problem=staffed),
    corruption(too_many_reports_at_a_time, "drafting", problem=drafting),
    corruption(taken_out_at_work, "exchanged_at_work", problem=at_work),
    corruption(exchanged_at_work, "exchanged_at_work", "filled_at_work", problem=at_work),
    corruption(in_a_seat_kept_for_somebody_else, "reserved_seat", problem=reserved),
    corruption(
        in_another_seat_than_their_own,
        "reserved_seat",
        "reserved_elsewhere",
        problem=reserved_for_one_who_knows_both,
    ),
    corruption(no_rest_after_a_review_that_is_done, "rest", problem=reviewed),
)
