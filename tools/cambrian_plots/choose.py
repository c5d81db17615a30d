"""Which pictures suit a run: name of the picture -> (module that draws it, archive that it draws)."""

from . import heat_map, history, maze, scatter

KINDS = ("heat_map", "scatter", "driver", "maze", "history")


def pictures(run):
    chosen = {}
    if len(run.archive.shape) >= 2:
        chosen["heat_map"] = (heat_map, run.archive)
    else:
        chosen["scatter"] = (scatter, run.archive)
    if run.driver is not None and run.driver.size:
        chosen["driver"] = (scatter, run.driver)
    if maze.positions(run, run.archive) is not None:
        chosen["maze"] = (maze, run.archive)
    if "evaluations" in run.history and len(run.history["evaluations"]) and history.panels(run):
        chosen["history"] = (history, run.archive)
    return chosen
