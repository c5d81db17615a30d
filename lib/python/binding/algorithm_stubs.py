"""Writes the stubs of the classes that cambrian/algorithms.py makes at import, for type checkers and editors:

    python algorithm_stubs.py FOLDER_OF_CORE DATA_FOLDER > algorithms.pyi
"""

import importlib
import json
import sys

HEAD = """from collections.abc import Mapping, Sequence
from typing import Any, Literal

from .search import Search

_Table = str | Mapping[str, Any] | None
_Axes = Mapping[str, tuple[float, float]] | Sequence[tuple[float, float]] | None
_Terminals = Mapping[str, tuple[float, float] | tuple[float, float, Sequence[float]]] | Sequence[str] | None
"""
TABLES = ("archive", "result_archive", "variation", "genome", "encoding", "run", "evaluation", "start")
TYPES = {"whole number": "int", "real number": "float", "true or false": "bool", "string": "str",
         "list of whole numbers": "Sequence[int]", "list of real numbers": "Sequence[float]", "list of strings": "Sequence[str]"}


def annotation(parameter):
    """The type of a key's value."""
    if not parameter.get("choices"):
        return TYPES.get(parameter["type"], "Any")
    choices = f"Literal[{', '.join(map(repr, parameter['choices']))}]"
    return f"Sequence[{choices}]" if parameter["type"].startswith("list") else choices


def class_of(name, sheet):
    title = "".join(word.capitalize() for word in name.split("_"))
    keys = {parameter["name"]: annotation(parameter) for parameter in sheet.get("parameters", [])}
    lines = [f"class {title}(Search):", "    def __init__(self, dimensions: int | None = ..., measures: _Axes = ..., *, sensors: _Terminals = ...,",
             "                 motors: _Terminals = ..., direction: Literal['maximise', 'minimise'] = ..., can_be_solved: bool = ...,",
             "                 seed: int | None = ..., threads: int = ...,"]
    lines += [f"                 {key}: {kind} | None = ...," for key, kind in keys.items() if key.isidentifier()]
    lines += [f"                 {table}: _Table = ...," for table in TABLES if table not in keys]
    return "\n".join([*lines, "                 **keys: Any) -> None: ...", ""])


def stubs(core, data):
    """core: the compiled module; data: the folder of mazes and other inputs."""
    names = [name for room, _, name, *_ in core.entries(data) if room == "algorithms"]
    return HEAD + "\n" + "\n".join(class_of(name, json.loads(core.describe_json(f"algorithms.{name}", data))) for name in names)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    sys.stdout.write(stubs(importlib.import_module("_core"), sys.argv[2]))
