"""The look that all pictures share: large plain type, thin axes, one title that says what run it is."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: E402

EMPTY = "#e6e6e6"  # cells that nothing has reached
INK = "#222222"
QUIET = "#6b6b6b"
START = "#1f77b4"
GOAL = "#d62728"
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
    for scale, suffix in ((1e9, " G"), (1e6, " M"), (1e4, " k")):
        if magnitude >= scale:
            divisor = 1e3 if suffix == " k" else scale
            return f"{value / divisor:.4g}{suffix}"
    return f"{value:,.0f}" if value == round(value) else f"{value:.4g}"


def counts(axis):
    """Ticks of a count: few, and 250 k instead of 250000."""
    axis.set_major_locator(MaxNLocator(5))
    axis.set_major_formatter(FuncFormatter(lambda value, _: compact(value).replace(" ", "\u2009")))


def run_title(run):
    """What was run."""
    named = run.attributes
    parts = [words(named.get("algorithm", "unknown algorithm")), words(named.get("environment", "unknown environment"))]
    encoding = named.get("encoding", "")
    if encoding and encoding != "none":
        parts.append(words(encoding))
    title = " · ".join(parts)
    title = title[:1].upper() + title[1:]
    return f"{title} · seed {named['seed']}" if "seed" in named else title


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
    if note:
        lines.append(note)
    width, height = figure.get_size_inches()
    line = 0.26 / height  # inches
    figure.text(0.5, 1 - 0.14 / height, run_title(run), ha="center", va="top", fontsize=16, fontweight="bold", color=INK)
    figure.text(0.5, 1 - 0.46 / height, "\n".join(lines), ha="center", va="top", fontsize=13, color=QUIET)
    top = 1 - 0.55 / height - line * len(lines)
    figure.get_layout_engine().set(rect=(0.01, 0.01, 0.98, top - 0.01))


def colour_bar(figure, mapped, axes, label, integer=False):
    bar = figure.colorbar(mapped, ax=axes, fraction=0.046, pad=0.03)
    bar.set_label(label)
    bar.outline.set_visible(False)
    if integer:
        counts(bar.ax.yaxis)
    return bar


def save(figure, path):
    figure.savefig(path, dpi=DPI)
    plt.close(figure)
