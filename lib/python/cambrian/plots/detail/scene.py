"""Moments of an elite's episode, evenly spread from its beginning to its end, as the film of `cambrian replay` shows them."""

import os
import tempfile

import numpy as np
from PIL import Image, ImageSequence

from . import life, style
from .errors import CallError, LeftOutError
from .genome import elite_of
from .graph import put_elite_title
from .program import call

MOMENTS = 6
ACROSS = 3
WIDTH = 4.6  # inches of a moment


def suits(run):
    return life.suits(run)


def film_of(path, elite):
    """-> the pictures of its episode"""
    with tempfile.TemporaryDirectory() as folder:
        film = os.path.join(folder, "film.gif")
        try:
            call("replay", path, "--id", str(elite.id), "-o", film)
        except CallError as error:  # the environment has nothing to show
            raise LeftOutError(str(error)) from None
        with Image.open(film) as frames:
            return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(frames)]


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    film = film_of(run.path, elite)
    shown = np.unique(np.linspace(0, len(film) - 1, MOMENTS).round().astype(int))
    across = min(ACROSS, len(shown))
    rows = -(-len(shown) // across)
    high, wide = film[0].shape[:2]
    figure, grid = style.new_figure(WIDTH * across, (WIDTH * high / wide + 0.1) * rows + 1.0, nrows=rows, ncols=across, squeeze=False)
    for axes in grid.flat:
        axes.axis("off")
    for axes, at in zip(grid.flat, shown):
        axes.imshow(film[at])
    put_elite_title(figure, run, elite, archive, f"{style.how_many(len(shown), 'moment')} of an episode, evenly spread")
    style.save(figure, path)
