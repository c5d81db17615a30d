"""Grids of more cells than a picture has room for: blocks of cells are drawn as one, with the best of their objectives."""

from dataclasses import dataclass

import numpy as np

MOST_ACROSS = 800  # cells side by side, about the pixels of an axis: what is finer would be dropped unseen
MOST_DIMENSIONS = 6


@dataclass
class Coarse:
    values: np.ndarray  # [blocks of each dimension]: the best objective in the block, NaN where all of it is empty
    block: tuple  # cells of each dimension that are drawn as one
    shape: tuple  # cells of each dimension, of those that are drawn

    def note(self):
        """What the reader is told; empty: every cell is drawn."""
        if max(self.block) == 1:
            return ""
        return f"drawn coarser: the best of each {' × '.join(f'{n:,}' for n in self.block)} cells"

    def edges(self, dimension):
        """(begin, end) [blocks]: where blocks lie in [0, 1]; the last one may be cut."""
        begin = np.arange(self.values.shape[dimension]) * self.block[dimension]
        cells = self.shape[dimension]
        return begin / cells, np.minimum(begin + self.block[dimension], cells) / cells


def blocks(shape, most=MOST_ACROSS):
    """Cells of each dimension to be drawn as one, so that at most `most` lie side by side where dimensions 0, 2, 4 go
    across and 1, 3, 5 go up: the dimension with the most cells is halved until they fit."""
    block = [1] * len(shape)
    for first in (0, 1):
        side = range(first, len(shape), 2)
        while np.prod([float(_count(shape[i], block[i])) for i in side]) > most:
            finest = max(side, key=lambda i: _count(shape[i], block[i]))
            block[finest] = _larger(shape[finest], block[finest], most, alone=len(side) == 1)
    return tuple(block)


def _count(cells, block):
    return -(-cells // block)


def _larger(cells, block, most, alone):
    return max(_count(cells, most), block + 1) if alone else 2 * block


def coarse(archive, most=MOST_ACROSS):
    """The archive's grid for a picture; of more than six dimensions the best over the others. Memory goes by what is drawn,
    not by what the grid declares."""
    shape = archive.shape[:MOST_DIMENSIONS]
    block = blocks(shape, most)
    index, rest = [], archive.cell.astype(np.int64)
    for cells in archive.shape[::-1]:  # row-major: the last dimension varies fastest
        index.insert(0, rest % cells)
        rest = rest // cells
    place = tuple(i // b for i, b in zip(index, block))
    values = np.full([_count(cells, b) for cells, b in zip(shape, block)], np.nan)
    archive.better.at(values, place, archive.objective)
    return Coarse(values, block, shape)
