"""Which pictures a run gets, that they are drawn, and what is said when they cannot be."""

import contextlib
import io
import os
import tempfile
import unittest

import h5py
import matplotlib.image
import numpy as np

from cambrian_plots import choose, heat_map, history, maze
from cambrian_plots.__main__ import main
from cambrian_plots.errors import PlotError
from cambrian_plots.maze_file import parse_maze
from cambrian_plots.run_file import read_run
from cambrian_plots.tests import example_run


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "run.h5")

    def call(self, *arguments):
        """-> (exit status, lines of standard output, standard error)"""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main(list(arguments))
            except SystemExit as leave:
                status = leave.code
        return status, out.getvalue().splitlines(), err.getvalue()

    def assert_refused(self, status, word, *arguments):
        before = sorted(os.listdir(self.folder))
        got, out, err = self.call(*arguments)
        self.assertEqual(got, status, err)
        self.assertEqual(out, [])
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertIn(word, err)
        self.assertEqual(sorted(os.listdir(self.folder)), before)


class Choice(InFolder):
    def test_a_maze_run_gets_map_driver_maze_and_history(self):
        example_run.write_maze_run(self.path, points=400)
        self.assertEqual(list(choose.pictures(read_run(self.path))), ["heat_map", "driver", "maze", "history"])

    def test_a_bare_vector_grid_gets_no_maze(self):
        example_run.write_grid_run(self.path)
        self.assertEqual(list(choose.pictures(read_run(self.path))), ["heat_map", "history"])

    def test_an_unstructured_archive_gets_a_scatter(self):
        example_run.write_unstructured_run(self.path, history=False)
        self.assertEqual(list(choose.pictures(read_run(self.path))), ["scatter"])

    def test_absent_history_columns_get_no_panel_and_unknown_ones_get_their_own(self):
        example_run.write_unstructured_run(self.path)
        with h5py.File(self.path, "a") as file:
            file["history/annecs"] = np.arange(40)
        titles = [title for title, _ in history.panels(read_run(self.path))]
        self.assertEqual(titles, ["objective", "archive size", "novelty", "annecs"])

    def test_descriptors_that_are_no_position_are_not_drawn_into_the_maze(self):
        example_run.write_maze_run(self.path, points=400)
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["descriptor_names"] = np.array(["speed", "turning"], dtype=h5py.string_dtype())
        self.assertIsNone(maze.positions(*(lambda run: (run, run.archive))(read_run(self.path))))


class Pictures(InFolder):
    def assert_picture(self, path):
        pixels = matplotlib.image.imread(path)
        self.assertGreater(min(pixels.shape[:2]), 500)
        self.assertGreater(len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0)), 50)

    def test_every_kind_is_written_and_is_no_blank_page(self):
        example_run.write_maze_run(self.path, points=400)
        status, written, err = self.call(self.path, "-o", os.path.join(self.folder, "out"))
        self.assertEqual((status, err), (0, ""))
        self.assertEqual([os.path.basename(w) for w in written],
                         [f"run_{kind}.png" for kind in ("heat_map", "driver", "maze", "history")])
        for path in written:
            self.assert_picture(path)

    def test_one_kind_goes_into_one_file(self):
        example_run.write_unstructured_run(self.path)
        target = os.path.join(self.folder, "new", "picture.png")
        self.assertEqual(self.call(self.path, "-o", target, "--kind", "scatter")[:2], (0, [target]))
        self.assert_picture(target)

    def test_a_grid_of_three_dimensions_shows_the_best_over_the_third(self):
        example_run.write_grid_run(self.path, shape=(10, 10, 3))
        archive = read_run(self.path).archive
        best = heat_map.best_of_cells(archive)
        self.assertEqual(best.shape, (10, 10))
        in_column = archive.cell // 3 == 5 * 10 + 5
        self.assertEqual(best[5, 5], archive.objective[in_column].max())
        self.assertEqual(self.call(self.path, "-o", self.folder)[0], 0)

    def test_an_empty_archive_is_drawn(self):
        with h5py.File(self.path, "w") as file:
            example_run.write_attributes(file, algorithm="random_search", environment="sphere", evaluations=0)
            example_run.write_archive(file.create_group("archive"), np.zeros((0, 2)), [], [0, 0], [1, 1], ["a", "b"], (5, 5))
        self.assertEqual(self.call(self.path, "-o", self.folder)[0], 0)

    def test_row_major_cells_lie_where_their_descriptor_is(self):
        example_run.write_grid_run(self.path, shape=(4, 6))
        archive = read_run(self.path).archive
        best = heat_map.best_of_cells(archive)
        for point, objective in zip(archive.descriptor, archive.objective):
            i, j = ((point + 5.12) / 10.24 * (4, 6)).astype(int)
            self.assertEqual(best[i, j], objective)


class Refusals(InFolder):
    def test_a_missing_file(self):
        self.assert_refused(2, "no such file", self.path)

    def test_a_file_that_is_no_hdf5(self):
        with open(self.path, "w") as file:
            file.write("not HDF5")
        self.assert_refused(1, "no readable HDF5", self.path)

    def test_a_truncated_file(self):
        example_run.write_maze_run(self.path, points=400)
        os.truncate(self.path, os.path.getsize(self.path) // 2)
        self.assert_refused(1, "truncated", self.path)

    def test_a_foreign_hdf5_file(self):
        with h5py.File(self.path, "w") as file:
            file["data"] = [1, 2]
        self.assert_refused(1, "not a Cambrian run", self.path)

    def test_a_newer_format(self):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            file.attrs["format_version"] = 2
        self.assert_refused(1, "format_version 2", self.path)

    def test_columns_of_unequal_length(self):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            del file["archive/cell"]
            file["archive/cell"] = [1, 2, 3]
        self.assert_refused(1, "rows", self.path)

    def test_a_cell_outside_the_grid(self):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            file["archive/cell"][0] = 3600
        self.assert_refused(1, "outside the grid", self.path)

    def test_a_picture_that_the_run_does_not_have(self):
        example_run.write_grid_run(self.path)
        self.assert_refused(2, "heat_map, history", self.path, "--kind", "maze")

    def test_several_kinds_into_one_file(self):
        example_run.write_grid_run(self.path)
        self.assert_refused(2, "one file", self.path, "--kind", "heat_map", "--kind", "history", "-o", "x.png")

    def test_an_unknown_flag(self):
        self.assert_refused(2, "--help", self.path, "--colr", "x")


class MazeText(unittest.TestCase):
    def test_lines_in_any_order_with_comments(self):
        read = parse_maze("goal 3 4 # there\n# nothing\nwall 0 0 1 0\nheading 90\nstart 1 2\nwall 0 0 0 5\n", "m")
        self.assertEqual((read.start, read.goal, len(read.walls)), ((1, 2), (3, 4), 2))
        self.assertEqual(read.bounds, (0, 0, 1, 5))

    def test_a_wall_with_three_numbers_names_its_line(self):
        with self.assertRaisesRegex(PlotError, "m: line 2: 'wall' wants 4 numbers"):
            parse_maze("start 1 2\nwall 1 2 3\ngoal 1 2\n", "m")

    def test_a_maze_without_a_goal(self):
        with self.assertRaisesRegex(PlotError, "no line 'goal'"):
            parse_maze("start 1 2\nwall 1 2 3 4\n", "m")


if __name__ == "__main__":
    unittest.main()
