"""A graph genome of a run file: its nodes and links, and the values that a CPPN computes."""

from dataclasses import dataclass
from typing import NamedTuple

import h5py
import numpy as np

from . import load
from .errors import CallError, LeftOutError, PlotError
from .run_file import is_minimised

INPUT, BIAS, HIDDEN, OUTPUT = range(4)
KIND_NAMES = ["input", "bias", "hidden", "output"]

# lib/cambrian/network/activation.hpp says which functions these are, and why names of papers do not tell.
FUNCTIONS = [
    ("identity", lambda x: x),
    ("bipolar_sigmoid", lambda x: 2 / (1 + np.exp(-4.9 * x)) - 1),
    ("gaussian", lambda x: 2 * np.exp(-((2.5 * x) ** 2)) - 1),
    ("absolute", np.abs),
    ("sine", lambda x: np.sin(2 * x)),
    ("steep_sigmoid", lambda x: 1 / (1 + np.exp(-4.9 * x))),
    ("neat_sigmoid", lambda x: 1 / (1 + np.exp(-4.924273 * x))),
    ("tanh", np.tanh),
    ("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
    ("step", lambda x: (x > 0).astype(float)),
    ("relu", lambda x: np.maximum(x, 0)),
    ("cosine", np.cos),
    ("plain_sine", np.sin),
    ("plain_gaussian", lambda x: np.exp(-(x**2))),
    ("square", np.square),
]


@dataclass
class Genome:
    """One graph; rows of `source` and `target` are rows of the nodes."""

    id: int
    objective: float
    kind: np.ndarray  # [nodes]
    activation: np.ndarray  # [nodes]
    bias: np.ndarray  # [nodes]
    source: np.ndarray  # [links]
    target: np.ndarray  # [links]
    weight: np.ndarray  # [links]
    enabled: np.ndarray  # [links]

    def nodes_of(self, kind):
        return np.flatnonzero(self.kind == kind)


class Elite(NamedTuple):
    row: int  # in the file's /archive
    id: int
    objective: float


def elite_of(path, wanted):
    """The elite of an id; None: the best."""
    with h5py.File(path, "r") as file:
        objective, ids = load.whole(file["archive/objective"]).astype(float), load.whole(file["archive/id"]).astype(np.uint64)
        if wanted is None:
            given = -objective if is_minimised(file["archive"]) else objective
            row = np.argmax(np.where(np.isfinite(given), given, -np.inf))
        elif np.uint64(wanted) in ids:
            row = np.argmax(ids == np.uint64(wanted))
        else:
            raise CallError(f"--id {wanted}: is not among the elites of {path}")
        return Elite(int(row), int(ids[row]), float(objective[row]))


def read_genome(path, wanted=None):
    """@param wanted  an elite's id; None: the best"""
    elite = elite_of(path, wanted)
    row = elite.row
    try:
        with h5py.File(path, "r") as file:
            archive = file["archive"]
            nodes, links = (slice(*(int(n) for n in archive[f"genome/{part}_offset"][row:row + 2])) for part in ("node", "edge"))
            node, edge = archive["genome/node"], archive["genome/edge"]
            load.check([*node.values(), *edge.values()])
            genome = Genome(elite.id, elite.objective, *(node[c][nodes] for c in ("kind", "activation", "bias")),
                            *(edge[c][links] for c in ("source", "target", "weight", "enabled")))
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise PlotError(f"{path}: /archive/genome is damaged: {' '.join(str(error).split())}") from None
    ends = np.concatenate([genome.source, genome.target])
    if len(ends) and ends.max() >= len(genome.kind) or len(genome.activation) and genome.activation.max() >= len(FUNCTIONS):
        raise PlotError(f"{path}: /archive/genome: genome {genome.id} has a link or function out of range")
    if not (np.isfinite(genome.weight).all() and np.isfinite(genome.bias).all()):
        raise PlotError(f"{path}: /archive/genome: genome {genome.id} has a weight or bias that is not finite")
    return genome


def evaluate(genome, inputs, bias=1.0):
    """The outputs of an acyclic graph, in double precision. @param inputs  arrays of one shape, one an input"""
    shape = np.broadcast_shapes(*(np.shape(value) for value in inputs))
    values = [None] * len(genome.kind)
    for row, value in zip(genome.nodes_of(INPUT), inputs, strict=True):
        values[row] = np.broadcast_to(np.asarray(value, dtype=float), shape)
    for row in genome.nodes_of(BIAS):
        values[row] = np.full(shape, float(bias))
    links_into = [np.flatnonzero((genome.target == row) & (genome.enabled != 0)) for row in range(len(genome.kind))]
    waiting = {row for row in range(len(genome.kind)) if values[row] is None}
    while waiting:
        ready = [row for row in waiting if all(int(genome.source[e]) not in waiting for e in links_into[row])]
        if not ready:
            raise LeftOutError(f"genome {genome.id} is recurrent, so it does not paint a pattern")
        for row in ready:
            total = np.full(shape, float(genome.bias[row]))
            for e in links_into[row]:
                total = total + float(genome.weight[e]) * values[genome.source[e]]
            with np.errstate(over="ignore"):
                values[row] = FUNCTIONS[genome.activation[row]][1](total)
        waiting -= set(ready)
    return [values[row] for row in genome.nodes_of(OUTPUT)]
