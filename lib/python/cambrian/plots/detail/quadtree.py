"""Where ES-HyperNEAT looks for links: the plane, divided where the CPPN's pattern varies, once for each sensor and motor. Leaves are
coloured by their value; a ring marks the given neuron."""

import numpy as np
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from . import style, wires
from .genome import elite_of
from .graph import put_elite_title
from .network import find_program, query

MOST = 24  # trees
ACROSS = 4


def suits(run):
    return run.attributes.get("encoding") == "es_hyperneat" and bool(run.genomes) and find_program() is not None


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    cells, nodes = (query(run.path, "--table", f"network/{table}", "--id", str(elite.id)) for table in ("quadtree", "node"))
    owners = np.unique(cells["node"]).astype(int)
    shown = owners[:MOST] if len(owners) > MOST else owners
    limit = wires.limit_of(cells["value"]) or 1.0
    across = min(ACROSS, len(shown))
    rows = -(-len(shown) // across)
    figure, grid = style.new_figure(max(3.3 * across + 1.3, 7.5), 3.6 * rows + 1.7, nrows=rows, ncols=across, sharex=True, sharey=True, squeeze=False)
    names = [*run.sensor_names, *run.motor_names]
    for axes in grid.flat[len(shown):]:
        axes.set_visible(False)
    for axes, node in zip(grid.flat, shown):
        mine = {name: column[cells["node"] == node] for name, column in cells.items()}
        way = "to" if nodes["kind"][node] == "output" else "from"
        draw_tree(axes, mine, limit)
        axes.plot(nodes["x"][node], nodes["y"][node], marker="o", markersize=11, color="white", markeredgecolor=style.INK, markeredgewidth=1.5,
                  clip_on=False, zorder=5)
        axes.set_title(f"{way} {names[node] if node < len(names) else f'neuron {node}'}".replace("-", "−"), fontsize=14, color=style.INK, pad=9)
    style.colour_bar(figure, style.scale([0], wires.WEIGHTS, -limit, limit), list(grid.flat), "value of a cell")
    leaves = int(np.count_nonzero(cells["leaf"]))
    cut = f" (the first {MOST} of {len(owners)})" if len(shown) < len(owners) else ""
    note = f"quadtrees of sensors and motors{cut}: {leaves:,} leaves, at most {int(cells['depth'].max())} levels deep"
    put_elite_title(figure, run, elite, archive, note)
    figure.get_layout_engine().set(w_pad=0.16)  # ticks of neighbours are apart
    style.save(figure, path)


def draw_tree(axes, cells, limit):
    leaf = cells["leaf"] != 0
    half = 0.5 ** cells["depth"][leaf]
    squares = [Rectangle((x - h, y - h), 2 * h, 2 * h) for x, y, h in zip(cells["x"][leaf], cells["y"][leaf], half)]
    axes.add_collection(PatchCollection(squares, facecolors=wires.WEIGHTS(0.5 + 0.5 * cells["value"][leaf] / limit), edgecolors=style.INK,
                                        linewidths=0.6))
    axes.set_aspect("equal")
    axes.set_xlim(-1.02, 1.02)
    axes.set_ylim(-1.02, 1.02)
    axes.set_xticks((-1, 0, 1), ("−1", "0", "1"))
    axes.set_yticks((-1, 0, 1), ("−1", "0", "1"))
    axes.tick_params(pad=8)
