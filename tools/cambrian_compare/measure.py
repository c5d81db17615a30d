"""Both programs at one work, by turns."""

import json
import os
import re
import subprocess
from dataclasses import dataclass, field

PYRIBS_SIDE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pyribs_side.py")
SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


class MeasureError(Exception):
    """A program that failed or said what cannot be read: one line."""


@dataclass
class Pairs:
    """Rates by turns: pair i was measured one right after the other."""
    work: object
    cambrian: list = field(default_factory=list)
    pyribs: list = field(default_factory=list)


def _output(command, environment=None):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment)
    except OSError as error:
        raise MeasureError(f"{command[0]}: {error.strerror}") from None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise MeasureError(f"{os.path.basename(command[0])}: {lines[-1]}")
    return done.stdout


def benchmarks(bench, pattern, options=(), counter=None):
    """-> (calibration line, {name: value}) of the benchmarks that match: seconds an iteration by the wall clock, or the counter
    of that name."""
    text = _output([bench, f"--benchmark_filter={pattern}", "--benchmark_format=json", *options])
    calibration, _, rest = text.partition("\n")
    missing = MeasureError(f"{os.path.basename(bench)}: has no benchmark {pattern}; build it anew")
    if not rest.strip():  # it says so on the other stream
        raise missing
    try:
        rows = [row for row in json.loads(rest)["benchmarks"] if row.get("run_type", "iteration") == "iteration"]
        values = {row["name"]: row[counter] if counter else row["real_time"] * SECONDS[row["time_unit"]] for row in rows}
    except (ValueError, KeyError) as error:
        raise MeasureError(f"{os.path.basename(bench)}: its output for {pattern} cannot be read ({error})") from None
    if not values:
        raise missing
    return calibration.removeprefix("calibration: "), values


def cambrian_rate(bench, work):
    """-> (calibration, units a second)"""
    calibration, times = benchmarks(bench, f"^{re.escape(work.benchmark)}$")
    return calibration, work.amount / times[work.benchmark]


def pyribs_rate(python, environment, work):
    """-> (versions, units a second)"""
    text = _output([python, PYRIBS_SIDE, *work.pyribs], environment)
    try:
        answer = json.loads(text.strip().splitlines()[-1])
        return answer["versions"], float(answer["rate"])
    except (ValueError, KeyError, IndexError):
        raise MeasureError(f"pyribs: its output for {work.name} cannot be read") from None
