"""Searches that are asked and told."""

import operator
import os

import numpy

from . import _core, toml
from .archive import Archive
from .catalogue import data_folder


class Search:
    """A search of any configuration, whose candidates the caller evaluates.

    config: the text of a configuration (TOML), the path of one, or a dictionary of tables, such as
        {"algorithm": {"name": "map_elites"}, "archive": {"shape": [50, 50]}}. Its [environment] is what the other arguments
        describe, unless it names one.
    dimensions: numbers in a candidate, for searches of vectors.
    measures: {name: (low, high)}, or a list of (low, high): what describes a candidate. The first are the descriptor's axes.
    sensors, motors: {name: (low, high)} or a list of names, for searches of networks; `config` then names an encoding.
        A value (low, high, position) also gives the place, 1 to 3 coordinates.
    direction: "maximise" or "minimise".
    can_be_solved: whether tell() is also told which candidates solve the task.
    seed: of all random numbers; equal seeds and equal results give equal bits. threads: of C++; 0 for all cores.

    A search belongs to one thread at a time: a second one that calls it meanwhile gets an Error. It cannot be pickled; save() keeps it.
    Raises ConfigError (a ValueError) in one line that names the key, before anything runs."""

    def __init__(self, config=None, *, dimensions=None, measures=None, sensors=None, motors=None, direction="maximise",
                 can_be_solved=False, seed=None, threads=1):
        text, origin = _text(config or {}, _environment(dimensions, measures, sensors, motors, direction, can_be_solved), seed)
        self._core = _core.make_search(text, origin, data_folder(), whole("threads", threads))
        self._wrap()

    def _wrap(self):
        self._archives = {name: Archive(view) for name, view in self._core.archives.items()}

    def ask(self):
        """The next candidates: float32 [batch, dimensions], an array of the caller's own; of graphs a list of Graph.
        Raises Error if a batch is out already."""
        return self._core.ask()

    def tell(self, objectives, measures, solved=None):
        """Tells what the candidates of the last ask() are worth. A candidate with a number that is not finite is invalid: it
        is counted and enters nothing.

        objectives: [batch], larger is better unless direction = "minimise"; measures: [batch, measures], in the order of
        `measures`; solved: [batch] of truth values, or None. Row i is of candidate i of ask().
        Returns uint8 [batch]: 1 where a candidate came to live or to stay in some archive or population.
        Raises ShapeError (a ValueError) for other shapes, ValueError for what is not real or not true or false (1 or 0); nothing has
        changed then, and the batch can be told again. Raises Error
        if no batch is out."""
        if solved is not None:
            solved = _truths(solved)
        return self._core.tell(_reals("objectives", objectives), _reals("measures", measures), solved)

    def network(self, genome):
        """The network of a genome that ask() or an archive's column gave, for searches of networks.
        Raises Error in a search of vectors, TypeError for what is not a genome, ValueError for another number of genes."""
        return self._core.network(genome)

    @property
    def archive(self):
        """The archive that is reported: the result archive where there is one, otherwise that of the search."""
        return self._archives["result"]

    @property
    def archives(self):
        """All archives by name; "result" is the one that is reported."""
        return dict(self._archives)

    @property
    def statistics(self):
        """Of the archive that is reported: num_elites, coverage, qd_score, norm_qd_score, obj_max and obj_mean."""
        found = self._core.statistics()
        found["num_elites"] = int(found["num_elites"])
        return found

    @property
    def history(self):
        """{column: float64 [rows]}, a row per log_interval evaluations."""
        return {name: numpy.array(values) for name, values in self._core.history()}

    @property
    def evaluations(self):
        """Candidates told so far, the invalid ones included."""
        return self._core.evaluations

    @property
    def done(self):
        """Whether the configuration's budget ([run] evaluations) is spent. Made from keyword arguments a search has none."""
        return self._core.done

    @property
    def config(self):
        """The effective configuration as TOML, defaults included."""
        return self._core.config

    def save(self, path, status="finished"):
        """Writes a run file, which replaces an older one atomically. `resume(path)` continues from it, bit for bit.
        Raises Error between ask() and tell(), FileError (an OSError) if it cannot be written."""
        self._core.save(os.fspath(path), status)

    def __repr__(self):
        return f"{type(self).__name__}({self.evaluations} evaluations, {len(self.archive)} elites)"


