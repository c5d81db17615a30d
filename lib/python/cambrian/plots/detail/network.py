"""The network that an elite's genome makes, on its substrate: neurons where they sit, links coloured by weight."""

import numpy as np
from matplotlib.lines import Line2D

from . import flat, grids, labels, sheets, style, wires
from .genome import HIDDEN, INPUT, KIND_NAMES, OUTPUT, elite_of
from .graph import put_elite_title
from .program import find_program, query

MOST_NAMES = 40  # terminals of a side that are named
MOST_IN_A_ROW = 12  # of them, where they lie in one
MOST_LINKS = 300  # from a layer that can be told apart; of more, the strongest
APART = 20.0  # times; colours of layers whose largest weights are further apart are their own
KINDS = ((INPUT, "s", "sensor"), (HIDDEN, "o", "hidden neuron"), (OUTPUT, "D", "motor"))


def suits(run):
    """Whether the run has networks other than its graphs, and the program is there to decode them."""
    encoding = str(run.attributes.get("encoding", "none"))
    decodes = encoding not in ("", "none", "direct_graph") and "config" in run.attributes and run.genomes
    return bool(decodes) and find_program() is not None


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    nodes, links = read(run, elite)
    nodes, links, label = in_view(nodes, links)
    limit = limit_of(nodes, links)
    figure, axes = style.new_figure(9.2, 9.4)
    names = paint(axes, run, nodes, links, limit)
    wires.weight_bar(figure, axes, limit, label)
    neurons = nodes["kind"] >= HIDDEN
    bent = "; links bend to the left of their way" if "x" in nodes and flat.suits(nodes) else ""
    note = f"{style.how_many(int(neurons.sum()), 'neuron')}, {style.how_many(len(links['weight']), 'link')}{cut_note(nodes, links)}{bent}"
    put_elite_title(figure, run, elite, archive, note, legend_of(nodes, links))
    labels.put(figure, axes, *names)
    style.save(figure, path)


def read(run, elite, *options):
    """-> (nodes, with places where the program or a grid gives them, links whose weight is not 0). @param options  further ones of `cambrian query`"""
    nodes, links = (query(run.path, "--table", f"network/{table}", "--id", str(elite.id), *options) for table in ("node", "edge"))
    nodes["kind"] = np.array([KIND_NAMES.index(kind) for kind in nodes["kind"]])
    found = grids.places_of(run, nodes) if "x" not in nodes else None
    if found:
        (nodes["x"], nodes["y"]), nodes["line"] = found[0].T, found[1]
    expressed = links["weight"] != 0
    return nodes, {name: column[expressed] for name, column in links.items()}


def in_view(nodes, links):
    """-> (nodes, links, what their colours are): weights and biases as shares of the largest in their layer where weights of layers are so
    far apart that some would be invisible."""
    sets = ((links["weight"], nodes["layer"][links["target"].astype(int)]), (nodes["bias"], nodes["layer"]))
    largest = [{level: np.max(np.abs(values[layer == level])) for level in np.unique(layer)} for values, layer in sets]
    above_0 = [value for value in largest[0].values() if value > 0]
    if not above_0 or max(above_0) < APART * min(above_0):
        return nodes, links, "weight of a link, bias of a neuron"
    weight, bias = (values / np.array([each[level] or 1.0 for level in layer]) for (values, layer), each in zip(sets, largest))
    return nodes | {"bias": bias}, links | {"weight": weight}, "weight or bias, over the largest in its layer"


def limit_of(nodes, links):
    neurons = nodes["kind"] >= HIDDEN
    return max(wires.limit_of(links["weight"]), wires.limit_of(nodes["bias"][neurons])) or 1.0


def paint(axes, run, nodes, links, limit):
    """-> what labels.put needs of the names."""
    axes.axis("off")
    links = strongest(nodes, links)
    if "x" not in nodes:
        return draw_rows(axes, run, nodes, links, limit)
    return (draw_flat if flat.suits(nodes) else draw_sheets)(axes, run, nodes, links, limit)


def strongest(nodes, links):
    """Of each layer no more links than can be told apart."""
    layer = nodes["layer"][links["source"].astype(int)]
    kept = [rows[wires.strongest(links["weight"][rows], MOST_LINKS)] for rows in (np.flatnonzero(layer == level) for level in np.unique(layer))]
    rows = np.sort(np.concatenate(kept)) if kept else slice(None)
    return {name: column[rows] for name, column in links.items()}


def cut_note(nodes, links):
    """What the reader is told of links that are not drawn."""
    drawn = len(strongest(nodes, links)["weight"])
    return f", of each layer the strongest {MOST_LINKS:,} drawn" if drawn < len(links["weight"]) else ""


