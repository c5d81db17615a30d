"""How many of the elites that a run calls solved solve four further episodes, with 1, 5 and 10 samples per candidate:
tools/reproduce noise."""

import csv
import io
import os
import subprocess

from .runs import RunError

EXPERIMENT = "cart_pole_map_elites"
FURTHER = 4


def _call(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RunError(done.stderr.strip())
    return done.stdout


def episodes(text, samples):
    """Of `evaluate --each`: whether each elite is called solved, and whether it solves the episodes after those of the run."""
    elites = {}
    for row in csv.DictReader(io.StringIO(text)):
        elites.setdefault(row["id"], []).append(row["solved"] in ("1", "true"))
    called = [solved for solved in elites.values() if all(solved[:samples])]
    return len(called), sum(all(solved[samples:samples + FURTHER]) for solved in called)


def run(options, samples, seed):
    os.makedirs(options.output, exist_ok=True)
    file = os.path.join(options.output, f"{EXPERIMENT}_{samples}_{seed}.h5")
    _call(options.program, "run", os.path.join(options.configurations, EXPERIMENT + ".toml"), "-o", file, "--force", "--quiet",
          "--seed", str(seed), "--evaluations", str(options.evaluations), "--set", f"evaluation.samples={samples}")
    repeats = 1 + -(-FURTHER // samples)
    return episodes(_call(options.program, "evaluate", file, "--each", "--repeat", str(repeats), "--format", "csv"), samples)


def measure(options):
    lines = [f"Elites of {EXPERIMENT} that are called solved, and those that solve {FURTHER} further episodes; "
             f"{options.evaluations} episodes per run.", "", "| samples | seed | called solved | solve further | share |",
             "| ---: | ---: | ---: | ---: | ---: |"]
    for samples in (1, 5, 10):
        total = [0, 0]
        for seed in range(options.first_seed, options.first_seed + options.seeds):
            called, solve = run(options, samples, seed)
            total = [total[0] + called, total[1] + solve]
            lines.append(f"| {samples} | {seed} | {called} | {solve} | {_share(called, solve)} |")
        lines.append(f"| {samples} | all | {total[0]} | {total[1]} | {_share(*total)} |")
    return "\n".join(lines)


def _share(called, solve):
    return f"{100 * solve / called:.1f} %" if called else "-"
