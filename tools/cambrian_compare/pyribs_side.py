"""One work by pyribs, timed: run by its own environment's Python. Prints one line of JSON: units a second, and versions.

    sphere N CELLS BATCH STEPS   the loop of pyribs' examples: scheduler.ask, evaluate, scheduler.tell
    emitters NAME N STEPS        the same loop by 15 x 36 CMA-ES emitters: cma_me or cma_mae
    cvt_loop N CELLS BATCH STEPS the loop of `sphere` over a CVT
    cvt D CELLS                  CVTArchive.add alone: batches of 1,000 random points
    k_means CELLS                k-means of 100,000 points of the plane, 100 iterations of Lloyd
    novelty                      ProximityArchive: 32 points added, 250 scored a step, k = 15
"""

import json
import sys
import time

import numpy as np
import ribs
import scipy
from ribs.archives import CVTArchive, GridArchive, ProximityArchive, k_means_centroids
from ribs.emitters import EvolutionStrategyEmitter, IsoLineEmitter
from ribs.schedulers import Scheduler

BOUND = 5.12
OPTIMUM = 2.048
WARM_UP = 1_000_000
EMITTERS_WARM_UP = 108_000


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


def ranges_of(n):
    first, second = BOUND * (n // 2), BOUND * (n - n // 2)
    return [(-first, first), (-second, second)]


def line_loop(archive, n, batch, steps):
    initial = np.random.default_rng(1).standard_normal((100, n))
    emitter = IsoLineEmitter(archive, iso_sigma=0.5, line_sigma=0.2, initial_solutions=initial, batch_size=batch, seed=2)
    return timed_loop(archive, Scheduler(archive, [emitter]), WARM_UP, steps)


def sphere_loop(n, cells, batch, steps):
    return line_loop(GridArchive(solution_dim=n, dims=[cells, cells], ranges=ranges_of(n), seed=1), n, batch, steps)


def cvt_loop(n, cells, batch, steps):
    centroids = random_points(ranges_of(n), cells)
    return line_loop(CVTArchive(solution_dim=n, centroids=centroids, ranges=ranges_of(n), seed=1), n, batch, steps)


def emitter_loop(name, n, steps):
    """15 emitters of 36, as examples/sphere.py sets them up for 100x100 cells."""
    shape = {"solution_dim": n, "dims": [100, 100], "ranges": ranges_of(n)}
    mae = name == "cma_mae"
    archive = GridArchive(**shape, **({"learning_rate": 0.01, "threshold_min": 0.0} if mae else {}), seed=1)
    result = GridArchive(**shape, seed=1) if mae else None
    rules = ({"ranker": "imp", "selection_rule": "mu", "restart_rule": "basic"} if mae else
             {"ranker": "2imp", "selection_rule": "filter", "restart_rule": "no_improvement"})
    emitters = [EvolutionStrategyEmitter(archive, x0=np.zeros(n), sigma0=0.5, batch_size=36, seed=seed, **rules) for seed in range(15)]
    return timed_loop(archive, Scheduler(archive, emitters, result_archive=result), EMITTERS_WARM_UP, steps)


def random_points(ranges, count):
    low, high = np.array(ranges).T
    return np.random.default_rng(7).uniform(low, high, (count, len(ranges)))


def cvt_insertion(dimensions, cells):
    unit = [(0, 1)] * dimensions
    archive = CVTArchive(solution_dim=20, centroids=random_points(unit, cells), ranges=unit, seed=1)
    random = np.random.default_rng(3)
    solutions, batch, steps = np.zeros((1_000, 20)), 1_000, 50
    offers = [(random.random(batch), random.random((batch, dimensions))) for _ in range(steps)]
    archive.add(solutions, *offers[0])
    start = time.perf_counter()
    for objectives, measures in offers:
        archive.add(solutions, objectives, measures)
    return steps * batch / (time.perf_counter() - start), {}


def k_means(cells):
    points = random_points([(0, 1)] * 2, 100_000)
    start = time.perf_counter()
    k_means_centroids(centroids=cells, ranges=[(0, 1)] * 2, samples=points, seed=1,
                      k_means_kwargs={"init": "random", "n_init": 1, "max_iter": 100, "tol": 0, "algorithm": "lloyd"})
    return 1 / (time.perf_counter() - start), {}


def timed_loop(archive, scheduler, warm_up, steps):
    def step():
        vectors = scheduler.ask()
        scheduler.tell(*sphere(vectors))
        return len(vectors)

    done = 0
    while done < warm_up:
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
    work, *given = arguments
    if work == "emitters":
        rate, more = emitter_loop(given[0], *map(int, given[1:]))
    else:
        rate, more = {"sphere": sphere_loop, "cvt_loop": cvt_loop, "cvt": cvt_insertion, "k_means": k_means,
                      "novelty": novelty_steps}[work](*map(int, given))
    versions = {"pyribs": ribs.__version__, "NumPy": np.__version__, "SciPy": scipy.__version__,
                "Python": sys.version.split()[0]}
    print(json.dumps({"rate": rate, "versions": versions, **more}))


if __name__ == "__main__":
    main(sys.argv[1:])
