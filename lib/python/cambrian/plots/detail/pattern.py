"""The pattern that a CPPN paints over [-1, 1] in each direction, or over more where the body's sensors and motors reach further. Of
two inputs: each output. Of a substrate in one dimension: the weight of a link over both its ends. In two: the weight of a link to every
place, from a few of the network's neurons. In three: the same for slices of the space that links lead to. Beside them the bias of a
neuron at every place; a row of panels per layer and kind of sensor, where the CPPN is told these. Weights that make no link are paler;
where the program tells the network's neurons, these are marked, for link expression may hold at their places alone."""

from typing import NamedTuple

import numpy as np

from . import landmarks, style, wires
from .cppn import dimensions, hidden_rows, input_names, inputs_of, is_cppn, output_names, setting
from .errors import LeftOutError
from .genome import INPUT, OUTPUT, evaluate, read_genome
from .graph import put_elite_title

SIDE = 200  # points a side
MARKS = (-1.0, 0.0, 1.0)
MOST_PANELS = 200
PALE = 0.65  # how white lies over what makes no link


def suits(run):
    return is_cppn(run) and run.genomes == "graph"


class Block(NamedTuple):
    """What links lead to, and from where, that the CPPN tells apart."""

    name: str  # behind "from (x, y)"
    layer: int  # that the links lead to, from 1
    told: dict  # keywords of cppn.inputs_of for its links
    told_bias: dict  # and for the biases of its neurons
    sort: str = ""  # of the sensors that they come from; empty: of any


def blocks_of(run, names):
    layers = hidden_rows(run) + 1 if "l₂" in names else 1
    kinds = list(dict.fromkeys(run.sensor_kinds))
    blocks = []
    for layer in range(1, layers + 1):
        here = {"layer": 2.0 * layer / layers - 1.0, "source_layer": 2.0 * (layer - 1) / layers - 1.0}
        bias = {"layer": here["layer"]}
        into = f" into {layer}" if layers > 1 else ""
        if "k₁" not in names or layer > 1:
            blocks.append(Block(into, layer, here, bias))
            continue
        for i, kind in enumerate(kinds):
            blocks.append(Block(f" {kind}{into}", layer, here | {"kind": 2.0 * i / (len(kinds) - 1) - 1.0}, bias, kind))
    return blocks


class Painter(NamedTuple):
    """A CPPN, and how it is asked."""

    genome: object
    names: list
    outputs: list
    bias: float

    threshold: float  # outputs up to this size make no link

    def paint(self, source, target, told, output="weight"):
        """An output, or None where there is none."""
        if output not in self.outputs:
            return None
        answers = evaluate(self.genome, inputs_of(self.names, source, target, **told), self.bias)
        return np.broadcast_to(answers[self.outputs.index(output)], (SIDE, SIDE))

    def linked(self, source, target, told):
        """Where there is a link: by link expression, or else by the size of the weight."""
        by_expression = self.paint(source, target, told, "link")
        return by_expression >= 0 if by_expression is not None else np.abs(self.paint(source, target, told)) > self.threshold


def extent_of(run):
    """(left, right, low, high): the square of hidden neurons and all of the body's places."""
    places = np.array([[-1, -1], [1, 1]]) if run.places is None else np.vstack([run.places, [[-1, -1], [1, 1]]])
    return places[:, 0].min(), places[:, 0].max(), places[:, 1].min(), places[:, 1].max()


def plane(extent):
    """-> x [1, SIDE], y [SIDE, 1]: the middles of the picture's points."""
    share = (np.arange(SIDE) + 0.5) / SIDE
    left, right, low, high = extent
    return (left + (right - left) * share)[None, :], (low + (high - low) * share)[:, None]


def draw(run, archive, path, wanted=None):
    genome = read_genome(run.path, wanted)
    count = len(genome.nodes_of(INPUT))
    names = input_names(run, count)
    if not names:
        raise LeftOutError(f"{run.path}: the {count} inputs of its CPPN are not those that its configuration says, so it has no pattern")
    painter = Painter(genome, names, output_names(run, len(genome.nodes_of(OUTPUT))), setting(run, "cppn_bias", 1.0),
                      setting(run, "threshold", 0.0 if run.attributes.get("encoding") == "es_hyperneat" else 0.2))
    if "x" not in names and "weight" not in painter.outputs:
        raise LeftOutError(f"{run.path}: its CPPN paints no weights, so it has no pattern")
    how = draw_outputs if "x" in names else {1: draw_line, 2: draw_links, 3: draw_space}[dimensions(run) if "z₁" in names or "y₁" not in names else 2]
    figure, note = how(run, painter, landmarks.read(run, genome))
    put_elite_title(figure, run, genome, archive, note)
    style.save(figure, path)


