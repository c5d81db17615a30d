"""The look that all pictures share: large plain type, thin axes, one title that says what run it is."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.cm  # noqa: E402
import matplotlib.colors  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: E402

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
}

ACRONYMS = {
    "map_elites": "MAP-Elites", "hyperneat": "HyperNEAT", "es_hyperneat": "ES-HyperNEAT", "neat": "NEAT", "dct": "DCT",
    "cma_me": "CMA-ME", "cma_mae": "CMA-MAE",
}


def words(name):
    """A name of a configuration in the field's spelling: map_elites -> MAP-Elites."""
    return ACRONYMS.get(name, str(name).replace("_", " "))


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


def run_name(run):
    """What was run, but for its seed."""
    named = run.attributes
    parts = [words(named.get("algorithm", "unknown algorithm")), words(named.get("environment", "unknown environment"))]
    encoding = named.get("encoding", "")
    if encoding and encoding != "none":
        parts.append(words(encoding))
    title = " · ".join(parts)
    return title[:1].upper() + title[1:]


def run_title(run):
    """What was run."""
    seed = run.attributes.get("seed")
    return run_name(run) if seed is None else f"{run_name(run)} · seed {seed}"


def run_subtitle(run, archive):
    """How it stands."""
    parts = []
    if "evaluations" in run.attributes:
        parts.append(f"{int(run.attributes['evaluations']):,} evaluations")
    if archive.coverage is not None:
        parts.append(f"coverage {100 * archive.coverage:.1f} %")
    else:
        parts.append(f"{archive.size:,} elites")
    if archive.shape and archive.size:
        offset = f" (offset {archive.qd_offset:g})" if archive.qd_offset else ""
        parts.append(f"QD score {compact(archive.qd_score)}{offset}")
    if "solved_evaluation" in run.attributes:
        parts.append(f"solved at {int(run.attributes['solved_evaluation']):,}")
    return parts


def new_figure(width, height, **options):
    plt.rcParams.update(SETTINGS)
    return plt.subplots(figsize=(width, height), layout="constrained", **options)


def put_title(figure, run, archive, note=""):
    """A bold heading, what was run, and beneath it in grey how it stands, in one or two lines."""
    parts = run_subtitle(run, archive)
    lines = [" · ".join(parts)]
    if len(lines[0]) > 62:
        half = (len(parts) + 1) // 2
        lines = [" · ".join(parts[:half]), " · ".join(parts[half:])]
    put_lines(figure, run_title(run), lines + ([note] if note else []))


def put_lines(figure, heading, lines, legend=None):
    """@param legend  (handles, labels) for the foot of the figure, a line each; matplotlib before 3.7 cannot make room"""
    width, height = figure.get_size_inches()
    line = 0.26 / height  # inches
    figure.text(0.5, 1 - 0.14 / height, heading, ha="center", va="top", fontsize=16, fontweight="bold", color=INK)
    figure.text(0.5, 1 - 0.46 / height, "\n".join(lines), ha="center", va="top", fontsize=13, color=QUIET)
    top = 1 - 0.55 / height - line * len(lines)
    foot = 0.01
    if legend:
        figure.legend(*legend, loc="lower center", ncol=1, fontsize=13)
        foot += 0.1 / height + 0.27 / height * len(legend[1])
    figure.get_layout_engine().set(rect=(0.01, foot, 0.98, top - foot))


def how_many(count, word):
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def group_title(groups):
    """One name where all groups share it; otherwise the legend names them."""
    names = {run_name(run) for group in groups for run in group.runs}
    if len(names) == 1:
        return names.pop()
    worlds = {words(run.attributes.get("environment", "")) for group in groups for run in group.runs}
    world = worlds.pop() if len(worlds) == 1 else ""
    return f"{world[:1].upper()}{world[1:]} · {len(groups)} configurations" if world else f"{len(groups)} configurations"


def group_subtitle(groups):
    """How many runs, and of which length; the second line says how curves over seeds are drawn."""
    runs = [run for group in groups for run in group.runs]
    lengths = sorted({int(run.attributes.get("evaluations", 0)) for run in runs})
    span = f"{lengths[0]:,}" if len(lengths) == 1 else f"{lengths[0]:,} to {lengths[-1]:,}"
    lines = [f"{how_many(len(runs), 'run')} of {span} evaluations"]
    if len(runs) > len(groups):
        lines.append("median over seeds, shaded from the lower to the upper quartile")
    if any(min(ends) < 0.95 * max(ends) for ends in ([int(run.attributes.get("evaluations", 0)) for run in group.runs] for group in groups)):
        lines.append("a run that ended before others of its kind keeps its last value")
    return lines


def series(index):
    """Colours of curves: told apart in grey and by the colour-blind."""
    return SERIES[index % len(SERIES)]


def scale(values, colours, low=None, high=None):
    """What a colour bar needs of colours that are drawn otherwise."""
    return matplotlib.cm.ScalarMappable(
        matplotlib.colors.Normalize(min(values) if low is None else low, max(values) if high is None else high), colours)


def colour_bar(figure, mapped, axes, label, integer=False):
    bar = figure.colorbar(mapped, ax=axes, fraction=0.046, pad=0.03)
    bar.set_label(label)
    bar.outline.set_visible(False)
    if integer:
        counts(bar.ax.yaxis)
    return bar


def save(figure, path):
    figure.draw_without_rendering()  # axes set outward are in their place only from the second layout on
    figure.savefig(path, dpi=DPI)
    plt.close(figure)


def plain(colour):
    """A colour map of one colour."""
    return matplotlib.colors.ListedColormap([colour])


def number(value):
    return f"{value:.4g}".replace("-", "\u2212")

