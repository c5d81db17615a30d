"""Compressed network search: evaluations to solution against the number of cosine coefficients, and the octopus arm."""

import os
import statistics

from .table import Row, Table, solved

SEEDS = 30
POLE_COUNTS, POLE_WEIGHTS = (6, 10, 15, 20, 30, 50, 81), 81
ARM_COUNTS, ARM_WEIGHTS = (20, 5, 1, 2, 3, 10, 50, 200, 1_000, 3_680), 3_680
DIRECT = "every weight a gene"


def title_of(count):
    return f"{count:,} coefficient{'s' if count > 1 else ''}"


def with_best(row, outcomes, call):
    """The columns of `solved`, and the median of the best objective."""
    best = [o.best for o in outcomes if o.best is not None]
    return {**solved(row, outcomes, call), "best, median": f"{statistics.median(best):.3f}" if best else "–"}


def needed(outcomes):
    """Evaluations to the solution, or the whole budget, run by run."""
    return [o.solved_evaluation or o.evaluations for o in outcomes]


def plot(path, title, counts, outcomes):
    """Evaluations to solution against the number of coefficients: each run, and the means."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    counts = sorted(counts)
    for count in counts:
        runs = outcomes[title_of(count)]
        for was_solved, marker in ((True, "o"), (False, "x")):
            ys = [n for n, o in zip(needed(runs), runs) if (o.solved_evaluation is not None) == was_solved]
            axes.plot([count] * len(ys), ys, marker, color="tab:blue" if was_solved else "tab:red", alpha=0.3, markersize=5)
    means = [statistics.mean(needed(outcomes[title_of(count)])) for count in counts]
    axes.plot(counts, means, "-", color="black", label="mean")
    axes.axhline(statistics.mean(needed(outcomes[DIRECT])), color="tab:green", linestyle="--", label=f"mean, {DIRECT}")
    axes.plot([], [], "x", color="tab:red", alpha=0.6, label="not solved: the whole budget")
    axes.set(xscale="log", yscale="log", xlabel="coefficients", ylabel="evaluations to solution", title=title)
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.minorticks_off()
    axes.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(path, dpi=150)
    pyplot.close(figure)


def shape_of(counts, outcomes):
    """A line that says whether the means fall and rise again, or where their least one lies."""
    means = {count: statistics.mean(needed(outcomes[title_of(count)])) for count in counts}
    fewest, most, best = min(counts), max(counts), min(means, key=means.get)
    direct = statistics.mean(needed(outcomes[DIRECT]))
    line = (f"Mean evaluations: {means[fewest]:,.0f} with {title_of(fewest)}, {means[best]:,.0f} with {best:,} (the least), "
            f"{means[most]:,.0f} with all {most:,}, {direct:,.0f} with {DIRECT}.")
    a_u = best not in (fewest, most) and means[best] < direct
    return f"{line} A U below the direct encoding: {'yes' if a_u else 'no'}."


def concluding(name, title, counts):
    def conclude(outcomes, call):
        path = os.path.join(call.options.output, f"{name}.png")
        plot(path, title, counts, outcomes)
        return [shape_of(counts, outcomes), "", f"![{title}]({os.path.basename(path)})"]
    return conclude


def conclude_octopus(outcomes, call):
    lines = []
    for target in ("(6, 5)", "(6, -2)"):
        runs = outcomes[f"{target}, 20 coefficients"]
        count = sum(o.solved_evaluation is not None for o in runs)
        direct = sum(o.solved_evaluation is not None for o in outcomes[f"{target}, {DIRECT}"])
        lines.append(f"{target}: touched in {count} of {len(runs)} runs with 20 coefficients, {direct} with {DIRECT}; the bar is that 20 "
                     f"coefficients reach it: {'reached' if count == len(runs) else 'reached by some seeds' if count else 'NOT reached'}.")
    return lines


def sweep(experiment, counts, settings, evaluations):
    return [Row(title_of(count), experiment, [*settings, "encoding.name=dct", f"encoding.coefficients={count}"], SEEDS, evaluations)
            for count in counts]


POLE = ["encoding.hidden=[10]", "genome.initial_sd=1.0"]
POLE_TITLE = f"Two poles: a network of {POLE_WEIGHTS} weights, painted"
ARM = ["environment.target=[6.0, -2.0]", "environment.steps=25"]
ARM_TITLE = f"Octopus arm: a network of {ARM_WEIGHTS:,} weights, painted"

TABLES = [
    Table("coefficients_poles", "Evaluations to balance two poles against the number of coefficients",
          sweep("double_pole_cosyne", POLE_COUNTS, POLE, 20_000) + [Row(DIRECT, "double_pole_cosyne", POLE, SEEDS, 20_000)],
          columns=with_best, conclude=concluding("coefficients_poles", POLE_TITLE, POLE_COUNTS),
          about="Velocities sensed, 10 hidden neurons, 81 weights, CoSyNE, population 40. The sensors lie in the order x, x', angle "
          "1, angle 1', angle 2, angle 2'. Takes about an hour on two cores."),
    Table("coefficients_octopus", "Evaluations to touch (6, -2) within 25 steps against the number of coefficients",
          sweep("octopus_arm_compressed", ARM_COUNTS, ARM, 2_000)
          + [Row(DIRECT, "octopus_arm_direct", ARM, SEEDS, 2_000)], columns=with_best, quick_rows=2,
          conclude=concluding("coefficients_octopus", ARM_TITLE, ARM_COUNTS),
          about="Fully recurrent network of 32 neurons, 3,680 weights, CoSyNE, population 40; sensors and motors lie in the order of "
          "their kinds and places. Within 1,000 steps a random network touches the target; 25 steps were chosen on seeds 1001 "
          "to 1003, so that it takes a search. Best: 1 - steps / 25 x distance at the end / at the start. Takes about 40 "
          "minutes on two cores."),
    Table("octopus", "The octopus arm touches the published targets", [
        Row(f"{target}, {what}", f"octopus_arm_{kind}", [f"environment.target=[{target[1:-1]}]", *more], seeds=10, evaluations=1_000)
        for target in ("(6, 5)", "(6, -2)")
        for kind, what, more in (
            ("compressed", "20 coefficients", []), ("direct", DIRECT, []),
            ("compressed", "20 coefficients, terminals as listed", ["encoding.order=listed"]),
            ("compressed", "20 coefficients, within 60 steps", ["environment.steps=60"]),
            ("direct", f"{DIRECT}, within 60 steps", ["environment.steps=60"]))],
        columns=with_best, quick_rows=2, conclude=conclude_octopus,
        about="Fully recurrent network of 32 neurons, 3,680 weights, CoSyNE, population 40, at most 1,000 steps where nothing else is "
        "said. Best: 1 - steps / limit x distance at the end / at the start; the start is a straight arm at rest. Takes about "
        "20 minutes on two cores.")]
