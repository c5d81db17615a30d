"""The harness with a stand-in for the program: what it calls, keeps, counts and refuses."""

import contextlib
import io
import os
import sys
import tempfile
import unittest

from cambrian_reproduce import experiments

import h5py

from cambrian_reproduce.__main__ import main
from cambrian_reproduce.runs import Outcome
from cambrian_reproduce.table import figures

# Seed 1 solves at 100, seed 2 at 300, others not; fails on the configuration that says so.
PROGRAM = """#!{python}
import sys, h5py
call = sys.argv[1:]
value = lambda flag: call[call.index(flag) + 1]
with open({log!r}, "a") as log:
    log.write(" ".join(call) + "\\n")
if "broken" in open(call[1]).read():
    sys.exit("x.toml:3: algorithm.nam: is unknown; did you mean 'name'?")
seed, budget = int(value("--seed")), int(value("--evaluations"))
with h5py.File(value("-o"), "w") as file:
    solved = {{1: 100, 2: 300}}.get(seed, budget + 1)
    file.attrs.update(dict(evaluations=min(solved, budget), status="finished", seed=seed, wall_seconds=0.5,
                           program_version="9.9", build="stand-in"))
    if solved <= budget:
        file.attrs["solved_evaluation"] = solved
"""


def outcome(solved):
    return Outcome(1, 1000, solved, 1.0, "x")


class Figures(unittest.TestCase):
    def test_mean_deviation_and_median_are_over_solved_runs_only(self):
        self.assertEqual(figures([outcome(100), outcome(200), outcome(600), outcome(None)]), ("3 of 4", "300", "265", "200"))

    def test_nothing_solved_gives_no_figures(self):
        self.assertEqual(figures([outcome(None)]), ("0 of 1", "–", "–", "–"))

    def test_one_solved_run_has_no_deviation(self):
        self.assertEqual(figures([outcome(5)]), ("1 of 1", "5", "–", "5"))


class Harness(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.log = os.path.join(self.folder, "calls")
        self.program = os.path.join(self.folder, "program")
        with open(self.program, "w") as file:
            file.write(PROGRAM.format(python=sys.executable, log=self.log))
        os.chmod(self.program, 0o755)
        self.configure("[algorithm]\n")

    def configure(self, text):
        with open(os.path.join(self.folder, "hard_maze_vector_novelty.toml"), "w") as file:
            file.write(text)

    def call(self, *arguments, experiment="hard_maze_vector_novelty", what="maze"):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main([what, "--only", experiment, "--program", self.program, "--configurations", self.folder,
                           "-o", os.path.join(self.folder, "out"), "--evaluations", "1000", *arguments])
        return status, out.getvalue(), err.getvalue()

    def calls(self):
        if not os.path.exists(self.log):
            return []
        with open(self.log) as file:
            return file.read().splitlines()

    def test_the_table_counts_what_was_solved(self):
        status, out, _ = self.call("--seeds", "3")
        self.assertEqual(status, 0)
        row = next(line for line in out.splitlines() if "weight vector" in line)
        self.assertEqual([cell.strip() for cell in row.strip("|").split("|")],
                         ["weight vector, novelty", "2 of 3", "200", "141", "200"])
        self.assertIn("Budget 1,000 evaluations, seeds 1 to 3", out)
        self.assertIn("- program: 9.9 stand-in", out)
        with open(os.path.join(self.folder, "out", "maze.md")) as file:
            self.assertEqual(file.read().strip(), out.strip())

    def test_one_table_alone_is_a_report_of_its_own(self):
        status, out, _ = self.call("--seeds", "1", what="brains")
        self.assertEqual(status, 0)
        self.assertIn("weight vector, novelty", out)
        self.assertTrue(os.path.exists(os.path.join(self.folder, "out", "brains.md")))
        status, _, err = self.call("--seeds", "1", what="places")
        self.assertEqual(status, 2)
        self.assertIn("'places' has no experiment 'hard_maze_vector_novelty'", err)

    def test_seeds_may_begin_elsewhere(self):
        _, out, _ = self.call("--first-seed", "2", "--seeds", "2")
        self.assertEqual(sorted(call.split("--seed ")[1].split()[0] for call in self.calls()), ["2", "3"])
        self.assertIn("seeds 2 to 3", out)
        self.assertIn("1 of 2", out)

    def test_every_table_has_experiments(self):
        self.assertEqual({name: len(titles) for name, titles in experiments.TABLES.items()},
                         {"neat": 1, "brains": 1, "places": 1, "maze": 3})
        self.assertEqual([e.name for e in experiments.chosen("places", [])["Where HyperNEAT's sensors sit, hard maze, novelty"]],
                         ["hard_maze_novelty", "hard_maze_novelty_shuffled", "hard_maze_novelty_rows"])

    def test_finished_runs_are_kept_and_the_rest_is_run(self):
        self.call("--seeds", "2")
        self.call("--seeds", "3")
        self.assertEqual(sorted(call.split("--seed ")[1].split()[0] for call in self.calls()), ["1", "2", "3"])

    def test_a_solution_beyond_the_budget_does_not_count(self):
        self.call("--seeds", "2")
        _, out, _ = self.call("--seeds", "2", "--evaluations", "250")
        self.assertIn("1 of 2", out)

    def test_a_run_that_was_interrupted_is_run_again(self):
        self.call("--seeds", "3")
        with h5py.File(os.path.join(self.folder, "out/hard_maze_vector_novelty/seed_3.h5"), "a") as file:
            file.attrs["status"] = "interrupted"
        self.call("--seeds", "3")
        self.assertEqual(len(self.calls()), 4)

    def test_runs_stop_when_solved_and_use_one_thread(self):
        self.call("--seeds", "1")
        self.assertIn("--threads 1", self.calls()[0])
        self.assertIn("--set run.stop=solved", self.calls()[0])

    def test_every_experiment_has_its_configuration(self):
        folder = os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "experiments")
        for group in experiments.GROUPS.values():
            for experiment in group:
                path = os.path.join(folder, experiment.configuration + ".toml")
                self.assertTrue(os.path.exists(path), path)

    def test_runs_of_another_configuration_are_not_mistaken_for_ours(self):
        self.call("--seeds", "1")
        self.configure("[algorithm]\nk = 3\n")
        status, _, err = self.call("--seeds", "1")
        self.assertEqual(status, 1)
        self.assertIn("holds runs of another configuration", err)

    def test_a_failing_run_is_reported_with_its_message(self):
        self.configure("broken")
        status, _, err = self.call("--seeds", "2")
        self.assertEqual(status, 1)
        self.assertIn("did you mean 'name'?", err.splitlines()[-1])

    def test_an_unknown_experiment_is_named(self):
        status, _, err = self.call(experiment="hard_maze_nonsense")
        self.assertEqual(status, 2)
        self.assertIn("hard_maze_nonsense", err)

    def test_a_missing_configuration_is_named(self):
        status, _, err = self.call(experiment="hard_maze_novelty")
        self.assertEqual(status, 2)
        self.assertIn("hard_maze_novelty.toml: no such file", err)


if __name__ == "__main__":
    unittest.main()
