"""The network on its substrate: sheets, links, names; signed colours."""

import os
import unittest
from unittest import mock

import h5py
import numpy as np

from cambrian.plots.detail import grids, labels, landmarks, network, pattern, sheets, style, wires
from cambrian.plots.detail.genome import FUNCTIONS
from cambrian.plots.detail.run_file import read_run
import example_genomes
from in_folder import InFolder

class Sheets(InFolder):
    def draw(self, change=lambda nodes, links: None):
        example_genomes.write_network_run(self.path)
        nodes, links = example_genomes.network_tables()
        change(nodes, links)
        run, kept = read_run(self.path), []
        with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)), \
                mock.patch.object(network, "query", lambda path, _, table, *rest: nodes if table.endswith("node") else links):
            network.draw(run, run.archive, None)
        return kept[0], nodes, links

    def test_places_of_different_layers_that_coincide_are_apart(self):
        figure, nodes, _ = self.draw()
        drawn = np.vstack([np.asarray(c.get_offsets()) for c in figure.axes[0].collections if len(c.get_offsets()) and c.get_zorder() % 10 == 4])
        self.assertEqual(len(drawn), len(nodes["kind"]))
        gaps = np.hypot(*(drawn[:, None] - drawn[None]).transpose(2, 0, 1)) + np.eye(len(drawn))
        self.assertGreater(gaps.min(), 0.1)

    def test_a_sheet_keeps_the_order_of_its_layer(self):
        nodes, _ = example_genomes.network_tables()
        stack = sheets.Sheets(np.column_stack([nodes["x"], nodes["y"]]), nodes["layer"])
        below, above = (stack.page(example_genomes.MOTORS, level) for level in (0, 2))
        np.testing.assert_allclose((above - below)[:, 0], 0)
        self.assertTrue(((above - below)[:, 1] > 2 * sheets.DEPTH * 2).all())

    def test_links_that_are_not_expressed_are_absent(self):
        figure, _, links = self.draw()
        drawn = sum(len(c.get_segments()) for c in figure.axes[0].collections if hasattr(c, "get_segments"))
        self.assertEqual(drawn, np.count_nonzero(links["weight"]))
        self.assertIn(f"{drawn} links", figure.texts[1].get_text())

    def test_links_join_the_places_of_their_ends_and_the_strong_are_wide_and_dense(self):
        page = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 2.0]])
        axes = mock.Mock()
        sheets.draw_links(axes, page, np.array([0, 1]), np.array([2, 2]), np.array([-3.0, 0.5]), 3.0, 0)
        drawn = axes.add_collection.call_args[0][0]
        ends = {(tuple(s[0]), tuple(s[-1])) for s in drawn.get_segments()}
        self.assertEqual(ends, {((0.0, 0.0), (0.5, 2.0)), ((1.0, 0.0), (0.5, 2.0))})
        (weak, strong), (thin, wide) = drawn.get_colors(), drawn.get_linewidths()  # the strongest on top
        self.assertTrue(weak[3] < strong[3] and thin < wide)
        self.assertTrue(weak[0] > weak[2] and strong[0] < strong[2])  # orange above zero, blue below

    def test_every_terminal_is_named_and_no_name_covers_another_or_a_neuron(self):
        figure, _, _ = self.draw()
        figure.canvas.draw()
        notes = [text for text in figure.axes[0].texts if text.get_zorder() == 1000]
        self.assertEqual(sorted(note.get_text() for note in notes), sorted(name.replace("-", "−").replace("_", " ") for name in [*example_genomes.SENSOR_NAMES, "turn", "drive"]))
        boxes = [note.get_window_extent() for note in notes]
        marks = figure.axes[0].transData.transform(np.vstack([np.asarray(c.get_offsets()) for c in figure.axes[0].collections
                                                              if len(c.get_offsets()) and c.get_zorder() % 10 == 4]))
        for i, box in enumerate(boxes):
            self.assertFalse(any(box.overlaps(other) for other in boxes[:i]), notes[i].get_text())
            self.assertFalse(any(box.contains(*mark) for mark in marks), notes[i].get_text())

    def test_networks_without_links_or_places_are_drawn(self):
        def no_links(_, links):
            for name in links:
                links[name] = links[name][:0]

        def no_places(nodes, _):
            del nodes["x"], nodes["y"]

        self.assertEqual(len(self.draw(no_links)[0].axes[0].get_children()) > 10, True)
        figure, nodes, _ = self.draw(no_places)
        self.assertEqual(sum(text.get_zorder() == 1000 for text in figure.axes[0].texts), 12)

    def test_of_each_layer_the_strongest_links_are_drawn_and_the_title_says_so(self):
        with mock.patch.object(network, "MOST_LINKS", 5):
            figure, nodes, links = self.draw()
            few = network.strongest(nodes, links)
        drawn = sum(len(c.get_segments()) for c in figure.axes[0].collections if hasattr(c, "get_segments"))
        self.assertEqual((drawn, len(few["weight"])), (10, 10))
        of_sensors = np.sort(np.abs(links["weight"][links["source"] < 10]))[::-1]
        np.testing.assert_array_equal(np.sort(np.abs(few["weight"][few["source"] < 10]))[::-1], of_sensors[:5])
        self.assertIn("of each layer the strongest 5 drawn", figure.texts[1].get_text())

    def test_layers_whose_weights_are_far_apart_have_colours_of_their_own(self):
        nodes = {"layer": np.array([0, 1, 2]), "bias": np.array([0.0, 4.0, -2.0])}
        for weight, seen in (([1.0, 0.1], [1.0, 0.1]), ([10.0, -0.1], [1.0, -1.0])):
            _, links, label = network.in_view(nodes, {"source": np.array([0.0, 1.0]), "target": np.array([1.0, 2.0]), "weight": np.array(weight)})
            self.assertEqual((links["weight"].tolist(), "its layer" in label), (seen, weight != seen))

    def test_a_name_moves_aside_for_a_mark(self):
        point, free = np.array([0.0, 0.0]), labels.SIDES[0]
        away = np.array([1.0, 0.0])
        far = [labels.box_around((500, 500), 8, 8)]
        near = [labels.box_around((20, 0), 8, 8)]
        best = [min(labels.SIDES, key=lambda side: labels.cost(point, side, "range 0", away, taken)) for taken in (far, near)]
        self.assertIs(best[0], free)
        self.assertIsNot(best[1], free)

    def test_a_name_stays_within_the_axes_though_another_side_is_better(self):
        point, away, far = np.array([60.0, 0.0]), np.array([1.0, 0.0]), [labels.box_around((500, 500), 8, 8)]
        ends = []
        for inside in ((-200, -50, 300, 50), (-200, -50, 120, 50)):
            side = min(labels.SIDES, key=lambda side: labels.cost(point, side, "counter clockwise", away, far, inside))
            ends.append(labels.box_of(point, side, "counter clockwise")[2])
        self.assertGreater(ends[0], 120)
        self.assertLessEqual(ends[1], 120)


