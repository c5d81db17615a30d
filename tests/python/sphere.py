"""What the tests evaluate: the sphere under a linear projection, and two environments."""

import os
import sys

import cambrian
import numpy

DIMENSIONS = 10
MEASURES = {"x": (-25.6, 25.6), "y": (-25.6, 25.6)}


def evaluate(genomes):
    """-> objectives [n], measures [n, 2]"""
    x = genomes.astype(float)
    clipped = numpy.where(abs(x) <= 5.12, x, 5.12 / x)
    half = x.shape[1] // 2
    return -((x - 2.048) ** 2).sum(axis=1), numpy.stack([clipped[:, :half].sum(axis=1), clipped[:, half:].sum(axis=1)], axis=1)


def advance(search, batches):
    for _ in range(batches):
        search.tell(*evaluate(search.ask()))


class Hill(cambrian.VectorEnvironment):
    dimensions = 4
    measures = {"x": (-3, 3), "y": (-3, 3)}
    worst = -50
    block = 50

    def evaluate(self, vector):
        if vector[0] > 2.5:
            raise ValueError("too far")
        return -(vector**2).sum(), vector[:2]


class Broken(Hill):
    def evaluate(self, vector):
        raise ValueError("mine")


class Crooked(Hill):
    def evaluate(self, vector):
        return 0.0, [1, 2, 3]


class Silent(Hill):
    def evaluate(self, vector):
        pass


class Unfinite(Hill):
    def evaluate(self, vector):
        return numpy.nan, vector[:2]


class Shapeless(Hill):
    dimensions = 0


class Seeker(cambrian.Body):
    sensors = {"right": (-2, 2, (-1, 0)), "up": (-2, 2, (1, 0))}
    motors = {"x_speed": (-0.1, 0.1, (-1, 1)), "y_speed": (-0.1, 0.1, (1, 1))}
    measures = {"x": (-2, 2), "y": (-2, 2)}
    worst = -4
    trace = ["x", "y"]
    solved_when = "it ends within 0.1 of the place"
    place = numpy.array([1, 0.5])

    def reset(self):
        self.at, self.steps = numpy.zeros(2), 0
        return self.place - self.at

    def step(self, motors):
        self.at, self.steps = self.at + motors, self.steps + 1
        return self.place - self.at, self.steps == 30

    def result(self):
        distance = numpy.hypot(*(self.place - self.at))
        return -distance, self.at, distance < 0.1

    def state(self):
        return self.at


class Sensing(cambrian.Body):
    """Episodes of three steps; kinds of it go wrong in half of the episodes that a process runs."""

    sensors = {"a": (-1, 1), "b": (-1, 1)}
    motors = {"m": (-1, 1)}
    measures = {"x": (-1, 1)}
    trace = ["t"]
    value = 0.5
    episodes = 0

    def bad(self):
        return self.episodes % 2 == 1

    def reset(self):
        self.episodes, self.t = self.episodes + 1, 0
        return [0, 0.5]

    def step(self, motors):
        self.t += 1
        return [0, self.value if self.bad() else 0.5], self.t == 3

    def result(self):
        return 1.0, [0.0]

    def state(self):
        return [self.t]


class SensesNan(Sensing):
    value = numpy.nan


class SensesTooMuch(Sensing):
    value = 1e39


class BeginsWithInf(Sensing):
    def reset(self):
        super().reset()
        return [0, numpy.inf if self.bad() else 0.5]


class FailsToBegin(Sensing):
    def reset(self):
        super().reset()
        return [0, 0.5] if not self.bad() else 1 / 0


class StateRaises(Sensing):
    def state(self):
        if self.bad():
            raise RuntimeError("in state")
        return super().state()


class StateShort(Sensing):
    def state(self):
        return [] if self.bad() else super().state()


class StateNan(Sensing):
    def state(self):
        return [numpy.nan if self.bad() else self.t]


class Reads(Hill):
    """Reads standard input in three ways."""

    def evaluate(self, vector):
        if sys.stdin.readline() or os.read(0, 1):
            raise ValueError("there is something to read")
        try:
            input()
        except EOFError:
            return -(vector**2).sum(), vector[:2]
        raise ValueError("there is a line")
