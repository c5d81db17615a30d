"""Curves of several runs: the common axis, quartiles, groups; which panels are left out."""

import pathlib
import unittest
from unittest import mock

import h5py
import numpy as np

from cambrian.plots.detail import history, objective, style
from cambrian.plots.detail.groups import Group, files_of, group_runs
from cambrian.plots.detail.run_file import read_run
import example_genomes
import example_run
from in_folder import InFolder


def figure_of(*arguments):
    """The figure that a call draws, laid out."""
    kept = []
    with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
        history.draw(*arguments, path=None)
    kept[0].canvas.draw()
    return kept[0]


class Panels(InFolder):
    def setUp(self):
        super().setUp()
        example_run.write_unstructured_run(self.path)
        with h5py.File(self.path, "a") as file:
            half = np.arange(40) // 20
            for name, values in (("species", 3 + half), ("invalid", half), ("clipped", 1 - half)):
                if name in file["history"]:
                    del file["history"][name]
                file["history"][name] = values.astype(np.uint64)
            file.attrs["solved_evaluation"] = 2500
        self.figure = figure_of([Group([read_run(self.path)])])
        self.panels = {axes.get_title(loc="left"): axes for axes in self.figure.axes}

    def test_ticks_of_counts_are_whole(self):
        for title in ("species", "not placed (evaluations)"):
            ticks = self.panels[title].get_yticks()
            np.testing.assert_array_equal(ticks, np.round(ticks), title)
        self.assertTrue(any(tick != round(tick) for tick in self.panels["novelty"].get_yticks()))

    def test_legends_lie_over_no_curve(self):
        legends = [(axes, axes.get_legend()) for axes in self.figure.axes if axes.get_legend()]
        self.assertEqual(len(legends), 3)  # first solved, novelty, not placed
        for axes, legend in legends:
            box = legend.get_window_extent()
            self.assertGreaterEqual(box.y0, axes.get_window_extent().y1 - 1)
            self.assertFalse(any(box.overlaps(title.get_window_extent()) for title in (axes.title, axes._left_title) if title.get_text()))


    def test_panels_name_what_their_numbers_are_in(self):
        example_run.write_grid_run(self.path, (9, 9))
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["objective_units"] = np.array(["kg"], dtype=h5py.string_dtype())
        titles = [axes.get_title(loc="left") for axes in figure_of([Group([read_run(self.path)])]).axes]
        self.assertEqual(titles, ["coverage (% of cells)", "QD score (kg)", "best objective (kg)", "mean objective of the archive (kg)"])

    def test_the_lowest_panel_of_every_column_names_the_axis(self):
        with h5py.File(self.path, "a") as file:
            del file["history/species"]
        for panels in (self.figure, figure_of([Group([read_run(self.path)])])):
            shown = [axes for axes in panels.axes if axes.get_visible()]
            for column in (0, 1):
                lowest = shown[column::2][-1]
                self.assertEqual(lowest.get_xlabel(), "evaluations")
                self.assertTrue(any(label.get_visible() and label.get_text() for label in lowest.get_xticklabels()))

    def test_a_run_with_one_row_is_a_dot_among_curves(self):
        short = self.path.replace("run.h5", "short.h5")
        example_run.write_grid_run(short, (9, 9))
        with h5py.File(short, "a") as file:
            for name in file["history"]:
                last = file["history"][name][-1:]
                del file["history"][name]
                file["history"][name] = last
        groups = group_runs([self.path, short])
        axes = next(axes for axes in figure_of(groups).axes if axes.get_title(loc="left").startswith("best objective"))
        self.assertEqual([line.get_marker() for line in axes.lines if len(line.get_xdata()) == 1], ["o"])


