import base64
import gzip
import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reports.gantt import gantt_css, gantt_html, gantt_table
from reports.values import Band, InvalidReport, Level, Milestone, Row
from tests.known import known
from tests.unit.reports.builders import (
    HOSTILE,
    MONDAY,
    WEEK,
    a_band,
    a_bar,
    a_chart,
    a_national_chart,
    a_row,
    all_named,
    own_ids,
    parsed,
    referenced_ids,
    words,
)

ASSESSMENT = "Corporate assessment"


def row_labels(fragment: str) -> list[str]:
    """The labels of the rows' pictures, without the axis."""
    bodies = all_named(parsed(fragment), "tbody")
    return [picture.get("aria-label", "") for body in bodies for picture in all_named(body, "div")]


def row_picture(row: Row, **values: object) -> str:
    """The markup of the picture of a chart's only row."""
    return re.findall(r"<svg.*?</svg>", gantt_table(a_chart(row, **values)), re.DOTALL)[-1]


def test_the_title_is_the_heading_and_names_the_region() -> None:
    tree = parsed(gantt_table(a_chart(a_row(a_bar()), title="Durham is late"), heading_level=3))
    heading = all_named(tree, "h3")[0]
    region = next(div for div in all_named(tree, "div") if div.get("role") == "region")
    assert heading.text == "Durham is late"
    assert region.get("aria-labelledby") == heading.get("id")
    assert region.get("tabindex") == "0"


def test_every_row_has_a_row_header_and_every_column_a_column_header() -> None:
    tree = parsed(gantt_table(a_chart(a_row(a_bar()), a_row(name="Kent"))))
    scopes = [head.get("scope") for head in all_named(tree, "th")]
    assert scopes == ["col"] * 4 + ["row"] * 2
    assert all(len(all_named(line, "td")) == 3 for line in all_named(tree, "tr")[1:])


def test_groups_have_a_heading_of_their_rows() -> None:
    chart = a_chart(
        a_row(name="Kent", group="Late"), a_row(group="On time"), a_row(name="Essex", group="On time")
    )
    bodies = all_named(parsed(gantt_table(chart)), "tbody")
    headings = [
        words(next(th for th in all_named(body, "th") if th.get("scope") == "rowgroup")) for body in bodies
    ]
    assert headings == ["Late", "On time"]
    assert [len(all_named(body, "svg")) for body in bodies] == [1, 2]


def test_every_picture_is_an_image_with_a_label_or_hidden() -> None:
    tree = parsed(gantt_table(a_national_chart(20, 156)))
    for svg in all_named(tree, "svg"):
        is_labelled = svg.get("role") == "img" and len(svg.get("aria-label", "")) > 10
        assert is_labelled or svg.get("aria-hidden") == "true"


def test_the_label_says_what_the_row_shows() -> None:
    row = a_row(
        a_bar(0, 1, name="analysis", published=a_band(-2, 1)),
        a_bar(3, 2, is_pinned=True, published=a_band(1)),
        a_bar(3, 2, activity=ASSESSMENT, name="on site", is_provisional=True, is_late=True),
        milestones=(Milestone(activity="Joint area review", name="publication", on=date(2007, 1, 15)),),
        windows=(a_band(2, 4),),
        status="Confirmed",
    )
    assert row_labels(gantt_table(a_chart(row))) == [
        "Durham. Confirmed. Joint area review, 2 weeks later than published: analysis 4 to 8 September 2006; "
        "fieldwork 25 September to 6 October 2006, pinned; publication 15 January 2007. "
        "Corporate assessment, provisional, late: on site 25 September to 6 October 2006. "
        "Window: 18 September to 13 October 2006."
    ]


def test_stages_moved_by_different_distances_are_compared_one_by_one() -> None:
    row = a_row(a_bar(0, 1, name="analysis", published=a_band(2, 1)), a_bar(3, 2, published=a_band(2)))
    assert row_labels(gantt_table(a_chart(row))) == [
        "Durham. Joint area review, compared with the published plan: "
        "analysis 4 to 8 September 2006, 2 weeks earlier; fieldwork 25 September to 6 October 2006, 1 week later."
    ]


def test_dates_as_published_need_no_remark() -> None:
    assert "published" not in row_labels(gantt_table(a_chart(a_row(a_bar(0, 2, published=a_band(0))))))[0]


def test_the_label_says_dates_outside_the_picture_too() -> None:
    fragment = gantt_table(a_chart(a_row(a_bar(60, 2)), num_weeks=26))
    assert "fieldwork 29 October to 9 November 2007" in row_labels(fragment)[0]
    assert 'class="t3"' not in row_picture(a_row(a_bar(60, 2)))


