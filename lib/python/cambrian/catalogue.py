"""What a configuration can name."""

import os
import sysconfig

from . import _core


def data_folder():
    """The folder of the mazes and experiments that came with the package."""
    folder = os.environ.get("CAMBRIAN_DATA") or os.path.join(sysconfig.get_path("data"), "share", "cambrian")
    return folder if os.path.isdir(folder) else ""


def describe(name):
    """Everything there is to know of a component or table, in words: each parameter with its range, default, meaning and
    source. Raises ConfigError for a name that does not exist."""
    return _core.describe_text(name, data_folder())


def components(room=None):
    """The names of all components as {room: [names]}, or of one room: environments, encodings, variations, archives, emitters,
    algorithms or tables."""
    found = {}
    for where, _, name, _, _ in _core.entries(data_folder()):
        found.setdefault(where, []).append(name)
    if room is None:
        return found
    if room not in found:
        raise _core.ConfigError(f"room: there is no '{room}'; there are {', '.join(found)}")
    return found[room]
