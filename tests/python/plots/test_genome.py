"""What a CPPN computes, against its formulas and against the program; where the nodes of a graph are drawn."""

import math
import os
import subprocess
import unittest
import unittest.mock

import h5py
import numpy as np

from cambrian.plots.detail import cppn, graph, graph_layout, network, pattern, program
from cambrian.plots.detail.genome import FUNCTIONS, evaluate, read_genome
from cambrian.plots.detail.run_file import read_run
import example_genomes
from in_folder import InFolder

CONFIG = """[run]
seed = 3
evaluations = 2000
log_interval = 1000
[environment]
name = "maze"
[encoding]
name = "hyperneat"
[algorithm]
name = "map_elites"
batch = 100
[archive]
shape = [10, 10]
"""


class Values(InFolder):
    def test_functions_are_those_of_the_program(self):
        x = 0.37
        expected = [x, 2 / (1 + math.exp(-4.9 * x)) - 1, 2 * math.exp(-(2.5 * x) ** 2) - 1, x, math.sin(2 * x),
                    1 / (1 + math.exp(-4.9 * x)), 1 / (1 + math.exp(-4.924273 * x)), math.tanh(x), 1 / (1 + math.exp(-x)), 1,
                    x, math.cos(x), math.sin(x), math.exp(-x * x), x * x]
        for (name, function), value in zip(FUNCTIONS, expected, strict=True):
            self.assertAlmostEqual(float(function(np.array(x))), value, msg=name)
        for name, value in (("absolute", 0.37), ("step", 0), ("relu", 0)):
            self.assertAlmostEqual(float(dict(FUNCTIONS)[name](np.array(-x))), value, msg=name)

    def test_a_cppn_gives_what_its_formula_says_over_the_whole_plane(self):
        example_genomes.write_cppn_run(self.path)
        genome = read_genome(self.path)
        self.assertEqual((genome.id, genome.objective), (22, 3.0))
        x, y = pattern.plane((-1, 1, -1, 1))
        for x1, y1 in ((0.0, 0.0), (-1.0, 1.0), (0.3, -0.7)):
            outputs = evaluate(genome, [x1, y1, x, y])
            for output, expected in zip(outputs, example_genomes.by_hand(x1, y1, x, y), strict=True):
                np.testing.assert_allclose(output, np.broadcast_to(expected, output.shape), atol=1e-6)
        np.testing.assert_array_equal(pattern.Painter(genome, ["x₁", "y₁", "x₂", "y₂"], ["weight", "bias"], 1.0, 0.2).paint((0.3, -0.7, 0), (x, y, 0), {}), outputs[0])

    def test_an_elite_is_found_by_its_id(self):
        example_genomes.write_cppn_run(self.path)
        genome = read_genome(self.path, 33)
        self.assertEqual((len(genome.kind), genome.weight.tolist()), (7, [1.0, -1.0]))

    def test_settings_come_from_the_table_of_the_encoding(self):
        example_genomes.write_cppn_run(self.path)
        run = read_run(self.path)
        run.attributes["config"] = "[a]\nthreshold = 9\n[encoding]\nthreshold = 0.35\n[b]\ncppn_bias = 4\n"
        self.assertEqual((cppn.setting(run, "threshold", 0.2), cppn.setting(run, "cppn_bias", 1.0)), (0.35, 1.0))


class Body(InFolder):
    def write(self, sensors, motors, positions):
        example_genomes.write_cppn_run(self.path, encoding="direct_graph")
        with h5py.File(self.path, "a") as file:
            for what, names, places in zip(("sensor", "motor"), (sensors, motors), positions):
                file.attrs[f"{what}_names"] = np.array(names, dtype=h5py.string_dtype())
                file.attrs[f"{what}_positions"] = np.array(places, dtype=float)
        return read_run(self.path)

    def test_terminals_are_named_as_the_run_file_names_them(self):
        run = self.write(["range_-90", "goal_front", "b", "c"], ["turn", "drive"], ([], []))
        names = graph.names_of(run, read_genome(self.path))
        self.assertEqual(names[:7], ["range\n\u221290", "goal\nfront", "b", "c", "bias", "turn\n(sigmoid ±)", "drive\n(sigmoid ±)"])

    def test_terminals_without_names_are_numbered(self):
        example_genomes.write_cppn_run(self.path, encoding="direct_graph")
        names = graph.names_of(read_run(self.path), read_genome(self.path))
        self.assertEqual((names[0], names[6]), ("sensor\n0", "motor\n1\n(sigmoid ±)"))

    def test_the_pattern_reaches_as_far_as_the_body(self):
        example_genomes.write_cppn_run(self.path)
        self.assertEqual(pattern.extent_of(read_run(self.path)), (-1, 1, -1, 1))
        run = self.write(["a", "b"], ["m"], ([-0.5, -1.2, 0.5, -1], [0, 0.5]))
        self.assertEqual(pattern.extent_of(run), (-1, 1, -1.2, 1))
        y = pattern.plane(pattern.extent_of(run))[1]
        self.assertAlmostEqual(y[0, 0] - 0.5 * (y[1, 0] - y[0, 0]), -1.2)
        self.assertIsNone(self.write(["a", "b"], ["m"], ([1, 2, 3, 4, 5, 6], [1, 2, 3])).places)  # a body in space


