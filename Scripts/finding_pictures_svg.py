"""Draws pictures of two panels with equal axes as SVG: lines, bars or histograms, in plain text."""
import math
from html import escape

WIDTH, HEIGHT = 720, 280
TOP, BOTTOM = 52, 232
LEFTS = (62, 424)
PANEL = 284
COLORS = ("#0b6fb8", "#d1580a", "#6b7280", "#6b7280")
INK, PALE = "#1f2937", "#e2e5ea"
MOST_POINTS = 160
BINS = 24


def rounded(number):
    """A number with three significant digits; a whole number up to 99,999 as it is."""
    if number == int(number) and abs(number) < 1e5:
        return str(int(number))
    size = math.floor(math.log10(abs(number)))
    if size >= 6 or size < -3:
        factor = float(f"{number / 10 ** size:.3g}")
        return f"{factor:g}e{size}"
    return f"{float(f'{number:.3g}'):g}"


class Axis:
    """A range of numbers on a stretch of the picture, with its ticks; logarithmic where asked for."""

    def __init__(self, values, start, end, log=False, from_zero=False):
        finite = [v for v in values if v is not None and math.isfinite(v) and (v > 0 or not log)]
        low, high = (min(finite), max(finite)) if finite else (0, 1)
        self.log, self.start, self.end = log, start, end
        if log:
            low, high = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
            high = max(high, low + 1)
            step = max(1, math.ceil((high - low) / 6))
            self.ticks = [10.0 ** i for i in range(low, high + 1, step)]
        else:
            low = min(low, 0) if from_zero else low
            high = high if high > low else low + 1
            step = self.step(high - low)
            low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
            self.ticks = [low + i * step for i in range(round((high - low) / step) + 1)]
        self.low, self.high = low, high

    @staticmethod
    def step(width):
        rough = width / 5
        size = 10 ** math.floor(math.log10(rough))
        return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)

    def place(self, value):
        """Where a value lies in the picture; None where it has no place."""
        if value is None or not math.isfinite(value) or (self.log and value < 0):
            return None
        number = math.log10(max(value, 10.0 ** self.low)) if self.log else value
        share = (number - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0), 1) * (self.end - self.start)

    def label(self, tick):
        if self.log:
            exponent = round(math.log10(tick))
            return rounded(tick) if -3 <= exponent <= 4 else f"1e{exponent}"
        return rounded(0 if abs(tick) < 1e-12 else tick)


def text(x, y, content, anchor="middle", more=""):
    return f'<text x="{x:.4g}" y="{y:.4g}" text-anchor="{anchor}"{more}>{escape(content)}</text>'


def grid(x, panel, horizontal, vertical, x_label, y_label):
    """The frame of a panel: title, ticks with light lines, labels of both axes."""
    parts = [text(x + PANEL / 2, 26, panel["title"], more=' font-weight="600"')]
    for tick in vertical.ticks:
        y = vertical.place(tick)
        parts.append(f'<path d="M{x} {y:.1f}h{PANEL}" stroke="{PALE}"/>')
        parts.append(text(x - 6, y + 4, vertical.label(tick), "end"))
    for tick, label in horizontal:
        parts.append(text(x + tick, BOTTOM + 16, label))
    parts.append(text(x + PANEL / 2, BOTTOM + 36, x_label))
    middle = (TOP + BOTTOM) / 2
    parts.append(text(x - 48, middle, y_label, more=f' transform="rotate(-90 {x - 48} {middle:.4g})"'))
    parts.append(f'<path d="M{x} {TOP}V{BOTTOM}h{PANEL}" fill="none" stroke="{INK}"/>')
    return parts


def legend(x, labels, dashed=()):
    """What the colors mean, above a panel's frame."""
    parts, place = [], x + 4
    for index, label in enumerate(labels):
        if not label:
            continue
        dash = ' stroke-dasharray="4 3"' if index in dashed else ""
        parts.append(f'<path d="M{place:.4g} 42h14" stroke="{COLORS[index]}" stroke-width="3"{dash}/>')
        parts.append(text(place + 18, 46, label, "start", ' font-size="11"'))
        place += 32 + 5.9 * len(label)
    return parts


