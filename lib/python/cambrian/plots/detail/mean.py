"""The mean of a search by an evolution strategy, which is no elite: a copy of the run file in which it stands in the best elite's place,
so that the program decodes it as it decodes an elite."""

import os
import shutil

import h5py

from .errors import CallError
from .genome import elite_of
from .run_file import read_run

KINDS = ("network", "spectrum")


def read(path, folder):
    """-> the run, of which pictures of genomes show the mean of the search's first emitter. @param folder  where the copy is kept"""
    run = read_run(path)
    with h5py.File(path, "r") as file:
        mean = file.get("checkpoint/algorithm/emitter_0/optimiser/mean")
        if run.genomes != "vector" or mean is None:
            raise CallError(f"{path}: --mean needs a run of real vectors whose first emitter is an evolution strategy")
        mean = mean[:]
    copy = os.path.join(folder, os.path.basename(path))
    shutil.copyfile(path, copy)
    row = elite_of(path, None).row
    with h5py.File(copy, "r+") as file:
        file["archive/genome/vector"][row] = mean
    run.path, run.genome_name = copy, "the mean of the search at its end"
    return run
