"""Static tasks by ES-HyperNEAT: exclusive or, parity, circle, sine, and five Boolean functions at once."""

import re

from .bars import bar, solved_runs
from .table import Row, Table, solved

SEEDS, GENERATIONS = 30, 15_000  # 100 generations of 150
CONSTANT = 0.8656  # what a constant output scores in the circle

AUTHOR = ["encoding.max_depth=3", "encoding.preset=textbook", "encoding.cppn_output=bipolar_sigmoid", "encoding.signed_sensors=true"]
GAUSSIAN = ["encoding.max_depth=2", "encoding.hidden_activation=plain_gaussian"]
SMALL = ["genome.initial_range=1", "variation.weight_power=1", "variation.weight_limit=3"]  # weights of the CPPN
CLARET = "PUREPLES, as Claret et al. 2026 ran it"


def depth(number):
    return [f"encoding.max_depth={number}"]


def row(task, title, experiment, settings, published="", evaluations=GENERATIONS):
    return Row(f"{task}, {title}", experiment, settings, seeds=SEEDS, evaluations=evaluations, published=published)


def guesses(task, experiment, number):
    """A control: one generation as large as the budget, so that no genome is bred."""
    return row(task, f"guesses: first CPPNs alone, depth {number}", experiment, [*depth(number), f"algorithm.population={GENERATIONS}"])


def pureples(task, experiment, figures):
    """One row per depth. figures: {depth: published}"""
    return [row(task, f"depth {number}", experiment, depth(number), f"{figure} ({CLARET})") for number, figure in figures.items()]


def columns(row, outcomes, call):
    """What solved() tells, and the generation at which half of the runs are solved."""
    generation = sorted((o.solved_evaluation or float("inf")) / 150 for o in outcomes)[(len(outcomes) - 1) // 2]
    best = max((o.best for o in outcomes if o.best is not None), default=None)
    return {**solved(row, outcomes, call), "median generation": "–" if generation == float("inf") else f"{generation:.0f}",
            "best": "–" if best is None else f"{best:.4f}"}


def conclude(outcomes, _):
    lines = [bar(f"XOR, depth {number}", outcomes, 30) for number in (2, 3)]
    lines += [bar(f"3-parity, depth {number}", outcomes, 23) for number in (2, 3, 4)]
    circle = [o for title in outcomes if re.match("circle", title) for o in outcomes[title]]
    best = max((o.best for o in circle if o.best is not None), default=0)
    lines.append(f"Circle: {solved_runs(circle)} of {len(circle)} solved, best {best:.4f}; a constant output scores {CONSTANT}.")
    return [line for each in lines for line in (each, "")][:-1]


TABLES = [
    Table("static", "Static tasks by ES-HyperNEAT", [
        *pureples("XOR", "xor_es_hyperneat", {2: "30 of 30, median generation 3.5", 3: "30 of 30, 3"}),
        *pureples("3-parity", "parity_es_hyperneat",
                  {2: "JAX-ES-HyperNEAT 4 of 30; 23 of 30, median generation 36", 3: "JAX-ES-HyperNEAT 7 of 30; 30 of 30, 25.5",
                   4: "JAX-ES-HyperNEAT 5 of 30; 29 of 30, 20"}),
        *pureples("circle", "circle_es_hyperneat", {2: "0 of 30", 3: "0 of 30", 4: "0 of 30; best of all 0.8992"}),
        row("XOR", "CPPN output tanh, depth 2", "xor_es_hyperneat", [*depth(2), "encoding.cppn_output=tanh"]),
        row("3-parity", "CPPN output tanh, depth 2", "parity_es_hyperneat", [*depth(2), "encoding.cppn_output=tanh"]),
        row("XOR", "the author's settings", "xor_es_hyperneat", AUTHOR),
        row("3-parity", "the author's settings", "parity_es_hyperneat", AUTHOR),
        row("circle", "the author's settings", "circle_es_hyperneat", AUTHOR),
        row("circle", "Gaussian hidden neurons, depth 2", "circle_es_hyperneat", GAUSSIAN),
        row("circle", "Gaussian hidden neurons, depth 2, 1,000 generations", "circle_es_hyperneat", GAUSSIAN, evaluations=10 * GENERATIONS),
        row("circle", "Gaussian hidden neurons, depth 2, 1,000 generations, CPPNs of small weights", "circle_es_hyperneat",
            [*GAUSSIAN, *SMALL], evaluations=10 * GENERATIONS),
        row("3-parity", "CPPNs of small weights, depth 4", "parity_es_hyperneat", [*depth(4), *SMALL]),
        row("sine", "depth 2", "sine_es_hyperneat", depth(2), "29 of 30, median generation 2 (JAX-ES-HyperNEAT, Claret et al. 2026); "
            "PUREPLES 0 of 30, as its target leaves the range of its output"),
        row("sine", "depth 3", "sine_es_hyperneat", depth(3), "30 of 30 (JAX-ES-HyperNEAT); PUREPLES 0 of 30"),
        row("sine", "depth 4", "sine_es_hyperneat", depth(4), "30 of 30 (JAX-ES-HyperNEAT); PUREPLES 0 of 30"),
        guesses("XOR", "xor_es_hyperneat", 2),
        *[guesses("3-parity", "parity_es_hyperneat", number) for number in (2, 3, 4)],
        row("Boolean functions", "depth 3", "boolean_functions_es_hyperneat", depth(3)),
    ], columns=columns, conclude=conclude, quick_rows=5,
        about="Solved at a mean squared error of 0.02 (XOR), 0.025 (parity, circle) and 0.05 (sine). 150 individuals, 100 "
        "generations; the thresholds, depths and substrates of PUREPLES. What differs: the CPPN's output is a sine, where neat-python lets "
        "it change its function; first weights of the CPPN reach 4 and later ones 30, where PUREPLES draws N(0, 1) into steeper "
        "functions; and the rates of mutation are `cppn`'s. Guesses: the first generation alone, as large as the budget. The author's: those of his release, with its bipolar sigmoid. Estimate: 1 hour on two cores."),
]
