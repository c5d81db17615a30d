"""Makes pyribs_archives.hpp, what pyribs 0.12 (pip install ribs==0.12.0) answers to fixed batches:
    python tests/archive/pyribs_archives.py > tests/archive/pyribs_archives.hpp
"""
import numpy as np
import ribs
from ribs.archives import DNSArchive, GridArchive, ProximityArchive, cqd_score

BATCHES, ROWS = 6, 14
rng = np.random.default_rng(20)
objectives = np.round(rng.normal(0, 3, (BATCHES, ROWS)), 2)
measures = np.round(rng.uniform(-1, 1, (BATCHES, ROWS, 2)), 3)
measures[0] *= 0.5
solution = np.zeros((ROWS, 1))


def numbers(name, values, kind="double"):
    flat = [repr(v) for v in np.asarray(values).ravel().tolist()]
    flat = ["kInfinity" if v == "inf" else v for v in flat]
    print(f"inline const std::vector<{kind}> {name} = {{{', '.join(flat)}}};")


print("// clang-format off")
print(f"// Made by pyribs_archives.py with pyribs {ribs.__version__}: batches, and what archives answered.")
print("#pragma once\n\n#include <cstddef>\n#include <limits>\n#include <vector>\n")
print("namespace cambrian::pyribs {\n")
print("constexpr double kInfinity = std::numeric_limits<double>::infinity();")
print(f"constexpr std::size_t kBatches = {BATCHES};\nconstexpr std::size_t kRows = {ROWS};")
numbers("kObjectives", objectives)
numbers("kMeasures", measures)

for competes in (False, True):
    archive = ProximityArchive(solution_dim=1, measure_dim=2, k_neighbors=4,
                               novelty_threshold=0.42, local_competition=competes)
    status, novelty, competition = [], [], []
    for b in range(BATCHES):
        told = archive.add(solution, objectives[b], measures[b])
        status += told["status"].tolist()
        novelty += told["novelty"].tolist()
        competition += told["local_competition"].tolist() if competes else []
    name = "Competing" if competes else "Proximity"
    print(f"// ProximityArchive, k_neighbors 4, novelty_threshold 0.42, local_competition {competes}")
    numbers(f"k{name}Status", status, "int")
    numbers(f"k{name}Novelty", novelty)
    if competes:
        numbers("kCompetition", competition)
    numbers(f"k{name}Objectives", archive.data("objective"))
    numbers(f"k{name}Measures", archive.data("measures"))

archive = DNSArchive(solution_dim=1, measure_dim=2, capacity=30, k_neighbors=3)
status, value = [], []
for b in range(BATCHES):
    told = archive.add(solution, objectives[b], measures[b])
    status += told["status"].tolist()
    value += told["dns"].tolist()
print("// DNSArchive, capacity 30, k_neighbors 3; its members sorted by objective")
order = np.argsort(archive.data("objective"))
numbers("kDominatedStatus", status, "int")
numbers("kDominatedValue", value)
numbers("kDominatedObjectives", archive.data("objective")[order])

grid = GridArchive(solution_dim=1, dims=[3, 2], ranges=[(-1, 1), (-1, 1)], qd_score_offset=-10)
for b in range(BATCHES):
    grid.add(solution, objectives[b], measures[b])
stats = grid.stats
print("// GridArchive of 3 x 2 cells over [-1, 1]^2, qd_score_offset -10: num_elites, coverage, qd_score,")
print("// norm_qd_score, obj_max, obj_mean")
numbers("kStatistics", [float(s) for s in (stats.num_elites, stats.coverage, stats.qd_score,
                                           stats.norm_qd_score, stats.obj_max, stats.obj_mean)])
targets = np.round(rng.uniform(-1, 1, (3, 5, 2)), 3)
print("// cqd_score of the same, 3 iterations of 5 targets, penalties 4 and [0.1, 0.7], objectives in")
print("// [-10, 10], dist_max 2.5, dist_ord 2, 1 and infinity")
numbers("kTargets", targets)
for name, penalties, order in (("Euclidean", 4, None), ("Manhattan", [0.1, 0.7], 1),
                               ("Largest", 4, np.inf)):
    score = cqd_score(grid, iterations=3, target_points=targets, penalties=penalties, obj_min=-10,
                      obj_max=10, dist_max=2.5, dist_ord=order)
    numbers(f"kCqd{name}", score.scores)
print("\n}  // namespace cambrian::pyribs")
