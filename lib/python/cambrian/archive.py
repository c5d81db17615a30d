"""An archive's elites as columns."""

import math

from . import _core


class Archive:
    """The elites of a search. Columns are read-only arrays that share the archive's memory; when the archive next changes, an
    array that is still held becomes a snapshot of what it showed (one copy, made then).

    Columns: id uint64 [n], evaluation uint64 [n], parents uint64 [n, 2], objective float64 [n], descriptor float64 [n, D],
    solved uint8 [n], cell int64 [n] (empty without cells), genome float32 [n, genes] (graphs: a list of Graph)."""

    def __init__(self, view):
        self._view = view

    def __len__(self):
        return len(self._view)

    def __getitem__(self, name):
        """A column. Raises KeyError for another name."""
        if name not in _core.ArchiveView.columns():
            raise KeyError(f"an archive has no '{name}'; its columns are {', '.join(_core.ArchiveView.columns())}")
        return self._view.column(name)

    def __dir__(self):
        return [*super().__dir__(), *_core.ArchiveView.columns()]

    def __reduce__(self):
        raise TypeError("an archive cannot be copied or pickled apart from its search; data() can, and Search.save() keeps both")

    def __getattr__(self, name):
        if name.startswith("_") or name not in _core.ArchiveView.columns():
            raise AttributeError(f"an archive has no '{name}'; its columns are {', '.join(_core.ArchiveView.columns())}")
        return self._view.column(name)

    @property
    def kind(self):
        """The archive's name in configurations, such as "grid"."""
        return self._view.kind

    @property
    def capacity(self):
        """The largest number of elites; 0: unbounded."""
        return self._view.capacity

    @property
    def cells(self):
        """The number of cells; 0 where there are none."""
        return self._view.cells

    @property
    def names(self):
        """The names of the descriptor's axes."""
        return self._view.names

    @property
    def bounds(self):
        """(low, high) of each axis of the descriptor."""
        return list(zip(self._view.min, self._view.max))

    @property
    def statistics(self):
        """num_elites, coverage, qd_score, norm_qd_score, obj_max and obj_mean, as pyribs defines them."""
        found = self._view.statistics()
        found["num_elites"] = int(found["num_elites"])
        return found

    def nearest(self, descriptor):
        """The row of the elite whose descriptor is nearest to [D] numbers, on axes of equal length. Raises Error without elites,
        ShapeError for another number of axes, ValueError for a number that is not finite."""
        place = [float(x) for x in descriptor]
        if not all(map(math.isfinite, place)):
            raise ValueError(f"descriptor: {place} is given, but finite numbers are expected")
        return self._view.nearest(place)

    @property
    def best(self):
        """The row of the elite with the best objective: the highest, or the lowest where it is minimised. Raises Error without
        elites."""
        if not len(self):
            raise _core.Error("there are no elites yet")
        objective = self["objective"]
        return int(objective.argmin() if self._view.minimised else objective.argmax())

    def data(self):
        """All columns as a pandas DataFrame, which owns its numbers. Needs pandas."""
        import pandas

        columns = {"id": self["id"], "evaluation": self["evaluation"], "objective": self["objective"]}
        columns.update({name: self["descriptor"][:, i] for i, name in enumerate(self.names)})
        columns["solved"] = self["solved"]
        if self.cells:
            columns["cell"] = self["cell"]
        genome = self["genome"]
        if isinstance(genome, list):
            columns["genome"] = genome
        else:
            columns.update({f"vector_{i}": genome[:, i] for i in range(genome.shape[1])})
        return pandas.DataFrame({name: values if isinstance(values, list) else values.copy() for name, values in columns.items()})

    def __repr__(self):
        return f"Archive({self.kind}, {len(self)} elites)"
