"""Pictures of Cambrian's runs, as functions that draw into matplotlib's Axes:

    from cambrian import plots
    plots.heat_map("run.h5")
    plots.history({"novelty search": ["a.h5", "b.h5"], "MAP-Elites": ["c.h5", "d.h5"]}, "coverage")
    plots.figure("run.h5", "pattern").savefig("pattern.png")

A `run` is the path of a run file, a RunFile (cambrian.open), or a Search between tell() and ask(). `ax` is an Axes; without it pyplot's
current one is drawn into. All functions but figure() return the Axes, without a title. `python -m cambrian.plots` (the program
`cambrian-plot`) draws whole pictures into files; both need matplotlib and h5py, but not the compiled module.

They raise PlotError, in one line, for a file that cannot be drawn or a picture that does not suit it."""

import contextlib
import os
import tempfile

__all__ = ["PlotError", "figure", "graph", "heat_map", "history", "kinds", "maze", "network", "objective", "parallel", "scatter"]


def __getattr__(name):
    if name == "PlotError":
        from .detail.errors import PlotError
        return PlotError
    raise AttributeError(f"module 'cambrian.plots' has no attribute '{name}'")


def heat_map(run, ax=None, *, archive="result"):
    """The illumination map: the objective of each cell of a grid of 1 to 6 dimensions or of the regions of a CVT archive; an archive
    without cells as points. In a maze, the maze lies over it.

    archive: "result", or "driver" where the archive that drives the search is a separate one."""
    from .detail.choose import map_of

    with _read(run) as found, _axes(ax) as axes:
        shown = _archive(found, archive)
        map_of(shown).paint(axes, found, shown)
    return axes


def scatter(run, ax=None, *, colour="objective", archive="result"):
    """Each elite as a point at the first two measures of its descriptor. colour: "objective", or "evaluation", when it was found."""
    from .detail import scatter as drawn

    with _read(run) as found, _axes(ax) as axes:
        drawn.paint(axes, found, _archive(found, archive), _colour(colour))
    return axes


def maze(run, ax=None, *, colour="evaluation"):
    """The maze of a run with the place where each elite ends. colour: "evaluation", when it was found, or "objective"."""
    from .detail import maze as drawn

    with _read(run) as found, _axes(ax) as axes:
        if drawn.positions(found, found.archive) is None:
            raise _error(f"{found.path}: has no maze in which its descriptors are places")
        drawn.paint(axes, found, _archive(found, "result"), _colour(colour))
    return axes


def parallel(run, ax=None, *, colour="objective", archive="result"):
    """Each elite as a line across its measures and its objective. colour: "objective" or "evaluation"."""
    from .detail import parallel as drawn

    with _read(run) as found, _axes(ax) as axes:
        drawn.paint(axes, found, _archive(found, archive), _colour(colour))
    return axes


def history(runs, column=None, ax=None):
    """A column of the history over evaluations. Several runs that differ in their seeds are one curve: the median, shaded from the
    lower to the upper quartile.

    runs: a run, a list of runs (grouped by their configurations), or {label: run or list of runs}.
    column: such as "coverage", "qd_score", "objective_max"; None: the first of these that changes."""
    from .detail import history as drawn

    with _groups(runs) as groups, _axes(ax) as axes:
        every = [run for group in groups for run in group.runs]
        panels = drawn.panels(every)
        if not panels:
            raise _error(drawn.why_none(every) or "runs: have no history")
        wanted = [(title, columns) for title, columns in panels if column in (None, title, *(name for name, _ in columns))]
        if not wanted:
            raise _error(f"column: '{column}' does not change; those that do are {', '.join(c for _, all in panels for c, _ in all)}")
        title, columns = wanted[0]
        drawn.draw_panel(axes, title, columns, groups, every)
        axes.set_title("", loc="left")
        unit = drawn.unit_of(columns[0][0], every)
        axes.set_ylabel(f"{title} ({unit})" if unit else title)
        axes.set_xlabel("evaluations")
        if len(groups) > 1:
            axes.legend(*drawn.legend_of(groups))
    return axes


def objective(runs, ax=None):
    """The share of elites whose objective is at most so much, in percent. runs: as for history(); of several seeds the median and the
    quartiles."""
    from .detail import history as curves, objective as drawn

    with _groups(runs) as groups, _axes(ax) as axes:
        if not any(run.archive.size for group in groups for run in group.runs):
            raise _error("runs: hold no elites yet")
        drawn.paint_shares(axes, groups)
        axes.set_xlabel(" or ".join(dict.fromkeys(run.archive.objective_label() for group in groups for run in group.runs)))
        if len(groups) > 1:
            axes.legend(*curves.legend_of(groups))
    return axes


