"""Paints the weights of a layered HyperNEAT substrate from an exported CPPN, as `cambrian describe hyperneat` says it, so that many
variants of one CPPN can be painted at once."""

import numpy as np

FUNCTIONS = {
    "identity": lambda x: x, "bipolar_sigmoid": lambda x: 2 / (1 + np.exp(-4.9 * x)) - 1,
    "gaussian": lambda x: 2 * np.exp(-(2.5 * x)**2) - 1,
    "absolute": np.abs, "sine": lambda x: np.sin(2 * x), "tanh": np.tanh}


class Substrate:
    """The places of a network's neurons, layer after layer, and what a CPPN is asked about each of its links.

    nodes: rows of the table network/node; kinds: of the sensors; weights are numbered layer after layer, neuron after neuron, in each the
    links from the layer before in order, then the bias: as `direct_vector` does."""

    def __init__(self, nodes, kinds, threshold=0.2, weight_range=3.0):
        self.threshold, self.weight_range = threshold, weight_range
        layers = {}
        for node in nodes:
            layers.setdefault(int(node["layer"]), []).append((float(node["x"]), float(node["y"])))
        self.layers = [np.array(layers[layer]) for layer in sorted(layers)]
        first = {kind: i for i, kind in enumerate(dict.fromkeys(kinds))}
        kind_of = np.array([2 * first[kind] / (len(first) - 1) - 1 for kind in kinds])
        queries, self.is_bias, self.layer_of = [], [], []
        for layer in range(1, len(self.layers)):
            behind = 2 * layer / (len(self.layers) - 1) - 1
            for x2, y2 in self.layers[layer]:
                for source, (x1, y1) in enumerate(self.layers[layer - 1]):
                    queries.append((x1, y1, x2, y2, behind, kind_of[source] if layer == 1 else 0.0))
                queries.append((0.0, 0.0, x2, y2, behind, 0.0))
                self.is_bias += [False] * len(self.layers[layer - 1]) + [True]
                self.layer_of += [layer] * (len(self.layers[layer - 1]) + 1)
        self.queries, self.is_bias, self.layer_of = np.array(queries), np.array(self.is_bias), np.array(self.layer_of)

    def places(self):
        """[weights, 4] where a link begins and ends."""
        return self.queries[:, :4]

    def shapes(self):
        """(neurons, sources and bias) of each layer's matrix."""
        return [(len(b), len(a) + 1) for a, b in zip(self.layers, self.layers[1:])]

    def paint(self, graph, deltas=np.zeros(1), link=None):
        """-> [deltas, weights]: the weights where each delta is added to the weight of one link of the CPPN."""
        outputs = ask(graph, self.queries, deltas, link)
        a = outputs[0]
        weight = np.where(np.abs(a) <= self.threshold, 0.0, np.sign(a) * (np.abs(a) - self.threshold) / (1 - self.threshold))
        return np.where(self.is_bias, outputs[1], weight) * self.weight_range

    def weights(self, nodes, edges):
        """The weights of a decoded network, as the tables network/node and network/edge have them."""
        start = np.cumsum([0] + [len(layer) for layer in self.layers])
        found, offset = np.zeros(len(self.queries)), {}
        position = 0
        for layer in range(1, len(self.layers)):
            for neuron in range(len(self.layers[layer])):
                offset[start[layer] + neuron] = (position, start[layer - 1])
                position += len(self.layers[layer - 1]) + 1
                found[position - 1] = float(nodes[start[layer] + neuron]["bias"])
        for edge in edges:
            at, first = offset[int(edge["target"])]
            found[at + int(edge["source"]) - first] = float(edge["weight"])
        return found


def ask(graph, queries, deltas, link):
    """-> {output: [deltas, queries]}"""
    nodes, value = graph["nodes"], {}
    inputs = [node["id"] for node in nodes if node["kind"] == "input"]
    for column, node in enumerate(inputs):
        value[node] = np.broadcast_to(queries[:, column], (len(deltas), len(queries)))
    for node in nodes:
        if node["kind"] == "bias":
            value[node["id"]] = np.ones((len(deltas), len(queries)))
    into = {node["id"]: [] for node in nodes}
    for number, edge in enumerate(graph["links"]):
        if edge["enabled"]:
            into[edge["target"]].append((number, edge))
    waiting = [node for node in nodes if node["id"] not in value]
    while waiting:
        ready = [node for node in waiting if all(edge["source"] in value for _, edge in into[node["id"]])]
        if not ready:
            raise ValueError("the CPPN has a cycle")
        for node in ready:
            total = np.full((len(deltas), len(queries)), float(node["bias"]))
            for number, edge in into[node["id"]]:
                weight = np.asarray(edge["weight"] + (deltas if number == link else 0 * deltas))
                total = total + weight[:, None] * value[edge["source"]]
            value[node["id"]] = FUNCTIONS[node["activation"]](total)
        waiting = [node for node in waiting if node["id"] not in value]
    outputs = [node["id"] for node in nodes if node["kind"] == "output"]
    return [value[output] for output in outputs]
