"""An archive without a grid: each elite at its descriptor."""

import numpy as np

from . import dots, maze, style, titles


def draw(run, archive, path, colour="objective"):
    figure, axes = style.new_figure(*maze.map_size(run, archive))
    titles.put_title(figure, run, archive, *paint(axes, run, archive, colour))
    style.save(figure, path)


def paint(axes, run, archive, colour="objective"):
    """-> notes on what is seen."""
    in_maze = maze.positions(run, archive)
    axes_of_archive = archive.descriptor.shape[1]
    across, up = in_maze or (0, min(1, axes_of_archive - 1))
    heights = archive.descriptor[:, up] if axes_of_archive > 1 else archive.objective
    shown = dots.draw(axes, np.column_stack([archive.descriptor[:, across], heights]), *dots.shades(archive, colour))
    if in_maze:
        maze.draw_maze(axes, run.maze)
        maze.legend(axes)
    else:
        axes.set_box_aspect(1)
        axes.margins(0.03)
    axes.set_xlabel(archive.axis_label(across))
    axes.set_ylabel(archive.axis_label(up) if axes_of_archive > 1 else archive.objective_label())
    dots.colour_bar(axes.figure, shown, axes, archive, colour)
    return [note_of(archive, across, up)]


def note_of(archive, across, up):
    notes = [titles.which(archive)]
    if archive.descriptor.shape[1] > 2:
        shown = " and ".join(archive.descriptor_names[i].replace("_", " ") for i in (across, up))
        notes.append(f"{shown}, of {archive.descriptor.shape[1]} measures")
    if archive.centroids is not None and archive.descriptor.shape[1] == 2:
        notes.append("more regions than a map can show")
    notes.append(dots.note(archive.size))
    return ", ".join(filter(None, notes))