def test_a_changed_length_is_said_with_the_published_dates() -> None:
    label = row_labels(gantt_table(a_chart(a_row(a_bar(0, 2, published=a_band(0, 1))))))[0]
    assert "published for 4 to 8 September 2006" in label


def test_a_row_without_dates_says_so() -> None:
    assert row_labels(gantt_table(a_chart(a_row(status="Not planned")))) == [
        "Durham. Not planned. Nothing is planned."
    ]


def test_next_date_and_status_stand_in_the_row() -> None:
    row = a_row(a_bar(), next_on=MONDAY, next_name="fieldwork", status="Confirmed", href="/areas/840")
    tree = parsed(gantt_table(a_chart(row)))
    line = all_named(tree, "tr")[-1]
    assert words(line).startswith(
        "Durham 4 September 2006Fieldwork Confirmed"
    ) or "4 September 2006" in words(line)
    assert all_named(line, "time")[0].get("datetime") == "2006-09-04"
    assert all_named(line, "a")[0].get("href") == "/areas/840"


def test_late_is_red_dashed_and_said() -> None:
    picture = row_picture(a_row(a_bar(is_late=True)))
    assert 'class="l"' in picture
    assert ">late</text>" in picture
    style = known(re.search(r"\.l\{([^}]*)\}", gantt_css()))
    assert "stroke-dasharray" in style[1]


def test_a_late_milestone_is_said_as_well() -> None:
    stone = Milestone(activity="Joint area review", name="publication", on=MONDAY + WEEK, is_late=True)
    assert ">late</text>" in row_picture(a_row(milestones=(stone,)))


def test_what_is_on_time_is_neither_red_nor_called_late() -> None:
    fragment = gantt_table(a_chart(a_row(a_bar(), status="Confirmed")))
    assert 'class="l"' not in fragment
    assert "late" not in fragment.lower()


def test_a_pin_shows_a_padlock_and_the_word() -> None:
    picture = row_picture(a_row(a_bar(is_pinned=True)))
    assert 'href="#gantt-pin"' in picture
    assert "pinned</text>" in picture
    assert "gantt-pin" not in row_picture(a_row(a_bar()))


def test_a_pin_is_said_even_where_the_lane_is_full() -> None:
    bars = [a_bar(2 * index, 2, is_pinned=index == 6) for index in range(13)]
    assert "pinned</text>" in row_picture(a_row(*bars))


def test_provisional_bars_are_hatched_and_final_ones_solid() -> None:
    assert 'fill="url(#gantt-t3)"' in row_picture(a_row(a_bar(is_provisional=True)))
    assert "url(" not in row_picture(a_row(a_bar()))


def test_the_published_bar_lies_thin_under_the_live_one() -> None:
    picture = row_picture(a_row(a_bar(2, published=a_band(0))))
    grey = known(re.search(r'class="b" d="M(\d+) (\d+)h(\d+)v(\d+)', picture))
    live = known(re.search(r'class="t3" d="M(\d+) (\d+)h(\d+)v(\d+)', picture))
    assert int(grey[4]) < int(live[4]) / 2
    assert int(grey[2]) >= int(live[2]) + int(live[4])
    assert (int(grey[1]), int(live[1])) == (0, 72)


def test_school_holidays_lie_beneath_and_rows_with_the_same_ones_share_them() -> None:
    same = tuple(a_row(a_bar(), name=name, holidays=(a_band(7, 1),)) for name in ("Kent", "Essex"))
    fragment = gantt_table(a_chart(*same, a_row(holidays=(a_band(8, 1),))))
    assert fragment.count('class="jc-h" d=') == 3  # two patterns and the key's sample
    assert [fragment.count(f'<use href="#gantt-h{index}"/>') for index in range(2)] == [2, 1]


def test_the_today_line_stands_only_within_the_chart() -> None:
    inside = gantt_table(a_chart(a_row(a_bar()), today=MONDAY + WEEK))
    outside = gantt_table(a_chart(a_row(a_bar()), today=MONDAY - WEEK))
    assert "today, 11 September 2006" in inside
    assert "jc-n" in inside
    assert "today" not in outside.lower()
    assert "jc-n" not in outside


def test_the_axis_shows_the_given_terms_and_otherwise_years() -> None:
    terms = (Band(date(2006, 9, 1), date(2007, 1, 1), "Autumn term 2006"),)
    assert ">Autumn term 2006</text>" in gantt_table(a_chart(a_row(), periods=terms))
    years = gantt_table(a_chart(a_row()))
    assert ">2006</text>" in years
    assert ">2007</text>" in years
    assert ">October</text>" in years


