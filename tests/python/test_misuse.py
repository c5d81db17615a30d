"""What newcomers do wrong, and what they expect to work besides."""

import copy
import gc
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest

import cambrian
import numpy
from sphere import DIMENSIONS, MEASURES, advance, evaluate

NETWORKS = {"sensors": ["a", "b"], "motors": ["c"], "measures": {"m": (0, 1)}, "encoding": "direct_graph", "seed": 1,
            "result_archive": {"shape": [5]}}


def search(**keys):
    return cambrian.MapElites(DIMENSIONS, MEASURES, **{"seed": 7, "batch": 100, "archive": {"shape": [30, 30]}, **keys})


class Misuse(unittest.TestCase):
    def test_arguments_of_another_kind_are_one_line_that_names_them(self):
        for keys, said in (({"measures": 2}, "measures: 2"), ({"measures": ["x", "y"]}, "measures: measure_0"), ({"measures": {"x": 1}}, "x: 1"),
                           ({"measures": {"x": (0, 1, 2)}}, r"x: \(0, 1, 2\)"), ({"measures": None}, "measures: are missing")):
            with self.assertRaisesRegex(cambrian.ConfigError, said) as caught:
                cambrian.MapElites(**{"dimensions": 3, **keys})
            self.assertNotIn("\n", str(caught.exception))
        with self.assertRaises(TypeError):
            cambrian.MapElites(3.7, MEASURES)
        with self.assertRaisesRegex(cambrian.ConfigError, "archive"):
            search(archive=[30, 30])
        with self.assertRaisesRegex(TypeError, "algorithm.batch"):
            search(batch=object())

    def test_transposed_measures_are_refused_although_there_are_as_many(self):
        one = search()
        objectives, measures = evaluate(one.ask())
        with self.assertRaisesRegex(cambrian.ShapeError, r"measures: are \[2, 100\], but \[100, 2\] are expected"):
            one.tell(objectives, measures.T)
        with self.assertRaisesRegex(cambrian.ShapeError, r"objectives: are \[100, 1\], but \[100\] are expected"):
            one.tell(objectives[:, None], measures)
        one.tell(objectives, measures)

    def test_what_is_neither_real_nor_a_truth_value_is_refused_and_the_batch_can_be_told_again(self):
        one = search(can_be_solved=True, archive={"shape": [5, 5]})
        objectives, measures = evaluate(one.ask())
        for solved, said in ((0.5, "has 0.5"), (256, "has 256"), (-1, "has -1"), (numpy.nan, "has nan"), ("yes", "has '(True|yes)'"), (None, "has None")):
            with self.subTest(solved), self.assertRaisesRegex(ValueError, rf"^solved: {said}, but true or false \(1 or 0\) is expected$"):
                one.tell(objectives, measures, [True, *[solved] * 99])
        for told, name in (((objectives + 0j, measures), "objectives"), ((objectives, measures + 0j), "measures")):
            with self.assertRaisesRegex(ValueError, f"^{name}: are complex, but real numbers are expected$"):
                one.tell(*told)
        one.tell(objectives, measures, [True] * 50 + [1.0] * 50)
        self.assertTrue(one.archive.solved.all())

    def test_an_empty_archive_has_empty_columns_and_no_best(self):
        archive = search().archive
        self.assertEqual((archive.genome.shape, archive.descriptor.shape, len(archive.data())), ((0, DIMENSIONS), (0, 2), 0))
        for ask in (lambda: archive.best, lambda: archive.nearest([0, 0])):
            with self.assertRaisesRegex(cambrian.Error, "no elites"):
                ask()

    def test_the_best_of_a_minimised_objective_is_the_lowest(self):
        one = search(direction="minimise")
        for _ in range(5):
            objectives, measures = evaluate(one.ask())
            one.tell(-objectives, measures)
        self.assertEqual(one.archive.objective[one.archive.best], one.archive.objective.min())

    def test_columns_that_are_not_there_are_named_with_those_that_are(self):
        archive = search().archive
        with self.assertRaisesRegex(KeyError, "descriptor"):
            archive["measures"]
        self.assertFalse(hasattr(archive, "measures"))
        self.assertIn("descriptor", dir(archive))

    def test_graphs_are_pickled_and_searches_say_that_they_are_not(self):
        one = cambrian.Neat(**NETWORKS)
        graphs = one.ask()
        for other in (pickle.loads(pickle.dumps(graphs[3])), copy.deepcopy(graphs[3])):
            self.assertEqual(other.to_json(), graphs[3].to_json())
        one.tell(numpy.zeros(len(graphs)), numpy.zeros((len(graphs), 1)))
        for thing in (one, one.archive):
            with self.assertRaises(TypeError):
                pickle.dumps(thing)

    def test_a_network_takes_lists_and_refuses_what_is_not_a_genome(self):
        one = cambrian.Neat(**NETWORKS)
        network = one.network(one.ask()[0])
        self.assertEqual(network.activate([0, 1]).dtype, numpy.float32)
        self.assertIn("2 sensors", repr(network))
        for genome in (numpy.zeros(4, numpy.float32), None, "a"):
            with self.assertRaisesRegex(TypeError, "genome"):
                one.network(genome)

    def test_views_and_networks_outlive_their_search(self):
        one = search()
        advance(one, 5)
        view, kept = one.archive.objective, one.archive.objective.copy()
        networks = cambrian.Neat(**NETWORKS)
        network = networks.network(networks.ask()[0])
        del one, networks
        gc.collect()
        numpy.testing.assert_array_equal(view, kept)
        self.assertEqual(network.activate([0, 1]).shape, (1,))

    def test_threads_that_share_a_search_get_results_or_an_error_but_never_a_broken_archive(self):
        one = search(batch=2000)
        said = set()

        def work():
            for _ in range(50):
                try:
                    one.tell(*evaluate(one.ask()))
                    one.archive.objective.sum()
                except (cambrian.Error, cambrian.ShapeError) as error:
                    said.add(type(error))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(one.archive.objective), len(one.archive))
        self.assertLessEqual(said, {cambrian.Error, cambrian.ShapeError})

    def test_memory_does_not_grow_with_batches_and_views(self):
        one = search(batch=20)

        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")

        def turn(times):
            for _ in range(times):
                held = one.archive.objective, one.archive.genome
                advance(one, 1)
                del held

        turn(3000)
        before = resident()
        turn(3000)
        self.assertLess(resident() - before, 8 << 20)


