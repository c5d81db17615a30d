"""How learning can guide evolution, with its controls (reference: Hinton & Nowlan 1987)."""

import statistics
from dataclasses import dataclass

import h5py
import numpy as np

from .table import Row, Table

POPULATION = 1000
GENERATIONS = 50
SEEDS = 60
ALL_ONES = 20  # the fitness of a genome without 0 and ?, and the highest one

NO_TRIALS = ["environment.trials=1"]
LAMARCKIAN = ["evaluation.lamarckian=true"]

# Expected by arithmetic, or measured by 60 runs of a program of our own in Python; nobody has published these figures.
EXPECTED = {
    "learning": "0 / 0.77 / 0.23, fitness 19.3, 60 of 60 find it",
    "learning, after generation 10": "fitness 11.3",
    "learning, after generation 20": "fitness 17.3",
    "nothing is learned": "no run keeps a fitness of 20",
    "no ? at the start": "fewer than 4.7 % of the runs find it",
    "selection at random": "0.25 / 0.25 / 0.50, but for drift"}


def row(title, settings=(), last=GENERATIONS - 1):
    return Row(title, "hinton_nowlan", list(settings), SEEDS, (last + 1) * POPULATION, until_solved=False)


ROWS = [row("learning"),
        row("nothing is learned", NO_TRIALS),
        row("selection at random", ["algorithm.selection=uniform"]),
        row("no ? at the start", ["genome.initial_values=[0, 1]"]),
        row("no ? at the start, nothing is learned", ["genome.initial_values=[0, 1]", *NO_TRIALS]),
        row("what is learned is inherited", LAMARCKIAN),
        row("learning, after generation 10", last=10),
        row("learning, after generation 20", last=20),
        row("what is learned is inherited, after generation 10", LAMARCKIAN, last=10)]


@dataclass
class Generation:
    """The last generation of a run."""
    shares: list  # of the alleles 0, 1 and ?
    fitness: float  # mean


def last_generation(path):
    with h5py.File(path, "r") as file:
        genes = np.rint(file["population/genome/vector"][:])
        return Generation([float((genes == allele).mean()) for allele in (0, 1, 2)],
                          float(np.mean(file["population/objective"][:])))


def alleles(row, outcomes, call):
    last = [last_generation(o.path) for o in outcomes]
    means = [statistics.mean(one.shares[allele] for one in last) for allele in range(3)]
    return {"find it": f"{found(outcomes)} of {len(outcomes)}",
            "meet a fitness of 20": f"{sum(o.best >= ALL_ONES for o in outcomes)}",
            "keep it": f"{kept(last)}",
            "last generation: 0 / 1 / ?": " / ".join(f"{mean:.3f}" for mean in means),
            "its fitness": f"{statistics.mean(one.fitness for one in last):.2f}",
            "expected": EXPECTED.get(row.title, "")}


def found(outcomes):
    return sum(o.solved_evaluation is not None for o in outcomes)


def kept(last):
    """Runs whose last generation finds the string in at least half of its lives, as far as its fitness tells."""
    return sum(one.fitness >= ALL_ONES / 2 for one in last)


def conclude(outcomes, call):
    last = {title: [last_generation(o.path) for o in of_row] for title, of_row in outcomes.items()}
    learn, frozen = last["learning"], last["nothing is learned"]
    mean = {title: statistics.mean(one.fitness for one in of_row) for title, of_row in last.items()}
    supported = kept(learn) == len(learn) and kept(frozen) == 0
    ten, inherited = "learning, after generation 10", "what is learned is inherited, after generation 10"
    return [f"- Evolution sets the start and life finds the rest: {'supported' if supported else 'not supported'}. Of {len(learn)} "
            f"runs {kept(learn)} keep what they find; at as many evaluations {kept(frozen)} of {len(frozen)} without learning.",
            f"- What is learned and inherited is {'faster' if mean[inherited] > mean[ten] else 'not faster'}: mean fitness "
            f"{mean[inherited]:.2f} at generation 10, {mean[ten]:.2f} where it is lost at death."]


ABOUT = """1,000 organisms of 20 alleles, generations 0 to 49, at most 1,000 guesses per life; proportional selection, one-point
crossover, no mutation. Find it: runs in which some life guesses all ones. Keep it: runs whose last generation has a mean fitness of
at least 10. The column `expected` holds our arithmetic and 60 runs of a program of ours; the paper gives no such figures. All rows
take about 2 minutes on two cores."""

TABLES = [Table("hinton_nowlan", "Evolution with learning (Hinton & Nowlan 1987) and its controls", ROWS, alleles, ABOUT,
                conclude=conclude)]
