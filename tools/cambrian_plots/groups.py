"""Several runs: which belong together. A folder is a group; files are grouped by what they are but for their seed."""

import glob
import os
import re

from . import style
from .errors import CallError
from .run_file import read_run


class Group:
    def __init__(self, label, runs):
        self.label = label
        self.runs = runs


def files_of(argument):
    """A run file itself, or the run files in a folder (seed_*.h5, or all)."""
    if not os.path.isdir(argument):
        return [argument]
    found = glob.glob(os.path.join(argument, "seed_*.h5")) or glob.glob(os.path.join(argument, "*.h5"))
    if not found:
        raise CallError(f"{argument}: holds no run files (*.h5)")
    return sorted(found, key=lambda path: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path)])


def group_runs(arguments):
    """-> [Group] in the order of the arguments."""
    groups, by_kind = [], {}
    for argument in arguments:
        runs = [read_run(path) for path in files_of(argument)]
        if os.path.isdir(argument):
            groups.append(Group(os.path.basename(os.path.abspath(argument)).replace("_", " "), runs))
            continue
        kind = what_it_is(runs[0])
        if kind not in by_kind:
            by_kind[kind] = Group(style.run_name(runs[0]), [])
            groups.append(by_kind[kind])
        by_kind[kind].runs += runs
    return distinct(groups)


def what_it_is(run):
    """The configuration without its seed; without a configuration, the names of the parts."""
    config = run.attributes.get("config")
    if config is None:
        return style.run_name(run)
    return re.sub(r"(?m)^\s*(seed\s*=\s*\d+|threads\s*=.*)$", "", config)


def distinct(groups):
    """Labels that are told apart: the file's name where two would be the same."""
    labels = [group.label for group in groups]
    for group in groups:
        if labels.count(group.label) > 1:
            group.label += f" ({group.runs[0].stem.replace('_', ' ')})"
    return groups
