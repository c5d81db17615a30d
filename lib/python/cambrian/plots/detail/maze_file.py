"""The text of a maze, in either form of environments/maze/MAZE.md; '#' starts a comment. Keywords in any order:
`start X Y`, `heading DEG`, `goal X Y`, `wall X1 Y1 X2 Y2`; or bare numbers in the order of the published programs:
count of walls, start, heading, goal, walls, one per line."""

from dataclasses import dataclass

import numpy as np

from .errors import PlotError

FIRST_OF_NUMBER = "+-.0123456789"
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


def filled_lines(text):
    """(number, words) of the lines that are neither empty nor comments."""
    lines = [(number, line.split("#")[0].split()) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1)]
    return [(number, words) for number, words in lines if words]


def is_published(text):
    """True of a text that can be nothing else, whatever its file is called."""
    lines = filled_lines(text)
    return len(lines) >= 4 and len(lines[-1][1]) == 4 and all(w[0] in FIRST_OF_NUMBER for _, words in lines for w in words)


def numbers(words, count, where, what):
    try:
        values = tuple(float(word) for word in words)
    except ValueError:
        values = ()
    if len(values) != count or not np.isfinite(values).all():
        raise PlotError(f"{where}: {what} needs {count} numbers")
    return values


def parse_maze(text, origin):
    """Words of other programs' versions are passed over; a known word with wrong numbers is an error."""
    lines = filled_lines(text)
    if lines and lines[0][1][0][0] in FIRST_OF_NUMBER:
        return parse_published(lines, origin)
    found = {word: [] for word in NUMBERS}
    for number, words in lines:
        if words[0] in NUMBERS:
            where = f"{origin}: line {number}"
            found[words[0]].append(numbers(words[1:], NUMBERS[words[0]], where, f"'{words[0]}'"))
    for word in ("start", "goal", "wall"):
        if not found[word]:
            raise PlotError(f"{origin}: has no line '{word}'")
    return Maze(found["start"][0], found["goal"][0], np.array(found["wall"]))


def parse_published(lines, origin):
    """Lines are told apart by how many numbers they hold: those of one number before the start are header lines, and a
    second line of two after the heading is a second goal."""
    rest = list(lines)
    while rest and len(rest[0][1]) == 1:
        rest.pop(0)

    def take(count, what):
        if not rest:
            raise PlotError(f"{origin}: ends before {what}")
        number, words = rest.pop(0)
        return numbers(words, count, f"{origin}: line {number}", what)

    start = take(2, "the start")
    take(1, "the heading")
    goal = take(2, "the goal")
    if rest and len(rest[0][1]) == 2:
        rest.pop(0)
    walls = [take(4, "a wall")]
    while rest:
        walls.append(take(4, "a wall"))
    return Maze(start, goal, np.array(walls))
