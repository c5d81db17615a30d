"""Networks before and after a life, learning curves, spectra, quadtrees."""

import json
import os
import unittest
from unittest import mock

import h5py
import matplotlib.image
import numpy as np
from PIL import Image

from cambrian.plots.detail import choose, coefficient_panels, flat, life, lived, mean, network, quadtree, scene, sheets, spectrum, style
from cambrian.plots.detail.run_file import read_run
import example_genomes
import example_lives
from in_folder import InFolder


class Drawn(InFolder):
    def figure(self, module, arguments):
        """What a module draws, by the program that the arguments name."""
        run, kept = read_run(self.path), []
        with mock.patch.dict(os.environ, {"CAMBRIAN": arguments[2]}), mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            module.draw(run, run.archive, None)
        return kept[0]


class Places(Drawn):
    def test_floors_of_a_layer_lie_above_each_other(self):
        figure = self.figure(network, example_lives.write_network(self.path, example_lives.space_tables()))
        marks = np.vstack([np.asarray(c.get_offsets()) for c in figure.axes[0].collections if len(c.get_offsets()) and c.get_zorder() % 10 == 4])
        self.assertEqual(len(marks), 16)
        gaps = np.hypot(*(marks[:, None] - marks[None]).transpose(2, 0, 1)) + np.eye(16)
        self.assertGreater(gaps.min(), 0.1)
        texts = [text.get_text() for text in figure.axes[0].texts]
        self.assertEqual([text for text in texts if text.startswith("z =")], ["z = 0", "z = −1", "z = 1", "z = 0"])

    def test_layers_are_apart_whatever_their_floors(self):
        nodes, _ = example_lives.space_tables()
        places = np.column_stack([nodes[axis] for axis in "xyz"]).astype(float)
        stack = sheets.Sheets(places, nodes["layer"])
        heights = [stack.page(places[nodes["layer"] == level], level)[:, 1] for level in range(3)]
        self.assertTrue(heights[0].max() < heights[1].min() and heights[1].max() < heights[2].max())

    def test_neurons_that_are_found_lie_where_they_are_in_the_plane(self):
        figure = self.figure(network, example_lives.write_es_run(self.path))
        nodes, links = example_lives.flat_tables()
        marks = np.vstack([np.asarray(c.get_offsets()) for c in figure.axes[0].collections if len(c.get_offsets()) and c.get_zorder() == 4])
        self.assertEqual({tuple(mark) for mark in marks}, set(zip(map(float, nodes["x"]), map(float, nodes["y"]))))
        drawn = [c for c in figure.axes[0].collections if hasattr(c, "get_segments")]
        self.assertEqual(len(drawn[0].get_segments()), len(links["weight"]))

    def test_links_to_and_fro_are_apart_and_one_to_itself_is_a_ring(self):
        a, b = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 2.0]]), np.array([[1.0, 0.0], [0.0, 0.0], [2.0, 2.0]])
        lines = flat.curves(a, b)
        np.testing.assert_allclose(lines[:, [0, -1]], np.stack([a, b], axis=1), atol=1e-12)
        self.assertGreater(lines[0, 12, 1], 0.1)
        self.assertLess(lines[1, 12, 1], -0.1)
        self.assertAlmostEqual(np.ptp(lines[2, :, 1]), 2 * flat.RING, places=3)


