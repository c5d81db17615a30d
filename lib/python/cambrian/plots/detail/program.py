"""The program `cambrian`, for what the run file does not hold: the network that it decodes from a genome."""

import csv
import io
import json
import os
import shutil
import subprocess
import sysconfig

import numpy as np

from .errors import CallError, ForeignEnvironmentError, PlotError
from .kinds import CHECKOUT


def choose(path):
    """The program that find_program() finds from now on."""
    if not os.path.isfile(path) or not os.access(path, os.X_OK):
        raise CallError(f"--program {path}: is not a program")
    os.environ["CAMBRIAN"] = os.path.abspath(path)


def find_program():
    """$CAMBRIAN, the checkout's own build, the one installed beside cambrian-plot (by CMake or by pip), or what PATH has; None if there
    is none."""
    here = os.path.dirname(os.path.realpath(__file__))
    beside = [os.path.join(CHECKOUT, "build/release/bin")] if CHECKOUT else [
        os.path.normpath(os.path.join(here, "../../../../../../bin")), sysconfig.get_path("scripts")]
    for path in (os.environ.get("CAMBRIAN"), *(os.path.join(folder, "cambrian") for folder in beside)):
        if path and os.access(path, os.X_OK):
            return path
    return shutil.which("cambrian")


def has_trace(environment):
    """Whether `cambrian replay` has something to show of an environment that the program knows."""
    program = find_program()
    if program is None:
        return False
    try:
        done = subprocess.run([program, "describe", environment, "--json"], capture_output=True, text=True)
        return done.returncode == 0 and bool(json.loads(done.stdout)["environment"]["trace"])
    except (OSError, ValueError, LookupError):
        return False


def query(path, *options):
    """-> name of column: its numbers, or words, of `cambrian query`."""
    return ask("query", path, *options, "--format", "csv")


def ask(verb, path, *options):
    """-> the table that a verb of the program prints as CSV."""
    names, *rows = csv.reader(io.StringIO(call(verb, path, *options)))
    table = np.array(rows).reshape(len(rows), len(names))
    return {name: numbers_or_words(column) for name, column in zip(names, table.T)}


def call(verb, path, *options):
    """-> what a verb of the program prints."""
    program = find_program()
    if program is None:
        raise CallError(f"{path}: the program `cambrian` decodes networks and replays elites, but it is neither on PATH nor built in build/release")
    try:
        done = subprocess.run([program, verb, path, *options], capture_output=True, text=True)
    except OSError as error:
        raise PlotError(f"{program}: cannot be started ({error.strerror})") from None
    if done.returncode != 0:
        message = done.stderr.strip().removeprefix("cambrian: ")
        if "which this program does not have" in message:
            raise ForeignEnvironmentError(f"{message} (--program FILE)")
        raise (CallError if done.returncode == 2 else PlotError)(message)
    return done.stdout


def numbers_or_words(column):
    try:
        return column.astype(float)
    except ValueError:
        return column