class Curves(InFolder):
    def setUp(self):
        super().setUp()
        self.fast, self.slow = pathlib.Path(self.folder) / "fast", pathlib.Path(self.folder) / "slow"
        example_genomes.write_seeds(self.fast, 5, 0.4, "novelty_search")
        example_genomes.write_seeds(self.slow, 4, 0.1, "objective_search")

    def test_runs_logged_at_other_evaluations_share_an_axis(self):
        runs = [read_run(self.fast / f"seed_{seed}.h5") for seed in (1, 2)]
        evaluations, values = history.on_common_axis(runs, "coverage")
        np.testing.assert_array_equal(evaluations, np.arange(100, 1001, 50))
        np.testing.assert_allclose(values[0], 0.4 * 1.1 * evaluations / 1000)  # between its rows: on the line

    def test_median_and_quartiles_are_over_the_seeds(self):
        _, values = history.on_common_axis(group_runs([str(self.fast)])[0].runs, "coverage")
        low, middle, high = history.quartiles(values)
        np.testing.assert_allclose([low[-1], middle[-1], high[-1]], 0.4 * np.array([1.2, 1.3, 1.4]))

    def test_before_its_first_row_a_run_does_not_count_and_after_its_last_it_stays(self):
        path = self.fast / "seed_1.h5"
        with h5py.File(path, "a") as file:
            del file["history/evaluations"]
            file["history/evaluations"] = np.arange(400, 900, 50).astype(np.uint64)
        runs = [read_run(path), read_run(self.fast / "seed_3.h5")]
        evaluations, values = history.on_common_axis(runs, "coverage")
        self.assertTrue(np.isnan(values[0][evaluations < 400]).all())
        np.testing.assert_allclose(values[0][evaluations >= 850], 0.44)
        self.assertTrue(np.isfinite(history.quartiles(values)).all())

    def test_columns_that_never_change_have_no_panel(self):
        runs = group_runs([str(self.fast)])[0].runs
        self.assertEqual([title for title, _ in history.panels(runs)], ["coverage"])
        with h5py.File(self.fast / "seed_1.h5", "a") as file:
            file["history/objective_max"][-1] = 6.0
        runs = group_runs([str(self.fast)])[0].runs
        self.assertEqual([title for title, _ in history.panels(runs)], ["coverage", "best objective"])

    def test_solved_runs_are_counted_where_any_solved(self):
        with h5py.File(self.fast / "seed_1.h5", "a") as file:
            file.attrs["solved_evaluation"] = 500
        runs = group_runs([str(self.fast)])[0].runs
        self.assertEqual(history.panels(runs)[-1][0], history.SOLVED)

    def test_one_row_has_no_history(self):
        example_run.write_unstructured_run(self.path)
        with h5py.File(self.path, "a") as file:
            for name in file["history"]:
                column = file["history"][name][:1]
                del file["history"][name]
                file["history"][name] = column
        self.assertEqual(history.panels([read_run(self.path)]), [])
        status, written, err = self.call(self.path, "-o", self.folder)
        self.assertEqual((status, [pathlib.Path(path).name for path in written]), (0, ["run_scatter.png", "run_objective.png"]))
        self.assertEqual(len(err.splitlines()), 1)
        self.assertIn("no history picture: /history has 1 row", err)
        self.assert_refused(2, "/history has 1 row", self.path, "--kind", "history")
        self.assertEqual(self.call(self.path, "-o", self.folder, "--kind", "scatter")[2], "")

    def test_a_history_in_which_nothing_changes_says_so(self):
        example_run.write_unstructured_run(self.path)
        with h5py.File(self.path, "a") as file:
            for name in set(file["history"]) - set(history.NO_CURVE):
                file["history"][name][:] = 1
        self.assertIn("no column of /history changes", self.call(self.path, "-o", self.folder)[2])

    def test_folders_are_groups_and_files_are_grouped_but_for_their_seed(self):
        groups = group_runs([str(self.fast), str(self.slow)])
        self.assertEqual([(group.label, len(group.runs)) for group in groups], [("Novelty search", 5), ("Objective search", 4)])
        files = [str(path) for folder in (self.fast, self.slow) for path in sorted(folder.iterdir())]
        groups = group_runs(files)
        self.assertEqual([(group.label, len(group.runs)) for group in groups],
                         [("Novelty search", 5), ("Objective search", 4)])

    def test_seeds_come_in_the_order_of_their_numbers(self):
        (self.fast / "seed_1.h5").rename(self.fast / "seed_10.h5")
        self.assertEqual([pathlib.Path(path).stem for path in files_of(str(self.fast))][-2:], ["seed_5", "seed_10"])

    def test_groups_are_drawn_side_by_side(self):
        status, written, err = self.call(self.fast, self.slow, "-o", self.folder)
        self.assertEqual((status, err), (0, ""))
        self.assertEqual([pathlib.Path(path).name for path in written], ["fast_and_slow_objective.png", "fast_and_slow_history.png"])
        runs = sorted(str(path) for path in self.fast.iterdir())
        self.assertEqual(self.call(*runs, "--kind", "history")[1], [f"{self.fast}/seed_1_and_4_more_history.png"])
        self.assertEqual(self.call(self.fast, "--kind", "history")[1], [f"{self.folder}/fast_history.png"])

    def test_distributions_of_seeds_are_medians_in_which_each_run_counts_the_same(self):
        runs = [np.array([0.5]), np.array([0.5, 1.5]), np.full(1000, 1.5)]
        edges = np.array([0.0, 1.0, 2.0])
        np.testing.assert_allclose(objective.shares_of_bins(runs, edges), [[100, 0], [50, 50], [0, 100]])
        np.testing.assert_allclose(objective.shares_up_to(runs, np.array([0.4, 0.5, 1.5])), [[0, 100, 100], [0, 50, 100], [0, 0, 100]])
        kept = []
        with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            objective.draw(group_runs([str(self.fast)]), None)
        self.assertIn("median over seeds, shaded from the lower to the upper quartile", kept[0].texts[1].get_text())
        self.assertEqual(kept[0].axes[0].get_ylabel(), "share of a run's elites (%)")

    def test_bins_cover_the_values_and_equal_values_have_bins_too(self):
        values = np.random.default_rng(0).normal(size=500)
        edges = objective.bins(values)
        self.assertEqual(np.histogram(values, edges)[0].sum(), 500)
        self.assertEqual(np.histogram(np.full(9, 2.0), objective.bins(np.full(9, 2.0)))[0].sum(), 9)


if __name__ == "__main__":
    unittest.main()
