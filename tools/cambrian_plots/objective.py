"""How the elites' objectives are distributed: a histogram, and the share of elites up to each value."""

import numpy as np

from . import style


def bins(values):
    """Edges after Freedman & Diaconis 1981, at least 10 and at most 60 bins."""
    low, high = values.min(), values.max()
    size = max(abs(low), abs(high))
    if high - low <= 1e-12 * size + 1e-300:  # the same but for rounding: no room for edges between
        low, high = low - max(0.5, 0.01 * size), high + max(0.5, 0.01 * size)
    width = float(2 * np.subtract(*np.percentile(values, [75, 25])) / len(values) ** (1 / 3))  # plain: numpy warns of the overflow below
    count = int(np.clip(float(high - low) / width if width > 0 else 10, 10, 60))
    return np.linspace(low, high, count + 1)


def draw(groups, path):
    each = [np.concatenate([run.archive.objective for run in group.runs]) for group in groups]
    edges = bins(np.concatenate(each))
    one = len(groups) == 1
    figure, (left, right) = style.new_figure(11.2, 4.9 + (0 if one else 0.35 * len(groups)), ncols=2)
    for g, values in enumerate(each):
        colour = style.series(g)
        if one:
            left.hist(values, bins=edges, color=colour, edgecolor="white", linewidth=0.6)
        else:
            share = np.histogram(values, bins=edges)[0] * 100 / max(len(values), 1)
            left.stairs(share, edges, color=colour, linewidth=2.4)
        up_to = np.sort(values)
        share = 100 * np.arange(1, len(values) + 1) / max(len(values), 1)
        right.step(np.concatenate([up_to[:1], up_to]), np.concatenate([[0.0][:len(up_to)], share]), where="post",
                   color=colour, linewidth=2.4)
    archive = groups[0].runs[0].archive
    left.set_ylabel("elites" if one else "share of elites (%)")
    style.counts(left.yaxis)
    right.set_ylabel("share up to here (%)")
    right.set_ylim(-2, 102)
    right.grid(color=style.EMPTY, linewidth=0.8)
    for axes in (left, right):
        axes.set_xlabel(archive.objective_label())
        axes.set_axisbelow(True)
        air = 0.02 * (edges[-1] - edges[0])
        axes.set_xlim(edges[0] - air, edges[-1] + air)
    if one and len(groups[0].runs) == 1:
        style.put_title(figure, groups[0].runs[0], archive, f"median {style.compact(float(np.median(each[0])))}")
    else:
        from .history import legend_of
        style.put_lines(figure, style.group_title(groups), [style.group_subtitle(groups)[0]], legend_of(groups))
    style.save(figure, path)
