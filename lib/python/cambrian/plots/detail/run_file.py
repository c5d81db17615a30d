"""Reads what the pictures need of a run file (format "cambrian-run", version 1)."""

import math
import os
from dataclasses import dataclass, field

import h5py
import numpy as np

from . import load
from .errors import CallError, PlotError
from .maze_file import Maze, is_published, parse_maze

FORMAT = "cambrian-run"
VERSION = 1
# What pictures show at most: squares of it are numbers still (distances to centroids), and matplotlib scales it without overflow.
LARGEST = 1e150
GENOMES = (("edge", "graph"), ("vector", "vector"), ("gene", "ragged"))


@dataclass
class Archive:
    """The columns of one archive; row i of each belongs to elite i."""

    name: str
    kind: str
    objective: np.ndarray  # [N]
    descriptor: np.ndarray  # [N, D]
    cell: np.ndarray  # [N], -1 where there are no cells
    evaluation: np.ndarray  # [N], from 1
    id: np.ndarray  # [N]
    solved: np.ndarray  # [N]
    descriptor_names: list
    descriptor_units: list
    low: np.ndarray  # [D]
    high: np.ndarray  # [D]
    shape: tuple  # empty unless a grid
    objective_name: str = "objective"
    objective_unit: str = ""
    qd_offset: float = 0.0
    capacity: int = 0
    centroids: np.ndarray = None  # [C, D] of a CVT archive
    boundaries: list = None  # [D] of sliding boundaries: those within each axis, ascending
    minimised: bool = False  # the lowest objective is the best
    left_out: int = 0  # elites of the file that are not among the rows: objective or descriptor is not drawable()

    @property
    def size(self):
        return len(self.objective)

    @property
    def cells(self):
        """How many elites fit; 0: unbounded."""
        if self.centroids is not None:
            return len(self.centroids)
        return math.prod(self.slices) if self.slices else self.capacity

    @property
    def slices(self):
        """[D] how many cells lie along each axis; empty: the archive is not cut along its axes."""
        return tuple(len(inner) + 1 for inner in self.boundaries) if self.boundaries else self.shape

    @property
    def coverage(self):
        return self.size / self.cells if self.cells else None

    @property
    def descriptor_unit(self):
        """The unit of distances between descriptors; empty where its axes have several."""
        return self.descriptor_units[0] if len(set(self.descriptor_units)) == 1 else ""

    @property
    def qd_score(self):
        score = float(np.sum(self.objective - self.qd_offset))
        return 0.0 - score if self.minimised else score

    @property
    def better(self):
        """The ufunc that gives the better of two objectives, or the one that is a number."""
        return np.fmin if self.minimised else np.fmax

    def axis_label(self, axis):
        return with_unit(self.descriptor_names[axis], self.descriptor_units[axis])

    def objective_label(self):
        return with_unit(self.objective_name, self.objective_unit) + (", minimised" if self.minimised else "")


@dataclass
class Run:
    path: str
    attributes: dict
    archive: Archive
    driver: Archive = None  # what the algorithm drove with, where that is another archive
    history: dict = field(default_factory=dict)  # name -> [rows]
    units: dict = field(default_factory=dict)  # of the history's columns
    maze: Maze = None
    sensor_kinds: list = field(default_factory=list)  # what sort each sensor is; empty: not stored
    sensor_names: list = field(default_factory=list)  # of the body, in the order of a network's inputs; empty: not stored
    motor_names: list = field(default_factory=list)  # the same of its outputs
    places: np.ndarray = None  # [terminals, 2]: where sensors, then motors sit, where the body is a plane one
    genomes: str = ""  # of /archive: graph, vector, or none that pictures know
    genome_name: str = ""  # what a genome that is not an elite's is; empty: pictures of genomes show an elite's
    history_left_out: int = 0  # numbers that are not drawable(), NaN in `history`

    @property
    def stem(self):
        return os.path.splitext(os.path.basename(self.path))[0]

    @property
    def left_out(self):
        """What the reader is told of numbers that no picture can show; empty: all are shown."""
        parts = [f"{archive.left_out:,} of {archive.left_out + archive.size:,} elites{where}"
                 for archive, where in ((self.archive, ""), (self.driver, " of the driver")) if archive and archive.left_out]
        if self.history_left_out:
            parts.append(f"{self.history_left_out:,} values of /history")
        return f"left out, not finite or beyond \u00b1{LARGEST:g}: {', '.join(parts)}" if parts else ""


def with_unit(name, unit):
    words = name.replace("_", " ")
    return f"{words} ({unit})" if unit else words


def drawable(values):
    return np.abs(values) <= LARGEST  # NaN is not


