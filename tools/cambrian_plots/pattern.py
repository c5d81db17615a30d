"""The pattern that a CPPN paints over [-1, 1] x [-1, 1], or over more where the body's sensors and motors reach further: of
two inputs, each output; of four (x1, y1, x2, y2, as in HyperNEAT) or five (and z2, the layer that a link leads to), the weight of
a link to every place from sources all over the plane, laid out as they lie, and the bias of every place; a block per layer."""

import re

import numpy as np

from . import style, wires
from .errors import LeftOutError
from .genome import INPUT, evaluate, read_genome
from .graph import is_cppn, put_elite_title

SIDE = 200  # points a side
MARKS = (-1.0, 0.0, 1.0)


def suits(run):
    return is_cppn(run) and run.genomes == "graph"


def setting(run, key, default):
    """A number of the table [encoding] of the run's configuration."""
    table = re.search(r"(?ms)^\[encoding\]\s*$(.*?)(?=^\[|\Z)", str(run.attributes.get("config", "")))
    found = re.search(rf"(?m)^\s*{key}\s*=\s*([-+.\deE]+)", table.group(1)) if table else None
    return float(found.group(1)) if found else default


def layers_of(run, inputs):
    """What the CPPN is told of each layer that links lead to: nothing, or z2, from -1 for the sensors' layer to 1 for the motors'."""
    if inputs == 4:
        return [()]
    hidden = re.search(r"(?m)^\s*hidden\s*=\s*\[([^\]]*)\]", str(run.attributes.get("config", "")))
    links = 1 + (len(re.findall(r"\d+", hidden.group(1))) if hidden else 1)
    return [(2.0 * layer / links - 1.0,) for layer in range(1, links + 1)]


def extent_of(run):
    """(left, right, low, high): the square of hidden neurons and all of the body's places."""
    places = np.array([[-1, -1], [1, 1]]) if run.places is None else np.vstack([run.places, [[-1, -1], [1, 1]]])
    return places[:, 0].min(), places[:, 0].max(), places[:, 1].min(), places[:, 1].max()


def plane(extent):
    """-> x [1, SIDE], y [SIDE, 1]: the middles of the picture's points."""
    share = (np.arange(SIDE) + 0.5) / SIDE
    left, right, low, high = extent
    return (left + (right - left) * share)[None, :], (low + (high - low) * share)[:, None]


def marks(low, high):
    """The places of sources, and of ticks, along one direction."""
    return sorted({low, *MARKS, high})


def weights_from(genome, x1, y1, bias, extent=(-1, 1, -1, 1), layer=()):
    """[SIDE, SIDE]: the first output for links from (x1, y1) to each place of a layer."""
    return evaluate(genome, [x1, y1, *plane(extent), *layer], bias)[0]


def draw(run, archive, path, wanted=None):
    genome = read_genome(run.path, wanted)
    inputs = len(genome.nodes_of(INPUT))
    if inputs not in (2, 4, 5):
        raise LeftOutError(f"{run.path}: a CPPN of {inputs} inputs has no pattern; of 2, 4 or 5 inputs it has")
    figure, note = (draw_outputs if inputs == 2 else draw_links)(run, genome, setting(run, "cppn_bias", 1.0))
    put_elite_title(figure, run, genome, archive, note)
    style.save(figure, path)


def draw_outputs(run, genome, bias):
    extent = extent_of(run)
    values = evaluate(genome, plane(extent), bias)
    limit = limit_of(values)
    figure, grid = style.new_figure(4.6 * len(values) + 1.2, 5.9, ncols=len(values), squeeze=False)
    for i, (axes, value) in enumerate(zip(grid.flat, values)):
        mapped = paint(axes, np.broadcast_to(value, (SIDE, SIDE)), extent, f"output {i}", limit)
        axes.set_xlabel("x")
        axes.set_ylabel("y" if i == 0 else "")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    return figure, "the outputs of its CPPN"


def draw_links(run, genome, bias):
    """A block of panels for each layer that links lead to, where the CPPN tells them apart."""
    threshold = setting(run, "threshold", 0.2)
    told = layers_of(run, len(genome.nodes_of(INPUT)))
    layers = len(told)
    extent = extent_of(run)
    across, up = marks(*extent[:2]), marks(*extent[2:])[::-1]
    weights = [[[weights_from(genome, x1, y1, bias, extent, layer) for x1 in across] for y1 in up] for layer in told]
    biases = [value for layer in told for value in evaluate(genome, [0.0, 0.0, *plane(extent), *layer], bias)[1:2]]
    limit = limit_of([value for block in weights for row in block for value in row] + biases)
    rows, columns = layers * len(up), len(across) + (1 if biases else 0)
    figure, grid = style.new_figure(2.8 * columns + 1.0, 2.6 * rows * (extent[3] - extent[2]) / (extent[1] - extent[0]) + 1.6, nrows=rows,
                                    ncols=columns, sharex=True, sharey=True)
    for layer, block in enumerate(weights):
        which = f" into {layer + 1}" if layers > 1 else ""
        here = grid[layer * len(up):(layer + 1) * len(up)]
        for i, y1 in enumerate(up):
            for j, x1 in enumerate(across):
                title = f"from ({style.number(x1)}, {style.number(y1)}){which}"
                mapped = paint(here[i, j], block[i][j], extent, title, limit, threshold)
                here[i, j].plot(x1, y1, marker="o", markersize=11, color="white", markeredgecolor=style.INK, markeredgewidth=1.5,
                                clip_on=False, zorder=5)
        if biases:
            paint(here[-1, -1], biases[layer], extent, f"bias in {layer + 1}" if layers > 1 else "bias of a neuron", limit)
            for axes in here[:-1, -1]:
                axes.set_visible(False)
    for axes in grid[-1]:
        axes.set_xlabel("x₂")
    for axes in grid[:, 0]:
        axes.set_ylabel("y₂")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    into = f" into each of {layers} layers" if layers > 1 else ""
    return figure, f"weights of links from {len(across) * len(up)} places (dots) to every other{into}; dark lines: ±{threshold:g}, between them no link"


def limit_of(values):
    """Colours are symmetric about zero and reach as far as what is painted, at least to one."""
    return max(1.0, max(float(np.max(np.abs(value))) for value in values))


def paint(axes, value, extent, title, limit, threshold=None):
    """Signed, as links are: blue below zero, grey at it, orange above."""
    mapped = axes.imshow(value, origin="lower", extent=extent, cmap=wires.WEIGHTS, vmin=-limit, vmax=limit,
                         interpolation="nearest")
    if threshold:
        levels = [level for level in (-threshold, threshold) if value.min() < level < value.max()]
        if levels:
            axes.contour(value, levels=levels, extent=extent, colors=style.INK, linewidths=1.0, linestyles="-")
    axes.set_title(title, fontsize=14, color=style.INK, pad=9)
    axes.tick_params(pad=8)
    axes.set_xticks(MARKS, [style.number(mark) for mark in MARKS])
    axes.set_yticks(MARKS, [style.number(mark) for mark in MARKS])
    return mapped
