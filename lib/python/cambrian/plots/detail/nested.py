"""The illumination map of a grid of other than two dimensions. Three to six are nested: dimensions 1 and 2 span a
block, 3 and 4 place the block (3 across, 4 up), 5 and 6 place blocks of blocks. One dimension is a row of
levels.
Source: the nested maps of Cully, Clune, Tarapore & Mouret 2015, figure 2."""

import numpy as np

from . import maze, style, titles
from .coarse import MOST_DIMENSIONS, coarse

GAPS = (0.0, 0.1, 0.28)  # beside a block, in blocks: none within, between blocks, between blocks of blocks
BLOCKS = ("", "by block", "by block of blocks")
MOST_ACROSS = 500  # cells side by side: with their gaps about the pixels of an axis


def nested_edges(inner, counts):
    """The edges of all cells along one direction. @param inner  (begin, end) of the cells of a block, in [0, 1]
    @param counts  how many blocks of each further level
    @return  (begin, end [cells]: of each cell, width: of all, starts [levels]: where the groups of each level lie)"""
    begin, end = inner
    width, starts_of_levels = 1.0, []
    for level, count in enumerate(counts, 1):
        step = width + GAPS[min(level, 2)]
        offsets = step * np.arange(count)
        begin, end = ((offsets[:, None] + edge).ravel() for edge in (begin, end))
        starts_of_levels.append((offsets, width))
        width = step * (count - 1) + width
    return begin, end, width, starts_of_levels


def unfold(grid):
    """[up, across] of the nested picture: axes 0, 2, 4 across (0 innermost), axes 1, 3, 5 up (1 innermost)."""
    across, up = list(range(0, grid.ndim, 2)), list(range(1, grid.ndim, 2))
    turned = grid.transpose(up[::-1] + across[::-1])
    return turned.reshape(int(np.prod([grid.shape[i] for i in up])), -1)


class Layout:
    """Where the cells of an archive lie, and how large the picture is."""

    def __init__(self, run, archive):
        self.grid = coarse(archive, MOST_ACROSS)
        self.down = downward(run, archive)
        self.values = self.grid.values if self.down is None else np.flip(self.grid.values, self.down)
        self.across, self.up = list(range(0, self.values.ndim, 2)), list(range(1, self.values.ndim, 2))
        self.x, self.y = (nested_edges(inner_edges(self.grid, side[0], self.down), [self.values.shape[i] for i in side[1:]])
                          for side in (self.across, self.up))
        self.ratio = float(np.clip(self.y[2] / self.x[2], 0.18, 1.4))
        self.width = float(np.clip(6.4 / np.sqrt(self.ratio), 6.4, 12.0))  # of the axes, in inches

    def figure_size(self):
        return self.width + 2.0 + 0.9 * len(self.up), self.width * self.ratio + 1.2 + 0.7 * len(self.across)


def draw(run, archive, path, colour="objective"):
    figure, axes = style.new_figure(*((8.6, 5.2) if len(archive.shape) == 1 else Layout(run, archive).figure_size()))
    titles.put_title(figure, run, archive, titles.which(archive), *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="objective"):
    """-> notes on what is seen."""
    del colour
    if len(archive.shape) == 1:
        return paint_levels(axes, archive)
    at = Layout(run, archive)
    x, y = at.x, at.y
    axes.set_box_aspect(at.ratio)
    mapped = draw_cells(axes, x, y, unfold(at.values), style.objective_colours(archive))
    axes.set_xlim(-0.02, x[2] + 0.02)
    axes.set_ylim(-0.02, y[2] + 0.02)
    for spine in axes.spines.values():
        spine.set_visible(False)
    label_levels(axes.xaxis, archive, at.grid, at.across, x[3], at.width / x[2])
    label_levels(axes.yaxis, archive, at.grid, at.up, y[3], at.width * at.ratio / y[2], at.down)
    style.colour_bar(axes.figure, mapped, axes, archive.objective_label())
    return [best_over(archive), at.grid.note()]


def downward(run, archive):
    """The dimension that is y in the run's maze and lies upright here: it grows downward, as the maze is drawn."""
    places = maze.positions(run, archive)
    return places[1] if places and places[1] % 2 == 1 and places[1] < MOST_DIMENSIONS else None


def inner_edges(grid, dimension, down):
    begin, end = grid.edges(dimension)
    return (1 - end[::-1], 1 - begin[::-1]) if dimension == down else (begin, end)


