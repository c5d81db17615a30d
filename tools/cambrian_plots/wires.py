"""Links and nodes as all graph pictures draw them: links coloured and widened by weight, blue below 0, orange above."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import FancyArrowPatch

from . import style

WEIGHTS = LinearSegmentedColormap.from_list("weights", ["#1f4e9c", "#8fb0dc", "#d9d9d9", "#f0b277", "#c2530a"])
MOST = 3000  # links that can still be told apart; of more, the strongest


def limit_of(weights):
    return float(np.max(np.abs(weights))) if len(weights) else 1.0


def strongest(weights):
    """Rows to be drawn, the strongest last, on top."""
    return np.argsort(np.abs(weights), kind="stable")[-MOST:]


def draw_links(axes, places, source, target, weight, enabled=None, arrows=True, limit=None):
    """@param places  [nodes, 2]. A link that is not enabled is dashed; to itself, a loop; backward or level, bent."""
    limit = limit or limit_of(weight)
    thin = float(np.clip(60 / max(len(weight), 1), 0.35, 1.0))
    for e in strongest(weight):
        share = abs(weight[e]) / limit if limit else 0.0
        on = enabled is None or enabled[e]
        a, b = places[source[e]], places[target[e]]
        bend = 0.28 if b[1] <= a[1] else 0.0
        look = {"color": WEIGHTS(0.5 + 0.5 * weight[e] / limit if limit else 0.5), "linewidth": thin * (0.7 + 3.2 * share),
                "linestyle": "-" if on else (0, (2, 2)), "alpha": 0.9 if on else 0.6, "zorder": 2}
        if source[e] == target[e]:
            axes.annotate("", xy=a + (0.012, 0.03), xytext=a + (0.05, -0.012),
                          arrowprops={"arrowstyle": "-", "connectionstyle": "arc3,rad=1.6", **look})
            continue
        axes.add_patch(FancyArrowPatch(a, b, arrowstyle="-|>" if arrows else "-", mutation_scale=9, shrinkA=9,
                                       shrinkB=9 if arrows else 0, connectionstyle=f"arc3,rad={bend}", **look))


def weight_bar(figure, axes, limit, label="weight"):
    return style.colour_bar(figure, style.scale([0], WEIGHTS, -limit, limit), axes, label)
