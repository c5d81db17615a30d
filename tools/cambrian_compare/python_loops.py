"""tools/compare python: the loop of pyribs' examples by both packages, by turns, and what a batch costs beside C++."""

import datetime
import json
import os
import subprocess
import sys

from cambrian_reproduce.table import machine, markdown

from .environment import ONE_THREAD, pyribs_environment
from .measure import MeasureError, benchmarks

SIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "python_side.py")
BATCHES = {540: 4000, 4096: 1000}  # as in asked_bench.cpp


def loop(python, environment, *words):
    """What python_side.py prints."""
    done = subprocess.run([python, SIDE, *map(str, words)], capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise MeasureError(f"python_side.py {words[0]}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return json.loads(done.stdout)


def run(options):
    own = options.python
    ours_environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": options.package}
    lines = [("batch", "Cambrian: own time", "pyribs: own time", "ratio", "with the objective", "overhead of a batch over C++")]
    with pyribs_environment(options.environment) as (python, environment):
        for batch, batches in BATCHES.items():
            ours, theirs, told, native = [], [], [], []
            for repeat in range(options.repeats):
                ours.append(loop(own, ours_environment, "cambrian", "sphere", batch, batches))
                theirs.append(loop(python, environment, "ribs", "sphere", batch, batches))
                told.append(loop(own, ours_environment, "cambrian", "told", batch, batches)["seconds"] / batches)
                native += benchmarks(options.bench, f"^asked_and_told/{batch}/")[1].values()
                print(f"  {repeat + 1} of {options.repeats}: batches of {batch}", file=sys.stderr)
            own_time = [min(o["seconds"] - o["objective"] for o in side) / batches for side in (ours, theirs)]
            whole = [min(o["seconds"] for o in side) for side in (ours, theirs)]
            lines.append((str(batch), f"{1e6 * own_time[0]:.0f} us", f"{1e6 * own_time[1]:.0f} us", f"{own_time[1] / own_time[0]:.1f}",
                          f"{whole[1] / whole[0]:.1f}", f"{1e6 * (min(told) - min(native)):.0f} us"))
    text = "\n".join(["# Python: asked and told, beside pyribs 0.12", "",
                      f"{datetime.date.today().isoformat()}, {machine()}; one thread, the best of {options.repeats} by turns. MAP-Elites (line), sphere "
                      "n = 20, 100x100 cells. Own time: of a batch, without the objective (NumPy, the same for both).", "", markdown(lines)]) + "\n"
    print(text)
    os.makedirs(options.output, exist_ok=True)
    with open(os.path.join(options.output, "python.md"), "w") as file:
        file.write(text)
