"""A table of runs: rows are experiment files with settings, several seeds each; columns are computed from the run files."""

import csv
import io
import os
import re
import statistics
import subprocess
from dataclasses import dataclass, field
from typing import Callable

from ..runs import RunError
from ..table import machine, markdown
from .trials import Trial, run_trials

QUICK_SEEDS = 2
QUICK_SHARE = 10  # a quick run has a tenth of the budget


@dataclass
class Row:
    title: str
    experiment: str  # stem of a file in data/experiments
    settings: list = field(default_factory=list)  # as --set takes them; {seed} stands for the run's seed
    seeds: int = 20
    evaluations: int = 250_000
    published: str = ""  # the figure, and who published it
    until_solved: bool = True  # whether a run ends once it is solved

    @property
    def folder(self):
        """The row's folder: its title as a file name."""
        return re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")


def solved(row, outcomes, call):
    """The columns of a table of runs that end once they are solved. An unsolved run counts as its whole budget."""
    needed = [o.solved_evaluation or o.evaluations for o in outcomes]
    return {"solved": f"{sum(o.solved_evaluation is not None for o in outcomes)} of {len(outcomes)}",
            "mean evaluations": f"{statistics.mean(needed):,.0f}",
            "sd": f"{statistics.stdev(needed):,.0f}" if len(needed) > 1 else "–",
            "median": f"{statistics.median(needed):,.0f}"}


@dataclass
class Table:
    name: str  # as --only takes it
    title: str
    rows: list
    columns: Callable = solved  # (row, outcomes, call) -> {heading: text}, the same headings for every row
    about: str = ""  # the set-up and its source, in full sentences
    quick_rows: int = 3  # how many of the first rows a quick call runs
    conclude: Callable = None  # {row title: outcomes}, call -> lines beneath the table; not called by a quick call

    def report(self, call):
        rows = [call.adapted(row) for row in (self.rows[:self.quick_rows] if call.quick else self.rows)]
        outcomes = run_trials(call, [Trial(self.name, row, seed) for row in rows for seed in call.seeds_of(row)])
        lines = []
        for row in rows:
            cells = self.columns(row, outcomes[row.title], call)
            lines = lines or [("set-up", "seeds", "budget", *cells, "published")]
            lines.append((row.title, str(row.seeds), f"{row.evaluations:,}", *cells.values(), row.published))
        if not any(row.published for row in rows):
            lines = [line[:-1] for line in lines]
        text = [f"## {self.title}", ""] + ([self.about, ""] if self.about else []) + [markdown(lines)]
        if self.conclude and not call.quick:
            text += ["", *self.conclude(outcomes, call)]
        return "\n".join(text) + "\n"


class Call:
    """What was asked for on the command line."""

    def __init__(self, options):
        self.options = options
        self.quick = options.quick
        self.builds = set()

    def adapted(self, row):
        """The row with the seeds and the budget of this call."""
        seeds = self.options.seeds or (QUICK_SEEDS if self.quick else row.seeds)
        evaluations = self.options.evaluations or (max(row.evaluations // QUICK_SHARE, 1) if self.quick else row.evaluations)
        return Row(row.title, row.experiment, row.settings, seeds, evaluations, row.published, row.until_solved)

    def seeds_of(self, row):
        return range(self.options.first_seed, self.options.first_seed + row.seeds)

    def program(self, *words):
        """The standard output of a call of the program."""
        done = subprocess.run([self.options.program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["no message"]
            raise RunError(f"cambrian {words[0]}: exit status {done.returncode}: {lines[-1]}")
        return done.stdout

    def rows(self, *words):
        """The rows of a table that the program prints, as dictionaries."""
        return list(csv.DictReader(io.StringIO(self.program(*words, "--format", "csv"))))

    def evaluate(self, path, *words, settings=()):
        """The rows that `cambrian evaluate` prints of a run file, as dictionaries: by default of its best elite."""
        overrides = [word for setting in settings for word in ("--set", setting)]
        return self.rows("evaluate", path, *(words or ("--best",)), *overrides)

    def heading(self):
        quick = (f" Quick: {QUICK_SEEDS} seeds, a tenth of the budget, and the first rows of each table; no bar applies."
                 if self.quick else "")
        return ["# Encodings, and networks that learn", "",
                f"Seeds begin at {self.options.first_seed}; one thread per run. An unsolved run counts as its whole budget.{quick}",
                "", f"- machine: {machine()}", *[f"- program: {built}" for built in sorted(self.builds)], ""]

    def folder_of(self, table, row):
        return os.path.join(self.options.output, table, row.folder)
