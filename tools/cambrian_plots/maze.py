"""The maze, drawn as it is published (y grows downward), and where every elite of a run ends in it."""

import numpy as np
from matplotlib.transforms import ScaledTranslation

from . import style


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
    axes.plot(*maze.goal, marker="*", markersize=21, color=style.GOAL, label="goal", **look)


def legend(axes):
    """Beneath the label of the axis, whatever the height of the axes."""
    below = axes.transAxes + ScaledTranslation(0, -0.6, axes.figure.dpi_scale_trans)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=below, ncol=4, handletextpad=0.3, columnspacing=1.6)


def figure_size(maze):
    """As high as the maze needs at this width: a flat one shall not leave half the page empty."""
    left, low, right, high = maze.bounds
    return 8, 3.3 + 4.3 * min(max((high - low) / max(right - left, 1e-9), 0.3), 1.5)


def draw(run, archive, path, colour="evaluation"):
    """Every elite's end point, coloured by when it was found, or by its objective."""
    x, y = positions(run, archive)
    by_objective = colour == "objective"
    values = archive.objective if by_objective else archive.evaluation.astype(float)
    colours = style.OBJECTIVE_COLOURS if by_objective else style.EVALUATION_COLOURS
    label = archive.objective_label() if by_objective else "evaluation at which it was found"
    left, low, right, high = run.maze.bounds
    figure, axes = style.new_figure(*figure_size(run.maze))
    order = np.argsort(values)
    if not by_objective:
        order = order[::-1]  # early ones on top: the spread of the discovery stays visible
    size = float(np.clip(60_000 / archive.size, 9, 46))
    dots = axes.scatter(archive.descriptor[order, x], archive.descriptor[order, y], c=values[order], s=size, cmap=colours,
                        linewidths=0, zorder=3)
    draw_walls(axes, run.maze)
    draw_ends(axes, run.maze)
    axes.set_aspect("equal")
    air = 0.02 * max(right - left, high - low) or 1
    axes.set_xlim(left - air, right + air)
    axes.set_ylim(high + air, low - air)
    axes.set_xlabel(archive.axis_label(x))
    axes.set_ylabel(archive.axis_label(y))
    legend(axes)
    style.colour_bar(figure, dots, axes, label, integer=not by_objective)
    note = f"{archive.size:,} elites' end points"
    reached = int(np.count_nonzero(archive.solved))
    style.put_title(figure, run, archive, f"{note}, {reached:,} at the goal" if reached else note)
    style.save(figure, path)
