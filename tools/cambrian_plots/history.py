"""How the run went: one panel for each family of columns that the history has."""

import numpy as np

from . import style

NO_CURVE = ("evaluations", "generations", "wall_seconds")
# Panel title, columns with their legend; a column that is not named here gets a panel of its own.
PANELS = [
    ("coverage", [("coverage", "")]),
    ("QD score", [("qd_score", "")]),
    ("objective", [("objective_max", "best so far"), ("objective_mean", "mean of the archive")]),
    ("archive size", [("archive_size", "")]),
    ("novelty", [("novelty_mean", "mean"), ("novelty_threshold", "threshold")]),
    ("not placed", [("invalid", "invalid"), ("clipped", "outside the bounds")]),
]
COLOURS = ["#2a788e", "#e07b39", "#7a5195"]
HIDDEN_IF_ZERO = ("invalid", "clipped")


def panels(run):
    """[(title, [(column, legend)])] of the columns that the run's history has."""
    history = run.history
    named = {column for _, columns in PANELS for column, _ in columns}
    chosen = []
    for title, columns in PANELS:
        present = [(c, legend) for c, legend in columns if c in history and not (c in HIDDEN_IF_ZERO and not history[c].any())]
        if title == "archive size" and "coverage" in history:
            present = []  # the same curve on another scale
        if present:
            chosen.append((title, present))
    for column in sorted(history):
        if column not in named and column not in NO_CURVE and np.issubdtype(history[column].dtype, np.number):
            chosen.append((column.replace("_", " "), [(column, "")]))
    return chosen


def draw(run, archive, path, colour=None):
    del colour
    chosen = panels(run)
    across = 1 if len(chosen) == 1 else 2
    down = -(-len(chosen) // across)
    figure, grid = style.new_figure(5.6 * across + (1.6 if across == 1 else 0), 3.1 * down + 1.2, nrows=down, ncols=across,
                                    squeeze=False, sharex=True)
    evaluations = run.history["evaluations"]
    solved = run.attributes.get("solved_evaluation")
    for axes, (title, columns) in zip(grid.flat, chosen):
        for (column, legend), line in zip(columns, COLOURS):
            values = run.history[column].astype(float)
            scale = 100 if column == "coverage" else 1
            axes.plot(evaluations, scale * values, color=line, linewidth=2.4, label=legend,
                      marker="o" if len(values) == 1 else None)
        unit = "%" if title == "coverage" else run.units.get(columns[0][0], "")
        axes.set_title(f"{title} ({unit})" if unit else title, loc="left", fontsize=15, color=style.INK)
        axes.grid(axis="y", color=style.EMPTY, linewidth=0.8)
        axes.set_axisbelow(True)
        style.counts(axes.yaxis)
        style.counts(axes.xaxis)
        if solved is not None:
            axes.axvline(solved, color=style.GOAL, linewidth=1.2, linestyle=(0, (4, 3)), label="first solved" if axes is grid.flat[0] else None)
        if len(columns) > 1 or (solved is not None and axes is grid.flat[0]):
            axes.legend(fontsize=12)
    for axes in list(grid.flat)[len(chosen):]:
        axes.set_visible(False)
    for column in range(across):
        last = [axes for axes in grid[:, column] if axes.get_visible()][-1]
        last.set_xlabel("evaluations")
        last.tick_params(labelbottom=True)
    style.put_title(figure, run, archive)
    style.save(figure, path)