def draw_outputs(run, painter, _):
    extent = extent_of(run)
    values = evaluate(painter.genome, plane(extent), painter.bias)
    limit = limit_of(values)
    figure, grid = style.new_figure(4.6 * len(values) + 1.2, 5.9, ncols=len(values), squeeze=False)
    for i, (axes, value) in enumerate(zip(grid.flat, values)):
        mapped = paint(axes, np.broadcast_to(value, (SIDE, SIDE)), extent, f"output {i}", limit)
        axes.set_xlabel("x")
        axes.set_ylabel("y" if i == 0 else "")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    return figure, "the outputs of its CPPN"


def draw_line(run, painter, neurons):
    """One dimension: where a link comes from across, where it leads to upward."""
    extent = (-1.0, 1.0, -1.0, 1.0)
    x1, x2 = plane(extent)
    blocks = blocks_of(run, painter.names)
    panels = [(f"weight{block.name}", painter.paint((x1, 0.0, 0.0), (x2, 0.0, 0.0), block.told),
               painter.linked((x1, 0.0, 0.0), (x2, 0.0, 0.0), block.told)) for block in blocks]
    panels += [(f"bias in {block.layer}" if block.name else "bias", painter.paint((0.0,) * 3, (x2, 0.0, 0.0), block.told_bias, "bias"), None)
               for i, block in enumerate(blocks) if i == 0 or block.layer > blocks[i - 1].layer]
    panels = [panel for panel in panels if panel[1] is not None]
    limit = limit_of([value for _, value, _ in panels])
    figure, grid = style.new_figure(max(3.6 * len(panels) + 1.2, 6.5), 5.3, ncols=len(panels), sharey=True, squeeze=False)
    for axes, (title, value, linked) in zip(grid.flat, panels):
        mapped = paint(axes, value, extent, title, limit, linked)
        axes.set_xlabel("x₁" if linked is not None else "")
    grid.flat[0].set_ylabel("x₂")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    return figure, noted(painter, "weights of links from x₁ to x₂")


def draw_links(run, painter, neurons):
    """Two dimensions: a row of panels for each layer that links lead to, and each kind of sensor."""
    blocks, told = blocks_of(run, painter.names), "l₂" in painter.names
    extent = extent_of(run)
    x2, y2 = plane(extent)
    rows = [neurons.sources(block, told) if neurons else [] for block in blocks]
    sources = [[tuple(neurons.place[row]) for row in each] if len(each) else landmarks.STAR[:landmarks.MOST_SOURCES] for each in rows]
    weights = [[painter.paint(source, (x2, y2, 0.0), block.told) for source in each] for block, each in zip(blocks, sources)]
    biases = [painter.paint((0.0,) * 3, (x2, y2, 0.0), block.told_bias, "bias") for block in blocks]
    has_bias = biases[0] is not None
    limit = limit_of([value for row in weights for value in row] + (biases if has_bias else []))
    columns = max(map(len, sources)) + has_bias
    figure, grid = style.new_figure(max(2.8 * columns + 1.0, 7.5), 2.7 * len(blocks) * (extent[3] - extent[2]) / (extent[1] - extent[0]) + 1.9,
                                    nrows=len(blocks), ncols=columns, sharex=True, sharey=True, squeeze=False)
    for b, (block, line) in enumerate(zip(blocks, grid)):
        for axes in line[len(sources[b]):]:
            axes.set_visible(False)
        for j, (axes, source) in enumerate(zip(line, sources[b])):
            place = f"from ({round_number(source[0])}, {round_number(source[1])})"
            name = "\n" + block.name.strip() if len(block.name) > 9 else block.name
            mapped = paint(axes, weights[b][j], extent, place + name, limit, painter.linked(source, (x2, y2, 0.0), block.told))
            if len(rows[b]):
                neurons.mark(axes, rows[b][j], neurons.into(block, told))
            mark_source(axes, source)
        if has_bias and (b + 1 == len(blocks) or blocks[b + 1].layer > block.layer):
            line[-1].set_visible(True)
            paint(line[-1], biases[b], extent, f"bias in {block.layer}" if blocks[-1].layer > 1 else "bias of a neuron", limit)
    label_grid(grid)
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    marked = "; black: neurons that it leads to" if any(map(len, rows)) else ""
    return figure, noted(painter, f"weights of links from a place (ring) to every other{marked}")