def graph(run, id=None, ax=None):
    """A graph genome: inputs below, outputs above, links by weight. id: of an elite; None: the best."""
    from .detail import graph as drawn
    from .detail.genome import read_genome

    with _read(run) as found, _axes(ax) as axes:
        if found.genomes != "graph":
            raise _error(f"{found.path}: its genomes are not graphs")
        drawn.paint(axes, found, read_genome(found.path, id))
    return axes


def network(run, id=None, ax=None):
    """The network that an elite's genome makes, on its substrate: neurons where they sit, links by weight. id: of an elite; None: the
    best. The program `cambrian` decodes it."""
    from .detail import labels, network as drawn, wires
    from .detail.genome import elite_of

    with _read(run) as found, _axes(ax) as axes:
        if not drawn.suits(found):
            raise _error(f"{found.path}: has no networks that a program `cambrian` could decode")
        nodes, links, label = drawn.in_view(*drawn.read(found, elite_of(found.path, id)))
        limit = drawn.limit_of(nodes, links)
        names = drawn.paint(axes, found, nodes, links, limit)
        wires.weight_bar(axes.figure, axes, limit, label)
        handles, texts = drawn.legend_of(nodes, links)
        axes.legend(handles, texts, loc="upper center", bbox_to_anchor=(0.5, 0.0), ncol=3, frameon=False)
        labels.put(axes.figure.figure, axes, *names)
    return axes


def kinds(run):
    """The names of the pictures that suit a run, for figure()."""
    from .detail.choose import pictures

    with _read(run) as found:
        return list(pictures(found))


def figure(run, kind, id=None):
    """A whole picture as `cambrian-plot --kind` draws it, with its title, as a matplotlib Figure. kinds(run) are the names; further
    ones than the functions here are "pattern", "lived", "spectrum", "quadtree", "life", "scene" and "driver". id: of an elite; None: the best."""
    import matplotlib
    from .detail.choose import pictures

    with _read(run) as found, matplotlib.rc_context():
        suited = pictures(found, id)
        if kind not in suited:
            raise _error(f"{found.path}: kind '{kind}' does not suit this run; it has {', '.join(suited)}")
        kept = _Kept()
        suited[kind](kept)
    return kept.figure


class _Kept:
    """Where a drawing function saves its figure."""

    def savefig(self, figure, **_):
        self.figure = figure


def _error(text):
    from .detail.errors import PlotError

    return PlotError(text)


def _colour(colour):
    if colour not in ("objective", "evaluation"):
        raise _error(f"colour: is '{colour}', but expected 'objective' or 'evaluation'")
    return colour


@contextlib.contextmanager
def _axes(ax):
    """Axes, and texts as they are: those of a run file are not formulas."""
    import matplotlib

    with matplotlib.rc_context({"text.parse_math": False}):
        if ax is None:
            from matplotlib import pyplot
            ax = pyplot.gca()
        yield ax


@contextlib.contextmanager
def _file(run):
    """The path of a run's file; a Search has one for as long as it is drawn."""
    if not hasattr(run, "save"):
        yield os.fspath(getattr(run, "path", run))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "search.h5")
        run.save(path)
        yield path


@contextlib.contextmanager
def _read(run):
    from .detail.run_file import read_run

    with _file(run) as path:
        yield read_run(path)


def _archive(run, name):
    if name not in ("result", "driver"):
        raise _error(f"archive: is '{name}', but expected 'result' or 'driver'")
    found = run.archive if name == "result" else run.driver
    if found is None:
        raise _error(f"{run.path}: the archive that drives the search is the result archive")
    if not found.size:
        raise _error(f"{run.path}: holds no elites yet")
    return found


@contextlib.contextmanager
def _groups(runs):
    from .detail.groups import Group, merged

    with contextlib.ExitStack() as files:
        def read(run):
            return files.enter_context(_read(run))

        if isinstance(runs, dict):
            groups = []
            for label, some in runs.items():
                groups.append(Group([read(run) for run in _listed(some)]))
                groups[-1].label = str(label)
        else:
            single = [Group([run], run.stem.replace("_", " ")) for run in map(read, _listed(runs))]
            groups = merged(single, [False] * len(single))
        yield groups


def _listed(runs):
    found = list(runs) if isinstance(runs, (list, tuple)) else [runs]
    if not found:
        raise _error("runs: is empty, but at least one run is expected")
    return found
