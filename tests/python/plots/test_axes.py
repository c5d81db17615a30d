"""cambrian.plots: functions that draw into the caller's Axes."""

import os
import unittest

import example_genomes
import example_run
import matplotlib
from cambrian import plots
from in_folder import InFolder
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def new_axes():
    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.subplots()


class Axes(InFolder):
    def setUp(self):
        super().setUp()
        example_run.write_grid_run(self.path)

    def test_each_function_draws_into_the_axes_that_it_is_given_and_returns_them(self):
        for draw in (plots.heat_map, plots.scatter, plots.parallel, plots.objective):
            with self.subTest(draw.__name__):
                axes = new_axes()
                self.assertIs(draw(self.path, ax=axes), axes)
                self.assertTrue(axes.has_data())
                axes.figure.canvas.draw()

    def test_settings_of_matplotlib_stay_as_they_were(self):
        before = dict(matplotlib.rcParams)
        plots.heat_map(self.path, new_axes())
        plots.figure(self.path, "heat_map")
        self.assertEqual(dict(matplotlib.rcParams), before)

    def test_history_draws_one_column_of_labelled_groups(self):
        axes = plots.history({"a": self.path, "b": [self.path, self.path]}, "qd_score", new_axes())
        self.assertEqual([text.get_text() for text in axes.get_legend().get_texts()], ["a: 1 run", "b: 2 runs"])
        self.assertIn("QD score", axes.get_ylabel())

    def test_a_column_that_is_not_there_is_refused_with_those_that_are(self):
        with self.assertRaisesRegex(plots.PlotError, "column: 'nonsense'.*qd_score"):
            plots.history(self.path, "nonsense", new_axes())

    def test_a_graph_is_drawn_of_the_elite_that_is_named(self):
        example_genomes.write_cppn_run(self.path)
        self.assertTrue(plots.graph(self.path, ax=new_axes()).has_data())

    def test_a_whole_figure_is_what_the_program_draws(self):
        figure = plots.figure(self.path, "heat_map")
        self.assertIn("evaluations", "".join(text.get_text() for text in figure.texts))
        with self.assertRaisesRegex(plots.PlotError, "kind 'graph' does not suit this run; it has .*heat_map"):
            plots.figure(self.path, "graph")
        self.assertIn("heat_map", plots.kinds(self.path))

    def test_what_cannot_be_drawn_is_one_line(self):
        for draw, word in ((plots.maze, "no maze"), (plots.graph, "not graphs"), (plots.network, "no networks")):
            with self.subTest(draw.__name__), self.assertRaisesRegex(plots.PlotError, word) as caught:
                draw(self.path, ax=new_axes())
            self.assertNotIn("\n", str(caught.exception))
        with self.assertRaisesRegex(plots.PlotError, "no such file"):
            plots.heat_map(os.path.join(self.folder, "none.h5"), new_axes())


if __name__ == "__main__":
    unittest.main()
