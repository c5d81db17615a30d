"""The maze, drawn as it is published (y grows downward), and where every elite of a run ends in it."""

import numpy as np
from matplotlib.transforms import ScaledTranslation

from . import dots, style, titles


def positions(run, archive):
    """The columns of the descriptor that are x and y in the run's maze; None if there are none."""
    if run.maze is None:
        return None
    names = [name.lower() for name in archive.descriptor_names]
    columns = []
    for letter in ("x", "y"):
        found = [i for i, name in enumerate(names) if name == letter or name.endswith("_" + letter)]
        if len(found) != 1:
            return None
        columns.append(found[0])
    return tuple(columns)


def draw_walls(axes, maze, width=2.6):
    for x1, y1, x2, y2 in maze.walls:
        axes.plot([x1, x2], [y1, y2], color=style.INK, linewidth=width, solid_capstyle="round", zorder=4)


def draw_ends(axes, maze):
    look = {"linestyle": "none", "markeredgecolor": "white", "markeredgewidth": 1.4, "zorder": 6, "clip_on": False}
    axes.plot(*maze.start, marker="o", markersize=12, color=style.START, label="start", **look)
    axes.plot(*maze.goal, marker="*", markersize=21, color=style.GOAL, label="goal", **(look | {"zorder": 2.5}))  # below who reached it


def draw_maze(axes, maze):
    """All of the maze, y downward."""
    draw_walls(axes, maze)
    draw_ends(axes, maze)
    left, low, right, high = maze.bounds
    air = 0.02 * max(right - left, high - low) or 1
    axes.set_aspect("equal")
    axes.set_xlim(left - air, right + air)
    axes.set_ylim(high + air, low - air)


def lay_over(axes, maze, archive, across, up):
    """The maze over a map of the archive, which ends with the map. @param across, up  the archive's axes that are x and y"""
    draw_maze(axes, maze)
    axes.set_xlim(*_widened(archive.low[across], archive.high[across]))
    axes.set_ylim(*reversed(_widened(archive.low[up], archive.high[up])))
    legend(axes)


def _widened(low, high):
    """A little air, so that walls on the border are whole."""
    air = 0.015 * (high - low)
    return low - air, high + air


def legend(axes):
    """Beneath the label of the axis, whatever the height of the axes."""
    below = axes.transAxes + ScaledTranslation(0, -0.6, axes.figure.dpi_scale_trans)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=below, ncol=4, handletextpad=0.3, columnspacing=1.6)


def map_size(run, archive):
    """Of the figure of a map of an archive, in inches."""
    return figure_size(run.maze) if positions(run, archive) is not None else (8, 7.6)


def figure_size(maze):
    """As high as the maze needs at this width: a flat one shall not leave half the page empty."""
    return 8, 3.3 + 4.3 * height_of(maze)


def height_of(maze):
    """Of a picture, in widths."""
    left, low, right, high = maze.bounds
    return min(max((high - low) / max(right - left, 1e-9), 0.3), 1.5)


def note_of(archives):
    """What the dots are."""
    reached = sum(int(np.count_nonzero(archive.solved)) for archive in archives)
    total = sum(archive.size for archive in archives)
    return ", ".join(filter(None, [f"{total:,} end points of elites", f"{reached:,} at the goal" if reached else "", dots.note(total)]))


def draw(run, archive, path, colour="evaluation"):
    """Every elite's end point, coloured by when it was found, or by its objective."""
    figure, axes = style.new_figure(*figure_size(run.maze))
    titles.put_title(figure, run, archive, *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="evaluation"):
    x, y = positions(run, archive)
    shown = dots.draw(axes, archive.descriptor[:, [x, y]], *dots.shades(archive, colour))
    draw_maze(axes, run.maze)
    axes.set_xlabel(archive.axis_label(x))
    axes.set_ylabel(archive.axis_label(y))
    legend(axes)
    dots.colour_bar(axes.figure, shown, axes, archive, colour)
    return [note_of([archive])]
