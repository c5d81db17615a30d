"""Which pictures suit a run: name of the picture -> a function that draws it into a file."""

from functools import partial

from . import (graph, heat_map, history, life, lived, maze, mazes, nested, network, objective, parallel, pattern, quadtree, scatter,
               scene, spectrum, uneven, voronoi)
from .groups import Group


def pictures(run, wanted=None):
    """{kind: draw(path, **colour)} of all that suit. @param wanted  the elite of genome pictures; None: the best"""
    chosen = {}
    archive = run.archive
    axes = archive.descriptor.shape[1] if archive.size else 0  # without elites there is nothing to place
    if axes:
        module = map_of(archive)
        chosen["scatter" if module is scatter else "heat_map"] = partial(module.draw, run, archive)
    if axes:
        chosen["parallel"] = partial(parallel.draw, run, archive)
    if run.driver is not None and run.driver.size:
        chosen["driver"] = partial(map_of(run.driver).draw, run, run.driver)
    if axes and maze.positions(run, archive) is not None:
        chosen["maze"] = partial(maze.draw, run, archive)
    chosen |= curves([Group([run])])
    if run.genomes == "graph":
        chosen["graph"] = partial(graph.draw, run, archive, wanted=wanted)
    if pattern.suits(run):
        chosen["pattern"] = partial(pattern.draw, run, archive, wanted=wanted)
    for kind, module in {"network": network, "lived": lived, "spectrum": spectrum, "quadtree": quadtree, "life": life, "scene": scene}.items():
        if module.suits(run):
            chosen[kind] = partial(module.draw, run, archive, wanted=wanted)
    return chosen


def map_of(archive):
    """The module that draws where an archive's elites are: by its cells, or as points where it has none that can be drawn."""
    if voronoi.suits(archive):
        return voronoi
    if uneven.suits(archive):
        return uneven
    if archive.shape:
        return heat_map if len(archive.shape) == 2 else nested
    return scatter


def by_default(run, kind):
    """Whether a picture is drawn when none is named: parallel axes tell more from three measures on, and a life is lived once more
    where something is learned in it: by links, or by vectors, whose only trace is what they learn. Scenes are drawn when they are named."""
    if kind == "scene":
        return False
    if kind in ("lived", "life"):
        return lived.learns(run) or life.of_vectors(run)
    return kind != "parallel" or run.archive.descriptor.shape[1] > 2


def comparisons(groups, arguments):
    """The pictures that several runs share. @param arguments  [Group] as they were named: files are not grouped by their kind"""
    chosen = {}
    if mazes.suit(arguments):
        chosen["maze"] = partial(mazes.draw, arguments)
    return chosen | curves(groups)


def curves(groups):
    """The pictures that are alike for one run and for several."""
    runs = [run for group in groups for run in group.runs]
    chosen = {}
    if any(run.archive.size for run in runs):
        chosen["objective"] = partial(objective.draw, groups)
    if all(len(run.history.get("evaluations", ())) for run in runs) and history.panels(runs):
        chosen["history"] = partial(history.draw, groups)
    return chosen
