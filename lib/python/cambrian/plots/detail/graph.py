"""A genome as its graph: inputs below, outputs above, what lies between by the longest path from the inputs."""

import numpy as np

from . import graph_layout, names, style, titles, wires
from .cppn import input_names, is_cppn, output_names
from .genome import BIAS, FUNCTIONS, HIDDEN, INPUT, OUTPUT, read_genome

FILLS = {INPUT: "#ffffff", BIAS: "#ffffff", HIDDEN: "#f3f3f3", OUTPUT: "#dcdcdc"}
SHORT = {"identity": "x", "bipolar_sigmoid": "sigmoid ±", "gaussian": "Gauss", "absolute": "|x|", "sine": "sine",
         "steep_sigmoid": "sigmoid", "neat_sigmoid": "sigmoid", "plain_sine": "sine", "plain_gaussian": "Gauss", "square": "x²"}


def names_of(run, genome):
    """Texts at the nodes: what goes in and out, and the function of each node between."""
    texts = [SHORT.get(FUNCTIONS[a][0], FUNCTIONS[a][0]) for a in genome.activation]
    inputs, outputs = genome.nodes_of(INPUT), genome.nodes_of(OUTPUT)
    into = input_names(run, len(inputs)) if is_cppn(run) else None
    into = into or terminal_names(run.sensor_names, len(inputs), "sensor")
    out = output_names(run, len(outputs)) if is_cppn(run) else terminal_names(run.motor_names, len(outputs), "motor")
    for row, text in zip(inputs, into):
        texts[row] = text
    for row in genome.nodes_of(BIAS):
        texts[row] = "bias"
    for i, row in enumerate(outputs):
        texts[row] = f"{out[i]}\n({texts[row]})".replace("modulatory bias", "modulatory\nbias").replace("time constant", "time\nconstant")
    return texts


def terminal_names(names, count, word):
    """A line a word, so that they stand side by side; numbered where the run file does not name them."""
    if len(names) != count:
        names = [f"{word} {i}" for i in range(count)]
    return [name.replace(" ", "\n").replace("-", "\u2212") for name in names]


def layout(genome):
    """[nodes, 2] in [-1, 1] by [0, 1]."""
    first = np.concatenate([genome.nodes_of(INPUT), genome.nodes_of(BIAS)])
    source, target = genome.source.astype(int), genome.target.astype(int)
    depth = graph_layout.layers(len(genome.kind), source, target, first, genome.nodes_of(OUTPUT))
    x = graph_layout.ordered(depth, source, target, np.concatenate([first, genome.nodes_of(OUTPUT)]))
    y = depth / max(depth.max(), 1)
    # Nodes of a layer by turns a little higher and lower, so that links along a straight line are seen.
    for layer in range(1, depth.max()):
        row = np.flatnonzero(depth == layer)
        row = row[np.argsort(x[row])]
        x[row] = 0.85 * x[row] + 0.06 * (-1) ** layer
        if len(row) > 3:
            y[row[1::2]] += 0.28 / depth.max()
    return np.column_stack([x, y])


def draw(run, archive, path, wanted=None):
    genome = read_genome(run.path, wanted)
    figure, axes = style.new_figure(9.2, 8.2)
    put_elite_title(figure, run, genome, archive, paint(axes, run, genome))
    style.save(figure, path)


def paint(axes, run, genome):
    """-> a note on what is seen."""
    places = layout(genome)
    limit = wires.limit_of(genome.weight)
    wires.draw_links(axes, places, genome.source, genome.target, genome.weight, genome.enabled, limit=limit)
    hidden = genome.nodes_of(HIDDEN)
    many = len(genome.kind) > 60
    alike = len(hidden) > 1 and len(np.unique(genome.activation[hidden])) == 1
    texts = names_of(run, genome)
    for row, (place, text) in enumerate(zip(places, texts)):
        kind = genome.kind[row]
        axes.plot(*place, marker="s" if kind in (INPUT, BIAS) else "o", markersize=9 if many else 16, color=FILLS[kind],
                  markeredgecolor=style.INK, markeredgewidth=1.2, zorder=3)
        if (many or alike) and kind == HIDDEN:
            continue
        below = kind in (INPUT, BIAS)
        lift = {INPUT: -14, BIAS: -14, OUTPUT: 14}.get(kind, 0)
        axes.annotate(text, place, xytext=(0 if lift else 12, lift), textcoords="offset points", zorder=4, fontsize=12,
                      ha="center" if lift else "left", va="top" if below else "bottom" if lift else "center",
                      bbox={"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.5})
    axes.set_xlim(-1.12, 1.12)
    axes.set_ylim(-0.1, 1.12)
    axes.axis("off")
    wires.weight_bar(axes.figure, axes, limit)
    off = int(np.count_nonzero(genome.enabled == 0))
    note = f"{style.how_many(len(hidden), 'hidden node')}{f' ({texts[hidden[0]]})' if alike else ''}, {style.how_many(len(genome.weight), 'link')}"
    return note + (f", {off} of them disabled (dashed)" if off else "")


def put_elite_title(figure, run, genome, archive, note, legend=None):
    objective = archive.objective_name.replace("_", " ")
    unit = f" {archive.objective_unit}" if archive.objective_unit else ""
    who = run.genome_name or f"elite {genome.id} · {objective} {style.compact(genome.objective)}{unit}"
    titles.put_lines(figure, names.run_title(run), [who, *note.splitlines()],
                     legend, columns=len(legend[0]) if legend else 1)
