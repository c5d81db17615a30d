"""Where pictures go: PNG, PDF and SVG by the ending, pages of one PDF, and places that are refused."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

import h5py
import numpy as np

import example_run
from in_folder import InFolder


class Output(InFolder):
    def setUp(self):
        super().setUp()
        example_run.write_grid_run(self.path, (9, 9))

    def place(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.place(name), "rb") as file:
            return file.read()

    def test_the_ending_says_what_is_written(self):
        for name, start in (("x.png", b"\x89PNG"), ("x.pdf", b"%PDF"), ("x.svg", b"<?xml"), ("Y.PDF", b"%PDF"), ("Y.SVG", b"<?xml")):
            with self.subTest(name):
                self.assertEqual(self.call(self.path, "--kind", "heat_map", "-o", self.place(name)), (0, [self.place(name)], ""))
                self.assertTrue(self.read(name).startswith(start))

    def test_a_pdf_has_a_page_for_each_picture(self):
        for kinds, pages in (((), 3), (("--kind", "history"), 1), (("--kind", "history", "--kind", "parallel"), 2)):
            status, written, err = self.call(self.path, *kinds, "-o", self.place("all.pdf"))
            self.assertEqual((status, written, err), (0, [self.place("all.pdf")], ""))
            self.assertEqual(len(re.findall(rb"/Type /Page\b", self.read("all.pdf"))), pages)

    def test_equal_runs_give_equal_files(self):
        for ending in ("pdf", "svg"):
            for name in ("a", "b"):
                self.call(self.path, "--kind", "heat_map", "-o", self.place(f"{name}.{ending}"))
            self.assertEqual(self.read(f"a.{ending}"), self.read(f"b.{ending}"))

    def test_a_pdf_that_fails_leaves_the_old_one(self):
        self.call(self.path, "-o", self.place("all.pdf"))
        before = self.read("all.pdf")
        with h5py.File(self.path, "a") as file:
            file["archive"].attrs["descriptor_max"] = np.array([1.0, np.inf])
        self.assertEqual(self.call(self.path, "-o", self.place("all.pdf"))[0], 1)
        self.assertEqual(self.read("all.pdf"), before)

    def test_several_pictures_into_one_png_or_svg_are_refused(self):
        for ending in ("png", "svg"):
            self.assert_refused(2, "a folder or FILE.pdf holds them all", self.path, "--kind", "heat_map", "--kind", "history", "-o",
                                self.place(f"x.{ending}"))

    def test_other_endings_of_pictures_are_refused_and_make_no_folder(self):
        for ending in ("jpg", "eps", "TIFF"):
            self.assert_refused(2, "pictures are written as PNG, PDF, SVG", self.path, "-o", self.place(f"x.{ending}"))

    def test_folders_may_have_dots(self):
        for name in ("run.v2", "x.pdf", "y.jpg"):
            if name != "run.v2":
                os.mkdir(self.place(name))
            status, written, _ = self.call(self.path, "--kind", "heat_map", "-o", self.place(name))
            self.assertEqual((status, written), (0, [os.path.join(self.place(name), "run_heat_map.png")]))

    def test_a_file_is_not_a_folder(self):
        with open(self.place("notes"), "w") as file:
            file.write("mine")
        self.assert_refused(2, "notes: is a file; expected a folder", self.path, "-o", self.place("notes"))
        self.assertEqual(self.read("notes"), b"mine")

    @unittest.skipIf(sys.version_info < (3, 11), "older ones know no PYTHONSAFEPATH")
    def test_modules_that_lie_where_the_user_is_are_not_taken_for_ours(self):
        for name in ("numpy.py", "h5py.py"):
            with open(self.place(name), "w") as file:
                file.write("raise RuntimeError('a file of the user')")
        script = pathlib.Path(__file__).parents[3] / "tools" / "plot"
        done = subprocess.run([script, "run.h5", "--kind", "heat_map"], cwd=self.folder, capture_output=True, text=True,
                              env={**os.environ, "CAMBRIAN_PYTHON": sys.executable})
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "run_heat_map.png\n", ""))


if __name__ == "__main__":
    unittest.main()