class Grids(InFolder):
    def run_of(self, lines="", sensors=(), motors=()):
        example_genomes.write_cppn_run(self.path)
        with h5py.File(self.path, "a") as file:
            file.attrs["config"] = f"[encoding]\n{lines}"
            for what, places in (("sensor", sensors), ("motor", motors)):
                file.attrs[f"{what}_names"] = np.array([f"{what} {i}" for i in range(len(places))], dtype=h5py.string_dtype())
                file.attrs[f"{what}_positions"] = np.ravel(places).astype(float)
        return read_run(self.path)

    def nodes(self, *counts):
        kinds = [0, *[2] * (len(counts) - 2), 3]
        return {"kind": np.repeat(kinds, counts), "layer": np.repeat(np.arange(len(counts)), counts)}

    SQUARE = [(x, y) for y in (-1, 0, 1) for x in (-1, 1)]
    PAIR = [(-1, 0), (1, 0)]

    def test_sensors_lie_where_the_body_has_them_and_hidden_neurons_along_their_shape(self):
        places, line = grids.places_of(self.run_of('hidden_shapes = ["2x3"]\n', self.SQUARE, self.PAIR), self.nodes(6, 6, 2))
        self.assertEqual([tuple(place) for place in places],
                         [*self.SQUARE, (-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1), *self.PAIR])
        self.assertFalse(line.any())

    def test_a_long_row_lies_in_lines(self):
        places, line = grids.places_of(self.run_of("", self.SQUARE, self.PAIR), self.nodes(6, 800, 2))
        self.assertEqual((set(line[6:806]), len(np.unique(places[6:806], axis=0))), ({40}, 800))
        self.assertEqual((places[6:46, 1] == -1).sum(), 40)

    def test_networks_without_a_grid_and_mixed_layers_need_no_places(self):
        self.assertIsNone(grids.places_of(self.run_of("", self.PAIR, self.PAIR), self.nodes(2, 4, 2)))
        mixed = {"kind": np.repeat([0, 2, 3], [6, 4, 2]), "layer": np.repeat([0, 1], [6, 6])}
        self.assertIsNone(grids.places_of(self.run_of("", self.SQUARE, self.PAIR), mixed))