def best_over(archive):
    """Names the dimensions that are not drawn."""
    more = archive.descriptor_names[MOST_DIMENSIONS:]
    return "best over " + ", ".join(name.replace("_", " ") for name in more) if more else ""


def draw_cells(axes, x, y, values, colours):
    """Cells as one mesh: between them columns and rows of no width, or as wide as the gap, that stay white."""
    xs, ys = (np.column_stack([begin, end]).ravel() for begin, end, _, _ in (x, y))
    cell = np.full((2 * len(y[0]) - 1, 2 * len(x[0]) - 1), np.nan)
    there = np.zeros(cell.shape, dtype=bool)
    cell[::2, ::2], there[::2, ::2] = values, True
    ground = np.ma.masked_array(np.zeros(cell.shape), ~there)
    axes.pcolormesh(xs, ys, ground, cmap=style.plain(style.EMPTY), antialiased=False, rasterized=True)
    return axes.pcolormesh(xs, ys, np.ma.masked_invalid(cell), cmap=colours, antialiased=False, rasterized=True)


def label_levels(axis, archive, grid, dimensions, levels, inch, down=None):
    """An axis for each level, the inner one next to the picture: its bounds at the first block; the outer ones with the middle
    of each slice at its blocks. A level whose first group has no room for its numbers has its bounds in its label.
    @param levels  [(offsets, width)] of the outer ones  @param inch  of a block  @param down  the dimension that grows downward"""
    vertical = axis.axis_name == "y"
    room = 0.3 if vertical else 0.62  # inches that a number takes
    for level, dimension in enumerate(dimensions):
        places, texts = [0.0, 1.0], [style.number(bound[dimension]) for bound in (archive.low, archive.high)]
        side = axis
        if level:
            offsets, width = levels[level - 1]
            middles = archive.low[dimension] + np.mean(grid.edges(dimension), axis=0) * (archive.high[dimension] - archive.low[dimension])
            every = max(1, -(-len(offsets) // 8))
            places, texts = list(offsets[::every] + width / 2), [style.number(m) for m in (middles[::-1] if dimension == down else middles)[::every]]
            side = outer_axis(axis, level)
        elif dimension == down:
            texts.reverse()
        fits = len(places) < 2 or (places[1] - places[0]) * inch >= room
        side.set_ticks(places if fits else [], texts if fits else [])
        bounds = "" if fits else f", {style.number(archive.low[dimension])} to {style.number(archive.high[dimension])}"
        where = (BLOCKS[level] or "in each block") if len(dimensions) > 1 else ""
        side.set_label_text(archive.axis_label(dimension) + bounds + (f", {where}" if where else ""))


def outer_axis(axis, level):
    vertical = axis.axis_name == "y"
    outer = axis.axes.secondary_yaxis("left") if vertical else axis.axes.secondary_xaxis("bottom")
    outer.spines["left" if vertical else "bottom"].set_position(("outward", level * (76 if vertical else 50)))
    for spine in outer.spines.values():
        spine.set_visible(False)
    side = outer.yaxis if vertical else outer.xaxis
    side.set_tick_params(length=0)
    return side


def paint_levels(axes, archive):
    """A row of cells, in each a line at its objective; what is empty is grey from top to bottom. No bars: their lengths
    would tell ratios, and an objective has seldom a zero to measure them from."""
    grid = coarse(archive)
    values = grid.values
    filled = np.isfinite(values)
    begin, end = (archive.low[0] + edge * (archive.high[0] - archive.low[0]) for edge in grid.edges(0))
    low, high = archive.objective.min(), archive.objective.max()
    air = 0.06 * (high - low) or max(0.5, 0.01 * abs(high))
    axes.grid(axis="y", color=style.EMPTY, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.imshow(np.ma.masked_array(np.zeros((1, len(values))), filled), cmap=style.plain(style.EMPTY), interpolation="nearest",
                aspect="auto", extent=(begin[0], begin[0] + len(values) * (end[0] - begin[0]), low - air, high + air))
    axes.hlines(values[filled], begin[filled], end[filled], linewidth=4, array=values[filled], cmap=style.objective_colours(archive),
                capstyle="round" if len(values) > 200 else "butt")  # of a narrow cell the line would be thinner than it is high
    axes.set_xlim(begin[0], end[-1])
    axes.set_ylim(low - air, high + air)
    axes.set_xlabel(archive.axis_label(0))
    axes.set_ylabel(archive.objective_label())
    return ["" if filled.all() else "grey: empty cells", grid.note()]
