"""What happens in one life of an elite, as `cambrian replay` tells it: where there are trials, the reward of each (or the share of right
answers in each round), with a mean over five of them; guesses as an image, a line for each trial; the picture of
`cambrian replay` where there is one step; otherwise what the environment traces, step by step."""

import os
import tempfile

import matplotlib.colors
import matplotlib.image
import numpy as np

from . import style
from .errors import CallError, LeftOutError
from .genome import elite_of
from .graph import put_elite_title
from .program import ask, call, find_program, has_trace

WINDOW = 5  # trials of the running mean
MOST = 8  # panels
MOST_LIVES = 4
MOST_LETTERED = 40  # loci
MOST_MARKED = 60  # trials
MOST_LINES = 13  # trials that are as high as the genome; more share this height
MOST_TICKS = 5  # trials that all have a tick
LEAST = 3  # moments that make a life


def suits(run):
    """Networks have something to show; of bare vectors the environment knows."""
    if "config" not in run.attributes or not run.genomes or find_program() is None:
        return False
    return not of_vectors(run) or has_trace(str(run.attributes.get("environment", "")))


def of_vectors(run):
    return str(run.attributes.get("encoding", "none")) in ("", "none")


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    trace = ask("replay", run.path, "--id", str(elite.id))
    moments = len(next(iter(trace.values())))
    guesses = {"trial", "right", "allele_0", "guess_0"} <= set(trace)
    if moments < LEAST and not guesses:
        figure, note = draw_moment(run, elite)
    elif guesses:
        figure, note = draw_guesses(trace)
    elif {"trial", "reward"} <= set(trace):
        figure, note = draw_trials(trace)
    elif {"round", "feedback", "right"} <= set(trace):
        figure, note = draw_rounds(trace)
    else:
        figure, note = draw_trace(trace, moments)
    put_elite_title(figure, run, elite, archive, note)
    style.save(figure, path)


