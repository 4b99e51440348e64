"""What each sequencing option costs, side by side (R038: the trade-off is shown, not hidden): table and picture."""

from dataclasses import dataclass

from reports.markup import escaped, text_width
from reports.svg_picture import heading, picture
from reports.values import InvalidReport
from reports.words import capitalised, gap_in_words, list_in_words, number_in_words, per_cent, plural

_WIDTH, _LEFT, _RIGHT, _MARGIN = 760, 130, 110, 12
_BAR_HEIGHT, _BAR_PITCH, _KEY_LINE = 30, 52, 20
_NUM_NAMED_TERMS = 3
_OTHER = "Other terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFigures:
    """
    The figures of one option's plan.

    Parameters
    ----------
    name, explanation
        'Option 1', and what it means: 'review first, assessment six to nine months later'.
    terms
        Cost by term in weighted cost units, non-negative, in the order of the policy; None when there is no plan.
        The option's cost is their sum.
    bound
        Proven lower bound of the cost; None is unknown.
    gap
        (cost - bound) / cost as a fraction; None is unknown.
    uncovered_places
        Demanded places of teams that nobody fills; None while teams are not planned.
    remark
        In words, why there is no plan, or what else to know.
    is_chosen
        Whether this is the published or proposed option.
    """

    name: str
    terms: tuple[tuple[str, int], ...] | None
    explanation: str = ""
    bound: int | None = None
    gap: float | None = None
    uncovered_places: int | None = None
    remark: str = ""
    is_chosen: bool = False

    @property
    def cost(self) -> int | None:
        """Sum of the terms; None without a plan."""
        return None if self.terms is None else sum(cost for _, cost in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """Options to compare; the title states the finding and is made from the figures when empty."""

    options: tuple[OptionFigures, ...]
    title: str = ""

    def __post_init__(self) -> None:
        for option in self.options:
            below = [term for term, cost in option.terms or () if cost < 0]
            if below:
                raise InvalidReport(
                    f"{option.name} has a negative cost for {list_in_words(below)}. "
                    "Maybe a gain was meant: costs are counted from the best possible."
                )


def tradeoff_finding(tradeoff: TradeOff) -> str:
    """'Option 3 costs least: 12 per cent less than option 1, the next', or what else the figures say."""
    planned = sorted(
        ((option.cost, index) for index, option in enumerate(tradeoff.options) if option.cost is not None)
    )
    if not planned:
        return "No option has a plan yet"
    (least, best_index), *others = planned
    best = tradeoff.options[best_index].name
    if not others:
        return f"Only {_in_sentence(best)} has a plan, of cost {number_in_words(least)}"
    following, next_index = others[0]
    next_name = _in_sentence(tradeoff.options[next_index].name)
    if following == least:
        return f"{best} and {next_name} cost the same, {number_in_words(least)}"
    return f"{best} costs least: {_share_less(least, following)} less than {next_name}, the next"


def tradeoff_table(tradeoff: TradeOff) -> str:
    """An HTML table with a column per option and a row per term, then total, bound, gap and uncovered places."""
    head = "".join(f'<th scope="col">{_column_head(option)}</th>' for option in tradeoff.options)
    rows = [
        _table_row(term, [_term_cost(option, term) for option in tradeoff.options])
        for term in _terms(tradeoff)
    ]
    rows.append(
        _table_row("Cost", [_figure(option.cost) for option in tradeoff.options], "jc-tradeoff__total")
    )
    rows.append(_table_row("Proven bound", [_figure(option.bound) for option in tradeoff.options]))
    rows.append(
        _table_row("What is proven", [capitalised(gap_in_words(option.gap)) for option in tradeoff.options])
    )
    rows.append(
        _table_row("Uncovered places", [_figure(option.uncovered_places) for option in tradeoff.options])
    )
    if any(option.remark for option in tradeoff.options):
        rows.append(_table_row("Remark", [option.remark for option in tradeoff.options]))
    title = escaped(tradeoff.title or tradeoff_finding(tradeoff))
    return (
        f'<table class="jc-tradeoff">\n<caption>{title}</caption>\n'
        f'<thead><tr><th scope="col">Term</th>{head}</tr></thead>\n<tbody>\n{"".join(rows)}</tbody>\n</table>\n'
    )


def tradeoff_svg(tradeoff: TradeOff, *, is_file: bool = False) -> str:
    """
    One stacked bar per option: the three largest terms by name, the others together, and the proven bound.

    Parameters
    ----------
    is_file
        True for a file of its own, with its style inside.
    """
    title = tradeoff.title or tradeoff_finding(tradeoff)
    top = heading(title, _WIDTH)
    named = _named_terms(tradeoff)
    key, first = _key([*named, *([_OTHER] if len(_terms(tradeoff)) > len(named) else [])], top.height + 6)
    most = max([option.cost or 0 for option in tradeoff.options] + [1])
    bars = "".join(
        _bar(option, named, first + index * _BAR_PITCH, most) for index, option in enumerate(tradeoff.options)
    )
    height = first + len(tradeoff.options) * _BAR_PITCH + 4
    return picture(
        _in_words(title, tradeoff), _WIDTH, height, _HATCH + top.markup + key + bars, is_file=is_file
    )


_HATCH = (
    '<defs><pattern id="tradeoff-other" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/>'
    '<path d="M1 0v5" stroke="#7d8488" stroke-width="2"/></pattern></defs>\n'
)
_PAINTS = ('class="c1"', 'class="c2"', 'class="c3"', 'class="c4" fill="url(#tradeoff-other)"')


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _share_less(least: int, following: int) -> str:
    share = (following - least) / following
    return f"{round(share * 100)} per cent" if share >= 0.01 else per_cent(share)


def _terms(tradeoff: TradeOff) -> list[str]:
    """All terms in the order in which the options name them first."""
    return list(dict.fromkeys(term for option in tradeoff.options for term, _ in option.terms or ()))


def _named_terms(tradeoff: TradeOff) -> list[str]:
    """The terms that cost most over all options, largest first."""
    total = dict.fromkeys(_terms(tradeoff), 0)
    for option in tradeoff.options:
        for term, cost in option.terms or ():
            total[term] += cost
    ordered = sorted(total, key=lambda term: -total[term])
    return ordered[:_NUM_NAMED_TERMS]


def _column_head(option: OptionFigures) -> str:
    parts = [escaped(option.name)]
    if option.explanation:
        parts.append(f'<span class="jc-tradeoff__explanation">{escaped(option.explanation)}</span>')
    if option.is_chosen:
        parts.append('<strong class="jc-tradeoff__chosen">chosen</strong>')
    return " ".join(parts)


def _term_cost(option: OptionFigures, term: str) -> str:
    return "–" if option.terms is None else number_in_words(dict(option.terms).get(term, 0))


def _figure(value: int | None) -> str:
    return "not known" if value is None else number_in_words(value)


def _table_row(name: str, cells: list[str], style: str = "") -> str:
    row_class = f' class="{style}"' if style else ""
    data = "".join(f"<td>{escaped(cell)}</td>" for cell in cells)
    return f'<tr{row_class}><th scope="row">{escaped(name)}</th>{data}</tr>\n'


def _key(names: list[str], top: int) -> tuple[str, int]:
    """Samples with words, and where the first bar begins."""
    entries = [
        (f'<rect {_PAINTS[min(index, 3) if name != _OTHER else 3]} width="18" height="12"/>', name)
        for index, name in enumerate(names)
    ]
    entries.append(('<path class="z" d="M9 -2v16" stroke-width="2"/>', "Proven bound"))
    parts, x, y = [], _MARGIN, top
    for sample, words in entries:
        needed = 24 + text_width(words, 12.5) + 16
        if x > _MARGIN and x + needed > _WIDTH - _MARGIN:
            x, y = _MARGIN, y + _KEY_LINE
        parts.append(
            f'<g transform="translate({x} {y})">{sample}<text x="24" y="10">{escaped(words)}</text></g>\n'
        )
        x += needed
    return "".join(parts), y + _KEY_LINE + 12


def _bar(option: OptionFigures, named: list[str], top: int, most: int) -> str:
    label = f'<text class="a" x="{_MARGIN}" y="{top + 14}">{escaped(option.name)}</text>'
    quiet = "chosen" if option.is_chosen else ""
    parts = [label, f'<text class="u" x="{_MARGIN}" y="{top + 28}">{quiet}</text>' if quiet else ""]
    if option.terms is None or option.cost is None:
        words = option.remark or "No plan"
        parts.append(f'<text x="{_LEFT}" y="{top + 20}">{escaped(words)}</text>\n')
        return "".join(parts)
    x = float(_LEFT)
    for paint, name, cost in _segments(option.terms, named):
        width = cost / most * (_WIDTH - _LEFT - _RIGHT)
        parts.append(_segment(paint, name, cost, x, width, top))
        x += width
    parts.append(f'<text class="a" x="{x + 8:.1f}" y="{top + 20}">{number_in_words(option.cost)}</text>\n')
    if option.bound is not None:
        place = _LEFT + max(option.bound, 0) / most * (_WIDTH - _LEFT - _RIGHT)
        parts.append(f'<path class="z" stroke-width="2" d="M{place:.1f} {top - 5}v{_BAR_HEIGHT + 10}"/>')
    parts.append(
        f'<text class="u" x="{_LEFT}" y="{top + _BAR_HEIGHT + 14}">{escaped(_proof(option))}</text>\n'
    )
    return "".join(parts)


def _segments(terms: tuple[tuple[str, int], ...], named: list[str]) -> list[tuple[str, str, int]]:
    """Paint, name and cost of the parts of a bar: the named terms in their order, then the others together."""
    costs = dict(terms)
    parts = [(_PAINTS[index], name, costs.get(name, 0)) for index, name in enumerate(named)]
    parts.append((_PAINTS[3], _OTHER, sum(cost for term, cost in terms if term not in named)))
    return [part for part in parts if part[2] > 0]


def _segment(paint: str, name: str, cost: int, x: float, width: float, top: int) -> str:
    figure = number_in_words(cost)
    rect = (
        f'<rect {paint} x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAR_HEIGHT}">'
        f"<title>{escaped(name)}: {figure}</title></rect>"
    )
    if text_width(figure, 12) + 6 > width or paint == _PAINTS[3]:
        return rect
    style = "d i" if paint in _PAINTS[:2] else "d"
    return f'{rect}<text class="{style}" x="{x + width / 2:.1f}" y="{top + 19}">{figure}</text>'


def _proof(option: OptionFigures) -> str:
    words = [capitalised(gap_in_words(option.gap))]
    if option.uncovered_places is not None:
        words.append(plural(option.uncovered_places, "uncovered place"))
    return "; ".join(words)


def _in_words(title: str, tradeoff: TradeOff) -> str:
    sentences = [title]
    for option in tradeoff.options:
        if option.terms is None or option.cost is None:
            sentences.append(f"{option.name}: {option.remark or 'no plan'}")
            continue
        terms = ", ".join(f"{term} {number_in_words(cost)}" for term, cost in option.terms)
        sentences.append(
            f"{option.name}: cost {number_in_words(option.cost)} ({terms}), {gap_in_words(option.gap)}"
        )
    return ". ".join(sentences) + "."
