"""Mazes: drawn downward in every picture, and several runs side by side."""

import pathlib
import unittest
from unittest import mock

import h5py
import numpy as np

from cambrian.plots.detail import heat_map, mazes, names, nested, scatter, style, voronoi
from cambrian.plots.detail.groups import group_runs, named_groups
from cambrian.plots.detail.run_file import read_run
import example_genomes
import example_run
from in_folder import InFolder


def figure_of(draw, *arguments, **named):
    """The figure that a call draws."""
    kept = []
    with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
        draw(*arguments, path=None, **named)
    return kept[0]


class Downward(InFolder):
    def setUp(self):
        super().setUp()
        example_run.write_maze_run(self.path, points=400)

    def assert_down(self, figure):
        low, high = figure.axes[0].get_ylim()
        self.assertGreater(low, high)

    def swap(self):
        with h5py.File(self.path, "a") as file:
            for group in (file["archive"], file["archives/driver"]):
                group.attrs["descriptor_names"] = np.array(["y", "x"], dtype=h5py.string_dtype())
                for name in ("descriptor_min", "descriptor_max"):
                    group.attrs[name] = group.attrs[name][::-1]
                group["descriptor"][:] = group["descriptor"][:][:, ::-1]
            i, j = np.divmod(file["archive/cell"][:], 50)
            file["archive/cell"][:] = 50 * j + i

    def test_the_map_and_the_scatter_are_drawn_as_the_maze_is_whatever_the_order_of_the_axes(self):
        pictures = []
        for _ in range(2):
            run = read_run(self.path)
            figure = figure_of(heat_map.draw, run, run.archive)
            self.assert_down(figure)
            pictures.append(figure.axes[0].images[0])
            self.assertEqual(figure.axes[0].get_ylabel(), "y")
            self.assert_down(figure_of(scatter.draw, run, run.driver))
            self.swap()
        np.testing.assert_array_equal(pictures[0].get_array().filled(-1), pictures[1].get_array().filled(-1))
        self.assertEqual(pictures[0].get_extent(), pictures[1].get_extent())

    def test_regions_lie_over_the_maze(self):
        with h5py.File(self.path, "a") as file:
            del file["archive"].attrs["shape"]
            file["archive"].attrs["kind"] = "cvt"
            file["archive/centroids"] = file["archive/descriptor"][:]
            file["archive/cell"][:] = np.arange(len(file["archive/cell"]))
        run = read_run(self.path)
        figure = figure_of(voronoi.draw, run, run.archive)
        self.assert_down(figure)
        self.assertEqual(len(figure.axes[0].lines), len(run.maze.walls) + 2)

    def test_blocks_of_a_nested_map_grow_downward_in_y(self):
        example_run.write_nested_maze_run(self.path, (4, 5, 2, 3))
        run = read_run(self.path)
        figure = figure_of(nested.draw, run, run.archive)
        axes = figure.axes[0]
        self.assertEqual([label.get_text() for label in axes.get_yticklabels()], ["202", "5"])
        self.assertEqual([label.get_text() for label in axes.get_xticklabels()], ["3", "195"])
        drawn = axes.collections[1].get_array().reshape(2 * 15 - 1, 2 * 8 - 1)[::2, ::2].filled(np.nan)
        for cell, value in zip(run.archive.cell, run.archive.objective):
            a, b, c, d = np.unravel_index(cell, (4, 5, 2, 3))
            self.assertEqual(drawn[d * 5 + 4 - b, c * 4 + a], value)

    def test_without_a_maze_they_grow_upward(self):
        example_run.write_grid_run(self.path, (4, 5, 2))
        run = read_run(self.path)
        self.assertEqual([label.get_text() for label in figure_of(nested.draw, run, run.archive).axes[0].get_yticklabels()], ["−5.12", "5.12"])


