"""Where the nodes of a graph are drawn: layers by the longest path from the inputs, crossings lessened by barycentres
(Sugiyama, Tagawa & Toda 1981)."""

import numpy as np

SWEEPS = 8


def forward_links(nodes, source, target):
    """[links]: false for those that close a cycle, as found by a walk from the first node on."""
    leaving = [[] for _ in range(nodes)]
    for e, (a, b) in enumerate(zip(source, target)):
        leaving[a].append((e, b))
    state, forward = [0] * nodes, np.ones(len(source), dtype=bool)  # 0 new, 1 on the way here, 2 done
    for root in range(nodes):
        stack = [(root, iter(leaving[root]))] if state[root] == 0 else []
        state[root] = state[root] or 1
        while stack:
            node, links = stack[-1]
            for e, other in links:
                if state[other] == 1:
                    forward[e] = False
                elif state[other] == 0:
                    state[other] = 1
                    stack.append((other, iter(leaving[other])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return forward


def layers(nodes, source, target, first, last):
    """[nodes]: 0 for the rows `first`, the highest for the rows `last`, between them the longest path."""
    forward = forward_links(nodes, source, target) & ~np.isin(source, last)  # what outputs feed back lifts nothing
    depth = np.ones(nodes, dtype=int)
    depth[first] = 0
    for _ in range(nodes):
        before = depth.copy()
        np.maximum.at(depth, target[forward], depth[source[forward]] + 1)
        depth[first] = 0
        if (before == depth).all():
            break
    inner = np.setdiff1d(np.arange(nodes), np.concatenate([first, last]))
    depth[last] = (depth[inner].max() if len(inner) else 0) + 1
    return depth


def ordered(depth, source, target, fixed):
    """[nodes]: x in [-1, 1]; nodes of a layer evenly spread. @param fixed  rows whose order within their layer stays"""
    rows = [list(np.flatnonzero(depth == layer)) for layer in range(depth.max() + 1)]
    x = np.zeros(len(depth))

    def spread(row):
        for place, node in enumerate(row):
            x[node] = 0.0 if len(row) == 1 else -1 + 2 * place / (len(row) - 1)

    for row in rows:
        spread(row)
    linked = [np.concatenate([source[target == node], target[source == node]]) for node in range(len(depth))]
    for _ in range(SWEEPS):
        for row in rows:
            if not set(row) & set(fixed):
                row.sort(key=lambda node: x[linked[node]].mean() if len(linked[node]) else x[node])
                spread(row)
    return x
