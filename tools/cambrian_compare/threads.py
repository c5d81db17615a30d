"""Two threads of one process beside two processes of one thread, by turns: the work per second of the first as a share of the
work per second of the second. All run the same experiment with the same seed, so the same evaluations to the last bit. The time is
the run's own (`wall_seconds` of its file): what a program needs to start and to end is left out. A shared machine changes its speed
within seconds, so a pair is several turns of each, taken alternately."""

import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass, field

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECONDS = 5.0  # that a process of one thread takes for a turn
TURNS = 4  # of each, a pair
PROBE = 2000  # evaluations that are timed to find out how many that is


class ThreadsError(Exception):
    """A run that failed: one line."""


@dataclass
class Environment:
    """An experiment; `microseconds` that an evaluation shall take by itself, None: as it comes."""
    title: str
    configuration: str
    microseconds: float = None


# The steps of an episode make the cost of an evaluation; a fixed network takes the same time for each.
ENVIRONMENTS = (Environment("maze, NEAT, 400 steps", "hard_maze_neat_novelty"),
          Environment("100 us", "hard_maze_vector_novelty", 100.0),
          Environment("1 ms", "hard_maze_vector_novelty", 1000.0))


@dataclass
class Row:
    environment: Environment
    steps: int
    evaluations: int
    microseconds: float  # an evaluation and its share of the search, on one thread
    ratios: list = field(default_factory=list)  # one per pair


def _start(program, environment, steps, evaluations, threads, output):
    command = [program, "run", os.path.join(TOP, "data/experiments", environment.configuration + ".toml"), "-o", output, "--force",
               "--threads", str(threads), "--evaluations", str(evaluations), "--set", "run.stop=budget",
               "--set", f"environment.steps={steps}"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _times(program, environment, steps, evaluations, threads, processes):
    """Seconds an evaluation of each of several processes that run at once."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = [os.path.join(folder, f"{i}.h5") for i in range(processes)]
        running = [_start(program, environment, steps, evaluations, threads, output) for output in outputs]
        try:
            for process in running:
                _, error = process.communicate()
                if process.returncode != 0:
                    raise ThreadsError(f"{environment.configuration}: exit status {process.returncode}: {(error.strip().splitlines() or ['no word'])[-1]}")
        finally:
            for process in running:
                process.kill()
                process.wait()
                process.stderr.close()
        runs = json.loads(subprocess.run([program, "info", *outputs, "--json"], capture_output=True, text=True, check=True).stdout)
        return [run["wall_seconds"] / run["evaluations"] for run in (runs if processes > 1 else [runs])]


def seconds_of_one(program, environment, steps):
    """Of one evaluation on one thread: the difference of a longer and a shorter run, without what the first batches cost."""
    short, long = (count * _times(program, environment, steps, count, 1, 1)[0] for count in (PROBE, 2 * PROBE))
    return max(long - short, 1e-9) / PROBE


def steps_for(program, environment):
    """Steps of an episode that take as long as the environment says; the search's share, the same for any number of steps, is left out."""
    if environment.microseconds is None:
        return 400
    few, many = (seconds_of_one(program, environment, steps) for steps in (400, 1200))
    return max(1, round(environment.microseconds * 1e-6 / (max(many - few, 1e-9) / 800)))


def pair(program, row):
    """The ratio of one pair: the work per second of all turns together."""
    seconds = {2: [0.0], 1: [0.0, 0.0]}  # an evaluation, summed over the turns, of each process
    for turn in range(TURNS):
        for threads in (2, 1) if turn % 2 == 0 else (1, 2):
            times = _times(program, row.environment, row.steps, row.evaluations, threads, 3 - threads)
            seconds[threads] = [sum(both) for both in zip(seconds[threads], times)]
    work = {threads: sum(1.0 / total for total in totals) for threads, totals in seconds.items()}
    return work[2] / work[1]


def run(program, pairs, print, environments=ENVIRONMENTS, seconds=SECONDS):
    """Measures the environments and prints a line for each. -> [Row]"""
    print(f"work per second of one process of 2 threads / of 2 processes of one thread, {pairs} pairs of {TURNS} alternating turns, {os.cpu_count()} cores")
    print("environment                     steps  evaluations  us each    median  least  greatest")
    rows = []
    for environment in environments:
        steps = steps_for(program, environment)
        each = seconds_of_one(program, environment, steps)
        row = Row(environment, steps, max(PROBE, round(seconds / each)), each * 1e6)
        row.ratios = [pair(program, row) for _ in range(pairs)]
        print(f"{environment.title:<24} {steps:>6}  {row.evaluations:>11}  {row.microseconds:>7.0f}    "
              f"{statistics.median(row.ratios):>6.3f} {min(row.ratios):>6.3f}    {max(row.ratios):>6.3f}")
        rows.append(row)
    return rows
