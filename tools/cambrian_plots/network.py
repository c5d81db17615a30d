"""The network that an elite's genome makes, on its substrate: neurons where they sit, links coloured by weight."""

import numpy as np

from . import style, wires
from .genome import HIDDEN, INPUT, OUTPUT, elite_of
from .graph import put_elite_title, terminal_names
from .program import find_program, query

MOST_NAMES = 40  # terminals of a side that are named
MOST_IN_A_LINE = 7  # names of one row that have room without breaking them


def suits(run):
    """Whether the run has networks other than its graphs, and the program is there to decode them."""
    encoding = str(run.attributes.get("encoding", "none"))
    decodes = encoding not in ("", "none", "direct_graph") and "config" in run.attributes and run.genomes
    return bool(decodes) and find_program() is not None


def places_of(nodes):
    """[nodes, 2]: the substrate's places, or, of a network without any, its layers from below upward."""
    if "x" in nodes:
        return np.column_stack([nodes["x"], nodes["y"]]), True
    places = np.empty((len(nodes["layer"]), 2))
    top = max(nodes["layer"].max(), 1)
    for layer in np.unique(nodes["layer"]):
        row = np.flatnonzero(nodes["layer"] == layer)
        places[row] = np.column_stack([np.linspace(-1, 1, len(row)) if len(row) > 1 else [0.0], np.full(len(row), -1 + 2 * layer / top)])
    return places, False


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    options = ("--id", str(elite.id))
    nodes = query(run.path, "--table", "network/node", *options)
    links = query(run.path, "--table", "network/edge", *options)
    places, on_substrate = places_of(nodes)
    figure, axes = style.new_figure(9.2, 8.4)
    weight = links["weight"]
    neurons = nodes["kind"] >= HIDDEN
    limit = max(wires.limit_of(weight), wires.limit_of(nodes["bias"][neurons]))
    wires.draw_links(axes, places, links["source"].astype(int), links["target"].astype(int), weight, arrows=False, limit=limit)
    for kind, marker in ((INPUT, "s"), (HIDDEN, "o"), (OUTPUT, "D")):
        rows = nodes["kind"] == kind
        face = wires.WEIGHTS(0.5 + 0.5 * nodes["bias"][rows] / limit) if kind != INPUT else np.ones((rows.sum(), 4))
        axes.scatter(*places[rows].T, s=190 if len(neurons) < 80 else 60, c=face, marker=marker, edgecolors=style.INK,
                     linewidths=1.2, zorder=3, label={INPUT: "sensor", HIDDEN: "hidden neuron", OUTPUT: "motor"}[kind])
    name_terminals(axes, run, places, nodes["kind"])
    finish(figure, axes, on_substrate, limit)
    drawn = f", the strongest {wires.MOST:,} drawn" if len(weight) > wires.MOST else ""
    put_elite_title(figure, run, elite, archive, f"{style.how_many(int(neurons.sum()), 'neuron')}, coloured by bias; "
                                                 f"{style.how_many(len(weight), 'link')}, by weight{drawn}")
    style.save(figure, path)


def name_terminals(axes, run, places, kinds):
    """Sensors are named below, motors above, where the run file names them and there is room."""
    for kind, names, lift in ((INPUT, run.sensor_names, -11), (OUTPUT, run.motor_names, 11)):
        rows = np.flatnonzero(kinds == kind)
        if len(rows) != len(names) or len(rows) > MOST_NAMES:
            continue
        for place, text in zip(places[rows], terminal_names(names, len(rows), "")):
            if np.count_nonzero(places[rows, 1] == place[1]) <= MOST_IN_A_LINE:
                text = text.replace("\n", " ")
            axes.annotate(text, place, xytext=(0, lift), textcoords="offset points", ha="center", va="top" if lift < 0 else "bottom",
                          fontsize=11, linespacing=0.95, zorder=4, bbox={"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.3})


def finish(figure, axes, on_substrate, limit):
    axes.margins(0.08, 0.11)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1 if on_substrate else -0.02), ncol=3, handletextpad=0.2, fontsize=13)
    if on_substrate:
        axes.set_xlabel("x on the substrate")
        axes.set_ylabel("y on the substrate")
    else:
        axes.axis("off")
    wires.weight_bar(figure, axes, limit, "weight, bias")
