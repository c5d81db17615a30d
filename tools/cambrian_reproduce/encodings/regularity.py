"""How regular the weights of a network without hidden neurons are: its automorphisms, as for Tonelli & Mouret (2013)."""

import itertools
import math
import random

LEVELS = 2  # of weights between 0 and the largest, for each sign


def levels(matrix):
    """Weights as whole numbers from -LEVELS to LEVELS, the largest one at an end."""
    most = max(abs(weight) for row in matrix for weight in row)
    return [[round(LEVELS * weight / most) if most > 0 else 0 for weight in row] for row in matrix]


def automorphisms(matrix, movable):
    """The ways to relabel columns and the first `movable` rows that change no level of a weight; at least 1.
    @param matrix  [sources, neurons]; the sources behind the movable ones stay where they are"""
    rows = levels(matrix)
    count = 0
    for columns in itertools.permutations(range(len(rows[0]))):
        moved = [[row[i] for i in columns] for row in rows]
        if moved[movable:] == rows[movable:]:
            # Sources with equal rows can change places among themselves.
            if sorted(moved[:movable]) == sorted(rows[:movable]):
                count += math.prod(math.factorial(len(list(equal))) for _, equal in itertools.groupby(sorted(rows[:movable])))
    return count


def regularity(matrix, movable):
    """The logarithm of base 2 of the automorphisms: 0 for a network that has none but itself."""
    return math.log2(automorphisms(matrix, movable))


def shuffled(matrix, stream):
    """The same weights on other links."""
    width = len(matrix[0])
    weights = [weight for row in matrix for weight in row]
    weights = stream.sample(weights, len(weights))
    return [weights[i:i + width] for i in range(0, len(weights), width)]


def shuffled_regularity(matrix, movable, times=20):
    stream = random.Random(1)
    return sum(regularity(shuffled(matrix, stream), movable) for _ in range(times)) / times
