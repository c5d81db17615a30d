"""Every kind of picture beside its reference, within a tolerance that wrong pictures do not pass."""

import contextlib
import io
import os
import tempfile
import unittest
from unittest import mock

import matplotlib
from matplotlib.axes import Axes

from cambrian.plots.detail import style, wires
import reference_pictures as pictures


def distance(name):
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        return pictures.apart(pictures.shrunk(pictures.draw(name, folder)), pictures.reference(name))


def hidden(method):
    """In place of a drawing method: draws, then hides what it drew."""
    draw = getattr(Axes, method)

    def draw_hidden(self, *arguments, **named):
        drawn = draw(self, *arguments, **named)
        for artist in drawn if isinstance(drawn, (list, tuple)) else [drawn]:
            artist.set_visible(False)
        return drawn

    return mock.patch.object(Axes, method, draw_hidden)


class References(unittest.TestCase):
    def test_every_picture_is_like_its_reference(self):
        for name in pictures.PICTURES:
            with self.subTest(name):
                self.assertLess(distance(name), pictures.TOLERANCE)

    def test_every_reference_belongs_to_a_picture(self):
        self.assertEqual(sorted(os.listdir(pictures.FOLDER)), sorted(name + ".png" for name in pictures.PICTURES))

    def test_a_wrong_colour_map_is_caught(self):
        with mock.patch.object(style, "OBJECTIVE_COLOURS", "plasma"):
            for name in ("heat_map_2d", "heat_map_4d", "heat_map_cvt", "scatter"):
                with self.subTest(name):
                    self.assertGreater(distance(name), pictures.TOLERANCE)
        with mock.patch.object(wires, "WEIGHTS", matplotlib.colormaps["viridis"]):
            self.assertGreater(distance("pattern"), pictures.TOLERANCE)

    def test_missing_dots_are_caught(self):
        with hidden("scatter"):
            self.assertGreater(distance("scatter"), pictures.TOLERANCE)

    @unittest.skipIf(pictures.TOLERANCE > 2, "finer than the difference between versions of matplotlib")
    def test_missing_curves_and_links_are_caught(self):
        for method, name in (("plot", "history"), ("fill_between", "history_of_seeds"), ("step", "objective"), ("stairs", "objective_of_seeds"), ("add_collection", "network"), ("hlines", "heat_map_1d"), ("add_patch", "graph")):
            with self.subTest(method), hidden(method):
                self.assertGreater(distance(name), pictures.TOLERANCE)


if __name__ == "__main__":
    unittest.main()
