"""What a run's configuration says of the CPPNs that paint its networks."""

import json
import re


def is_cppn(run):
    return "hyperneat" in str(run.attributes.get("encoding", ""))


def table_of(run):
    """The table [encoding] of the run's configuration."""
    table = re.search(r"(?ms)^\[encoding\]\s*$(.*?)(?=^\[|\Z)", str(run.attributes.get("config", "")))
    return table.group(1) if table else ""


def setting(run, key, default):
    """A number of that table."""
    found = re.search(rf"(?m)^\s*{key}\s*=\s*([-+.\deE]+)", table_of(run))
    return float(found.group(1)) if found else default


def further_inputs(run, count):
    """Names of the inputs behind x1, y1, x2, y2."""
    told = hidden_rows(run) > 0 and not re.search(r"(?m)^\s*layer_coordinate\s*=\s*false", table_of(run))
    return (["z₂", "k₁"] if told else ["k₁"])[: max(count - 4, 0)]


def hidden_rows(run):
    """How many hidden layers there are: [10, [5, 5]] is a row and a grid."""
    hidden = re.search(r"(?m)^\s*hidden\s*=\s*(\[.*\])", table_of(run))
    return len(json.loads(hidden.group(1))) if hidden else 1
