"""What the tables of NEAT and of compressed search compute from run files."""

import os
import tempfile
import unittest

import h5py
import numpy as np

from cambrian_reproduce.encodings import compressed, named, neat
from cambrian_reproduce.encodings.trials import Outcome
from cambrian_reproduce.runs import RunError


def outcome(solved, evaluations=1000, path="", best=0.5):
    return Outcome(1, path, evaluations, solved, best, 1.0, "x")


class Solver(unittest.TestCase):
    """An archive of two graphs; the second one has two hidden nodes and one disabled link."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "run.h5")
        with h5py.File(self.path, "w") as file:
            archive = file.create_group("archive")
            archive.attrs["descriptor_names"] = ["generalisation", "place"]
            archive["descriptor"] = np.array([[0.0, 0.1], [231.0, 0.2], [400.0, 0.2]])
            archive["solved"], archive["evaluation"] = np.array([0, 1, 1], dtype="u1"), np.array([10, 70, 80])
            genome = archive.create_group("genome")
            genome["node_offset"], genome["edge_offset"] = np.array([0, 3, 8, 11]), np.array([0, 2, 7, 9])
            nodes, edges = genome.create_group("node"), genome.create_group("edge")
            nodes.attrs["kind_names"] = ["input", "bias", "hidden", "output"]
            nodes["kind"] = np.array([0, 1, 3, 0, 1, 3, 2, 2, 0, 1, 3])
            edges["enabled"] = np.array([1, 1, 1, 0, 1, 1, 1, 1, 1], dtype="u1")

    def test_is_the_first_that_solved_the_problem(self):
        found = neat.solver(outcome(70, path=self.path))
        self.assertEqual((found.hidden, found.links, found.generalisation), (2, 4, 231))

    def test_is_none_of_an_unsolved_run(self):
        self.assertIsNone(neat.solver(outcome(None, path=self.path)))

    def test_that_is_gone_from_the_archive_is_an_error(self):
        with h5py.File(self.path, "r+") as file:
            file["archive/solved"][:] = 0
        with self.assertRaises(RunError):
            neat.solver(outcome(70, path=self.path))

    def test_columns_are_means_over_the_solvers(self):
        columns = neat.with_network(None, [outcome(70, path=self.path), outcome(None)], None)
        self.assertEqual((columns["solved"], columns["mean evaluations"], columns["hidden nodes"], columns["enabled links"]),
                         ("1 of 2", "535", "2.00", "4.00"))
        columns = neat.with_test(None, [outcome(None)], None)
        self.assertEqual((columns["starts"], columns["fewest"]), ("–", "–"))


class Bars(unittest.TestCase):
    def test_an_unsolved_run_counts_as_its_whole_budget(self):
        self.assertIn("mean 600 evaluations", neat.bar("x", [outcome(200), outcome(None)], 600, all_solved=False))
        self.assertTrue(neat.bar("x", [outcome(200), outcome(None)], 600, all_solved=False).endswith(": reached."))
        self.assertTrue(neat.bar("x", [outcome(200), outcome(None)], 600).endswith("NOT reached."))
        self.assertTrue(neat.bar("x", [outcome(601)], 600).endswith("NOT reached."))

    def test_touching_by_some_seeds_is_not_by_all(self):
        outcomes = {f"{target}, {what}": [outcome(5), outcome(None)] for target in ("(6, 5)", "(6, -2)")
                    for what in ("20 coefficients", compressed.DIRECT)}
        outcomes["(6, 5), 20 coefficients"] = [outcome(5), outcome(6)]
        first, second = compressed.conclude_octopus(outcomes, None)
        self.assertTrue(first.endswith(": reached."))
        self.assertTrue(second.endswith("reached by some seeds."))


class Curve(unittest.TestCase):
    def of(self, evaluations, direct):
        found = {compressed.title_of(count): [outcome(n)] for count, n in evaluations.items()}
        return {**found, compressed.DIRECT: [outcome(direct)]}

    def test_is_a_u_where_the_least_lies_between_and_below_the_direct_encoding(self):
        counts = (1, 5, 20)
        self.assertTrue(compressed.shape_of(counts, self.of({1: 900, 5: 100, 20: 500}, 400)).endswith("yes."))
        self.assertTrue(compressed.shape_of(counts, self.of({1: 900, 5: 100, 20: 500}, 90)).endswith("no."))
        self.assertTrue(compressed.shape_of(counts, self.of({1: 900, 5: 500, 20: 100}, 400)).endswith("no."))

    def test_is_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "curve.png")
            compressed.plot(path, "title", (1, 5), self.of({1: 1000, 5: 100}, 400))
            self.assertGreater(os.path.getsize(path), 10_000)


class Rows(unittest.TestCase):
    def test_titles_name_folders_of_their_own(self):
        for table in named([]):
            folders = [row.folder for row in table.rows]
            self.assertEqual(len(folders), len(set(folders)), table.name)
