"""tools/reproduce qd: QD score and coverage of the published benchmarks of quality diversity, beside the published figures."""

import concurrent.futures
import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

import h5py

from .qd_rows import FULL, FUNCTIONS, KHEPERAX, MAZE_BAR, MAZE_ROWS, ROWS
from .runs import RunError, claim
from .table import machine, markdown

QUICK = 5  # a quick run has a fifth of the budget


@dataclass
class Trial:
    row: object
    function: str
    seed: int
    budget: int
    configuration: str
    settings: list

    @property
    def folder(self):
        return os.path.basename(self.configuration).removesuffix(".toml")


@dataclass
class Result:
    qd: float  # mean over all cells
    coverage: float  # percent
    wall_seconds: float
    built: str


def read(path, budget):
    """The result in a run file; None where it is missing, unfinished or shorter than the budget."""
    try:
        with h5py.File(path, "r") as file:
            if file.attrs["status"] != "finished" or int(file.attrs["evaluations"]) < budget:
                return None
            cells = int(file["archive"].attrs["capacity"])
            text = [value.decode() if isinstance(value, bytes) else str(value)
                    for value in (file.attrs["program_version"], file.attrs["build"])]
            return Result(float(file["history/qd_score"][-1]) / cells, 100 * float(file["history/coverage"][-1]),
                          float(file.attrs["wall_seconds"]), " ".join(text))
    except (OSError, KeyError, ValueError, IndexError):
        return None


def with_environment(text, table):
    """The configuration with another [environment]."""
    changed, count = re.subn(r"(?ms)^\[environment\]\n.*?(?=^\[)", table + "\n", text)
    if count != 1:
        raise RunError("an experiment file has no table [environment]")
    return changed


def prepare(options, row, function, name):
    """Writes the configuration of a row on a function. -> its path"""
    with open(os.path.join(options.configurations, row.experiment + ".toml")) as file:
        text = file.read()
    if function in FUNCTIONS:
        text = with_environment(text, FUNCTIONS[function])
    path = os.path.join(options.output, name + ".toml")
    os.makedirs(options.output, exist_ok=True)
    if not os.path.exists(path) or open(path).read() != text:
        with open(path, "w") as file:
            file.write(text)
    return path


def trials(options):
    """Every run, seed by seed, so that an early look sees all rows."""
    share = QUICK if options.quick else 1
    plan = []
    for place, row in enumerate([*ROWS, *MAZE_ROWS]):
        for function in (FUNCTIONS if row in ROWS else ("kheperax",)):
            name = f"{function}_{place}_{row.experiment}"
            path = prepare(options, row, function, name)
            settings = row.settings + (row.arm if function == "arm" else [])
            budget = options.evaluations or (FULL if row in ROWS else KHEPERAX) // share
            count = options.seeds if row in ROWS else min(options.seeds, 3)
            for seed in range(options.first_seed, options.first_seed + count):
                plan.append(Trial(row, function, seed, budget, path, settings))
    return sorted(plan, key=lambda trial: trial.seed)


def run(options, trial):
    """-> (result, whether it was run now)"""
    folder = os.path.join(options.output, trial.folder)
    path = os.path.join(folder, f"seed_{trial.seed}_{trial.budget}.h5")
    kept = read(path, trial.budget)
    if kept:
        return kept, False
    settings = [word for setting in trial.settings for word in ("--set", setting)]
    command = [options.program, "run", trial.configuration, "-o", path, "--seed", str(trial.seed), "--threads", "1",
               "--evaluations", str(trial.budget), "--force", "--quiet", *settings]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    result = read(path, trial.budget) if done.returncode == 0 else None
    if result is None:
        lines = done.stderr.strip().splitlines() or ["the run did not finish"]
        raise RunError(f"{trial.row.title} on {trial.function}, seed {trial.seed}: exit status {done.returncode}: {lines[-1]}")
    return result, True