def legend_of(nodes, links):
    """What the marks and the two colours of links are."""
    present = [(marker, text) for kind, marker, text in KINDS if (nodes["kind"] == kind).any()]
    handles = [Line2D([], [], linestyle="none", marker=marker, markersize=11, markerfacecolor="white", markeredgecolor=style.INK)
               for marker, _ in present]
    texts = [text for _, text in present]
    for sign in (-1, 1) if len(links["weight"]) else ():
        handles.append(Line2D([], [], linewidth=3.2, color=wires.WEIGHTS(0.5 + 0.5 * sign)))
        texts.append("weight below 0" if sign < 0 else "above 0")
    return handles, texts


def draw_neurons(axes, places, nodes, rows, limit, order):
    """@param rows  of one layer"""
    for kind, marker, _ in KINDS:
        some = rows[nodes["kind"][rows] == kind]
        face = wires.WEIGHTS(0.5 + 0.5 * nodes["bias"][some] / limit) if kind != INPUT else np.ones((len(some), 4))
        size, edge = (170, 1.2) if len(nodes["kind"]) < 80 else (50, 1.2) if len(rows) < 200 else (6, 0.2)
        axes.scatter(*places[some].T, s=size, c=face, marker=marker, edgecolors=style.INK, linewidths=edge, zorder=order)


def draw_flat(axes, run, nodes, links, limit):
    """The whole plane from above: hidden neurons are wherever they were found."""
    places = np.column_stack([nodes["x"], nodes["y"]])
    flat.draw_frame(axes, places)
    flat.draw_links(axes, places, links["source"].astype(int), links["target"].astype(int), links["weight"], limit)
    draw_neurons(axes, places, nodes, np.arange(len(places)), limit, order=4)
    return named_terminals(run, places, nodes["kind"], places)


def draw_sheets(axes, run, nodes, links, limit):
    """A sheet for each layer, from the sensors below to the motors above."""
    on_substrate = np.column_stack([nodes[axis] for axis in "xyz" if axis in nodes])
    stack = sheets.Sheets(on_substrate, nodes["layer"])
    page = np.empty((len(on_substrate), 2))
    for level in stack.levels:
        rows = nodes["layer"] == level
        page[rows] = stack.page(on_substrate[rows], level)
    source, target = links["source"].astype(int), links["target"].astype(int)
    for i, level in enumerate(stack.levels):
        rows = np.flatnonzero(nodes["layer"] == level)
        line = nodes["line"][rows[0]] if "line" in nodes else 0
        stack.draw(axes, level, name_of_layer(nodes["kind"][rows]) + (f",\nlines of {line}" if line else ""), order=10 * i)
        into = nodes["layer"][source] == level
        sheets.draw_links(axes, page, source[into], target[into], links["weight"][into], limit, order=10 * i + 2)
        draw_neurons(axes, page, nodes, rows, limit, order=10 * i + 4)
    stack.label_axes(axes, stack.levels[0])
    stack.set_limits(axes)
    return named_terminals(run, page, nodes["kind"], on_substrate[:, :2])


def name_of_layer(kinds):
    return {INPUT: "sensors", HIDDEN: "hidden", OUTPUT: "motors"}[int(kinds.max())]


def named_terminals(run, page, kinds, places, most=MOST_NAMES):
    """-> (page [named, 2], away [named, 2], texts, others [rest, 2]): what labels.put needs of terminals that the run file names
    and of whose layer there are not too many; away points out of the middle of the layer."""
    rows, away, texts = [], [np.empty((0, 2))], []
    for kind, names in ((INPUT, run.sensor_names), (OUTPUT, run.motor_names)):
        some = np.flatnonzero(kinds == kind)
        if len(some) == len(names) <= most:
            rows += some.tolist()
            away.append(places[some] - (places[some].mean(axis=0) if len(some) > 2 else 0))
            texts += [name.replace("-", "\u2212") for name in names]
    return page[rows], np.concatenate(away), texts, np.delete(page, rows, axis=0)


def rows_of(nodes):
    """[nodes, 2]: a network without places lies in its layers, from below upward."""
    places = np.empty((len(nodes["layer"]), 2))
    top = max(nodes["layer"].max(), 1)
    for layer in np.unique(nodes["layer"]):
        row = np.flatnonzero(nodes["layer"] == layer)
        places[row] = np.column_stack([np.linspace(-1, 1, len(row)) if len(row) > 1 else [0.0], np.full(len(row), -1 + 2 * layer / top)])
    return places


def draw_rows(axes, run, nodes, links, limit):
    places = rows_of(nodes)
    wires.draw_links(axes, places, links["source"].astype(int), links["target"].astype(int), links["weight"], arrows=False, limit=limit)
    draw_neurons(axes, places, nodes, np.arange(len(places)), limit, order=3)
    axes.margins(0.08, 0.11)
    axes.set_axis_off()
    outward = np.column_stack([np.zeros(len(places)), np.where(nodes["kind"] == INPUT, -1.0, 1.0)])
    return named_terminals(run, places, nodes["kind"], outward, MOST_IN_A_ROW)