def mark_source(axes, source):
    axes.plot(*source[:2], marker="o", markersize=12, color="none", markeredgecolor="white", markeredgewidth=4.0, clip_on=False, zorder=5)
    axes.plot(*source[:2], marker="o", markersize=12, color="none", markeredgecolor=style.INK, markeredgewidth=1.8, clip_on=False, zorder=5)


def round_number(value):
    return style.number(round(value, 2) + 0.0)


def draw_space(run, painter, _):
    """Three dimensions: a column per source, a row per slice that links lead to."""
    blocks = blocks_of(run, painter.names)
    extent = (-1.0, 1.0, -1.0, 1.0)
    x2, y2 = plane(extent)
    slices = [(block, z2) for block in blocks for z2 in MARKS[::-1]]
    star = landmarks.STAR
    sources = star if len(slices) * (len(star) + 1) <= MOST_PANELS else star[:1]
    weights = [[painter.paint(source, (x2, y2, z2), block.told) for source in sources] for block, z2 in slices]
    biases = [painter.paint((0.0,) * 3, (x2, y2, z2), block.told_bias, "bias") for block, z2 in slices]
    has_bias = biases[0] is not None
    limit = limit_of([value for row in weights for value in row] + (biases if has_bias else []))
    figure, grid = style.new_figure(2.5 * (len(sources) + has_bias) + 1.4, 2.6 * len(slices) + 1.6, nrows=len(slices),
                                    ncols=len(sources) + has_bias, sharex=True, sharey=True, squeeze=False)
    for row, (block, z2) in enumerate(slices):
        for column, source in enumerate(sources):
            title = f"from ({', '.join(map(style.number, source))})" if z2 == MARKS[-1] else ""
            mapped = paint(grid[row, column], weights[row][column], extent, title, limit, painter.linked(source, (x2, y2, z2), block.told))
            if source[2] == z2:
                mark_source(grid[row, column], source)
        if has_bias:
            paint(grid[row, -1], biases[row], extent, "bias" if z2 == MARKS[-1] else "", limit)
    label_grid(grid)
    for axes, (block, z2) in zip(grid[:, 0], slices):
        axes.set_ylabel(f"{block.name.strip()}\nz₂ = {style.number(z2)}\ny₂".strip())
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    return figure, noted(painter, f"weights of links from {len(sources)} places (rings) to slices of the space")


def label_grid(grid):
    for axes in grid[-1]:
        axes.set_xlabel("x₂")
    for axes in grid[:, 0]:
        axes.set_ylabel("y₂")


def noted(painter, what):
    if "link" in painter.outputs:
        return f"{what}\npaler: link expression says that there is no link"
    return f"{what}\npaler: within ±{painter.threshold:g}, which makes no link" if painter.threshold else what


def limit_of(values):
    """Colours are symmetric about zero and reach as far as what is painted, at least to one."""
    return max(1.0, max(float(np.max(np.abs(value))) for value in values))


def paint(axes, value, extent, title, limit, linked=None):
    """Signed, as links are: blue below zero, grey at it, orange above. @param linked  where there are links; None: everywhere"""
    mapped = axes.imshow(value, origin="lower", extent=extent, cmap=wires.WEIGHTS, vmin=-limit, vmax=limit,
                         interpolation="nearest")
    if linked is not None and not linked.all():
        axes.contourf(linked.astype(float), levels=(-1.0, 0.5), extent=extent, colors=["white"], alpha=PALE)
        if linked.any():
            axes.contour(linked.astype(float), levels=[0.5], extent=extent, colors=style.INK, linewidths=1.0)
    axes.set_title(title, fontsize=14, color=style.INK, pad=9)
    axes.tick_params(pad=8)
    axes.set_xticks(MARKS, [style.number(mark) for mark in MARKS])
    axes.set_yticks(MARKS, [style.number(mark) for mark in MARKS])
    return mapped
