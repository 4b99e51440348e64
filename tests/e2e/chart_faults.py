"""What of a page's charts cannot be read: texts too pale for what is behind them, marks of which no edge stands out.

axe looks at texts of HTML alone.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEHIND = ".jc-h, .jc-g, .jc-y, .jc-map__land, .g, .w, .jc-w"
"""What only stands behind the marks: holidays, lines, the coast, windows; and shades of load, which words tell, too."""

FAULTS = """behind => {
  const numbers = text => { const found = /^rgba?\\(([^)]*)\\)/.exec(text); return found
    ? found[1].split(/[ ,/]+/).map(Number) : null; };
  const seen = (text, opacity) => { const c = numbers(text); return c && {rgb: c.slice(0, 3),
    alpha: (c.length > 3 ? c[3] : 1) * opacity}; };
  const over = (top, ground) => top.rgb.map((value, i) => value * top.alpha + ground[i] * (1 - top.alpha));
  const light = rgb => { const [r, g, b] = rgb.map(v => v / 255).map(
    v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05); };
  const paper = element => {
    for (let at = element; at; at = at.parentElement) {
      const found = seen(getComputedStyle(at).backgroundColor, 1);
      if (found && found.alpha > 0.99) return found.rgb;
    }
    return [255, 255, 255];
  };
  const SHAPES = 'path, rect, circle, ellipse, polygon, line, polyline';
  const isDrawn = shape => !shape.closest('defs, symbol, pattern, clipPath, mask, marker');
  const found = new Map();
  for (const svg of document.querySelectorAll('main svg')) {
    if (svg.parentElement.closest('svg') || !svg.checkVisibility()) continue;
    const ground = paper(svg), drawn = [...svg.querySelectorAll(SHAPES)].filter(isDrawn);
    const filled = drawn.map(shape => [shape, getComputedStyle(shape)])
      .map(([shape, style]) => [shape, seen(style.fill, style.fillOpacity * style.opacity), style.fill])
      .filter(([, fill, text]) => (fill && fill.alpha > 0) || text.startsWith('url'));
    const middle = element => { const box = element.getBoundingClientRect();
      return new DOMPoint(box.x + box.width / 2, box.y + box.height / 2); };
    const nearEnd = line => line.getPointAtLength(2).matrixTransform(line.getScreenCTM());
    const under = (element, at) => {
      let colour = ground;
      for (const [shape, fill] of filled) {
        if (shape === element || !(shape.compareDocumentPosition(element) & 4)) continue;
        const point = at.matrixTransform(shape.getScreenCTM().inverse());
        if (shape.isPointInFill(point)) { if (!fill) return null; colour = over(fill, colour); }
      }
      return colour;
    };
    const tell = (element, what, colour, below) => {
      const name = `${what} .${element.getAttribute('class') || ''} in .${svg.getAttribute('class') || ''}`;
      if (!found.has(name)) found.set(name, `${name}: ${colour} on ${below.map(Math.round)}`);
    };
    for (const text of svg.querySelectorAll('text')) {
      if (!isDrawn(text) || !text.checkVisibility() || !text.textContent.trim()) continue;
      const style = getComputedStyle(text), fill = seen(style.fill, style.fillOpacity * style.opacity);
      const halo = style.paintOrder.startsWith('stroke') && seen(style.stroke, style.strokeOpacity);
      const below = halo ? halo.rgb : under(text, middle(text));
      if (below && (!fill || contrast(over(fill, below), below) < 4.5)) tell(text, 'text', style.fill, below);
    }
    for (const mark of drawn) {
      if (mark.matches(behind) || mark.closest(behind) || !mark.checkVisibility()) continue;
      const style = getComputedStyle(mark), isLine = style.fill === 'none';
      const below = under(mark, isLine ? nearEnd(mark) : middle(mark));
      if (!below || style.fill.startsWith('url')) continue;
      const colours = [seen(style.fill, style.fillOpacity * style.opacity),
        seen(style.stroke, parseFloat(style.strokeWidth) ? style.strokeOpacity * style.opacity : 0)];
      if (!colours.some(colour => colour && contrast(over(colour, below), below) >= 3))
        tell(mark, 'mark', `${style.fill} / ${style.stroke}`, below);
    }
  }
  return [...found.values()];
}"""


def chart_faults(page: "Page") -> list[str]:
    """Each kind of text of less than 4.5 to 1 and of mark of less than 3 to 1, as the page is shown now."""
    found: list[str] = page.evaluate(FAULTS, BEHIND)
    return found
