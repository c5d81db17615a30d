"""Several runs: which belong together. A folder is a group; files are grouped by what they are but for their seed."""

import glob
import os
import re

from . import names
from .errors import CallError
from .run_file import read_run


class Group:
    """Runs that differ in their seeds. @param place  the name of their folder, or of the first file"""

    def __init__(self, runs, place=""):
        self.runs = runs
        self.place = place
        self.kind = what_it_is(runs[0])
        self.label = ""


def files_of(argument):
    """A run file itself, or the run files in a folder (seed_*.h5, or all)."""
    if not os.path.isdir(argument):
        return [argument]
    found = glob.glob(os.path.join(argument, "seed_*.h5")) or glob.glob(os.path.join(argument, "*.h5"))
    if not found:
        raise CallError(f"{argument}: holds no run files (*.h5)")
    return sorted(found, key=lambda path: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path)])


def named_groups(arguments):
    """-> [Group]: one for each file and folder, in the order of the arguments."""
    groups = []
    for argument in arguments:
        runs = [read_run(path) for path in files_of(argument)]
        name = os.path.basename(os.path.abspath(argument)) if os.path.isdir(argument) else runs[0].stem
        groups.append(Group(runs, name.replace("_", " ")))
    names.name_groups(groups)
    return groups


def merged(groups, folders):
    """-> [Group]: files that differ in their seeds alone are one group. @param folders  [groups]: which stay by themselves"""
    kept, by_kind = [], {}
    for group, folder in zip(groups, folders):
        if not folder and group.kind in by_kind:
            by_kind[group.kind].runs += group.runs
            continue
        kept.append(Group(list(group.runs), group.place))
        if not folder:
            by_kind[group.kind] = kept[-1]
    names.name_groups(kept)
    return kept


def group_runs(arguments):
    """-> [Group] in the order of the arguments."""
    return merged(named_groups(arguments), [os.path.isdir(argument) for argument in arguments])


def what_it_is(run):
    """The names of the parts, and the configuration without its seed."""
    config = str(run.attributes.get("config", ""))
    return names.run_name(run) + re.sub(r"(?m)^\s*(seed\s*=\s*\d+|threads\s*=.*)$", "", config)
