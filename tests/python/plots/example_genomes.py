"""Run files with graph genomes, CVT archives and several seeds, for the tests; by h5py, after the format's description."""

import os
import pathlib

import h5py
import numpy as np

import example_run

CONFIG = '[run]\nseed = {seed}\nthreads = 0\n\n[encoding]\nname = "hyperneat"\nthreshold = 0.2\ncppn_bias = 1.0\n'

# A CPPN: x1 y1 x2 y2 bias | weight, bias | a Gaussian of x1 - x2, a sine of y2. Kinds: 0 input, 1 bias, 2 hidden, 3 output.
KIND = [0, 0, 0, 0, 1, 3, 3, 2, 2]
ACTIVATION = [0, 0, 0, 0, 0, 1, 1, 2, 4]
LINKS = [  # source, target, weight, enabled
    (0, 7, 0.8, 1), (2, 7, -0.8, 1), (3, 8, 1.5, 1), (7, 5, 0.6, 1), (8, 5, -0.4, 1), (4, 5, 0.1, 1), (8, 6, 0.5, 1),
    (2, 6, 0.3, 1), (1, 5, 2.0, 0), (4, 7, 0.2, 1),
]


def by_hand(x1, y1, x2, y2):
    """What the CPPN above computes -> (weight, bias)."""
    del y1  # its only link is disabled
    gauss = 2 * np.exp(-((2.5 * (0.8 * x1 - 0.8 * x2 + 0.2)) ** 2)) - 1
    sine = np.sin(2 * 1.5 * y2)
    sigmoid = [2 / (1 + np.exp(-4.9 * s)) - 1 for s in (0.6 * gauss - 0.4 * sine + 0.1, 0.5 * sine + 0.3 * x2)]
    return tuple(sigmoid)


def write_graphs(genome, genomes):
    """@param genomes  [(kinds, activations, links)]"""
    for part, count in (("node", lambda g: len(g[0])), ("edge", lambda g: len(g[2]))):
        genome[f"{part}_offset"] = np.cumsum([0, *map(count, genomes)]).astype(np.uint64)
    genome["node/kind"] = np.concatenate([g[0] for g in genomes]).astype(np.uint8)
    genome["node/activation"] = np.concatenate([g[1] for g in genomes]).astype(np.uint8)
    genome["node/bias"] = np.zeros(len(genome["node/kind"]), dtype=np.float32)
    links = np.array([link for g in genomes for link in g[2]])
    for column, name, kind in zip(links.T, ("source", "target", "weight", "enabled"), ("u4", "u4", "f4", "u1")):
        genome[f"edge/{name}"] = column.astype(kind)


def write_cppn_run(path, encoding="hyperneat", links=LINKS, config=True):
    """Three elites; the second is the best and holds the CPPN above, the others one without hidden nodes."""
    plain = (KIND[:7], ACTIVATION[:7], [(0, 5, 1.0, 1), (3, 6, -1.0, 1)])
    with h5py.File(path, "w") as file:
        example_run.write_attributes(file, algorithm="novelty_search", environment="maze", encoding=encoding, evaluations=900)
        if config:
            file.attrs["config"] = CONFIG.format(seed=7)
        archive = file.create_group("archive")
        example_run.write_archive(archive, [[0.1, 0.2], [0.5, 0.5], [0.9, 0.1]], [1.0, 3.0, 2.0], [0, 0], [1, 1], ["x", "y"])
        archive["id"][:] = [11, 22, 33]
        write_graphs(archive.create_group("genome"), [plain, (KIND, ACTIVATION, links), plain])


def write_cvt_run(path, centroids=120):
    random = np.random.default_rng(2)
    places = random.uniform([-1, 0], [1, 4], (centroids, 2))
    filled = np.flatnonzero(np.hypot(places[:, 0], places[:, 1] / 2 - 1) < 0.9)
    with h5py.File(path, "w") as file:
        example_run.write_attributes(file, algorithm="map_elites", environment="planar_arm", encoding="none", evaluations=5000)
        archive = file.create_group("archive")
        example_run.write_archive(archive, places[filled], -np.abs(places[filled, 0]), [-1, 0], [1, 4], ["x", "y"], unit="m")
        archive["cell"][:] = filled
        archive.attrs["kind"] = "cvt"
        archive["centroids"] = places


