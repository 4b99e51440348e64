from reports.gantt import gantt_svg
from tests.unit.reports.builders import (
    HOSTILE,
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


def test_the_file_is_well_formed_and_refers_to_nothing_outside() -> None:
    svg = gantt_svg(a_national_chart(20, 156))
    ids = own_ids(svg)
    assert parsed(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert referenced_ids(svg) <= set(ids)
    assert len(ids) == len(set(ids))
    assert "://" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_every_row_is_an_image_that_says_the_same_in_words() -> None:
    rows = (a_row(a_bar(), status="Confirmed"), a_row(name="Kent"))
    tree = parsed(gantt_svg(a_chart(*rows)))
    labels = [group.get("aria-label") for group in all_named(tree, "g") if group.get("role") == "img"]
    assert labels[0] == "Timeline, September 2006 to March 2007, by month."
    assert labels[1:] == [
        "Durham. Confirmed. Joint area review: fieldwork 4 to 15 September 2006.",
        "Kent. Nothing is planned.",
    ]


def test_title_names_and_groups_are_drawn() -> None:
    svg = gantt_svg(
        a_chart(
            a_row(a_bar(), group="North East", status="Confirmed"), title="All is well", subtitle="Plan 7"
        )
    )
    said = words(parsed(svg))
    for text in ("All is well", "Plan 7", "North East", "Durham", "Confirmed"):
        assert text in said


def test_hostile_texts_stay_texts_and_links_stay_harmless() -> None:
    row = a_row(a_bar(name=HOSTILE), name=HOSTILE, href="javascript:alert(1)", status=HOSTILE)
    svg = gantt_svg(a_chart(row, title=HOSTILE))
    assert "<script" not in svg
    assert "javascript" not in svg
    assert all_named(parsed(svg), "title")[0].text == HOSTILE


def test_rows_lie_below_each_other_and_within_the_picture() -> None:
    tree = parsed(
        gantt_svg(
            a_chart(*(a_row(a_bar(), name=f"Area {index}", holidays=(a_band(),)) for index in range(5)))
        )
    )
    images = [group for group in all_named(tree, "g") if group.get("role") == "img"]
    tops = [float(group.get("transform", "").split()[1].rstrip(")")) for group in images]
    assert tops == sorted(set(tops))
    assert tops[-1] + 26 < float(tree.get("height", "0"))


def test_a_link_is_never_inside_an_image() -> None:
    tree = parsed(gantt_svg(a_chart(a_row(a_bar(), href="/areas/840"))))
    assert len(all_named(tree, "a")) == 1
    assert not [
        a for group in all_named(tree, "g") if group.get("role") == "img" for a in all_named(group, "a")
    ]
