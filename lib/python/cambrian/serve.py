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
from functools import partial

import numpy

from . import environment as environment_module
from .environment import VectorEnvironment

LARGEST = float(numpy.finfo(numpy.float32).max)  # networks compute in single precision


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


class Unfit(ValueError):
    """A number that makes its candidate invalid; the text is the whole reason."""


def said(error):
    """An exception of the environment's, in one line with its place."""
    if isinstance(error, Unfit):
        return {"invalid": str(error)}
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
    for name, value in zip(environment.sensors, values):
        if not math.isfinite(value):
            raise Unfit(f"sensor '{name}' is {value}")
        if abs(value) > LARGEST:
            raise Unfit(f"sensor '{name}' is {value}, which is not finite in single precision")
    return values


def traced(environment):
    values = [float(x) for x in environment.state()]
    if len(values) != len(environment.trace):
        raise ValueError(f"state() gives {len(values)} numbers, but {len(environment.trace)} are expected: {', '.join(environment.trace)}")
    for name, value in zip(environment.trace, values):
        if not math.isfinite(value):
            raise Unfit(f"'{name}' of the trace is {value}")
    return values


class BodyAnswers:
    """Answers for a body. An episode can end at a step only, so that what goes wrong in reset() is told at the first step."""

    def __init__(self, environment):
        self.environment = environment
        self.failed = None  # the result of an episode that could not begin

    def __call__(self, request):
        environment, is_reset = self.environment, request["request"] == "reset"
        if self.failed and not is_reset:
            return self.ended(self.failed)
        self.failed = None
        try:
            answer = self.reset(request.get("seed")) if is_reset else self.step(numpy.array(request["motors"]))
            if environment.trace:
                answer["trace"] = traced(environment)
            return answer
        except Exception as error:
            result = said(error)
        if is_reset:
            self.failed = result
        return self.ended(result, is_reset)

    def reset(self, seed):
        return {"observation": senses(self.environment, self.environment.reset(*([] if seed is None else [seed])))}

    def step(self, motors):
        sensed, over = self.environment.step(motors)
        return {"result": row(self.environment, self.environment.result())} if over else {"observation": senses(self.environment, sensed)}

    def ended(self, result, is_reset=False):
        answer = {"observation": [0.0] * len(self.environment.sensors)} if is_reset else {"result": result}
        return {**answer, "trace": [0.0] * len(self.environment.trace)} if self.environment.trace else answer


def main(where):
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the environment prints is not an answer
    requests = os.fdopen(os.dup(sys.stdin.fileno()))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())  # what the environment reads is not a request
    os.close(nothing)
    environment = load(where)
    answer = partial(answer_vectors, environment) if isinstance(environment, VectorEnvironment) else BodyAnswers(environment)
    print(json.dumps(environment.description()), file=answers, flush=True)
    for line in requests:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