def _reals(name, numbers):
    numbers = numpy.asarray(numbers)
    if numpy.iscomplexobj(numbers):
        raise ValueError(f"{name}: are complex, but real numbers are expected")
    return numpy.ascontiguousarray(numbers, dtype=numpy.float64)


def _truths(solved):
    solved = numpy.asarray(solved)
    solved = solved if solved.dtype.kind in "biuf" else solved.astype(object)
    odd = solved[(solved != 0) & (solved != 1)].tolist()
    if odd:
        raise ValueError(f"solved: has {odd[0]!r}, but true or false (1 or 0) is expected")
    return numpy.ascontiguousarray(solved, dtype=numpy.uint8)


def whole(name, value):
    """A whole number that is not negative. Raises ConfigError that names it."""
    try:
        number = operator.index(value)
    except TypeError:
        number = -1
    if not 0 <= number < 2**63:
        raise _core.ConfigError(f"{name}: is {value!r}, but a whole number from 0 on is expected")
    return number


def resume(path, threads=1):
    """The search of a run file that Search.save() wrote, continued where it was. Raises FileError if it cannot be."""
    search = Search.__new__(Search)
    search._core = _core.resume_search(os.fspath(path), data_folder(), whole("threads", threads))
    search._wrap()
    return search


def _named(pairs, what):
    """{name: (low, high)} of a dictionary, or of a list; sensors and motors may be names alone, which are in [-1, 1]."""
    if pairs is None:
        return {}
    try:
        if isinstance(pairs, dict):
            found = dict(pairs)
        elif what != "measure" and all(isinstance(one, str) for one in pairs):
            found = {name: (-1, 1) for name in pairs}
        else:
            found = {f"{what}_{i}": one for i, one in enumerate(pairs)}
    except TypeError:
        raise _core.ConfigError(f"{what}s: {pairs!r} is given, but {{name: (low, high)}} is expected") from None
    for name, at in found.items():
        if isinstance(at, str) or not hasattr(at, "__len__") or not 2 <= len(at) <= (2 if what == "measure" else 3):
            raise _core.ConfigError(f"{what}s: {name}: {at!r} is given, but (low, high) is expected")
    return found


def _environment(dimensions, measures, sensors, motors, direction, can_be_solved):
    """[environment] as the arguments describe it; None where they describe nothing."""
    if dimensions is None and sensors is None:
        return None
    if not measures:
        raise _core.ConfigError("measures: are missing; {name: (low, high)} of at least one is expected")
    measures = _named(measures, "measure")
    table = {"name": "external", "measures": list(measures), "measure_min": [float(b[0]) for b in measures.values()],
             "measure_max": [float(b[1]) for b in measures.values()]}
    if direction != "maximise":
        table["direction"] = direction
    if can_be_solved:
        table["can_be_solved"] = True
    if dimensions is not None:
        table["dimensions"] = operator.index(dimensions)
        return table
    for kind, terminals in (("sensor", _named(sensors, "sensor")), ("motor", _named(motors, "motor"))):
        table[kind + "s"] = list(terminals)
        table[kind + "_min"] = [float(t[0]) for t in terminals.values()]
        table[kind + "_max"] = [float(t[1]) for t in terminals.values()]
        positions = [float(x) for t in terminals.values() if len(t) > 2 for x in t[2]]
        if positions:
            table[kind + "_positions"] = positions
    return table


def _text(config, environment, seed):
    """(TOML, what messages call it)"""
    if isinstance(config, dict):
        tables = {name: list(t) if isinstance(t, (list, tuple)) else dict(t) for name, t in config.items()}
        if environment is not None:
            tables = {"environment": environment, **tables}
        if seed is not None:
            tables.setdefault("run", {})["seed"] = whole("seed", seed)
        tables.setdefault("run", {}).setdefault("evaluations", 0)
        return toml.text_of(tables), "configuration"
    text, origin = str(config), "configuration"
    if "\n" not in text:
        origin = text
        with open(text) as file:
            text = file.read()
    if environment is not None:
        text += "\n" + toml.text_of({"environment": environment})
    if seed is not None:
        raise _core.ConfigError("seed: write it into [run] of the configuration's text")
    return text, origin
