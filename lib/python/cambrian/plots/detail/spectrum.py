"""The cosine coefficients of a genome, and beside them the numbers of links that they paint: for each block of the network (a layer's
links, or its biases) two panels, as coefficient_panels.py lays them out."""

import textwrap

import numpy as np

from . import coefficient_panels, style, wires
from .genome import elite_of
from .graph import put_elite_title
from .network import find_program, query

FEW = 6  # blocks that are below each other; more are in two columns
MOST = 24  # blocks
HIGHEST = 18.0  # inches of all panels
WHAT = {"weight": "weights", "rate": "learning rates", "modulates": "modulation", "time_constant": "time constants",
        "modulatory_bias": "modulatory biases"}


def suits(run):
    return run.attributes.get("encoding") == "dct" and run.genomes in ("vector", "ragged") and find_program() is not None


class Block:
    """One array of coefficients. @param axes  its lengths, the neurons' first"""

    def __init__(self, name, axes, neuron_axes):
        self.name = name
        self.axes = axes
        self.neuron_axes = neuron_axes
        self.spectrum = np.zeros(axes)
        self.held = np.zeros(axes, dtype=bool)  # where there is a gene

    def numbers(self):
        """What the spectrum paints: the orthonormal inverse cosine transform along each axis."""
        values = self.spectrum
        for axis, length in enumerate(self.axes):
            values = np.moveaxis(np.tensordot(inverse(length), values, axes=(1, axis)), 0, axis)
        return values


def inverse(length):
    """[place, frequency]: the orthonormal inverse of the cosine transform (DCT-III)."""
    place, frequency = np.arange(length)[:, None], np.arange(length)[None, :]
    scale = np.where(frequency == 0, np.sqrt(1 / length), np.sqrt(2 / length))
    return scale * np.cos(np.pi * (2 * place + 1) * frequency / (2 * length))


def blocks_of(table, spectrum):
    """@param table, spectrum  network/block and network/spectrum"""
    lengths = np.column_stack([table[name] for name in table if name.startswith("length_")]).astype(int)
    places = np.column_stack([spectrum[name] for name in spectrum if name.startswith("frequency_")]).astype(int)
    top = int(table["layer"].max())
    blocks = []
    for row, axes in enumerate(lengths):
        first, what = int(table["first_column"][row]), WHAT.get(str(table["number"][row]), str(table["number"][row]))
        layer = int(table["layer"][row])
        split = np.count_nonzero((table["layer"] == layer) & (table["number"] == table["number"][row])) > 1
        tail = int(np.max(table["first_column"][(table["layer"] == layer) & (table["number"] == table["number"][row])]))
        if what == "weights":
            what = "weights and biases (last column)" if not split else "biases" if first == tail else what
        name = f"{what} of {'motors' if layer == top else f'hidden layer {layer}'}"
        block = Block(name, tuple(axes[axes > 0]), int(table["neuron_axes"][row]))
        mine = spectrum["block"] == row
        at = tuple(places[mine][:, : len(block.axes)].T)
        block.spectrum[at], block.held[at] = spectrum["coefficient"][mine], True
        blocks.append(block)
    return blocks


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    table, spectrum = (query(run.path, "--table", f"network/{name}", "--id", str(elite.id)) for name in ("block", "spectrum"))
    blocks = blocks_of(table, spectrum)
    shown = blocks[:MOST]
    across = 1 if len(shown) <= FEW else 2
    width = 5.4 if across == 1 else 2.9  # inches of a panel
    pairs = [(coefficient_panels.of_spectrum(block), coefficient_panels.of_numbers(block)) for block in shown]
    heights = [max(panel.height(width) for pair in pairs[i:i + across] for panel in pair) for i in range(0, len(pairs), across)]
    heights = [height * min(1.0, HIGHEST / sum(heights)) for height in heights]
    figure, grid = style.new_figure(14.5 if across == 1 else 17.0, sum(heights) + 1.5, nrows=len(heights), ncols=2 * across, squeeze=False,
                                    height_ratios=heights)
    for axes in grid.flat[2 * len(shown):]:
        axes.set_visible(False)
    for i, (block, (left, right)) in enumerate(zip(shown, pairs)):
        show(figure, grid.flat[2 * i], left, f"spectrum: {block.name}", "coefficient", width)
        show(figure, grid.flat[2 * i + 1], right, block.name, "value", width)
    genes, painted = len(spectrum["block"]), sum(block.spectrum.size for block in blocks)
    cut = f"; the first {MOST} of {len(blocks)} arrays" if len(shown) < len(blocks) else ""
    note = f"{style.how_many(genes, 'coefficient')} paint {painted:,} numbers of links ({painted / max(genes, 1):.3g} times as many){cut}"
    put_elite_title(figure, run, elite, archive, note)
    style.save(figure, path)


def lines_of(title, letters):
    """A layer's number is not alone in a line."""
    return textwrap.fill(title.replace("layer ", "layer\0"), letters).replace("\0", " ")


def show(figure, axes, panel, title, label, width):
    """@param width  of the panel, inches"""
    limit = float(np.nanmax(np.abs(panel.picture), initial=0.0)) or 1.0
    mapped = axes.imshow(panel.picture, cmap=wires.WEIGHTS, vmin=-limit, vmax=limit, interpolation="nearest",
                         aspect="equal" if panel.square else "auto")
    narrow = width < 5
    axes.set_xlabel(panel.across, fontsize=12 if narrow else 13)
    axes.set_ylabel(panel.down, fontsize=12 if narrow else 13)
    for axis, length in ((axes.xaxis, panel.picture.shape[1]), (axes.yaxis, panel.picture.shape[0])):
        if panel.is_sheet or length == 1:
            axis.set_ticks([])
        else:
            style.counts(axis)
    axes.set_title(lines_of(title, int(10 * width)), fontsize=13 if narrow else 14, color=style.INK, pad=9)
    style.colour_bar(figure, mapped, axes, label)
