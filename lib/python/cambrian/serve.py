"""python -m cambrian.serve WHERE: a Python environment as a process of Cambrian's. WHERE is `module:Class` or
`path/of/file.py:Class`, or `pickle:FILE` of an environment."""

import importlib
import json
import math
import os
import pickle
import runpy
import sys
import traceback

import numpy

from . import environment as environment_module
from .environment import VectorEnvironment


def load(where):
    """The environment that is meant: an instance."""
    place, _, name = where.rpartition(":")
    if place == "pickle":
        with open(name, "rb") as file:
            found = pickle.load(file)
    elif place.endswith(".py"):
        sys.path.insert(0, os.path.dirname(os.path.abspath(place)))
        environment_module.loading = True  # a script that starts its run without asking for __main__ would start runs for ever
        found = runpy.run_path(place, run_name="__cambrian__")[name]
        environment_module.loading = False
    else:
        sys.path.insert(0, os.getcwd())
        found = getattr(importlib.import_module(place), name)
    return found() if isinstance(found, type) else found


def row(environment, result):
    """A request's RESULT. Raises ValueError for what is none; a number that is not finite makes its candidate invalid."""
    if not isinstance(result, (tuple, list)) or len(result) not in (2, 3):
        raise ValueError(f"{result!r} is the result, but (objective, measures) or (objective, measures, solved) is expected")
    objective, measures = float(result[0]), [float(m) for m in result[1]]
    if len(measures) != len(environment.measures):
        raise ValueError(f"the result has {len(measures)} measures, but {len(environment.measures)} are expected: {', '.join(environment.measures)}")
    for name, number in zip(["the objective", *environment.measures], [objective, *measures]):
        if not math.isfinite(number):
            return {"invalid": f"{name} is {number}"}
    return {"objectives": [objective], "measures": measures, "solved": bool(result[2]) if len(result) == 3 else False}


def said(error):
    """An exception of the environment's, in one line with its place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})"
    return {"invalid": f"{type(error).__name__}: {' '.join(str(error).split())}" + (place if frames[-1].filename != __file__ else "")}


def one_vector(environment, genome, seed):
    try:
        return row(environment, environment.evaluate(numpy.array(genome), *([] if seed is None else [seed])))
    except Exception as error:
        return said(error)


def answer_vectors(environment, request):
    genomes = request["genomes"]
    seeds = request.get("seeds") or [None] * len(genomes)
    return {"results": [one_vector(environment, genome, seed) for genome, seed in zip(genomes, seeds)]}


def senses(environment, sensed):
    values = [float(x) for x in sensed]
    if len(values) != len(environment.sensors):
        raise ValueError(f"{len(values)} numbers are sensed, but {len(environment.sensors)} are expected: {', '.join(environment.sensors)}")
    return values


def answer_body(environment, request):
    try:
        over = False
        if request["request"] == "reset":
            seed = request.get("seed")
            sensed = environment.reset(*([] if seed is None else [seed]))
        else:
            sensed, over = environment.step(numpy.array(request["motors"]))
        answer = {"result": row(environment, environment.result())} if over else {"observation": senses(environment, sensed)}
    except Exception as error:
        answer = {"result": said(error)}
    if environment.trace:
        answer["trace"] = [float(x) for x in environment.state()]
    return answer


def main(where):
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the environment prints is not an answer
    environment = load(where)
    answer = answer_vectors if isinstance(environment, VectorEnvironment) else answer_body
    print(json.dumps(environment.description()), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(environment, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
