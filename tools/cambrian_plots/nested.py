"""The illumination map of a grid of other than two dimensions. Three to six are nested: dimensions 1 and 2 span a
block, 3 and 4 place the block (3 across, 4 up), 5 and 6 place blocks of blocks. One dimension is a row of
levels.
Source: the nested maps of Cully, Clune, Tarapore & Mouret 2015, figure 2."""

import numpy as np

from . import style

GAPS = (0.0, 0.1, 0.28)  # beside a block, in blocks: none within, between blocks, between blocks of blocks
BLOCKS = ("", "by block", "by block of blocks")
MOST_DIMENSIONS = 6


def values_of_cells(archive):
    """[shape]: the objective held in each cell, NaN where empty."""
    grid = np.full(int(np.prod(archive.shape)), np.nan)
    grid[archive.cell.astype(np.int64)] = archive.objective
    return grid.reshape(archive.shape)


def nested_edges(cells):
    """The edges of all cells along one direction. @param cells  cells of each level, innermost first
    @return  (edges [2 * cells]: begin and end of each cell, starts [levels]: where the groups of each level lie)"""
    starts, width, starts_of_levels = np.zeros(1), 1.0, []
    begin = np.arange(cells[0]) / cells[0]
    for level, count in enumerate(cells[1:], 1):
        step = width + GAPS[min(level, 2)]
        offsets = step * np.arange(count)
        begin = (offsets[:, None] + begin).ravel()
        starts_of_levels.append((offsets, width))
        width = step * (count - 1) + width
    return begin, 1 / cells[0], width, starts_of_levels


def unfold(grid):
    """[up, across] of the nested picture: axes 0, 2, 4 across (0 innermost), axes 1, 3, 5 up (1 innermost)."""
    across, up = list(range(0, grid.ndim, 2)), list(range(1, grid.ndim, 2))
    turned = grid.transpose(up[::-1] + across[::-1])
    return turned.reshape(int(np.prod([grid.shape[i] for i in up])), -1)


def draw(run, archive, path, colour="objective"):
    del colour
    if len(archive.shape) == 1:
        draw_levels(run, archive, path)
        return
    grid = values_of_cells(archive)
    note = ""
    if grid.ndim > MOST_DIMENSIONS:
        with np.errstate(all="ignore"):
            grid = np.fmax.reduce(grid.reshape(*grid.shape[:MOST_DIMENSIONS], -1), axis=-1)
        note = "best over " + ", ".join(name.replace("_", " ") for name in archive.descriptor_names[MOST_DIMENSIONS:])
    across, up = list(range(0, grid.ndim, 2)), list(range(1, grid.ndim, 2))
    x = nested_edges([grid.shape[i] for i in across])
    y = nested_edges([grid.shape[i] for i in up])
    ratio = float(np.clip(y[2] / x[2], 0.18, 1.4))
    side = float(np.clip(6.4 / np.sqrt(ratio), 6.4, 12.0))
    figure, axes = style.new_figure(side + 2.0 + 0.9 * len(up), side * ratio + 1.2 + 0.7 * len(across))
    axes.set_box_aspect(ratio)
    mapped = draw_cells(axes, x, y, unfold(grid))
    axes.set_xlim(-0.02, x[2] + 0.02)
    axes.set_ylim(-0.02, y[2] + 0.02)
    for spine in axes.spines.values():
        spine.set_visible(False)
    label_levels(axes.xaxis, archive, across, x[3], grid.shape)
    label_levels(axes.yaxis, archive, up, y[3], grid.shape)
    style.colour_bar(figure, mapped, axes, archive.objective_label())
    style.put_title(figure, run, archive, note)
    style.save(figure, path)


def draw_cells(axes, x, y, values):
    """Cells as one mesh: between them columns and rows of no width, or as wide as the gap, that stay white."""
    xs, ys = (np.column_stack([begin, begin + size]).ravel() for begin, size, _, _ in (x, y))
    cell = np.full((2 * len(y[0]) - 1, 2 * len(x[0]) - 1), np.nan)
    there = np.zeros(cell.shape, dtype=bool)
    cell[::2, ::2], there[::2, ::2] = values, True
    ground = np.ma.masked_array(np.zeros(cell.shape), ~there)
    axes.pcolormesh(xs, ys, ground, cmap=style.plain(style.EMPTY), antialiased=False, rasterized=True)
    return axes.pcolormesh(xs, ys, np.ma.masked_invalid(cell), cmap=style.OBJECTIVE_COLOURS, antialiased=False, rasterized=True)


def label_levels(axis, archive, dimensions, levels, shape):
    """An axis a level, the inner one next to the picture: its bounds at the first block; the outer ones with the middle
    of each slice at its blocks."""
    low, high = archive.low, archive.high
    vertical = axis.axis_name == "y"
    axis.set_ticks([0.0, 1.0], [style.number(low[dimensions[0]]), style.number(high[dimensions[0]])])
    axis.set_label_text(f"{archive.axis_label(dimensions[0])}" + (", in each block" if len(dimensions) > 1 else ""))
    for level, (dimension, (offsets, width)) in enumerate(zip(dimensions[1:], levels), 1):
        middles = low[dimension] + (np.arange(shape[dimension]) + 0.5) * (high[dimension] - low[dimension]) / shape[dimension]
        every = max(1, -(-len(offsets) // 8))
        outer = axis.axes.secondary_yaxis("left") if vertical else axis.axes.secondary_xaxis("bottom")
        outer.spines["left" if vertical else "bottom"].set_position(("outward", level * (76 if vertical else 50)))
        side = outer.yaxis if vertical else outer.xaxis
        side.set_ticks(list(offsets[::every] + width / 2), [style.number(m) for m in middles[::every]])
        side.set_tick_params(length=0)
        side.set_label_text(f"{archive.axis_label(dimension)}, {BLOCKS[level]}")
        for spine in outer.spines.values():
            spine.set_visible(False)


def draw_levels(run, archive, path):
    """A row of cells, in each a line at its objective; what is empty is grey from top to bottom. No bars: their lengths
    would tell ratios, and an objective has seldom a zero to measure them from."""
    values = values_of_cells(archive)
    filled = np.isfinite(values)
    edges = np.linspace(archive.low[0], archive.high[0], len(values) + 1)
    low, high = archive.objective.min(), archive.objective.max()
    air = 0.06 * (high - low) or max(0.5, 0.01 * abs(high))
    figure, axes = style.new_figure(8.6, 5.2)
    axes.grid(axis="y", color=style.EMPTY, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.imshow(np.ma.masked_array(np.zeros((1, len(values))), filled), cmap=style.plain(style.EMPTY), interpolation="nearest",
                aspect="auto", extent=(edges[0], edges[-1], low - air, high + air))
    axes.hlines(values[filled], edges[:-1][filled], edges[1:][filled], linewidth=4, array=values[filled], cmap=style.OBJECTIVE_COLOURS,
                capstyle="round" if len(values) > 200 else "butt")  # of a narrow cell the line would be thinner than it is high
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(low - air, high + air)
    axes.set_xlabel(archive.axis_label(0))
    axes.set_ylabel(archive.objective_label())
    style.put_title(figure, run, archive, "grey: empty cells" if not filled.all() else "")
    style.save(figure, path)
