"""The harness with stand-ins for both programs: what it calls, reads, counts and refuses. No network, no timing."""

import contextlib
import io
import json
import os
import sys
import tempfile
import unittest
from unittest import mock

from cambrian_compare import environment, growth, pyribs_work
from cambrian_compare.__main__ import main
from cambrian_compare.measure import MeasureError, Pairs, benchmarks, pyribs_rate
from cambrian_compare.table import amount, median_ratio, ratio_of_the_best
from cambrian_compare.works import WORKS, chosen

# Says that each benchmark that is asked for by its whole name took 90 us an iteration.
BENCH = """#!{python}
import json, re, sys
name = re.sub(r"\\\\(.)", r"\\1", sys.argv[1].partition("=")[2]).strip("^$")
print("calibration: 212 M Philox words/s")
print(json.dumps({{"benchmarks": [{{"name": name, "run_type": "iteration", "real_time": 90.0, "time_unit": "us"}}]}}))
"""
# pyribs' own Python: 0.5 million a second whatever the work.
PYTHON = """#!{python}
import json
print("a warning that is no answer")
print(json.dumps({{"rate": 5e5, "versions": {{"pyribs": "0.12.0", "NumPy": "2.4"}}}}))
"""


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def program(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text.format(python=sys.executable))
        os.chmod(path, 0o755)
        return path

    def call(self, *arguments):
        """-> (status, what was printed, what was complained of)"""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main(["-o", self.folder, *arguments])
            except SystemExit as stop:
                status = stop.code
        return status, out.getvalue(), err.getvalue()


class Figures(unittest.TestCase):
    pairs = Pairs(WORKS[0], cambrian=[4e6, 6e6, 5e6], pyribs=[5e5, 6e5, 1e6])

    def test_the_ratio_of_the_best_takes_each_programs_best_turn(self):
        self.assertEqual(ratio_of_the_best(self.pairs), 6.0)

    def test_the_median_is_of_the_ratios_of_turns_that_followed_one_another(self):
        self.assertEqual(median_ratio(self.pairs), 8.0)

    def test_rates_have_three_digits(self):
        self.assertEqual([amount(r) for r in (8_312_000, 740_000, 22.41, 3.333)], ["8.31 M", "740 k", "22.4", "3.33"])


class Sweeps(unittest.TestCase):
    costs = {
        "sphere_growth/n:20/cells:100/batch:540/workers:1/real_time": 150.0,
        "sphere_growth/n:5/cells:100/batch:540/workers:1/real_time": 90.0,
        "sphere_growth/n:20/cells:1000/batch:540/workers:1/real_time": 400.0,
        "sphere_growth/n:20/cells:100/batch:540/workers:2/real_time": 120.0,
        "maze_growth/workers:1/real_time": 70_000.0,
    }

    def test_a_curve_holds_the_rows_that_differ_in_its_size_only_in_ascending_order(self):
        self.assertEqual(growth.curves(self.costs)["n"], [("sphere", [5, 20], [90.0, 150.0])])

    def test_grids_are_drawn_by_their_number_of_cells(self):
        self.assertEqual(growth.curves(self.costs)["cells"][0][1], [10_000, 1_000_000])

    def test_threads_have_a_curve_for_each_work(self):
        labels = [label for label, _, _ in growth.curves(self.costs)["workers"]]
        self.assertEqual(labels, ["sphere, n = 20", "hard maze, direct NEAT"])

    def test_the_table_says_every_row_with_its_rate(self):
        text = growth.table(growth.curves(self.costs))
        self.assertIn("2,500,000", text)  # 400 ns
        self.assertEqual(len(text.splitlines()), 2 + 2 + 2 + 1 + 2 + 1)


