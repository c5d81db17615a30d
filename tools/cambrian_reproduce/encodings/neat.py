"""NEAT on XOR and on the double pole, with and without velocities."""

import statistics
from dataclasses import dataclass

import h5py
import numpy as np

from ..runs import RunError
from .table import Row, Table, solved

XOR_BAR, MARKOV_BAR, NON_MARKOV_BAR = 9_500, 3 * 3_600, 3 * 33_184
# Where solvers have cells of their own, so that nothing displaces the one that ended the run.
APART = ['result_archive.descriptor=["correct", "error"]']
TESTED = ['result_archive.descriptor=["generalisation", "place"]', "result_archive.shape=[126, 20]"]


@dataclass
class Solver:
    """What a run file holds of the genome that ended the run."""
    hidden: int
    links: int  # enabled ones
    generalisation: float  # None where no test was made


def solver(outcome):
    """The graph that was the first to solve the problem; None where the run did not solve it."""
    if outcome.solved_evaluation is None:
        return None
    with h5py.File(outcome.path, "r") as file:
        archive = file["archive"]
        evaluations = np.where(archive["solved"][:] == 1, archive["evaluation"][:], np.iinfo(np.int64).max)
        if len(evaluations) == 0 or evaluations.min() == np.iinfo(np.int64).max:
            raise RunError(f"{outcome.path}: the elite that solved the problem is no longer in the archive")
        row = int(evaluations.argmin())
        nodes, edges = archive["genome/node"], archive["genome/edge"]
        kinds = [name.decode() if isinstance(name, bytes) else str(name) for name in nodes.attrs["kind_names"]]
        node, edge = (slice(*archive[f"genome/{kind}_offset"][row:row + 2]) for kind in ("node", "edge"))
        names = [name.decode() if isinstance(name, bytes) else str(name) for name in archive.attrs["descriptor_names"]]
        tested = archive["descriptor"][row, names.index("generalisation")] if "generalisation" in names else None
        return Solver(int((nodes["kind"][node] == kinds.index("hidden")).sum()), int(edges["enabled"][edge].sum()), tested)


def mean_of(values):
    return f"{statistics.mean(values):.2f}" if values else "–"


def with_network(row, outcomes, call):
    """The columns of `solved`, and the network that solved the problem."""
    solvers = [s for s in map(solver, outcomes) if s]
    return {**solved(row, outcomes, call), "hidden nodes": mean_of([s.hidden for s in solvers]),
            "enabled links": mean_of([s.links for s in solvers])}


def with_test(row, outcomes, call):
    """The columns of `solved`, and the starts of 625 from which solvers balance."""
    starts = [s.generalisation for s in map(solver, outcomes) if s]
    return {**solved(row, outcomes, call), "starts": mean_of(starts), "fewest": f"{min(starts):.0f}" if starts else "–"}


def bar(title, outcomes, limit, all_solved=True):
    """One line that says whether the mean of the evaluations lies below the bar."""
    mean = statistics.mean(o.solved_evaluation or o.evaluations for o in outcomes)
    count = sum(o.solved_evaluation is not None for o in outcomes)
    reached = mean <= limit and (count == len(outcomes) or not all_solved)
    return (f"{title}: {count} of {len(outcomes)} solved, mean {mean:,.0f} evaluations; the bar is {'all solved, ' if all_solved else ''}"
            f"mean at most {limit:,}: {'reached' if reached else 'NOT reached'}.")


def conclude_xor(outcomes, call):
    return [bar("NEAT, textbook", outcomes["NEAT, textbook"], XOR_BAR)]


def conclude_markov(outcomes, call):
    return [bar("NEAT", outcomes["NEAT"], MARKOV_BAR, all_solved=False)]


def conclude_non_markov(outcomes, call):
    return [bar("NEAT", outcomes["NEAT"], NON_MARKOV_BAR, all_solved=False)]


XOR = Table("xor", "NEAT on XOR, until all four answers are right", [
    Row("NEAT, textbook", "xor_neat", APART, seeds=100, evaluations=100_000,
        published="mean 4,755, 2.35 hidden nodes (Stanley & Miikkulainen 2002)"),
    Row("preset nsc", "xor_neat_nsc", APART, seeds=100, evaluations=100_000),
    Row("preset jair04", "xor_neat_jair04", APART, seeds=100, evaluations=100_000)],
    columns=with_network, conclude=conclude_xor,
    about="Hidden nodes and enabled links are those of the first network that is right, enabled links those from the bias included. "
    "Copies of champions count as evaluations. Takes a minute.")

MARKOV = Table("double_pole", "NEAT balances two poles, velocities sensed, for 100,000 steps", [
    Row("NEAT", "double_pole_neat", seeds=100, evaluations=100_000, published="mean 3,600 (Stanley & Miikkulainen 2002)"),
    Row("one pass through the whole network per step", "double_pole_neat", ["encoding.recurrent=false"], seeds=100,
        evaluations=100_000),
    Row("preset nsc", "double_pole_neat", ["algorithm.preset=nsc", "variation.preset=nsc"], seeds=100, evaluations=100_000),
    Row("without mating", "double_pole_neat", ["variation.mutate_only=1.0"], seeds=100, evaluations=100_000,
        published="mean 5,557, none failed (Stanley & Miikkulainen 2002)"),
    Row("without species", "double_pole_neat", ["algorithm.threshold=1000.0"], seeds=100, evaluations=100_000,
        published="mean 25,600, 25 % failed (Stanley & Miikkulainen 2002)"),
    Row("without growth", "double_pole_neat", ["variation.add_node=0.0", "variation.add_link=0.0"], seeds=100, evaluations=100_000,
        published="mean 30,239, 80 % failed (Stanley & Miikkulainen 2002)")],
    columns=with_network, conclude=conclude_markov,
    about="Set-up of Stanley & Miikkulainen (2002): start at 4 degrees, population 150. In most rows signals pass one link per step, as "
    "there. How the published ablations began is not known to us, so that they give no more than a direction. Takes about 10 minutes on "
    "two cores.")

NON_MARKOV = Table("double_pole_non_markov", "NEAT balances two poles without velocities", [
    Row("NEAT", "double_pole_non_markov_neat", TESTED, evaluations=200_000,
        published="mean 33,184, 286 starts (Stanley & Miikkulainen 2002)"),
    Row("splits a link a third as often", "double_pole_non_markov_neat", [*TESTED, "variation.add_node=0.01"], evaluations=200_000),
    Row("preset nsc", "double_pole_non_markov_neat",
        [*TESTED, "algorithm.preset=nsc", "variation.unmatched_genes=both", "variation.split_out_weight=0.3",
         "variation.weight_limit=3.0"], evaluations=200_000)],
    columns=with_test, conclude=conclude_non_markov,
    about="Population 1,000; solved: 1,000 steps, then 100,000, then at least 200 of 625 further starts, whose tests do not count. Here "
    "every network that balances 1,000 steps is tested, in the published set-up only the best new champion of a generation. Takes about half an "
    "hour on two cores.")

TABLES = [XOR, MARKOV, NON_MARKOV]
