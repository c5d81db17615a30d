"""Grids of more cells than a picture has room for, and files that declare more than they hold."""

import os
import unittest
from unittest import mock

import h5py
import numpy as np

from cambrian.plots.detail import dots, load, titles
from cambrian.plots.detail.coarse import blocks, coarse
from cambrian.plots.detail.run_file import read_run
import example_run
from in_folder import InFolder


class Coarse(InFolder):
    def archive(self, shape, cells, objective):
        example_run.write_grid_run(self.path, shape=(3,) * len(shape))
        with h5py.File(self.path, "a") as file:
            group = file["archive"]
            group.attrs["shape"] = np.array(shape, dtype=np.int64)
            for name, values in (("cell", np.array(cells, dtype=np.int64)), ("objective", np.array(objective, dtype=float)),
                                 ("descriptor", np.zeros((len(cells), len(shape))))):
                del group[name]
                group[name] = values
            for name in ("id", "evaluation", "solved"):
                kept = group[name][:1].repeat(len(cells))
                del group[name]
                group[name] = kept
        return read_run(self.path).archive

    def test_a_block_shows_the_best_of_its_cells(self):
        random = np.random.default_rng(3)
        for shape, most in (((7, 5), 3), ((23,), 4), ((6, 5, 4, 3), 7), ((3, 2, 2, 2, 3, 2, 3), 2)):
            cells = random.choice(int(np.prod(shape)), int(np.prod(shape)) // 2, replace=False)
            archive = self.archive(shape, cells, random.normal(size=len(cells)))
            grid = coarse(archive, most)
            expected = np.full(grid.values.shape, np.nan)
            for cell, value in zip(archive.cell, archive.objective):
                place = tuple(i // b for i, b in zip(np.unravel_index(cell, shape)[:6], grid.block))
                expected[place] = value if np.isnan(expected[place]) else max(value, expected[place])
            np.testing.assert_array_equal(grid.values, expected, str(shape))

    def test_what_fits_is_drawn_cell_by_cell(self):
        for shape in ((1,), (800, 800), (10, 10, 10, 10), (5, 4, 3, 2, 2, 2)):
            self.assertEqual(blocks(shape), (1,) * len(shape))

    def test_blocks_fit_across_and_up(self):
        for shape in ((10_000, 10_000), (801, 3), (2**31, 2**31), (100, 100, 100, 100), (7, 900, 300, 11, 5), (2**40,)):
            block = blocks(shape)
            for first in (0, 1):
                side = [-(-n // b) for n, b in list(zip(shape, block))[first::2]]
                self.assertLessEqual(np.prod(side), 800, shape)
                self.assertGreater(2.5 * np.prod(side), min(800, np.prod([float(n) for n in shape[first::2]])), shape)

    def test_the_last_block_may_be_cut(self):
        grid = coarse(self.archive((7, 2), [0, 13], [1, 2]), 3)
        begin, end = grid.edges(0)
        np.testing.assert_allclose([begin, end], [[0, 3 / 7, 6 / 7], [3 / 7, 6 / 7, 1]])
        self.assertEqual((grid.block, grid.note()), ((3, 1), "drawn coarser: the best of each 3 × 1 cells"))

    def test_1e8_cells_and_more_are_drawn_in_little_memory(self):
        for shape in ((10_000, 10_000), (100_000_000,), (100, 100, 100, 100), (2**31, 2**31)):
            with self.subTest(shape=shape):
                last = int(np.prod(shape, dtype=object)) - 1
                self.archive(shape, [0, last // 2, last], [1, 2, 3])
                self.assertEqual(self.call(self.path, "-o", self.folder, "--kind", "heat_map")[::2], (0, ""))

    def test_of_many_elites_some_are_drawn_and_that_is_said(self):
        with mock.patch.object(dots, "MOST", 100):
            self.assertEqual(dots.note(101), "100 of 101 drawn, chosen at random")
            self.assertEqual((dots.note(100), len(dots.chosen(100)), len(np.unique(dots.chosen(250)))), ("", 100, 100))

    def test_a_share_is_never_rounded_to_none_or_all(self):
        self.assertEqual([titles.share(*pair) for pair in ((2499, 2500), (2500, 2500), (0, 2500), (1, 10_000), (738, 2500), (1, 10**10), (10**10 - 1, 10**10))],
                         ["99.96 %", "100 %", "0 %", "0.01 %", "29.5 %", "below 0.000001 %", "above 99.999999 %"])

    def test_the_title_says_the_shape(self):
        archive = self.archive((50, 50), np.arange(2499), np.ones(2499))
        self.assertEqual(titles.filled(archive), "2,499 of 50 × 50 cells (99.96 %)")


class Declared(InFolder):
    def declare(self, column, rows, **options):
        example_run.write_grid_run(self.path)
        with h5py.File(self.path, "a") as file:
            shape = (rows, *file[column].shape[1:])
            kind = file[column].dtype
            del file[column]
            file.create_dataset(column, shape=shape, dtype=kind, **options)

    def test_columns_that_declare_more_rows_than_the_file_holds_are_refused_at_once(self):
        for column in ("archive/descriptor", "archive/objective", "history/coverage"):
            for options in ({}, {"chunks": True}, {"chunks": True, "compression": "gzip"}):
                with self.subTest(column=column, **options):
                    self.declare(column, 2**31, **options)
                    self.assertLess(os.path.getsize(self.path), 1_000_000)
                    self.assert_refused(1, f"/{column} declares 2,147,483,648 rows", self.path)

    def test_a_maze_that_declares_more_than_the_file_holds(self):
        example_run.write_maze_run(self.path, points=300)
        with h5py.File(self.path, "a") as file:
            del file["inputs/hard_maze.maze/bytes"]
            file["inputs/hard_maze.maze"].create_dataset("bytes", shape=(2**33,), dtype="u1", chunks=True)
        self.assert_refused(1, "bytes declares 8,589,934,592 rows", self.path)

    def test_columns_that_h5repack_has_deflated_are_read(self):
        example_run.write_grid_run(self.path)
        size = 3_000_000  # 24 MB, of which the file holds a thousandth
        with h5py.File(self.path, "w") as file:
            column = file.create_dataset("column", data=np.zeros(size), compression="gzip", compression_opts=9)
            self.assertEqual(len(load.whole(column)), size)

    def test_what_the_machine_cannot_hold_is_refused(self):
        example_run.write_grid_run(self.path)
        with mock.patch.object(load, "memory", lambda: 100_000):
            self.assert_refused(1, "/archive is too large to be drawn here", self.path)

    def test_memory_that_ends_all_the_same_is_one_line(self):
        example_run.write_grid_run(self.path)
        with mock.patch.object(load, "whole", side_effect=MemoryError):
            self.assert_refused(1, "too large for the memory of this machine", self.path)


if __name__ == "__main__":
    unittest.main()
