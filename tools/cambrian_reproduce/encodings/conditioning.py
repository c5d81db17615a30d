"""Encoding and plasticity together: which of 4 actions is right for each of 4 stimuli is learned in a life, by networks that evolved
on a few of the 256 association sets (reference: Tonelli & Mouret 2013)."""

import csv
import io
import statistics

from .permuted_links import permuted_abilities
from .rank_test import mann_whitney, spearman
from .regularity import regularity, shuffled_regularity
from .table import Row, Table

STIMULI = 4
SOURCES = STIMULI + 2  # stimuli, reward and punishment; the biases are behind them
BUDGET = 100_000
SEEDS = 30
ENCODINGS = {"direct": "operant_conditioning_direct", "DCT": "operant_conditioning_dct",
             "HyperNEAT": "operant_conditioning_hyperneat"}
SIZES = [4, 1, 2, 3, 5, 6, 7]  # the first is what a quick call runs
SHARE = 0.95  # of the 256 sets
LATIN = [57, 78, 147, 228]  # action i + k (modulo 4) of stimulus i, k = 0 to 3: each stimulus needs each action once


def sets_of(count):
    """As many sets as that, drawn anew for each seed."""
    return [f"environment.sets={count}", "environment.draw={seed}"]


def title_of(encoding, count):
    return f"{encoding}, {count} set{'s' if count > 1 else ''}"


def weights_of(call, path):
    """[sources, neurons] the weights of the best elite at its birth; the last row holds the biases."""
    nodes, edges = (list(csv.DictReader(io.StringIO(call.program(
        "query", path, "--table", f"network/{table}", "--best", "--format", "csv")))) for table in ("node", "edge"))
    outputs = [int(node["node"]) for node in nodes if node["kind"] == "output"]
    matrix = [[0.0] * len(outputs) for _ in range(SOURCES)]
    for edge in edges:
        matrix[int(edge["source"])][outputs.index(int(edge["target"]))] = float(edge["weight"])
    return matrix + [[float(node["bias"]) for node in nodes if node["kind"] == "output"]]


def abilities(call, outcomes):
    """The share of all 256 sets that the best of each run learns."""
    return [float(row["general"]) for o in outcomes for row in call.evaluate(o.path, settings=["environment.general=true"])]


def deviation(values):
    return statistics.stdev(values) if len(values) > 1 else 0.0


def learning(row, outcomes, call):
    general = abilities(call, outcomes)
    frozen = [float(one["fitness"]) for o in outcomes for one in call.evaluate(o.path, settings=["evaluation.learning=false"])]
    matrices = [weights_of(call, o.path) for o in outcomes]
    return {"right in training": f"{100 * statistics.mean(o.best for o in outcomes):.1f} %",
            "frozen": f"{100 * statistics.mean(frozen):.1f} %",
            "learn all that they trained": f"{sum(o.solved_evaluation is not None for o in outcomes)} of {len(outcomes)}",
            "general: mean": f"{100 * statistics.mean(general):.1f} %",
            "sd": f"{100 * deviation(general):.1f}",
            "median": f"{100 * statistics.median(general):.1f} %",
            "best": f"{100 * max(general):.1f} %",
            "on permuted links: mean": f"{100 * statistics.mean(permuted_abilities(call, outcomes, general)):.1f} %",
            "automorphisms, log2": f"{statistics.mean(regularity(matrix, STIMULI) for matrix in matrices):.2f}",
            "of shuffled weights": f"{statistics.mean(shuffled_regularity(matrix, STIMULI) for matrix in matrices):.2f}"}


def conclude(outcomes, call):
    general = {title: abilities(call, of_row) for title, of_row in outcomes.items()}
    regular = {title: [regularity(weights_of(call, o.path), STIMULI) for o in of_row] for title, of_row in outcomes.items()}
    lines = []
    for encoding in ENCODINGS:
        titles = [title_of(encoding, count) for count in SIZES]
        rho = spearman([x for title in titles for x in regular[title]], [x for title in titles for x in general[title]])
        said = "there is none: one of them does not vary" if rho is None else f"{rho:.2f}"
        lines.append(f"- {encoding}: Spearman's correlation of automorphisms and general ability over all its runs: {said}.")
    for one, other in (("DCT", "direct"), ("HyperNEAT", "direct"), ("DCT", "HyperNEAT")):
        some, others = ([x for count in SIZES for x in general[title_of(name, count)]] for name in (one, other))
        u, p = mann_whitney(some, others)
        which = "no difference is shown" if p >= 0.05 else f"{one if u > len(some) * len(others) / 2 else other} learns more sets"
        lines.append(f"- General ability of {one} against {other}, Mann-Whitney over all sizes: U = {u:g} of "
                     f"{len(some) * len(others)}, p = {p:.2g}: {which}.")
    return lines


def reached(outcomes, call):
    """Whether a genome that was evolved on at most 4 sets learns enough of the 256."""
    lines = []
    for title, of_row in outcomes.items():
        general = abilities(call, of_row)
        count = sum(share >= SHARE for share in general)
        lines.append(f"- {title}: {count} of {len(general)} runs end with a genome that learns at least {SHARE:.0%} of the 256 sets; "
                     f"the best {max(general):.1%}. The bar is {'reached' if count else 'not reached'}.")
    return lines


ABOUT = """Each network trains each stimulus six times, with reward and punishment, and is tested once. No hidden neurons; each link
learns by A, B, C and a rate of its own, gated by modulatory links (Risi's rule). Same search, same budget for all encodings; CPPNs
begin with one input for each output, so that links of a kind begin alike. The sets are drawn anew for each seed. General: share of all
256 sets that the best genome learns. Frozen: right answers of the same genome when it learns nothing. Automorphisms: ways to relabel
stimuli and actions that keep all weights at birth (5 levels). On permuted links: the same weights, with their rules of learning, in
places drawn anew, five times each. Tonelli & Mouret publish no table: they report that developmental
encodings learn more sets, and regular networks of any encoding too. """

TABLES = [
    Table("conditioning", "Encoding and plasticity together: general learning ability",
          [Row(title_of(encoding, count), file, sets_of(count), SEEDS, BUDGET, until_solved=True)
           for count in SIZES for encoding, file in ENCODINGS.items()],
          learning, ABOUT + "All rows take about 1 hour on two cores.", conclude=conclude),
    Table("conditioning_latin", "Learning all of the 256 association sets after evolution on four",
          [Row(title_of(encoding, 4), file, [f"environment.listed={LATIN}"], SEEDS, 5 * BUDGET)
           for encoding, file in [*ENCODINGS.items()][::-1]],
          learning, "As above, but all seeds train the same four sets, a Latin square: each stimulus needs each action once. All rows take "
          "about 20 minutes on two cores.", conclude=reached)]
