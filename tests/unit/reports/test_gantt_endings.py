"""What is over or late stands at its step: tails, rings, words inside, and lines to words that found no room beside."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reports.gantt import gantt_table
from reports.gantt_axis import upper_periods
from reports.scale import scale_for
from reports.values import Band, Bar, Ending, Milestone, Row, Tone
from tests.known import known
from tests.unit.reports.builders import MONDAY, WEEK, a_bar, a_chart, a_row, all_named, parsed

REVIEW = "Joint area review"


def picture(row: Row, **values: object) -> str:
    return re.findall(r"<svg.*?</svg>", gantt_table(a_chart(row, **values)), re.DOTALL)[-1]


def label(row: Row) -> str:
    tree = parsed(gantt_table(a_chart(row)))
    return next(div.get("aria-label", "") for div in all_named(tree, "div") if div.get("role") == "img")


def stone(weeks: int, **values: object) -> Milestone:
    given = {"activity": REVIEW, "name": "publication", "on": MONDAY + weeks * WEEK}
    return Milestone(**(given | values))  # type: ignore[arg-type]


def ended(bar: Bar, days_late: int) -> Bar:
    due = bar.end - timedelta(days=1)
    return replace(bar, ended=Ending(due + timedelta(days=days_late), due))


def test_a_stage_that_was_done_late_has_a_tail_as_long_as_the_delay() -> None:
    shown = picture(a_row(ended(a_bar(4, 2), 14)))
    bar = known(re.search(r'class="t3" d="M(\d+) \d+h(\d+)', shown))
    tail = known(re.search(r'class="x" d="M(\d+) \d+h(\d+)', shown))
    assert int(tail[1]) == int(bar[1]) + int(bar[2])
    assert int(tail[2]) == int(bar[2])  # two weeks, as long as the stage itself
    assert ">done late</text>" in shown


def test_what_was_done_in_time_has_neither_tail_nor_words() -> None:
    shown = picture(a_row(ended(a_bar(4, 2), -1)))
    assert 'class="x"' not in shown
    assert "done late" not in shown


def test_a_milestone_that_was_done_late_stands_on_its_day_and_its_tail_begins_on_the_due_day() -> None:
    late = stone(10, ended=Ending(MONDAY + 10 * WEEK, MONDAY + 8 * WEEK))
    shown = picture(a_row(a_bar(0, 1), milestones=(late,)))
    diamond = known(re.search(r'class="m f" d="M(\d+)', shown))
    tail = known(re.search(r'class="x" d="M(\d+) \d+h(\d+)', shown))
    assert int(diamond[1]) - 5 == int(tail[1]) + int(tail[2])


def test_a_delay_of_one_day_is_seen_as_well() -> None:
    shown = picture(a_row(ended(a_bar(4, 2), 1)), num_weeks=213)
    assert int(known(re.search(r'class="x" d="M\d+ \d+h(\d+)', shown))[1]) >= 7


def test_a_waived_rule_is_a_ring_and_the_word() -> None:
    shown = picture(a_row(a_bar(4, 2, is_waived=True)))
    assert 'class="y"' in shown
    assert ">waived</text>" in shown
    assert 'class="y"' not in picture(a_row(a_bar(4, 2)))


def test_the_label_says_how_steps_ended() -> None:
    bars = (ended(a_bar(0, 1, name="analysis"), 3), ended(a_bar(3, 2), 0), a_bar(6, 1, is_waived=True))
    said = label(a_row(*bars, milestones=(stone(8, ended=Ending(MONDAY, MONDAY)),)))
    assert "analysis 4 to 8 September 2006, done 3 days late" in said
    assert "fieldwork 25 September to 6 October 2006, done;" in said
    assert "a rule waived" in said
    assert "publication 30 October 2006, done" in said


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (a_row(ended(a_bar(4, 2), 14)), "Done late"),
        (a_row(a_bar(4, 2, is_waived=True)), "A rule was waived"),
        (a_row(a_bar(), milestones=(stone(8, ended=Ending(MONDAY, MONDAY)),)), "Milestone, done"),
    ],
)
def test_the_legend_explains_the_signs_of_what_is_over_only_where_they_are(row: Row, words: str) -> None:
    assert words in gantt_table(a_chart(row))
    assert words not in gantt_table(a_chart(a_row(a_bar())))


def test_a_long_late_stage_says_so_within_itself_however_thin_its_tone_is() -> None:
    shown = picture(a_row(a_bar(4, 8, tone=Tone.LIGHT, is_late=True)))
    bar = known(re.search(r'class="l" d="M(\d+) \d+h(\d+)v(\d+)', shown))
    word = known(re.search(r'<text class="i r" x="(\d+)" y="\d+">late</text>', shown))
    assert int(bar[1]) < int(word[1]) < int(bar[1]) + int(bar[2])
    assert int(bar[3]) == 13


def test_a_late_word_without_room_beside_its_step_has_a_line_to_it() -> None:
    """Another stage stands in between: without the line that one would seem late."""
    bars = [a_bar(0, 1, tone=Tone.LIGHT), a_bar(1, 1, is_late=True), a_bar(2, 6), a_bar(8, 4)]
    crowded = picture(a_row(*bars), num_weeks=213)
    assert 'class="d r"' in crowded
    assert 'class="d r"' not in picture(a_row(a_bar(10, 1, is_late=True)), num_weeks=213)


def test_what_is_late_before_the_timeline_is_told_of_at_its_edge() -> None:
    early = stone(-6, is_late=True)
    assert re.search(r'<text class="r" x="\d" y="\d+">‹ late</text>', picture(a_row(milestones=(early,))))
    assert "‹" not in picture(a_row(milestones=(stone(6, is_late=True),)))


def test_every_axis_shows_years() -> None:
    terms = tuple(
        Band(
            date(2006, 9, 4) + n * 17 * WEEK,
            date(2006, 9, 4) + (n + 1) * 17 * WEEK,
            f"Autumn term {2006 + n}",
        )
        for n in range(12)
    )
    for num_weeks in (26, 52, 104, 156, 213, 400):
        chart = a_chart(a_row(a_bar()), num_weeks=num_weeks, periods=terms)
        head = gantt_table(chart).split("<tbody")[0]
        years = re.findall(r">([^<>]*(?:2006|2007| 06| 07))</text>", head)
        assert years, num_weeks
        shown = upper_periods(chart, scale_for(chart))
        assert shown


def test_a_row_without_a_link_is_itself_a_stop_for_the_keyboard() -> None:
    def stops(row: Row) -> list[str | None]:
        tree = parsed(gantt_table(a_chart(row)))
        return [div.get("tabindex") for div in all_named(tree, "div") if div.get("role") == "img"]

    assert stops(a_row(a_bar())) == ["0"]
    assert stops(a_row(a_bar(), href="/areas/840")) == [None]


def test_a_label_within_a_bar_is_not_covered_by_a_diamond() -> None:
    """Feedback on the last day of fieldwork: the words move to the side, or out of the bar if there is no room."""
    feedback = stone(5, name="feedback", on=MONDAY + 6 * WEEK - timedelta(days=3))
    shown = picture(a_row(a_bar(4, 2, label="JAR"), milestones=(feedback,)), num_weeks=30)
    diamond = int(known(re.search(r'class="m" d="M(\d+)', shown))[1])
    word = int(known(re.search(r'<text class="i" x="(\d+)"', shown))[1])
    assert word + 12 <= diamond - 6
    narrow = picture(a_row(a_bar(4, 2, label="JAR"), milestones=(feedback,)), num_weeks=80)
    assert '<text class="i"' not in narrow
    assert ">JAR</text>" in narrow


def test_a_long_label_without_room_is_cut_rather_than_left_out() -> None:
    crowded = [a_bar(7 * index, 2, label="Northamptonshire") for index in range(11)]
    shown = picture(a_row(*crowded), num_weeks=80)
    assert shown.count(">Northa…</text>") + shown.count(">Northamptonshire</text>") > 6
    assert ">Northa…</text>" not in picture(a_row(a_bar(4, 2, label="Northamptonshire")))
