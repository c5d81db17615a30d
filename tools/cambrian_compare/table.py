"""Ratios as a table in Markdown, which also reads well on a terminal."""

import statistics

from cambrian_reproduce.table import machine, markdown

COLUMNS = ("work", "Cambrian", "pyribs", "ratio of the best", "median of paired ratios")


def amount(rate):
    """A rate in three digits: 8.31 M, 22.4."""
    for scale, suffix in ((1e6, " M"), (1e3, " k")):
        if rate >= scale:
            return f"{_digits(rate / scale)}{suffix}"
    return _digits(rate)


def _digits(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def spread(rates):
    """The best, and the worst to the best."""
    return f"{amount(max(rates))} ({amount(min(rates))} to {amount(max(rates))})"


def ratio_of_the_best(pairs):
    return max(pairs.cambrian) / max(pairs.pyribs)


def median_ratio(pairs):
    return statistics.median(ours / theirs for ours, theirs in zip(pairs.cambrian, pairs.pyribs))


def row(pairs):
    return (f"{pairs.work.title} ({pairs.work.unit})", spread(pairs.cambrian), spread(pairs.pyribs),
            f"{ratio_of_the_best(pairs):.1f}", f"{median_ratio(pairs):.1f}")


def report(measured, versions, calibrations, built, date):
    """@param measured  Pairs of each work; @param calibrations  lines, one a turn of Cambrian"""
    repeats = max(len(pairs.cambrian) for pairs in measured)
    lines = [COLUMNS, *map(row, measured)]
    return "\n".join([
        "# Cambrian and pyribs at the same works", "",
        f"By turns, {repeats} times, one thread each, {date}. The best (worst to best) of the repeats, by the wall clock; the",
        "ratio of the best, and the median of the ratios of runs that followed one another.", "",
        markdown(lines), "",
        f"- machine: {machine()}",
        f"- Cambrian: {built}",
        "- pyribs: " + ", ".join(f"{name} {version}" for name, version in versions.items()),
        f"- calibration, first turn: {calibrations[0]}",
        f"- calibration, last turn: {calibrations[-1]}", "",
        "Sphere: the whole loop on the linear-projection sphere, MAP-Elites with Iso+LineDD (0.5, 0.2), batches of 540, evaluations",
        "1.0 to 2.08 million of a run; pyribs in its default double precision, the sphere vectorised over the batch. Novelty: a step",
        "adds 32 points of the plane to an archive and scores 250 (k = 15); Cambrian over the whole growth and against the living 250",
        "as well, pyribs' ProximityArchive at 100,000, 110,000 and 119,000 points.", ""])
