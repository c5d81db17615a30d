"""Gymnasium's environments as Bodies: their observations are sensors, their actions motors."""

import math

import numpy

from .environment import Body

_WIDEST = 1e6  # a bound beyond it is none


def _is_discrete(space, what):
    """Whether a space is Discrete; otherwise it is a Box. Raises ValueError for other spaces."""
    if hasattr(space, "low") and hasattr(space, "high"):
        return False
    if hasattr(space, "n") and not getattr(space, "shape", ()):  # MultiBinary has n, too, but also a shape
        return True
    raise ValueError(f"make: its {what} space is {space}, but a Box or Discrete is expected")


class Gymnasium(Body):
    """One episode of a Gymnasium environment per evaluation; the objective is the sum of rewards.

    make: its id, such as "CartPole-v1", or a function that makes it. options: what gymnasium.make takes beside it.
    measures: {name: (low, high)}; measure(trajectory) gives their values of an episode, whose observations are
        trajectory["observations"], [steps + 1, sensors], beside "actions" and "rewards". Without it: the mean of the first two
        sensors.
    sensor_range: what a sensor without bounds is taken for. A Box has a sensor or motor per number. Discrete observations have a
        sensor each, which is 1 while it is the observation and otherwise 0; Discrete actions have a motor each, and the highest acts.
    solved_at: the sum of rewards at which a candidate solves the task; worst: the least sum, for the QD score.
    The seed of each candidate's episodes comes from the run (noisy = True); seed=S gives all episodes the same instead.
    Raises ValueError for other spaces and for an action without bounds, ImportError without gymnasium."""

    objective = "reward"
    noisy = True

    def __init__(self, make, *, measures=None, measure=None, sensor_range=(-10, 10), seed=None, solved_at=None, worst=0.0, **options):
        self.make, self.options, self.measure, self.seed, self.solved_at, self.worst = make, options, measure, seed, solved_at, worst
        self.noisy = seed is None
        environment = self._environment = self._made()
        if solved_at is not None:
            self.solved_when = f"the sum of rewards reaches {solved_at}"
        observations, actions = environment.observation_space, environment.action_space
        self.senses_one, self.discrete = _is_discrete(observations, "observation"), _is_discrete(actions, "action")
        if self.senses_one:
            self.sensors = {f"sensor_{i}": (0.0, 1.0) for i in range(int(observations.n))}
        else:
            self.sensors = {f"sensor_{i}": (float(a), float(b)) if abs(a) < _WIDEST and abs(b) < _WIDEST else tuple(sensor_range)
                            for i, (a, b) in enumerate(zip(observations.low.ravel(), observations.high.ravel()))}
        if self.discrete:
            self.motors = {f"action_{i}": (0.0, 1.0) for i in range(int(actions.n))}
        else:
            self.motors = {f"motor_{i}": (float(a), float(b))
                           for i, (a, b) in enumerate(zip(actions.low.ravel(), actions.high.ravel()))}
        if any(not math.isfinite(x) for bounds in self.motors.values() for x in bounds):
            raise ValueError("make: has an action without bounds, which a motor cannot have")
        self.measures = measures or {name: bounds for name, bounds in list(self.sensors.items())[:2]}

    def _made(self):
        if callable(self.make):
            return self.make(**self.options)
        import gymnasium

        return gymnasium.make(self.make, **self.options)

    def __getstate__(self):
        return {name: value for name, value in self.__dict__.items() if name != "_environment"}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._environment = self._made()

    def _flat(self, observation):
        if not self.senses_one:
            return numpy.ravel(observation)
        sensed = numpy.zeros(len(self.sensors))
        sensed[int(observation) - int(getattr(self._environment.observation_space, "start", 0))] = 1.0
        return sensed

    def reset(self, seed=None):
        """Begins an episode. -> the first observation, flat, [sensors]."""
        observation, _ = self._environment.reset(seed=self.seed if self.seed is not None else seed % 2**32)
        self._observations, self._actions, self._rewards = [self._flat(observation)], [], []
        return self._observations[0]

    def step(self, motors):
        """Acts. -> (the observation, flat, [sensors]; whether the episode was terminated or truncated)."""
        space = self._environment.action_space
        action = int(motors.argmax()) + int(getattr(space, "start", 0)) if self.discrete else motors.reshape(space.shape).astype(space.dtype)
        observation, reward, terminated, truncated, _ = self._environment.step(action)
        self._observations.append(self._flat(observation))
        self._actions.append(action)
        self._rewards.append(float(reward))
        return self._observations[-1], terminated or truncated

    def result(self):
        """(the sum of rewards, the measures, whether that sum reaches `solved_at`)."""
        total = sum(self._rewards)
        if self.measure is None:
            found = [sum(o[i] for o in self._observations) / len(self._observations) for i in range(len(self.measures))]
        else:
            found = self.measure({"observations": self._observations, "actions": self._actions, "rewards": self._rewards})
        return total, found, self.solved_at is not None and total >= self.solved_at
