"""Parallel axes: every elite is a line across its measures and its objective. For archives of many dimensions."""

import numpy as np
from matplotlib.collections import LineCollection

from . import style, titles

MOST = 5000  # lines that can still be told apart; of more, as many chosen at random


def columns_of(archive):
    """-> (values [N, D + 1], low [D + 1], high [D + 1], labels): the descriptor, then the objective."""
    values = np.column_stack([archive.descriptor, archive.objective])
    low, high = np.append(archive.low, archive.objective.min()), np.append(archive.high, archive.objective.max())
    labels = [archive.axis_label(i) for i in range(len(archive.low))] + [archive.objective_label()]
    return values, low, np.where(high > low, high, low + 1), labels


def draw(run, archive, path, colour="objective"):
    figure, axes = style.new_figure(max(8.0, 1.9 * (len(archive.low) + 1) + 2), 6.6)
    titles.put_title(figure, run, archive, *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="objective"):
    """-> notes on what is seen."""
    del run
    by_objective = colour != "evaluation"
    values, low, high, labels = columns_of(archive)
    total = archive.size
    rows = np.random.default_rng(0).choice(total, MOST, replace=False) if total > MOST else np.arange(total)
    shade = archive.objective if by_objective else archive.evaluation.astype(float)
    best_is_low = by_objective and archive.minimised
    rows = rows[np.argsort(-shade[rows] if best_is_low else shade[rows], kind="stable")]  # the best on top
    colours = style.objective_colours(archive) if by_objective else style.EVALUATION_COLOURS
    scaled = np.clip((values[rows] - low) / (high - low), -0.05, 1.05)  # what lies outside the bounds: just outside
    places = np.arange(len(labels))
    segments = np.stack([np.broadcast_to(places, scaled.shape), scaled], axis=2)
    lines = LineCollection(segments, array=shade[rows], linewidths=1.1, alpha=float(np.clip(220 / len(rows), 0.12, 0.9)),
                           cmap=colours, rasterized=True)
    axes.add_collection(lines)
    for place, bottom, top in zip(places, low, high):
        axes.axvline(place, color=style.INK, linewidth=1.2, zorder=3)
        for share, align in ((0, "top"), (0.5, "center"), (1, "bottom")):
            axes.annotate(style.number(bottom + share * (top - bottom)), (place, share), xytext=(6, {0: -4, 0.5: 0, 1: 4}[share]),
                          textcoords="offset points", va=align, ha="left", fontsize=12, color=style.INK, zorder=4,
                          bbox={"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.8})
    axes.set_xlim(-0.15, len(labels) - 1 + 0.35)
    axes.set_ylim(-0.08, 1.08)
    axes.set_xticks(places, [wrapped(label) for label in labels])
    axes.tick_params(axis="x", length=0, labelsize=13)
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    solid = style.scale(shade[rows], colours)
    style.colour_bar(axes.figure, solid, axes, archive.objective_label() if by_objective else "found at (evaluations)",
                     integer=not by_objective)
    return [f"{MOST:,} of {total:,} elites, chosen at random" if total > MOST else ""]


def wrapped(label):
    """The unit beneath the name."""
    return label.replace(" (", "\n(", 1)