def read_run(path):
    """Opens, checks and reads a run file. Raises PlotError in one line."""
    if not os.path.exists(path):
        raise CallError(f"{path}: there is no such file")
    if os.path.isdir(path):
        raise CallError(f"{path}: is a folder, not a run file")
    try:
        with h5py.File(path, "r") as file:
            return _read(path, file)
    except PlotError:
        raise
    except PermissionError:
        raise PlotError(f"{path}: cannot be read (permission denied)") from None
    except MemoryError:
        raise PlotError(f"{path}: is too large for the memory of this machine ({load.size(load.memory())})") from None
    except (OSError, RuntimeError) as error:
        what = "is truncated or damaged" if "truncated" in str(error) else "is not a readable HDF5 file"
        raise PlotError(f"{path}: {what}") from None
    except KeyError as error:
        raise PlotError(f"{path}: is incomplete: {str(error).strip(chr(34))}") from None
    except (ValueError, IndexError, TypeError) as error:
        raise PlotError(f"{path}: is damaged: {' '.join(str(error).split())}") from None


def _read(path, file):
    attributes = {name: _plain(value) for name, value in file.attrs.items()}
    if attributes.get("format") != FORMAT:
        raise PlotError(f"{path}: is an HDF5 file, but not a Cambrian run (its attribute 'format' is not '{FORMAT}')")
    version = attributes.get("format_version")
    if version is None or int(version) > VERSION:
        raise PlotError(f"{path}: has format_version {version}; this program reads version {VERSION}")
    if "archive" not in file:
        raise PlotError(f"{path}: holds no /archive")
    run = Run(path, attributes, _read_archive(path, file["archive"], "archive"))
    if "archives/driver" in file:
        run.driver = _read_archive(path, file["archives/driver"], "driver")
    for name, column in file.get("history", {}).items():
        if isinstance(column, h5py.Dataset) and column.ndim == 1:
            run.history[name] = values = load.whole(column)
            if np.issubdtype(values.dtype, np.floating):
                hidden = ~drawable(values) & ~np.isnan(values)  # NaN is a gap as it is
                run.history_left_out += int(np.count_nonzero(hidden))
                values[hidden] = np.nan
            run.units[name] = _plain(column.attrs.get("unit", ""))
    if len({len(values) for values in run.history.values()}) > 1:
        raise PlotError(f"{path}: /history: its columns have different lengths")
    run.maze = _find_maze(path, file)
    _read_body(run, file.attrs)
    if run.archive.size and "archive/genome" in file:
        run.genomes = next((kind for part, kind in GENOMES if part in file["archive/genome"]), "")
    return run


def _read_body(run, attributes):
    run.sensor_names, run.motor_names = ([str(_plain(n)).replace("_", " ") for n in np.atleast_1d(attributes.get(f"{what}_names", []))]
                                         for what in ("sensor", "motor"))
    run.sensor_kinds = [str(_plain(kind)) for kind in np.atleast_1d(attributes.get("sensor_kinds", []))]
    places = np.concatenate([np.atleast_1d(attributes.get(f"{what}_positions", [])) for what in ("sensor", "motor")])
    terminals = len(run.sensor_names) + len(run.motor_names)
    if terminals and places.size == 2 * terminals:
        run.places = places.astype(float).reshape(terminals, 2)


COLUMNS = ("descriptor", "objective", "cell", "evaluation", "id", "solved")


