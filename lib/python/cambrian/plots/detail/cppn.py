"""What a run's configuration says of the CPPNs that paint its networks: how many coordinates their substrate has, and what their
inputs and outputs are (`cambrian describe hyperneat`)."""

import json
import re

import numpy as np

AXES = "xyz"
ENDS = "₁₂"


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


def word(run, key, default=""):
    """A text, or true or false, of that table."""
    found = re.search(rf'(?m)^\s*{key}\s*=\s*"?(\w+)"?', table_of(run))
    return found.group(1) if found else default


def is_set(run, key):
    return word(run, key) == "true"


def hidden_shapes(run):
    """Of each hidden layer: [10, [5, 5]] is a row and a grid; None: the configuration does not say."""
    hidden = re.search(r"(?m)^\s*hidden\s*=\s*(\[.*\])", table_of(run))
    return [np.atleast_1d(shape).tolist() for shape in json.loads(hidden.group(1))] if hidden else None


def hidden_rows(run):
    shapes = hidden_shapes(run)
    return 1 if shapes is None else len(shapes)


def dimensions(run):
    """Coordinates of the substrate: as many as a terminal or a hidden layer has; 2 where the run file does not say."""
    terminals = len(run.sensor_names) + len(run.motor_names)
    numbers = sum(np.size(run.attributes.get(f"{what}_positions", ())) for what in ("sensor", "motor"))
    body = numbers // terminals if terminals and numbers else 2
    hidden = [] if run.attributes.get("encoding") == "es_hyperneat" else hidden_shapes(run) or []
    return max([body, *map(len, hidden)])


def input_names(run, count):
    """Of a CPPN's inputs, its bias left out; empty: they are not known."""
    names = _declared_inputs(run)
    if len(names) == count:
        return names
    if count == 2:
        return ["x", "y"]
    told = hidden_rows(run) > 0 and word(run, "layer_coordinate") != "false"
    further = (["l₂", "k₁"] if told else ["k₁"])[: max(count - 4, 0)]
    return ["x₁", "y₁", "x₂", "y₂", *further] if count == 4 + len(further) else []


def _declared_inputs(run):
    axes = AXES[: dimensions(run)]
    names = [axis + end for end in ENDS for axis in axes]
    if run.attributes.get("encoding") != "es_hyperneat":
        layers = word(run, "layer_coordinate") != "false" and hidden_rows(run) > 0
        names += ["l₂"] * layers
        names += ["k₁"] * (word(run, "kind_coordinate") != "false" and len(set(run.sensor_kinds)) > 1)
        names += ["l₁"] * (layers and word(run, "recurrence", "none") != "none")
    names += [f"Δ{axis}" for axis in axes] if is_set(run, "delta_inputs") else []
    names += ["dist."] * is_set(run, "distance_input")
    return names + (["pre", "post", "w"] if word(run, "learning") == "iterated" else [])


def output_names(run, count):
    """In the order of the encoding; those that the configuration does not explain are numbered."""
    if run.attributes.get("encoding") == "es_hyperneat":
        names = ["weight"] + ["bias"] * is_set(run, "biases") + ["link"] * is_set(run, "leo")
    else:
        rule, names = word(run, "learning", "none"), []
        if rule == "none" or not is_set(run, "random_weights"):
            names = ["weight", "bias"] + ["link"] * is_set(run, "leo")
        names += [*"ABC"] * (rule in ("abc", "abcd")) + ["D"] * (rule == "abcd") + ["rate"] * (rule not in ("none", "iterated"))
        names += ["modulates"] * (word(run, "modulation", "none") != "none") + ["modulatory bias"] * (word(run, "modulation") == "bain")
        names += ["time constant"] * (word(run, "recurrence") == "ctrnn") + ["change"] * (rule == "iterated")
    return names[:count] + [f"output {i}" for i in range(len(names), count)]


def inputs_of(names, source, target, layer=0.0, kind=0.0, source_layer=0.0):
    """What the CPPN is asked about a link. @param source, target  three coordinates each, numbers or arrays"""
    values = {axis + end: place for end, ends in zip(ENDS, (source, target)) for axis, place in zip(AXES, ends)}
    values |= {"x": target[0], "y": target[1], "l₂": layer, "k₁": kind, "l₁": source_layer, "pre": 0.0, "post": 0.0, "w": 0.0}
    values |= {f"Δ{axis}": b - a for axis, a, b in zip(AXES, source, target)}
    values["dist."] = np.sqrt(sum((b - a) ** 2 for a, b in zip(source, target)))
    return [values[name] for name in names]
