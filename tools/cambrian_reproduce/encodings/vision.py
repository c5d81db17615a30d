"""Visual discrimination (Stanley, D'Ambrosio & Gauci 2009): solved at 11x11, and the same CPPN at other sizes."""

import statistics

from .bars import bar
from .table import Row, Table, solved

BAR, KEPT = 15, 0.8  # of 20 runs; share of the score at 11x11
PER_TRIAL, FOR_TAKING_PART = 30, 10
SIZES = (11, 33, 55)
TITLE, AS_PUBLISHED = "HyperNEAT", "HyperNEAT, by generations of NEAT as published"


def scores(call, path, size):
    """(share, in cells): what the best elite scores at a size as shares of the most. The first has distances in cells of the
    11x11 grid, so that the same answer at the same place has the same score; the second in cells of the size's own grid."""
    row = call.evaluate(path, settings=[f"environment.size={size}"])[0]
    return float(row["share"]), (float(row["score"]) - FOR_TAKING_PART) / (PER_TRIAL * count_trials(size, False))


def count_trials(size, exhaustive):
    """How many trials the environment has: pairs of squares that fit, in steps of the size's multiplier, far enough apart."""
    times = size // 11
    if times == 1 and not exhaustive:
        return 75
    small, large = (times - 1) // 2, (3 * times - 1) // 2
    apart = small + large + 2
    places = {radius: [c for c in range(0, size, times) if c - radius >= 0 and c + radius < size] for radius in (small, large)}
    return sum((y - b) ** 2 + (x - a) ** 2 >= apart ** 2
               for y in places[small] for x in places[small] for b in places[large] for a in places[large])


def columns(row, outcomes, call):
    """What solved() tells; then, of the solved runs, the best elite's scores at each size, and how many keep enough."""
    cells = solved(row, outcomes, call)
    paths = [o.path for o in outcomes if o.solved_evaluation is not None]
    by_size = {size: [scores(call, path, size) for path in paths] for size in SIZES}
    for size, of_runs in by_size.items():
        cells[f"score at {size}x{size}"] = percent([share for share, _ in of_runs])
        if size != SIZES[0]:
            cells[f"keep {100 * KEPT:.0f} %, {size}x{size}"] = f"{kept(by_size[SIZES[0]], of_runs, 0)} of {len(paths)}"
            cells[f"score in cells of {size}x{size}"] = percent([in_cells for _, in_cells in of_runs])
    return cells


def kept(first, later, which):
    """How many runs keep enough of what they score at the first size."""
    return sum(after[which] >= KEPT * before[which] for before, after in zip(first, later))


def percent(shares):
    return f"{100 * statistics.mean(shares):.1f} %" if shares else "–"


def conclude(outcomes, _):
    return [bar(TITLE, outcomes, BAR)]


TABLES = [Table("vision", "Visual discrimination: solved at 11x11 (95 % of the maximum), and the same CPPN at other sizes", [
    Row(TITLE, "visual_discrimination_hyperneat", evaluations=90_000),
    Row(AS_PUBLISHED, "visual_discrimination_neat", evaluations=90_000),
], columns=columns, conclude=conclude,
    about="90,000 evaluations: by MAP-Elites over the mean place of the answers, and by 300 generations of 300 with the published rates. Scores are means over the solved runs' best elites, as shares of the maximum, at 33x33 and 55x55 over "
    "all pairs of places, at 11x11 over the 75 training trials: 1 - d^2 / 30 per trial, where d is the distance of the answer in cells "
    "of the 11x11 grid, whatever the size; beside it with d in cells of the size's own grid. A run keeps "
    "its score if the first is at least 80 % of its own at 11x11. The published means were not recovered. Estimate: 20 minutes on "
    "two cores.")]
