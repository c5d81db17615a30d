"""How an array of cosine coefficients, or of the numbers that it paints, lies on the page: as a matrix of neurons by sources; where neurons
or sources form a grid, as a sheet of images. The first axis of a grid (x of the sensors and motors) is across, the second down."""

from typing import NamedTuple

import numpy as np

MOST_IMAGES = 36  # of a sheet, where what they belong to is a row
MOST_ASIDE = 12  # of them a side, where it is a grid
LONG = 64  # an axis of more frequencies, of which a quarter at most have genes, ends with the last that has


class Panel(NamedTuple):
    picture: np.ndarray  # [rows, columns], NaN where nothing is
    across: str
    down: str
    is_sheet: bool
    square: bool  # pixels are

    def height(self, width):
        """Inches, with its texts, of a panel of this width."""
        rows, columns = self.picture.shape
        if self.is_sheet:
            return float(np.clip(width * rows / columns, 0.4 * width, 0.9 * width)) + 0.9
        if self.square:
            return float(np.clip(width * rows / columns, 1.2, 0.45 * width)) + 0.9
        return 1.7 if rows == 1 else float(np.clip(width * rows / columns, 1.2, 0.75 * width)) + 0.8


def of_spectrum(block):
    """White where the genome has no coefficient."""
    return panel_of(block, np.where(block.held, block.spectrum, np.nan), True)


def of_numbers(block):
    return panel_of(block, block.numbers(), False)


def panel_of(block, values, is_spectrum):
    neurons = [n for n in block.axes[: block.neuron_axes] if n > 1]
    sources = [n for n in block.axes[block.neuron_axes:] if n > 1]
    if len(neurons) + len(sources) > 2:
        return sheet_of(values, neurons, sources, is_spectrum)
    one_grid = [name for name, lengths in (("neuron", neurons), ("source", sources)) if len(lengths) == 2]
    if one_grid:
        of = one_grid[0] + "s"
        picture = values.reshape(neurons or sources).T
        return Panel(picture, f"frequency of {of} along x" if is_spectrum else f"{of}, x", "along y" if is_spectrum else "y", False, True)
    picture = values.reshape(int(np.prod(neurons)), -1)
    across, down = ("frequency along sources", "frequency\nalong neurons") if is_spectrum else ("source", "neuron")
    if picture.shape[1] == 1:  # a line, drawn level
        picture, across, down = picture.T, "frequency along neurons" if is_spectrum else "neuron", ""
    if is_spectrum:
        whole = picture.shape[1]
        picture = picture[tuple(slice(end if length > LONG and end <= length // 4 else length) for end, length in zip(ends_of(picture), picture.shape))]
        across += f" (the first {picture.shape[1]} of {whole})" if picture.shape[1] < whole else ""
    return Panel(picture, across, down, False, False)


def ends_of(values):
    """Of each axis: how many places there are up to the last that is not NaN, at least 1."""
    known = np.argwhere(~np.isnan(values))
    return known.max(axis=0) + 1 if len(known) else np.ones(values.ndim, dtype=int)


def sheet_of(values, neurons, sources, is_spectrum):
    """An image of the sources per neuron, or, where only the neurons form a grid, of the neurons per source. Frequencies that no image or
    pixel has are cut off."""
    images, outer, inner, names = values.reshape(int(np.prod(neurons)), -1), neurons, sources, ("neuron", "source")
    if len(sources) < 2:
        images, outer, inner, names = images.T, sources, neurons, ("source", "neuron")
    images = images.reshape(*across_and_down(outer), *across_and_down(inner))
    if is_spectrum:
        images = images[tuple(slice(end) for end in ends_of(images))]
    images, cut = (wrapped if len(outer) < 2 else thinned)(images, is_spectrum)
    size = f"{images.shape[2]} × {images.shape[3]}"
    text = (f"an image per frequency of {names[0]}s{cut}, {size} of {names[1]}s" if is_spectrum
            else f"an image per {names[0]}{cut}, a pixel per {names[1]} ({size})")
    return Panel(page_of(images), text, "", True, True)


def across_and_down(lengths):
    """Two lengths of a grid; axes beyond the second lie below each other."""
    return (lengths[0] if lengths else 1, int(np.prod(lengths[1:])))


def chosen(length, most, first):
    """Places along an axis: the first, or as many that are spread evenly over it."""
    if length <= most:
        return np.arange(length)
    return np.arange(most) if first else np.linspace(0, length - 1, most).round().astype(int)


def thinned(images, first):
    """-> (images of a grid, not too many a side; what the reader is told of it)"""
    whole = images.shape[:2]
    for axis in range(2):
        images = np.take(images, chosen(whole[axis], MOST_ASIDE, first), axis=axis)
    if images.shape[:2] == whole:
        return images, ""
    shown, all_of_them = (" × ".join(map(str, shape)) for shape in (images.shape[:2], whole))
    return images, f" (the first {shown} of {all_of_them})" if first else f" ({shown} of {all_of_them}, evenly spread)"


def wrapped(images, first):
    """-> (images of a row, line by line; what the reader is told of it)"""
    rows = images.reshape(-1, *images.shape[2:])
    shown = rows[chosen(len(rows), MOST_IMAGES, first)]
    across = int(np.ceil(np.sqrt(len(shown))))
    page = np.full((-(-len(shown) // across) * across, *rows.shape[1:]), np.nan)
    page[: len(shown)] = shown
    cut = "" if len(shown) == len(rows) else f" (the first {len(shown)} of {len(rows)})" if first else f" ({len(shown)} of {len(rows)}, evenly spread)"
    return page.reshape(-1, across, *rows.shape[1:]).swapaxes(0, 1), cut


def page_of(images):
    """@param images  [across, down, pixels across, pixels down]"""
    across, down, wide, high = images.shape
    gap = max(1, high // 10)
    page = np.full((down, high + gap, across, wide + gap), np.nan)
    page[:, :high, :, :wide] = images.transpose(1, 3, 0, 2)
    return page.reshape(down * (high + gap), across * (wide + gap))[:-gap, :-gap]
