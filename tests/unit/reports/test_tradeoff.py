from typing import Any

import pytest

from reports.tradeoff import OptionFigures, TradeOff, tradeoff_finding, tradeoff_svg, tradeoff_table
from reports.values import InvalidReport
from tests.unit.reports.builders import HOSTILE, all_named, parsed, words


def an_option(name: str, *costs: int, **values: Any) -> OptionFigures:
    terms = tuple(zip(("Urgency", "Sequencing", "Burden", "Evenness", "Stability"), costs, strict=False))
    return OptionFigures(**({"name": name, "terms": terms or None} | values))


FOUR = TradeOff(
    options=(
        an_option("Option 1", 800, 200, 50, 10, 1, bound=1061, gap=0.0, uncovered_places=0),
        an_option("Option 2", 900, 200, 50, 10, 1, bound=1100, gap=0.0526, uncovered_places=2),
        an_option("Option 3", 700, 0, 150, 10, 1, bound=861, gap=0.0, is_chosen=True),
        an_option("Option 4", remark="No plan in time"),
    )
)


def test_the_finding_names_the_cheapest_and_by_how_much() -> None:
    assert tradeoff_finding(FOUR) == "Option 3 costs least: 19 per cent less than option 1, the next"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "No option has a plan yet"),
        ((an_option("Option 1"),), "No option has a plan yet"),
        ((an_option("Option 1", 5), an_option("Option 2")), "Only option 1 has a plan, of cost 5"),
        ((an_option("Option 1", 5), an_option("Option 2", 5)), "Option 1 and option 2 cost the same, 5"),
        (
            (an_option("Option 1", 100_000), an_option("Option 2", 99_999)),
            "Option 2 costs least: 0.001 per cent less than option 1, the next",
        ),
    ],
)
def test_the_finding_says_no_more_than_the_figures(options: tuple[OptionFigures, ...], expected: str) -> None:
    assert tradeoff_finding(TradeOff(options=options)) == expected


def test_the_table_has_a_column_per_option_and_a_row_per_term() -> None:
    tree = parsed(tradeoff_table(FOUR))
    rows = [[words(cell) for cell in line] for line in all_named(all_named(tree, "tbody")[0], "tr")]
    assert rows[0] == ["Urgency", "800", "900", "700", "–"]
    assert rows[5] == ["Cost", "1,061", "1,161", "861", "not known"]
    assert rows[8] == ["Uncovered places", "0", "2", "not known", "not known"]
    assert rows[9][4] == "No plan in time"
    scopes = [head.get("scope") for head in all_named(tree, "th")]
    assert scopes == ["col"] * 5 + ["row"] * len(rows)


def test_the_chosen_option_is_said_in_words() -> None:
    assert words(parsed(tradeoff_table(FOUR))).count("chosen") == 1
    assert words(parsed(tradeoff_svg(FOUR))).count("chosen") == 1


def test_bars_are_as_long_as_their_costs() -> None:
    tree = parsed(tradeoff_svg(FOUR))
    bars = [rect for rect in all_named(tree, "rect") if rect.get("x")]
    widths: dict[str, float] = {}
    for bar in bars:
        widths[bar.get("y", "")] = widths.get(bar.get("y", ""), 0) + float(bar.get("width", "0"))
    first, second, third = (widths[y] for y in sorted(widths, key=float))
    assert first / second == pytest.approx(1061 / 1161, abs=0.002)
    assert third / second == pytest.approx(861 / 1161, abs=0.002)


def test_small_terms_are_drawn_together_and_said_one_by_one() -> None:
    tree = parsed(tradeoff_svg(FOUR))
    tooltips = [title.text for title in all_named(tree, "title")]
    assert "Other terms: 11" in tooltips
    assert "Evenness 10, Stability 1" in tree.get("aria-label", "")


def test_hostile_texts_stay_texts() -> None:
    hostile = TradeOff(options=(OptionFigures(name=HOSTILE, terms=((HOSTILE, 3),), explanation=HOSTILE),))
    for markup in (tradeoff_table(hostile), tradeoff_svg(hostile, is_file=True)):
        assert "<script" not in markup
        assert HOSTILE in words(parsed(markup))


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(InvalidReport, match="Option 1 has a negative cost for Sequencing"):
        TradeOff(options=(an_option("Option 1", 5, -1),))
    assert TradeOff(options=(an_option("Option 1", 5, 0),)).options[0].cost == 5
