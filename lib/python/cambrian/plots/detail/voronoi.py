"""A CVT archive in the plane: the region of each centroid, coloured by the objective of its elite."""

import numpy as np

from . import maze, style, titles

PIXELS = 700  # a side
MOST = 20_000  # regions that can be seen, of 5 pixels a side
BLOCK = 1 << 22  # distances at once, 32 MB


def suits(archive):
    return archive.kind == "cvt" and archive.centroids is not None and archive.centroids.shape[1] == 2 and len(archive.centroids) <= MOST


def nearest_centroids(centroids, xs, ys):
    """[len(ys), len(xs)]: the index of the nearest centroid of each pixel, row by row of pixels in blocks."""
    nearest = np.empty((len(ys), len(xs)), dtype=np.int64)
    squares = (centroids**2).sum(axis=1)
    rows = max(1, BLOCK // (len(xs) * len(centroids)))
    for begin in range(0, len(ys), rows):
        block = ys[begin:begin + rows]
        points = np.stack(np.meshgrid(xs, block), axis=-1).reshape(-1, 2)
        nearest[begin:begin + rows] = (squares - 2 * points @ centroids.T).argmin(axis=1).reshape(len(block), len(xs))
    return nearest


def best_of_regions(archive):
    """[C]: the objective held at each centroid, NaN where nothing is."""
    best = np.full(len(archive.centroids), np.nan)
    archive.better.at(best, archive.cell.astype(np.int64), archive.objective)
    return best


def draw(run, archive, path, colour="objective"):
    figure, axes = style.new_figure(*maze.map_size(run, archive))
    titles.put_title(figure, run, archive, titles.which(archive), *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="objective"):
    """-> notes on what is seen."""
    del colour
    low, high = archive.low, archive.high
    across, up = maze.positions(run, archive) or (0, 1)
    over_maze = maze.positions(run, archive) is not None
    # Nearest as the archive measures it: on axes of equal length.
    step = (np.arange(PIXELS) + 0.5) / PIXELS
    axes_drawn = [across, up]
    start, width = (np.asarray(values, dtype=float)[axes_drawn] for values in (low, high - low))
    nearest = nearest_centroids((archive.centroids[:, axes_drawn] - start) / width, step, step)
    values = np.ma.masked_invalid(best_of_regions(archive)[nearest])
    axes.set_facecolor(style.EMPTY)
    extent = (low[across], high[across], low[up], high[up])
    mapped = axes.imshow(values, origin="lower", extent=extent, cmap=style.objective_colours(archive), interpolation="nearest",
                         aspect="auto")
    if len(archive.centroids) <= 4000:
        axes.imshow(borders(nearest), origin="lower", extent=extent, interpolation="nearest", aspect="auto")
    if over_maze:
        maze.lay_over(axes, run.maze, archive, across, up)
    else:
        axes.set_box_aspect(1)
    axes.set_xlabel(archive.axis_label(across))
    axes.set_ylabel(archive.axis_label(up))
    style.colour_bar(axes.figure, mapped, axes, archive.objective_label())
    return []


def borders(nearest):
    """[H, W, 4]: thin white lines between regions, clear elsewhere."""
    edge = np.zeros(nearest.shape, dtype=bool)
    edge[:, 1:] |= nearest[:, 1:] != nearest[:, :-1]
    edge[1:] |= nearest[1:] != nearest[:-1]
    paint = np.ones((*nearest.shape, 4))
    paint[..., 3] = np.where(edge, 0.55, 0.0)
    return paint
