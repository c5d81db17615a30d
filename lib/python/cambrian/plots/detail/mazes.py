"""Several runs' mazes side by side: where the elites of each end, coloured alike."""

import numpy as np
from matplotlib.colors import Normalize

from . import dots, maze, names, style, titles

MOST_ACROSS = 3
WIDTH = 5.0  # inches of a panel
ABOVE = 1.0  # inches for its title


def suit(groups):
    return all(run.archive.size and maze.positions(run, run.archive) is not None for group in groups for run in group.runs)


def draw(groups, path, colour="evaluation"):
    """@param groups  [Group]: a panel each; the elites of a folder of seeds lie in one"""
    across = len(groups) if len(groups) <= MOST_ACROSS else -(-len(groups) // -(-len(groups) // MOST_ACROSS))
    down = -(-len(groups) // across)
    runs = [run for group in groups for run in group.runs]
    height = ABOVE + WIDTH * max(maze.height_of(run.maze) for run in runs)
    figure, grid = style.new_figure(WIDTH * across + 1.6, height * down + 1.5, nrows=down, ncols=across, squeeze=False)
    norm = common_norm(runs, colour)
    size = dots.area(max(sum(run.archive.size for run in group.runs) for group in groups), largest=30.0)
    for axes, group in zip(grid.flat, groups):
        shown = draw_panel(axes, group, colour, norm, size)
    finish(grid, groups)
    dots.colour_bar(figure, shown, grid[0, -1], runs[0].archive, colour, cax=grid[0, -1].inset_axes([1.05, 0, 0.05, 1]))
    heading = names.shared_name(runs) or style.how_many(len(groups), "run")
    shape = {titles.shape_of(run.archive) for run in runs}
    lines = ["end points of elites" + (f", the best of each of {shape.pop()}" if len(shape) == 1 and runs[0].archive.slices else "")]
    titles.put_lines(figure, heading, lines, grid.flat[0].get_legend_handles_labels(), columns=2)
    style.save(figure, path)


def common_norm(runs, colour):
    each = [dots.shades(run.archive, colour)[0] for run in runs]
    return Normalize(min(values.min() for values in each), max(values.max() for values in each))


def draw_panel(axes, group, colour, norm, size):
    places, shades = [], []
    for run in group.runs:
        places.append(run.archive.descriptor[:, list(maze.positions(run, run.archive))])
        values, colours, first_on_top = dots.shades(run.archive, colour)
        shades.append(values)
    shown = dots.draw(axes, np.concatenate(places), np.concatenate(shades), colours, first_on_top, norm, size)
    maze.draw_maze(axes, group.runs[0].maze)
    lines = how_it_stands(group.runs)
    axes.set_title("\n".join(lines), fontsize=13, color=style.QUIET, loc="left", linespacing=1.25)
    axes.annotate(group.label, (0, 1), xycoords="axes fraction", xytext=(0, 9 + 17.5 * len(lines)), textcoords="offset points",
                  fontsize=16, fontweight="bold", color=style.INK, va="bottom")
    return shown


def how_it_stands(runs):
    """The counts of a panel, in two lines."""
    solved = sorted(int(run.attributes["solved_evaluation"]) for run in runs if "solved_evaluation" in run.attributes)
    counts = [int(run.attributes.get("evaluations", 0)) for run in runs]
    elites = sum(run.archive.size for run in runs)
    note = dots.note(elites)
    if len(runs) == 1:
        first = f"{titles.filled(runs[0].archive)}"
        second = f"solved at {solved[0]:,} of {counts[0]:,} evaluations" if solved else f"not solved in {counts[0]:,} evaluations"
    else:
        span = f"{min(counts):,}" if min(counts) == max(counts) else f"{min(counts):,} to {max(counts):,}"
        first = f"{len(runs)} runs pooled: {elites:,} elites"
        second = f"{len(solved)} of {len(runs)} solved in {span} evaluations"
    return [first, second] + ([note] if note else [])


def finish(grid, groups):
    for i, axes in enumerate(grid.flat):
        axes.set_visible(i < len(groups))
        if i >= len(groups):
            continue
        archive = groups[i].runs[0].archive
        x, y = maze.positions(groups[i].runs[0], archive)
        axes.set_xlabel(archive.axis_label(x) if i + grid.shape[1] >= len(groups) else "")
        axes.set_ylabel(archive.axis_label(y) if i % grid.shape[1] == 0 else "")
