"""The look that all pictures share: large plain type, thin axes, one title that says what run it is."""

import matplotlib
import matplotlib.cm
import matplotlib.colors
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

EMPTY = "#e6e6e6"  # cells that nothing has reached
INK = "#222222"
QUIET = "#6b6b6b"
START = "#1f77b4"
GOAL = "#d62728"
SERIES = ["#2a788e", "#e07b39", "#7a5195", "#3b3b3b", "#8fb339", "#c44e6c"]
OBJECTIVE_COLOURS = "viridis"
EVALUATION_COLOURS = "cividis"
DPI = 150

SETTINGS = {
    "text.parse_math": False,  # texts come from files
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 14,
    "axes.labelsize": 15,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "pdf.fonttype": 42,  # letters that can be searched and edited
    "svg.hashsalt": "cambrian",
}

def compact(value):
    """A number as people read it: 1,234 then 12.3 k ... with at most four digits."""
    magnitude = abs(value)
    if not magnitude < 1e13:  # NaN is not, either
        return f"{value:.4g}"
    for scale, suffix in ((1e9, " G"), (1e6, " M"), (1e4, " k")):
        if magnitude >= scale:
            divisor = 1e3 if suffix == " k" else scale
            return f"{value / divisor:.4g}{suffix}"
    return f"{value:,.0f}" if value == round(value) else f"{value:.4g}"


def counts(axis, integer=True):
    """Ticks of a count: few, whole, and 250 k instead of 250000. @param integer  false: of a measure, fractions too"""
    axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=integer))
    axis.set_major_formatter(FuncFormatter(lambda value, _: compact(value).replace(" ", "\u2009")))


def new_figure(width, height, **options):
    """-> (figure, its axes); without pyplot, which would keep every figure."""
    matplotlib.rcParams.update(SETTINGS)
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.subplots(**options)


def how_many(count, word):
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def series(index):
    """Colours of curves: told apart in grey and by the colour-blind."""
    return SERIES[index % len(SERIES)]


def scale(values, colours, low=None, high=None):
    """What a colour bar needs of colours that are drawn otherwise."""
    return matplotlib.cm.ScalarMappable(
        matplotlib.colors.Normalize(min(values) if low is None else low, max(values) if high is None else high), colours)


def colour_bar(figure, mapped, axes, label, integer=False, cax=None):
    """@param cax  axes of its own; None: room is taken from `axes`"""
    bar = figure.colorbar(mapped, cax=cax) if cax else figure.colorbar(mapped, ax=axes, fraction=0.046, pad=0.03)
    bar.set_label(label)
    bar.outline.set_visible(False)
    if integer:
        counts(bar.ax.yaxis)
    return bar


def save(figure, target):
    """@param target  a path, whose ending says what is written, or the pages of a PDF"""
    figure.draw_without_rendering()  # axes set outward are in their place only from the second layout on
    if isinstance(target, str):
        undated = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}  # equal runs shall give equal files
        figure.savefig(target, dpi=DPI, metadata=undated.get(target[-4:].lower()))
    else:
        target.savefig(figure, dpi=DPI)


def objective_colours(archive):
    """Bright is the best."""
    return OBJECTIVE_COLOURS + ("_r" if archive.minimised else "")


def plain(colour):
    """A colour map of one colour."""
    return matplotlib.colors.ListedColormap([colour])


def number(value):
    return f"{value:.4g}".replace("-", "\u2212")

