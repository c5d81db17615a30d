"""Places for networks that are decoded without any, such as those of dct: sensors and motors where the body has them, hidden neurons
along the axes of `hidden_shapes`, other layers in lines. Only where some layer is a grid: rows of neurons need no places."""

import json
import re

import numpy as np

from .cppn import table_of
from .genome import HIDDEN, INPUT, OUTPUT

LONGEST = 60  # neurons of one line


def places_of(run, nodes):
    """-> (places [nodes, 2], [nodes] how many neurons a line of the layer has, 0 where they are not in lines); None: no layer is a grid, or
    one holds neurons of several kinds."""
    levels = [np.flatnonzero(nodes["layer"] == level) for level in np.unique(nodes["layer"])]
    if any(len(np.unique(nodes["kind"][rows])) > 1 for rows in levels):
        return None
    shapes = hidden_shapes(run)
    places, line, grids = np.zeros((len(nodes["layer"]), 2)), np.zeros(len(nodes["layer"]), dtype=int), 0
    for level, rows in enumerate(levels):
        kind = int(nodes["kind"][rows[0]])
        shape = shapes[level - 1] if kind == HIDDEN and len(shapes) == len(levels) - 2 else [len(rows)]
        at_body = body_places(run, kind) if kind != HIDDEN else None
        if at_body is not None and len(at_body) == len(rows):
            places[rows], grids = at_body, grids + is_grid(at_body)
        elif len(shape) > 1:
            places[rows], grids = along(shape), grids + 1
        else:
            places[rows], line[rows] = in_lines(len(rows)), line_of(len(rows)) if len(rows) > LONGEST else 0
    return (places, line) if grids else None


def hidden_shapes(run):
    """Of each hidden layer; empty: the configuration does not say."""
    found = re.search(r"(?m)^\s*hidden_shapes\s*=\s*(\[.*\])", table_of(run))
    return [[int(length) for length in shape.split("x")] for shape in json.loads(found.group(1))] if found else []


def body_places(run, kind):
    if run.places is None:
        return None
    sensors = len(run.sensor_names)
    return {INPUT: run.places[:sensors], OUTPUT: run.places[sensors:]}[kind]


def is_grid(places):
    """Whether places are all of some x with all of some y, at least two of each."""
    sides = [len(np.unique(places[:, axis].round(9))) for axis in range(2)]
    return min(sides) > 1 and len(np.unique(places.round(9), axis=0)) == len(places) == sides[0] * sides[1]


def along(shape):
    """[neurons, 2]: the first axis is x; those beyond the second lie behind each other."""
    across, up = shape[0], int(np.prod(shape[1:]))
    return np.column_stack([np.repeat(spread(across), up), np.tile(spread(up), across)])


def line_of(count):
    return count if count <= LONGEST else int(np.ceil(np.sqrt(2 * count)))


def in_lines(count):
    """[neurons, 2]: line by line from the front where there are too many for one."""
    across = line_of(count)
    return np.column_stack([spread(across)[np.arange(count) % across], spread(-(-count // across))[np.arange(count) // across]])


def spread(count):
    return np.linspace(-1, 1, count) if count > 1 else np.zeros(1)