class Lived(Drawn):
    def test_both_networks_have_the_same_colours_and_changed_links_are_counted(self):
        figure = self.figure(lived, example_lives.write_learner(self.path))
        self.assertEqual([axes.get_title() for axes in figure.axes[:3]], ["at birth", "after a life", "each link"])
        nodes, links = example_genomes.network_tables()
        links_of_either = int(np.count_nonzero((links["weight"] != 0) | (links["source"] < 4)))
        changed = int(np.count_nonzero(links["source"] < 4))
        self.assertIn(f"{links_of_either} links, {changed} of them changed", figure.texts[1].get_text())
        dots = [c.get_offsets() for c in figure.axes[2].collections]
        self.assertEqual([len(d) for d in dots], [links_of_either - changed, changed])

    def test_a_link_that_only_one_of_them_has_is_0_in_the_other(self):
        pairs = lived.matched({"source": [0, 1], "target": [2, 2], "weight": [1.0, 2.0]}, {"source": [1, 3], "target": [2, 2], "weight": [5.0, 6.0]})
        self.assertEqual(pairs.tolist(), [[1, 0], [2, 5], [0, 6]])

    def test_it_is_drawn_by_default_where_links_learn(self):
        for lines, learns in (('learning = "oja"\n', True), ('learning = "none"\n', False), ("", False), ('preset = "ahni_risi"\nlearning = "abcd"\n', True),
                              ('preset = "pureples"\n', False)):
            arguments = example_lives.write_learner(self.path)
            example_lives.describe(self.path, "hyperneat", lines)
            with mock.patch.dict(os.environ, {"CAMBRIAN": arguments[2]}):
                run = read_run(self.path)
                self.assertIn("lived", choose.pictures(run))
                self.assertEqual([choose.by_default(run, kind) for kind in ("lived", "life", "network")], [learns, learns, True], lines)


class Life(Drawn):
    def test_the_reward_of_a_trial_is_that_of_its_last_step(self):
        lives = life.trials_of(example_lives.trials())
        self.assertEqual([number for number, _, _ in lives], [0, 1])
        self.assertEqual(lives[0][1].tolist(), [0.2, 0.2, *[1.0] * 8] * 2)
        self.assertEqual(np.flatnonzero(np.diff(lives[0][2])).tolist(), [9])

    def test_each_life_has_a_panel_and_the_moves_of_the_reward_are_counted(self):
        figure = self.figure(life, example_lives.write_life_run(self.path))
        self.assertEqual(len(figure.axes), 2)
        self.assertIn("40 trials; mean reward 0.84; the high reward moves 2 times", figure.texts[1].get_text())

    def test_the_running_mean_begins_with_what_there_is(self):
        np.testing.assert_allclose(life.running_mean(np.array([1.0, 3.0, 5.0, 7.0, 9.0, 11.0])), [1, 2, 3, 4, 5, 7])

    def test_answers_are_counted_where_feedback_is_given(self):
        trace = {"round": [0, 0, 0, 0, 1, 1, 2], "stimulus": [0, 0, 1, 1, 0, 0, 0], "feedback": [0, 1, 0, 1, 0, 1, 0], "right": [1, 0, 1, 1, 0, 1, 0]}
        figure = self.figure(life, example_lives.write_life_run(self.path, trace))
        self.assertEqual(figure.axes[0].lines[0].get_ydata().tolist(), [0.5, 1.0])

    def test_other_traces_have_a_panel_for_each_column_that_changes(self):
        trace = {"step": [0, 1, 2, 0, 1], "x": [1, 2, 3, 4, 5], "still": [2] * 5, "angle": [0, 1, 0, 1, 0]}
        figure = self.figure(life, example_lives.write_life_run(self.path, trace))
        self.assertEqual([axes.get_ylabel() for axes in figure.axes], ["x", "angle"])
        self.assertIn("the next of 2 episodes", figure.texts[1].get_text())

    def test_guesses_are_an_image_beside_how_much_of_them_is_right(self):
        genome, guesses = [2, 1, 2], [(-1, -1, -1), (0, 1, 0), (0, 1, 1), (1, 1, 1)]
        trace = {"trial": [0, 1, 2, 3], "right": [0, 1, 2, 3], "most": [0, 1, 2, 3]}
        trace |= {f"allele_{i}": [genome[i]] * 4 for i in range(3)} | {f"guess_{i}": [guess[i] for guess in guesses] for i in range(3)}
        figure = self.figure(life, example_lives.write_life_run(self.path, trace))
        genome_axes, _, guess_axes, right_axes = figure.axes
        self.assertEqual(genome_axes.images[0].get_array().tolist(), [genome])
        self.assertEqual([text.get_text() for text in genome_axes.texts], ["?", "?"])
        self.assertEqual(guess_axes.images[0].get_array().tolist(), [list(guess) for guess in guesses[1:]])
        self.assertEqual(right_axes.lines[0].get_xdata().tolist(), [1, 2, 3])
        self.assertIn("all 3 right at trial 3", figure.texts[1].get_text())

    def test_a_trial_is_not_much_higher_than_the_genome(self):
        for trials in (1, 5, 200):
            trace = {name: list(range(trials + 1)) for name in ("trial", "right", "most")}
            trace |= {f"{what}_{i}": [1] * (trials + 1) for i in range(3) for what in ("allele", "guess")}
            figure = self.figure(life, example_lives.write_life_run(self.path, trace))
            figure.draw_without_rendering()
            genome, guesses = (figure.axes[i].get_window_extent().height for i in (0, 2))
            with self.subTest(trials):
                self.assertLess(guesses / min(trials, life.MOST_LINES), 1.5 * genome)

    def test_bare_vectors_have_a_life_where_their_environment_traces_it(self):
        for trace, lives in ((["trial"], True), ([], False)):
            arguments = example_lives.write_life_run(self.path)
            with h5py.File(self.path, "a") as file:
                file.attrs["encoding"], file.attrs["environment"] = "none", "guesses"
            with open(arguments[2], "w") as script:
                script.write(f"""#!/bin/sh\necho '{{"environment": {{"trace": {json.dumps(trace)}}}}}'\n""")
            with mock.patch.dict(os.environ, {"CAMBRIAN": arguments[2]}):
                run = read_run(self.path)
                self.assertEqual((life.suits(run), choose.by_default(run, "life")), (lives, True))

    def test_a_life_of_one_step_is_the_picture_of_its_end(self):
        arguments = example_lives.write_life_run(self.path, {"step": [0, 1], "odd": [0, 1]})
        end = os.path.join(self.folder, "end.png")
        matplotlib.image.imsave(end, np.full((20, 30, 3), 0.5))
        with open(arguments[2]) as program:
            table = program.read().replace("#!/bin/sh\n", "")
        with open(arguments[2], "w") as program:
            program.write(f"""#!/bin/sh\ncase "$*" in *" -o "*) for path; do :; done; cp '{end}' "$path"; exit;; esac\n{table}""")
        figure = self.figure(life, arguments)
        self.assertEqual(figure.axes[0].images[0].get_array().shape[:2], (20, 30))


