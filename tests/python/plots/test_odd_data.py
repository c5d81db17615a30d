"""Numbers that no picture can show, archives without elites, and what nobody thought of: one line each, never a traceback."""

import os
import unittest
import warnings
from unittest import mock

import h5py
import numpy as np

from cambrian.plots.detail import history, nested, objective, style
from cambrian.plots.detail.run_file import LARGEST, read_run
import example_genomes
import example_run
from in_folder import InFolder


class OddData(InFolder):
    def write(self, write=example_run.write_grid_run, **rows):
        """A run whose columns of /archive hold other values in some rows: column = {row: value}."""
        write(self.path)
        with h5py.File(self.path, "a") as file:
            for column, values in rows.items():
                for row, value in values.items():
                    file["archive"][column][row] = value

    def assert_drawn(self, kinds, line, *arguments):
        """These pictures, and one line of standard error that holds `line`, or none where it is empty; no warning."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            status, written, err = self.call(self.path, "-o", self.folder, *arguments)
        self.assertEqual((status, [os.path.basename(path) for path in written]), (0, [f"run_{kind}.png" for kind in kinds]), err)
        self.assertEqual(len(err.splitlines()), 1 if line else 0, err)
        self.assertIn(line, err)


class NotFinite(OddData):
    def test_elites_whose_objective_or_descriptor_is_not_finite_are_left_out_and_counted(self):
        self.write(objective={0: np.nan, 3: -np.inf}, descriptor={5: [np.nan, 0.0], 3: [0.0, np.inf]})
        total = read_run(self.path).archive.size + 3
        self.assert_drawn(["heat_map", "objective", "history"], f"3 of {total:,} elites")
        archive = read_run(self.path).archive
        self.assertTrue(np.isfinite(archive.objective).all() and np.isfinite(archive.descriptor).all())
        self.assertEqual(list(archive.id[:4]), [1, 2, 4, 6])
        self.assertEqual({len(column) for column in (archive.cell, archive.evaluation, archive.solved, archive.descriptor)}, {total - 3})

    def test_every_kind_of_archive_leaves_them_out(self):
        for write, kinds in ((example_genomes.write_cvt_run, ["heat_map", "parallel", "objective"]),
                             (example_run.write_unstructured_run, ["scatter", "parallel", "objective"]),
                             (lambda path: example_run.write_grid_run(path, (9,)), ["heat_map", "objective"]),
                             (lambda path: example_run.write_maze_run(path, 300), ["maze", "heat_map"])):
            with self.subTest(kinds=kinds):
                self.write(write, objective={1: np.nan})
                self.assert_drawn(kinds, "left out, not finite", *(part for kind in kinds for part in ("--kind", kind)))

    def test_elites_of_the_driver_are_counted_apart(self):
        self.write(lambda path: example_run.write_maze_run(path, 300))
        with h5py.File(self.path, "a") as file:
            file["archives/driver/objective"][:2] = np.nan
        self.assert_drawn(["driver"], ": 2 of 15 elites of the driver", "--kind", "driver")

    def test_bounds_that_are_not_stored_come_from_what_is_drawn(self):
        self.write(example_run.write_unstructured_run, descriptor={0: [np.inf, 5.0]})
        with h5py.File(self.path, "a") as file:
            del file["archive"].attrs["descriptor_max"]
        self.assertLess(read_run(self.path).archive.high.max(), 1.0)

    def test_where_none_remains_that_is_the_error(self):
        example_run.write_unstructured_run(self.path, history=False)
        with h5py.File(self.path, "a") as file:
            file["archive/objective"][:] = np.nan
        self.assert_refused(1, "no elites that can be drawn; left out, not finite or beyond ±1e+150: 300 of 300 elites", self.path)

    def test_a_gap_in_a_history_is_a_gap_and_an_infinite_value_is_counted(self):
        self.write()
        with h5py.File(self.path, "a") as file:
            file["history/objective_mean"][:3] = np.nan
        self.assert_drawn(["history"], "", "--kind", "history")
        with h5py.File(self.path, "a") as file:
            file["history/objective_mean"][-2:] = [np.inf, 1e308]
        self.assert_drawn(["history"], "2 values of /history", "--kind", "history")

    def test_several_runs_each_have_their_line(self):
        self.write(objective={0: np.nan})
        status, _, err = self.call(self.path, self.path, "-o", self.folder, "--kind", "objective")
        self.assertEqual((status, len(err.splitlines())), (0, 2))

    def test_a_grid_without_finite_bounds_is_refused(self):
        self.write()
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["descriptor_max"] = np.array([1.0, np.inf])
        self.assert_refused(1, "descriptor_max of a grid needs 2 numbers", self.path)

    def test_a_genome_with_a_weight_that_is_not_finite_is_refused(self):
        self.write(example_genomes.write_cppn_run)
        with h5py.File(self.path, "a") as file:
            file["archive/genome/edge/weight"][:] = np.nan
        self.assert_refused(1, "genome 22 has a weight or bias that is not finite", self.path, "--kind", "graph")

    def test_the_best_genome_is_the_best_that_is_a_number(self):
        self.write(example_genomes.write_cppn_run, objective={0: np.nan})
        self.assert_drawn(["graph"], "1 of 3 elites", "--kind", "graph")
        self.assert_drawn(["graph"], "1 of 3 elites", "--kind", "graph", "--id", "11")


class Huge(OddData):
    def test_what_is_as_large_as_a_picture_shows_is_drawn_without_warnings(self):
        for write, kinds in ((lambda path: example_run.write_grid_run(path, (9, 9)), ["heat_map", "parallel", "objective", "history"]),
                             (lambda path: example_run.write_grid_run(path, (9,)), ["heat_map"]), (example_genomes.write_cvt_run, ["heat_map"]),
                             (example_run.write_unstructured_run, ["scatter"])):
            with self.subTest(kinds=kinds):
                write(self.path)
                with h5py.File(self.path, "a") as file:
                    archive = file["archive"]
                    for column in {"objective", "descriptor", "centroids"} & set(archive):
                        archive[column][:] *= 0.99 * LARGEST / np.abs(archive[column][:]).max()
                    archive["objective"][0] = -LARGEST
                    archive.attrs["descriptor_min"], archive.attrs["descriptor_max"] = (
                        np.full(archive["descriptor"].shape[1], bound) for bound in (-LARGEST, LARGEST))
                    if "history" in file:
                        file["history/objective_max"][:] *= LARGEST / 1000
                self.assert_drawn(kinds, "", *(part for kind in kinds for part in ("--kind", kind)))

    def test_what_is_larger_is_left_out(self):
        self.write(objective={0: 1e308, 1: -1e308})
        self.assert_drawn(["heat_map", "objective", "history"], ": 2 of")

    def test_equal_values_of_any_size_are_drawn(self):
        for value in (0.0, 5e-324, 1e17, -LARGEST):
            with self.subTest(value=value):
                example_run.write_grid_run(self.path, (9,))
                with h5py.File(self.path, "a") as file:
                    file["archive/objective"][:] = value
                self.assert_drawn(["heat_map", "objective"], "", "--kind", "heat_map", "--kind", "objective")
                edges = objective.bins(np.full(9, value))
                self.assertTrue((np.diff(edges) > 0).all() and edges[0] < value < edges[-1])

    def test_values_that_differ_by_rounding_have_bins(self):
        for value in (1.0, 1e17, -LARGEST, 0.0):
            edges = objective.bins(np.array([value, np.nextafter(value, np.inf)]))
            self.assertTrue((np.diff(edges) > 0).all(), value)

    def test_numbers_are_short_whatever_they_are(self):
        self.assertEqual([style.compact(value) for value in (1e13, -1e308, np.nan, np.inf, 9.9e12)],
                         ["1e+13", "-1e+308", "nan", "inf", "9900 G"])


class WithoutElites(OddData):
    def write_empty(self, rows=1):
        with h5py.File(self.path, "w") as file:
            example_run.write_attributes(file, algorithm="random_search", environment="sphere", evaluations=0)
            example_run.write_archive(file.create_group("archive"), np.zeros((0, 2)), [], [0, 0], [1, 1], ["a", "b"], (5, 5))
            example_run.write_history(file, 1000, coverage=True)
            for name in file["history"]:
                values = file["history"][name][:rows]
                del file["history"][name]
                file["history"][name] = values

    def test_a_run_that_has_not_begun_has_no_pictures(self):
        self.write_empty()
        self.assert_refused(1, "holds no elites yet (0 evaluations)", self.path)
        self.assert_refused(1, "holds no elites yet", self.path, "--kind", "heat_map")

    def test_its_history_is_drawn_where_there_is_one(self):
        self.write_empty(rows=9)
        self.assert_drawn(["history"], "")
        self.assert_refused(1, "holds no elites yet", self.path, "--kind", "objective")


class LastResort(OddData):
    def test_what_nobody_thought_of_is_one_line_with_its_place(self):
        example_run.write_grid_run(self.path)
        with mock.patch.object(history, "draw", side_effect=IndexError("index 0 is\nout of bounds")):
            self.assert_refused(1, f"{self.path}: cannot be drawn: index 0 is out of bounds (IndexError at __main__.py:", self.path, "--kind", "history")

    def test_an_interruption_is_one_line(self):
        example_run.write_grid_run(self.path)
        with mock.patch.object(history, "draw", side_effect=KeyboardInterrupt):
            self.assert_refused(130, "interrupted", self.path, "--kind", "history")

    def test_a_program_that_cannot_be_started(self):
        example_genomes.write_cppn_run(self.path)
        program = os.path.join(self.folder, "program")
        with open(program, "w") as file:
            file.write("neither a script nor a binary")
        os.chmod(program, 0o755)
        with mock.patch.dict(os.environ):
            self.assert_refused(1, f"{program}: cannot be started", self.path, "--kind", "network", "--program", program)


class Levels(OddData):
    def test_each_cell_has_its_level_and_what_is_empty_is_grey(self):
        example_run.write_grid_run(self.path, (40,))
        run, kept = read_run(self.path), []
        with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            nested.draw(run, run.archive, None)
        axes = kept[0].axes[0]
        levels = {round((line[0, 0] + 5.12) / 0.256): line for line in axes.collections[0].get_segments()}
        self.assertEqual(sorted(levels), sorted(run.archive.cell))
        for cell, value in zip(run.archive.cell, run.archive.objective):
            np.testing.assert_allclose(levels[cell], [[-5.12 + 0.256 * cell, value], [-5.12 + 0.256 * (cell + 1), value]])
        painted = np.flatnonzero(~axes.images[0].get_array().mask[0])
        self.assertEqual(sorted(painted), sorted(set(range(40)) - set(run.archive.cell)))


if __name__ == "__main__":
    unittest.main()
