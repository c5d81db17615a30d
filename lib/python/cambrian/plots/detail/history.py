"""How runs went: one panel for each family of columns; of several runs the median and quartiles over seeds."""

import numpy as np

from . import style, titles

NO_CURVE = ("evaluations", "generations", "wall_seconds")
# Panel title, columns with their legend; a column that is not named here gets a panel of its own.
PANELS = [
    ("coverage", [("coverage", "")]),
    ("QD score", [("qd_score", "")]),
    ("best objective", [("objective_max", "")]),
    ("mean objective of the archive", [("objective_mean", "")]),
    ("archive size", [("archive_size", "")]),
    ("novelty", [("novelty_mean", "mean"), ("novelty_threshold", "threshold")]),
    ("not placed", [("invalid", "invalid"), ("clipped", "clipped")]),
]
SOLVED = "solved runs"
# What whole columns count; /history names the unit of evaluations and of times itself.
COUNTED = {"coverage": "% of cells", "archive_size": "elites", "driver_size": "elites", "invalid": "evaluations",
           "clipped": "evaluations", "solved": "evaluations", "solved_evaluation": "%"}


def moves(runs, column):
    """Whether a column says anything: it is there, and not the same number throughout."""
    values = [run.history[column].astype(float) for run in runs if column in run.history]
    values = np.concatenate([v[np.isfinite(v)] for v in values]) if values else np.zeros(0)
    return len(values) > 0 and values.min() != values.max()


def panels(runs):
    """[(title, [(column, legend)])] of the columns in which something happens; none where no run has two rows."""
    if all(len(run.history.get("evaluations", ())) < 2 for run in runs):
        return []
    known = {column for run in runs for column, values in run.history.items()
             if column not in NO_CURVE and np.issubdtype(values.dtype, np.number)}
    named = {column for _, columns in PANELS for column, _ in columns}
    chosen = []
    for title, columns in PANELS:
        if title == "archive size" and "coverage" in known:
            continue  # the same curve on another scale
        present = [(c, legend) for c, legend in columns if c in known and moves(runs, c)]
        if present:
            chosen.append((title, present))
    chosen += [(c.replace("_", " "), [(c, "")]) for c in sorted(known - named) if moves(runs, c)]
    if len(runs) > 1 and any("solved_evaluation" in run.attributes for run in runs):
        chosen.append((SOLVED, [("solved_evaluation", "")]))
    return chosen


def counted(run, column):
    """Whether a column holds whole numbers."""
    return column in run.history and np.issubdtype(run.history[column].dtype, np.integer)


def why_none(runs):
    """What a reader is told where the runs have a history, but no picture of it."""
    if not any(run.history for run in runs) or panels(runs):
        return ""
    rows = max(len(run.history.get("evaluations", ())) for run in runs)
    if rows < 2:
        return f"no history picture: /history has {style.how_many(rows, 'row')} (a smaller run.log_interval gives more)"
    return "no history picture: no column of /history changes"


def on_common_axis(runs, column):
    """-> (evaluations [E], values [R, E]): every run at all evaluations that any of them logged. Between its rows
    a run is on the line through them; before its first row it is not a number, after its last it keeps that value."""
    runs = [run for run in runs if column in run.history and len(run.history["evaluations"])]
    axis = np.unique(np.concatenate([run.history["evaluations"] for run in runs])).astype(float)
    rows = [np.interp(axis, run.history["evaluations"].astype(float), run.history[column].astype(float), left=np.nan)
            for run in runs]
    return axis, np.array(rows)


def quartiles(values):
    """[3, E]: lower quartile, median, upper quartile over the runs that have begun."""
    with np.errstate(all="ignore"):
        return np.nanpercentile(values, [25, 50, 75], axis=0)


def draw_curve(axes, runs, column, colour, label, dashes="-"):
    evaluations, values = on_common_axis(runs, column)
    values = 100 * values if column == "coverage" else values
    look = {"color": colour, "linewidth": 2.4, "label": label, "linestyle": dashes}
    if len(evaluations) == 1:
        look["marker"] = "o"  # a line through one point is nothing
    if len(values) == 1:
        axes.plot(evaluations, values[0], **look)
        return
    low, middle, high = quartiles(values)
    axes.fill_between(evaluations, low, high, color=colour, alpha=0.22, linewidth=0)
    axes.plot(evaluations, middle, **look)


