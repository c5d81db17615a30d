"""What CPPNs are asked, and the patterns of substrates of one and three dimensions."""

import unittest
from unittest import mock

import h5py
import numpy as np

from cambrian.plots.detail import cppn, landmarks, pattern, style
from cambrian.plots.detail.genome import FUNCTIONS, read_genome
from cambrian.plots.detail.run_file import read_run
import example_genomes
from in_folder import InFolder

SIGMOID = dict(FUNCTIONS)["bipolar_sigmoid"]


class Cppns(InFolder):
    def run_of(self, lines, coordinates=2, links=(), outputs=2, encoding="hyperneat", kinds=()):
        """A run whose body has two terminals of so many coordinates, and whose CPPNs have as many inputs as that needs."""
        example_genomes.write_cppn_run(self.path)
        with h5py.File(self.path, "a") as file:
            file.attrs["encoding"], file.attrs["config"] = encoding, "[encoding]\n" + lines
            for what, name in (("sensor", "eye"), ("motor", "arm")):
                file.attrs[f"{what}_names"] = np.array([name], dtype=h5py.string_dtype())
                file.attrs[f"{what}_positions"] = np.zeros(coordinates)
            file.attrs["sensor_kinds"] = np.array(kinds, dtype=h5py.string_dtype())
        run = read_run(self.path)
        inputs = len(cppn.input_names(run, len(cppn._declared_inputs(run))))
        with h5py.File(self.path, "a") as file:
            del file["archive/genome"]
            graph = ([0] * inputs + [3] * outputs, [0] * inputs + [1] * outputs, [(s, inputs + t, w, 1) for s, t, w in links])
            example_genomes.write_graphs(file["archive"].create_group("genome"), [graph] * 3)
        return read_run(self.path)

    def panels(self, run):
        kept = []
        with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            pattern.draw(run, run.archive, None)
        return [axes for axes in kept[0].axes if axes.images], kept[0].texts[1].get_text()

    def test_inputs_are_named_as_the_configuration_asks_for_them(self):
        for lines, encoding, coordinates, names in (
                ("hidden = []\n", "hyperneat", 1, "x₁ x₂"), ("hidden = [4]\nlayer_coordinate = false\n", "hyperneat", 2, "x₁ y₁ x₂ y₂"),
                ("hidden = [4]\n", "hyperneat", 2, "x₁ y₁ x₂ y₂ l₂"), ('hidden = [4]\nrecurrence = "full"\n', "hyperneat", 2, "x₁ y₁ x₂ y₂ l₂ l₁"),
                ("hidden = [[2, 2, 2]]\ndelta_inputs = true\ndistance_input = true\n", "hyperneat", 2, "x₁ y₁ z₁ x₂ y₂ z₂ l₂ Δx Δy Δz dist."),
                ("distance_input = true\n", "es_hyperneat", 2, "x₁ y₁ x₂ y₂ dist."),
                ('hidden = []\nlearning = "iterated"\n', "hyperneat", 2, "x₁ y₁ x₂ y₂ pre post w")):
            self.assertEqual(cppn.input_names(self.run_of(lines, coordinates, encoding=encoding), len(names.split())), names.split(), lines)

    def test_outputs_are_named(self):
        for lines, encoding, count, names in (("", "hyperneat", 2, ["weight", "bias"]), ("leo = true\n", "hyperneat", 3, ["weight", "bias", "link"]),
                                              ("leo = true\n", "es_hyperneat", 2, ["weight", "link"]),
                                              ('learning = "iterated"\n', "hyperneat", 3, ["weight", "bias", "change"]),
                                              ("biases = true\nleo = true\n", "es_hyperneat", 3, ["weight", "bias", "link"]),
                                              ('learning = "abcd"\nmodulation = "risi"\n', "hyperneat", 8,
                                               ["weight", "bias", "A", "B", "C", "D", "rate", "modulates"]),
                                              ('learning = "abc"\nmodulation = "bain"\nrandom_weights = true\n', "hyperneat", 6,
                                               ["A", "B", "C", "rate", "modulates", "modulatory bias"]),
                                              ('recurrence = "ctrnn"\n', "hyperneat", 3, ["weight", "bias", "time constant"]),
                                              ("", "hyperneat", 4, ["weight", "bias", "output 2", "output 3"])):
            self.assertEqual(cppn.output_names(self.run_of(lines, encoding=encoding), count), names)

    def test_deltas_and_distance_follow_from_the_places(self):
        asked = cppn.inputs_of(["x₁", "y₂", "Δx", "Δy", "dist.", "l₂", "k₁"], (1, 0, 0), (4, 4, 0), layer=0.5, kind=-1)
        self.assertEqual([float(value) for value in asked], [1, 4, 3, 4, 5, 0.5, -1])

    def test_one_dimension_is_one_panel_over_both_ends(self):
        run = self.run_of("hidden = []\nthreshold = 0.2\n", 1, [(0, 0, 1.0), (1, 0, -0.5), (1, 1, 0.75)])
        panels, note = self.panels(run)
        x1, x2 = pattern.plane((-1, 1, -1, 1))
        self.assertEqual([axes.get_title() for axes in panels], ["weight", "bias"])
        np.testing.assert_allclose(panels[0].images[0].get_array(), SIGMOID(x1 - 0.5 * x2), atol=1e-6)
        np.testing.assert_allclose(panels[1].images[0].get_array(), np.broadcast_to(SIGMOID(0.75 * x2), (pattern.SIDE,) * 2), atol=1e-6)
        self.assertIn("±0.2", note)

    def test_three_dimensions_are_slices(self):
        run = self.run_of("hidden = []\ndistance_input = true\n", 3, [(2, 0, 0.5), (5, 0, 0.25), (6, 0, -0.4)])
        panels, _ = self.panels(run)
        self.assertEqual(len(panels), 3 * (len(landmarks.STAR) + 1))
        x, y = pattern.plane((-1, 1, -1, 1))
        for row, z2 in enumerate((1, 0, -1)):
            for column, (x1, y1, z1) in enumerate(landmarks.STAR):
                distance = np.sqrt((x - x1) ** 2 + (y - y1) ** 2 + (z2 - z1) ** 2)
                np.testing.assert_allclose(panels[row * (len(landmarks.STAR) + 1) + column].images[0].get_array(),
                                           SIGMOID(0.5 * z1 + 0.25 * z2 - 0.4 * distance), atol=1e-6)

    def test_where_link_expression_is_below_0_the_weight_is_pale(self):
        run = self.run_of("hidden = []\nleo = true\n", 1, [(0, 0, 1.0), (1, 2, 1.0)], outputs=3)
        panels, note = self.panels(run)
        x1, x2 = pattern.plane((-1, 1, -1, 1))
        np.testing.assert_allclose(panels[0].images[0].get_array(), np.broadcast_to(SIGMOID(x1), (pattern.SIDE,) * 2), atol=1e-6)
        painter = pattern.Painter(read_genome(self.path), ["x₁", "x₂"], ["weight", "bias", "link"], 1.0, 0.2)
        np.testing.assert_array_equal(painter.linked((x1, 0, 0), (x2, 0, 0), {}), np.broadcast_to(x2 >= 0, (pattern.SIDE,) * 2))
        pale = [area.get_extents() for area in panels[0].collections[0].get_paths() if len(area.vertices)]
        self.assertAlmostEqual(max(area.y1 for area in pale), 0, delta=0.02)
        self.assertIn("link expression", note)

    def test_inputs_that_the_configuration_does_not_explain_have_no_pattern(self):
        run = self.run_of("hidden = []\n", 3, [(0, 0, 1.0)])
        with h5py.File(self.path, "a") as file:
            file.attrs["config"] = "[encoding]\nhidden = []\ndistance_input = true\ndelta_inputs = true\n"
        self.assert_refused(1, "the 6 inputs of its CPPN are not those", run.path, "--kind", "pattern", "-o", self.folder)


if __name__ == "__main__":
    unittest.main()
