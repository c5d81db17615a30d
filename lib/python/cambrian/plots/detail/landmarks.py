"""The neurons of the network that a CPPN paints, for the pictures of its patterns: from which of them links are shown, and where these
lead to."""

from typing import NamedTuple

import numpy as np

from . import network, style
from .errors import PlotError
from .genome import HIDDEN, INPUT, OUTPUT

MOST_SOURCES = 5
MOST_MARKS = 400  # targets of a panel
STAR = [(0, 0, 0), (-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)]  # sources where neurons are not known


class Neurons(NamedTuple):
    place: np.ndarray  # [nodes, 3]
    layer: np.ndarray  # [nodes]
    kind: np.ndarray  # [nodes]
    links: np.ndarray  # [links, 2] rows of source and target
    sorts: list  # kinds of sensors

    def sources(self, block, told):
        """Rows of a few neurons from which links lead into a block, as far apart as can be. @param told  whether the CPPN knows the layer"""
        rows = self.layer == block.layer - 1 if told else self.kind != OUTPUT
        if block.sort and len(self.sorts) == np.count_nonzero(self.kind == INPUT):
            rows = rows & np.isin(np.arange(len(rows)), np.flatnonzero(self.kind == INPUT)[np.array(self.sorts) == block.sort])
        linked = np.isin(np.arange(len(rows)), self.links[:, 0])
        rows = np.flatnonzero(rows & linked) if (rows & linked).any() else np.flatnonzero(rows)
        return far_apart(self.place, rows)

    def into(self, block, told):
        """Rows of a block's neurons."""
        return np.flatnonzero(self.layer == block.layer if told else self.kind >= HIDDEN)

    def mark(self, axes, source, rows):
        """The neurons of a panel, those that a source leads to in black."""
        if len(rows) <= MOST_MARKS:
            reached = np.isin(rows, self.links[self.links[:, 0] == source, 1])
            axes.scatter(*self.place[rows[~reached], :2].T, s=14, color="white", edgecolors=style.QUIET, linewidths=0.8, clip_on=False, zorder=4)
            axes.scatter(*self.place[rows[reached], :2].T, s=34, color=style.INK, edgecolors="white", linewidths=0.8, clip_on=False, zorder=6)


def far_apart(place, rows):
    """At most MOST_SOURCES of the rows, each as far as can be from those before it, in reading order."""
    taken = []
    distance = np.linalg.norm(place[rows] - place[rows].mean(axis=0), axis=1) if len(rows) else np.zeros(0)
    while len(taken) < MOST_SOURCES and len(rows) and (not taken or distance.max() > 1e-9):
        taken.append(rows[int(np.argmax(distance.round(9)))])
        far = np.linalg.norm(place[rows] - place[taken[-1]], axis=1)
        distance = far if len(taken) == 1 else np.minimum(distance, far)
    return sorted(taken, key=lambda row: (-place[row, 1], place[row, 0]))


def read(run, elite):
    """None: there is no program that knows the run's network."""
    if not network.suits(run):
        return None
    try:
        nodes, links = network.read(run, elite)
    except PlotError:
        return None
    if "x" not in nodes or "y" not in nodes:
        return None
    place = np.column_stack([nodes["x"], nodes["y"], nodes.get("z", np.zeros(len(nodes["x"])))])
    return Neurons(place, nodes["layer"], nodes["kind"], np.column_stack([links["source"], links["target"]]).astype(int), run.sensor_kinds)
