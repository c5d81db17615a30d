"""python_side.py cambrian|ribs sphere|told BATCH BATCHES: a loop of pyribs, by one of the two packages. Prints JSON: seconds of
all and of the objective. sphere: MAP-Elites (line) on the linear projection of 20 numbers; told: fixed results, without an objective."""

import importlib
import json
import sys
import time

import numpy

package, work, batch, batches = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
name = "cambrian.ribs" if package == "cambrian" else "ribs"
GridArchive = importlib.import_module(name + ".archives").GridArchive
IsoLineEmitter = importlib.import_module(name + ".emitters").IsoLineEmitter
Scheduler = importlib.import_module(name + ".schedulers").Scheduler

N = 20
BOUND = 5.12 * N / 2
WORST = N * (-5.12 - 2.048) ** 2


def sphere(solutions):
    clipped = numpy.where(numpy.abs(solutions) <= 5.12, solutions, 5.12 / solutions)
    objective = 100 * (1 - ((solutions - 2.048) ** 2).sum(axis=1) / WORST)
    return objective, numpy.stack([clipped[:, :N // 2].sum(axis=1), clipped[:, N // 2:].sum(axis=1)], axis=1)


archive = GridArchive(solution_dim=N, dims=[100, 100], ranges=[(-BOUND, BOUND)] * 2, seed=1)
scheduler = Scheduler(archive, [IsoLineEmitter(archive, x0=numpy.zeros(N), iso_sigma=0.5, line_sigma=0.2, batch_size=batch, seed=1)])
places = numpy.arange(batch * batches, dtype=float)
x, y = (0.6180339887498949 * places) % 1, (0.7548776662466927 * places) % 1
told = x.reshape(batches, batch), numpy.stack([100 * x - 50, 100 * y - 50], axis=1).reshape(batches, batch, 2)
objective_seconds, begin = 0.0, time.perf_counter()
for i in range(batches):
    solutions = scheduler.ask()
    if work == "told":
        scheduler.tell(told[0][i], told[1][i])
        continue
    before = time.perf_counter()
    results = sphere(solutions)
    objective_seconds += time.perf_counter() - before
    scheduler.tell(*results)
print(json.dumps({"seconds": time.perf_counter() - begin, "objective": objective_seconds, "coverage": float(archive.stats.coverage)}))
