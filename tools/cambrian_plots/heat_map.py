"""The illumination map: the objective of each cell of a grid archive."""

import numpy as np

from . import maze, style


def best_of_cells(archive):
    """[n0, n1]: the objective held in each cell, NaN where empty; over further axes the best."""
    grid = np.full(int(np.prod(archive.shape)), np.nan)
    grid[archive.cell.astype(np.int64)] = archive.objective
    grid = grid.reshape(archive.shape[0], archive.shape[1], -1)
    with np.errstate(all="ignore"):
        best = np.fmax.reduce(grid, axis=2)
    return best


def draw(run, archive, path, colour="objective"):
    del colour
    grid = best_of_cells(archive)
    figure, axes = style.new_figure(8, 7.6)
    axes.set_facecolor(style.EMPTY)
    extent = (archive.low[0], archive.high[0], archive.low[1], archive.high[1])
    mapped = axes.imshow(np.ma.masked_invalid(grid).T, origin="lower", extent=extent, cmap=style.OBJECTIVE_COLOURS,
                         interpolation="nearest", aspect="auto")
    over_maze = maze.positions(run, archive) == (0, 1)
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
    note = ", ".join(name.replace("_", " ") for name in archive.descriptor_names[2:])
    style.put_title(figure, run, archive, f"best over {note}" if note else "")
    style.save(figure, path)


def _widened(low, high):
    """A little air, so that walls on the border are whole."""
    air = 0.015 * (high - low)
    return low - air, high + air
