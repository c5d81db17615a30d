"""tools/compare growth: how the cost of an evaluation grows, as a table and a chart."""

import datetime
import os
import sys

from cambrian.plots.detail import style
from cambrian_reproduce.table import machine, markdown

from .measure import benchmarks

MAZE = "maze_growth"
BASE = {"n": 20, "cells": 100, "batch": 540, "workers": 1}
# What is swept, the axis, and the title of its panel.
SWEEPS = [
    ("n", "numbers in a genome", "Genome length"),
    ("cells", "cells of the grid", "Archive size"),
    ("batch", "evaluations in a batch", "Batch size"),
    ("workers", "threads", "Threads"),
]


def sizes(name):
    """'sphere_growth/n:20/cells:100/real_time' -> ('sphere_growth', {'n': 20, 'cells': 100})"""
    family, *rest = name.split("/")
    return family, {key: int(value) for key, _, value in (part.partition(":") for part in rest if ":" in part)}


def curves(costs):
    """{parameter: [(label, [size], [nanoseconds an evaluation])]}: the sphere's rows that differ from the base in that one
    size, and for threads also those of longer genomes. @param costs  {name of a benchmark: nanoseconds}"""
    rows = [(sizes(name)[1], cost) for name, cost in costs.items() if sizes(name)[0] == "sphere_growth"]
    result = {}
    for parameter, _, _ in SWEEPS:
        found = []
        for length in sorted({row["n"] for row, _ in rows}) if parameter == "workers" else [BASE["n"]]:
            base = {**BASE, "n": length}
            line = sorted((row[parameter], cost) for row, cost in rows
                          if all(row[key] == base[key] for key in BASE if key != parameter))
            if parameter != "workers" or len(line) > 1:
                found.append(("sphere" if parameter == "n" else f"sphere, n = {length}", [x for x, _ in line], [cost for _, cost in line]))
        result[parameter] = found
    maze = sorted((sizes(name)[1]["workers"], cost) for name, cost in costs.items() if sizes(name)[0] == MAZE)
    if maze:
        result["workers"].append(("hard maze, direct NEAT", [x for x, _ in maze], [cost for _, cost in maze]))
    result["cells"] = [(label, [side * side for side in sides], cost) for label, sides, cost in result["cells"]]
    return result


def table(found):
    lines = [("swept", "work", "size", "ns per evaluation", "evaluations/s")]
    for parameter, axis, _ in SWEEPS:
        for label, at, costs in found[parameter]:
            lines += [(axis, label, f"{x:,}", f"{cost:,.0f}", f"{1e9 / cost:,.0f}") for x, cost in zip(at, costs)]
    return markdown(lines)


def draw(found, title, caption, path):
    from matplotlib.ticker import FuncFormatter, NullFormatter
    figure, grid = style.new_figure(13, 10, nrows=2, ncols=2)
    colours = style.plt.get_cmap("viridis")([0.15, 0.5, 0.8])
    for axes, (parameter, label, heading) in zip(grid.flat, SWEEPS):
        for (name, at, costs), colour in zip(found[parameter], colours):
            axes.plot(at, costs, color=colour, linewidth=2.6, marker="o", markersize=7, label=name)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_title(heading, loc="left", fontsize=17, color=style.INK)
        axes.set_xlabel(label)
        axes.set_ylabel("ns per evaluation")
        axes.grid(color=style.EMPTY, linewidth=0.8)
        axes.set_axisbelow(True)
        few = FuncFormatter(lambda value, _: style.compact(value).replace(" ", "\u2009"))
        axes.xaxis.set_major_formatter(few)
        axes.yaxis.set_major_formatter(few)
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.yaxis.set_minor_formatter(NullFormatter())
        low = min(cost for _, _, costs in found[parameter] for cost in costs)
        high = max(cost for _, _, costs in found[parameter] for cost in costs)
        axes.set_ylim(min(low * 0.7, 50), max(high * (1.4 if len(found[parameter]) == 1 else 3), 1000))
        if parameter == "workers":
            ticks = sorted({x for _, at, _ in found[parameter] for x in at})
            axes.set_xticks(ticks, [str(x) for x in ticks])
            axes.set_xticks([], minor=True)
            axes.set_xlim(ticks[0] * 0.85, ticks[-1] * 1.18)
        if len(found[parameter]) > 1:  # each curve by its own name: a legend would lie across them
            for name, at, costs in found[parameter]:
                axes.annotate(name, (at[0], costs[0]), (4, 9), textcoords="offset points", fontsize=13, color=style.INK)
    figure.text(0.5, 0.985, title, ha="center", va="top", fontsize=19, fontweight="bold", color=style.INK)
    figure.text(0.5, 0.95, caption, ha="center", va="top", fontsize=13, color=style.QUIET)
    figure.get_layout_engine().set(rect=(0.01, 0.01, 0.98, 0.905), hspace=0.06, wspace=0.04)
    style.save(figure, path)


def _threads_at_most(cores):
    return "|".join(str(n) for n in (1, 2, 4, 8) if n <= cores)


def run(options):
    costs = {}
    threads = _threads_at_most(os.cpu_count() or 1)
    calibration = ""
    for family in (f"sphere_growth/.*workers:({threads})/", f"{MAZE}/workers:({threads})/"):
        print(f"measuring {family} ...", file=sys.stderr)
        calibration, rates = benchmarks(options.bench, family, ["--benchmark_min_time=0.1"], counter="evaluations/s")
        costs.update({name: 1e9 / rate for name, rate in rates.items()})
    found = curves(costs)
    when = datetime.date.today().isoformat()
    caption = (f"Whole loop, MAP-Elites on the sphere: n = 20, 100 x 100 cells, batches of 540, one thread, but for what is swept.\n"
               f"{machine()} · {when}")
    os.makedirs(options.output, exist_ok=True)
    picture = os.path.join(options.output, "growth.png")
    draw(found, "What an evaluation costs", caption, picture)
    text = "\n".join(["# How the cost of an evaluation grows", "", caption.replace("\n", "\n\n"), "",
                      f"Calibration: {calibration}", "", "From 1 million evaluations on (the maze: 5,000), by the wall clock.", "",
                      table(found), ""])
    print(text)
    path = os.path.join(options.output, "growth.md")
    with open(path, "w") as file:
        file.write(text)
    print(f"written: {picture}, {path}", file=sys.stderr)
