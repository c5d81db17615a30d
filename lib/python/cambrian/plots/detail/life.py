"""What happens in one life of an elite, as `cambrian replay` tells it: where there are trials, the reward of each (or the share of right
answers in each round), with a mean over five of them; otherwise what the environment traces, step by step."""

import numpy as np

from . import style
from .errors import LeftOutError
from .genome import elite_of
from .graph import put_elite_title
from .program import ask, find_program

WINDOW = 5  # trials of the running mean
MOST = 8  # panels
MOST_LIVES = 4
LEAST = 3  # moments that make a life


def suits(run):
    return str(run.attributes.get("encoding", "none")) not in ("", "none") and "config" in run.attributes and bool(run.genomes) and find_program() is not None


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    trace = ask("replay", run.path, "--id", str(elite.id))
    moments = len(next(iter(trace.values())))
    if moments < LEAST:
        raise LeftOutError(f"{run.path}: an episode of {moments} moments has no course that could be drawn")
    if {"trial", "reward"} <= set(trace):
        figure, note = draw_trials(trace)
    elif {"round", "feedback", "right"} <= set(trace):
        figure, note = draw_rounds(trace)
    else:
        figure, note = draw_trace(trace, moments)
    put_elite_title(figure, run, elite, archive, note)
    style.save(figure, path)


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
    return figure, f"{style.how_many(sum(len(r) for _, r, _ in lives), 'trial')}{cut}; mean reward {mean:.3g}; the high reward moves {switches} times"


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
