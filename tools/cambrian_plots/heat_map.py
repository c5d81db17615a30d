"""The illumination map of a grid of two dimensions: the objective of each cell."""

import numpy as np

from . import maze, style
from .nested import values_of_cells


def draw(run, archive, path, colour="objective"):
    del colour
    grid = values_of_cells(archive)
    over_maze = maze.positions(run, archive) == (0, 1)
    figure, axes = style.new_figure(*(maze.figure_size(run.maze) if over_maze else (8, 7.6)))
    axes.set_facecolor(style.EMPTY)
    extent = (archive.low[0], archive.high[0], archive.low[1], archive.high[1])
    mapped = axes.imshow(np.ma.masked_invalid(grid).T, origin="lower", extent=extent, cmap=style.OBJECTIVE_COLOURS,
                         interpolation="nearest", aspect="auto")
    if over_maze:
        maze.draw_walls(axes, run.maze)
        maze.draw_ends(axes, run.maze)
        axes.set_xlim(*_widened(archive.low[0], archive.high[0]))
        axes.set_ylim(*reversed(_widened(archive.low[1], archive.high[1])))
        axes.set_aspect("equal")
        maze.legend(axes)
    else:
        axes.set_box_aspect(1)
    axes.set_xlabel(archive.axis_label(0))
    axes.set_ylabel(archive.axis_label(1))
    style.colour_bar(figure, mapped, axes, archive.objective_label())
    style.put_title(figure, run, archive)
    style.save(figure, path)


def _widened(low, high):
    """A little air, so that walls on the border are whole."""
    air = 0.015 * (high - low)
    return low - air, high + air
