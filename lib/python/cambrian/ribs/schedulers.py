"""The scheduler that asks and tells a search made of an archive and emitters."""

from .._core import ConfigError
from ..search import Search


class Scheduler:
    """archive drives the search; result_archive, where one is given, is filled beside it with all that is told."""

    def __init__(self, archive, emitters, result_archive=None, *, add_mode="batch", threads=1):
        if not emitters:
            raise ConfigError("emitters: is empty, but at least one is expected")
        tables = {"algorithm": {"name": "map_elites", "emitters": _counted(emitters),
                                "initial": sum(e.initial for e in emitters)},
                  "genome": _same([e.genome for e in emitters], "x0, sigma and bounds"),
                  "archive": {**archive.table, "add_mode": add_mode}}
        varied = [e.variation for e in emitters if e.variation]
        if varied:
            tables["variation"] = _same(varied, "the emitters' sigmas")
        if result_archive is not None:
            del tables["archive"]["qd_offset"]
            tables["result_archive"] = {**result_archive.table, "add_mode": add_mode}
        seeds = [e.seed for e in emitters if e.seed is not None]
        measures = {f"measure_{i}": bounds for i, bounds in enumerate(archive.ranges)}
        self.search = Search(tables, dimensions=archive.solution_dim, measures=measures, seed=seeds[0] if seeds else 1,
                             threads=threads)
        self.archive, self.result_archive, self.emitters = archive, result_archive, list(emitters)
        reported = archive if result_archive is None else result_archive
        reported._archive, reported._statistics = self.search.archive, lambda: self.search.statistics
        if result_archive is not None:
            driver = self.search.archives["driver"]
            archive._archive, archive._statistics = driver, lambda: driver.statistics

    def ask(self):
        """The next solutions, float32 [batch, solution_dim]."""
        return self.search.ask()

    def tell(self, objective, measures):
        """objective: [batch]; measures: [batch, measure_dim]."""
        self.search.tell(objective, measures)


def _same(tables, what):
    if any(table != tables[0] for table in tables):
        raise ConfigError(f"emitters: differ in {what}, which a run has once; use the same for all of them")
    return tables[0]


def _counted(emitters):
    """Equal emitters in a row as one entry with a count."""
    entries = []
    for emitter in emitters:
        if entries and {k: v for k, v in entries[-1].items() if k != "count"} == emitter.table:
            entries[-1]["count"] += 1
        else:
            entries.append({**emitter.table, "count": 1})
    return entries
