"""Runs whose networks a program lays open, for the tests: in place of `cambrian` a script that prints tables."""

import os

import h5py
import numpy as np

import example_genomes


def write_program(path, tables):
    """@param tables  {words of the call, the first that fits counts: table}  -> options that name a program that prints them"""
    program = os.path.join(os.path.dirname(path), "program")
    with open(program, "w") as script:
        script.write('#!/bin/sh\ncase "$*" in\n')
        for words, table in tables.items():
            rows = "\n".join(",".join(map(str, row)) for row in zip(*table.values()))
            script.write(f"*{words}*) cat <<'END'\n{','.join(table)}\n{rows}\nEND\n;;\n")
        script.write("esac\n")
    os.chmod(program, 0o755)
    return ["--program", program]


def describe(path, encoding, lines="", names=(example_genomes.SENSOR_NAMES, ["turn", "drive"]), genome=None):
    with h5py.File(path, "a") as file:
        file.attrs["encoding"] = encoding
        file.attrs["config"] = f'[encoding]\nname = "{encoding}"\n{lines}'
        file.attrs["sensor_names"], file.attrs["motor_names"] = (np.array(n, dtype=h5py.string_dtype()) for n in names)
        if genome:
            del file["archive/genome"]
            file[f"archive/genome/{genome}"] = np.zeros((3, 4))


def space_tables():
    """A row of sensors, hidden neurons in two floors, a motor; every link."""
    x, y, z = [], [], []
    for place in [(-1, 0, 0), (0, 0, 0), (1, 0, 0), *[(a, b, c) for c in (-1, 1) for b in (-1, 1) for a in (-1, 0, 1)], (0, 0, 0)]:
        for column, value in zip((x, y, z), place):
            column.append(value)
    layer = np.repeat([0, 1, 2], [3, 12, 1])
    source, target = np.nonzero(layer[None, :] == layer[:, None] + 1)
    nodes = {"kind": np.repeat(["input", "hidden", "output"], [3, 12, 1]), "layer": layer, "x": x, "y": y, "z": z, "bias": np.linspace(-1, 1, 16)}
    return nodes, {"source": source, "target": target, "weight": np.sin(3.0 * source + target)}


def flat_tables():
    """Sensors below, a motor above, three hidden neurons between them, of one layer with the motor; one feeds itself."""
    nodes = {"kind": ["input", "input", "output", "hidden", "hidden", "hidden"], "layer": [0, 0, 1, 1, 1, 1], "x": [-1, 1, 0, -0.5, 0.25, 0.5],
             "y": [-1, -1, 1, 0, -0.25, 0.5], "bias": [0] * 6}
    return nodes, {"source": [0, 1, 3, 4, 4, 5, 5], "target": [3, 4, 5, 5, 4, 2, 3], "weight": [1.5, -2, 0.75, -0.5, 1, 2.5, -1.25]}


def write_network(path, tables, encoding="hyperneat", lived=None):
    example_genomes.write_cppn_run(path)
    names = [[f"eye {i}" for i in range(list(tables[0]["kind"]).count("input"))], ["arm"]]
    describe(path, encoding, 'learning = "abcd"\n' if lived else "", names)
    changed = {"network/edge*--lived": lived} if lived else {}
    return [path, *write_program(path, changed | {"network/node": tables[0], "network/edge": tables[1]})]


def write_learner(path):
    nodes, links = example_genomes.network_tables()
    example_genomes.write_cppn_run(path)
    describe(path, "hyperneat", 'learning = "abcd"\n')
    lived = links | {"weight": links["weight"] + np.where(links["source"] < 4, 1.5 * np.cos(links["target"]), 0)}
    return [path, *write_program(path, {"network/edge*--lived": lived, "network/node": nodes, "network/edge": links})]


def spectrum_tables():
    """A grid of 6 by 5 sensors, with a bias line, under 4 hidden neurons; two motors in one array with their biases."""
    block = {"block": [0, 1, 2], "number": ["weight"] * 3, "layer": [1, 1, 2], "first_column": [0, 30, 0], "neuron_axes": [1, 1, 1],
             "length_0": [4, 4, 2], "length_1": [5, 1, 5], "length_2": [6, 0, 0]}
    rows = [(0, 0, 0, 0, 1.0), (0, 0, 1, 2, -2.0), (0, 1, 1, 0, 1.5), (0, 2, 0, 3, 0.5), (1, 0, 0, 0, 1.0), (1, 2, 0, 0, -0.5), (2, 0, 0, 0, 0.25),
            (2, 1, 1, 0, 1.0), (2, 0, 3, 0, -1.0)]
    return block, dict(zip(("block", "frequency_0", "frequency_1", "frequency_2", "coefficient"), zip(*rows)))


def write_dct_run(path, genome="gene"):
    example_genomes.write_cppn_run(path)
    describe(path, "dct", genome=genome)
    block, spectrum = spectrum_tables()
    return [path, *write_program(path, {"network/block": block, "network/spectrum": spectrum})]


def quadtree_table():
    """Of two sensors and a motor: the whole square, its quarters, and a quarter's quarters."""
    rows = []
    for node in range(3):
        rows.append((node, 0, 0, 0, 0, 1.0, 0))
        for i, (x, y) in enumerate(((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5))):
            rows.append((node, x, y, 1, 0.5 * i - node, 0.5 if i == 3 else 0, 1 if i < 3 else 0))
        rows += [(node, x, y, 2, x - y, 0, 1) for x in (0.25, 0.75) for y in (0.25, 0.75)]
    return dict(zip(("node", "x", "y", "depth", "value", "variance", "leaf"), zip(*rows)))


def write_es_run(path):
    write_network(path, flat_tables(), "es_hyperneat")
    return [path, *write_program(path, {"network/quadtree": quadtree_table(), "network/node": flat_tables()[0], "network/edge": flat_tables()[1]})]


def trials():
    """Two lives of 20 trials, three steps each; the high reward moves after 10, and is found again after two trials."""
    rows = []
    for life in range(2):
        for trial in range(20):
            for step in range(3):
                rows.append((life, trial, step, 1.0 if step == 2 and trial % 10 > 1 else 0.2 if step == 2 else 0.0, trial // 10))
    return dict(zip(("life", "trial", "step", "reward", "high_end"), np.array(rows, dtype=float).T))


def write_life_run(path, trace=None):
    example_genomes.write_cppn_run(path)
    describe(path, "hyperneat", 'learning = "abcd"\n')
    return [path, *write_program(path, {"replay": trials() if trace is None else trace})]
