"""Where cells lie in maps: nested grids, regions of a CVT archive."""

import unittest

import h5py
import numpy as np

from cambrian.plots.detail import choose, genome, heat_map, nested, scatter, style, titles, uneven, voronoi
from cambrian.plots.detail.coarse import coarse
from cambrian.plots.detail.run_file import read_run
import example_genomes
import example_run
from in_folder import InFolder


class Boundaries(InFolder):
    def make(self):
        example_run.write_grid_run(self.path, shape=(3, 2))
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["kind"] = "sliding_boundaries"
            file["archive/boundaries"] = np.array([[-1.0], [7.0], [0.5]])  # two of the first axis, one beyond its bound

    def test_cells_are_as_wide_as_their_boundaries_say(self):
        self.make()
        run = read_run(self.path)
        self.assertEqual(choose.pictures(run)["heat_map"].func, uneven.draw)
        self.assertNotIn("scatter", choose.pictures(run))
        np.testing.assert_array_equal(uneven.edges(run.archive, 0), [-5.12, -1, 7, 7])
        np.testing.assert_array_equal(uneven.edges(run.archive, 1), [-5.12, 0.5, 5.12])
        values = uneven.best_of_cells(run.archive)
        self.assertEqual(values.shape, (3, 2))
        for cell, objective in zip(run.archive.cell, run.archive.objective):
            self.assertEqual(values[cell // 2, cell % 2], objective)
        self.assertEqual(titles.filled(run.archive), f"{run.archive.size} of 3 × 2 cells (100 %)")

    def test_they_are_drawn(self):
        self.make()
        status, written, err = self.call(self.path, "-o", self.folder, "--kind", "heat_map")
        self.assertEqual((status, len(written), err), (0, 1, ""))

    def test_boundaries_that_do_not_fit_are_refused_in_one_line(self):
        self.make()
        with h5py.File(self.path, "a") as file:
            del file["archive/boundaries"]
            file["archive/boundaries"] = np.array([[-1.0], [7.0]])
        self.assert_refused(1, "boundaries do not fit the shape [3, 2]", self.path)


class Drivers(InFolder):
    """The archive that drives is drawn by its own cells."""

    def with_driver(self, shape):
        example_run.write_maze_run(self.path, points=400)
        with h5py.File(self.path, "a") as file:
            points, objective = file["archive/descriptor"][:], file["archive/objective"][:]
            low, high = (file["archive"].attrs[f"descriptor_{end}"] for end in ("min", "max"))
            kept = example_run.first_of_each_cell(points, low, high, shape or (50, 50))
            del file["archives/driver"]
            example_run.write_archive(file.create_group("archives/driver"), points[kept], objective[kept], low, high, ["x", "y"], shape)
        return read_run(self.path)

    def test_a_grid_by_its_cells_and_others_as_points(self):
        self.assertEqual(choose.pictures(self.with_driver((8, 8)))["driver"].func, heat_map.draw)
        self.assertEqual(choose.pictures(self.with_driver(None))["driver"].func, scatter.draw)

    def test_the_picture_says_that_it_is_the_driver(self):
        run = self.with_driver((8, 8))
        self.assertEqual(titles.which(run.driver), "the archive that drives the search")
        self.assertEqual(titles.which(run.archive), "")
        status, written, err = self.call(self.path, "-o", self.folder, "--kind", "driver")
        self.assertEqual((status, len(written), err), (0, 1, ""))


class Grids(InFolder):
    def test_row_major_cells_lie_where_their_descriptor_is(self):
        example_run.write_grid_run(self.path, shape=(4, 6))
        archive = read_run(self.path).archive
        grid = coarse(archive).values
        for point, objective in zip(archive.descriptor, archive.objective):
            i, j = ((point + 5.12) / 10.24 * (4, 6)).astype(int)
            self.assertEqual(grid[i, j], objective)

    def test_of_minimised_objectives_a_block_shows_the_lowest(self):
        example_run.write_grid_run(self.path, shape=(4, 6))
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["directions"] = ["minimise"]
        archive = read_run(self.path).archive
        self.assertEqual(np.nanmin(coarse(archive, most=1).values), archive.objective.min())
        self.assertAlmostEqual(archive.qd_score, float(np.sum(archive.qd_offset - archive.objective)))
        self.assertTrue(archive.objective_label().endswith(", minimised"))
        self.assertEqual(genome.elite_of(self.path, None).objective, archive.objective.min())
        self.assertEqual(style.objective_colours(archive), "viridis_r")

    def test_nested_blocks_hold_the_cells_of_their_outer_dimensions(self):
        shape = (3, 4, 5, 2, 2, 3)
        grid = np.arange(np.prod(shape), dtype=float).reshape(shape)
        picture = nested.unfold(grid)
        self.assertEqual(picture.shape, (4 * 2 * 3, 3 * 5 * 2))
        for cell in np.ndindex(shape):
            a, b, c, d, e, f = cell
            self.assertEqual(picture[(f * 2 + d) * 4 + b, (e * 5 + c) * 3 + a], grid[cell])

    def test_three_dimensions_are_a_row_of_blocks(self):
        grid = np.arange(24.0).reshape(2, 3, 4)
        picture = nested.unfold(grid)
        np.testing.assert_array_equal(picture[:, 2:4], grid[:, :, 1].T)

    def test_blocks_are_set_apart_and_cells_within_are_not(self):
        inner = np.arange(4) / 4
        begin, end, width, levels = nested.nested_edges((inner, inner + 0.25), [3, 2])
        size = 0.25
        np.testing.assert_allclose(end - begin, size)
        self.assertEqual(len(begin), 24)
        self.assertAlmostEqual(begin[1] - begin[0], size)
        self.assertAlmostEqual(begin[4] - begin[3], size + nested.GAPS[1])
        self.assertAlmostEqual(begin[12] - begin[11], size + nested.GAPS[2])
        self.assertAlmostEqual(begin[-1] + size, width)
        self.assertEqual([len(starts) for starts, _ in levels], [3, 2])

    def test_every_number_of_dimensions_is_drawn(self):
        for shape in ((9,), (9, 9), (5, 5, 3), (4, 4, 3, 2), (3, 3, 2, 2, 2), (3, 3, 2, 2, 2, 2), (3, 3, 2, 2, 2, 2, 2)):
            with self.subTest(shape=shape):
                example_run.write_grid_run(self.path, shape=shape)
                self.assertEqual(self.call(self.path, "-o", self.folder, "--kind", "heat_map")[2], "")


class Regions(InFolder):
    def test_every_pixel_belongs_to_its_nearest_centroid(self):
        random = np.random.default_rng(1)
        centroids = random.normal(size=(50, 2))
        xs, ys = np.linspace(-2, 2, 31), np.linspace(-1, 3, 17)
        nearest = voronoi.nearest_centroids(centroids, xs, ys)
        for i, y in enumerate(ys):
            for j, x in enumerate(xs):
                self.assertEqual(nearest[i, j], np.argmin(np.hypot(centroids[:, 0] - x, centroids[:, 1] - y)))

    def test_blocks_of_pixels_give_the_same_as_all_at_once(self):
        centroids = np.random.default_rng(1).normal(size=(50, 2))
        xs = np.linspace(-2, 2, 40)
        whole = voronoi.nearest_centroids(centroids, xs, xs)
        voronoi.BLOCK, before = 50 * 40 * 3, voronoi.BLOCK
        self.addCleanup(setattr, voronoi, "BLOCK", before)
        np.testing.assert_array_equal(voronoi.nearest_centroids(centroids, xs, xs), whole)

    def test_a_region_without_an_elite_is_empty(self):
        example_genomes.write_cvt_run(self.path)
        archive = read_run(self.path).archive
        best = voronoi.best_of_regions(archive)
        self.assertEqual(np.count_nonzero(np.isfinite(best)), archive.size)
        np.testing.assert_array_equal(best[archive.cell], archive.objective)
        self.assertAlmostEqual(archive.coverage, archive.size / 120)


if __name__ == "__main__":
    unittest.main()
