"""Run files: their tables as DataFrames, their elites with networks and replays."""

import io
import os

import h5py

from . import _core
from .catalogue import data_folder


class Elite:
    """An elite of a run file: id, objective, descriptor {axis: value}, solved, genome and, in runs of networks, network."""

    def __init__(self, run, row):
        self._run, self._row = run, row
        with h5py.File(run.path, "r") as file:
            table = file["archive"]
            self.id = int(table["id"][row])
            self.objective = float(table["objective"][row])
            self.descriptor = dict(zip(run.axes, map(float, table["descriptor"][row])))
            self.solved = bool(table["solved"][row])

    @property
    def genome(self):
        """float32 [genes], or a Graph."""
        with h5py.File(self._run.path, "r") as file:  # a vector is there without the parts of the run
            if "vector" in file["archive/genome"]:
                return file["archive/genome/vector"][self._row]
        return self._run._stored().genome(self._row)

    @property
    def network(self):
        """Its network, newly born. Raises Error in a run of vectors."""
        return self._run._stored().network(self._row)

    def __repr__(self):
        return f"Elite({self.id}, objective {self.objective:g})"


class RunFile:
    """A run file, finished or under way. Tables are read anew each time they are asked for; DataFrames need pandas.

    Raises FileError (an OSError) if it is not a run file."""

    def __init__(self, path):
        self.path = os.fspath(path)
        self._parts = None
        _core.query_csv(self.path, "archive", None, None, 0)  # says in one line what is wrong with the file
        with h5py.File(self.path, "r") as file:
            self.attributes = {name: _plain(value) for name, value in file.attrs.items()}
            self.axes = [_plain(name) for name in file["archive"].attrs["descriptor_names"]]

    def _stored(self):
        if self._parts is None:
            self._parts = _core.StoredCore(self.path, data_folder(), [])
        return self._parts

    @property
    def config(self):
        """The effective configuration as TOML, defaults included."""
        return self.attributes["config"]

    @property
    def archive(self):
        """The elites, without their genomes."""
        return self.query()

    @property
    def history(self):
        """One row per log interval."""
        return self.query(table="history")

    @property
    def lineage(self):
        """The ancestors of what lives, or of all, as the run was configured to keep."""
        return self.query(table="lineage")

    def query(self, where=None, *, table="archive", sort=None, limit=None):
        """The rows of a table for which an expression holds, such as "x < 60 && y < 45", as a DataFrame. The
        descriptor's columns have the names of its axes.

        sort: "objective:desc"; limit: the first so many. Raises ConfigError (a ValueError) for what a table does not have."""
        import pandas

        text = _core.query_csv(self.path, table, where, sort, limit)
        exact = {"float_precision": "round_trip"} if int(pandas.__version__.split(".")[0]) < 3 else {}  # later ones are always exact
        found = pandas.read_csv(io.StringIO(text), **exact)
        names = {f"descriptor_{i}": axis for i, axis in enumerate(self.axes) if axis not in found}
        return found.rename(columns=names)

    def elite(self, id=None):
        """The elite with this id; None: the one with the best objective. Raises ConfigError if there is none."""
        return Elite(self, _core.row_of(self.path, id))

    def replay(self, id=None):
        """What an elite does, moment by moment, as a DataFrame: its stored evaluation once more. None: the best."""
        import pandas

        columns, values = self._stored().trace(_core.row_of(self.path, id))
        return pandas.DataFrame(values, columns=columns)

    def __repr__(self):
        return (f"RunFile({self.path}, {self.attributes['environment']}, {self.attributes['algorithm']}, "
                f"{self.attributes['evaluations']} evaluations, {self.attributes['status']})")


def _plain(value):
    if isinstance(value, bytes):
        return value.decode()
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value


def open(path):  # noqa: A001: the field's word
    """Opens a run file."""
    return RunFile(path)
