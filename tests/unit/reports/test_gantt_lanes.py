from reports.gantt_lanes import Places, lane_by_activity, taken_by_activity
from reports.scale import scale_for
from reports.values import Milestone
from tests.known import known
from tests.unit.reports.builders import MONDAY, WEEK, a_band, a_bar, a_chart, a_row

ASSESSMENT = "Corporate assessment"


def test_concurrent_activities_get_lanes_of_their_own() -> None:
    row = a_row(a_bar(0, 6), a_bar(3, 2, activity=ASSESSMENT))
    assert lane_by_activity(row) == {"Joint area review": 0, ASSESSMENT: 1}


def test_activities_one_after_the_other_share_a_lane() -> None:
    row = a_row(a_bar(0, 3), a_bar(3, 2, activity=ASSESSMENT))
    assert set(lane_by_activity(row).values()) == {0}


def test_published_dates_and_milestones_count_as_part_of_an_activity() -> None:
    published_later = a_row(a_bar(0, 3, published=a_band(4, 3)), a_bar(5, 2, activity=ASSESSMENT))
    milestone_later = a_row(
        a_bar(0, 3),
        a_bar(5, 2, activity=ASSESSMENT),
        milestones=(Milestone(activity="Joint area review", name="publication", on=MONDAY + 6 * WEEK),),
    )
    assert lane_by_activity(published_later)[ASSESSMENT] == 1
    assert lane_by_activity(milestone_later)[ASSESSMENT] == 1


def test_a_word_goes_to_the_right_of_its_bar_when_there_is_room() -> None:
    assert Places(200, [(50, 60)]).place_near(50, 60, 30, reach=60) == 64


def test_a_word_goes_to_the_left_when_the_right_is_taken() -> None:
    assert Places(200, [(50, 60), (60, 200)]).place_near(50, 60, 30, reach=60) == 16


def test_a_word_without_room_within_reach_has_no_place_and_with_more_reach_has_one() -> None:
    taken = [(0, 150)]
    assert Places(200, taken.copy()).place_near(0, 10, 30, reach=60) is None
    assert Places(200, taken.copy()).place_near(0, 10, 30, reach=200) == 154


def test_two_words_never_take_the_same_place() -> None:
    places = Places(200, [(50, 60)])
    first, second = (known(places.place_near(50, 60, 30, reach=200)) for _ in range(2))
    assert abs(first - second) >= 30


def test_no_word_lies_across_the_today_line() -> None:
    chart = a_chart(today=MONDAY + 3 * WEEK)
    row, scale = a_row(a_bar(0, 2)), scale_for(chart)
    places = taken_by_activity(row, lane_by_activity(row), scale, chart.today)["Joint area review"]
    today = scale.x(MONDAY + 3 * WEEK)
    left = known(places.place_near(0, 72, 60, reach=300))
    assert left > today or left + 60 < today
