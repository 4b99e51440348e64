from xml.etree import ElementTree

import pytest

from reports.dots import Dot, DotChart, dots_svg


def chart(*dots: Dot) -> DotChart:
    return DotChart(dots=dots, x_words="Months", y_words="Cost", title="Option <3> costs least")


def test_every_dot_has_its_name_and_the_picture_says_it_in_words() -> None:
    text = dots_svg(chart(Dot(name="Option 1", x=7, y=51000), Dot(name="R&D", x=0, y=46000)))
    root = ElementTree.fromstring(text)
    label = root.get("aria-label") or ""
    assert "Option 1: 7.0 and 51,000" in label
    assert "Option <3>" in label
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Option 1", "R&D", "Months", "Cost"} <= set(texts)


def test_higher_values_lie_higher_and_further_right() -> None:
    root = ElementTree.fromstring(dots_svg(chart(Dot(name="a", x=1, y=10), Dot(name="b", x=2, y=20))))
    places = {
        str(circle[0].text).split(":")[0]: (float(circle.get("cx", 0)), float(circle.get("cy", 0)))
        for circle in root.iter("{http://www.w3.org/2000/svg}circle")
    }
    assert places["a"][0] < places["b"][0]
    assert places["a"][1] > places["b"][1]


def test_names_of_equal_plans_do_not_cover_each_other() -> None:
    root = ElementTree.fromstring(dots_svg(chart(Dot(name="a", x=1, y=10), Dot(name="b", x=1, y=10))))
    heights = [
        element.get("y")
        for element in root.iter("{http://www.w3.org/2000/svg}text")
        if element.text in ("a", "b")
    ]
    assert len(set(heights)) == 2


@pytest.mark.parametrize("dots", [(), (Dot(name="only", x=0, y=0),), (Dot(name="below", x=-3, y=5),)])
def test_few_dots_and_odd_values_lie_within_the_picture(dots: tuple[Dot, ...]) -> None:
    root = ElementTree.fromstring(dots_svg(chart(*dots)))
    width, height = (float(size) for size in root.get("viewBox", "").split()[2:])
    circles = list(root.iter("{http://www.w3.org/2000/svg}circle"))
    assert [str(circle[0].text).split(":")[0] for circle in circles] == [dot.name for dot in dots]
    assert all(0 < float(c.get("cx", 0)) < width and 0 < float(c.get("cy", 0)) < height for c in circles)
