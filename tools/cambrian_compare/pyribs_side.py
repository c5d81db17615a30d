"""One work by pyribs, timed: run by its own environment's Python. Prints one line of JSON: units a second, and versions.

    sphere N CELLS BATCH STEPS   the loop of pyribs' examples: scheduler.ask, evaluate, scheduler.tell
    novelty                      ProximityArchive: 32 points added, 250 scored a step, k = 15
"""

import json
import sys
import time

import numpy as np
import ribs
import scipy
from ribs.archives import GridArchive, ProximityArchive
from ribs.emitters import IsoLineEmitter
from ribs.schedulers import Scheduler

BOUND = 5.12
OPTIMUM = 2.048
WARM_UP = 1_000_000


def sphere(vectors):
    """Objectives [batch] and measures [batch, 2] of the linear-projection sphere (Fontaine et al. 2020)."""
    n = vectors.shape[1]
    worst = n * (BOUND + OPTIMUM) ** 2
    objectives = 100 - (100 / worst) * np.sum(np.square(vectors - OPTIMUM), axis=1)
    clipped = vectors.copy()
    outside = np.abs(vectors) > BOUND
    clipped[outside] = BOUND / clipped[outside]
    measures = np.stack((clipped[:, : n // 2].sum(axis=1), clipped[:, n // 2 :].sum(axis=1)), axis=1)
    return objectives, measures


def sphere_loop(n, cells, batch, steps):
    first, second = BOUND * (n // 2), BOUND * (n - n // 2)
    archive = GridArchive(solution_dim=n, dims=[cells, cells], ranges=[(-first, first), (-second, second)], seed=1)
    initial = np.random.default_rng(1).standard_normal((100, n))
    emitter = IsoLineEmitter(archive, iso_sigma=0.5, line_sigma=0.2, initial_solutions=initial, batch_size=batch, seed=2)
    scheduler = Scheduler(archive, [emitter])

    def step():
        vectors = scheduler.ask()
        scheduler.tell(*sphere(vectors))
        return len(vectors)

    done = 0
    while done < WARM_UP:
        done += step()
    start = time.perf_counter()
    done = sum(step() for _ in range(steps))
    return done / (time.perf_counter() - start), {"coverage_percent": 100 * float(archive.stats.coverage)}


def novelty_steps():
    """The mean step at 100,000, 110,000 and 119,000 points: a whole growth takes pyribs a minute."""
    random = np.random.default_rng(1)
    scored = 300 * random.random((250, 2))
    seconds, steps = 0.0, 10
    for size in (100_000, 110_000, 119_000):
        archive = ProximityArchive(solution_dim=1, measure_dim=2, k_neighbors=15, novelty_threshold=0, seed=1)
        archive.add(np.zeros((size, 1)), None, 300 * random.random((size, 2)))
        added = 300 * random.random((steps, 32, 2))
        start = time.perf_counter()
        for points in added:
            archive.add(np.zeros((32, 1)), None, points)
            archive.compute_novelty(scored)
        seconds += time.perf_counter() - start
    return 3 * steps / seconds, {}


def main(arguments):
    if arguments[0] == "sphere":
        rate, more = sphere_loop(*map(int, arguments[1:]))
    else:
        rate, more = novelty_steps()
    versions = {"pyribs": ribs.__version__, "NumPy": np.__version__, "SciPy": scipy.__version__,
                "Python": sys.version.split()[0]}
    print(json.dumps({"rate": rate, "versions": versions, **more}))


if __name__ == "__main__":
    main(sys.argv[1:])
