"""A network on its substrate as stacked sheets, one for each layer, seen from the front and above: places of different layers
that coincide lie above each other. Links go from sheet to sheet."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from . import style, wires

LEAN, DEPTH = 0.34, 0.46  # what a step of y on a sheet is across and up on the page
GAP = 1.3  # between sheets, in sheets' heights
LIFT = 0.9  # of a step of z
AIR = np.array([0.62, 0.32])  # of a sheet around its neurons, across for their names
STEPS = 24  # of a link's curve
SHEET, RIM, AXIS = "#f3f3f0", "#b9b9b4", "#d5d5d0"


class Sheets:
    """Where things lie on the page. @param places  [nodes, 2 or 3] on the substrate  @param layer  [nodes], 0 for the sensors"""

    def __init__(self, places, layer):
        self.floors = {level: np.unique(places[layer == level, 2]) if places.shape[1] == 3 else np.zeros(1) for level in np.unique(layer)}
        self.deep = places.shape[1] == 3
        places = places[:, :2]
        low, high = np.minimum(places.min(axis=0), -1), np.maximum(places.max(axis=0), 1)
        air = AIR * (high - low).max() / 2
        self.left, self.front = low - air
        self.right, self.back = high + air
        self.levels = np.unique(layer)
        step = GAP * DEPTH * (self.back - self.front)
        self.heights, floor = {}, 0.0
        for level in self.levels:
            low, high = LIFT * self.floors[level].min(), LIFT * self.floors[level].max()
            self.heights[level] = floor - low
            floor += step + high - low

    def page(self, places, level):
        """[..., 2]: places of a layer on the page, of two or three coordinates; of two: on its highest sheet."""
        places = np.asarray(places, dtype=float)
        z = places[..., 2] if places.shape[-1] == 3 else self.floors[level].max()
        return np.stack([places[..., 0] + LEAN * places[..., 1], DEPTH * places[..., 1] + LIFT * z + self.heights[level]], axis=-1)

    def draw(self, axes, level, name, order):
        """A sheet for each z at which the layer has neurons, joined at their corners."""
        floors = self.floors[level]
        corners = [(self.left, self.front), (self.right, self.front), (self.right, self.back), (self.left, self.back)]
        for z in floors:
            rim = [(x, y, z) for x, y in corners]
            axes.add_patch(Polygon(self.page(rim, level), facecolor=SHEET, alpha=0.5, zorder=order))
            axes.add_patch(Polygon(self.page(rim, level), facecolor="none", edgecolor=RIM, linewidth=1.0, zorder=order))
            for line in ([(self.left, 0, z), (self.right, 0, z)], [(0, self.front, z), (0, self.back, z)]):  # x and y through zero
                axes.plot(*self.page(line, level).T, color=AXIS, linewidth=1.0, zorder=order)
            if self.deep:
                axes.annotate(f"z = {style.number(z)}", self.page((self.right, self.back, z), level), xytext=(5, -2), textcoords="offset points",
                              fontsize=12, color=style.QUIET, ha="left", va="top", zorder=order)
        for x, y in corners if len(floors) > 1 else ():
            axes.plot(*self.page([(x, y, floors[0]), (x, y, floors[-1])], level).T, color=RIM, linewidth=1.0, linestyle=":", zorder=order)
        axes.annotate(name, self.page((self.left, self.back), level), xytext=(-16, 0), textcoords="offset points", fontsize=15,
                      fontweight="bold", color=style.INK, ha="right", va="top", zorder=order)

    def label_axes(self, axes, level):
        """Numbers along the front and the right of the lowest sheet."""
        z = self.floors[level].min()
        look = {"textcoords": "offset points", "fontsize": 12, "color": style.QUIET}
        for mark in (-1, 0, 1):
            text = style.number(mark)
            axes.annotate(text, self.page((mark, self.front, z), level), xytext=(0, -5), ha="center", va="top", **look)
            axes.annotate(text, self.page((self.right, mark, z), level), xytext=(7, 0), ha="left", va="center", **look)
        axes.annotate("x", self.page((0.5, self.front, z), level), xytext=(0, -5), ha="center", va="top", **look)
        axes.annotate("y", self.page((self.right, 0.5, z), level), xytext=(7, 0), ha="left", va="center", **look)

    def set_limits(self, axes):
        """All sheets, and room for what is written beside them."""
        corners = np.concatenate([self.page([(self.left, self.front, z), (self.right, self.back, z)], level)
                                  for level in self.levels for z in self.floors[level]])
        (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
        axes.set_aspect("equal")
        axes.set_xlim(left - 0.05, right + (0.5 if self.deep else 0.2))
        axes.set_ylim(low - 0.22, high + 0.05)


def curve(a, b):
    """[links, STEPS, 2]: from a to b [links, 2], leaving and reaching the sheets upright where they are apart."""
    t = np.linspace(0, 1, STEPS)[None, :, None]
    lift = np.zeros_like(a)
    lift[:, 1] = 0.42 * (b[:, 1] - a[:, 1])
    a, b, lift = a[:, None, :], b[:, None, :], lift[:, None, :]
    return (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * (a + lift) + 3 * (1 - t) * t**2 * (b - lift) + t**3 * b


def draw_links(axes, page, source, target, weight, limit, order):
    """Signed colours; the stronger, the wider and the less transparent. @param page  [nodes, 2] on the page"""
    rows = wires.strongest(weight)
    share = np.abs(weight[rows]) / limit
    crowd = float(np.clip((40 / max(len(rows), 1)) ** 0.5, 0.2, 1.0))
    colours = wires.WEIGHTS(0.5 + 0.5 * weight[rows] / limit)
    colours[:, 3] = np.clip((0.15 + 0.85 * share) * (0.3 + 0.65 * crowd), 0, 1)
    axes.add_collection(LineCollection(curve(page[source[rows]], page[target[rows]]), colors=colours,
                                       linewidths=0.3 + 3.1 * share * crowd, capstyle="round", zorder=order))
