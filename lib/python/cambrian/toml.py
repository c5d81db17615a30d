"""Configurations as dictionaries, written as TOML."""

import json
import math


def text_of(tables):
    """The TOML of {"algorithm": {"name": ..., "emitters": [{...}]}, ...}."""
    lines = []
    for name, table in tables.items():
        if isinstance(table, list):
            for entry in table:
                lines += ["", f"[[{name}]]", *_table(name, entry)]
        else:
            lines += ["", f"[{name}]", *_table(name, table)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(path, table):
    lines = []
    for key, value in table.items():
        if value is None or _is_table(value):
            continue  # None: the default
        try:
            lines.append(f"{key} = {value_of(value)}")
        except TypeError as error:
            raise TypeError(f"{path}.{key}: {error}") from None
    for key, value in table.items():
        if isinstance(value, dict):
            lines += ["", f"[{path}.{key}]", *_table(f"{path}.{key}", value)]
        elif _is_table(value):
            for entry in value:
                lines += ["", f"[[{path}.{key}]]", *_table(f"{path}.{key}", entry)]
    return lines


def _is_table(value):
    return isinstance(value, dict) or (isinstance(value, (list, tuple)) and len(value) > 0 and
                                       all(isinstance(entry, dict) for entry in value))


def value_of(value):
    """A value as TOML writes it."""
    if hasattr(value, "tolist"):  # NumPy's numbers and arrays
        value = value.tolist()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(value_of(entry) for entry in value) + "]"
    raise TypeError(f"a configuration cannot hold a {type(value).__name__}")