class Layout(InFolder):
    def test_layers_are_the_longest_paths(self):
        example_genomes.write_cppn_run(self.path)
        genome = read_genome(self.path)
        places = graph.layout(genome)
        layers = graph_layout.layers(9, genome.source.astype(int), genome.target.astype(int), np.arange(5), np.array([5, 6]))
        self.assertEqual(layers.tolist(), [0, 0, 0, 0, 0, 2, 2, 1, 1])
        self.assertEqual(len(np.unique(places, axis=0)), 9)

    def test_cycles_and_loops_have_layers_too(self):
        source, target = np.array([0, 2, 3, 3, 1]), np.array([2, 3, 2, 3, 2])
        self.assertEqual(graph_layout.forward_links(4, source, target).tolist(), [True, True, False, False, True])
        layers = graph_layout.layers(4, source, target, np.array([0]), np.array([1]))
        self.assertEqual(layers.tolist(), [0, 3, 1, 2])

    def test_a_network_without_places_lies_in_layers(self):
        nodes = {"layer": np.array([0, 0, 0, 1, 2])}
        places = network.rows_of(nodes)
        self.assertEqual(places.tolist(), [[-1, -1], [0, -1], [1, -1], [0, 0], [0, 1]])


@unittest.skipIf(program.find_program() is None, "the program is not built")
class BesideTheProgram(InFolder):
    def setUp(self):
        super().setUp()
        config = os.path.join(self.folder, "maze.toml")
        with open(config, "w") as file:
            file.write(CONFIG)
        subprocess.run([program.find_program(), "run", config, "-o", self.path], check=True, capture_output=True)

    def test_the_pattern_is_what_the_program_paints_onto_the_substrate(self):
        with h5py.File(self.path, "r") as file:
            ids = file["archive/id"][:].tolist()
        self.assertGreater(len(ids), 5)
        for elite in ids:
            genome = read_genome(self.path, elite)
            nodes = program.query(self.path, "--table", "network/node", "--id", str(elite))
            links = program.query(self.path, "--table", "network/edge", "--id", str(elite))
            painted = np.zeros((len(nodes["x"]),) * 2)
            painted[links["source"].astype(int), links["target"].astype(int)] = links["weight"]
            x, y = nodes["x"], nodes["y"]
            z = 2 * nodes["layer"] / nodes["layer"].max() - 1
            kind = np.where(nodes["layer"] > 0, 0.0, np.where(np.arange(len(x)) < 6, -1.0, 1.0))  # rangefinders, then radars
            answer = evaluate(genome, [x[:, None], y[:, None], x[None, :], y[None, :], z[None, :], kind[:, None]])[0]
            weight = np.sign(answer) * np.maximum(np.abs(answer) - 0.2, 0) / 0.8 * 3
            linked = nodes["layer"][None, :] == nodes["layer"][:, None] + 1
            np.testing.assert_allclose(painted, np.where(linked, weight, 0), atol=1e-4)
            neurons = nodes["layer"] > 0
            bias = 3 * evaluate(genome, [0.0, 0.0, x, y, z, 0.0])[1]
            np.testing.assert_allclose(nodes["bias"][neurons], bias[neurons], atol=1e-4)

    def test_the_body_is_known_and_the_pattern_holds_all_its_places(self):
        run = read_run(self.path)
        self.assertEqual((run.sensor_names[0], len(run.sensor_names), run.motor_names), ("range -90", 10, ["turn", "drive"]))
        nodes = program.query(self.path, "--table", "network/node", "--best")
        left, right, low, high = pattern.extent_of(run)
        self.assertTrue((nodes["x"] >= left).all() and (nodes["x"] <= right).all() and (nodes["y"] <= high).all())
        self.assertAlmostEqual(nodes["y"].min(), low, places=6)

    def test_the_network_is_drawn_and_an_unknown_elite_refused(self):
        target = os.path.join(self.folder, "network.png")
        self.assertEqual(self.call(self.path, "--kind", "network", "-o", target)[:2], (0, [target]))
        self.assert_refused(2, "not among the elites", self.path, "--kind", "network", "--id", "999999999")

    def test_of_a_foreign_environment_all_but_the_network_is_drawn(self):
        with h5py.File(self.path, "r+") as file:
            file.attrs["config"] = file.attrs["config"].replace('"maze"', '"ripples"')
        status, drawn, err = self.call(self.path)
        self.assertEqual((status, len(err.splitlines())), (0, 1), err)
        self.assertIn("this run is of environment 'ripples', which this program does not have", err)
        self.assertTrue(err.endswith("left out: network\n"), err)
        self.assertIn(os.path.join(self.folder, "run_heat_map.png"), drawn)
        self.assertNotIn(os.path.join(self.folder, "run_network.png"), drawn)
        self.assertTrue(all(os.path.exists(path) for path in drawn))
        self.assertEqual(self.call(self.path, "--kind", "network")[0], 1)

    def test_the_program_can_be_named(self):
        made_by = os.path.abspath(program.find_program())
        named = os.path.join(self.folder, "mine")
        os.symlink(made_by, named)
        with unittest.mock.patch.dict(os.environ, {"CAMBRIAN": "/bin/false"}):
            self.assertEqual(self.call(self.path, "--kind", "network")[0], 1)
            self.assertEqual(self.call(self.path, "--kind", "network", "--program", named)[0], 0)
            self.assert_refused(2, "none: is not a program", self.path, "--program", "none")


if __name__ == "__main__":
    unittest.main()
