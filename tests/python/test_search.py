"""Searches that are asked and told."""

import os
import tempfile
import unittest

import cambrian
import numpy
from sphere import DIMENSIONS, MEASURES, advance, evaluate


def search(**keys):
    return cambrian.MapElites(DIMENSIONS, MEASURES, **{"seed": 7, "batch": 100, "archive": {"shape": [30, 30]}, **keys})


class AskAndTell(unittest.TestCase):
    def test_every_algorithm_of_vectors_can_be_asked_and_told(self):
        names = [n for n in cambrian.components("algorithms") if n != "neat"]
        self.assertGreater(len(names), 5)
        for name in names:
            with self.subTest(name):
                made = getattr(cambrian, "".join(word.capitalize() for word in name.split("_")))
                keys = {} if name in ("map_elites",) else {"result_archive": {"shape": [30, 30]}}
                one = made(DIMENSIONS, MEASURES, seed=3, **keys)
                advance(one, 5)
                self.assertGreater(one.evaluations, 0)
                self.assertGreater(len(one.archive), 0)

    def test_asked_arrays_are_the_callers_own(self):
        one = search()
        genomes = one.ask()
        before = genomes.copy()
        genomes[:] = 0
        one.tell(*evaluate(before))
        self.assertTrue(abs(one.archive.genome).sum() > 0)
        self.assertEqual((genomes.dtype, genomes.shape), (numpy.float32, (100, DIMENSIONS)))

    def test_the_archive_holds_what_was_told(self):
        one = search()
        advance(one, 20)
        objectives, measures = evaluate(one.archive.genome)
        numpy.testing.assert_array_equal(one.archive.objective, objectives)
        numpy.testing.assert_array_equal(one.archive.descriptor, measures)
        self.assertEqual(one.statistics["obj_max"], objectives.max())
        self.assertAlmostEqual(one.statistics["coverage"], len(one.archive) / 900)

    def test_a_minimised_objective_is_shown_as_it_was_given(self):
        one = search(direction="minimise")
        for _ in range(20):
            objectives, measures = evaluate(one.ask())
            one.tell(-objectives, measures)
        objectives, _ = evaluate(one.archive.genome)
        numpy.testing.assert_array_equal(one.archive.objective, -objectives)
        self.assertEqual(one.statistics["obj_max"], (-objectives).min())

    def test_columns_become_snapshots_when_the_archive_changes(self):
        one = search()
        advance(one, 5)
        views = {name: one.archive[name] for name in ("id", "objective", "descriptor", "genome", "parents")}
        copies = {name: view.copy() for name, view in views.items()}
        self.assertTrue(numpy.shares_memory(one.archive.objective, views["objective"]))
        with self.assertRaises(ValueError):
            views["objective"][0] = 1
        advance(one, 30)
        del one
        for name, view in views.items():
            numpy.testing.assert_array_equal(view, copies[name], name)

    def test_numbers_that_are_not_finite_make_a_candidate_invalid(self):
        one = search()
        objectives, measures = evaluate(one.ask())
        objectives[3], measures[5, 1] = numpy.nan, numpy.inf
        entered = one.tell(objectives, measures)
        self.assertEqual((entered[3], entered[5]), (0, 0))
        self.assertEqual(one._core.invalid, 2)
        self.assertNotIn(3, one.archive.id)

    def test_wrong_shapes_change_nothing(self):
        one = search()
        genomes = one.ask()
        for objectives, measures in ((numpy.zeros(3), numpy.zeros((100, 2))), (numpy.zeros(100), numpy.zeros((100, 3)))):
            with self.assertRaises(ValueError):
                one.tell(objectives, measures)
        one.tell(*evaluate(genomes))
        self.assertEqual(one.evaluations, 100)

    def test_calls_out_of_turn_are_refused(self):
        one = search()
        with self.assertRaisesRegex(cambrian.Error, "ask for one first"):
            one.tell(numpy.zeros(100), numpy.zeros((100, 2)))
        one.ask()
        with self.assertRaisesRegex(cambrian.Error, "asked for already"):
            one.ask()
        with self.assertRaisesRegex(cambrian.Error, "must be told"):
            one.save("never.h5")

    def test_a_wrong_key_is_one_line_that_names_it(self):
        for keys, said in (({"archive": {"shap": [2, 2]}}, "shap"), ({"batches": 3}, "batches"), ({"archive": "gird"}, "gird"),
                           ({"archive": {"learning_rate": 2.0, "contents": "threshold"}}, "learning_rate")):
            with self.assertRaisesRegex(cambrian.ConfigError, said) as caught:
                search(**keys)
            self.assertNotIn("\n", str(caught.exception))

    def test_a_saved_search_continues_bit_for_bit(self):
        for emitters in (None, [{"name": "cma_es", "count": 3}]):
            one = search(emitters=emitters, initial=0 if emitters else 100)
            advance(one, 10)
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "run.h5")
                one.save(path)
                other = cambrian.resume(path)
            advance(one, 10)
            advance(other, 10)
            numpy.testing.assert_array_equal(one.archive.genome, other.archive.genome)
            self.assertEqual(one.statistics, other.statistics)

    def test_a_search_by_hand_finds_what_the_program_finds(self):
        whole = cambrian.run({"run": {"seed": 5, "evaluations": 2100}, "environment": {"name": "sphere", "dimensions": DIMENSIONS},
                              "algorithm": {"name": "map_elites", "batch": 100}, "archive": {"shape": [30, 30]}},
                             output=os.path.join(self.folder(), "whole.h5"))
        config = {"run": {"seed": 5}, "algorithm": {"name": "map_elites", "batch": 100}, "archive": {"shape": [30, 30]}}
        one = cambrian.Search(config, dimensions=DIMENSIONS, measures=MEASURES)
        first = one.ask()
        import h5py
        with h5py.File(whole.path) as file:
            ids, genomes = file["archive/id"][:], file["archive/genome/vector"][:]
        for row, identity in enumerate(ids):
            if identity < len(first):
                numpy.testing.assert_array_equal(genomes[row], first[identity])

    def folder(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        return temporary.name


class Networks(unittest.TestCase):
    def test_neat_learns_or_of_two_inputs(self):
        inputs = numpy.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=numpy.float32)
        wanted = numpy.array([0, 1, 1, 1])
        one = cambrian.Neat(sensors={"a": (0, 1), "b": (0, 1)}, motors={"or": (0, 1)}, measures={"mean": (0, 1)},
                            encoding="direct_graph", seed=2, result_archive={"shape": [10]})
        for _ in range(40):
            answers = [one.network(genome).activate(inputs)[:, 0] for genome in one.ask()]
            one.tell([4 - abs(a - wanted).sum() for a in answers], [[a.mean()] for a in answers])
        self.assertGreater(one.statistics["obj_max"], 3.5)
        genome = one.archive.genome[one.archive.best]
        self.assertEqual([node.kind for node in genome.nodes][:4], ["input", "input", "bias", "output"])
        self.assertEqual(len(one.network(genome).links), sum(link.enabled for link in genome.links))

    def test_a_network_refuses_another_number_of_sensors(self):
        one = cambrian.NoveltySearch(sensors=["a", "b"], motors=["c"], measures={"m": (0, 1)}, encoding="direct_vector", seed=2)
        network = one.network(one.ask()[0])
        self.assertEqual(network.activate(numpy.zeros(2, numpy.float32)).shape, (1,))
        with self.assertRaises(ValueError):
            network.activate(numpy.zeros(3, numpy.float32))

    def test_network_measures_cannot_be_axes_of_what_is_told(self):
        with self.assertRaisesRegex(cambrian.ConfigError, "network.links"):
            cambrian.MapElites(sensors=["a"], motors=["b"], measures={"m": (0, 1)}, encoding="direct_graph",
                               archive={"descriptor": ["m", "network.links"], "max": [1, 9], "min": [0, 0]})


if __name__ == "__main__":
    unittest.main()
