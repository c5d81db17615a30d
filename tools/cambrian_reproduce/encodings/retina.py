"""The retina problem (Kashtan & Alon 2005) in both layouts: which encodings solve it, and how modular brains may be."""

import csv
import io
import statistics

from .table import Row, Table, solved

LAYOUTS = ("columns", "rows")
EVALUATIONS = 500_000
SUBSTRATE = ["encoding.hidden=[[4,2],[4,1]]"]
ENCODINGS = {
    "HyperNEAT, link expression and locality seed": ("retina_hyperneat", [*SUBSTRATE, "encoding.leo=true", 'encoding.locality=["x"]']),
    "HyperNEAT": ("retina_hyperneat", SUBSTRATE),
    "ES-HyperNEAT, link expression and locality seed": ("retina_es_hyperneat", []),
    "direct, NEAT": ("retina_neat", []),
    "direct, vector": ("retina_vector", ["environment.goal=both", "environment.objective=squared"]),
    "compressed, DCT": ("retina_dct", []),
}


def rows():
    return [Row(f"{encoding}, {layout}", experiment, [*settings, f"environment.layout={layout}"], evaluations=EVALUATIONS)
            for layout in LAYOUTS for encoding, (experiment, settings) in ENCODINGS.items()]


def columns(row, outcomes, call):
    """What solved() tells, and the share of right answers of the best."""
    right = [min(float(best["left"]), float(best["right"])) for best in (call.evaluate(o.path)[0] for o in outcomes)]
    return {**solved(row, outcomes, call), "worse half right": f"{100 * sum(right) / len(right):.1f} %"}


def best_of(elites):
    return max(elites, key=lambda elite: float(elite["objective"]))


def modular_columns(_, outcomes, call):
    archives = [list(csv.DictReader(io.StringIO(call.program("query", o.path, "--format", "csv")))) for o in outcomes]
    best = [best_of(elites) for elites in archives]
    modular = []
    for elites in archives:
        most = max(float(elite["descriptor_0"]) for elite in elites)
        modular.append(best_of([elite for elite in elites if float(elite["descriptor_0"]) >= most / 2]))

    def mean(elites, column):
        return f"{statistics.mean(float(elite[column]) for elite in elites):.3g}"

    return {"cells": f"{statistics.mean(map(len, archives)):.0f}", "right": mean(best, "objective"), "its Q": mean(best, "descriptor_0"),
            "its cost": mean(best, "descriptor_1"), "right, modular half": mean(modular, "objective"),
            "Q there": mean(modular, "descriptor_0")}


TABLES = [Table("retina", "The retina problem", rows(), columns=columns, quick_rows=6,
    about="MAP-Elites over the shares of patterns that are judged right in either half, all 256 patterns; fitness 1000 / (1 + E^2), where E is the sum of the errors of both motors; solved when all patterns are right. "
    "Layout: a half of the retina is two columns of two pixels, or a row of four. Tables of success were not recovered; HyperNEAT "
    "alone is said to solve it rarely, with link expression and a locality seed to solve it (Verbancsics & Stanley 2011), in up to "
    "2,500 generations of 500. The last column is the share of patterns that the best elite judges right in the half that it judges "
    "worse, mean of all runs. Estimate: 3 hours on two cores."),
    Table("retina_modularity", "The retina problem: MAP-Elites over modularity (Leicht & Newman's Q) and connection cost", [
        Row(f"HyperNEAT, link expression and locality seed, {layout}", "retina_modularity", [f"environment.layout={layout}"], evaluations=EVALUATIONS,
            until_solved=False) for layout in LAYOUTS
    ], columns=modular_columns,
        about="The best of each combination of modularity and connection cost, means of all runs: cells that are filled, the share of "
        "right answers of the best elite, its Q and its connection cost, and the same of the best elite among those of at least "
        "half of the highest Q. Estimate: 1 hour on two cores.")]
