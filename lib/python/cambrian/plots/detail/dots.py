"""Elites as dots, coloured by their objective or by when they were found."""

import numpy as np

from . import style

MOST = 100_000  # dots that are drawn; of more, as many chosen at random


def note(total):
    """What the reader is told where not all are drawn; empty: all are."""
    return f"{MOST:,} of {total:,} drawn, chosen at random" if total > MOST else ""


def shades(archive, colour):
    """-> (values [N], colour map, whether the first ones lie on top)"""
    if colour == "objective":
        return archive.objective, style.objective_colours(archive), archive.minimised  # the best lie on top
    return archive.evaluation.astype(float), style.EVALUATION_COLOURS, True  # the spread of the discovery stays visible


def chosen(total):
    """The rows that are drawn."""
    return np.arange(total) if total <= MOST else np.random.default_rng(0).choice(total, MOST, replace=False)


def area(count, largest=46.0):
    """Of a dot, in square points: the fewer, the larger."""
    return float(np.clip(60_000 / max(min(count, MOST), 1), 7, largest))


def draw(axes, places, values, colours, first_on_top, norm=None, size=None):
    """@param places  [N, 2]  @param size  of a dot; None: as there is room for N"""
    rows = chosen(len(values))
    order = rows[np.argsort(-values[rows] if first_on_top else values[rows], kind="stable")]
    return axes.scatter(*places[order].T, c=values[order], s=size or area(len(values)), cmap=colours, norm=norm, linewidths=0, zorder=3,
                        rasterized=len(rows) > 5000)


def colour_bar(figure, shown, axes, archive, colour, **place):
    by_objective = colour == "objective"
    return style.colour_bar(figure, shown, axes, archive.objective_label() if by_objective else "found at (evaluations)",
                            integer=not by_objective, **place)
