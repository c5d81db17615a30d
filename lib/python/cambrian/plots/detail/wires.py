"""Links and nodes as all graph pictures draw them: links coloured and widened by weight, blue below 0, orange above."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from . import style

WEIGHTS = LinearSegmentedColormap.from_list("weights", ["#1f4e9c", "#8fb0dc", "#d9d9d9", "#f0b277", "#c2530a"])
RING = Path(0.35 * Path.circle().vertices - (0.5, 0), Path.circle().codes)  # touches the node from the left
MOST = 3000  # links that can still be told apart; of more, the strongest


def limit_of(weights):
    return float(np.max(np.abs(weights))) if len(weights) else 1.0


def strongest(weights, most=MOST):
    """Rows to be drawn, the strongest last, on top."""
    return np.argsort(np.abs(weights), kind="stable")[-most:]


def draw_links(axes, places, source, target, weight, enabled=None, arrows=True, limit=None):
    """@param places  [nodes, 2]. A link that is not enabled is dashed; to itself, a loop; backward or level, bent."""
    limit = limit or limit_of(weight)
    thin = float(np.clip(60 / max(len(weight), 1), 0.6, 1.0))
    for e in strongest(weight):
        share = abs(weight[e]) / limit if limit else 0.0
        on = enabled is None or enabled[e]
        a, b = places[source[e]], places[target[e]]
        look = {"color": WEIGHTS(0.5 + 0.5 * weight[e] / limit if limit else 0.5), "linewidth": thin * (0.7 + 3.2 * share),
                "linestyle": "-" if on else (0, (2, 2)), "alpha": 0.9 if on else 0.6, "zorder": 2}
        if source[e] == target[e]:  # a ring at the node's left
            axes.plot(*a, marker=RING, markersize=30, markeredgewidth=look["linewidth"], markeredgecolor=look["color"],
                      markerfacecolor="none", alpha=look["alpha"], linestyle="none", zorder=2)
            continue
        axes.add_patch(FancyArrowPatch(a, b, arrowstyle="-|>" if arrows else "-", mutation_scale=9, shrinkA=9,
                                       shrinkB=9 if arrows else 0, connectionstyle=f"arc3,rad={bend_of(a, b)}", **look))


def bend_of(a, b):
    """Links upward are straight; level and backward ones bend toward the middle of the picture."""
    if b[1] > a[1]:
        return 0.0
    toward = 1.0 if a[1] > 0.5 else -1.0
    return toward * np.copysign(min(0.25, 0.3 / max(np.hypot(*(b - a)), 0.1)), b[0] - a[0])


def weight_bar(figure, axes, limit, label="weight"):
    return style.colour_bar(figure, style.scale([0], WEIGHTS, -limit, limit), axes, label)
