"""What a mutation of one gene does to the weights of a network: how many of them it moves, and how coherently."""

import numpy as np


def participation_ratio(change):
    """(sum d^2)^2 / sum d^4 along the last axis: the number of weights that take part; 0 where nothing changes."""
    squares = np.square(np.asarray(change, dtype=float))
    fourth = np.sum(squares**2, axis=-1)
    return np.divide(np.sum(squares, axis=-1)**2, fourth, out=np.zeros_like(fourth), where=fourth > 0)


def correlation_by_distance(changes, places, edges):
    """-> [bins] the mean of d_i d_j over all pairs of links whose places lie so far apart, divided by the mean of d^2, over all changes;
    less what it is over all pairs, that is, with the places permuted.

    changes: [changes, links]; places: [links, coordinates]; edges: of the bins. nan where no pair falls in a bin."""
    first, second = np.triu_indices(len(places), 1)
    distance = np.linalg.norm(places[first] - places[second], axis=1)
    scale = np.mean(np.square(changes), axis=1)
    moving = scale > 0
    product = np.mean(changes[moving][:, first] * changes[moving][:, second] / scale[moving, None], axis=0)
    inside = [(distance >= low) & (distance < high) for low, high in zip(edges, edges[1:])]
    return np.array([product[here].mean() - product.mean() if here.any() else np.nan for here in inside])


def waves(length):
    """[length, frequencies] of the orthonormal cosine transform: a matrix is waves(M) G waves(N)^T."""
    place, frequency = np.arange(length)[:, None], np.arange(length)[None, :]
    scale = np.where(frequency == 0, np.sqrt(1 / length), np.sqrt(2 / length))
    return scale * np.cos(np.pi * (2 * place + 1) * frequency / (2 * length))


def cosine_changes(shapes):
    """-> ([coefficients, weights] the change that a step of 1 of each coefficient makes, matrix after matrix; [coefficients] the sum of its
    frequencies)"""
    size = sum(rows * columns for rows, columns in shapes)
    changes, orders, start = [], [], 0
    for rows, columns in shapes:
        left, right = waves(rows), waves(columns)
        for u in range(rows):
            for v in range(columns):
                change = np.zeros(size)
                change[start:start + rows * columns] = np.outer(left[:, u], right[:, v]).ravel()
                changes.append(change)
                orders.append(u + v)
        start += rows * columns
    return np.array(changes), np.array(orders)


def steps_of(change, size):
    """-> [for each sign] the smallest step of a gene whose change of the weights reaches the size (the root of the sum of squares).

    change: [deltas] -> [deltas, weights]. None in place of a delta where none up to 64 reaches it."""
    found = []
    for sign in (1.0, -1.0):
        grid = np.concatenate([[0.0], np.geomspace(1e-4, 64, 60)])
        reached = np.linalg.norm(change(sign * grid), axis=1) >= size
        if not reached.any():
            found.append(None)
            continue
        at = int(reached.argmax())
        low, high = grid[at - 1], grid[at]
        for _ in range(4):  # 16 equal parts at a time
            finer = np.linspace(low, high, 17)
            at = int((np.linalg.norm(change(sign * finer), axis=1) >= size).argmax())
            low, high = finer[max(at - 1, 0)], finer[at]
        found.append(sign * high)
    return found
