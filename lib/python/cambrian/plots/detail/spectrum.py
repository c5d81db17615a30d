"""The cosine coefficients of a genome, and beside them the numbers of links that they paint: for each block of the network (a layer's
links, or its biases) two panels. Where neurons or sources form a grid, the array is shown as a sheet of images: an image per neuron,
a pixel per source; an image of its spectrum per frequency along the neurons."""

import numpy as np

from . import style, wires
from .genome import elite_of
from .graph import put_elite_title
from .network import find_program, query

MOST_IMAGES = 64  # of a sheet
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
    figure, grid = style.new_figure(14.5, sum(map(height_of, blocks)) + 1.5, nrows=len(blocks), ncols=2, squeeze=False,
                                    height_ratios=[height_of(block) for block in blocks])
    for (left, right), block in zip(grid, blocks):
        show(figure, left, block, block.spectrum, block.held, True)
        show(figure, right, block, block.numbers(), None, False)
    genes, painted = len(spectrum["block"]), sum(block.spectrum.size for block in blocks)
    note = f"{style.how_many(genes, 'coefficient')} paint {painted:,} numbers of links ({painted / max(genes, 1):.3g} times as many)"
    put_elite_title(figure, run, elite, archive, note)
    style.save(figure, path)


def height_of(block):
    if is_sheet(block):
        return 6.6
    rows = int(np.prod(block.axes[: block.neuron_axes]))
    columns = block.spectrum.size // rows
    if columns == 1:
        return 1.7
    return float(np.clip(5.2 * rows / columns, 1.5, 5.0)) + 1.0


def is_sheet(block):
    """Whether it has more than two axes, so that it is shown as images."""
    return len([n for n in block.axes if n > 1]) > 2


def show(figure, axes, block, values, held, is_spectrum):
    """@param held  where the genome has coefficients: elsewhere the panel is white; None: everywhere"""
    limit = float(np.max(np.abs(values))) or 1.0
    values = values if held is None else np.where(held, values, np.nan)
    if is_sheet(block):
        picture, label = sheet_of(block, values, is_spectrum)
    else:
        rows = int(np.prod(block.axes[: block.neuron_axes]))
        picture = values.reshape(rows, -1)
        label = ("frequency along sources", "frequency\nalong neurons") if is_spectrum else ("source", "neuron")
        if picture.shape[1] == 1:  # a line, drawn level
            picture, label = picture.T, ("frequency along neurons" if is_spectrum else "neuron", "")
    mapped = axes.imshow(picture, cmap=wires.WEIGHTS, vmin=-limit, vmax=limit, interpolation="nearest", aspect="auto")
    axes.set_xlabel(label[0], fontsize=13)
    axes.set_ylabel(label[1], fontsize=13)
    if is_sheet(block):
        axes.set_aspect("equal")
        axes.set_xticks([])
        axes.set_yticks([])
    else:
        style.counts(axes.xaxis)
        style.counts(axes.yaxis)
    if picture.shape[0] == 1:
        axes.set_yticks([])
    axes.set_title(f"spectrum: {block.name}" if is_spectrum else block.name, fontsize=14, color=style.INK, pad=9)
    style.colour_bar(figure, mapped, axes, "coefficient" if is_spectrum else "value")


def sheet_of(block, values, is_spectrum):
    """-> (images side by side, their labels): an image of the sources per place (or frequency) along the neurons. Frequencies that no
    image or pixel has are cut off."""
    neurons = int(np.prod(block.axes[: block.neuron_axes]))
    sources = block.axes[block.neuron_axes:]
    high = sources[0] if len(sources) > 1 else 1
    images = values.reshape(neurons, high, -1)
    if is_spectrum:
        known = ~np.isnan(images)
        last = [int(np.flatnonzero(known.any(axis=tuple(a for a in range(3) if a != axis)))[-1]) + 1 if known.any() else 1 for axis in range(3)]
        images = images[: last[0], : last[1], : last[2]]
    count = min(len(images), MOST_IMAGES)
    across = int(np.ceil(np.sqrt(count)))
    down = -(-count // across)
    gap = max(1, images.shape[1] // 10)
    page = np.full((down * (images.shape[1] + gap) - gap, across * (images.shape[2] + gap) - gap), np.nan)
    for i in range(count):
        top, left = (i // across) * (images.shape[1] + gap), (i % across) * (images.shape[2] + gap)
        page[top:top + images.shape[1], left:left + images.shape[2]] = images[i]
    cut = f" (the first {count} of {len(images)})" if count < len(images) else ""
    size = f"{images.shape[1]} × {images.shape[2]}"
    return page, ((f"an image per frequency of neurons{cut}, {size} of sources", "") if is_spectrum
                  else (f"an image per neuron{cut}, a pixel per source ({size})", ""))