class SideBySide(InFolder):
    def setUp(self):
        super().setUp()
        self.novelty, self.objective = example_run.write_two_maze_runs(self.path)

    def panels(self, *arguments, **named):
        groups = named_groups(arguments)
        self.assertTrue(mazes.suit(groups))
        figure = figure_of(mazes.draw, groups, **named)
        return figure, figure.axes[:len(groups)]

    def test_each_run_has_a_panel_named_by_what_tells_it_apart_with_its_counts(self):
        figure, panels = self.panels(self.novelty, self.objective)
        self.assertEqual([panel.texts[0].get_text() for panel in panels], ["Novelty search", "Objective search"])
        self.assertEqual(figure.texts[0].get_text(), "Maze · HyperNEAT")
        sizes = [read_run(path).archive.size for path in (self.novelty, self.objective)]
        first, second = (panel.get_title(loc="left").split("\n") for panel in panels)
        self.assertRegex(first[0], rf"^{sizes[0]:,} of 50 × 50 cells \(\d")
        self.assertEqual((first[1], second[1]), ("solved at 444 of 600 evaluations", "not solved in 150 evaluations"))
        self.assertEqual([len(panel.collections[0].get_offsets()) for panel in panels], sizes)

    def test_colours_mean_the_same_in_all_panels(self):
        for colour in ("evaluation", "objective"):
            _, panels = self.panels(self.novelty, self.objective, colour=colour)
            runs = [read_run(path).archive for path in (self.novelty, self.objective)]
            every = np.concatenate([getattr(archive, colour) for archive in runs])
            self.assertEqual([panel.collections[0].norm.vmin for panel in panels], [every.min()] * 2)
            self.assertEqual([panel.collections[0].norm.vmax for panel in panels], [every.max()] * 2)
            self.assertEqual(len({panel.collections[0].get_sizes()[0] for panel in panels}), 1)

    def test_a_folder_of_seeds_is_one_panel_and_says_so(self):
        folder = pathlib.Path(self.folder) / "seeds"
        folder.mkdir()
        for seed, points in ((1, 300), (2, 200)):
            example_run.write_maze_run(folder / f"seed_{seed}.h5", points=points)
        with h5py.File(folder / "seed_1.h5", "a") as file:
            file.attrs["solved_evaluation"] = np.uint64(99)
        _, panels = self.panels(str(folder), self.objective)
        size = sum(read_run(folder / f"seed_{seed}.h5").archive.size for seed in (1, 2))
        self.assertEqual(panels[0].get_title(loc="left"), f"2 runs pooled: {size} elites\n1 of 2 solved in 200 to 300 evaluations")

    def test_more_than_three_take_further_rows(self):
        figure, panels = self.panels(*[self.novelty] * 4)
        self.assertEqual([panel.get_gridspec().get_geometry() for panel in panels], [(2, 2)] * 4)
        self.assertEqual(len(figure.axes), 4)

    def test_it_is_drawn_by_the_command_and_refused_where_there_is_no_maze(self):
        target = str(pathlib.Path(self.folder) / "both.png")
        self.assertEqual(self.call(self.novelty, self.objective, "--kind", "maze", "-o", target), (0, [target], ""))
        example_run.write_grid_run(self.objective, (9, 9))
        self.assert_refused(2, "--kind maze does not suit", self.novelty, self.objective, "--kind", "maze")


class Names(InFolder):
    def labels(self, *arguments):
        return [group.label for group in group_runs([str(argument) for argument in arguments])]

    def write(self, name, **named):
        path = pathlib.Path(self.folder) / name
        example_genomes.write_cppn_run(path)
        with h5py.File(path, "a") as file:
            file.attrs.update({"config": "k = 1\nseed = 7\n", **named})
        return path

    def test_files_and_folders_are_named_by_one_rule(self):
        folder = pathlib.Path(self.folder) / "fast"
        example_genomes.write_seeds(folder, 2, 0.4, "novelty_search")
        other = self.write("b.h5", algorithm="map_elites", encoding="direct_graph")
        self.assertEqual(self.labels(folder, other), ["Novelty search", "MAP-Elites"])

    def test_all_parts_that_differ_are_named(self):
        first = self.write("a.h5", encoding="dct", algorithm="novelty_search")
        second = self.write("b.h5", encoding="none", algorithm="map_elites")
        self.assertEqual(self.labels(first, second), ["Novelty search · DCT", "MAP-Elites · bare vectors"])
        self.assertEqual(names.shared_name([read_run(path) for path in (first, second)]), "Maze")

    def test_runs_that_differ_in_the_seed_alone_are_told_apart_by_it(self):
        paths = [self.write(f"{seed}.h5", seed=np.uint64(seed), config=f"seed = {seed}\n") for seed in (3, 4)]
        self.assertEqual([group.label for group in named_groups([str(path) for path in paths])], ["seed 3", "seed 4"])
        other = self.write("b.h5", algorithm="map_elites")
        self.assertEqual([group.label for group in named_groups([*map(str, paths), str(other)])],
                         ["Novelty search (seed 3)", "Novelty search (seed 4)", "MAP-Elites"])

    def test_other_settings_are_told_apart_by_the_file(self):
        first, second = self.write("k_1.h5"), self.write("k_2.h5", config="k = 2\nseed = 7\n")
        self.assertEqual(self.labels(first, second), ["k 1", "k 2"])
        third = self.write("c.h5", algorithm="map_elites")
        self.assertEqual(self.labels(first, second, third), ["Novelty search (k 1)", "Novelty search (k 2)", "MAP-Elites"])


if __name__ == "__main__":
    unittest.main()
