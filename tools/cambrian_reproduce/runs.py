"""One run per seed, as many at once as there are cores, each on one thread; finished ones are kept."""

import concurrent.futures
import hashlib
import json
import os
import subprocess
from dataclasses import dataclass

import h5py


class RunError(Exception):
    """A run that failed, or a folder that holds other runs: one line."""


@dataclass
class Outcome:
    seed: int
    evaluations: int
    solved_evaluation: int  # None: not solved within the budget
    wall_seconds: float
    built: str  # program version and build


@dataclass
class Plan:
    program: str
    folder: str
    configurations: str
    seeds: int
    evaluations: int
    jobs: int
    first_seed: int = 1


def read_outcome(path, budget):
    """The outcome in a run file; None where it is missing, unreadable, unfinished or shorter than the budget."""
    try:
        with h5py.File(path, "r") as file:
            at = file.attrs
            evaluations, solved = int(at["evaluations"]), at.get("solved_evaluation")
            solved = int(solved) if solved is not None and int(solved) <= budget else None
            if solved is None and (at["status"] != "finished" or evaluations < budget):
                return None
            text = [value.decode() if isinstance(value, bytes) else str(value) for value in (at["program_version"], at["build"])]
            return Outcome(int(at["seed"]), evaluations, solved, float(at["wall_seconds"]), " ".join(text))
    except (OSError, KeyError, ValueError):
        return None


def claim(folder, configuration, settings=()):
    """Makes the folder, and notes in it what its runs are of, so that others are never mistaken for them."""
    with open(configuration, "rb") as file:
        note = {"configuration_sha256": hashlib.sha256(file.read()).hexdigest()}
    if settings:
        note["settings"] = list(settings)
    path = os.path.join(folder, "experiment.json")
    os.makedirs(folder, exist_ok=True)
    if os.path.exists(path):
        with open(path) as file:
            if json.load(file) != note:
                raise RunError(f"{folder}: holds runs of another configuration; remove it or give another folder with -o")
        return
    with open(path, "w") as file:
        json.dump(note, file)


def run_seed(plan, experiment, seed):
    """-> (outcome, whether it was run now)"""
    path = os.path.join(plan.folder, experiment.name, f"seed_{seed}.h5")
    kept = read_outcome(path, plan.evaluations)
    if kept:
        return kept, False
    command = [plan.program, "run", os.path.join(plan.configurations, experiment.configuration + ".toml"), "-o", path, "--seed",
               str(seed), "--threads", "1", "--evaluations", str(plan.evaluations), "--force", "--set", "run.stop=solved"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    outcome = read_outcome(path, plan.evaluations) if done.returncode == 0 else None
    if outcome is None:
        lines = done.stderr.strip().splitlines() or ["the run did not finish"]
        raise RunError(f"{experiment.name}, seed {seed}: exit status {done.returncode}: {lines[-1]}")
    return outcome, True


def run_experiment(plan, experiment, report):
    """All seeds of one experiment, in the order of the seeds. report(outcome, was_run, done) after each."""
    claim(os.path.join(plan.folder, experiment.name),
          os.path.join(plan.configurations, experiment.configuration + ".toml"))
    seeds = range(plan.first_seed, plan.first_seed + plan.seeds)
    outcomes = {}
    with concurrent.futures.ThreadPoolExecutor(plan.jobs) as pool:
        waiting = {pool.submit(run_seed, plan, experiment, seed): seed for seed in seeds}
        try:
            for future in concurrent.futures.as_completed(waiting):
                outcome, was_run = future.result()
                outcomes[waiting[future]] = outcome
                report(outcome, was_run, len(outcomes))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [outcomes[seed] for seed in seeds]
