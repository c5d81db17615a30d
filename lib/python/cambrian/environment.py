"""Environments as Python classes. They are evaluated in processes of their own, one per thread of a run, so that all cores are
used; the same protocol serves other languages (environments/process/PROCESS.md)."""


loading = False  # whether `cambrian.serve` is just loading the file of an environment: no run may start then


class Environment:
    """What both kinds share, as attributes of the class.

    measures: {name: (low, high)}: what describes a candidate; all are the descriptor's axes unless `descriptor` names some.
    objective: its name; worst: its worst value, the default of qd_offset; direction: "maximise" or "minimise".
    solved_when: in words; without it nothing can be solved.
    noisy: True if results depend on the seed that comes with each request. A run repeats bit for bit if a result depends on its
        candidate and seed alone."""

    objective = "objective"
    worst = 0.0
    direction = "maximise"
    measures = {}
    descriptor = None
    solved_when = None
    noisy = False

    def description(self):
        """What the run learns of it first: a dictionary (environments/process/PROCESS.md). Raises ValueError for attributes that
        describe nothing."""
        name = type(self).__name__
        if not self.measures:
            raise ValueError(f"{name}.measures: is empty, but {{name: (low, high)}} of at least one is expected")
        for what in ("measures", "sensors", "motors"):
            for one, at in getattr(self, what, {}).items():
                if not hasattr(at, "__len__") or not 2 <= len(at) <= 3:
                    raise ValueError(f"{name}.{what}: {one}: is {at!r}, but (low, high) is expected")
        found = {"cambrian": 1, "objectives": [{"name": self.objective, "worst": float(self.worst)}], "direction": self.direction,
                 "measures": [{"name": name, "min": float(b[0]), "max": float(b[1])} for name, b in self.measures.items()],
                 "noisy": bool(self.noisy)}
        if self.descriptor:
            found["descriptor"] = list(self.descriptor)
        if self.solved_when:
            found["solved_when"] = self.solved_when
        return found


class VectorEnvironment(Environment):
    """An environment that takes vectors: `dimensions` numbers each.

    block: vectors per request: 1 spreads slow evaluations over all cores; 100 suits those under a millisecond."""

    dimensions = 0
    block = 1

    def evaluate(self, vector, seed=None):
        """-> (objective, measures) or (objective, measures, solved). vector: float64 array [dimensions]. seed: a whole number if
        noisy. What it raises, or a number that is not finite, makes the candidate invalid: it is counted, and if none is valid the
        run ends and shows the first reason."""
        raise NotImplementedError(f"{type(self).__name__} does not define evaluate()")

    def description(self):
        """The same, with `dimensions` and `block`."""
        if self.dimensions < 1:
            raise ValueError(f"{type(self).__name__}.dimensions: is {self.dimensions}, but at least 1 is expected")
        return {**super().description(), "vector_length": int(self.dimensions), "block": int(self.block)}


class Body(Environment):
    """An environment with sensors and motors, for networks.

    sensors, motors: {name: (low, high)} or {name: (low, high, position)}, position being 1 to 3 coordinates in [-1, 1].
    trace: names of numbers that `state()` gives at each step, for replays.

    What a method raises makes the candidate invalid, and so does a number that is sensed or traced and is not finite (what is sensed:
    in single precision)."""

    sensors = {}
    motors = {}
    trace = None

    def reset(self, seed=None):
        """Begins an episode. -> what is sensed, [sensors]."""
        raise NotImplementedError

    def step(self, motors):
        """motors: float64 array [motors], each in its range. -> (what is sensed, whether the episode is over)."""
        raise NotImplementedError

    def result(self):
        """When the episode is over: (objective, measures) or (objective, measures, solved)."""
        raise NotImplementedError

    def state(self):
        """The present value of each name of `trace`."""
        return []

    def description(self):
        """The same, with the sensors and motors."""
        found = {**super().description(), "sensors": _terminals(self.sensors), "motors": _terminals(self.motors)}
        if self.trace:
            found["trace"] = list(self.trace)
        return found


def _terminals(named):
    found = []
    for name, at in named.items():
        one = {"name": name, "min": float(at[0]), "max": float(at[1])}
        if len(at) > 2:
            one["position"] = [float(x) for x in at[2]]
        found.append(one)
    return found