def run_all(options, plan):
    """-> {(row title, function): [results]}"""
    results, begin = {}, time.monotonic()
    for trial in plan:
        claim(os.path.join(options.output, trial.folder), trial.configuration)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting = {pool.submit(run, options, trial): trial for trial in plan}
        try:
            for count, future in enumerate(concurrent.futures.as_completed(waiting), 1):
                trial = waiting[future]
                result, was_run = future.result()
                results.setdefault((trial.row.title, trial.function), []).append(result)
                left = (time.monotonic() - begin) / count * (len(plan) - count)
                print(f"  {count:4} of {len(plan)}: {trial.function}, {trial.row.title}, seed {trial.seed}: QD {result.qd:.2f}, "
                      f"coverage {result.coverage:.2f} % ({f'{result.wall_seconds:.0f} s' if was_run else 'kept'}; "
                      f"about {left / 60:.0f} min left)", file=sys.stderr)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return results


def spread(values):
    """The mean, and the standard error where there are several."""
    text = f"{statistics.mean(values):.2f}"
    return text if len(values) < 2 else f"{text} ± {statistics.stdev(values) / len(values) ** 0.5:.2f}"


def verdict(row, function, qd, coverage):
    """Whether a row is as near to what was published as it must be; empty where no bar applies."""
    if not row.barred or function not in row.published:
        return ""
    score, cover = row.published[function]
    return "yes" if abs(qd - score) <= 3 and abs(coverage - cover) <= 4 else "no"


def table(rows, function, results, quick):
    lines = [("algorithm", "QD score", "coverage %", "published QD", "published coverage %", "within 3 and 4")]
    for row in rows:
        found = results[(row.title, function)]
        qd, coverage = [r.qd for r in found], [r.coverage for r in found]
        published = ["–" if value is None else f"{value:.2f}" for value in row.published.get(function, (None, None))]
        judged = "" if quick else verdict(row, function, statistics.mean(qd), statistics.mean(coverage))
        lines.append((row.title, spread(qd), spread(coverage), *published, judged))
    if not any(line[-1] for line in lines[1:]):
        lines = [line[:-1] for line in lines]
    if all(line[3:5] == ("–", "–") for line in lines[1:]):
        lines = [line[:3] for line in lines]
    return markdown(lines)


def report(options, results):
    builds = sorted({result.built for found in results.values() for result in found})
    text = ["# Quality diversity: QD score and coverage", "",
            f"Seeds {options.first_seed} to {options.first_seed + options.seeds - 1} (mazes: the first 3 at most), "
            f"{options.budget_text}, one thread per run.",
            "QD score: the sum of the objectives of the result archive over its cells. ±: standard error of the mean.", "",
            f"- machine: {machine()}", *[f"- program: {built}" for built in builds]]
    for function in FUNCTIONS:
        text += ["", f"## {function}, n = 100, 100x100 cells", "", table(ROWS, function, results, options.quick)]
    text += ["", "## Kheperax, the standard maze, 100x100 cells", "", table(MAZE_ROWS, "kheperax", results, options.quick)]
    found = [r.coverage for r in results[(MAZE_ROWS[0].title, "kheperax")]]
    if not options.quick and len(found) >= 3:
        reached = "reached" if statistics.mean(found) >= MAZE_BAR else "not reached"
        text += ["", f"At least {MAZE_BAR:.0f} % of the cells by {MAZE_ROWS[0].title}, the mean of 3 seeds: {reached}."]
    if options.quick:
        text += ["", "Quick: one trial with a fifth of the budget; the published figures are of the whole budget."]
    return "\n".join(text) + "\n"


def measure(options):
    options.seeds = 1 if options.quick else options.seeds
    options.budget_text = (f"{options.evaluations:,} evaluations" if options.evaluations else
                           f"{FULL // (QUICK if options.quick else 1):,} evaluations on the functions and "
                           f"{KHEPERAX // (QUICK if options.quick else 1):,} in the maze")
    return report(options, run_all(options, trials(options)))
