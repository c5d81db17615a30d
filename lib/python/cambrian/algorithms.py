"""One class per algorithm, made of the catalogue's own words."""

import json

from . import _core
from .catalogue import data_folder
from .search import Search

__all__ = []
_TABLES = ("archive", "result_archive", "variation", "genome", "encoding", "run", "evaluation", "start")


class _Algorithm(Search):
    """Keyword arguments are the keys of [algorithm]; `archive`, `result_archive`, `variation`, `genome`, `encoding`, `run` and
    `start` are tables, given as dictionaries, or by the name of their component alone."""

    _name = ""

    def __init__(self, dimensions=None, measures=None, *, sensors=None, motors=None, direction="maximise", can_be_solved=False,
                 seed=None, threads=1, **keys):
        config = {"algorithm": {"name": self._name}}
        for key, value in keys.items():
            if key in _TABLES:
                if not isinstance(value, (str, dict)):
                    raise _core.ConfigError(f"{key}: {value!r} is given, but a dictionary or the name of a component is expected")
                config[key] = {"name": value} if isinstance(value, str) else dict(value)
            elif value is not None:
                config["algorithm"][key] = value
        super().__init__(config, dimensions=dimensions, measures=measures, sensors=sensors, motors=motors, direction=direction,
                         can_be_solved=can_be_solved, seed=seed, threads=threads)


def _document(name, summary, source):
    """The documentation of an algorithm's class: every parameter with its range, default, meaning and source."""
    sheet = json.loads(_core.describe_json(f"algorithms.{name}", data_folder()))
    lines = [f"{summary[0].upper()}{summary[1:]}.", "", f"Source: {source}.", "",
             "dimensions, measures, sensors, motors, direction, seed, threads: see Search. Tables (archive, result_archive,",
             "variation, genome, encoding, run, evaluation, start) are dictionaries, or the name of a component.", ""]
    for p in sheet.get("parameters", []):
        bounds = f" in [{p['min']}, {p['max']}]" if "min" in p and "max" in p else ""
        choices = f" ({' | '.join(p['choices'])})" if p.get("choices") else ""
        lines.append(f"{p['name']}: {p['type']}{bounds}{choices}, default {p.get('default')}: {p['meaning']}.")
    lines.append("emitters: list of dictionaries, what proposes candidates, such as [{\"name\": \"cma_es\", \"count\": 15}].")
    return "\n".join(lines)


def _make():
    for room, _, name, summary, source in _core.entries(data_folder()):
        if room != "algorithms":
            continue
        title = "".join(word.capitalize() for word in name.split("_"))
        globals()[title] = type(title, (_Algorithm,), {"_name": name, "__doc__": _document(name, summary, source),
                                                       "__module__": __name__.rpartition(".")[0]})
        __all__.append(title)


_make()
