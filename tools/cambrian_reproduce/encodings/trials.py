"""Runs the trials of a table, as many at once as there are cores; what is finished is kept, so that a second call continues."""

import concurrent.futures
import os
import subprocess
import sys
import time
from dataclasses import dataclass

import h5py

from ..runs import RunError, claim


@dataclass
class Trial:
    table: str
    row: object
    seed: int


@dataclass
class Outcome:
    seed: int
    path: str  # the run file
    evaluations: int
    solved_evaluation: int  # None: not solved within the budget
    best: float  # the best objective; None where no candidate was valid
    wall_seconds: float
    built: str


def read(path, seed, budget):
    """The outcome in a run file; None where it is missing, unfinished or shorter than the budget."""
    try:
        with h5py.File(path, "r") as file:
            at = file.attrs
            solved, evaluations = at.get("solved_evaluation"), int(at["evaluations"])
            if at["status"] not in ("finished", b"finished") or (solved is None and evaluations < budget):
                return None
            built = [value.decode() if isinstance(value, bytes) else str(value) for value in (at["program_version"], at["build"])]
            best = file["archive"].attrs.get("objective_max_ever")
            return Outcome(seed, path, evaluations, None if solved is None else int(solved), None if best is None else float(best),
                           float(at["wall_seconds"]), " ".join(built))
    except (OSError, KeyError, ValueError):
        return None


def run_trial(call, trial):
    """-> (outcome, whether it was run now)"""
    row = trial.row
    path = os.path.join(call.folder_of(trial.table, row), f"seed_{trial.seed}_{row.evaluations}.h5")
    kept = read(path, trial.seed, row.evaluations)
    if kept:
        return kept, False
    settings = [setting.replace("{seed}", str(trial.seed)) for setting in row.settings]
    settings += ["run.stop=solved"] if row.until_solved else []
    command = [call.options.program, "run", configuration(call, row), "-o", path, "--seed", str(trial.seed), "--threads", "1",
               "--evaluations", str(row.evaluations), "--force", "--quiet", *[w for s in settings for w in ("--set", s)]]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    outcome = read(path, trial.seed, row.evaluations) if done.returncode == 0 else None
    if outcome is None:
        lines = done.stderr.strip().splitlines() or ["the run did not finish"]
        raise RunError(f"{trial.table}, {row.title}, seed {trial.seed}: exit status {done.returncode}: {lines[-1]}")
    return outcome, True


def configuration(call, row):
    return os.path.join(call.options.configurations, row.experiment + ".toml")


def said(outcome):
    if outcome.solved_evaluation is not None:
        return f"solved at {outcome.solved_evaluation:,}"
    return "no valid candidate" if outcome.best is None else f"best {outcome.best:.5g}"


def run_trials(call, trials):
    """-> {row title: [outcomes in the order of the seeds]}. Seed by seed, so that an early look sees all rows."""
    for row in {trial.row.title: trial.row for trial in trials}.values():
        table = next(t.table for t in trials if t.row.title == row.title)
        claim(call.folder_of(table, row), configuration(call, row), row.settings)
    found, begin, ran = {}, time.monotonic(), 0
    with concurrent.futures.ThreadPoolExecutor(call.options.jobs) as pool:
        waiting = {pool.submit(run_trial, call, trial): trial for trial in sorted(trials, key=lambda trial: trial.seed)}
        try:
            for count, future in enumerate(concurrent.futures.as_completed(waiting), 1):
                trial = waiting[future]
                outcome, was_run = future.result()
                ran += was_run
                found[trial.row.title, trial.seed] = outcome
                call.builds.add(outcome.built)
                left = (time.monotonic() - begin) / max(ran, 1) * (len(trials) - count) if was_run else 0
                print(f"  {count:4} of {len(trials)}: {trial.row.title}, seed {trial.seed}: {said(outcome)} "
                      f"({f'{outcome.wall_seconds:.1f} s; about {left / 60:.0f} min left' if was_run else 'kept'})",
                      file=sys.stderr)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    titles = dict.fromkeys(trial.row.title for trial in trials)
    return {title: [found[key] for key in sorted(found) if key[0] == title] for title in titles}
