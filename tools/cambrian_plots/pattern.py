"""The pattern that a CPPN paints over [-1, 1] x [-1, 1]: of two inputs, each output; of four (x1, y1, x2, y2, as in
HyperNEAT), the weight of a link to every place from nine sources, laid out as they lie, and the bias of every place."""

import re

import numpy as np

from . import style
from .errors import PlotError
from .genome import INPUT, OUTPUT, evaluate, read_genome
from .graph import is_cppn, put_elite_title

SIDE = 200  # points a side
SOURCES = (-1.0, 0.0, 1.0)


def suits(run):
    return is_cppn(run) and run.genomes == "graph"


def setting(run, key, default):
    """A number of the table [encoding] of the run's configuration."""
    table = re.search(r"(?ms)^\[encoding\]\s*$(.*?)(?=^\[|\Z)", str(run.attributes.get("config", "")))
    found = re.search(rf"(?m)^\s*{key}\s*=\s*([-+.\deE]+)", table.group(1)) if table else None
    return float(found.group(1)) if found else default


def plane():
    """-> x [1, SIDE], y [SIDE, 1]: the middles of the picture's points."""
    line = -1 + (2 * np.arange(SIDE) + 1) / SIDE
    return line[None, :], line[:, None]


def weights_from(genome, x1, y1, bias):
    """[SIDE, SIDE]: the first output for links from (x1, y1) to each place."""
    x, y = plane()
    return evaluate(genome, [x1, y1, x, y], bias)[0]


def draw(run, archive, path, wanted=None):
    genome = read_genome(run.path, wanted)
    inputs = len(genome.nodes_of(INPUT))
    if inputs not in (2, 4):
        raise PlotError(f"{run.path}: a CPPN of {inputs} inputs has no picture; of 2 or 4 it has")
    figure, note = (draw_outputs if inputs == 2 else draw_links)(run, genome, setting(run, "cppn_bias", 1.0))
    put_elite_title(figure, run, genome, archive, note)
    style.save(figure, path)


def draw_outputs(run, genome, bias):
    values = evaluate(genome, plane(), bias)
    figure, grid = style.new_figure(4.6 * len(values) + 1.2, 5.9, ncols=len(values), squeeze=False)
    for i, (axes, value) in enumerate(zip(grid.flat, values)):
        mapped = paint(axes, np.broadcast_to(value, (SIDE, SIDE)), f"output {i}")
        axes.set_xlabel("x")
        axes.set_ylabel("y" if i == 0 else "")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    return figure, "the outputs of its CPPN"


def draw_links(run, genome, bias):
    threshold = setting(run, "threshold", 0.2)
    paints_bias = len(genome.nodes_of(OUTPUT)) > 1
    figure, grid = style.new_figure(12.4 if paints_bias else 9.2, 9.4, nrows=3, ncols=4 if paints_bias else 3, sharex=True, sharey=True)
    for i, y1 in enumerate(reversed(SOURCES)):
        for j, x1 in enumerate(SOURCES):
            axes = grid[i, j]
            mapped = paint(axes, weights_from(genome, x1, y1, bias), f"from ({x1:g}, {y1:g})", threshold)
            axes.plot(x1, y1, marker="o", markersize=11, color="white", markeredgecolor=style.INK, markeredgewidth=1.5,
                      clip_on=False, zorder=5)
    if paints_bias:
        x, y = plane()
        paint(grid[2, 3], evaluate(genome, [0.0, 0.0, x, y], bias)[1], "bias of a neuron")
        grid[0, 3].set_visible(False)
        grid[1, 3].set_visible(False)
    for axes in grid[2]:
        axes.set_xlabel("x₂")
    for axes in grid[:, 0]:
        axes.set_ylabel("y₂")
    style.colour_bar(figure, mapped, list(grid.flat), "CPPN output")
    return figure, f"weights of links from nine places (dots) to every other; white lines: ±{threshold:g}, between them no link"


def paint(axes, value, title, threshold=None):
    mapped = axes.imshow(value, origin="lower", extent=(-1, 1, -1, 1), cmap=style.OBJECTIVE_COLOURS, vmin=-1, vmax=1,
                         interpolation="nearest")
    if threshold:
        levels = [level for level in (-threshold, threshold) if value.min() < level < value.max()]
        if levels:
            axes.contour(value, levels=levels, extent=(-1, 1, -1, 1), colors="white", linewidths=1.3, linestyles="-")
    axes.set_title(title, fontsize=14, color=style.INK)
    axes.tick_params(pad=8)
    axes.set_xticks([-1, 0, 1])
    axes.set_yticks([-1, 0, 1])
    return mapped
