"""How the elites' objectives are distributed: a histogram, and the share of elites up to each value; over several seeds the
medians and quartiles of these, each run counting the same."""

import numpy as np

from . import style, titles
from .history import legend_of, quartiles

POINTS = 2000  # of a cumulative curve: finer than its pixels


def bins(values):
    """Edges after Freedman & Diaconis 1981, at least 10 and at most 60 bins."""
    low, high = values.min(), values.max()
    size = max(abs(low), abs(high))
    if high - low <= 1e-12 * size + 1e-300:  # the same but for rounding: no room for edges between
        low, high = low - max(0.5, 0.01 * size), high + max(0.5, 0.01 * size)
    width = float(2 * np.subtract(*np.percentile(values, [75, 25])) / len(values) ** (1 / 3))  # plain: numpy warns of the overflow below
    count = int(np.clip(float(high - low) / width if width > 0 else 10, 10, 60))
    return np.linspace(low, high, count + 1)


def shares_of_bins(runs, edges):
    """[R, bins]: percent of each run's elites."""
    return np.array([np.histogram(values, edges)[0] * 100 / max(len(values), 1) for values in runs])


def shares_up_to(runs, points):
    """[R, points]: percent of each run's elites whose objective is at most this."""
    return np.array([np.searchsorted(np.sort(values), points, side="right") * 100 / max(len(values), 1) for values in runs])


def draw(groups, path):
    each = objectives_of(groups)
    edges = bins(np.concatenate([values for runs in each for values in runs]))
    alone = len(groups) == 1 and len(groups[0].runs) == 1
    figure, (left, right) = style.new_figure(11.2, 4.9 + (0 if alone else 0.35 * len(groups)), ncols=2)
    for g, runs in enumerate(each):
        colour = style.series(g)
        if alone:
            left.hist(runs[0], bins=edges, color=colour, edgecolor="white", linewidth=0.6)
        elif runs:
            low, middle, high = quartiles(shares_of_bins(runs, edges))
            left.stairs(high, edges, baseline=low, fill=True, color=colour, alpha=0.22)
            left.stairs(middle, edges, color=colour, linewidth=2.4)
    paint_shares(right, groups)
    finish(left, right, edges, groups, alone)
    if alone:
        run = groups[0].runs[0]
        median = titles.with_unit(style.compact(float(np.median(run.archive.objective))), run.archive.objective_unit)
        titles.put_title(figure, run, run.archive, f"median {median}")
    else:
        titles.put_lines(figure, titles.group_title(groups), titles.group_subtitle(groups), legend_of(groups))
    style.save(figure, path)


def objectives_of(groups):
    """[groups][runs that have elites]: the elites' objectives."""
    return [[run.archive.objective for run in group.runs if run.archive.size] for group in groups]


def paint_shares(axes, groups):
    """The share of a run's elites up to each objective."""
    each = objectives_of(groups)
    every = np.concatenate([values for runs in each for values in runs])
    edges = bins(every)
    points = np.unique(every) if len(every) <= POINTS else np.linspace(edges[0], edges[-1], POINTS)
    points = np.concatenate([[edges[0]], points, [edges[-1]]])
    for g, runs in enumerate(each):
        if not runs:
            continue
        colour = style.series(g)
        low, middle, high = quartiles(shares_up_to(runs, points))
        if len(runs) > 1:
            axes.fill_between(points, low, high, step="post", color=colour, alpha=0.22, linewidth=0)
        axes.step(points, np.concatenate([[0], middle[1:]]), where="post", color=colour, linewidth=2.4)
    axes.set_ylabel("share up to here (%)")
    axes.set_ylim(-2, 102)
    axes.grid(color=style.EMPTY, linewidth=0.8)


def finish(left, right, edges, groups, alone):
    left.set_ylabel("elites" if alone else "share of a run's elites (%)")
    style.counts(left.yaxis)
    labels = dict.fromkeys(run.archive.objective_label() for group in groups for run in group.runs)
    for axes in (left, right):
        axes.set_xlabel(" or ".join(labels))
        axes.set_axisbelow(True)
        air = 0.02 * (edges[-1] - edges[0])
        axes.set_xlim(edges[0] - air, edges[-1] + air)