def test_the_key_explains_only_what_the_chart_shows() -> None:
    plain = words(parsed(gantt_table(a_chart(a_row(a_bar())))))
    full = words(
        parsed(gantt_table(a_chart(a_row(a_bar(is_pinned=True, is_provisional=True, published=a_band())))))
    )
    for sign in ("Pinned", "Provisional", "Published plan"):
        assert sign in full
        assert sign not in plain


@pytest.mark.parametrize("level", [Level.LATE, Level.AT_RISK])
def test_a_status_that_matters_is_emphasised_in_words(level: Level) -> None:
    tree = parsed(gantt_table(a_chart(a_row(status="Draft is late", level=level))))
    assert [strong.text for strong in all_named(tree, "strong")] == ["Draft is late"]
    assert not all_named(parsed(gantt_table(a_chart(a_row(status="Confirmed")))), "strong")


def test_hostile_texts_stay_texts() -> None:
    row = a_row(
        a_bar(activity=HOSTILE, name=HOSTILE, label=HOSTILE, num_weeks=20),
        name=HOSTILE,
        href='/"><script>',
        status=HOSTILE,
        next_on=MONDAY,
        next_name=HOSTILE,
        group=HOSTILE,
        milestones=(Milestone(activity=HOSTILE, name=HOSTILE, on=MONDAY),),
    )
    chart = a_chart(
        row, title=HOSTILE, subtitle=HOSTILE, row_heading=HOSTILE, periods=(a_band(0, 20, HOSTILE),)
    )
    fragment = gantt_table(chart)
    assert "<script" not in fragment
    assert all_named(parsed(fragment), "h2")[0].text == HOSTILE
    assert HOSTILE in row_labels(fragment)[0]


def test_the_fragment_passes_a_strict_content_security_policy() -> None:
    fragment = gantt_table(a_national_chart(10, 156))
    attributes = {name for element in parsed(fragment).iter() for name in element.attrib}
    assert "style" not in attributes
    assert not [name for name in attributes if name.startswith("on")]
    assert "<style" not in fragment


def test_the_file_is_self_contained_and_its_policy_names_its_own_style() -> None:
    page = gantt_html(a_chart(a_row(a_bar())))
    style = known(re.search(r"<style>(.*?)</style>", page, re.DOTALL))
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "://" not in page
    assert "<script" not in page
    assert '<html lang="en-GB">' in page


def test_references_resolve_and_ids_are_unique() -> None:
    page = gantt_html(a_national_chart(20, 156))
    ids = own_ids(page)
    assert len(ids) == len(set(ids))
    assert referenced_ids(page) <= set(ids)


def test_two_charts_with_different_keys_share_no_id() -> None:
    first, second = (gantt_table(a_chart(a_row(a_bar()), key=key)) for key in ("plan", "area-7"))
    assert not set(own_ids(first)) & set(own_ids(second))


ON_THE_WIRE = 250_000
"""Bytes that a page may weigh, compressed as servers compress it."""


def weight(page: str) -> int:
    return len(gzip.compress(page.encode(), compresslevel=6, mtime=0))


def test_the_page_budget_holds_for_150_rows_over_213_weeks() -> None:
    page = gantt_html(a_national_chart(150, 213))
    assert len(re.findall(r'scope="row"', page)) == 150
    assert weight(page) < ON_THE_WIRE / 5  # names of a real programme repeat less than drawn ones


def test_the_page_budget_holds_with_nine_bars_in_every_row() -> None:
    rows = [replace(row, bars=row.bars + row.bars[:4]) for row in a_national_chart(150, 213).rows]
    page = gantt_html(a_chart(*rows, num_weeks=213))
    assert weight(page) < ON_THE_WIRE / 5
    assert len(page.encode()) < 2 * ON_THE_WIRE  # what a browser takes apart


def test_a_chart_within_the_budget_has_tooltips() -> None:
    assert "<title>Fieldwork 4 to 15 September 2006</title>" in gantt_table(a_chart(a_row(a_bar())))


def test_a_bar_that_ends_before_it_starts_is_refused_with_advice() -> None:
    with pytest.raises(InvalidReport, match="Give the day after its last as its end"):
        a_bar(0, 0)
    assert a_bar(0, 1).end - MONDAY == timedelta(weeks=1)


def test_a_key_that_cannot_start_an_id_is_refused() -> None:
    with pytest.raises(InvalidReport, match="letters, digits and hyphens"):
        a_chart(key='x" onload="')
    assert a_chart(key="area-7").key == "area-7"
