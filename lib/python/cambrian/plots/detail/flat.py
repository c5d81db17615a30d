"""A network in a plane, seen from above: neurons of all sorts lie side by side, and a link is bent to the left of its way, so that two
that lead to and fro are apart."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from . import style, wires
from .genome import HIDDEN, OUTPUT
from .sheets import AXIS, RIM, SHEET

STEPS = 24
BEND = 0.12  # of a link's length
RING = 0.045  # radius of a link to its own neuron


def suits(nodes):
    """Whether hidden neurons and motors are of one layer, as those that ES-HyperNEAT finds."""
    return "z" not in nodes and bool(set(nodes["layer"][nodes["kind"] == HIDDEN]) & set(nodes["layer"][nodes["kind"] == OUTPUT]))


def curves(a, b):
    """[links, STEPS, 2]: from a to b [links, 2]; where they are the same, a ring below it."""
    t = np.linspace(0, 1, STEPS)[None, :, None]
    way = b - a
    side = np.column_stack([-way[:, 1], way[:, 0]])[:, None, :]
    lines = a[:, None, :] + t * way[:, None, :] + BEND * 4 * t * (1 - t) * side
    turn = 2 * np.pi * t[0, :, 0]
    ring = RING * np.column_stack([np.sin(turn), np.cos(turn) - 1])
    return np.where((np.abs(way).max(axis=1) < 1e-9)[:, None, None], a[:, None, :] + ring, lines)


def draw_links(axes, places, source, target, weight, limit):
    """Signed colours; the stronger, the wider and the less transparent."""
    rows = wires.strongest(weight)
    share = np.abs(weight[rows]) / limit
    crowd = float(np.clip((60 / max(len(rows), 1)) ** 0.5, 0.2, 1.0))
    colours = wires.WEIGHTS(0.5 + 0.5 * weight[rows] / limit)
    colours[:, 3] = np.clip((0.2 + 0.8 * share) * (0.35 + 0.6 * crowd), 0, 1)
    axes.add_collection(LineCollection(curves(places[source[rows]], places[target[rows]]), colors=colours,
                                       linewidths=0.5 + 3.0 * share * (0.4 + 0.6 * crowd), capstyle="round", zorder=2))


def draw_frame(axes, places):
    """[-1, 1] in both directions, and room around all neurons for their names."""
    axes.add_patch(Rectangle((-1, -1), 2, 2, facecolor=SHEET, edgecolor=RIM, linewidth=1.0, zorder=0))
    for line in ([(-1, 1), (0, 0)], [(0, 0), (-1, 1)]):
        axes.plot(*line, color=AXIS, linewidth=1.0, zorder=0)
    low, high = np.minimum(places.min(axis=0), -1) - 0.35, np.maximum(places.max(axis=0), 1) + 0.35
    look = {"textcoords": "offset points", "fontsize": 12, "color": style.QUIET, "zorder": 0}
    for mark, x, y in ((-1, "−1", "−1"), (0, "x", "y"), (1, "1", "1")):
        axes.annotate(x, (mark, low[1]), xytext=(0, 2), ha="center", va="bottom", **look)
        axes.annotate(y, (high[0], mark), xytext=(-2, 0), ha="right", va="center", **look)
    axes.set_aspect("equal")
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
