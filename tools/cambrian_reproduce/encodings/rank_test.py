"""The rank-sum test of Mann & Whitney (1947) and Spearman's rank correlation."""

import math
import statistics


def ranks(values):
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    begin = 0
    while begin < len(order):
        end = begin
        while end < len(order) and values[order[end]] == values[order[begin]]:
            end += 1
        for i in order[begin:end]:
            found[i] = (begin + 1 + end) / 2
        begin = end
    return found


def mann_whitney(some, others):
    """-> (U of the first sample, two-sided p by the normal approximation, with corrections for ties and for continuity).
    U counts the pairs in which the first sample's value is the larger one, and half of the ties."""
    n, m = len(some), len(others)
    both = [*some, *others]
    all_ranks = ranks(both)
    u = sum(all_ranks[:n]) - n * (n + 1) / 2
    ties = sum(count ** 3 - count for count in (both.count(value) for value in set(both)))
    variance = n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1)))
    if variance <= 0:
        return u, 1.0  # all values are equal
    z = max(abs(u - n * m / 2) - 0.5, 0) / math.sqrt(variance)
    return u, math.erfc(z / math.sqrt(2))


def spearman(xs, ys):
    """Spearman's rank correlation; None where one side does not vary."""
    if len(set(xs)) < 2 or len(set(ys)) < 2:
        return None
    return statistics.correlation(ranks(xs), ranks(ys))
