"""python -m cambrian.serve WHERE: a Python environment as a process of Cambrian's. WHERE is `module:Class` or
`path/of/file.py:Class`, or `pickle:FILE` of an environment."""

import importlib
import json
import os
import pickle
import runpy
import sys

import numpy

from .environment import VectorEnvironment


def load(where):
    """The environment that is meant: an instance."""
    place, _, name = where.rpartition(":")
    if place == "pickle":
        with open(name, "rb") as file:
            found = pickle.load(file)
    elif place.endswith(".py"):
        sys.path.insert(0, os.path.dirname(os.path.abspath(place)))
        found = runpy.run_path(place, run_name="__cambrian__")[name]
    else:
        sys.path.insert(0, os.getcwd())
        found = getattr(importlib.import_module(place), name)
    return found() if isinstance(found, type) else found


def row(result):
    """A request's RESULT."""
    objective, measures, *solved = result
    return {"objectives": [float(objective)], "measures": [float(m) for m in measures], "solved": bool(solved and solved[0])}


def one_vector(environment, genome, seed):
    try:
        return row(environment.evaluate(numpy.array(genome), *([] if seed is None else [seed])))
    except Exception as error:
        return {"invalid": f"{type(error).__name__}: {error}"}


def answer_vectors(environment, request):
    genomes = request["genomes"]
    seeds = request.get("seeds") or [None] * len(genomes)
    return {"results": [one_vector(environment, genome, seed) for genome, seed in zip(genomes, seeds)]}


def answer_body(environment, request):
    try:
        over = False
        if request["request"] == "reset":
            seed = request.get("seed")
            sensed = environment.reset(*([] if seed is None else [seed]))
        else:
            sensed, over = environment.step(numpy.array(request["motors"]))
        answer = {"result": row(environment.result())} if over else {"observation": [float(x) for x in sensed]}
    except Exception as error:
        answer = {"result": {"invalid": f"{type(error).__name__}: {error}"}}
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
