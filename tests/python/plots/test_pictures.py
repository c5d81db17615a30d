"""Which pictures a run gets, that they are drawn, and what is said when they cannot be."""

import os
import unittest

import h5py
import matplotlib.image
import numpy as np

from cambrian.plots.detail import choose, history, maze, names
from cambrian.plots.detail.errors import PlotError
from cambrian.plots.detail.maze_file import is_published, parse_maze
from cambrian.plots.detail.run_file import read_run
import example_genomes
import example_run
from in_folder import InFolder


class Choice(InFolder):
    def drawn(self):
        run = read_run(self.path)
        return [kind for kind in choose.pictures(run) if choose.by_default(run, kind)]

    def test_a_maze_run_gets_map_driver_maze_and_history(self):
        example_run.write_maze_run(self.path, points=400)
        self.assertEqual(self.drawn(), ["heat_map", "driver", "maze", "objective", "history"])

    def test_a_bare_vector_grid_gets_no_maze(self):
        example_run.write_grid_run(self.path)
        self.assertEqual(self.drawn(), ["heat_map", "objective", "history"])

    def test_an_unstructured_archive_gets_a_scatter(self):
        example_run.write_unstructured_run(self.path, history=False)
        self.assertEqual(self.drawn(), ["scatter", "objective"])

    def test_three_measures_get_parallel_axes_two_only_when_asked(self):
        example_run.write_grid_run(self.path, shape=(5, 5, 3))
        self.assertEqual(self.drawn(), ["heat_map", "parallel", "objective", "history"])
        example_run.write_grid_run(self.path, shape=(5, 5))
        self.assertIn("parallel", choose.pictures(read_run(self.path)))

    def test_a_cvt_archive_gets_regions_and_no_scatter(self):
        example_genomes.write_cvt_run(self.path)
        self.assertEqual(self.drawn(), ["heat_map", "objective"])

    def test_a_cppn_gets_its_graph_and_pattern_a_direct_graph_paints_nothing(self):
        example_genomes.write_cppn_run(self.path, config=False)
        self.assertEqual(self.drawn(), ["scatter", "objective", "graph", "pattern"])
        example_genomes.write_cppn_run(self.path, encoding="direct_graph")
        self.assertEqual(self.drawn(), ["scatter", "objective", "graph"])

    def test_a_run_is_called_what_the_field_calls_its_search(self):
        example_run.write_grid_run(self.path)
        self.assertEqual(names.run_title(read_run(self.path)), "MAP-Elites · sphere · seed 7")
        with h5py.File(self.path, "a") as file:
            file.attrs["search"] = "sep-CMA-MAE"
        self.assertEqual(names.run_title(read_run(self.path)), "Sep-CMA-MAE · sphere · seed 7")

    def test_absent_history_columns_get_no_panel_and_unknown_ones_get_their_own(self):
        example_run.write_unstructured_run(self.path)
        with h5py.File(self.path, "a") as file:
            file["history/annecs"] = np.arange(40)
            file["history/solved"] = np.zeros(40, dtype=np.uint64)
        titles = [title for title, _ in history.panels([read_run(self.path)])]
        self.assertEqual(titles, ["best objective", "mean objective of the archive", "archive size", "novelty", "annecs"])

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
                         [f"run_{kind}.png" for kind in ("heat_map", "driver", "maze", "objective", "history")])
        for path in written:
            self.assert_picture(path)

    def test_one_kind_goes_into_one_file(self):
        example_run.write_unstructured_run(self.path)
        target = os.path.join(self.folder, "picture.png")
        self.assertEqual(self.call(self.path, "-o", target, "--kind", "scatter")[:2], (0, [target]))
        self.assert_picture(target)

    def test_one_file_says_which_kinds_it_does_not_hold(self):
        example_run.write_unstructured_run(self.path)
        target = os.path.join(self.folder, "picture.png")
        status, written, err = self.call(self.path, "-o", target)
        self.assertEqual((status, written, len(err.splitlines())), (0, [target], 1))
        self.assertIn("which holds scatter; a folder also holds objective, history; --kind KIND chooses one", err)
        self.assert_picture(target)

    def test_an_axis_has_its_own_unit_where_units_differ(self):
        example_run.write_unstructured_run(self.path)
        with h5py.File(self.path, "a") as file:
            del file["archive/descriptor"].attrs["unit"]
            file["archive"].attrs["descriptor_units"] = np.array(["m", "rad"], dtype=h5py.string_dtype())
        archive = read_run(self.path).archive
        self.assertEqual([archive.axis_label(0), archive.axis_label(1)], ["reach (m)", "height (rad)"])


