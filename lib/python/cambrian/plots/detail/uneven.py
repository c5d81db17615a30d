"""A grid of two dimensions whose boundaries have moved (sliding boundaries): each cell as wide and high as it is, with the
objective of its elite."""

import numpy as np

from . import maze, style, titles

MOST = 4_000_000  # cells


def suits(archive):
    return archive.boundaries is not None and len(archive.boundaries) == 2 and archive.cells <= MOST


def edges(archive, axis):
    """[cells + 1]: from bound to bound, or beyond where a boundary lies outside of them."""
    inner = archive.boundaries[axis]
    low, high = archive.low[axis], archive.high[axis]
    return np.concatenate([[min([low, *inner[:1]])], inner, [max([high, *inner[-1:]])]])


def best_of_cells(archive):
    """[cells of axis 0, cells of axis 1]: the objective held in each, NaN where nothing is."""
    best = np.full(archive.cells, np.nan)
    archive.better.at(best, archive.cell.astype(np.int64), archive.objective)
    return best.reshape(archive.slices)


def draw(run, archive, path, colour="objective"):
    figure, axes = style.new_figure(*maze.map_size(run, archive))
    titles.put_title(figure, run, archive, titles.which(archive), *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="objective"):
    """-> notes on what is seen."""
    del colour
    across, up = maze.positions(run, archive) or (0, 1)
    over_maze = maze.positions(run, archive) is not None
    axes.set_facecolor(style.EMPTY)
    values = np.ma.masked_invalid(best_of_cells(archive).transpose(up, across))
    mapped = axes.pcolormesh(edges(archive, across), edges(archive, up), values, cmap=style.objective_colours(archive),
                             antialiased=False, rasterized=True)
    if over_maze:
        maze.lay_over(axes, run.maze, archive, across, up)
    else:
        axes.set_xlim(edges(archive, across)[[0, -1]])
        axes.set_ylim(edges(archive, up)[[0, -1]])
        axes.set_box_aspect(1)
    axes.set_xlabel(archive.axis_label(across))
    axes.set_ylabel(archive.axis_label(up))
    style.colour_bar(axes.figure, mapped, axes, archive.objective_label())
    return ["boundaries at the quantiles of recent descriptors"]
