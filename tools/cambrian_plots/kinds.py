"""The names of the pictures and what each shows; apart from what draws them, so that --help is quick."""

import os

# What users call this: by the checkout's script, or by the installed one.
NAME = "tools/plot" if os.path.basename(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) == "tools" else "cambrian-plot"

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
    "pattern": "what a CPPN paints",
    "network": "the network on its substrate, a sheet for each layer (asks the program `cambrian` to decode it)",
}
OF_ELITES = ("graph", "pattern", "network")
OF_MANY = ("maze", "objective", "history")
COLOURED = ("scatter", "parallel", "driver", "maze")