class Refusals(InFolder):
    def test_one_file_into_a_folder_that_is_not_there(self):
        example_run.write_unstructured_run(self.path)
        folder = os.path.join(self.folder, "new")
        self.assert_refused(1, f"cannot be written: there is no folder {folder}", self.path, "-o", os.path.join(folder, "x.png"))

    def test_a_missing_file(self):
        self.assert_refused(2, "no such file", self.path)

    def test_a_file_that_is_no_hdf5(self):
        with open(self.path, "w") as file:
            file.write("not HDF5")
        self.assert_refused(1, "not a readable HDF5", self.path)

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

    def test_history_columns_of_unequal_length(self):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            del file["history/coverage"]
            file["history/coverage"] = [0.1, 0.2]
        self.assert_refused(1, "/history: its columns have different lengths", self.path)

    def test_a_shape_of_other_dimensions(self):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["shape"] = [60, 60, 1]
        self.assert_refused(1, "shape [60, 60, 1] does not fit descriptors of 2 dimensions", self.path)

    def test_a_cell_outside_the_grid(self):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            file["archive/cell"][0] = 3600
        self.assert_refused(1, "outside the grid", self.path)

    def test_a_picture_that_the_run_does_not_have(self):
        example_run.write_grid_run(self.path)
        self.assert_refused(2, "heat_map, parallel, objective, history", self.path, "--kind", "maze")

    def test_several_kinds_into_one_file(self):
        example_run.write_grid_run(self.path)
        self.assert_refused(2, "one file", self.path, "--kind", "heat_map", "--kind", "history", "-o", "x.png")

    def test_the_genome_of_an_unknown_elite(self):
        example_genomes.write_cppn_run(self.path)
        self.assert_refused(2, "--id 12: is not among the elites", self.path, "--kind", "graph", "--id", "12")
        self.assert_refused(2, "is not an elite's id", self.path, "--kind", "graph", "--id", "x")

    def test_links_out_of_range(self):
        example_genomes.write_cppn_run(self.path)
        with h5py.File(self.path, "a") as file:
            file["archive/genome/edge/target"][3] = 99
        self.assert_refused(1, "out of range", self.path, "--kind", "graph")

    def test_a_recurrent_cppn_paints_nothing(self):
        example_genomes.write_cppn_run(self.path, links=[*example_genomes.LINKS, (5, 7, 1.0, 1)])
        self.assert_refused(1, "recurrent", self.path, "--kind", "pattern")

    def test_a_picture_of_one_run_for_several(self):
        example_run.write_grid_run(self.path)
        self.assert_refused(2, "draws one run", self.path, self.path, "--kind", "heat_map")

    def test_a_folder_without_runs(self):
        self.assert_refused(2, "holds no run files", self.folder)

    def test_an_unknown_flag(self):
        self.assert_refused(2, "--help", self.path, "--colr", "x")


class MazeText(unittest.TestCase):
    def test_lines_in_any_order_with_comments(self):
        read = parse_maze("goal 3 4 # there\n# nothing\nwall 0 0 1 0\nheading 90\nstart 1 2\nwall 0 0 0 5\n", "m")
        self.assertEqual((read.start, read.goal, len(read.walls)), ((1, 2), (3, 4), 2))
        self.assertEqual(read.bounds, (0, 0, 1, 5))

    def test_a_wall_with_three_numbers_names_its_line(self):
        with self.assertRaisesRegex(PlotError, "m: line 2: 'wall' needs 4 numbers"):
            parse_maze("start 1 2\nwall 1 2 3\ngoal 1 2\n", "m")

    def test_a_wall_that_is_not_finite(self):
        with self.assertRaisesRegex(PlotError, "m: line 2: 'wall' needs 4 numbers"):
            parse_maze("start 1 2\nwall 1 2 nan 4\ngoal 1 2\n", "m")

    def test_the_published_form_by_its_first_number(self):
        read = parse_maze("\ufeff2\r\n36 184\r\n0\r\n31 20 # goal\r\n\r\n41 5 3 8\r\n3 8 4.5 49\r\n", "m")
        self.assertEqual((read.start, read.goal), ((36, 184), (31, 20)))
        self.assertEqual(read.walls.tolist(), [[41, 5, 3, 8], [3, 8, 4.5, 49]])
        read = parse_maze("0\n600\n1\n1 2\n0\n3 4\n5 6\n7 8 9 10\n", "m")
        self.assertEqual((read.goal, read.walls.tolist()), ((3, 4), [[7, 8, 9, 10]]))

    def test_a_published_maze_is_known_by_its_content(self):
        self.assertTrue(is_published("1\n1 2\n0\n3 4\n5 6 7 8\n"))
        for other in ("start 1 2\nwall 1 2 3 4\ngoal 1 2\n", "1 2 3 4\n", "1\n1 2\n0\n3 4\nend of 7 8\n", ""):
            self.assertFalse(is_published(other), other)

    def test_a_published_maze_that_is_cut_names_what_is_missing(self):
        with self.assertRaisesRegex(PlotError, "m: ends before a wall"):
            parse_maze("1\n1 2\n0\n3 4\n", "m")
        with self.assertRaisesRegex(PlotError, "m: line 5: a wall needs 4 numbers"):
            parse_maze("1\n1 2\n0\n3 4\n5 6 7\n", "m")

    def test_walls_in_one_line_have_a_picture_of_some_size(self):
        for wall in ("0 0 0 5", "0 0 5 0", "3 3 3 3"):
            width, height = maze.figure_size(parse_maze(f"start 1 2\nwall {wall}\ngoal 1 2\n", "m"))
            self.assertTrue(0 < width < 20 and 0 < height < 20, wall)

    def test_a_maze_without_a_goal(self):
        with self.assertRaisesRegex(PlotError, "no line 'goal'"):
            parse_maze("start 1 2\nwall 1 2 3 4\n", "m")


if __name__ == "__main__":
    unittest.main()
