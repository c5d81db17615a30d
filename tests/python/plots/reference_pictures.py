"""Fixed made-up runs, a picture of each kind, and how far two pictures are apart. After a change that is meant:
    PYTHONPATH=lib/python python3 tests/python/plots/reference_pictures.py      (then look at what changed in reference/)"""

import os
import tempfile
from unittest import mock

import matplotlib
import matplotlib.image
import numpy as np

from cambrian.plots.__main__ import main
import example_genomes
import example_lives
import example_run

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference")
SHRINK = 10  # pixels a side that become one: letters blur, so that versions of fonts and layout differ little
MADE_BY = "3.6"
# Of 255. Drawn again by the matplotlib that made them they are 0.3 apart, wrong ones 2 and more. Another matplotlib lays the
# axes out a little otherwise: 3.10 is up to 15 apart, which still tells a wrong colour map of a map or lost dots (25 and more).
TOLERANCE = 1.5 if matplotlib.__version__.startswith(MADE_BY + ".") else 18.0

PICTURES = {  # name: (writes the run, or what else the call names, which it then returns; kind)
    "heat_map_1d": (lambda path: example_run.write_grid_run(path, (40,)), "heat_map"),
    "heat_map_2d": (lambda path: example_run.write_grid_run(path, (30, 30)), "heat_map"),
    "heat_map_4d": (lambda path: example_run.write_grid_run(path, (8, 8, 4, 3)), "heat_map"),
    "heat_map_cvt": (example_genomes.write_cvt_run, "heat_map"),
    "scatter": (example_run.write_unstructured_run, "scatter"),
    "parallel": (lambda path: example_run.write_grid_run(path, (4, 4, 4)), "parallel"),
    "maze": (lambda path: example_run.write_maze_run(path, 400), "maze"),
    "maze_4d": (example_run.write_nested_maze_run, "heat_map"),
    "mazes": (example_run.write_two_maze_runs, "maze"),
    "network": (example_genomes.write_network_run, "network"),
    "objective": (lambda path: example_run.write_grid_run(path, (30, 30)), "objective"),
    "history": (lambda path: example_run.write_grid_run(path, (30, 30)), "history"),
    "history_of_seeds": (example_genomes.write_two_folders, "history"),
    "objective_of_seeds": (example_genomes.write_two_folders, "objective"),
    "graph": (example_genomes.write_cppn_run, "graph"),
    "pattern": (example_genomes.write_cppn_run, "pattern"),
    "network_in_space": (lambda path: example_lives.write_network(path, example_lives.space_tables()), "network"),
    "network_in_plane": (example_lives.write_es_run, "network"),
    "lived": (example_lives.write_learner, "lived"),
    "life": (example_lives.write_life_run, "life"),
    "spectrum": (example_lives.write_dct_run, "spectrum"),
    "quadtree": (example_lives.write_es_run, "quadtree"),
}


def draw(name, folder):
    """Draws into the folder -> path of the picture."""
    write, kind = PICTURES[name]
    path, picture = os.path.join(folder, "run.h5"), os.path.join(folder, "picture.png")
    arguments = write(path) or [path]
    with mock.patch.dict(os.environ):
        status = main([*arguments, "--kind", kind, "-o", picture])
    if status != 0:
        raise AssertionError(f"{name} was not drawn")
    return picture


def shrunk(path):
    """[H, W, 3] in 0 to 255: means over squares of SHRINK pixels."""
    pixels = 255 * matplotlib.image.imread(path)[..., :3]
    high, wide = (side // SHRINK for side in pixels.shape[:2])
    return pixels[:high * SHRINK, :wide * SHRINK].reshape(high, SHRINK, wide, SHRINK, 3).mean(axis=(1, 3))


def reference(name):
    return 255 * matplotlib.image.imread(os.path.join(FOLDER, name + ".png"))[..., :3].astype(float)


def apart(a, b):
    """Mean difference over what is painted in either, of 255; pictures of other sizes are as far apart as can be."""
    if a.shape != b.shape:
        return 255.0
    painted = (np.minimum(a, b) < 250).any(axis=2)
    return float(np.abs(a - b)[painted].mean()) if painted.any() else 0.0


if __name__ == "__main__":
    for each in PICTURES:
        with tempfile.TemporaryDirectory() as here:
            matplotlib.image.imsave(os.path.join(FOLDER, each + ".png"), shrunk(draw(each, here)).round().astype(np.uint8))
