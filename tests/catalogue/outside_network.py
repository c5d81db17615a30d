"""Computes an elite's network from a run file alone, as run_file/FORMAT.md and `cambrian describe` say it is computed.

    outside_network.py RUN.h5 FORMULAS.json TRACE.csv ROW WARM_UP UPDATES

TRACE.csv has the columns sensor_0 .. and motor_0 .. of the replay of /archive row ROW: what was sensed before each step, and
what the motors were told. Fails unless the network answers those sensors with those motors.
"""

import csv
import json
import re
import sys
import tomllib

import h5py
import numpy as np

F = np.float32


def function_of(formula):
    """A formula as `cambrian describe` prints it, as a function of an array."""
    text = formula.replace("^", "**")
    text = re.sub(r"(.*) \? (.*) : (.*)", r"where(\1, \2, \3)", text)
    names = {"exp": np.exp, "abs": np.abs, "sin": np.sin, "cos": np.cos, "tanh": np.tanh, "max": np.maximum, "where": np.where}
    code = compile(text, formula, "eval")

    def function(x):
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(eval(code, {"__builtins__": {}}, {**names, "x": np.float64(x)}), dtype=F)
    return function


def mapped(values, ranges, to):
    """Linear, from each value's own range."""
    low, high = ranges
    return (F(to[0]) + (F(to[1]) - F(to[0])) * (np.asarray(values, F) - low) / (high - low)).astype(F)


class DirectGraph:
    """Every update moves every signal over one link."""

    inputs_onto = (0, 1)

    def __init__(self, genome, row, functions, sensors, config):
        del sensors
        node, edge = genome["node"], genome["edge"]
        nodes = slice(*genome["node_offset"][row:row + 2].astype(int))
        edges = slice(*genome["edge_offset"][row:row + 2].astype(int))
        names = [str(name) for name in node.attrs["activation_names"]]
        self.kind, self.bias = node["kind"][nodes], node["bias"][nodes]
        self.functions = [functions[names[a]][0] for a in node["activation"][nodes]]
        on = edge["enabled"][edges] == 1
        self.source, self.target, self.weight = (edge[name][edges][on] for name in ("source", "target", "weight"))
        self.outputs = functions[config["activation"]][1]
        self.value = np.where(self.kind == 1, F(1), F(0))
        self.updates = 0
        self.first = np.where(self.kind <= 1, 0, np.inf)  # the update at which a signal arrives
        for _ in self.kind:
            np.minimum.at(self.first, self.target, self.first[self.source] + 1)

    def update(self, sensors):
        self.updates += 1
        old = self.value.copy()
        old[self.kind == 0] = sensors
        total = self.bias.copy()
        np.add.at(total, self.target, self.weight * old[self.source])
        for i in np.flatnonzero(self.kind >= 2):
            old[i] = self.functions[i](total[i]) if self.first[i] <= self.updates else 0
        self.value = old
        return old[self.kind == 3]


class Layers:
    """One pass through all layers; `weights` [neurons, inputs + 1] a layer, the bias last."""

    def __init__(self, weights, functions, inputs_onto, outputs):
        self.weights, self.functions, self.inputs_onto, self.outputs = weights, functions, inputs_onto, outputs

    def update(self, sensors):
        value = np.asarray(sensors, F)
        for weights, function in zip(self.weights, self.functions):
            value = function(weights[:, :-1] @ value + weights[:, -1])
        return value


def direct_vector(genes, shapes):
    """-> a layer's matrix after the other's"""
    ends = np.cumsum([neurons * columns for neurons, columns in shapes])
    assert ends[-1] == len(genes)
    return [part.reshape(shape) for part, shape in zip(np.split(genes, ends[:-1]), shapes)]


def dct(genes, shapes):
    sizes = np.array([neurons * columns for neurons, columns in shapes])
    shares = np.ones(len(shapes), int)
    while shares.sum() < len(genes):
        shares[np.argmax(np.where(shares == sizes, 0, sizes / shares))] += 1

    def waves(size):  # [frequency, place]
        frequency, place = np.arange(size)[:, None], np.arange(size)[None, :]
        return np.cos(np.pi * (2 * place + 1) * frequency / (2 * size)) * np.sqrt(np.where(frequency == 0, 1, 2) / size)
    weights = []
    for (neurons, columns), part in zip(shapes, np.split(genes, np.cumsum(shares)[:-1])):
        places = sorted(((i, j) for i in range(neurons) for j in range(columns)), key=lambda place: (sum(place), place[0]))
        coefficients = np.zeros((neurons, columns))
        for place, gene in zip(places, part):
            coefficients[place] = gene
        weights.append((waves(neurons).T @ coefficients @ waves(columns)).astype(F))
    return weights


def layered(weights_of, genome, row, functions, sensors, config):
    sizes = [sensors, *config["hidden"], config["motors"]]
    weights = weights_of(genome["vector"][row], [(neurons, before + 1) for before, neurons in zip(sizes, sizes[1:])])
    hidden, (output, outputs) = functions[config["hidden_activation"]][0], functions[config["output_activation"]]
    return Layers(weights, [hidden] * len(config["hidden"]) + [output], (-1, 1), outputs)


