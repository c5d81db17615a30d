"""Measures the maze experiments over many seeds, beside published figures where there are any: tools/reproduce neat
(direct NEAT, as published), brains (the four ways from genome to brain), places (where HyperNEAT's sensors sit), or maze for
all of them; noise: how many elites of a noisy cart-pole that are called solved solve further episodes, with 1, 5 and 10
samples (20,000 evaluations by default); qd: the benchmarks of quality diversity (CMA-ME, CMA-MAE, Kheperax), hours for 20
seeds, or, with --quick, one seed and a fifth of the budget within 15 minutes; and encodings: painted networks and networks that
learn, hours per table, or, with --quick, two seeds, a tenth of the budget and the first rows of each table within 30 minutes."""

import argparse
import os
import sys

from . import encodings, noise, qd
from .experiments import GROUPS, TABLES, chosen
from .runs import Plan, RunError, run_experiment
from .table import figures, report

OTHERS = {"encodings": encodings.measure, "noise": noise.measure, "qd": qd.measure}
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def parse(arguments):
    names = sorted({e.name for group in GROUPS.values() for e in group})
    parser = argparse.ArgumentParser(
        prog="tools/reproduce", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="experiments:\n  " + "\n  ".join(names) +
        "\n\ntables of encodings:\n" + "".join(f"  {table.name:24}{table.title}\n" for table in encodings.TABLES) +
        "\nexamples:\n  tools/reproduce encodings --quick --only xor\n  tools/reproduce places --first-seed 101\n"
        "  tools/reproduce maze --seeds 3 --only medium_maze_neat_novelty")
    parser.add_argument("what", choices=sorted([*TABLES, *OTHERS]))
    parser.add_argument("--quick", action="store_true",
                        help="of qd: one seed, a fifth of the budget; of encodings: two seeds, a tenth, the first rows")
    parser.add_argument("--seeds", type=_positive, metavar="N",
                        help="seeds of each row (default: 20; for encodings: as each row says)")
    parser.add_argument("--first-seed", type=_positive, default=1, metavar="N")
    parser.add_argument("--evaluations", type=_positive, metavar="N",
                        help="budget of each run (default: 250000; for noise: 20000; for qd and encodings: as each row says)")
    parser.add_argument("--only", action="append", default=[], metavar="NAME",
                        help="run only this experiment, or this table of encodings; may be repeated")
    parser.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N",
                        help="number of runs at the same time (default: one per core)")
    parser.add_argument("-o", "--output", metavar="FOLDER",
                        help="finished runs in it are kept, so that a second call continues (default: build/reproduce/maze, qd or "
                        "encodings)")
    parser.add_argument("--program", default=os.path.join(TOP, "build/release/bin/cambrian"))
    parser.add_argument("--configurations", metavar="FOLDER", default=os.path.join(TOP, "data/experiments"))
    options = parser.parse_args(arguments)
    if options.quick and options.what not in ("qd", "encodings"):
        parser.error("--quick: applies to qd and encodings alone")
    folder = options.what if options.what in ("qd", "encodings") else "maze"
    options.output = options.output or os.path.join(TOP, "build/reproduce", folder)
    if options.what != "encodings":
        options.seeds = options.seeds or 20
    return options


def _positive(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a positive whole number")
    return int(text)


def reproduce(options, groups):
    plan = Plan(options.program, options.output, options.configurations, options.seeds, options.evaluations, options.jobs,
                options.first_seed)
    done = {}
    for experiment in (e for group in groups.values() for e in group):
        if experiment.name in done:
            continue
        print(f"{experiment.name}", file=sys.stderr)

        def progress(outcome, was_run, count):
            ended = f"solved at {outcome.solved_evaluation:,}" if outcome.solved_evaluation else "not solved"
            how = f"{outcome.wall_seconds:.1f} s" if was_run else "kept"
            print(f"  {count:3} of {plan.seeds}: seed {outcome.seed} {ended} ({how})", file=sys.stderr)

        done[experiment.name] = run_experiment(plan, experiment, progress)
        print("  solved {}, mean {}, sd {}, median {}".format(*figures(done[experiment.name])), file=sys.stderr)
    text = report({title: [(e, done[e.name]) for e in group] for title, group in groups.items()}, plan)
    write(options, text)


def write(options, text):
    print(text)
    path = os.path.join(options.output, options.what + ".md")
    with open(path, "w") as file:
        file.write(text)
    print(f"written: {path}", file=sys.stderr)


def main(arguments=None):
    options = parse(arguments)
    if options.what not in ("qd", "encodings"):
        options.evaluations = options.evaluations or (20_000 if options.what == "noise" else 250_000)
    try:
        groups = {} if options.what in OTHERS else chosen(options.what, options.only)
        if options.what == "encodings":
            encodings.named(options.only)
        if not os.access(options.program, os.X_OK):
            print(f"tools/reproduce: {options.program}: is not built; run tools/demo, or give --program", file=sys.stderr)
            return 2
        if options.what in OTHERS:
            write(options, OTHERS[options.what](options))
            return 0
        for experiment in (e for group in groups.values() for e in group):
            path = os.path.join(options.configurations, experiment.configuration + ".toml")
            if not os.path.isfile(path):
                print(f"tools/reproduce: {path}: no such file", file=sys.stderr)
                return 2
        reproduce(options, groups)
    except KeyError as error:
        kind = "table" if options.what == "encodings" else "experiment"
        print(f"tools/reproduce: --only: '{options.what}' has no {kind} {error} (see tools/reproduce --help)", file=sys.stderr)
        return 2
    except (RunError, OSError) as error:
        print(f"tools/reproduce: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("tools/reproduce: stopped; the same call continues, and finished runs are kept", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
