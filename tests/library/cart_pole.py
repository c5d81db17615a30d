"""The first steps of a replay of YOUR_OWN.md's cart-pole, computed anew: `cart_pole.py TRACE.csv CONTROLLER.json`.

The physics are two equations for two accelerations (Lagrange: a uniform rod, hinged at one end to a cart), solved as a linear
system, so another form than the page's; the network is read from the exported JSON.
"""

import csv
import json
import sys

import numpy as np

M, m, l, g, mu = 1.0, 0.1, 0.5, 9.8, 0.000002  # l: half the rod


def slope(state, force):
    x_velocity, angle, velocity = state[1:]
    mass = np.array([[M + m, m * l * np.cos(angle)], [m * l * np.cos(angle), 4 / 3 * m * l * l]])
    forces = np.array([force + m * l * velocity ** 2 * np.sin(angle), m * g * l * np.sin(angle) - mu * velocity])
    acceleration = np.linalg.solve(mass, forces)
    return np.array([x_velocity, acceleration[0], velocity, acceleration[1]])


def moved(state, force, seconds, steps):
    h = seconds / steps
    for _ in range(steps):
        a = slope(state, force)
        b = slope(state + h / 2 * a, force)
        c = slope(state + h / 2 * b, force)
        state = state + h / 6 * (a + 2 * b + 2 * c + slope(state + h * c, force))
    return state


class Network:
    def __init__(self, graph):
        self.nodes, self.links = graph["nodes"], [link for link in graph["links"] if link["enabled"]]
        self.value = {node["id"]: 1.0 if node["kind"] == "bias" else 0.0 for node in self.nodes}
        self.first = {node["id"]: 0 if node["kind"] in ("input", "bias") else np.inf for node in self.nodes}
        for _ in self.nodes:
            for link in self.links:
                self.first[link["target"]] = min(self.first[link["target"]], self.first[link["source"]] + 1)
        self.updates = 0

    def update(self, sensors):
        self.updates += 1
        inputs = [node["id"] for node in self.nodes if node["kind"] == "input"]
        old = {**self.value, **dict(zip(inputs, sensors))}
        for node in self.nodes:
            if node["kind"] not in ("hidden", "output"):
                continue
            total = node["bias"] + sum(link["weight"] * old[link["source"]] for link in self.links if link["target"] == node["id"])
            assert node["activation"] == "neat_sigmoid"
            self.value[node["id"]] = 1 / (1 + np.exp(-4.924273 * total)) if self.first[node["id"]] <= self.updates else 0.0
        return next(self.value[node["id"]] for node in self.nodes if node["kind"] == "output")


def main(trace, controller):
    with open(trace) as file:
        _, *rows = csv.reader(file)
    states = np.array(rows[:200], dtype=float)[:, 1:]
    with open(controller) as file:
        network = Network(json.load(file)["graphs"][0])
    scale = np.array([4.8, 2, 0.52, 2])
    for before, after in zip(states, states[1:]):
        force = 20 * (network.update(before / scale + 0.5) - 0.5)
        error = np.max(np.abs(moved(before, force, 0.02, 2) - after))
        assert error < 1e-5, (before, after, error)
    print(f"{len(states) - 1} steps agree")


main(*sys.argv[1:])