def cppn(genome, row, functions, bias):
    """-> [points, 4 to 6] -> [points, 2]"""
    node, edge = genome["node"], genome["edge"]
    nodes = slice(*genome["node_offset"][row:row + 2].astype(int))
    edges = slice(*genome["edge_offset"][row:row + 2].astype(int))
    names = [str(name) for name in node.attrs["activation_names"]]
    kind, own, activation = (node[name][nodes] for name in ("kind", "bias", "activation"))
    on = edge["enabled"][edges] == 1
    links = list(zip(*(edge[name][edges][on] for name in ("source", "target", "weight"))))

    def answer(points):
        value = {}
        for i in np.flatnonzero(kind == 0):
            value[i] = points[:, i].astype(F)
        value[np.flatnonzero(kind == 1)[0]] = np.full(len(points), F(bias))

        def of(i):
            if i not in value:
                total = np.full(len(points), own[i])
                for source, target, weight in links:
                    if target == i:
                        total = total + weight * of(source)
                value[i] = functions[names[activation[i]]][0](total)
            return value[i]
        return np.column_stack([of(i) for i in np.flatnonzero(kind == 3)])
    return answer


def hyperneat(genome, row, functions, sheets, kinds, config):
    answer = cppn(genome, row, functions, config["cppn_bias"])
    threshold, span = F(config["threshold"]), F(config["weight_range"])
    order = list(dict.fromkeys(kinds))  # as they appear
    has_layer = config["layer_coordinate"] and len(sheets) > 2
    has_kind = config["kind_coordinate"] and len(order) > 1
    weights = []
    for layer, (sources, targets) in enumerate(zip(sheets, sheets[1:]), 1):
        z = [2 * layer / (len(sheets) - 1) - 1] if has_layer else []
        of_kind = [2 * order.index(kind) / (len(order) - 1) - 1 for kind in kinds] if has_kind and layer == 1 else [0] * len(sources)
        none = [0] if has_kind else []
        pairs = np.array([[*source, *target, *z, *([k] if has_kind else [])]
                          for target in targets for source, k in zip(sources, of_kind)])
        a = answer(pairs)[:, 0].reshape(len(targets), len(sources))
        w = np.where(np.abs(a) <= threshold, 0, np.sign(a) * (np.abs(a) - threshold) / (1 - threshold) * span)
        b = span * answer(np.array([[0, 0, *target, *z, *none] for target in targets]))[:, 1]
        weights.append(np.column_stack([w, b]).astype(F))
    function, outputs = functions["steep_sigmoid"]
    return Layers(weights, [function] * len(weights), (0, 1), outputs)


def network_of(run, row, functions):
    config = tomllib.loads(run.attrs["config"])["encoding"]
    genome, sensors, motors = run["archive/genome"], len(run.attrs["sensor_names"]), len(run.attrs["motor_names"])
    if config["name"] == "direct_graph":
        return DirectGraph(genome, row, functions, sensors, config)
    if config["name"] in ("direct_vector", "dct"):
        weights_of = direct_vector if config["name"] == "direct_vector" else dct
        return layered(weights_of, genome, row, functions, sensors, {**config, "motors": motors})
    places = [run.attrs[name + "_positions"].reshape(-1, 2) for name in ("sensor", "motor")]
    hidden = [[(x, y) for x in np.linspace(-1, 1, neurons)]
              for y, neurons in zip(np.linspace(-1, 1, len(config["hidden"]) + 2)[1:], config["hidden"])]
    kinds = [str(kind) for kind in run.attrs.get("sensor_kinds", [""] * sensors)]
    return hyperneat(genome, row, functions, [places[0], *hidden, places[1]], kinds, config)


def main(path, formulas, trace, row, warm_up, updates):
    with open(formulas) as file:
        facts = json.load(file)
    functions = {name: (function_of(fact["formula"]), (-1, 1) if fact["max"] is None else (max(fact["min"], -1), fact["max"]))
                 for name, fact in facts.items()}
    with open(trace) as file:
        names, *rows = csv.reader(file)
    table = dict(zip(names, np.array(rows, dtype=float).T))
    run = h5py.File(path)
    network = network_of(run, int(row), functions)
    ranges = {what: (run.attrs[what + "_min"].astype(F), run.attrs[what + "_max"].astype(F)) for what in ("sensor", "motor")}
    sensors = np.column_stack([table[f"sensor_{i}"] for i in range(len(ranges["sensor"][0]))])
    motors = np.column_stack([table[f"motor_{i}"] for i in range(len(ranges["motor"][0]))])
    recurrent = isinstance(network, DirectGraph)
    worst = 0
    for step in range(1, len(sensors)):
        sensed = mapped(sensors[step], ranges["sensor"], network.inputs_onto)
        for _ in range((int(warm_up) if step == 1 else 0) + int(updates) if recurrent else 1):
            answer = network.update(sensed)
        low, high = ranges["motor"]
        told = F(low) + (F(high) - F(low)) * (answer - F(network.outputs[0])) / F(network.outputs[1] - network.outputs[0])
        worst = max(worst, np.max(np.abs(told - motors[step]) / (high - low)))
    print(f"{path} row {row}: {len(sensors) - 1} steps, at most {worst:.2g} of a motor's range apart")
    return 0 if worst < 2e-5 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