class Interrupted(unittest.TestCase):
    def test_ctrl_c_ends_ask_and_tell_between_two_calls_and_a_run_with_a_file(self):
        loop = "search = cambrian.MapElites(4, {'x': (-1, 1)}, archive={'shape': [9]})\nprint('ready', flush=True)\nwhile True:\n    g = search.ask()\n" \
               "    search.tell(-(g**2).sum(1), g[:, :1])"
        run = "print('ready', flush=True)\ncambrian.run({'environment': {'name': 'sphere', 'dimensions': 4}, 'algorithm': {'name': 'map_elites'}}, " \
              "output='run.h5', evaluations=0, callback=lambda now: print('batch', flush=True))"
        for text, until in ((loop, b"ready"), (run, b"batch")):
            with self.subTest(until), tempfile.TemporaryDirectory() as folder:
                program = f"import cambrian\ntry:\n{textwrap.indent(text, '    ')}\nexcept KeyboardInterrupt:\n    print('caught', flush=True)\n"
                child = subprocess.Popen([sys.executable, "-c", program], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                while until not in child.stdout.readline():
                    pass
                child.send_signal(signal.SIGINT)
                out, err = child.communicate(timeout=100)
                self.assertTrue(out.endswith(b"caught\n"), err)
                if until == b"batch":
                    self.assertEqual(cambrian.open(os.path.join(folder, "run.h5")).attributes["status"], "interrupted")


if __name__ == "__main__":
    unittest.main()