def _read_archive(path, group, name):
    load.check([group[column] for column in COLUMNS if column in group])
    descriptor = load.whole(group["descriptor"]).astype(float)
    size = len(group["objective"])
    objective = _column(group, "objective", size, 0).astype(float)
    if descriptor.ndim != 2 or len(descriptor) != size:
        raise PlotError(f"{path}: /{group.name.strip('/')}: descriptor is {list(descriptor.shape)}, expected [{size}, D]")
    axes = descriptor.shape[1]
    names = [str(_plain(n)) for n in group.attrs.get("descriptor_names", [])]
    names += [f"descriptor {i}" for i in range(len(names), axes)]
    kept = drawable(objective) & drawable(descriptor).all(axis=1)
    low, high = (_bounds(group, key, descriptor[kept], reduce) for key, reduce in
                 (("descriptor_min", np.min), ("descriptor_max", np.max)))
    high = np.where(high > low, high, low + np.maximum(1, 0.01 * np.abs(low)))
    objective_names, objective_units = ([str(_plain(n)) for n in group.attrs.get(f"objective_{what}", [])] for what in ("names", "units"))
    kind = str(_plain(group.attrs.get("kind", "")))
    # The cells of sliding boundaries are not even: their boundaries say what a shape would.
    even = "shape" in group.attrs and kind != "sliding_boundaries"
    shape = tuple(int(n) for n in np.atleast_1d(group.attrs["shape"])) if even else ()
    if shape and (len(shape) != axes or min(shape) < 1):
        raise PlotError(f"{path}: /{group.name.strip('/')}: a grid of shape {list(shape)} does not fit descriptors of {axes} dimensions")
    cell = _column(group, "cell", size, -1)
    if shape and size and (cell.max() >= math.prod(shape) or cell.min() < 0):
        raise PlotError(f"{path}: /{group.name.strip('/')}: a cell lies outside the grid {list(shape)}")
    boundaries = None if even else _boundaries(path, group, axes, cell)
    centroids = load.whole(group["centroids"]).astype(float) if "centroids" in group else None
    if centroids is not None and (centroids.ndim != 2 or centroids.shape[1] != axes or not drawable(centroids).all() or (size and not 0 <= cell.min() <= cell.max() < len(centroids))):
        raise PlotError(f"{path}: /{group.name.strip('/')}: centroids do not fit the elites' cells and descriptors")
    return Archive(
        name=name, kind=kind, objective=objective[kept], descriptor=descriptor[kept], cell=cell[kept],
        evaluation=_column(group, "evaluation", size, 0)[kept], id=_column(group, "id", size, 0)[kept],
        solved=_column(group, "solved", size, 0)[kept], left_out=int(np.count_nonzero(~kept)),
        descriptor_names=names, descriptor_units=_units(group, axes), low=low, high=high, shape=shape,
        objective_name=objective_names[0] if objective_names else "objective",
        objective_unit=objective_units[0] if objective_units else str(_plain(group["objective"].attrs.get("unit", ""))),
        minimised=is_minimised(group), qd_offset=float(group.attrs.get("qd_offset", 0.0)), capacity=int(group.attrs.get("capacity", 0)), centroids=centroids,
        boundaries=boundaries)


def _boundaries(path, group, axes, cell):
    """[D] the boundaries within each axis; None: the archive has none."""
    if "boundaries" not in group or "shape" not in group.attrs:
        return None
    shape = [int(n) for n in np.atleast_1d(group.attrs["shape"])]
    values = load.whole(group["boundaries"]).astype(float).reshape(-1)
    where = f"{path}: /{group.name.strip('/')}"
    if len(shape) != axes or min(shape) < 1 or len(values) != sum(shape) - axes or not drawable(values).all():
        raise PlotError(f"{where}: boundaries do not fit the shape {shape}")
    if len(cell) and not 0 <= cell.min() <= cell.max() < math.prod(shape):
        raise PlotError(f"{where}: a cell lies outside the grid {shape}")
    return np.split(values, np.cumsum([n - 1 for n in shape])[:-1])


def is_minimised(group):
    """Whether the lowest of a table's first objectives is the best: the first of the attribute `directions`."""
    directions = [str(_plain(word)) for word in np.atleast_1d(group.attrs.get("directions", []))]
    return directions[:1] == ["minimise"]


def _column(group, name, size, absent):
    column = load.whole(group[name]) if name in group else np.full(size, absent)
    if column.shape != (size,):
        raise ValueError(f"{group.name}/{name} has {' x '.join(map(str, column.shape))} rows, expected {size}")
    return column


def _bounds(group, key, descriptor, reduce):
    if key in group.attrs:
        bounds = np.atleast_1d(np.asarray(group.attrs[key], dtype=float))
        if len(bounds) == descriptor.shape[1] and np.all(drawable(bounds)):
            return bounds
    if "shape" in group.attrs:
        raise ValueError(f"{group.name}: {key} of a grid needs {descriptor.shape[1]} numbers within \u00b1{LARGEST:g}")
    return reduce(descriptor, axis=0) if len(descriptor) else np.zeros(descriptor.shape[1])


def _units(group, axes):
    """One unit an axis: the attribute `descriptor_units`, or the dataset's one `unit`."""
    units = [_plain(u) for u in group.attrs.get("descriptor_units", [])]
    if len(units) == axes:
        return units
    unit = _plain(group["descriptor"].attrs.get("unit", ""))
    return [unit if isinstance(unit, str) else ""] * axes


def _find_maze(path, file):
    for name, entry in file.get("inputs", {}).items():
        if not isinstance(entry, h5py.Group) or "bytes" not in entry:
            continue
        text = load.whole(entry["bytes"]).astype(np.uint8).tobytes().decode("utf-8", "replace")
        if name.endswith(".maze") or is_published(text):
            return parse_maze(text, f"{path}: /inputs/{name}")
    return None


def _plain(value):
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, np.ndarray) and value.shape in ((), (1,)):
        return _plain(value.reshape(-1)[0])
    return value.item() if isinstance(value, np.generic) else value
