"""Gymnasium's environments as bodies. What is asked of gymnasium is stood in for, so that these tests need no gymnasium."""

import os
import sys
import tempfile
import types
import unittest
from unittest import mock

import cambrian
import numpy
from cambrian.gymnasium import Gymnasium


def box(size):
    return types.SimpleNamespace(low=numpy.full(size, -1.0), high=numpy.full(size, 1.0), shape=(size,), dtype=numpy.float32)


def discrete(n, start=0):
    return types.SimpleNamespace(n=n, start=start, shape=())


class Made:
    """Episodes of five steps, each rewarded with its action."""

    def __init__(self, observations, actions, sensed):
        self.observation_space, self.action_space, self.sensed, self.acted = observations, actions, sensed, []

    def reset(self, seed):
        self.acted = []
        return self.sensed(0), {}

    def step(self, action):
        self.acted.append(action)
        return self.sensed(len(self.acted)), float(numpy.sum(action)), len(self.acted) == 5, False, {}


def make_nan():
    return Made(box(2), box(1), lambda step: numpy.array([0.1, numpy.nan if step == 3 else 0.2]))


class Spaces(unittest.TestCase):
    def test_discrete_actions_begin_at_their_start(self):
        body = Gymnasium(lambda: Made(box(2), discrete(3, start=1), lambda step: numpy.zeros(2)))
        self.assertEqual(list(body.motors), ["action_0", "action_1", "action_2"])
        body.reset(1)
        for highest in range(3):
            body.step(numpy.eye(3)[highest])
        self.assertEqual(body._environment.acted, [1, 2, 3])

    def test_discrete_observations_are_a_sensor_each(self):
        body = Gymnasium(lambda: Made(discrete(4, start=2), box(1), lambda step: numpy.int64(2 + step)))
        self.assertEqual(body.sensors, {f"sensor_{i}": (0.0, 1.0) for i in range(4)})
        self.assertEqual(body.reset(1).tolist(), [1, 0, 0, 0])
        self.assertEqual(body.step(numpy.zeros(1))[0].tolist(), [0, 1, 0, 0])

    def test_other_spaces_are_refused_in_one_line(self):
        class MultiBinary:
            n, shape = 3, (3,)

            def __repr__(self):
                return "MultiBinary(3)"

        for observations, actions, what in ((MultiBinary(), box(1), "observation"), (box(2), MultiBinary(), "action")):
            with self.assertRaisesRegex(ValueError, rf"^make: its {what} space is MultiBinary\(3\), but a Box or Discrete is expected$"):
                Gymnasium(lambda: Made(observations, actions, None))


class Runs(unittest.TestCase):
    def run_of(self, body):
        with tempfile.TemporaryDirectory() as folder:
            path = os.environ.get("PYTHONPATH", "")
            self.addCleanup(os.environ.__setitem__, "PYTHONPATH", path)
            os.environ["PYTHONPATH"] = os.path.dirname(os.path.abspath(__file__)) + os.pathsep + path
            try:
                cambrian.run({"algorithm": {"name": "map_elites", "batch": 20}, "encoding": {"name": "direct_graph"}, "archive": {"shape": [5, 5]}},
                             body, output=os.path.join(folder, "run.h5"), evaluations=20)
            finally:
                self.left = sorted(os.listdir(folder))

    def test_an_observation_that_is_not_finite_is_named(self):
        with self.assertRaisesRegex(cambrian.Error, "not one is valid; the first: .*sensor 'sensor_1' is nan$"):
            self.run_of(Gymnasium(make_nan))

    def test_a_lambda_is_refused_in_one_line_that_says_what_to_pass(self):
        with mock.patch.dict(sys.modules, {"cloudpickle": None}):  # as if it were not installed
            with self.assertRaisesRegex(cambrian.Error, "environment: Gymnasium needs .*lambda.*; pass .* such as make=module.function") as caught:
                self.run_of(Gymnasium(lambda: make_nan()))
        self.assertNotIn("\n", str(caught.exception))
        self.assertEqual(self.left, [])

    def test_what_a_script_defines_goes_to_its_processes_by_cloudpickle(self):
        try:
            import cloudpickle  # noqa: F401
        except ImportError:
            self.skipTest("cloudpickle is not installed")
        here = types.ModuleType("__main__")
        exec("def make():\n    import test_gymnasium\n    return test_gymnasium.make_nan()", here.__dict__)
        with mock.patch.dict(sys.modules, {"__main__": here}):
            for make in (here.make, lambda: make_nan()):
                with self.assertRaisesRegex(cambrian.Error, "sensor 'sensor_1' is nan$"):  # so it has been evaluated
                    self.run_of(Gymnasium(make))


if __name__ == "__main__":
    unittest.main()