class Scenes(Drawn):
    def figure_of(self, pictures):
        """@param pictures  how many the film has, each a little brighter"""
        arguments = example_lives.write_life_run(self.path)
        film = os.path.join(self.folder, "made.gif")
        frames = [Image.fromarray(np.full((20, 30), 2 * i, dtype=np.uint8)) for i in range(pictures)]
        frames[0].save(film, save_all=True, append_images=frames[1:])
        with open(arguments[2], "w") as program:
            program.write(f"""#!/bin/sh\nfor path; do :; done\ncp '{film}' "$path"\n""")
        return self.figure(scene, arguments)

    def test_moments_are_spread_over_the_episode_from_its_beginning_to_its_end(self):
        shades = [int(axes.images[0].get_array()[0, 0, 0]) for axes in self.figure_of(101).axes]
        self.assertEqual(shades, [0, 40, 80, 120, 160, 200])

    def test_a_short_episode_has_a_moment_for_each_picture(self):
        figure = self.figure_of(2)
        self.assertEqual(len(figure.axes), 2)
        self.assertIn("2 moments of an episode", figure.texts[1].get_text())

    def test_an_environment_without_anything_to_see_says_so(self):
        arguments = example_lives.write_life_run(self.path)
        with open(arguments[2], "w") as program:
            program.write("#!/bin/sh\necho 'cambrian: nothing to show' >&2\nexit 2\n")
        self.assert_refused(1, "nothing to show", *arguments, "--kind", "scene", "-o", os.path.join(self.folder, "scene.png"))