class Signed(InFolder):
    def test_the_colours_of_a_pattern_are_symmetric_about_zero_as_those_of_links(self):
        example_genomes.write_cppn_run(self.path)
        run, kept = read_run(self.path), []
        with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            pattern.draw(run, run.archive, None)
        images = [image for axes in kept[0].axes for image in axes.images]
        self.assertEqual(len(images), 6)
        for image in images:
            self.assertIs(image.get_cmap(), wires.WEIGHTS)
            self.assertEqual((image.norm.vmin, image.norm.vmax), (-1, 1))

    def test_a_cppn_that_is_told_the_layer_has_a_block_of_panels_for_each(self):
        kind, activation = [0, 0, 0, 0, 0, 1, 3, 3], [0] * 6 + [1] * 2
        links = [(0, 6, 1.0, 1), (4, 6, 0.5, 1), (3, 7, 0.25, 1), (4, 7, -1.0, 1)]
        example_genomes.write_cppn_run(self.path)
        with h5py.File(self.path, "a") as file:
            file.attrs["config"] = file.attrs["config"] + "hidden = [6, 4]\n"
            del file["archive/genome"]
            example_genomes.write_graphs(file["archive"].create_group("genome"), [(kind, activation, links)] * 3)
        run, kept = read_run(self.path), []
        with mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            pattern.draw(run, run.archive, None)
        panels = {axes.get_title(): axes.images[0].get_array() for axes in kept[0].axes if axes.images}
        self.assertEqual(len(panels), 18)
        y = pattern.plane((-1, 1, -1, 1))[1]
        sigmoid = dict(FUNCTIONS)["bipolar_sigmoid"]
        for layer, z in ((1, -1 / 3), (2, 1 / 3), (3, 1.0)):
            for title, expected in ((f"from (1, 0) into {layer}", sigmoid(1 + 0.5 * z)), (f"bias in {layer}", sigmoid(0.25 * y - z))):
                np.testing.assert_allclose(panels[title], np.broadcast_to(expected, (pattern.SIDE,) * 2), atol=1e-6)

    def test_a_cppn_without_a_pattern_leaves_the_other_pictures(self):
        example_genomes.write_cppn_run(self.path, links=[*example_genomes.LINKS, (5, 7, 1.0, 1)], config=False)
        status, written, err = self.call(self.path, "-o", self.folder)
        self.assertEqual((status, len(written), len(err.splitlines())), (0, 3, 1), err)
        self.assertIn("recurrent, so it does not paint a pattern; left out: pattern", err)

    def test_neurons_that_a_source_leads_to_are_marked(self):
        arguments = example_genomes.write_network_run(self.path)
        run, kept = read_run(self.path), []
        with mock.patch.dict(os.environ, {"CAMBRIAN": arguments[2]}), mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            pattern.draw(run, run.archive, None)
        nodes, links = example_genomes.network_tables()
        places = np.column_stack([nodes["x"], nodes["y"]])
        panels = [axes for axes in kept[0].axes if axes.get_title().startswith("from")]
        self.assertEqual(len(panels), landmarks.MOST_SOURCES)
        for axes in panels:
            others, reached = (np.asarray(marks.get_offsets()) for marks in axes.collections if len(marks.get_offsets()) and marks.get_zorder() in (4, 6))
            ring = np.array([line.get_xydata()[0] for line in axes.lines][-1])
            source = int(np.argmin(np.hypot(*(places - ring).T)))
            led_to = links["target"][(links["source"] == source) & (links["weight"] != 0)].astype(int)
            self.assertEqual(sorted(map(tuple, reached)), sorted(map(tuple, places[led_to])))
            self.assertEqual(len(others) + len(reached), 7)  # all but the sensors
        self.assertIn("black: neurons that it leads to", kept[0].texts[1].get_text())

    def test_sources_are_few_and_far_apart(self):
        square = np.array([(x, y, 0) for x in range(11) for y in range(11)], dtype=float)
        taken = landmarks.far_apart(square, np.arange(121))
        self.assertEqual([tuple(square[row, :2]) for row in taken], [(0, 10), (10, 10), (5, 5), (0, 0), (10, 0)])
        self.assertEqual(landmarks.far_apart(np.zeros((3, 3)), np.arange(3)), [0])

    def test_they_reach_as_far_as_what_is_painted(self):
        self.assertEqual(pattern.limit_of([np.array([0.5, -0.2])]), 1.0)
        self.assertEqual(pattern.limit_of([np.array([0.5, -0.2]), np.array([-7.0])]), 7.0)


if __name__ == "__main__":
    unittest.main()
