"""An archive without a grid: each elite at its descriptor."""

import numpy as np

from . import maze, style


def draw(run, archive, path, colour="objective"):
    by_objective = colour != "evaluation"
    values = archive.objective if by_objective else archive.evaluation.astype(float)
    in_maze = maze.positions(run, archive) == (0, 1)
    figure, axes = style.new_figure(*(maze.figure_size(run.maze) if in_maze else (8, 7.6)))
    if archive.descriptor.shape[1] == 1:
        across, up, up_label = archive.descriptor[:, 0], archive.objective, archive.objective_label()
    else:
        across, up, up_label = archive.descriptor[:, 0], archive.descriptor[:, 1], archive.axis_label(1)
    order = np.argsort(values)
    size = float(np.clip(60_000 / archive.size, 7, 46))
    dots = axes.scatter(across[order], up[order], c=values[order], s=size, linewidths=0, zorder=3,
                        cmap=style.OBJECTIVE_COLOURS if by_objective else style.EVALUATION_COLOURS)
    if in_maze:
        maze.draw_walls(axes, run.maze)
        maze.draw_ends(axes, run.maze)
        maze.legend(axes)
        axes.invert_yaxis()
        axes.set_aspect("equal")
    else:
        axes.set_box_aspect(1)
        axes.margins(0.03)
    axes.set_xlabel(archive.axis_label(0))
    axes.set_ylabel(up_label)
    label = archive.objective_label() if by_objective else "evaluation at which it was found"
    style.colour_bar(figure, dots, axes, label, integer=not by_objective)
    which = {"archive": "", "driver": "the archive that drives the search"}.get(archive.name, f"archive {archive.name}")
    further = archive.descriptor_names[2:]
    if further:
        which = (which + ", " if which else "") + f"the first 2 of {len(further) + 2} measures"
    style.put_title(figure, run, archive, which)
    style.save(figure, path)
