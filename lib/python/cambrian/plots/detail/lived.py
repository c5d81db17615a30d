"""A network that learns, before and after a life, in the same colours; and each weight after it over the same weight before."""

import numpy as np

from . import labels, network, style, wires
from .cppn import word
from .genome import elite_of
from .graph import put_elite_title

SAME = 1e-6  # of the largest weight: a link that has moved less has not learned


def suits(run):
    return network.suits(run)


def learns(run):
    """Whether the effective configuration, which has what a preset says, has a rule of learning."""
    return word(run, "learning", "none") != "none"


def matched(born, lived):
    """[links, 2]: each link's weight before and after; a link that one of them does not have is 0 there."""
    weights = {}
    for column, links in enumerate((born, lived)):
        for source, target, weight in zip(links["source"], links["target"], links["weight"]):
            weights.setdefault((int(source), int(target)), [0.0, 0.0])[column] = float(weight)
    return np.array(list(weights.values())).reshape(-1, 2)


def draw(run, archive, path, wanted=None):
    elite = elite_of(run.path, wanted)
    both = [network.read(run, elite, *options) for options in ((), ("--lived",))]
    limit = max(network.limit_of(*one) for one in both)
    figure, panels = style.new_figure(22.0, 9.2, ncols=3, width_ratios=[1, 1, 0.8])
    names = [network.paint(axes, run, *one, limit) for axes, one in zip(panels, both)]
    for axes, title in zip(panels, ("at birth", "after a life")):
        axes.set_title(title, fontsize=16, color=style.INK)
    wires.weight_bar(figure, panels[1], limit, "weight of a link, bias of a neuron")
    weights = matched(both[0][1], both[1][1])
    moved = np.abs(weights[:, 1] - weights[:, 0]) > SAME * limit
    draw_change(panels[2], weights, moved, limit)
    change = float(np.abs(weights[:, 1] - weights[:, 0]).mean()) if len(weights) else 0.0
    note = f"{style.how_many(len(weights), 'link')}, {int(moved.sum()):,} of them changed by the life; mean change {change:.3g}{network.cut_note(*both[0])}"
    put_elite_title(figure, run, elite, archive, note, network.legend_of(*both[0]))
    for axes, name in zip(panels, names):
        labels.put(figure, axes, *name)
    figure.get_layout_engine().set(w_pad=0.16)
    style.save(figure, path)


def draw_change(axes, weights, moved, limit):
    axes.plot([-limit, limit], [-limit, limit], color=style.QUIET, linewidth=1.0, zorder=1)
    size = float(np.clip(4000 / max(len(weights), 1), 6, 60))
    axes.scatter(*weights[~moved].T, s=size, color=style.QUIET, alpha=0.5, linewidths=0, zorder=2, label="as at birth")
    axes.scatter(*weights[moved].T, s=size, color=style.GOAL, alpha=0.7, linewidths=0, zorder=3, label="changed")
    axes.set_aspect("equal", adjustable="box")
    for set_limits in (axes.set_xlim, axes.set_ylim):
        set_limits(-1.05 * limit, 1.05 * limit)
    axes.set_xlabel("weight at birth")
    axes.set_ylabel("weight after a life")
    axes.set_title("each link", fontsize=16, color=style.INK)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncol=2, fontsize=13, markerscale=1.4)