def line_panel(x, panel, across, vertical):
    """Lines of a panel; a line with a dash is a reference. A single value beyond all bounds gets a cross."""
    parts = []
    for index, line in enumerate(panel["lines"]):
        points = list(zip(line["x"], line["y"]))
        points = points[::max(1, math.ceil(len(points) / MOST_POINTS))]
        path, pen, places = "", "M", []
        color = COLORS[index if line.get("color") is None else line["color"]]
        for abscissa, value in points:
            y = vertical.place(value)
            if y is None:
                parts.append(text(x + across.place(abscissa), TOP + 12, "×", more=' fill="#b91c1c" font-size="18"'))
                pen = "M"
                continue
            places.append((x + across.place(abscissa), y))
            path += f"{pen}{places[-1][0]:.1f} {y:.1f}"
            pen = "L"
        dash = ' stroke-dasharray="4 3"' if line.get("dash") else ""
        width = 1.5 if line.get("dash") else 2
        if path:
            parts.append(f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{width}"{dash}/>')
        if len(points) <= 16 and not line.get("dash"):
            parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{color}"/>' for a, b in places]
    dashed = [i for i, line in enumerate(panel["lines"]) if line.get("dash")]
    return parts + legend(x, [line["label"] for line in panel["lines"]], dashed)


def bar_panel(x, panel, vertical, most):
    """Bars of a panel, a group for each name; the groups are as wide as in the panel with most of them."""
    parts = []
    width = PANEL / most
    for index, group in enumerate(panel["bars"]):
        thick = width * 0.76 / len(panel["bars"])
        for place, value in enumerate(group["y"]):
            y = vertical.place(value)
            if y is None:
                continue
            left = x + width * (place + 0.12) + thick * index
            parts.append(
                f'<rect x="{left:.1f}" y="{min(y, BOTTOM - 1):.1f}" width="{thick:.1f}" '
                f'height="{max(BOTTOM - y, 1):.1f}" fill="{COLORS[index]}"/>')
            if panel.get("values") and most <= 8:
                inside = y < TOP + 14
                more = ' font-size="11"' + (' fill="#ffffff"' if inside else "")
                parts.append(text(left + thick / 2, y + (14 if inside else -4), rounded(value), more=more))
    return parts + legend(x, [group["label"] for group in panel["bars"]])


def histogram_panel(x, panel, edges, across, vertical):
    """The steps of counts between edges; the second kind of values lies over the first."""
    parts = []
    for index, kind in enumerate(panel["histogram"]):
        for low, high, count in zip(edges, edges[1:], counts(kind["values"], edges)):
            if count == 0:
                continue
            left, right = x + across.place(low), x + across.place(high)
            y = min(vertical.place(count), BOTTOM - 2)
            parts.append(
                f'<rect x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="{BOTTOM - y:.1f}" '
                f'fill="{COLORS[index]}" fill-opacity="0.7"/>')
    return parts + legend(x, [kind["label"] for kind in panel["histogram"]])


def counts(values, edges):
    """How many values lie between one edge and the next."""
    found = [0] * (len(edges) - 1)
    width = (edges[-1] - edges[0]) / len(found)
    for value in values:
        found[min(max(int((value - edges[0]) / width + 1e-9), 0), len(found) - 1)] += 1
    return found


def wide(values):
    """Whether values ask for a logarithmic axis: all above zero, and over a range of ten thousand."""
    finite = [v for v in values if v is not None and math.isfinite(v)]
    return bool(finite) and min(finite) > 0 and max(finite) / min(finite) > 1e4


def picture(title, description, panels, x_label, y_label, log=None):
    """The SVG of two panels that hold `lines`, `bars` or a `histogram` alike."""
    body = []
    if "lines" in panels[0]:
        lines = [line for panel in panels for line in panel["lines"]]
        abscissas = [v for line in lines for v in line["x"]]
        across = Axis(abscissas, 0, PANEL)
        across.low, across.high = min(abscissas), max(abscissas)
        values = [v for line in lines for v in line["y"]]
        log = wide(values) if log is None else log
        vertical = Axis(values, BOTTOM, TOP, log, from_zero=not log)
        ticks = sorted({across.low, *(t for t in across.ticks if across.low < t <= across.high)})
        if len(ticks) > 1 and across.place(ticks[1]) < 24:
            ticks.pop(0)
        across_ticks = [(across.place(t), rounded(t)) for t in ticks if not panels[0].get("whole") or t == int(t)]
        for x, panel in zip(LEFTS, panels):
            body += grid(x, panel, across_ticks, vertical, x_label, y_label)
            body += line_panel(x, panel, across, vertical)
    elif "bars" in panels[0]:
        values = [v for panel in panels for group in panel["bars"] for v in group["y"]]
        vertical = Axis(values, BOTTOM, TOP, bool(log), from_zero=not log)
        most = max(len(panel["names"]) for panel in panels)
        for x, panel in zip(LEFTS, panels):
            names = [(PANEL / most * (i + 0.5), name) for i, name in enumerate(panel["names"])]
            body += grid(x, panel, names, vertical, x_label, y_label)
            body += bar_panel(x, panel, vertical, most)
    else:
        kinds = [kind for panel in panels for kind in panel["histogram"]]
        across = Axis([v for kind in kinds for v in kind["values"]], 0, PANEL)
        edges = [across.low + (across.high - across.low) * i / BINS for i in range(BINS + 1)]
        heights = [c for kind in kinds for c in counts(kind["values"], edges)]
        vertical = Axis(heights, BOTTOM, TOP, from_zero=True)
        for x, panel in zip(LEFTS, panels):
            body += grid(x, panel, [(across.place(t), rounded(t)) for t in across.ticks], vertical, x_label, y_label)
            body += histogram_panel(x, panel, edges, across, vertical)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="t d" font-family="sans-serif" font-size="12" fill="{INK}">',
        f'<title id="t">{escape(title)}</title>', f'<desc id="d">{escape(description)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#ffffff"/>', *body, "</svg>", ""])
