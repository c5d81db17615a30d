"""Writes small run files by h5py, after the format's description, for the tests."""

import h5py
import numpy as np

MAZE = """# the hard maze of Lehman & Stanley
start 36 184
heading 0
goal 31 20
wall 41 5 3 8
wall 3 8 4 49
wall 4 49 57 53
wall 4 49 7 202
wall 7 202 195 198
wall 195 198 186 8
wall 186 8 39 5
wall 56 54 56 157
wall 57 106 158 162
wall 77 201 108 164
wall 6 80 33 121
wall 192 146 87 91
wall 56 55 133 30
"""


def write_archive(group, descriptor, objective, low, high, names, shape=None, unit=""):
    size = len(objective)
    descriptor = np.asarray(descriptor, dtype=float)
    group.create_dataset("id", data=np.arange(size, dtype=np.uint64))
    group.create_dataset("objective", data=np.asarray(objective, dtype=float)).attrs["description"] = "higher is better"
    column = group.create_dataset("descriptor", data=descriptor)
    if unit:
        column.attrs["unit"] = unit
    cell = np.full(size, -1, dtype=np.int64)
    if shape:
        scaled = (descriptor - low) / (np.asarray(high) - low)
        index = np.clip((scaled * shape).astype(int), 0, np.asarray(shape) - 1)
        cell = np.ravel_multi_index(index.T, shape).astype(np.int64)
        group.attrs["shape"] = np.array(shape, dtype=np.int64)
    group.create_dataset("cell", data=cell)
    group.create_dataset("evaluation", data=np.arange(1, size + 1, dtype=np.uint64))
    group.create_dataset("solved", data=np.zeros(size, dtype=np.uint8))
    group.attrs["kind"] = "grid" if shape else "unstructured"
    group.attrs["descriptor_names"] = np.array(names, dtype=h5py.string_dtype())
    group.attrs["descriptor_min"] = np.asarray(low, dtype=float)
    group.attrs["descriptor_max"] = np.asarray(high, dtype=float)
    group.attrs["objective_names"] = np.array(["objective"], dtype=h5py.string_dtype())
    group.attrs["capacity"] = np.uint64(int(np.prod(shape)) if shape else 0)
    group.attrs["qd_offset"] = 0.0


def first_of_each_cell(points, low, high, shape):
    scaled = (points - low) / (np.asarray(high) - low)
    index = np.clip((scaled * shape).astype(int), 0, np.asarray(shape) - 1)
    cells = np.ravel_multi_index(index.T, shape)
    return np.sort(np.unique(cells, return_index=True)[1])


def write_maze_run(path, points=4000, shape=(50, 50)):
    """A maze run with a grid as result archive, a novelty archive as driver, and the maze's text."""
    random = np.random.default_rng(7)
    low, high = np.array([3.0, 5.0]), np.array([195.0, 202.0])
    walk = np.clip(np.array([36.0, 184.0]) + np.cumsum(random.normal(0, 9, (points, 2)), axis=0) % 150 - 60, low, high)
    kept = first_of_each_cell(walk, low, high, shape)
    ends = walk[kept]
    objective = 300 - np.hypot(*(ends - (31, 20)).T)
    with h5py.File(path, "w") as file:
        write_attributes(file, algorithm="novelty_search", environment="maze", encoding="hyperneat", evaluations=points)
        archive = file.create_group("archive")
        write_archive(archive, ends, objective, low, high, ["x", "y"], shape)
        archive["evaluation"][:] = kept + 1
        driver = walk[::20]
        write_archive(file.create_group("archives/driver"), driver, 300 - np.hypot(*(driver - (31, 20)).T), low, high, ["x", "y"])
        write_history(file, points, coverage=True)
        entry = file.create_group("inputs/hard_maze.maze")
        entry.attrs["name"], entry.attrs["hash"] = "../mazes/hard_maze.maze", "0"
        entry.create_dataset("bytes", data=np.frombuffer(MAZE.encode(), dtype=np.uint8))


def write_two_maze_runs(path):
    """-> the two run files: the second one has reached less, and has another algorithm."""
    other = path.replace(".h5", "_other.h5")
    write_maze_run(path, 600)
    write_maze_run(other, 150)
    with h5py.File(path, "a") as file:
        file.attrs["solved_evaluation"] = np.uint64(444)
    with h5py.File(other, "a") as file:
        file.attrs["algorithm"] = "objective_search"
    return [path, other]


def write_nested_maze_run(path, shape=(10, 10, 3, 2)):
    """A maze run whose grid has further measures in [0, 1] beside x and y."""
    write_maze_run(path, 600)
    with h5py.File(path, "a") as file:
        group = file["archive"]
        ends, objective = group["descriptor"][:], group["objective"][:]
        more = len(shape) - 2
        points = np.column_stack([ends, np.random.default_rng(2).uniform(0, 1, (len(ends), more))])
        low, high = np.array([3.0, 5.0, *[0.0] * more]), np.array([195.0, 202.0, *[1.0] * more])
        kept = first_of_each_cell(points, low, high, shape)
        del file["archive"]
        write_archive(file.create_group("archive"), points[kept], objective[kept], low, high, ["x", "y"] + [f"m{i}" for i in range(more)], shape)


def write_grid_run(path, shape=(60, 60)):
    """A bare-vector run without a maze: a disc of filled cells."""
    random = np.random.default_rng(3)
    low, high = np.full(len(shape), -5.12), np.full(len(shape), 5.12)
    points = random.normal(0, 1.8, (20_000, len(shape)))
    points = points[np.linalg.norm(points[:, :2], axis=1) < 4.8]
    points = points[first_of_each_cell(points, low, high, shape)]
    objective = 100 - 3 * (points**2).sum(axis=1)
    with h5py.File(path, "w") as file:
        write_attributes(file, algorithm="map_elites", environment="sphere", encoding="none", evaluations=1_000_000)
        names = [f"projection_{i}" for i in range(len(shape))]
        write_archive(file.create_group("archive"), points, objective, low, high, names, shape)
        write_history(file, 1_000_000, coverage=True)


def write_unstructured_run(path, history=True):
    random = np.random.default_rng(5)
    points = random.uniform(0, 1, (300, 2))
    with h5py.File(path, "w") as file:
        write_attributes(file, algorithm="novelty_search", environment="arm", encoding="none", evaluations=5000)
        write_archive(file.create_group("archive"), points, points[:, 0], [0, 0], [1, 1], ["reach", "height"], unit="m")
        if history:
            write_history(file, 5000, coverage=False)


def write_attributes(file, **named):
    file.attrs.update({"format": "cambrian-run", "format_version": np.uint64(1), "program_version": "0.1.0",
                       "seed": np.uint64(7), "status": "finished", **named})


def write_history(file, evaluations, coverage):
    rows = 40
    group = file.create_group("history")
    x = np.linspace(0, 1, rows)
    group["evaluations"] = (x * evaluations).astype(np.uint64)
    group["archive_size"] = (1000 * x**0.5).astype(np.uint64)
    group["objective_max"] = 100 + 150 * x**0.3
    group["objective_mean"] = 80 + 90 * x**0.5
    if coverage:
        group["coverage"] = 0.6 * x**0.5
        group["qd_score"] = 2.5e5 * x**0.6
    else:
        group["novelty_mean"] = 3 - x
        group["novelty_threshold"] = 2 - x
    group["invalid"] = np.zeros(rows, dtype=np.uint64)
