"""tools/compare pyribs"""

import datetime
import os
import subprocess
import sys

from .environment import pyribs_environment
from .measure import Pairs, cambrian_rate, pyribs_rate
from .table import amount, report


def version_of(program):
    """What `cambrian --version` says first; what is unknown stays unknown."""
    try:
        done = subprocess.run([program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.stdout.strip().splitlines()[0]
    except (OSError, IndexError):
        return "version unknown"


def run(options, works):
    calibrations, versions = [], {}
    measured = [Pairs(work) for work in works]
    print("installing pyribs from PyPI ..." if not options.environment else f"pyribs in {options.environment}", file=sys.stderr)
    with pyribs_environment(options.environment) as (python, environment):
        for repeat in range(options.repeats):
            for pairs in measured:
                calibration, ours = cambrian_rate(options.bench, pairs.work)
                versions, theirs = pyribs_rate(python, environment, pairs.work)
                calibrations.append(calibration)
                pairs.cambrian.append(ours)
                pairs.pyribs.append(theirs)
                print(f"  {repeat + 1} of {options.repeats}: {pairs.work.title}: {amount(ours)} and {amount(theirs)} "
                      f"{pairs.work.unit}, ratio {ours / theirs:.1f}", file=sys.stderr)
    text = report(measured, versions, calibrations, version_of(options.program), datetime.date.today().isoformat())
    print(text)
    path = os.path.join(options.output, "pyribs.md")
    os.makedirs(options.output, exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    print(f"written: {path}", file=sys.stderr)
