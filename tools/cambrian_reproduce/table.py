"""The figures as a table in Markdown, which also reads well on a terminal."""

import os
import statistics

COLUMNS = ("experiment", "solved", "mean", "sd", "median", "published")


def figures(outcomes):
    """(solved, mean, sd, median) as text; the last three over the solved runs, in evaluations; sd with n - 1."""
    solved = [o.solved_evaluation for o in outcomes if o.solved_evaluation is not None]
    mean = f"{statistics.mean(solved):,.0f}" if solved else "–"
    deviation = f"{statistics.stdev(solved):,.0f}" if len(solved) > 1 else "–"
    median = f"{statistics.median(solved):,.0f}" if solved else "–"
    return f"{len(solved)} of {len(outcomes)}", mean, deviation, median


def rows(experiment, outcomes):
    published = [f"{p.who}: {p.result}" for p in experiment.published]
    first = (experiment.title, *figures(outcomes), published[0] if published else "")
    return [first] + [("", "", "", "", "", further) for further in published[1:]]


def markdown(lines):
    """Lines of cells, the first being the heading, aligned."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    right = (1, 2, 3, 4)

    def one(line):
        cells = (c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths)))
        return "| " + " | ".join(cells) + " |"

    rule = "| " + " | ".join("-" * (w - 1) + ":" if i in right else "-" * w for i, w in enumerate(widths)) + " |"
    return "\n".join([one(lines[0]), rule, *map(one, lines[1:])])


def machine():
    model = "unknown processor"
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    model = line.split(":", 1)[1].strip()
                    break
    except OSError:
        pass
    return f"{model}, {os.cpu_count()} cores"


def report(results, plan):
    """results: {group: [(experiment, outcomes)]}"""
    text = ["# Mazes: evaluations until solved", ""]
    everything = [o for group in results.values() for _, outcomes in group for o in outcomes]
    last = plan.first_seed + plan.seeds - 1
    text += [f"Budget {plan.evaluations:,} evaluations, seeds {plan.first_seed} to {last}, one thread a run.",
             "Mean, sd (n - 1) and median are over the solved runs, in evaluations.", "",
             f"- machine: {machine()}"]
    text += [f"- program: {built}" for built in sorted({o.built for o in everything})]
    for title, group in results.items():
        lines = [COLUMNS]
        for experiment, outcomes in group:
            lines += rows(experiment, outcomes)
        if not any(line[-1] for line in lines[1:]):
            lines = [line[:-1] for line in lines]
        text += ["", f"## {title}", "", markdown(lines)]
    return "\n".join(text) + "\n"
