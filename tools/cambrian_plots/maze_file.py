"""The text of a maze: '#' comments, then `start X Y`, `heading DEG`, `goal X Y`, `wall X1 Y1 X2 Y2`."""

from dataclasses import dataclass

import numpy as np

from .errors import PlotError

NUMBERS = {"start": 2, "heading": 1, "goal": 2, "wall": 4}


@dataclass
class Maze:
    start: tuple
    goal: tuple
    walls: np.ndarray  # [W, 4], x1 y1 x2 y2

    @property
    def bounds(self):
        """(x min, y min, x max, y max) of the walls."""
        points = self.walls.reshape(-1, 2)
        return (*points.min(axis=0), *points.max(axis=0))


def parse_maze(text, origin):
    """Words of other programs' versions are passed over; a known word with wrong numbers is an error."""
    found = {word: [] for word in NUMBERS}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("#")[0].split()
        if not words or words[0] not in NUMBERS:
            continue
        try:
            values = tuple(float(word) for word in words[1:])
        except ValueError:
            values = ()
        if len(values) != NUMBERS[words[0]] or not np.isfinite(values).all():
            raise PlotError(f"{origin}: line {number}: '{words[0]}' wants {NUMBERS[words[0]]} numbers")
        found[words[0]].append(values)
    for word in ("start", "goal", "wall"):
        if not found[word]:
            raise PlotError(f"{origin}: has no line '{word}'")
    return Maze(found["start"][0], found["goal"][0], np.array(found["wall"]))
