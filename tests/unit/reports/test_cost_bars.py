import re

from reports.cost_bars import CostBar, CostBars, cost_bars_svg
from tests.known import known
from tests.unit.reports.builders import HOSTILE, all_named, parsed

DEAR = CostBar(name="Option 1", costs=(800, 200), bound=900, proven="within 10 per cent of the best possible")
CHEAP = CostBar(name="Option 4", costs=(500, 0), bound=None, proven="not yet compared with a bound")


def drawn(*bars: CostBar, terms: tuple[str, ...] = ("Delay", "Burden")) -> str:
    return cost_bars_svg(CostBars(bars=bars or (DEAR, CHEAP), terms=terms, title="Option 4 is cheapest"))


def test_a_bar_is_as_long_as_its_cost_and_parted_by_its_terms() -> None:
    text = drawn()
    rectangles = [
        (int(left), int(width)) for left, width in re.findall(r'class="k\d" d="M(\d+) \d+h(\d+)', text)
    ]
    dear_delay, dear_burden, cheap_delay = rectangles[2:]  # the first two are samples of the legend
    assert dear_burden[0] == dear_delay[0] + dear_delay[1]
    assert abs(dear_delay[1] - 4 * dear_burden[1]) <= 4
    assert abs(8 * cheap_delay[1] - 5 * dear_delay[1]) <= 8


def test_the_line_stands_at_what_is_proven_and_only_where_something_is() -> None:
    lines = re.findall(r'class="n" d="M(\d+)', drawn())
    assert len(lines) == 2  # the legend's and that of the first bar
    whole = known(re.search(r'class="k0" d="M12 \d\d\d?h(\d+)', drawn(DEAR)))
    assert abs(int(re.findall(r'class="n" d="M(\d+)', drawn(DEAR))[1]) - 12 - int(whole[1]) * 9 / 8) < 2


def test_parts_have_letters_and_the_legend_has_their_words() -> None:
    texts = [element.text for element in all_named(parsed(drawn()), "text")]
    assert texts.count("A") == 3
    assert "Delay" in texts
    assert "Burden" in texts


def test_the_label_says_all_figures() -> None:
    label = parsed(drawn()).get("aria-label") or ""
    assert "Option 1: 1,000, within 10 per cent of the best possible; delay 800, burden 200" in label
    assert "Option 4: 500, not yet compared with a bound" in label


def test_within_a_page_there_is_no_style_that_its_policy_forbids() -> None:
    assert "<style" not in drawn()


def test_hostile_texts_stay_texts() -> None:
    bar = CostBar(name=HOSTILE, costs=(1,), bound=0, proven=HOSTILE)
    assert "<script" not in drawn(bar, terms=(HOSTILE,))


def test_plans_that_cost_nothing_are_drawn_too() -> None:
    assert "Free: 0" in drawn(CostBar(name="Free", costs=(0, 0), bound=0, proven="proven"))
