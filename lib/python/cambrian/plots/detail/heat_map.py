"""The illumination map of a grid of two dimensions: the objective of each cell."""

import numpy as np

from . import maze, style, titles
from .coarse import coarse


def draw(run, archive, path, colour="objective"):
    figure, axes = style.new_figure(*maze.map_size(run, archive))
    titles.put_title(figure, run, archive, titles.which(archive), *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="objective"):
    """-> notes on what is seen."""
    del colour
    grid = coarse(archive)
    across, up = maze.positions(run, archive) or (0, 1)
    over_maze = maze.positions(run, archive) is not None
    axes.set_facecolor(style.EMPTY)
    extent = [edge for i in (across, up) for edge in (archive.low[i], end_of(archive, grid, i))]
    mapped = axes.imshow(np.ma.masked_invalid(grid.values.transpose(up, across)), origin="lower", extent=extent,
                         cmap=style.objective_colours(archive), interpolation="nearest", aspect="auto")
    if over_maze:
        maze.lay_over(axes, run.maze, archive, across, up)
    else:
        axes.set_xlim(archive.low[across], archive.high[across])
        axes.set_ylim(archive.low[up], archive.high[up])
        axes.set_box_aspect(1)
    axes.set_xlabel(archive.axis_label(across))
    axes.set_ylabel(archive.axis_label(up))
    style.colour_bar(axes.figure, mapped, axes, archive.objective_label())
    return [grid.note()]


def end_of(archive, grid, i):
    """Where the last block would end if it were whole: beyond the grid, where the axis is cut."""
    whole = grid.values.shape[i] * grid.block[i] / archive.shape[i]
    return archive.low[i] + whole * (archive.high[i] - archive.low[i])
