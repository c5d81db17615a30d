"""Emitters as pyribs names them: what each asks of a search's configuration."""

import numpy

from .._core import ConfigError

_RANKERS = {"2imp": "two_stage_improvement", "2rd": "two_stage_random_direction", "2obj": "two_stage_objective", "imp": "improvement",
            "rd": "random_direction", "obj": "objective", "nov": "novelty", "density": "density"}
_STRATEGIES = {"cma_es": "cma_es", "sep_cma_es": "sep_cma_es", "lm_ma_es": "lm_ma_es", "openai_es": "openai_es"}


def _of(words, word, what):
    if word in words:
        return words[word]
    raise ConfigError(f"{what}: there is no '{word}' here; there are {', '.join(words)}")


def _genome(x0, bounds, sd):
    """[genome]: first genes around x0, which has one value for all genes here."""
    values = numpy.unique(numpy.asarray(x0, dtype=float))
    if len(values) != 1:
        raise ConfigError("x0: is not the same for all genes, which cambrian.ribs cannot start from; give genomes by "
                          "cambrian.Search({'start': {'genomes': 'x0.csv'}, ...})")
    genome = {"initial_mean": float(values[0]), "initial_sd": sd}
    if bounds is not None:
        pairs = {tuple(map(float, pair)) for pair in bounds}
        if len(pairs) != 1:
            raise ConfigError("bounds: are not the same for all genes, as they are in [genome]")
        genome.update(bounds="resample", range=list(pairs.pop()))
    return genome


class EvolutionStrategyEmitter:
    """An evolution strategy (es: cma_es, sep_cma_es, lm_ma_es, openai_es) that samples around x0 [solution_dim] with the step sigma0.
    ranker: 2imp, 2rd, 2obj, imp, rd, obj, nov or density; selection_rule: filter or mu; restart_rule: no_improvement, basic or a number
    of batches. Raises ConfigError for another word, or for an x0 or bounds that differ from gene to gene."""

    def __init__(self, archive, *, x0, sigma0, ranker="2imp", es="cma_es", selection_rule="filter", restart_rule="no_improvement",
                 bounds=None, batch_size=None, seed=None):
        self.archive, self.seed, self.variation = archive, seed, None
        self.genome, self.initial = _genome(x0, bounds, 0.0), 0
        self.table = {"name": _of(_STRATEGIES, es, "es"), "sigma0": float(sigma0), "x0": "random",
                      "ranker": _of(_RANKERS, ranker, "ranker"), "selection": selection_rule}
        self.table.update({"restart": "every", "restart_every": int(restart_rule)} if isinstance(restart_rule, int) else
                          {"restart": restart_rule})
        self.batch_size = batch_size or 4 + int(3 * numpy.log(archive.solution_dim))
        self.table["batch"] = int(self.batch_size)


class _EliteEmitter:
    def __init__(self, archive, x0, bounds, sd, batch_size, seed, variation):
        self.archive, self.seed, self.variation, self.batch_size = archive, seed, variation, int(batch_size)
        self.genome, self.initial = _genome(x0, bounds, sd), self.batch_size
        self.table = {"name": "elite", "batch": self.batch_size}


class GaussianEmitter(_EliteEmitter):
    """Elites with Gaussian noise of standard deviation sigma (one number) added; the first batch is drawn around x0 [solution_dim]."""

    def __init__(self, archive, *, sigma, x0, bounds=None, batch_size=64, seed=None):
        super().__init__(archive, x0, bounds, float(sigma), batch_size, seed, {"name": "gaussian", "sigma": float(sigma)})


class IsoLineEmitter(_EliteEmitter):
    """Elites moved by noise of iso_sigma and along the line to another elite by line_sigma (Vassiliades & Mouret 2018)."""

    def __init__(self, archive, *, iso_sigma=0.01, line_sigma=0.2, x0=None, bounds=None, batch_size=64, seed=None):
        x0 = [0.0] if x0 is None else x0
        super().__init__(archive, x0, bounds, float(iso_sigma), batch_size, seed,
                         {"name": "iso_line", "iso": float(iso_sigma), "line": float(line_sigma)})
