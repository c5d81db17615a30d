"""The names of the pictures and what each shows; apart from what draws them, so that --help is quick."""

import os

_TOP = os.path.normpath(os.path.join(os.path.dirname(os.path.realpath(__file__)), "../../../../.."))
CHECKOUT = _TOP if os.path.isfile(os.path.join(_TOP, "tools/plot")) else None  # None: this was installed
# What users call this: by the checkout's script, or by the installed one.
NAME = "tools/plot" if CHECKOUT else "cambrian-plot"

# Kind: what it shows, as --help says it.
KINDS = {
    "heat_map": "the illumination map: a grid of 1 to 6 dimensions (nested beyond 2), sliding boundaries, or the regions of a CVT archive",
    "scatter": "an archive without a grid, each elite at its descriptor",
    "parallel": "every elite as a line across its measures and objective (by default from 3 measures on)",
    "driver": "the search archive, where the result archive is a separate one",
    "maze": "the maze with every elite's end point; for several runs a panel for each file and folder",
    "objective": "histogram and cumulative distribution of the elites' objective; for several runs median and quartiles",
    "history": "coverage, QD score, objective... over evaluations; for several runs the median and quartiles",
    "graph": "a graph genome: nodes with their functions, links by weight, disabled ones dashed",
    "pattern": "what a CPPN paints: the weight of links between the places of a substrate of 1 to 3 dimensions, or its outputs over a plane",
    "network": "the network on its substrate, a sheet for each layer, or the plane of ES-HyperNEAT (asks the program `cambrian` to decode it)",
    "lived": "the network before and after a life, where it learns, and each weight before and after (asks `cambrian`, which lives it)",
    "spectrum": "of dct: the cosine coefficients, and beside them the weights that they paint (asks `cambrian`)",
    "quadtree": "of ES-HyperNEAT: the cells in which links of each sensor and motor are looked for (asks `cambrian`)",
    "life": "what happens in a life, trial by trial or step by step: a learning curve, where there are trials, or the guesses of each; of one step its picture (asks `cambrian replay`)",
    "scene": "six moments of an episode, as `cambrian replay` films it: robots in their mazes, poles, arms (asks `cambrian replay`)",
}
OF_ELITES = ("graph", "pattern", "network", "lived", "spectrum", "quadtree", "life", "scene")
OF_MANY = ("maze", "objective", "history")
COLOURED = ("scatter", "parallel", "driver", "maze")