class Programs(Folder):
    def test_a_bench_that_says_nothing_readable_is_named(self):
        with self.assertRaisesRegex(MeasureError, "bench: its output for x cannot be read"):
            benchmarks(self.program("bench", "#!{python}\nprint('calibration: 1')\nprint('no JSON')\n"), "x")

    def test_a_bench_without_the_benchmark_is_named(self):
        with self.assertRaisesRegex(MeasureError, "bench: has no benchmark x"):
            benchmarks(self.program("bench", "#!{python}\nprint('calibration: 1')\n"), "x")

    def test_what_pyribs_complained_of_last_is_passed_on(self):
        broken = self.program("python", "#!{python}\nimport sys\nsys.exit('ModuleNotFoundError: ribs')\n")
        with self.assertRaisesRegex(MeasureError, "ModuleNotFoundError: ribs"):
            pyribs_rate(broken, None, WORKS[0])

    def test_pypi_out_of_reach_gives_one_line_with_pips_reason(self):
        pip = self.program("python", "#!{python}\nimport sys\nif 'pip' in sys.argv: sys.exit('ERROR: No matching distribution')\n")
        os.makedirs(os.path.join(self.folder, "kept", "bin"))
        os.symlink(pip, os.path.join(self.folder, "kept", "bin", "python"))
        with self.assertRaisesRegex(environment.InstallError, "is the network reachable.*No matching distribution"):
            with environment.pyribs_environment(os.path.join(self.folder, "kept"), pip):
                pass

    def test_a_kept_environment_is_not_installed_again(self):
        open(os.path.join(self.folder, "installed"), "w").close()
        with environment.pyribs_environment(self.folder, "/no/such/python") as (python, variables):
            self.assertEqual(python, os.path.join(self.folder, "bin", "python"))
            self.assertEqual(variables["OMP_NUM_THREADS"], "1")


class Calls(Folder):
    def stand_in(self):
        python = self.program("pyribs", PYTHON)
        return mock.patch.object(pyribs_work, "pyribs_environment",
                                 lambda folder: contextlib.nullcontext((python, dict(os.environ))))

    def test_the_report_has_ratios_versions_machine_and_calibration(self):
        with self.stand_in():
            status, out, _ = self.call("pyribs", "--repeats", "2", "--only", "sphere_20_100", "--bench", self.program("bench", BENCH))
        self.assertEqual(status, 0)
        # 540 evaluations in 90 us are 6 million a second.
        self.assertRegex(out, r"sphere, n = 20, 100x100 cells.*6\.00 M.*500 k.*12\.0 \|\s+12\.0 \|")
        for said in ("pyribs 0.12.0, NumPy 2.4", "212 M Philox words/s", "cores", "2 times"):
            self.assertIn(said, out)
        with open(os.path.join(self.folder, "pyribs.md")) as file:
            self.assertEqual(file.read() + "\n", out)

    def test_wrong_calls_give_one_line_and_status_2(self):
        bench = self.program("bench", BENCH)
        for arguments, said in ((["pyribs", "--only", "rastrigin"], "no work 'rastrigin'"),
                                (["pyribs", "--bench", "/no/such/bench"], "/no/such/bench: is not built"),
                                (["threads", "--program", "/no/such/program"], "/no/such/program: is not built")):
            status, _, err = self.call(*(arguments if "--bench" in arguments else [*arguments, "--bench", bench]))
            self.assertEqual(status, 2)
            self.assertIn(said, err)
            self.assertEqual(len(err.strip().splitlines()), 1)
        self.assertIn("positive whole number", self.call("pyribs", "--repeats", "0")[2])

    def test_threads_hands_program_and_repeats_to_its_work(self):
        calls = []
        program = self.program("cambrian", PYTHON)
        with mock.patch("cambrian_compare.threads.run", lambda program, pairs, say: calls.append((program, pairs, say))):
            self.assertEqual(self.call("threads", "--program", program, "--repeats", "3")[0], 0)
        self.assertEqual(calls, [(program, 3, print)])

    def test_every_work_is_found_by_its_name(self):
        self.assertEqual([chosen([work.name])[0] for work in WORKS], WORKS)


if __name__ == "__main__":
    unittest.main()
