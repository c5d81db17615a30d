"""Whole runs, run files, and environments that are Python classes."""

import os
import re
import subprocess
import sys
import tempfile
import textwrap
import unittest

import cambrian
import numpy
import sphere


class Runs(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = temporary.name
        path = os.environ.get("PYTHONPATH", "")
        os.environ["PYTHONPATH"] = os.path.dirname(os.path.abspath(__file__)) + os.pathsep + path
        self.addCleanup(os.environ.__setitem__, "PYTHONPATH", path)

    def at(self, name):
        return os.path.join(self.folder, name)

    def hill(self, name, **keys):
        return cambrian.run({"run": {"seed": 4}, "algorithm": {"name": "map_elites", "batch": 100}, "archive": {"shape": [10, 10]}},
                            sphere.Hill, output=self.at(name), **{"evaluations": 2000, **keys})

    def test_a_class_is_evaluated_in_processes(self):
        run = self.hill("run.h5", threads=2)
        self.assertEqual(run.attributes["status"], "finished")
        genome = run.elite().genome
        self.assertAlmostEqual(run.elite().objective, -(genome.astype(float) ** 2).sum(), places=12)
        self.assertLessEqual(genome[0], 2.5)

    def test_a_stopped_run_is_resumed_bit_for_bit(self):
        whole = self.hill("whole.h5")
        seen = []
        self.hill("stopped.h5", callback=lambda now: seen.append(now["evaluations"]) or now["evaluations"] < 800)
        self.assertEqual(seen[-1], 800)
        resumed = cambrian.resume_run(self.at("stopped.h5"))
        self.assertTrue(whole.archive.equals(resumed.archive))

    def test_what_a_callback_raises_ends_the_run_and_loses_nothing(self):
        def fails(now):
            if now["evaluations"] > 500:
                raise KeyError("mine")

        with self.assertRaisesRegex(KeyError, "mine"):
            self.hill("run.h5", callback=fails)
        self.assertEqual(cambrian.open(self.at("run.h5")).attributes["status"], "interrupted")
        self.assertTrue(self.hill("whole.h5").archive.equals(cambrian.resume_run(self.at("run.h5")).archive))

    def test_a_body_is_controlled_by_networks(self):
        run = cambrian.run({"run": {"stop": "solved", "seed": 1}, "algorithm": {"name": "map_elites", "batch": 20},
                            "encoding": {"name": "direct_graph"}, "archive": {"shape": [10, 10]}},
                           sphere.Seeker, output=self.at("seeker.h5"), evaluations=4000)
        best = run.elite()
        self.assertTrue(best.solved)
        body, network = sphere.Seeker(), best.network
        network.reset()
        sensed, over = body.reset(), False
        while not over:
            sensed, over = body.step(network.activate(sensed.astype(numpy.float32)).astype(float))
        self.assertEqual(-best.objective, numpy.hypot(*(body.place - body.at)))
        self.assertEqual(run.replay(best.id).iloc[-1]["x"], body.at[0])

    def test_what_an_environment_does_wrong_is_said_with_its_place(self):
        for kind, said in ((sphere.Broken, r"mine \(sphere.py:\d+\)"), (sphere.Crooked, "3 measures, but 2 are expected: x, y"),
                           (sphere.Silent, "None is the result, but"), (sphere.Unfinite, "the objective is nan")):
            with self.subTest(kind.__name__), self.assertRaisesRegex(cambrian.Error, said) as caught:
                cambrian.run({"algorithm": {"name": "map_elites", "batch": 20}}, kind, output=self.at("run.h5"), evaluations=100, force=True)
            self.assertNotIn("\n", str(caught.exception))

    def test_what_goes_wrong_in_a_step_makes_its_candidate_invalid_and_no_other(self):
        for kind, said in ((sphere.SensesNan, "sensor 'b' is nan"),
                           (sphere.SensesTooMuch, r"sensor 'b' is 1e\+39, which is not finite in single precision"),
                           (sphere.BeginsWithInf, "sensor 'b' is inf"), (sphere.FailsToBegin, r"ZeroDivisionError: division by zero \(sphere.py:\d+\)"),
                           (sphere.StateRaises, r"RuntimeError: in state \(sphere.py:\d+\)"),
                           (sphere.StateShort, "ValueError: state.. gives 0 numbers, but 1 are expected: t"),
                           (sphere.StateNan, "'t' of the trace is nan")):
            with self.subTest(kind.__name__), self.assertWarnsRegex(UserWarning, f"50 of 100 evaluations were invalid; the first: .*: {said}$"):
                run = cambrian.run({"algorithm": {"name": "map_elites", "batch": 20}, "encoding": {"name": "direct_graph"}, "archive": {"shape": [5]}},
                                   kind, output=self.at("run.h5"), evaluations=100, threads=1, force=True)
                self.assertEqual(run.attributes["status"], "finished")

    def test_what_an_environment_reads_is_empty_and_not_its_requests(self):
        run = cambrian.run({"algorithm": {"name": "map_elites", "batch": 20}, "archive": {"shape": [5, 5]}}, sphere.Reads,
                           output=self.at("run.h5"), evaluations=100)
        self.assertEqual((run.attributes["status"], run.attributes["evaluations"]), ("finished", 100))

    def test_an_environment_without_dimensions_says_so(self):
        with self.assertRaisesRegex(cambrian.ConfigError, "Shapeless.dimensions: is 0"):
            cambrian.run({"algorithm": {"name": "map_elites"}}, sphere.Shapeless, output=self.at("run.h5"), evaluations=100)

    def test_a_script_that_starts_its_run_unasked_is_told_how_to_ask(self):
        script = self.at("script.py")
        with open(script, "w") as file:
            file.write("import cambrian\nclass One(cambrian.VectorEnvironment):\n    dimensions = 1\n    measures = {'x': (0, 1)}\n"
                       "    def evaluate(self, v):\n        return 0.0, v\n"
                       "cambrian.run({'algorithm': {'name': 'random_search'}, 'archive': {'shape': [5]}}, One, output='run.h5', evaluations=10)\n")
        done = subprocess.run([sys.executable, script], cwd=self.folder, capture_output=True, text=True, timeout=100)
        self.assertIn("if __name__ ==", done.stderr)

    def test_queries_and_tables_are_data_frames(self):
        run = self.hill("run.h5")
        found = run.query("x < 0 && objective > -5", sort="objective:desc", limit=3)
        self.assertEqual(len(found), 3)
        self.assertTrue((found["objective"].diff().dropna() <= 0).all())
        self.assertEqual(run.history["evaluations"].iloc[-1], 2000)
        self.assertIn("map_elites", run.config)
        with self.assertRaisesRegex(cambrian.ConfigError, "z"):
            run.query("z > 1")

    def test_the_pandas_of_the_pages_reads_archives_of_all_kinds(self):
        top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        for page, name in (("README.md", "maze.h5"), ("lib/cambrian/run_file/FORMAT.md", "run.h5")):
            with open(os.path.join(top, page)) as file:
                code = textwrap.dedent(re.search(r"(?m)^ *import h5py, pandas.*\n(?:^.+\n)+?^.*pandas.DataFrame.*\n", file.read())[0])
            for archive in ({"shape": [5, 5]}, {"name": "cvt", "cells": 50}):
                run = cambrian.run({"environment": {"name": "sphere"}, "algorithm": {"name": "map_elites"}, "archive": archive},
                                   output=self.at("run.h5"), evaluations=500, force=True)
                found = {}
                exec(code.replace(name, run.path), found)
                found["run"].close()
                with self.subTest(page, **archive):
                    self.assertEqual(found["archive"]["id"].tolist(), run.archive["id"].tolist())

    def test_what_the_first_invalid_candidate_raised_is_warned_of(self):
        with self.assertWarnsRegex(UserWarning, "of 2000 evaluations were invalid; the first: .*too far"):
            self.hill("run.h5")

    def test_numbers_that_are_not_whole_are_refused_by_name(self):
        for name, value in (("seed", 1.5), ("threads", -1), ("evaluations", "many")):
            with self.assertRaisesRegex(cambrian.ConfigError, name):
                self.hill("run.h5", **{name: value})

    def test_a_run_file_is_not_replaced_unasked(self):
        self.hill("run.h5")
        with self.assertRaisesRegex(cambrian.FileError, "force"):
            self.hill("run.h5")

    def test_what_is_not_a_run_file_is_one_line(self):
        with open(self.at("text.h5"), "w") as file:
            file.write("text")
        with self.assertRaises(OSError) as caught:
            cambrian.open(self.at("text.h5"))
        self.assertNotIn("\n", str(caught.exception))

    def test_gymnasium_if_it_is_installed(self):
        try:
            import gymnasium  # noqa: F401
        except ImportError:
            self.skipTest("gymnasium is not installed")
        from cambrian.gymnasium import Gymnasium

        pole = Gymnasium("CartPole-v1", measures={"sensor_0": (-2.4, 2.4), "sensor_2": (-0.21, 0.21)},
                         measure=lambda t: numpy.mean(t["observations"], axis=0)[[0, 2]], solved_at=475)
        pole.measure = None
        run = cambrian.run({"algorithm": {"name": "map_elites", "batch": 20}, "encoding": {"name": "direct_graph"}}, pole,
                           output=self.at("pole.h5"), evaluations=300)
        self.assertGreater(run.elite().objective, 9)


if __name__ == "__main__":
    unittest.main()
