"""Visual discrimination (Stanley, D'Ambrosio & Gauci 2009): solved at 11x11, and the same CPPN at other sizes."""

from .bars import bar
from .table import Row, Table, solved

BAR, KEPT = 15, 0.8  # of 20 runs; share of the score at 11x11
PER_TRIAL, FOR_TAKING_PART = 30, 10
SIZES = (33, 55)
TITLE = "HyperNEAT"


def score(call, path, *settings):
    """What the best elite scores per trial, as a share of the most."""
    row = call.evaluate(path, settings=settings)[0]
    return (float(row["objective"]) - FOR_TAKING_PART) / (PER_TRIAL * trials(settings))


def trials(settings):
    size = next((int(s.split("=")[1]) for s in settings if s.startswith("environment.size=")), 11)
    return count_trials(size, "environment.exhaustive=true" in settings)


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
    """What solved() tells; then, of the solved runs, the best elite's score per trial at each size, and how many keep enough."""
    cells = solved(row, outcomes, call)
    paths = [o.path for o in outcomes if o.solved_evaluation is not None]
    scores = {size: [score(call, path, *settings) for path in paths]
              for size, settings in ((11, ()), *((size, (f"environment.size={size}",)) for size in SIZES))}
    for size in (11, *SIZES):
        cells[f"score at {size}x{size}"] = f"{100 * sum(scores[size]) / len(paths):.1f} %" if paths else "–"
    kept = sum(all(scores[size][i] >= KEPT * scores[11][i] for size in SIZES) for i in range(len(paths)))
    return {**cells, f"keep {100 * KEPT:.0f} %": f"{kept} of {len(paths)}"}


def conclude(outcomes, _):
    return [bar(TITLE, outcomes, BAR)]


TABLES = [Table("vision", "Visual discrimination: solved at 11x11 (95 % of the maximum), and the same CPPN at other sizes", [
    Row(TITLE, "visual_discrimination_hyperneat", evaluations=90_000),
], columns=columns, conclude=conclude,
    about="300 generations of 300. Scores are means of the solved runs' best elites, per trial, as a share of the maximum; at 33x33 "
    "and 55x55 over all pairs of places, at 11x11 over the 75 training trials. The published means were not recovered. Estimate: "
    "30 minutes on two cores.")]