def draw_moment(run, elite):
    """A life without a course, such as one in which all patterns are tried at once: the picture of its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "end.png")
        try:
            call("replay", run.path, "--id", str(elite.id), "-o", path)
        except CallError as error:  # it has a trace, but no scene
            raise LeftOutError(str(error)) from None
        image = matplotlib.image.imread(path)
    height, width = image.shape[:2]
    figure, axes = style.new_figure(10.0, 10.0 * height / width + 1.0)
    axes.imshow(image)
    axes.axis("off")
    return figure, "the end of an episode of one step"


def trials_of(trace):
    """-> [(life, reward of each trial, where the high reward was in each)]"""
    lives = trace.get("life", np.zeros_like(trace["trial"]))
    found = []
    for life in np.unique(lives):
        mine = lives == life
        trial = trace["trial"][mine].astype(int)
        last = np.append(np.flatnonzero(np.diff(trial)), len(trial) - 1)  # the last moment of each trial
        high = trace["high_end"][mine][last] if "high_end" in trace else np.zeros(len(last))
        found.append((int(life), trace["reward"][mine][last], high))
    return found


def running_mean(values):
    """Over the last WINDOW values, fewer at the beginning."""
    sums = np.cumsum(np.concatenate([[0.0], values]))
    first = np.maximum(np.arange(len(values)) - WINDOW + 1, 0)
    return (sums[1:] - sums[first]) / (np.arange(len(values)) + 1 - first)


def draw_trials(trace):
    lives = trials_of(trace)
    shown = lives[:MOST_LIVES]
    figure, grid = style.new_figure(11.0, 2.7 * len(shown) + 1.9, nrows=len(shown), sharex=True, sharey=True, squeeze=False)
    for axes, (life, reward, high) in zip(grid.flat, shown):
        number = np.arange(1, len(reward) + 1)
        for i, at in enumerate(number[1:][np.diff(high) != 0]):
            axes.axvline(at - 0.5, color=style.GOAL, linewidth=1.4, linestyle="--", zorder=1, label="the high reward moves" if i == 0 else None)
        axes.plot(number, reward, linestyle="none", marker="o", markersize=5, color=style.series(0), alpha=0.6, zorder=2, label="a trial")
        axes.plot(number, running_mean(reward), color=style.series(1), linewidth=2.4, zorder=3, label=f"mean of the last {WINDOW}")
        axes.set_ylabel("reward" if len(lives) == 1 else f"life {life + 1}\nreward")
        axes.grid(color=style.EMPTY, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.margins(y=0.1)
    grid.flat[-1].set_xlabel("trial")
    grid.flat[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=3, fontsize=12)
    style.counts(grid.flat[-1].xaxis)
    switches = sum(int(np.count_nonzero(np.diff(high))) for _, _, high in lives)
    cut = f", the first {len(shown)} of {len(lives)} lives" if len(shown) < len(lives) else ""
    mean = np.mean(np.concatenate([reward for _, reward, _ in lives]))
    return figure, f"{style.how_many(sum(len(r) for _, r, _ in lives), 'trial')}{cut}; mean reward {mean:.3g}; the high reward moves {style.how_many(switches, 'time')}"


def draw_rounds(trace):
    """Answers are right or wrong where feedback is given."""
    given = trace["feedback"] == 1
    rounds = np.unique(trace["round"][given]).astype(int)
    right = np.array([trace["right"][given & (trace["round"] == one)].mean() for one in rounds])
    figure, axes = style.new_figure(10.0, 5.2)
    axes.plot(rounds + 1, right, color=style.series(0), linewidth=2.4, marker="o", markersize=8)
    axes.axhline(right.mean(), color=style.QUIET, linewidth=1.0, linestyle="--")
    axes.set_xlabel("round of training")
    axes.set_ylabel("share of right answers")
    axes.set_ylim(-0.05, 1.05)
    axes.grid(color=style.EMPTY, linewidth=0.8)
    style.counts(axes.xaxis)
    return figure, f"{style.how_many(len(rounds), 'round')} of training in the first set; mean (dashed) {right.mean():.3g}"


def columns_of(trace, name):
    """[moments, as many as there are of name_0, name_1, ...]"""
    return np.stack([trace[f"{name}_{i}"] for i in range(sum(column.startswith(f"{name}_") for column in trace))], axis=1)


def draw_guesses(trace):
    """The genome above; below it what was guessed at each trial, beside how much of it was right."""
    colours = matplotlib.colors.ListedColormap([style.GOAL, style.START, style.EMPTY])  # of 0, 1 and ?
    genome, guesses = columns_of(trace, "allele")[:1], columns_of(trace, "guess")[1:]
    trial, right, loci = trace["trial"][1:], trace["right"][1:], genome.shape[1]
    lines = float(np.clip(len(trial), 1.4, MOST_LINES))
    figure, ((top, corner), (left, beside)) = style.new_figure(
        10.0, 1.9 + 0.435 * (1 + lines), nrows=2, ncols=2, height_ratios=[1, lines], width_ratios=[2, 1], sharex="col", sharey="row")
    corner.axis("off")
    ends = trial[0] - 0.5, trial[-1] + 0.5
    top.imshow(genome, cmap=colours, vmin=0, vmax=2, aspect="auto", extent=(0.5, loci + 0.5, 0, 1))
    left.imshow(guesses, cmap=colours, vmin=0, vmax=2, aspect="auto", interpolation="nearest", extent=(0.5, loci + 0.5, ends[1], ends[0]))
    for axes in (top, left):
        for at in range(1, loci):
            axes.axvline(at + 0.5, color="white", linewidth=1.0)
    for at in np.flatnonzero(genome[0] == 2) if loci <= MOST_LETTERED else ():
        top.text(at + 1, 0.5, "?", ha="center", va="center")
    top.set_yticks([0.5], ["genome"])
    top.tick_params(axis="x", labelbottom=False)
    left.set_ylabel("trial")
    left.set_xlabel("locus")
    few = len(trial) <= MOST_MARKED
    beside.plot(right, trial, color=style.series(0), linewidth=1.6 if few else 0.7, marker="o" if few else None, markersize=6)
    beside.axvline(loci, color=style.INK, linewidth=1.2, linestyle="--")
    beside.set_xlim(0, loci + 0.5)
    beside.set_xlabel("right at the trial")
    beside.grid(color=style.EMPTY, linewidth=0.8)
    for axis in (left.xaxis, left.yaxis, beside.xaxis):
        style.counts(axis)
    if len(trial) <= MOST_TICKS:
        left.set_yticks(trial)
    found = f"all {loci} right at trial {trial[-1]:,.0f}" if right[-1] == loci else f"never all right in {style.how_many(len(trial), 'trial')}"
    return figure, f"{found}; blue: 1 (right), red: 0 (wrong), ?: guessed anew in each trial"


def draw_trace(trace, moments):
    counters = {"step", "scenario", "test"}
    columns = [name for name, values in trace.items() if name not in counters and values.dtype.kind == "f" and np.ptp(values) > 0]
    if not columns:
        raise LeftOutError("nothing that the environment traces changes in this life")
    shown = columns[:MOST]
    figure, grid = style.new_figure(11.0, 1.45 * len(shown) + 1.9, nrows=len(shown), sharex=True, squeeze=False)
    moment = np.arange(moments)
    breaks = moment[1:][np.diff(trace["step"]) < 0] if "step" in trace else []
    for axes, name in zip(grid.flat, shown):
        axes.plot(moment, trace[name], color=style.series(0), linewidth=1.6)
        for at in breaks[:200]:
            axes.axvline(at - 0.5, color=style.GOAL, linewidth=1.0, linestyle="--")
        axes.set_ylabel(name.replace("_", "\n", 1).replace("_", " "), rotation=0, ha="right", va="center", fontsize=13)
        axes.grid(color=style.EMPTY, linewidth=0.8)
        axes.locator_params(axis="y", nbins=4)
    grid.flat[-1].set_xlabel("step")
    style.counts(grid.flat[-1].xaxis)
    cut = f", the first {len(shown)} of {len(columns)} columns" if len(shown) < len(columns) else ""
    parts = f"; dashed: the next of {len(breaks) + 1} episodes" if len(breaks) else ""
    return figure, f"{moments - 1:,} steps{cut}{parts}"
