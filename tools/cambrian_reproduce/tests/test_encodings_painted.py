"""What the tables of painted networks compute, and that their rows are experiments that exist."""

import os
import types
import unittest

from cambrian_reproduce.encodings import hard_maze, retina, risi, static, vision
from cambrian_reproduce.encodings.bars import bar, solved_runs
from cambrian_reproduce.encodings.trials import Outcome

EXPERIMENTS = os.path.join(os.path.dirname(__file__), "..", "..", "..", "data", "experiments")


def outcome(solved, best=None, path=""):
    return Outcome(1, path, 1000, solved, best, 1.0, "x")


class Bars(unittest.TestCase):
    def test_a_bar_counts_the_solved_runs(self):
        outcomes = {"a": [outcome(10), outcome(None), outcome(1000)]}
        self.assertEqual(solved_runs(outcomes["a"]), 2)
        self.assertEqual(bar("a", outcomes, 2), "Bar, a: at least 2 of 3: reached (2).")
        self.assertEqual(bar("a", outcomes, 3), "Bar, a: at least 3 of 3: not reached (2).")


class Rows(unittest.TestCase):
    def test_every_row_has_its_experiment_and_a_title_of_its_own(self):
        for module in (hard_maze, risi, static, vision, retina):
            for table in module.TABLES:
                self.assertEqual(len({row.folder for row in table.rows}), len(table.rows), table.name)
                for row in table.rows:
                    self.assertTrue(os.path.exists(os.path.join(EXPERIMENTS, row.experiment + ".toml")), row.experiment)

    def test_the_mazes_of_the_author_have_each_substrate_with_each_sensor(self):
        for table in risi.TABLES:
            self.assertEqual(len(table.rows), 4 * 2)
            self.assertEqual(sum("environment.radar=as_published" in row.settings for row in table.rows), 4)


class Static(unittest.TestCase):
    def test_the_median_generation_counts_unsolved_runs_as_never(self):
        row = static.TABLES[0].rows[0]
        cells = static.columns(row, [outcome(150, 0.99), outcome(450, 0.98), outcome(None, 0.5)], None)
        self.assertEqual((cells["median generation"], cells["best"]), ("3", "0.9900"))
        self.assertEqual(static.columns(row, [outcome(150), outcome(None), outcome(None)], None)["median generation"], "–")

    def test_the_circle_is_told_beside_a_constant(self):
        outcomes = {row.title: [outcome(None, 0.9)] for row in static.TABLES[0].rows}
        outcomes["circle, depth 3"] = [outcome(None, 0.95), outcome(30, 0.976)]
        circles = sum(len(runs) for title, runs in outcomes.items() if title.startswith("circle"))
        self.assertIn(f"1 of {circles} solved, best 0.9760; a constant output scores 0.8656", static.conclude(outcomes, None)[-1])


class Retina(unittest.TestCase):
    def test_the_best_modular_elite_is_sought_among_those_of_at_least_half_of_the_highest_modularity(self):
        text = "id,objective,descriptor_0,descriptor_1\n1,0.9,0.1,300\n2,0.8,0.3,200\n3,0.7,0.5,100\n"
        call = types.SimpleNamespace(program=lambda *words: text)
        cells = retina.modular_columns(None, [outcome(None)], call)
        self.assertEqual(cells, {"cells": "3", "right": "0.9", "its Q": "0.1", "its cost": "300", "right, modular half": "0.8",
                                 "Q there": "0.3"})


class Vision(unittest.TestCase):
    def test_trials_are_counted_by_hand_where_squares_are_single_cells(self):
        self.assertEqual(vision.count_trials(11, False), 75)
        # 121 places of the small square, 81 of the large one, without the pairs whose centres are nearer than 3.
        near = sum(dy * dy + dx * dx < 9 for y in range(11) for x in range(11) for b in range(1, 10) for a in range(1, 10)
                   for dy, dx in [(y - b, x - a)])
        self.assertEqual(vision.count_trials(11, True), 121 * 81 - near)
        self.assertLess(vision.count_trials(33, False), vision.count_trials(55, False))

    def test_a_run_keeps_its_score_if_it_is_80_percent_of_its_own(self):
        first = [(1.0, 1.0), (0.9, 0.9)]
        self.assertEqual(vision.kept(first, [(0.79, 0.9), (0.73, 0.5)], 0), 1)
        self.assertEqual(vision.kept(first, [(0.79, 0.9), (0.73, 0.5)], 1), 1)

    def test_scores_are_shares_of_the_most(self):
        call = types.SimpleNamespace(evaluate=lambda path, settings: [{"share": "0.5", "score": str(10 + 75 * 15)}])
        self.assertEqual(vision.scores(call, "x", 11), (0.5, 0.5))


if __name__ == "__main__":
    unittest.main()