class Spectra(Drawn):
    def test_the_inverse_transform_is_orthonormal(self):
        for length in (1, 2, 7):
            waves = spectrum.inverse(length)
            np.testing.assert_allclose(waves.T @ waves, np.eye(length), atol=1e-12)

    def test_a_block_paints_what_the_formula_says(self):
        block, table = ({name: np.array(column) for name, column in one.items()} for one in example_lives.spectrum_tables())
        blocks = spectrum.blocks_of(block, table)
        self.assertEqual([b.name for b in blocks], ["weights of hidden layer 1", "biases of hidden layer 1", "weights and biases (last column) of motors"])
        self.assertEqual([b.axes for b in blocks], [(4, 5, 6), (4, 1), (2, 5)])
        painted = blocks[2].numbers()
        n, m = np.arange(2)[:, None], np.arange(5)[None, :]
        wave = lambda place, frequency, length: np.cos(np.pi * (2 * place + 1) * frequency / (2 * length))
        expected = 0.25 / np.sqrt(10) + wave(n, 1, 2) * np.sqrt(2 / 5) * wave(m, 1, 5) - np.sqrt(1 / 2) * np.sqrt(2 / 5) * wave(m, 3, 5)
        np.testing.assert_allclose(painted, expected, atol=1e-12)
        np.testing.assert_allclose((blocks[0].numbers() ** 2).sum(), 1 + 4 + 2.25 + 0.25)  # Parseval

    def test_each_block_has_two_panels_and_places_without_genes_are_empty(self):
        for genome in ("gene", "vector"):
            figure = self.figure(spectrum, example_lives.write_dct_run(self.path, genome))
            panels = {axes.get_title(): axes.images[0].get_array() for axes in figure.axes if axes.images and axes.get_title()}
            self.assertEqual(len(panels), 6)
            self.assertEqual(int(np.isfinite(panels["spectrum: weights and biases (last column) of motors"]).sum()), 3)
            self.assertEqual(panels["biases of hidden layer 1"].shape, (1, 4))
            axes = next(axes for axes in figure.axes if axes.get_title() == "spectrum: weights and biases (last column) of motors")
            self.assertEqual((axes.get_xlabel(), axes.get_ylabel()), ("frequency along sources", "frequency\nalong neurons"))
            self.assertEqual(panels["weights of hidden layer 1"].shape, (13, 11))  # 2 by 2 images, 5 across, 6 down
            self.assertIn("9 coefficients paint 134 numbers", figure.texts[1].get_text())


    def test_a_grid_lies_along_its_own_axes_the_first_across(self):
        block = block_of((3, 2, 5, 4), 2, {(1, 0, 0, 3): 2.0, (0, 0, 0, 0): 1.0})
        sheet = coefficient_panels.of_spectrum(block).picture  # 2 by 1 images of 1 by 4
        self.assertEqual(sheet.shape, (4, 3))
        self.assertEqual(np.argwhere(np.isfinite(sheet)).tolist(), [[0, 0], [3, 2]])
        numbers, page = block.numbers(), coefficient_panels.of_numbers(block)
        self.assertEqual(page.picture.shape, (2 * 4 + 1, 3 * 5 + 2))
        for neuron in ((0, 0), (2, 1)):
            left, top = neuron[0] * 6, neuron[1] * 5
            np.testing.assert_allclose(page.picture[top:top + 4, left:left + 5], numbers[neuron].T)

    def test_biases_of_a_grid_are_a_grid(self):
        panel = coefficient_panels.of_spectrum(block_of((3, 2, 1), 2, {(2, 1, 0): 5.0}))
        self.assertEqual((panel.picture.shape, panel.picture[1, 2], panel.square), ((2, 3), 5.0, True))

    def test_neurons_of_a_grid_are_an_image_per_source_where_sources_are_a_row(self):
        block = block_of((3, 2, 4), 2, {(1, 1, 1): 1.0})
        page = coefficient_panels.of_numbers(block)
        self.assertIn("an image per source", page.across)
        self.assertEqual(page.picture.shape, (2 * 2 + 1, 2 * 3 + 1))
        np.testing.assert_allclose(page.picture[:2, 4:], block.numbers()[:, :, 1].T)

    def test_of_many_neurons_some_are_shown_evenly_spread(self):
        row = coefficient_panels.of_numbers(block_of((800, 4, 4), 1, {(1, 0, 0): 1.0}))
        self.assertIn("(36 of 800, evenly spread)", row.across)
        self.assertEqual(row.picture.shape, (6 * 5 - 1,) * 2)
        grid = coefficient_panels.of_numbers(block_of((20, 40, 4, 4), 2, {(1, 0, 0, 0): 1.0}))
        self.assertIn("(12 × 12 of 20 × 40, evenly spread)", grid.across)
        line = coefficient_panels.of_spectrum(block_of((800, 1), 1, {(27, 0): 1.0}))
        self.assertEqual((line.picture.shape, line.across), ((1, 28), "frequency along neurons (the first 28 of 800)"))

    def test_many_blocks_stand_in_two_columns_on_a_page_of_limited_height(self):
        block, table = ({name: np.array(column) for name, column in one.items()} for one in example_lives.spectrum_tables())
        many = {name: np.concatenate([column] * 12) for name, column in block.items()} | {"block": np.arange(36)}
        arguments = example_lives.write_dct_run(self.path)
        with mock.patch.object(spectrum, "query", lambda path, _, name, *rest: table if name.endswith("spectrum") else many):
            figure = self.figure(spectrum, arguments)
        self.assertEqual(len([axes for axes in figure.axes if axes.images and axes.get_title()]), 2 * spectrum.MOST)
        self.assertIn("the first 24 of 36 arrays", figure.texts[1].get_text())
        self.assertLess(figure.get_size_inches()[1], spectrum.HIGHEST + 2)

    def test_the_mean_of_a_search_stands_in_for_the_best_elite(self):
        arguments = example_lives.write_dct_run(self.path, "vector")
        self.assert_refused(2, "--mean needs a run of real vectors", self.path, "--mean", "-o", self.folder)
        with h5py.File(self.path, "a") as file:
            file["checkpoint/algorithm/emitter_0/optimiser/mean"] = np.arange(4.0)
        folder = os.path.join(self.folder, "copy")
        os.makedirs(folder)
        run = mean.read(self.path, folder)
        with h5py.File(run.path, "r") as copy, h5py.File(self.path, "r") as file:
            self.assertEqual(copy["archive/genome/vector"][1].tolist(), [0, 1, 2, 3])  # the second is the best
            self.assertFalse(file["archive/genome/vector"][:].any())
        kept = []
        with mock.patch.dict(os.environ, {"CAMBRIAN": arguments[2]}), mock.patch.object(style, "save", lambda figure, path: kept.append(figure)):
            spectrum.draw(run, run.archive, None)
        self.assertIn("the mean of the search at its end", kept[0].texts[1].get_text())
        picture = os.path.join(self.folder, "mean.png")
        self.assertEqual(self.call(*arguments, "--mean", "--kind", "spectrum", "-o", picture)[:2], (0, [picture]))
        self.assert_refused(2, "has network, spectrum", *arguments, "--mean", "--kind", "heat_map", "-o", self.folder)


