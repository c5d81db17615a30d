"""The pattern that a CPPN paints over [-1, 1] x [-1, 1], or over more where the body's sensors and motors reach further: of
two inputs, each output; of four (x1, y1, x2, y2, as in HyperNEAT) and more (z2, the layer that a link leads to; k1, the kind of
sensor that it comes from), the weight of a link to every place from sources all over the plane, laid out as they lie, and the bias
of every place; a block of panels per layer and kind."""

from typing import NamedTuple

import numpy as np

from . import style, wires
from .cppn import further_inputs, hidden_rows, is_cppn, setting
from .errors import LeftOutError
from .genome import INPUT, evaluate, read_genome
from .graph import put_elite_title

SIDE = 200  # points a side
MARKS = (-1.0, 0.0, 1.0)


def suits(run):
    return is_cppn(run) and run.genomes == "graph"


class Block(NamedTuple):
    """What links lead to, and from where, that the CPPN tells apart."""

    name: str  # behind "from (x, y)"
    further: tuple  # inputs of the CPPN behind x1, y1, x2, y2
    layer: int  # that the links lead to, from 1
    bias: tuple  # the further inputs of its neurons' biases


def blocks_of(run, count):
    names = further_inputs(run, count)
    layers = hidden_rows(run) + 1 if "z₂" in names else 1
    kinds = list(dict.fromkeys(run.sensor_kinds))
    blocks = []
    for layer in range(1, layers + 1):
        z = (2.0 * layer / layers - 1.0,) if "z₂" in names else ()
        into = f" into {layer}" if layers > 1 else ""
        if "k₁" not in names:
            blocks.append(Block(into, z, layer, z))
        elif layer > 1:
            blocks.append(Block(into, (*z, 0.0), layer, (*z, 0.0)))
        else:
            for i, kind in enumerate(kinds):
                blocks.append(Block(f" {kind}{into}", (*z, 2.0 * i / (len(kinds) - 1) - 1.0), layer, (*z, 0.0)))
    return blocks


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


def weights_from(genome, x1, y1, bias, extent=(-1, 1, -1, 1), further=()):
    """[SIDE, SIDE]: the first output for links from (x1, y1) to each place."""
    return evaluate(genome, [x1, y1, *plane(extent), *further], bias)[0]


def draw(run, archive, path, wanted=None):
    genome = read_genome(run.path, wanted)
    inputs = len(genome.nodes_of(INPUT))
    if inputs not in (2, 4, 5, 6):
        raise LeftOutError(f"{run.path}: a CPPN of {inputs} inputs has no pattern; of 2, 4, 5 or 6 inputs it has")
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
    """A block of panels for each layer that links lead to, and each kind of sensor, where the CPPN tells them apart."""
    threshold = setting(run, "threshold", 0.2)
    blocks = blocks_of(run, len(genome.nodes_of(INPUT)))
    extent = extent_of(run)
    across, up = marks(*extent[:2]), marks(*extent[2:])[::-1]
    weights = [[[weights_from(genome, x1, y1, bias, extent, block.further) for x1 in across] for y1 in up] for block in blocks]
    biases = [evaluate(genome, [0.0, 0.0, *plane(extent), *block.bias], bias)[1:2] for block in blocks]
    limit = limit_of([value for block in weights for row in block for value in row] + [value for pair in biases for value in pair])
    rows, columns = len(blocks) * len(up), len(across) + (1 if biases[0] else 0)
    figure, grid = style.new_figure(2.8 * columns + 1.0, 2.6 * rows * (extent[3] - extent[2]) / (extent[1] - extent[0]) + 1.6, nrows=rows,
                                    ncols=columns, sharex=True, sharey=True)
    for b, block in enumerate(blocks):
        here = grid[b * len(up):(b + 1) * len(up)]
        for i, y1 in enumerate(up):
            for j, x1 in enumerate(across):
                title = f"from ({style.number(x1)}, {style.number(y1)}){block.name}"
                mapped = paint(here[i, j], weights[b][i][j], extent, title, limit, threshold)
                here[i, j].plot(x1, y1, marker="o", markersize=11, color="white", markeredgecolor=style.INK, markeredgewidth=1.5,
                                clip_on=False, zorder=5)
        if biases[b]:
            last = b + 1 == len(blocks) or blocks[b + 1].layer > block.layer
            if last:
                name = f"bias in {block.layer}" if blocks[-1].layer > 1 else "bias of a neuron"
                paint(here[-1, -1], biases[b][0], extent, name, limit)
            for axes in here[:-1, -1] if last else here[:, -1]:
                axes.set_visible(False)
    for axes in grid[-1]:
        axes.set_xlabel("x₂")
    for axes in grid[:, 0]:
        axes.set_ylabel("y₂")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    into = f" into each of {blocks[-1].layer} layers" if blocks[-1].layer > 1 else ""
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