def draw_solved(axes, runs, colour, label):
    """The share of runs that have solved their task by then."""
    solved = sorted(int(run.attributes["solved_evaluation"]) for run in runs if "solved_evaluation" in run.attributes)
    end = max(int(run.history["evaluations"][-1]) for run in runs)
    share = 100 * np.arange(len(solved) + 1) / len(runs)
    axes.step([0, *solved, end], [*share, share[-1]], where="post", color=colour, linewidth=2.4, label=label)
    axes.set_ylim(-3, 103)


def draw(groups, path):
    runs = [run for group in groups for run in group.runs]
    chosen = panels(runs)
    across = 1 if len(chosen) == 1 else 2
    down = -(-len(chosen) // across)
    extra = 0.35 * len(groups) if len(groups) > 1 else 0
    figure, grid = style.new_figure(5.6 * across + (1.6 if across == 1 else 0), 3.1 * down + 1.2 + extra, nrows=down,
                                    ncols=across, squeeze=False, sharex=True)
    for axes, (panel, columns) in zip(grid.flat, chosen):
        draw_panel(axes, panel, columns, groups, runs)
    mark_solved(grid.flat[0], runs)
    finish_axes(grid, len(chosen))
    if len(runs) == 1:
        titles.put_title(figure, runs[0], runs[0].archive)
    else:
        legend = legend_of(groups) if len(groups) > 1 else None
        titles.put_lines(figure, titles.group_title(groups), titles.group_subtitle(groups) + titles.early_ends(groups), legend)
    style.save(figure, path)


def draw_panel(axes, panel, columns, groups, runs):
    first = columns[0][0]
    unit = unit_of(first, runs)
    axes.set_title(f"{panel} ({unit})" if unit else panel, loc="left", fontsize=15, color=style.INK)
    axes.grid(axis="y", color=style.EMPTY, linewidth=0.8)
    axes.set_axisbelow(True)
    style.counts(axes.yaxis, integer=all(counted(run, column) for run in runs for column, _ in columns))
    style.counts(axes.xaxis)
    for g, group in enumerate(groups):
        if first == "solved_evaluation":
            draw_solved(axes, group.runs, style.series(g), group.label)
            continue
        for c, (column, legend) in enumerate(columns):
            if not any(column in run.history for run in group.runs):
                continue
            colour = style.series(g if len(groups) > 1 else c)
            dashes = (0, (4, 2)) if len(groups) > 1 and c else "-"
            draw_curve(axes, group.runs, column, colour, legend, dashes)
    if len(columns) > 1:
        handles, labels = axes.get_legend_handles_labels()
        put_legend(axes, handles[:len(columns)], labels[:len(columns)])


def unit_of(column, runs):
    """What a panel's numbers are in; empty: plain numbers, or runs that differ in it."""
    if column in COUNTED:
        return COUNTED[column]
    if column == "qd_score" or column.startswith("objective_"):
        units = {run.archive.objective_unit for run in runs}
    elif column.startswith("novelty_"):
        return ""  # of the distance, which may be squared
    else:
        units = {run.units.get(column, "") for run in runs}
    return units.pop() if len(units) == 1 else ""


def put_legend(axes, handles, labels):
    """Above the panel at the right, beside its title: over no curve."""
    axes.legend(handles, labels, fontsize=12, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncol=len(handles), borderaxespad=0,
                handlelength=1.4, handletextpad=0.4, columnspacing=1.0)


def legend_of(groups):
    from matplotlib.lines import Line2D
    lines = [Line2D([], [], color=style.series(g), linewidth=2.4) for g in range(len(groups))]
    return lines, [f"{group.label}: {style.how_many(len(group.runs), 'run')}" if group.label else style.how_many(len(group.runs), "run")
                   for group in groups]


def mark_solved(axes, runs):
    if len(runs) == 1 and "solved_evaluation" in runs[0].attributes:
        for each in axes.figure.axes:
            each.axvline(runs[0].attributes["solved_evaluation"], color=style.GOAL, linewidth=1.2, linestyle=(0, (4, 3)),
                         label="first solved" if each is axes else None)
        put_legend(axes, *axes.get_legend_handles_labels())


def finish_axes(grid, used):
    for axes in list(grid.flat)[used:]:
        axes.set_visible(False)
    for column in range(grid.shape[1]):
        last = [axes for axes in grid[:, column] if axes.get_visible()][-1]
        last.set_xlabel("evaluations")
        last.tick_params(labelbottom=True)