def block_of(axes, neuron_axes, coefficients):
    """@param coefficients  {frequencies: coefficient}"""
    block = spectrum.Block("weights", axes, neuron_axes)
    for at, value in coefficients.items():
        block.spectrum[at], block.held[at] = value, True
    return block


class Quadtrees(Drawn):
    def test_leaves_cover_the_plane_once_for_each_terminal(self):
        figure = self.figure(quadtree, example_lives.write_es_run(self.path))
        panels = [axes for axes in figure.axes if axes.get_title()]
        self.assertEqual([axes.get_title() for axes in panels], ["from eye 0", "from eye 1", "to arm"])
        for axes in panels:
            boxes = [path.get_extents() for path in axes.collections[0].get_paths()]
            self.assertEqual(len(boxes), 7)
            self.assertAlmostEqual(sum(box.width * box.height for box in boxes), 4.0)

    def test_ticks_of_neighbouring_panels_are_apart(self):
        figure = self.figure(quadtree, example_lives.write_es_run(self.path))
        figure.draw_without_rendering()
        panels = [axes for axes in figure.axes if axes.get_title()]
        for left, right in zip(panels, panels[1:]):
            last, first = left.get_xticklabels()[-1].get_window_extent(), right.get_xticklabels()[0].get_window_extent()
            self.assertGreater(first.x0 - last.x1, last.width)

    def test_only_its_own_encoding_has_one(self):
        example_genomes.write_cppn_run(self.path)
        self.assertFalse(quadtree.suits(read_run(self.path)))
        with h5py.File(self.path, "a") as file:
            file.attrs["encoding"] = "es_hyperneat"
        with mock.patch.object(quadtree, "find_program", lambda: "cambrian"):
            self.assertTrue(quadtree.suits(read_run(self.path)))


if __name__ == "__main__":
    unittest.main()