def write_seeds(folder, seeds, speed, algorithm):
    """A run file a seed; a seed's coverage goes up linearly to speed * (1 + seed / 10)."""
    folder.mkdir()
    for seed in range(1, seeds + 1):
        with h5py.File(folder / f"seed_{seed}.h5", "w") as file:
            example_run.write_attributes(file, algorithm=algorithm, environment="maze", encoding="direct_graph", evaluations=1000)
            file.attrs["seed"] = np.uint64(seed)
            file.attrs["config"] = CONFIG.format(seed=seed) + f"# {algorithm}\n"
            points = np.random.default_rng(seed).uniform(0, 1, (60, 2))
            example_run.write_archive(file.create_group("archive"), points, 100 * speed * points[:, 0], [0, 0], [1, 1], ["x", "y"])
            history = file.create_group("history")
            history["evaluations"] = np.arange(100, 1001, 100 if seed % 2 else 50).astype(np.uint64)
            share = history["evaluations"][:] / 1000
            history["coverage"] = speed * (1 + seed / 10) * share
            history["objective_max"] = np.full(len(share), 5.0)


def write_two_folders(path):
    """-> two folders of seeds beside it."""
    folders = [pathlib.Path(path).parent / name for name in ("fast", "slow")]
    for folder, speed in zip(folders, (0.4, 0.1)):
        write_seeds(folder, 5, speed, "novelty_search")
    return [str(folder) for folder in folders]


ANGLES = np.radians([-90, -45, 0, 45, 90, -180, 0, 90, 180, 270])
RADII = np.array([1.0] * 6 + [0.6] * 4)
SENSORS = np.column_stack([-RADII * np.sin(ANGLES), RADII * np.cos(ANGLES)])  # where they are on the maze's robot
MOTORS = np.array([[1.0, 0.0], [0.0, 1.0]])  # where two of the sensors are
SENSOR_NAMES = ["range_-90", "range_-45", "range_0", "range_45", "range_90", "range_-180", "goal_front", "goal_left", "goal_back", "goal_right"]


def network_tables():
    """-> (nodes, links) as the program prints them: sensors around a circle, a row of hidden neurons, two motors; every third
    link is not expressed."""
    x, y = np.vstack([SENSORS, np.column_stack([np.linspace(-1, 1, 5), np.zeros(5)]), MOTORS]).T
    layer = np.repeat([0, 1, 2], [10, 5, 2])
    nodes = {"kind": np.repeat(["input", "hidden", "output"], [10, 5, 2]), "layer": layer, "x": x, "y": y, "bias": np.linspace(-1, 1, 17)}
    source, target = np.nonzero(layer[None, :] == layer[:, None] + 1)
    weight = 3 * np.sin(2 * x[source] + y[source] - 1.5 * x[target])
    weight[::3] = 0
    return nodes, {"source": source.astype(float), "target": target.astype(float), "weight": weight}


def write_network_run(path):
    """-> the run, and in place of the program one that prints network_tables()."""
    write_cppn_run(path)
    with h5py.File(path, "a") as file:
        file.attrs["sensor_names"], file.attrs["motor_names"] = (np.array(names, dtype=h5py.string_dtype()) for names in (SENSOR_NAMES, ["turn", "drive"]))
    program = os.path.join(os.path.dirname(path), "program")
    with open(program, "w") as script:
        script.write('#!/bin/sh\ncase "$4" in\n')
        for name, table in zip(("node", "edge"), network_tables()):
            rows = "\n".join(",".join(map(str, row)) for row in zip(*table.values()))
            script.write(f"network/{name}) cat <<'END'\n{','.join(table)}\n{rows}\nEND\n;;\n")
        script.write("esac\n")
    os.chmod(program, 0o755)
    return [path, "--program", program]
