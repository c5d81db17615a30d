"""Names beside marks, where they cover neither each other nor other marks, nor what lies beside the axes, such as a colour bar."""

import numpy as np

SIZE = 11.5  # points
MARK = 8.0  # half a mark, points
# Where a name may lie: the direction from its mark, and its alignment (-1: it ends there, 0: centred, 1: it begins there).
SIDES = [(np.array(side) / np.hypot(*side), side) for side in
         ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))]
ALIGN = {-1: "right", 0: "center", 1: "left"}
ALIGN_UP = {-1: "top", 0: "center", 1: "bottom"}


def put(figure, axes, places, away, texts, others):
    """@param places [N, 2] in data units  @param away  [N, 2]: the side on which a name is best  @param others  [M, 2]: marks without names"""
    if not texts:
        return
    figure.draw_without_rendering()  # where places are on the page is known after the layout
    points = axes.transData.transform(np.vstack([places, others])) * 72 / figure.dpi
    taken = [box_around(point, MARK, MARK) for point in points]
    inside = axes.get_window_extent().extents * 72 / figure.dpi
    for i, text in enumerate(texts):
        sides = [(cost(points[i], side, text, away[i], taken[:i] + taken[i + 1:], inside), n) for n, side in enumerate(SIDES)]
        direction, (across, up) = SIDES[min(sides)[1]]
        taken.append(box_of(points[i], (direction, (across, up)), text))
        note = axes.annotate(text, places[i], xytext=tuple(MARK * 1.35 * direction), textcoords="offset points", fontsize=SIZE,
                             ha=ALIGN[across], va=ALIGN_UP[up], zorder=1000,
                             bbox={"facecolor": "white", "alpha": 0.78, "edgecolor": "none", "pad": 0.8})
        note.set_in_layout(False)


def box_around(middle, width, height):
    return np.array([middle[0] - width, middle[1] - height, middle[0] + width, middle[1] + height])


def box_of(point, side, text):
    """Left, low, right, high of a name, in points."""
    direction, (across, up) = side
    width, height = 0.58 * SIZE * len(text), 1.25 * SIZE
    x, y = point + MARK * 1.35 * direction
    return box_around((x + across * width / 2, y + up * height / 2), width / 2, height / 2)


def cost(point, side, text, away, taken, inside=(-np.inf, -np.inf, np.inf, np.inf)):
    """@param inside  left, low, right, high of the axes"""
    box = box_of(point, side, text)
    outside = max(inside[0] - box[0], 0) + max(box[2] - inside[2], 0)
    boxes = np.array(taken)
    across = np.clip(np.minimum(boxes[:, 2], box[2]) - np.maximum(boxes[:, 0], box[0]), 0, None)
    up = np.clip(np.minimum(boxes[:, 3], box[3]) - np.maximum(boxes[:, 1], box[1]), 0, None)
    size = np.hypot(*away)
    toward = float(side[0] @ away) / size if size > 1e-9 else float(side[0] @ (0, -1))
    diagonal = 0.25 if 0 not in side[1] else 0.0
    return float((across * up).sum() + outside * (box[3] - box[1])) / 50 - toward + diagonal
