"""Archives as pyribs names them. An archive gets its elites from the Scheduler that it is given to."""

from types import SimpleNamespace

import numpy

from .._core import ConfigError

_STATS = ("num_elites", "coverage", "qd_score", "norm_qd_score", "obj_max", "obj_mean")


class _Archive:
    def __init__(self, solution_dim, ranges, table, qd_score_offset, learning_rate, threshold_min):
        self.solution_dim = int(solution_dim)
        self.ranges = [tuple(map(float, r)) for r in ranges]
        self.measure_dim = len(self.ranges)
        self.table = {**table, "qd_offset": float(qd_score_offset)}
        if learning_rate is not None or threshold_min != -numpy.inf:
            rate = 1.0 if learning_rate is None else float(learning_rate)
            self.table.update(contents="threshold", learning_rate=rate, threshold_min=float(threshold_min))
        self._archive = None  # a cambrian.Archive once a Scheduler has it
        self._statistics = None

    def _elites(self):
        if self._archive is None:
            raise ConfigError("archive: is not part of a Scheduler yet")
        return self._archive

    def __len__(self):
        return 0 if self._archive is None else len(self._archive)

    @property
    def empty(self):
        return len(self) == 0

    @property
    def stats(self):
        """num_elites, coverage, qd_score, norm_qd_score, obj_max and obj_mean."""
        if self._archive is None:
            return SimpleNamespace(**dict.fromkeys(_STATS, 0))
        return SimpleNamespace(**self._statistics())

    def data(self, fields=None, return_type="dict"):
        """solution, objective, measures and index of all elites; as "dict", "tuple" or "pandas"."""
        elites = self._elites()
        found = {"solution": elites["genome"], "objective": elites["objective"], "measures": elites["descriptor"],
                 "index": elites["cell"]}
        if isinstance(fields, str):
            return found[fields]
        found = {name: found[name] for name in (fields or found)}
        if return_type == "pandas":
            return elites.data()
        return tuple(found.values()) if return_type == "tuple" else found

    @property
    def best_elite(self):
        """solution, objective, measures and index of the best elite that is held; None while there is none."""
        if self.empty:
            return None
        best = self._archive.best
        return {name: values[best] for name, values in self.data().items()}


class GridArchive(_Archive):
    """Even cells: dims [measures] of them along each axis, ranges [(low, high)] per measure. learning_rate and threshold_min: the
    thresholds of CMA-MAE. qd_score_offset: subtracted from each objective in the QD score. epsilon: what pyribs adds before it rounds down.
    seed is taken and not used: the emitters' decide."""

    def __init__(self, *, solution_dim, dims, ranges, learning_rate=None, threshold_min=-numpy.inf, qd_score_offset=0.0, epsilon=1e-6,
                 seed=None):
        super().__init__(solution_dim, ranges, {"name": "grid", "shape": [int(d) for d in dims], "index_shift": float(epsilon)},
                         qd_score_offset, learning_rate, threshold_min)
        self.dims = tuple(dims)
        self.cells = int(numpy.prod(dims))


class CVTArchive(_Archive):
    """Regions around `centroids` points (their number), spread by k-means over `samples` random ones; the rest as GridArchive.
    Raises ConfigError for centroids that are given as an array."""

    def __init__(self, *, solution_dim, centroids, ranges, samples=100_000, learning_rate=None, threshold_min=-numpy.inf,
                 qd_score_offset=0.0, seed=None):
        if not isinstance(centroids, (int, numpy.integer)):
            raise ConfigError("centroids: give their number here; a file of centroids is the key `centroids` of "
                              "cambrian.MapElites(archive={'name': 'cvt', ...})")
        super().__init__(solution_dim, ranges, {"name": "cvt", "cells": int(centroids), "samples": int(samples)}, qd_score_offset,
                         learning_rate, threshold_min)
        self.cells = int(centroids)
